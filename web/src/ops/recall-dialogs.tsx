import { disposalMethods } from '@huming/shared/recall-words'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextArea, TextField } from '../kit/field.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { type ChosenLot, LotChoice } from './lot-choice.tsx'
import type { Recall } from './recall.tsx'

/** Asks for one text and does something with it. */
export function TextDialog(props: {
  title: string
  label: string
  text?: string
  danger?: boolean
  act: { isPending: boolean; error: unknown }
  onClose: () => void
  onText: (text: string) => void
}) {
  const [text, setText] = useState('')
  const foot = (
    <Button
      tone={props.danger ? 'danger' : 'main'}
      busy={props.act.isPending}
      refused={text.trim() === '' ? props.label : undefined}
      onClick={() => props.onText(text)}
    >
      {props.title}
    </Button>
  )
  return (
    <Dialog open onClose={props.onClose} title={props.title} foot={foot}>
      <div className="stack">
        <ProblemNote error={props.act.error} />
        {props.text && <p>{props.text}</p>}
        <TextArea label={props.label} value={text} maxLength={500} onText={setText} />
      </div>
    </Dialog>
  )
}

/** Widens a running recall: the lots are stopped the moment this is sent. */
export function AddLotsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [lots, setLots] = useState<ChosenLot[]>([])
  const [reason, setReason] = useState('')
  const add = useAct('recall.addLots', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  const refused =
    lots.length === 0 ? t('recall.noLot') : reason.trim() === '' ? t('recall.reason') : undefined
  const foot = (
    <Button
      tone="danger"
      busy={add.isPending}
      refused={refused}
      onClick={() => add.mutate({ params: { id }, body: { lotIds: lots.map((lot) => lot.id), reason } })}
    >
      {t('recall.widen')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('recall.widen')} foot={foot}>
      <div className="stack">
        <ProblemNote error={add.error} />
        <LotChoice lots={lots} onLots={setLots} />
        <TextArea label={t('recall.reason')} value={reason} maxLength={500} onText={setReason} />
      </div>
    </Dialog>
  )
}

/** Destruction with method, place, witnesses and photos; or the correction of labels. */
export function DisposeDialog({ recall, onClose }: { recall: Recall; onClose: () => void }) {
  const [draft, setDraft] = useState({
    method: 'dye' as (typeof disposalMethods)[number],
    place: '',
    witnesses: '',
    note: '',
  })
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const dispose = useAct('recall.dispose', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  const missing = [
    [draft.place, 'recall.place'],
    [draft.witnesses, 'recall.witnesses'],
  ] as const
  const gap = missing.find(([text]) => text.trim() === '')
  const refused = gap ? t(gap[1]) : photoFileIds.length === 0 ? t('recall.evidence') : undefined
  const foot = (
    <Button
      tone="danger"
      busy={dispose.isPending}
      refused={refused}
      onClick={() => dispose.mutate({ params: { id: recall.id }, body: { ...draft, photoFileIds } })}
    >
      {t(`recall.remedy.${recall.remedy}`)}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('recall.dispose')} foot={foot}>
      <div className="stack">
        <ProblemNote error={dispose.error} />
        <Select
          label={t('recall.method')}
          value={draft.method}
          options={disposalMethods.map((value) => ({ value, label: t(`recall.method.${value}`) }))}
          onPick={(method) => change({ method })}
        />
        <TextField label={t('recall.place')} value={draft.place} onText={(place) => change({ place })} />
        <TextField
          label={t('recall.witnesses')}
          value={draft.witnesses}
          onText={(witnesses) => change({ witnesses })}
        />
        <PhotoInput label={t('recall.evidence')} ids={photoFileIds} onIds={setPhotos} max={8} />
        <TextArea
          label={t('recall.note')}
          value={draft.note}
          maxLength={300}
          onText={(note) => change({ note })}
          optional
        />
      </div>
    </Dialog>
  )
}
