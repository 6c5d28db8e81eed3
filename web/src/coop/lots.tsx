import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, quantityWords } from './words.ts'

export type Lot = Reply<'stock.listLots'>['items'][number]

export const lotStages = [
  'planned',
  'made',
  'shipped',
  'received',
  'held',
  'used_up',
  'expired',
  'recalled',
  'destroyed',
  'withdrawn',
] as const

/** All lots of the supplier, newest first. */
export function Lots() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const stage = lotStages.find((one) => one === search.get('stage'))
  const text = search.get('q') ?? undefined
  const { items, more, query } = usePages('stock.listLots', { query: { orgId, stage, search: text } })
  useLive(['lot.'], ['stock.listLots'])
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      else before.delete(key)
      return before
    })
  return (
    <>
      <PageHeader title={t('coop.lots.title')}>
        {may('lot.write') && (
          <LinkButton to={to('/lots/new')} tone="main" icon="plus">
            {t('coop.lot.declare')}
          </LinkButton>
        )}
      </PageHeader>
      <FilterBar>
        <SearchBox label={t('coop.lots.search')} value={text ?? ''} onSearch={(value) => set('q', value)} />
        <Select
          label={t('coop.lots.stage')}
          hideLabel
          optional
          value={stage ?? ''}
          placeholder={t('coop.lots.anyStage')}
          options={lotStages.map((value) => ({ value, label: t(`status.lot.${value}`) }))}
          onPick={(value) => set('stage', value)}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState
              icon="layers"
              title={text || stage ? t('kit.nothingFound') : t('coop.lots.none')}
              text={t('coop.lots.noneText')}
            />
          ),
        }}
      >
        {() => (
          <div className="stack">
            <div className="cards" style={{ ['--card' as string]: '320px' }}>
              {items.map((lot) => (
                <LotCard key={lot.id} lot={lot} to={to(`/lots/${lot.id}`)} />
              ))}
            </div>
            <LoadMore more={more} />
          </div>
        )}
      </Loaded>
    </>
  )
}

/** One lot at a glance: what, how much, how much of it is promised, until when it keeps. */
export function LotCard({ lot, to }: { lot: Lot; to: string }) {
  return (
    <Link to={to} className="coop-card">
      <Picture picture={lot.picture} size={56} />
      <span className="grow">
        <span className="row spread">
          <b>{named({ zh: lot.name, en: lot.nameEn })}</b>
          <StatusChip of="lot" status={lot.stage} />
        </span>
        <span className="muted small">
          {lot.spec} · {lot.code}
        </span>
        <span className="row spread">
          <span>{quantityWords(lot.stage === 'received' ? lot.onHand : lot.quantity, lot)}</span>
          {lot.promised > 0 && (
            <Badge tone="info">
              {t('coop.lot.promisedBadge', { amount: quantityWords(lot.promised, lot) })}
            </Badge>
          )}
        </span>
        <span className="muted small">
          {t('coop.lot.span', { ready: dayWords(lot.readyDay), useBy: dayWords(lot.useByDay) })}
        </span>
      </span>
    </Link>
  )
}
