import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Button } from '../kit/button.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { EndRule } from './end-rule.tsx'
import { classText, validText } from './truck-texts.ts'

type Tolerance = Reply<'live.readTolerances'>['items'][number]
type BuyerClass = (typeof BUYER_CLASS_IDS)[number]
const reads = ['live.readTolerances'] as const

/** By how much an expected arrival must move before the buyer is told; a hub's own row goes before that of all hubs. */
export function ToleranceTab({ hubId }: { hubId: string }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const query = useApi('live.readTolerances', { params: { hubId } })
  return (
    <div className="stack">
      <Loaded
        query={query}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="clock" title={t('truckRules.noTolerance')} />,
        }}
      >
        {({ items }) => <Tolerances hubId={hubId} items={items} />}
      </Loaded>
      {may('planRule.write') && (
        <div className="row">
          <Button icon="plus" onClick={() => setOpen(true)}>
            {t('truckRules.newTolerance')}
          </Button>
        </div>
      )}
      {open && <ToleranceForm hubId={hubId} onClose={() => setOpen(false)} />}
    </div>
  )
}

function Tolerances({ hubId, items }: { hubId: string; items: readonly Tolerance[] }) {
  return (
    <DataTable
      label={t('truckRules.tab.tolerance')}
      rows={items}
      rowKey={(row) => row.id}
      columns={[
        { key: 'class', head: t('truckRules.class'), cell: (row) => classText(row.buyerClass) },
        {
          key: 'minutes',
          head: t('truckRules.toldFrom'),
          end: true,
          cell: (row) => `${row.minutes} ${t('truckRules.minutes')}`,
        },
        {
          key: 'hub',
          head: t('truckRules.holds'),
          cell: (row) => t(row.hubId === null ? 'truckRules.allHubs' : 'truckRules.thisHub'),
        },
        { key: 'valid', head: t('truckRules.valid'), cell: validText },
        { key: 'source', head: t('truckRules.source'), cell: (row) => row.source },
        { key: 'end', head: '', cell: (row) => <EndTolerance hubId={hubId} row={row} /> },
      ]}
    />
  )
}

function EndTolerance({ hubId, row }: { hubId: string; row: Tolerance }) {
  const may = useMay()
  const act = useAct('live.writeTolerance', { changes: reads })
  if (!may('planRule.write') || row.hubId !== hubId) return null
  const { id, ...body } = row
  return (
    <EndRule
      rule={row}
      text={t('truckRules.endTolerance')}
      onEnd={(validTo) => act.mutateAsync({ params: { id }, body: { ...body, hubId, validTo } })}
    />
  )
}

function ToleranceForm({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [buyerClass, setClass] = useState<BuyerClass | ''>('')
  const [minutes, setMinutes] = useState<number | null>(20)
  const [source, setSource] = useState('')
  const act = useAct('live.writeTolerance', {
    changes: reads,
    onDone: () => {
      toast(t('truckRules.savedTolerance'))
      onClose()
    },
  })
  const validFrom = addDays(serviceDayOf(new Date()), 1)
  const complete = minutes !== null && source.trim() !== ''
  const send = () => {
    if (minutes === null) return
    const body = { hubId, buyerClass: buyerClass || null, minutes, source: source.trim() }
    act.mutate({ params: { id }, body: { ...body, validFrom, validTo: '2099-12-31' } })
  }
  return (
    <ActDrawer
      title={t('truckRules.newTolerance')}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      refused={complete ? undefined : t('truckRules.fill')}
      onSave={send}
    >
      <p className="muted">
        {t('truckRules.since')} {validFrom}
      </p>
      <Select
        label={t('truckRules.class')}
        value={buyerClass}
        placeholder={t('truckRules.allClasses')}
        optional
        options={BUYER_CLASS_IDS.map((value) => ({ value, label: classText(value) }))}
        onPick={setClass}
      />
      <NumberField
        label={t('truckRules.toldFrom')}
        after={t('truckRules.minutes')}
        min={1}
        max={240}
        value={minutes}
        onNumber={setMinutes}
      />
      <TextField label={t('truckRules.source')} value={source} onText={setSource} />
    </ActDrawer>
  )
}
