import { instantAt, isServiceDay, minutesOf, minutesText, serviceDayOf } from '@huming/shared/days'
import { type RecallCause, recallCauses } from '@huming/shared/recall-words'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Checkbox, RadioGroup, Select, TextArea, TextField } from '../kit/field.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { type ChosenLot, LotChoice } from './lot-choice.tsx'

/** The instant as `2026-11-24T22:30` in Shanghai, as the field takes it. */
const fieldOf = (at: Date): string => `${serviceDayOf(at)}T${minutesText(minutesOf(at))}`

/** The instant a Shanghai field text names, or null. */
function instantOf(text: string): Date | null {
  const [day = '', clock = ''] = text.split('T')
  const [hours, minutes] = clock.split(':').map(Number)
  if (!isServiceDay(day) || hours === undefined || minutes === undefined || Number.isNaN(hours + minutes))
    return null
  return instantAt(day, hours * 60 + minutes)
}

/** Drafts a recall or a drill: what, why, since when, which lots. */
export function RecallForm(props: {
  id: string
  drill: boolean
  onClose: () => void
  onSaved: (id: string) => void
}) {
  const { id, drill } = props
  const [draft, setDraft] = useState(() => ({
    level: '2' as '1' | '2' | '3',
    cause: 'contamination' as RecallCause,
    remedy: 'destroy' as 'destroy' | 'relabel',
    reason: '',
    knownAt: fieldOf(new Date()),
    incident: false,
    lots: [] as ChosenLot[],
  }))
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = useAct('recall.open', {
    changes: ['recall.read', 'recall.list'],
    onDone: (recall) => props.onSaved(recall.id),
  })
  const knownAt = instantOf(draft.knownAt)
  const refused =
    draft.lots.length === 0 ? t('recall.noLot') : draft.reason.trim() === '' ? t('recall.reason') : undefined
  const submit = () => {
    if (!knownAt) return
    const { lots, level, ...rest } = draft
    const body = {
      ...rest,
      level: Number(level),
      drill,
      incident: draft.incident && !drill,
      remedy: draft.cause === 'label' ? draft.remedy : ('destroy' as const),
      knownAt: knownAt.toISOString(),
      lotIds: lots.map((lot) => lot.id),
    }
    save.mutate({ params: { id }, body })
  }
  const foot = (
    <Button tone="main" busy={save.isPending} refused={refused} onClick={submit}>
      {t('recall.saveDraft')}
    </Button>
  )
  return (
    <Drawer open onClose={props.onClose} title={t(drill ? 'recall.newDrill' : 'recall.new')} foot={foot}>
      <div className="stack">
        <ProblemNote error={save.error} />
        {drill && <Note>{t('recall.drillNote')}</Note>}
        <LotChoice lots={draft.lots} onLots={(lots) => change({ lots })} />
        <RadioGroup
          label={t('recall.level')}
          value={draft.level}
          options={(['1', '2', '3'] as const).map((value) => ({ value, label: t(`recall.level.${value}`) }))}
          onPick={(level) => change({ level })}
        />
        <Select
          label={t('recall.cause')}
          value={draft.cause}
          options={recallCauses.map((value) => ({ value, label: t(`recall.cause.${value}`) }))}
          onPick={(cause) => change({ cause })}
        />
        {draft.cause === 'label' && (
          <RadioGroup
            label={t('recall.remedy')}
            value={draft.remedy}
            options={(['destroy', 'relabel'] as const).map((value) => ({
              value,
              label: t(`recall.remedy.${value}`),
            }))}
            onPick={(remedy) => change({ remedy })}
          />
        )}
        <TextArea
          label={t('recall.reason')}
          value={draft.reason}
          maxLength={500}
          onText={(reason) => change({ reason })}
        />
        <TextField
          label={t('recall.knownAt')}
          hint={t('recall.knownHint')}
          type="datetime-local"
          value={draft.knownAt}
          onText={(text) => change({ knownAt: text })}
        />
        {!drill && (
          <Checkbox
            label={t('recall.incident')}
            hint={t('recall.incidentHint')}
            checked={draft.incident}
            onCheck={(incident) => change({ incident })}
          />
        )}
      </div>
    </Drawer>
  )
}
