import { dayText, isServiceDay } from '@huming/shared/days'
import { flows } from '@huming/shared/flows'
import { useSearchParams } from 'wouter'
import type { Input, Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'

type Filters = NonNullable<Input<'orders.list'>['query']>
type Order = Reply<'orders.list'>['items'][number]

const statuses = Object.keys(flows.order.moves).concat(flows.order.ends)

/** Every order of every buyer, newest first. */
export function Orders() {
  const [search, setSearch] = useSearchParams()
  const filter = (key: string) => search.get(key) ?? undefined
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      else before.delete(key)
      return before
    })
  const query = { search: filter('q'), day: filter('day'), status: filter('status') as Filters['status'] }
  const { items, more, query: pages } = usePages('orders.list', { query })
  useLive(['order.'], ['orders.list'])
  return (
    <>
      <PageHeader title={t('ops.orders.title')} />
      <FilterBar>
        <SearchBox
          label={t('ops.orders.search')}
          value={query.search ?? ''}
          onSearch={(text) => set('q', text)}
        />
        <TextField
          label={t('ops.day')}
          type="date"
          value={query.day ?? ''}
          onText={(text) => set('day', text)}
        />
        <Select
          label={t('ops.board.status')}
          value={query.status ?? ''}
          optional
          placeholder={t('ops.orders.anyStatus')}
          options={statuses.map((status) => ({
            value: status,
            label: textOf(`status.order.${status}`, status),
          }))}
          onPick={(status) => set('status', status)}
        />
      </FilterBar>
      <Loaded
        query={pages}
        empty={{ when: () => items.length === 0, show: <EmptyState title={t('kit.nothingFound')} /> }}
      >
        {() => (
          <DataTable
            label={t('ops.orders.title')}
            rows={items}
            rowKey={(row) => row.id}
            rowLink={(row) => `/orders/${row.id}`}
            more={more}
            columns={columns()}
          />
        )}
      </Loaded>
    </>
  )
}

const columns = (): Column<Order>[] => [
  { key: 'number', head: t('ops.orders.number'), cell: (row) => <b className="num">{row.number}</b> },
  { key: 'buyer', head: t('ops.orders.buyer'), cell: (row) => `${row.buyer} · ${row.site}` },
  {
    key: 'day',
    head: t('ops.orders.day'),
    cell: (row) => (isServiceDay(row.day) ? dayText(row.day, locale()) : row.day),
  },
  {
    key: 'status',
    head: t('ops.board.status'),
    cell: (row) => <StatusChip of="order" status={row.status} />,
  },
  {
    key: 'lines',
    head: t('ops.orders.lines'),
    end: true,
    cell: (row) => (
      <span className="num">
        {row.lineCount}
        {row.cutLines > 0 && <Badge tone="warn">{t('ops.orders.cut', { quantity: row.cutLines })}</Badge>}
      </span>
    ),
  },
  {
    key: 'total',
    head: t('ops.orders.total'),
    end: true,
    cell: (row) => <Money fen={row.finalFen ?? row.totalFen} />,
  },
]
