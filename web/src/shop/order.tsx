import { instantText, minutesText } from '@huming/shared/days'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { OrderPapers } from '../app/order-papers.tsx'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { OrderArrival } from '../live/order-arrival.tsx'
import { Acceptance } from './acceptance.tsx'
import { OrderActions } from './order-actions.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderSteps } from './order-steps.tsx'
import { ReceiverPin } from './receiver-pin.tsx'
import { dayWords } from './words.ts'
import './checkout.css'
import './order.css'
import './rows.css'

export type Order = Reply<'orders.read'>

/** One order: how far it is, what may be done with it now, its goods, and who brings them. */
export function OrderPage() {
  const { id } = useParams<{ id: string }>()
  const order = useApi('orders.read', { params: { id } }, { every: 60_000 })
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
            <span>{t('shop.day.forDay', { day: dayWords(order.day) })}</span>
            {order.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="shop-checkout shop-order">
        <div className="stack">
          {order.cancelReason && (
            <Note tone="warn">
              {t('shop.order.cancelledWhy', {
                reason: textOf(`cut.${order.cancelReason}`, order.cancelReason),
              })}
            </Note>
          )}
          <ReceiverPin order={order} />
          <Card title={t('shop.order.progress')}>
            <OrderSteps order={order} />
          </Card>
          <div className="shop-late">
            <OrderLines order={order} />
          </div>
        </div>
        <aside className="stack">
          <OrderActions order={order} />
          <Acceptance order={order} />
          <ClaimGoods order={order} />
          <OrderArrival orderId={order.id} />
          <Truck order={order} />
          <OrderPapers order={order} />
          <div className="shop-late stack">
            <OrderFacts order={order} />
            <History order={order} />
          </div>
        </aside>
      </div>
    </>
  )
}

/** Goods that were short, bad, warm or wrong. */
function ClaimGoods({ order }: { order: Order }) {
  const may = useMay()
  if (!may('claim.write') || !['delivered', 'accepted'].includes(order.status)) return null
  return (
    <LinkButton to={`/claim?order=${order.id}`} icon="camera" full>
      {t('claims.ask')}
    </LinkButton>
  )
}

function OrderFacts({ order }: { order: Order }) {
  const final = order.finalFen !== null
  return (
    <Card title={t('shop.order.facts')}>
      <Facts
        of={[
          [t('shop.order.total'), <Money key="total" fen={order.totalFen} size={final ? 's' : 'l'} />],
          [t('shop.order.finalTotal'), final ? <Money key="final" fen={order.finalFen} size="l" /> : null],
          [t('shop.orders.site'), order.site],
          [t('shop.orders.day'), dayWords(order.day)],
          [t('shop.order.window'), `${minutesText(order.windowFrom)}–${minutesText(order.windowTo)}`],
          [t('shop.basket.cutOff'), instantText(new Date(order.cutOffAt), locale())],
          [
            t('shop.basket.shortage'),
            order.shortageRule === 'partial' ? t('shop.basket.partial') : t('shop.basket.cancelLine'),
          ],
          [t('shop.basket.note'), order.note],
          [t('shop.order.placedBy'), order.placedBy],
          [t('shop.order.approvedBy'), order.approvedBy],
        ]}
      />
    </Card>
  )
}

/** Who brings it and when; told from the dispatch on. */
function Truck({ order: { delivery } }: { order: Order }) {
  if (!delivery) return null
  const time = (at: string) => instantText(new Date(at), locale())
  return (
    <Card
      title={t('shop.order.truck')}
      side={<Badge tone="info">{textOf(`status.stop.${delivery.status}`, delivery.status)}</Badge>}
    >
      <Facts
        of={[
          [t('shop.order.arrived'), delivery.arrivedAt && time(delivery.arrivedAt)],
          [t('shop.order.driver'), `${delivery.driver} ${delivery.driverPhone}`.trim()],
          [t('shop.order.plate'), delivery.plate],
          [t('shop.order.receiver'), delivery.receiverName],
        ]}
      />
    </Card>
  )
}

function History({ order }: { order: Order }) {
  return (
    <details className="shop-history">
      <summary>{t('shop.order.timeline')}</summary>
      <ol>
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
    </details>
  )
}
