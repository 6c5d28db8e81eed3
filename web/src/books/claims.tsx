import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { FileLink, LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import './texts.ts'
import { WaitingClaims } from './waiting-claims.tsx'
import { kindText, momentText } from './words.ts'

type Brief = Reply<'claims.list'>['items'][number]

/** Claims: the buyer's own, those on a supplier's goods, or all of them on the desk. */
export function Claims() {
  const may = useMay()
  const [status, setStatus] = useState<Brief['status'] | 'all'>(may('claim.decide') ? 'sent' : 'all')
  const { items, more, query } = usePages('claims.list', { query: status === 'all' ? {} : { status } })
  useLive(['claim.'], ['claims.'])
  return (
    <>
      <PageHeader title={t('claims.title')}>
        {may('claim.read') && (
          <LinkButton to="/credit-notes" icon="document">
            {t('claims.creditNotes')}
          </LinkButton>
        )}
        {may('claim.rule') && (
          <LinkButton to="/claim-rules" icon="clock">
            {t('claimRules.title')}
          </LinkButton>
        )}
        {may('quality.read') && (
          <LinkButton to="/quality" icon="chart">
            {t('claims.quality')}
          </LinkButton>
        )}
        <FileLink href="/api/claims/export/xlsx">{t('books.export', { format: 'Excel' })}</FileLink>
        <FileLink href="/api/claims/export/pdf" icon="print">
          {t('books.export', { format: 'PDF' })}
        </FileLink>
      </PageHeader>
      {may('claim.write') && <WaitingClaims />}
      <FilterBar>
        <Segmented
          label={t('books.status')}
          value={status}
          options={(['all', 'sent', 'contested', 'decided'] as const).map((value) => ({
            value,
            label: value === 'all' ? t('claims.filter.all') : t(`status.claim.${value}`),
          }))}
          onPick={setStatus}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState icon="check" title={t('claims.none')} /> }}
      >
        {() => (
          <DataTable
            label={t('claims.title')}
            rows={items}
            rowKey={(claim) => claim.id}
            rowLink={(claim) => `/claims/${claim.id}`}
            more={more}
            columns={[
              { key: 'number', head: t('claims.number'), cell: (claim) => claim.number },
              {
                key: 'status',
                head: t('books.status'),
                cell: (claim) => (
                  <>
                    <StatusChip of="claim" status={claim.status} />{' '}
                    {claim.isSample && <Badge>{t('app.sampleMark')}</Badge>}
                  </>
                ),
              },
              { key: 'buyer', head: t('claims.buyer'), cell: (claim) => `${claim.buyer} ${claim.site}` },
              { key: 'order', head: t('claims.order'), cell: (claim) => claim.orderNumber },
              { key: 'kind', head: t('claims.kind'), cell: (claim) => claim.kinds.map(kindText).join(' ') },
              {
                key: 'asked',
                head: t('claims.asked'),
                end: true,
                cell: (claim) => <Money fen={claim.askedFen} />,
              },
              {
                key: 'accepted',
                head: t('claims.accepted'),
                end: true,
                cell: (claim) => <Money fen={claim.acceptedFen} />,
              },
              { key: 'made', head: t('claims.made'), cell: (claim) => momentText(claim.madeAt) },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}
