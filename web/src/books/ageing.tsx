import { ageBuckets } from '@huming/shared/stating'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { FileLink } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import './texts.ts'

/** What buyers owe by how late it is. */
export function Ageing() {
  const ageing = useApi('statements.ageing', { query: {} })
  return (
    <>
      <PageHeader
        title={t('ageing.title')}
        back="/statements"
        sub={ageing.data && <span>{t('ageing.asOf', { day: ageing.data.day })}</span>}
      >
        <FileLink href="/api/ageing/xlsx">{t('books.export', { format: 'Excel' })}</FileLink>
        <FileLink href="/api/ageing/pdf" icon="print">
          {t('books.export', { format: 'PDF' })}
        </FileLink>
      </PageHeader>
      <Loaded
        query={ageing}
        empty={{
          when: (found) => found.items.length === 0,
          show: <EmptyState icon="check" title={t('ageing.none')} />,
        }}
      >
        {({ items }) => (
          <DataTable
            label={t('ageing.title')}
            rows={items}
            rowKey={(one) => one.orgId}
            columns={[
              {
                key: 'party',
                head: t('statements.party'),
                cell: (one) => one.party,
                sort: (one) => one.party,
              },
              ...ageBuckets.map((bucket) => ({
                key: bucket,
                head: t(`ageing.${bucket}`),
                end: true,
                cell: (one: (typeof items)[number]) => <Money fen={one.buckets[bucket] ?? 0} />,
                sort: (one: (typeof items)[number]) => one.buckets[bucket] ?? 0,
              })),
              {
                key: 'unstated',
                head: t('ageing.unstated'),
                end: true,
                cell: (one) => <Money fen={one.unstatedFen} />,
              },
              {
                key: 'total',
                head: t('ageing.total'),
                end: true,
                cell: (one) => <Money fen={one.totalFen} />,
                sort: (one) => one.totalFen,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}
