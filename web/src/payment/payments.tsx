import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { FileLink, LinkButton } from '../kit/button.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { methodText, type PaymentBrief, purposeText, timeText } from './words.ts'
import './texts.ts'

const statuses = ['open', 'processing', 'succeeded', 'cancelled'] as const

/** Payments, one's own or everyone's: those that wait can be gone on with. */
export function Payments() {
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const status = statuses.find((one) => one === search.get('status'))
  const { items, more, query } = usePages('payments.list', { query: { status } })
  useLive(['payment.', 'refund.', 'dispute.'], ['payments.'])
  const all = may('payment.desk')
  return (
    <>
      <PageHeader title={t(all ? 'pay.nav.received' : 'pay.history')}>
        <FileLink href={`/api/payments-file${status ? `?status=${status}` : ''}`}>{t('pay.excel')}</FileLink>
        {may('payment.write') && (
          <LinkButton to="/pay" tone="main" icon="money">
            {t('pay.topUp')}
          </LinkButton>
        )}
      </PageHeader>
      <FilterBar>
        <Select
          label={t('pay.col.status')}
          value={status ?? ''}
          placeholder={t('pay.all')}
          options={statuses.map((value) => ({ value, label: t(`pay.status.${value}`) }))}
          onPick={(value) => setSearch(value ? { status: value } : {})}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState icon="money" title={t('pay.none')} /> }}
      >
        {() => (
          <DataTable
            label={t('pay.history')}
            rows={items}
            rowKey={(row) => row.id}
            rowLink={(row) => `/payments/${row.id}`}
            columns={columnsOf(all)}
            more={more}
          />
        )}
      </Loaded>
    </>
  )
}

function columnsOf(all: boolean): Column<PaymentBrief>[] {
  return [
    { key: 'at', head: t('pay.col.created'), cell: (row) => timeText(row.createdAt) },
    ...(all ? [{ key: 'buyer', head: t('pay.col.buyer'), cell: (row: PaymentBrief) => row.buyer }] : []),
    { key: 'method', head: t('pay.col.method'), cell: (row) => methodText(row.method) },
    { key: 'purpose', head: t('pay.col.purpose'), cell: (row) => purposeText(row.purpose) },
    {
      key: 'amount',
      head: t('bank.amount'),
      end: true,
      cell: (row) => <Money fen={row.receivedFen ?? row.amountFen} />,
    },
    {
      key: 'status',
      head: t('pay.col.status'),
      cell: (row) => (
        <>
          <StatusChip of="payment" status={row.status} />{' '}
          {row.dispute === 'open' && <Badge tone="bad">{t('pay.dispute.open')}</Badge>}
          {row.refundedFen > 0 && (
            <Badge>
              {t('pay.col.refunded')} {(row.refundedFen / 100).toFixed(2)}
            </Badge>
          )}
        </>
      ),
    },
  ]
}
