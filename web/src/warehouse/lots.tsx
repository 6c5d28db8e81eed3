import { dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { useScanner } from '../kit/scan-box.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { quantityOf } from './words.ts'

type Lot = Reply<'stock.listLots'>['items'][number]

/** What stands in the warehouse, lot by lot. A scan searches. */
export function Lots() {
  const hub = useHub()
  const [search, setSearch] = useSearchParams()
  const text = search.get('q') ?? ''
  const find = (q: string) => setSearch(q ? { q } : {}, { replace: true })
  useScanner(find)
  useLive(['lot.', 'pick.'], ['stock.listLots'])
  const query = { stage: 'received' as const, hubId: hub.hubId || undefined, search: text || undefined }
  const { items, more, query: pages } = usePages('stock.listLots', { query })
  const [today] = useState(() => serviceDayOf(new Date()))
  return (
    <>
      <PageHeader title={t('warehouse.lots.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <FilterBar>
        <SearchBox label={t('warehouse.lots.search')} value={text} onSearch={find} />
      </FilterBar>
      <Loaded
        query={pages}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="warehouse" title={t('warehouse.lots.none')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('warehouse.lots.title')}
            rows={items}
            rowKey={(lot) => lot.id}
            rowLink={(lot) => `/lots/${lot.id}/papers`}
            more={more}
            columns={columns(today)}
          />
        )}
      </Loaded>
    </>
  )
}

const columns = (today: ServiceDay): Column<Lot>[] => [
  { key: 'code', head: t('warehouse.lot'), cell: (lot) => <b className="wh-code-s">{lot.code}</b> },
  {
    key: 'name',
    head: t('warehouse.wave.pack'),
    cell: (lot) => (
      <span>
        {named({ zh: lot.name, en: lot.nameEn })} <span className="muted small">{lot.spec}</span>
      </span>
    ),
  },
  {
    key: 'useBy',
    head: t('warehouse.useBy'),
    cell: (lot) => <UseBy lot={lot} today={today} />,
  },
  {
    key: 'onHand',
    head: t('warehouse.lots.onHand'),
    end: true,
    cell: (lot) => quantityOf(packOf(lot), lot.onHand),
  },
  {
    key: 'promised',
    head: t('warehouse.lots.promised'),
    end: true,
    cell: (lot) => (lot.promised > 0 ? quantityOf(packOf(lot), lot.promised) : '—'),
  },
]

/** A quantity that is no whole number of order units is told by weight. */
const packOf = (lot: Lot) => ({ ...lot, nameEn: '', catchWeight: lot.onHand % lot.basePerOrderUnit !== 0 })

function UseBy({ lot, today }: { lot: Lot; today: ServiceDay }) {
  const days = dayDiff(today, lot.useByDay as ServiceDay)
  return (
    <span className="row">
      {lot.useByDay}
      <Badge tone={days <= 2 ? 'bad' : days <= 7 ? 'warn' : 'plain'}>
        {t('warehouse.lots.daysLeft', { days })}
      </Badge>
    </span>
  )
}
