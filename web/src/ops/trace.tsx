import { dayText, serviceDay } from '@huming/shared/days'
import { baseText } from '@huming/shared/quantity'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, named, t, textOf } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import '../trace/trace.css'

type Trace = Reply<'tracing.lot'>
type Lot = Trace['lots'][number]
type Order = Trace['orders'][number]

/** Where goods came from and where they went: by lot or by order, both ways, with quantities. */
export function TraceScreen() {
  const [search, setSearch] = useSearchParams()
  const by = search.get('by') === 'order' ? 'order' : 'lot'
  const key = search.get('key') ?? ''
  const [typed, setTyped] = useState(key)
  const ask = (next: { by: string; key: string }) => setSearch(new URLSearchParams(next))
  return (
    <>
      <PageHeader title={t('trace.ops.title')} />
      <div className="stack">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim() !== '') ask({ by, key: typed.trim() })
          }}
        >
          <FilterBar>
            <Segmented
              label={t('trace.ops.what')}
              value={by}
              options={[
                { value: 'lot', label: t('trace.ops.lot') },
                { value: 'order', label: t('trace.ops.order') },
              ]}
              onPick={(value) => ask({ by: value, key: '' })}
            />
            <TextField label={t('trace.ops.key')} value={typed} maxLength={80} onText={setTyped} />
            <Button type="submit" tone="main" icon="search">
              {t('trace.look')}
            </Button>
          </FilterBar>
        </form>
        {key === '' ? (
          <EmptyState icon="search" title="" text={t('trace.ops.start')} />
        ) : by === 'lot' ? (
          <OfLot key={key} code={key} />
        ) : (
          <OfOrder key={key} number={key} />
        )}
      </div>
    </>
  )
}

function OfLot({ code }: { code: string }) {
  const trace = useApi('tracing.lot', { params: { key: code } })
  return <Loaded query={trace}>{(found) => <Found trace={found} />}</Loaded>
}

function OfOrder({ number }: { number: string }) {
  const trace = useApi('tracing.order', { params: { key: number } })
  return <Loaded query={trace}>{(found) => <Found trace={found} />}</Loaded>
}

function Found({ trace }: { trace: Trace }) {
  const lotOf = new Map(trace.lots.map((lot) => [lot.id, lot]))
  const before = trace.lots.filter((lot) => lot.depth < 0).toReversed()
  const self = trace.lots.filter((lot) => lot.depth === 0)
  const after = trace.lots.filter((lot) => lot.depth > 0)
  return (
    <>
      {before.length > 0 && (
        <Branch title={t('trace.ops.before')} lots={before} trace={trace} lotOf={lotOf} />
      )}
      <Branch title={t('trace.ops.self')} lots={self} trace={trace} lotOf={lotOf} />
      {after.length > 0 && <Branch title={t('trace.ops.after')} lots={after} trace={trace} lotOf={lotOf} />}
      <Card title={t('trace.ops.orders', { count: trace.orderCount, sites: trace.siteCount })}>
        {trace.orderCount === 0 ? (
          <p className="muted">{t('trace.ops.none')}</p>
        ) : (
          <>
            {trace.orders.length > 0 &&
              trace.orderCount > new Set(trace.orders.map((one) => one.orderId)).size && (
                <p className="muted small">{t('trace.ops.shown', { count: trace.orders.length })}</p>
              )}
            <DataTable
              label={t('trace.ops.order')}
              rows={trace.orders}
              rowKey={(one) => `${one.orderId} ${one.lotId}`}
              rowLink={(one) => `/orders/${one.orderId}`}
              columns={orderColumns(lotOf)}
            />
          </>
        )}
      </Card>
    </>
  )
}

type Lots = ReadonlyMap<string, Lot>
const amount = (lotOf: Lots, lotId: string, quantity: number): string =>
  baseText(quantity, lotOf.get(lotId)?.baseUnit ?? 'piece', locale())

/** Lots of one side, each further in the more steps it is away, with what came into it. */
function Branch({ title, lots, trace, lotOf }: { title: string; lots: Lot[]; trace: Trace; lotOf: Lots }) {
  return (
    <Card title={title}>
      <ul className="trace-tree">
        {lots.map((lot) => (
          <li
            key={lot.id}
            data-self={lot.depth === 0 ? '' : undefined}
            data-bad={lot.stage === 'recalled' || lot.stage === 'held' ? '' : undefined}
            style={{ ['--step' as string]: Math.max(0, Math.min(6, Math.abs(lot.depth) - 1)) }}
          >
            <span className="row spread">
              <Link to={`/trace?by=lot&key=${encodeURIComponent(lot.code)}`}>
                <b>{named({ zh: lot.name, en: lot.nameEn })}</b> {lot.spec}
              </Link>
              <StatusChip of="lot" status={lot.stage} />
            </span>
            <span className="muted small trace-code">
              {lot.code} · {lot.supplier} · {amount(lotOf, lot.id, lot.quantity)}
              {lot.depth !== 0 && ` · ${stepsText(lot.depth)}`}
            </span>
            <Sources lot={lot} trace={trace} lotOf={lotOf} />
            <Delivered lot={lot} trace={trace} lotOf={lotOf} />
            <Link to={`~/b/${encodeURIComponent(lot.code)}`} className="small trace-public">
              {t('trace.ops.public')}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const stepsText = (depth: number): string =>
  t(depth < 0 ? 'trace.ops.steps' : 'trace.ops.stepsAfter', { count: Math.abs(depth) })

/** What went into the lot, by the lots it came from. */
function Sources({ lot, trace, lotOf }: { lot: Lot; trace: Trace; lotOf: Lots }) {
  return trace.steps
    .filter((step) => step.toId === lot.id)
    .map((step) => (
      <span key={step.fromId} className="small">
        {lotOf.get(step.fromId)?.code}{' '}
        {t(step.kind === 'made_of' ? 'trace.ops.made' : 'trace.ops.moved', {
          part: amount(lotOf, step.fromId, step.quantity),
          whole: amount(lotOf, lot.id, step.toQuantity),
        })}
      </span>
    ))
}

function Delivered({ lot, trace, lotOf }: { lot: Lot; trace: Trace; lotOf: Lots }) {
  const sum = trace.delivered.find((one) => one.lotId === lot.id)
  if (!sum) return null
  return (
    <span className="small">
      {t('trace.ops.picked')} <b className="num">{amount(lotOf, lot.id, sum.picked)}</b> ·{' '}
      {t('trace.ops.delivered')} <b className="num">{amount(lotOf, lot.id, sum.delivered)}</b>
    </span>
  )
}

const orderColumns = (lotOf: Lots): Column<Order>[] => [
  {
    key: 'number',
    head: t('trace.ops.order'),
    cell: (one) => <span className="trace-whole">{one.number}</span>,
  },
  { key: 'buyer', head: t('trace.ops.buyer'), cell: (one) => `${one.buyer} · ${one.site}` },
  {
    key: 'day',
    head: t('trace.ops.day'),
    cell: (one) => <span className="trace-whole">{dayText(serviceDay(one.day), locale())}</span>,
  },
  {
    key: 'lot',
    head: t('trace.lot'),
    cell: (one) => <span className="trace-code">{lotOf.get(one.lotId)?.code}</span>,
  },
  {
    key: 'picked',
    head: t('trace.ops.picked'),
    end: true,
    cell: (one) => <span className="num">{amount(lotOf, one.lotId, one.picked)}</span>,
  },
  {
    key: 'delivered',
    head: t('trace.ops.delivered'),
    end: true,
    cell: (one) => <span className="num">{amount(lotOf, one.lotId, one.delivered)}</span>,
  },
  {
    key: 'status',
    head: t('trace.ops.status'),
    cell: (one) => textOf(`status.order.${one.status}`, one.status),
  },
]
