import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ZONE_IDS, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Limit } from './limits.tsx'
import { zoneText } from './words.ts'

type Numbers = Pick<Limit, 'warnAbove' | 'warnMinutes' | 'rejectAbove' | 'warnBelow' | 'silentMinutes'>

/** What a zone has now, to start from. */
function numbersOf(known: readonly Limit[], zone: Zone): Numbers {
  const last = known.findLast((one) => one.zone === zone && one.skuId === null)
  const {
    warnAbove = 80,
    warnMinutes = 30,
    rejectAbove = null,
    warnBelow = null,
    silentMinutes = 20,
  } = last ?? {}
  return { warnAbove, warnMinutes, rejectAbove, warnBelow, silentMinutes }
}

/** New limits of a zone from a day on. */
export function LimitForm({ known, onClose }: { known: readonly Limit[]; onClose: () => void }) {
  const [id] = useState(newId)
  const [zone, setZone] = useState<Zone>('chilled')
  const [draft, setDraft] = useState(() => numbersOf(known, 'chilled'))
  const [validFrom, setValidFrom] = useState<string>(addDays(serviceDayOf(new Date()), 1))
  const [source, setSource] = useState('')
  const set = (part: Partial<Numbers>) => setDraft((before) => ({ ...before, ...part }))
  const act = useAct('temperature.writeRule', {
    changes: ['temperature.listRules'],
    onDone: () => {
      toast(t('device.saved'))
      onClose()
    },
  })
  const save = () =>
    act.mutate({ params: { id }, body: { zone, skuId: null, ...draft, validFrom, source: source.trim() } })
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('limit.new')}
      foot={
        <Button tone="main" size="l" full busy={act.isPending} disabled={source.trim() === ''} onClick={save}>
          {t('device.save')}
        </Button>
      }
    >
      <div className="stack">
        <Select
          label={t('limit.zone')}
          value={zone}
          options={ZONE_IDS.map((value) => ({ value, label: zoneText(value) }))}
          onPick={(next) => {
            setZone(next)
            setDraft(numbersOf(known, next))
          }}
        />
        <Degrees
          label={t('limit.warn')}
          value={draft.warnAbove}
          onValue={(warnAbove) => set({ warnAbove: warnAbove ?? 0 })}
        />
        <Minutes
          label={t('limit.warnMinutes')}
          value={draft.warnMinutes}
          min={0}
          onValue={(warnMinutes) => set({ warnMinutes })}
        />
        <Degrees
          label={t('limit.reject')}
          optional
          value={draft.rejectAbove}
          onValue={(rejectAbove) => set({ rejectAbove })}
        />
        <Degrees
          label={t('limit.below')}
          optional
          value={draft.warnBelow}
          onValue={(warnBelow) => set({ warnBelow })}
        />
        <Minutes
          label={t('limit.silent')}
          value={draft.silentMinutes}
          min={1}
          onValue={(silentMinutes) => set({ silentMinutes })}
        />
        <TextField label={t('limit.validFrom')} type="date" value={validFrom} onText={setValidFrom} />
        <TextField
          label={t('limit.source')}
          hint={t('limit.sourceHint')}
          maxLength={200}
          value={source}
          onText={setSource}
        />
        <ProblemNote error={act.error} />
      </div>
    </Drawer>
  )
}

interface DegreesProps {
  label: string
  optional?: boolean
  /** Tenths of °C. */
  value: number | null
  onValue: (deciC: number | null) => void
}

function Degrees({ label, optional, value, onValue }: DegreesProps) {
  return (
    <NumberField
      label={label}
      optional={optional}
      decimals={1}
      min={-60}
      max={60}
      after="℃"
      value={value === null ? null : value / 10}
      onNumber={(degrees) => onValue(degrees === null ? null : Math.round(degrees * 10))}
    />
  )
}

function Minutes(props: { label: string; value: number; min: number; onValue: (minutes: number) => void }) {
  const { label, value, min, onValue } = props
  return (
    <NumberField
      label={label}
      min={min}
      max={720}
      after={t('limit.minutes')}
      value={value}
      onNumber={(minutes) => onValue(minutes ?? min)}
    />
  )
}
