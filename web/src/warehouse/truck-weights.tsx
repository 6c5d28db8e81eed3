import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Money } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { EmptyState } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { type TruckRules, truckReads, validText } from './truck-texts.ts'

const parts = [
  ['fenPerKm', 'truckRules.perKm'],
  ['fenPerHour', 'truckRules.perHour'],
  ['lateFenPerMinute', 'truckRules.late'],
  ['overtimeFenPerHour', 'truckRules.overtime'],
  ['movedFen', 'truckRules.moved'],
  ['unservedFen', 'truckRules.unserved'],
] as const
type Weights = Record<(typeof parts)[number][0], number>
/** What the form starts from where the hub has nothing of its own (2026-11, assumption). */
const usual: Weights = {
  fenPerKm: 180,
  fenPerHour: 4500,
  lateFenPerMinute: 300,
  overtimeFenPerHour: 3000,
  movedFen: 1500,
  unservedFen: 2_000_000,
}

/** What a plan costs at the hub, with what was in force before. */
export function WeightsTab({ hubId, rules }: { hubId: string; rules: TruckRules }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <div className="stack">
      {rules.weights.length === 0 ? (
        <EmptyState icon="chart" title={t('truckRules.usual')} />
      ) : (
        <DataTable
          label={t('truckRules.tab.weights')}
          rows={rules.weights}
          rowKey={(row) => row.id}
          columns={[
            { key: 'valid', head: t('truckRules.valid'), cell: validText },
            ...parts.map(([key, label]) => ({
              key,
              head: t(label),
              end: true,
              cell: (row: TruckRules['weights'][number]) => <Money fen={row[key]} />,
            })),
          ]}
        />
      )}
      {may('planRule.write') && (
        <div className="row">
          <Button icon="plus" onClick={() => setOpen(true)}>
            {t('truckRules.newWeights')}
          </Button>
        </div>
      )}
      {open && <WeightsForm hubId={hubId} start={rules.weights[0] ?? usual} onClose={() => setOpen(false)} />}
    </div>
  )
}

type FormProps = { hubId: string; start: Weights; onClose: () => void }

function WeightsForm({ hubId, start, onClose }: FormProps) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<Weights>(
    () => Object.fromEntries(parts.map(([key]) => [key, start[key]])) as Weights,
  )
  const act = useAct('routes.writeWeights', {
    changes: truckReads,
    onDone: () => {
      toast(t('truckRules.saved'))
      onClose()
    },
  })
  const validFrom = addDays(serviceDayOf(new Date()), 1)
  const send = () =>
    act.mutate({ params: { id }, body: { hubId, ...draft, validFrom, validTo: '2099-12-31' } })
  return (
    <ActDrawer
      title={t('truckRules.newWeights')}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      onSave={send}
    >
      <p className="muted">
        {t('truckRules.since')} {validFrom}
      </p>
      {parts.map(([key, label]) => (
        <NumberField
          key={key}
          label={t(label)}
          after={t('truckRules.yuan')}
          min={key === 'unservedFen' ? 1 : 0}
          max={1_000_000}
          decimals={2}
          value={draft[key] / 100}
          onNumber={(yuan) => setDraft({ ...draft, [key]: Math.round((yuan ?? 0) * 100) })}
        />
      ))}
    </ActDrawer>
  )
}
