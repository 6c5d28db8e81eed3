import type { BinKind } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { SearchBox, Tabs } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { useScanner } from '../kit/scan-box.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { momentWords, nameOf, quantityOf } from '../warehouse/words.ts'
import { kindOptions, zoneOptions } from './bins.tsx'
import { kindName, kindTone, type StockRow } from './goods.tsx'
import './texts.ts'

type Movement = Reply<'storing.listMovements'>['items'][number]
type Tab = 'bins' | 'moves'

/** The desk's book of stock: what lies in each bin, and every movement of goods. */
export function StockBoard() {
  const hub = useHub()
  const [search, setSearch] = useSearchParams()
  const tab: Tab = search.get('tab') === 'moves' ? 'moves' : 'bins'
  const set = (key: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <PageHeader title={t('stores.board.title')} back="/stores">
        <LiveDot />
        <HubChoice {...hub} />
      </PageHeader>
      <Tabs
        label={t('stores.board.title')}
        value={tab}
        tabs={[
          { value: 'bins' as const, label: t('stores.board.byBin') },
          { value: 'moves' as const, label: t('stores.board.moves') },
        ]}
        onPick={(next) => set('tab', next === 'moves' ? 'moves' : '')}
      >
        {tab === 'bins' ? <ByBin hubId={hub.hubId} set={set} /> : <Moves hubId={hub.hubId} />}
      </Tabs>
    </>
  )
}

function ByBin({ hubId, set }: { hubId: string; set: (key: string, value: string) => void }) {
  const [search] = useSearchParams()
  const [q, zone, kind] = [search.get('q') ?? '', search.get('zone') ?? '', search.get('kind') ?? '']
  useScanner((code) => set('q', code))
  useLive(['stock.', 'pick.', 'lot.', 'transfer.'], ['storing.listStock'])
  const { items, more, query } = usePages('storing.listStock', {
    query: {
      hubId: hubId || undefined,
      search: q || undefined,
      zone: (zone || undefined) as Zone | undefined,
      kind: (kind || undefined) as BinKind | undefined,
    },
  })
  return (
    <div className="stack">
      <FilterBar>
        <SearchBox label={t('stores.board.search')} value={q} onSearch={(text) => set('q', text)} />
        <Select
          label={t('warehouse.zone')}
          hideLabel
          value={zone as Zone}
          options={[{ value: '' as Zone, label: t('warehouse.allZones') }, ...zoneOptions()]}
          onPick={(value) => set('zone', value)}
        />
        <Select
          label={t('stores.kind')}
          hideLabel
          value={kind as BinKind}
          options={[{ value: '' as BinKind, label: t('stores.all') }, ...kindOptions()]}
          onPick={(value) => set('kind', value)}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="warehouse" title={t('stores.nothing')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('stores.board.byBin')}
            rows={items}
            rowKey={(row) => row.binId + row.lotId}
            more={more}
            columns={stockColumns()}
          />
        )}
      </Loaded>
    </div>
  )
}

const stockColumns = (): Column<StockRow>[] => [
  {
    key: 'bin',
    head: t('stores.bin'),
    cell: (row) => (
      <span className="row">
        <b className="wh-code-s">{row.bin}</b>
        <Badge tone={kindTone(row.binKind)}>{kindName(row.binKind)}</Badge>
      </span>
    ),
  },
  { key: 'lot', head: t('warehouse.lot'), cell: (row) => <span className="wh-code-s">{row.lotCode}</span> },
  {
    key: 'name',
    head: t('warehouse.wave.pack'),
    cell: (row) => (
      <span>
        {nameOf(row)} <span className="muted small">{row.spec}</span>
      </span>
    ),
  },
  {
    key: 'stage',
    head: t('stores.stage'),
    cell: (row) => (
      <Badge tone={row.stage === 'received' ? 'plain' : 'bad'}>{t(`status.lot.${row.stage}`)}</Badge>
    ),
  },
  { key: 'useBy', head: t('warehouse.useBy'), cell: (row) => row.useByDay },
  { key: 'quantity', head: t('stores.lies'), end: true, cell: (row) => quantityOf(row, row.quantity) },
  { key: 'onHand', head: t('stores.onHand'), end: true, cell: (row) => quantityOf(row, row.onHand) },
  {
    key: 'promised',
    head: t('stores.promised'),
    end: true,
    cell: (row) => (row.promised > 0 ? quantityOf(row, row.promised) : '—'),
  },
]

function Moves({ hubId }: { hubId: string }) {
  useLive(['stock.', 'pick.', 'lot.', 'transfer.'], ['storing.listMovements'])
  const { items, more, query } = usePages('storing.listMovements', { query: { hubId: hubId || undefined } })
  return (
    <Loaded
      query={query}
      empty={{ when: () => items.length === 0, show: <EmptyState icon="list" title={t('stores.nothing')} /> }}
    >
      {() => (
        <DataTable
          label={t('stores.board.moves')}
          rows={items}
          rowKey={(row) => row.id}
          more={more}
          columns={moveColumns()}
        />
      )}
    </Loaded>
  )
}

const moveColumns = (): Column<Movement>[] => [
  { key: 'at', head: t('stores.when'), cell: (row) => momentWords(row.at) },
  { key: 'kind', head: t('stores.act.what'), cell: (row) => textOf(`stores.movement.${row.kind}`, row.kind) },
  { key: 'lot', head: t('warehouse.lot'), cell: (row) => <span className="wh-code-s">{row.lotCode}</span> },
  { key: 'name', head: t('warehouse.wave.pack'), cell: (row) => nameOf(row) },
  {
    key: 'quantity',
    head: t('warehouse.quantity'),
    end: true,
    cell: (row) => quantityOf(row, Math.abs(row.quantity)),
  },
  {
    key: 'from',
    head: t('stores.from'),
    cell: (row) => <span className="wh-code-s">{row.from ?? '—'}</span>,
  },
  { key: 'to', head: t('stores.to'), cell: (row) => <span className="wh-code-s">{row.to ?? '—'}</span> },
  { key: 'who', head: t('stores.who'), cell: (row) => row.person ?? '—' },
  { key: 'why', head: t('stores.why'), cell: (row) => row.reason },
]
