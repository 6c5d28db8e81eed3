import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { ZONE_IDS, ZONES, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'

type Step = Reply<'timeline.read'>['steps'][number]

/** The dated rows that say how long each step takes. */
export function Steps({ hubId }: { hubId: string }) {
  const timeline = useApi('timeline.read', { params: { hubId } })
  const [adding, setAdding] = useState(false)
  const may = useMay()
  return (
    <Card
      title={t('supply.steps')}
      side={
        may('supply.plan') && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('supply.steps.add')}
          </Button>
        )
      }
    >
      <Loaded query={timeline}>
        {({ steps }) => (
          <DataTable
            label={t('supply.steps')}
            rows={steps}
            rowKey={(row) => row.id}
            columns={[
              { key: 'step', head: t('supply.steps.step'), cell: (row) => t(`timeline.step.${row.step}`) },
              { key: 'for', head: t('supply.steps.for'), cell: forWords },
              { key: 'minutes', head: t('supply.steps.minutes'), end: true, cell: (row) => row.minutes },
              {
                key: 'valid',
                head: t('supply.steps.valid'),
                cell: (row) => `${row.validFrom} – ${row.validTo}`,
              },
            ]}
          />
        )}
      </Loaded>
      {adding && <StepDialog hubId={hubId} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function forWords({ buyerClass, zone, mode, countyCode }: Step): string {
  const words = [
    buyerClass && named(BUYER_CLASSES[buyerClass]),
    zone && ZONES[zone][locale()],
    mode && t(`supply.mode.${mode}`),
    countyCode,
  ].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : t('supply.steps.any')
}

const modes = ['road', 'rail', 'air'] as const
/** Steps whose time a hub sets, in the order of the goods. */
const timed = ['answer', 'load', 'line_haul', 'dock', 'wave', 'delivery'] as const

function StepDialog({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [step, setStep] = useState<Step['step']>('line_haul')
  const [buyerClass, setBuyerClass] = useState<BuyerClass | ''>('')
  const [zone, setZone] = useState<Zone | ''>('')
  const [mode, setMode] = useState<(typeof modes)[number] | ''>('')
  const [minutes, setMinutes] = useState<number | null>(null)
  const [from, setFrom] = useState<string>(() => addDays(serviceDayOf(new Date()), 1))
  const act = useAct('timeline.writeStep', { changes: ['timeline.read', 'timeline.check'], onDone: onClose })
  const any = { value: '' as const, label: t('supply.steps.any') }
  const submit = () =>
    minutes !== null &&
    act.mutate({
      params: { id },
      body: {
        hubId,
        step,
        buyerClass: buyerClass || null,
        zone: zone || null,
        mode: mode || null,
        minutes,
        validFrom: from,
        validTo: '2099-12-31',
      },
    })
  const ready = minutes !== null && isServiceDay(from)
  const foot = (
    <Button
      tone="main"
      full
      busy={act.isPending}
      refused={ready ? undefined : t('supply.incomplete')}
      onClick={submit}
    >
      {t('supply.steps.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('supply.steps.add')} foot={foot}>
      <div className="stack">
        <ProblemNote error={act.error} />
        <Select
          label={t('supply.steps.step')}
          value={step}
          options={timed.map((value) => ({ value, label: t(`timeline.step.${value}`) }))}
          onPick={setStep}
        />
        <NumberField label={t('supply.steps.minutes')} max={20_160} value={minutes} onNumber={setMinutes} />
        <Select
          label={t('supply.steps.class')}
          value={buyerClass}
          options={[any, ...BUYER_CLASS_IDS.map((value) => ({ value, label: named(BUYER_CLASSES[value]) }))]}
          onPick={setBuyerClass}
        />
        <Select
          label={t('supply.steps.zone')}
          value={zone}
          options={[any, ...ZONE_IDS.map((value) => ({ value, label: ZONES[value][locale()] }))]}
          onPick={setZone}
        />
        <Select
          label={t('supply.steps.mode')}
          value={mode}
          options={[any, ...modes.map((value) => ({ value, label: t(`supply.mode.${value}`) }))]}
          onPick={setMode}
        />
        <TextField label={t('supply.steps.from')} type="date" value={from} onText={setFrom} />
      </div>
    </Dialog>
  )
}
