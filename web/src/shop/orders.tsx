import { orderStatuses } from './statuses.ts'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { dayWords } from './words.ts'

type Brief = Reply<'orders.list'>['items'][number]
type Status = Brief['status']

/** The organisation's orders, newest first. */
export function Orders() {
  const [params, setParams] = useSearchParams()
  const status = (params.get('status') ?? '') as Status | ''
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
      <FilterBar>
        <Select
          label={t('shop.orders.status')}
          hideLabel
          optional
          placeholder={t('shop.orders.any')}
          value={status}
          options={orderStatuses.map((one) => ({ value: one, label: textOf(`status.order.${one}`, one) }))}
          onPick={(picked) => set('status', picked)}
        />
        <div className="grow">
          <SearchBox
            value={search}
            placeholder={t('shop.orders.search')}
            onSearch={(text) => set('search', text)}
          />
        </div>
      </FilterBar>
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
        <DataTable
          label={t('shop.orders.title')}
          rows={items}
          rowKey={(order) => order.id}
          rowLink={(order) => `/orders/${order.id}`}
          columns={columns()}
          more={more}
        />
      )}
    </>
  )
}

const columns = (): Column<Brief>[] => [
  { key: 'number', head: t('shop.orders.number'), cell: (order) => order.number },
  {
    key: 'status',
    head: t('shop.orders.status'),
    cell: (order) => (
      <span className="row">
        <StatusChip of="order" status={order.status} />
        {order.cutLines > 0 && <Badge tone="warn">{t('shop.orders.cut', { count: order.cutLines })}</Badge>}
      </span>
    ),
  },
  { key: 'day', head: t('shop.orders.day'), cell: (order) => dayWords(order.day) },
  { key: 'site', head: t('shop.orders.site'), cell: (order) => order.site },
  {
    key: 'lines',
    head: t('shop.order.lines'),
    end: true,
    cell: (order) => t('shop.orders.lines', { count: order.lineCount }),
  },
  {
    key: 'total',
    head: t('shop.orders.total'),
    end: true,
    cell: (order) => <Money fen={order.finalFen ?? order.totalFen} />,
  },
]
