import { t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { FileLink } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import './texts.ts'

/** Credit notes (扣款通知单), newest first. */
export function CreditNotes() {
  const { items, more, query } = usePages('claims.creditNotes', { query: {} })
  return (
    <>
      <PageHeader title={t('claims.creditNotes')} back="/claims" />
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState title={t('claims.none')} /> }}
      >
        {() => (
          <DataTable
            label={t('claims.creditNotes')}
            rows={items}
            rowKey={(note) => note.id}
            rowLink={(note) => `/claims/${note.claimId}`}
            more={more}
            columns={[
              { key: 'number', head: t('claims.creditNote'), cell: (note) => note.number },
              { key: 'day', head: t('books.day'), cell: (note) => note.day },
              { key: 'buyer', head: t('claims.buyer'), cell: (note) => note.buyer },
              { key: 'order', head: t('claims.order'), cell: (note) => note.orderNumber },
              { key: 'claim', head: t('claims.number'), cell: (note) => note.claimNumber },
              { key: 'tax', head: t('invoices.tax'), end: true, cell: (note) => <Money fen={note.taxFen} /> },
              {
                key: 'total',
                head: t('invoices.total'),
                end: true,
                cell: (note) => <Money fen={note.totalFen} />,
              },
              {
                key: 'file',
                head: 'PDF',
                cell: (note) => (
                  <FileLink href={`/api/credit-notes/${note.id}/pdf`} icon="print">
                    {note.number}
                  </FileLink>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}
