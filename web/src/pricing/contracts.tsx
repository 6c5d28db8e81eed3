import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { useSharedPath } from '../coop/scope.tsx'
import { Badge } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { spanText } from './why.ts'
import './texts.ts'

type Brief = Reply<'pricing.listContracts'>['items'][number]

/** Price contracts of one's own: for the buyer those with its suppliers, for the supplier those with its buyers. */
export function Contracts() {
  const may = useMay()
  const { org } = useMe()
  const to = useSharedPath()
  const [ended, setEnded] = useState(false)
  const { items, more, query } = usePages('pricing.listContracts', { query: { ended: String(ended) } })
  const hint = org.kind === 'buyer' ? t('pricing.noneBuyer') : t('pricing.noneHint')
  return (
    <>
      <PageHeader title={t('pricing.contracts')}>
        {may('contract.write') && org.kind !== 'operations' && (
          <LinkButton to={to('/contracts/new')} tone="main" icon="plus">
            {t('pricing.new')}
          </LinkButton>
        )}
      </PageHeader>
      <div className="stack">
        <FilterBar>
          <Segmented
            label={t('pricing.show')}
            value={ended ? 'ended' : 'current'}
            options={[
              { value: 'current', label: t('pricing.current') },
              { value: 'ended', label: t('pricing.ended') },
            ]}
            onPick={(value) => setEnded(value === 'ended')}
          />
        </FilterBar>
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: <EmptyState icon="document" title={t('pricing.none')} text={hint} />,
          }}
        >
          {() => (
            <DataTable
              label={t('pricing.contracts')}
              rows={items}
              rowKey={(one) => one.id}
              rowLink={(one) => to(`/contracts/${one.id}`)}
              columns={columns(org.kind)}
              more={more}
            />
          )}
        </Loaded>
      </div>
    </>
  )
}

const columns = (kind: string): Column<Brief>[] => [
  {
    key: 'number',
    head: t('pricing.number'),
    cell: (one) => (
      <>
        <b>{one.number}</b> {one.isSample && <Badge>{t('app.sampleMark')}</Badge>}
      </>
    ),
  },
  ...(kind === 'buyer' ? [] : [{ key: 'buyer', head: t('pricing.buyer'), cell: (one: Brief) => one.buyer }]),
  ...(kind === 'coop' || kind === 'base'
    ? []
    : [{ key: 'supplier', head: t('pricing.supplier'), cell: (one: Brief) => one.supplier }]),
  {
    key: 'days',
    head: t('pricing.days'),
    cell: (one) => spanText(one.validFrom, one.validTo),
  },
  {
    key: 'lines',
    head: t('pricing.goods'),
    end: true,
    cell: (one) => t('pricing.lineCount', { count: one.lineCount }),
  },
]
