import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { dayWords } from '../coop/words.ts'
import { Money, Quantity } from '../kit/amount.tsx'
import { StatusChip } from '../kit/badge.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import './texts.ts'

type Line = Reply<'commission.orders'>['items'][number]

const columns = (): Column<Line>[] => [
  {
    key: 'goods',
    head: t('money.goods'),
    cell: (line) => (
      <span>
        <b>{locale() === 'en' && line.nameEn ? line.nameEn : line.name}</b>{' '}
        <span className="muted small">{line.spec}</span>
      </span>
    ),
  },
  { key: 'order', head: t('money.order'), cell: (line) => line.orderNumber },
  { key: 'day', head: t('money.day'), cell: (line) => dayWords(line.day) },
  {
    key: 'buyer',
    head: t('principal.buyer'),
    cell: (line) => named(BUYER_CLASSES[line.buyerClass as BuyerClass]),
  },
  {
    key: 'quantity',
    head: t('money.weighed'),
    end: true,
    cell: (line) => <Quantity base={line.quantity} baseUnit={line.baseUnit} />,
  },
  { key: 'amount', head: t('money.gross'), end: true, cell: (line) => <Money fen={line.amountFen} /> },
  {
    key: 'status',
    head: t('principal.status'),
    cell: (line) => <StatusChip of="order" status={line.status} />,
  },
]

/** What was ordered of a principal's goods; of the buyer only its class is told. */
export function PrincipalOrders() {
  const { orgId = '' } = useParams<{ orgId: string }>()
  const { items, more, query } = usePages('commission.orders', { params: { orgId } })
  return (
    <>
      <PageHeader title={t('principal.orders')} />
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="list" title={t('principal.ordersNone')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('principal.orders')}
            rows={items}
            rowKey={(line) => line.orderLineId}
            columns={columns()}
            more={more}
          />
        )}
      </Loaded>
    </>
  )
}
