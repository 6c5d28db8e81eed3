import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, LoadMore, Skeleton } from '../kit/states.tsx'
import { orderStatuses } from './statuses.ts'
import { dayWords } from './words.ts'
import './catalogue.css'
import './order.css'
import './rows.css'

type Brief = Reply<'orders.list'>['items'][number]

/** The organisation's orders, newest first. */
export function Orders() {
  const [params, setParams] = useSearchParams()
  // An address may have been typed: a status there is none of filters nothing.
  const status = orderStatuses.find((one) => one === params.get('status')) ?? ''
  const search = params.get('search') ?? ''
  const { query, items, more } = usePages('orders.list', {
    query: { ...(status && { status }), ...(search && { search }) },
  })
  useLive(['order.'], ['orders.list'])
  const set = (name: string, value: string) =>
    setParams(
      (now) => {
        if (value) now.set(name, value)
        else now.delete(name)
        return now
      },
      { replace: true },
    )
  return (
    <>
      <PageHeader title={t('shop.orders.title')} />
      <div className="shop-find" role="search" aria-label={t('kit.filters')}>
        <SearchBox
          value={search}
          placeholder={t('shop.orders.search')}
          onSearch={(text) => set('search', text)}
        />
        <Select
          label={t('shop.orders.status')}
          hideLabel
          optional
          placeholder={t('shop.orders.any')}
          value={status}
          options={orderStatuses.map((one) => ({ value: one, label: textOf(`status.order.${one}`, one) }))}
          onPick={(picked) => set('status', picked)}
        />
      </div>
      {query.error && items.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton />
      ) : items.length === 0 ? (
        <EmptyState
          icon="list"
          title={status || search ? t('kit.nothingFound') : t('shop.orders.none')}
          text={status || search ? undefined : t('shop.orders.noneHint')}
        />
      ) : (
        <div className="stack">
          <ul className="shop-rows" aria-label={t('shop.orders.title')}>
            {items.map((order) => (
              <OrderRow key={order.id} order={order} />
            ))}
          </ul>
          <LoadMore more={more} />
        </div>
      )}
    </>
  )
}

/** The whole row leads to the order. */
function OrderRow({ order }: { order: Brief }) {
  return (
    <li className="shop-order-row">
      <Link to={`/orders/${order.id}`}>
        <b className="shop-order-day">{dayWords(order.day)}</b>
        <span className="shop-order-marks">
          <StatusChip of="order" status={order.status} />
          {order.cutLines > 0 && <Badge tone="warn">{t('shop.orders.cut', { count: order.cutLines })}</Badge>}
        </span>
        <span className="shop-order-site muted small">{order.site}</span>
        <span className="shop-order-number muted small">
          {order.number} · {t('shop.orders.lines', { count: order.lineCount })}
        </span>
        <span className="shop-order-total">
          <Money fen={order.finalFen ?? order.totalFen} />
        </span>
      </Link>
    </li>
  )
}
