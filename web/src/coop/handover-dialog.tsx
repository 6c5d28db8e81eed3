import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { RadioGroup, TextArea, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { flawsOf } from './flaws.ts'
import { type Load, type Way, zoneName } from './way-words.ts'
import './way-texts.ts'

interface DialogProps {
  load: Load
  way: Way
  /** The leg that begins here. */
  leg: Way['legs'][number]
  onClose: () => void
}

/** Goods pass to the next carrier now: seal found, seal put on, and how cold each zone is. */
export function HandoverDialog({ load, way, leg, onClose }: DialogProps) {
  const [handoverId] = useState(newId)
  const [sealFound, setSealFound] = useState<'ok' | 'broken' | 'none'>('ok')
  const [sealNumber, setSealNumber] = useState(leg.seq === 1 ? load.sealNumber : '')
  const [takenBy, setTakenBy] = useState('')
  const [note, setNote] = useState('')
  const [photos, setPhotos] = useState<string[]>([])
  const [celsius, setCelsius] = useState<Record<string, number | null>>({})
  const cold = way.zones.filter((one) => one.readingRequired)
  const act = useAct('legs.handOver', {
    changes: ['legs.read', 'supply.readConsignment'],
    onDone: () => {
      toast(t('way.recorded'))
      onClose()
    },
  })
  const readings = cold.flatMap(({ zone }) => {
    const read = celsius[zone]
    return typeof read === 'number' ? [{ zone, deciC: Math.round(read * 10) }] : []
  })
  const complete = sealNumber.trim() !== '' && takenBy.trim() !== '' && readings.length === cold.length
  const submit = () =>
    act.mutate({
      params: { id: load.id, handoverId },
      body: {
        seq: leg.seq,
        at: new Date().toISOString(),
        sealFound: leg.seq === 1 ? null : sealFound,
        sealNumber,
        readings,
        takenBy,
        note,
        photoFileIds: photos,
      },
    })
  const foot = (
    <Button
      tone="main"
      size="l"
      full
      busy={act.isPending}
      refused={complete ? undefined : t('way.incomplete')}
      onClick={submit}
    >
      {t('way.send')}
    </Button>
  )
  const flaw = flawsOf(act.error)
  return (
    <Dialog open onClose={onClose} title={t('way.handoverAt', { place: leg.fromPlace })} foot={foot}>
      <div className="stack">
        {leg.seq > 1 && (
          <RadioGroup
            label={t('way.sealFound')}
            value={sealFound}
            options={(['ok', 'broken', 'none'] as const).map((value) => ({
              value,
              label: t(`way.seal.${value}`),
            }))}
            onPick={setSealFound}
          />
        )}
        <TextField
          label={t('way.sealNumber')}
          size="l"
          maxLength={30}
          value={sealNumber}
          onText={setSealNumber}
          error={flaw('/body/sealNumber')}
        />
        {cold.map(({ zone }) => (
          <NumberField
            key={zone}
            label={t('way.temperature', { zone: zoneName(zone) })}
            after="℃"
            size="l"
            min={-60}
            max={60}
            decimals={1}
            value={celsius[zone] ?? null}
            onNumber={(read) => setCelsius((before) => ({ ...before, [zone]: read }))}
          />
        ))}
        <TextField
          label={t('way.takenBy')}
          maxLength={40}
          value={takenBy}
          onText={setTakenBy}
          error={flaw('/body/takenBy')}
        />
        <TextArea
          label={t('way.note')}
          optional
          hint={t('way.noteHint')}
          maxLength={300}
          rows={2}
          value={note}
          onText={setNote}
          error={flaw('/body/note')}
        />
        <PhotoInput label={t('way.photos')} ids={photos} onIds={setPhotos} max={6} />
        <ProblemNote error={act.error} />
      </div>
    </Dialog>
  )
}
