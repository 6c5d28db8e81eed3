import { dayText, instantText, isServiceDay, minutesText } from '@huming/shared/days'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, locale, named, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { OrderPapers } from '../app/order-papers.tsx'
import { useApi } from '../app/query.ts'
import { Money, Quantity } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'

type Order = Reply<'orders.read'>
type Line = Order['lines'][number]

/** One order as operations see it: lines with their lots, where it is, what happened to it. */
export function OrderPage() {
  const { id } = useParams<{ id: string }>()
  const order = useApi('orders.read', { params: { id } })
  useLive(['order.', 'stop.', 'run.'], ['orders.read'])
  return <Loaded query={order}>{(found) => <OrderView order={found} />}</Loaded>
}

function OrderView({ order }: { order: Order }) {
  return (
    <>
      <PageHeader
        title={order.number}
        back="/orders"
        sub={
          <>
            <StatusChip of="order" status={order.status} />
            {order.isSample && <Badge>{t('ops.orgs.sample')}</Badge>}
          </>
        }
      />
      <div className="stack">
        <OrderPapers order={order} />
        <Card title={t('ops.orders.facts')}>
          <Facts
            of={[
              [t('ops.orders.buyer'), `${order.buyer} · ${order.site}`],
              [t('ops.orders.day'), isServiceDay(order.day) ? dayText(order.day, locale()) : order.day],
              [t('ops.orders.window'), `${minutesText(order.windowFrom)}–${minutesText(order.windowTo)}`],
              [t('ops.orders.cutOff'), instantText(new Date(order.cutOffAt), locale())],
              [t('ops.orders.total'), <Money key="total" fen={order.totalFen} />],
              [
                t('ops.orders.final'),
                order.finalFen === null ? null : <Money key="final" fen={order.finalFen} />,
              ],
              [t('ops.orders.placedBy'), order.placedBy],
              [t('ops.orders.approvedBy'), order.approvedBy],
              [t('ops.orders.note'), order.note],
              [
                t('ops.orders.delivery'),
                order.delivery
                  ? `${order.delivery.plate} · ${order.delivery.driver} · ${instantText(new Date(order.delivery.plannedArriveAt), locale())}`
                  : null,
              ],
            ]}
          />
        </Card>
        <Card title={t('ops.orders.goods')}>
          <DataTable
            label={t('ops.orders.goods')}
            rows={order.lines}
            rowKey={(line) => line.id}
            columns={columns()}
          />
        </Card>
        <Card title={t('ops.orders.timeline')}>
          <ol
            className="stack"
            style={{ ['--gap' as string]: '8px', margin: 0, paddingInlineStart: '1.2em' }}
          >
            {order.timeline.map((event) => (
              <li key={`${event.type}${event.at}`}>
                {textOf(`event.${event.type}`, event.type)}
                <span className="muted small">
                  {' '}
                  {instantText(new Date(event.at), locale())} {event.by}
                </span>
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </>
  )
}

const base = (line: Line, quantity: number | null) =>
  quantity === null ? (
    '—'
  ) : line.catchWeight ? (
    <Quantity base={quantity} baseUnit={line.baseUnit} />
  ) : (
    <Quantity
      base={quantity}
      unit={line.orderUnit}
      packing={{
        baseUnit: line.baseUnit,
        conversions: [{ unit: line.orderUnit, size: line.basePerOrderUnit }],
      }}
    />
  )

const columns = (): Column<Line>[] => [
  {
    key: 'name',
    head: t('ops.orders.goods'),
    cell: (line) => (
      <>
        {named({ zh: line.name, en: line.nameEn })} <span className="muted small">{line.spec}</span>
      </>
    ),
  },
  {
    key: 'ordered',
    head: t('ops.orders.ordered'),
    end: true,
    cell: (line) => (
      <>
        {base(line, line.quantity)}
        {line.cutQuantity > 0 && (
          <Badge tone="warn">
            {t('ops.orders.cut', { quantity: '' })}
            {base(line, line.cutQuantity)} {textOf(`ops.reason.${line.cutReason}`, line.cutReason ?? '')}
          </Badge>
        )}
      </>
    ),
  },
  { key: 'picked', head: t('ops.orders.picked'), end: true, cell: (line) => base(line, line.pickedQuantity) },
  {
    key: 'delivered',
    head: t('ops.orders.delivered'),
    end: true,
    cell: (line) => (
      <>
        {base(line, line.deliveredQuantity)}
        {line.refusedQuantity > 0 && (
          <Badge tone="bad">
            {t('ops.orders.refused', { quantity: '' })}
            {base(line, line.refusedQuantity)}
          </Badge>
        )}
      </>
    ),
  },
  {
    key: 'lots',
    head: t('ops.orders.lots'),
    cell: (line) => <span className="small">{line.lots.map((lot) => lot.code).join(comma()) || '—'}</span>,
  },
  {
    key: 'amount',
    head: t('ops.orders.amount'),
    end: true,
    cell: (line) => <Money fen={line.finalFen ?? line.amountFen} />,
  },
]
