import { SANMING_COUNTIES } from '@huming/shared/districts'
import { CATEGORIES } from '@huming/shared/reference/categories'
import { ZONE_IDS, ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { locale, named, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { recall, remember } from '../app/remember.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { SearchBox, Segmented } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, LoadMore, Skeleton } from '../kit/states.tsx'
import { OfferCard } from './offer-card.tsx'
import { OfferRow } from './offer-row.tsx'
import { useShopping } from './shopping.tsx'
import { TotalBar } from './total-bar.tsx'
import { quotedLine, useQuote } from './use-quote.ts'
import { WhereWhen } from './where-when.tsx'
import type { Offer } from './words.ts'
import './catalogue.css'

type View = 'list' | 'grid'
const sorts = ['relevance', 'season', 'price', 'name'] as const
type Sort = (typeof sorts)[number]

const choices: Record<string, readonly string[]> = {
  sort: sorts,
  zone: ZONE_IDS,
  category: CATEGORIES.map((one) => one.id),
  countyCode: SANMING_COUNTIES.map((one) => one.code),
}

/** Everything on offer for the site and day, found by name, sound, short code or place. */
export function Catalogue() {
  const may = useMay()
  const [view, setView] = useState<View>(() => (recall('shop.view') === 'grid' ? 'grid' : 'list'))
  const pickView = (next: View) => {
    remember('shop.view', next)
    setView(next)
  }
  return (
    <>
      <PageHeader title={t('shop.catalogue.title')} />
      <div className="stack">
        {may('order.place') && <WhereWhen />}
        <Filters view={view} onView={pickView} />
        <Found view={view} />
        <TotalBar />
      </div>
    </>
  )
}

/** The filters live in the address, so that a page can be sent to somebody. */
function useFilters() {
  const [params, setParams] = useSearchParams()
  // An address may have been typed: a choice there is none of filters nothing.
  const get = (name: string) => {
    const value = params.get(name) ?? ''
    return choices[name]?.includes(value) === false ? '' : value
  }
  const set = (name: string, value: string) =>
    setParams(
      (now) => {
        if (value) now.set(name, value)
        else now.delete(name)
        return now
      },
      { replace: true },
    )
  const count = [...params.keys()].filter((key) => key !== 'search' && key !== 'sort').length
  return { get, set, count, reset: () => setParams({}, { replace: true }) }
}

function Found({ view }: { view: View }) {
  const may = useMay()
  const { site, day } = useShopping()
  const { get, reset } = useFilters()
  const { quote } = useQuote()
  const flag = (name: string) => (get(name) ? { [name]: 'true' } : {})
  const text = (name: string) => (get(name) ? { [name]: get(name) } : {})
  const { query, items, more } = usePages('catalogue.browse', {
    query: {
      limit: 40,
      sort: (get('sort') || 'relevance') as Sort,
      ...(site && { siteId: site.id }),
      ...(day && { day }),
      ...text('search'),
      ...text('category'),
      ...text('countyCode'),
      ...text('zone'),
      ...flag('inSeason'),
      ...flag('available'),
    },
  })
  if (query.error && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Skeleton lines={6} height={84} />
  if (items.length === 0) {
    return (
      <EmptyState icon="search" title={t('shop.catalogue.none')} text={t('shop.catalogue.noneHint')}>
        <Button onClick={reset}>{t('shop.catalogue.reset')}</Button>
      </EmptyState>
    )
  }
  const One = view === 'grid' ? OfferCard : OfferRow
  return (
    <>
      <ul
        className={view === 'grid' ? 'shop-grid' : 'shop-rows'}
        aria-label={t('shop.catalogue.title')}
        data-old={query.isPlaceholderData || undefined}
      >
        {items.map((offer) => (
          <One
            key={offer.skuId}
            offer={offer}
            quoted={quotedLine(quote, offer.skuId)}
            mayOrder={may('order.place')}
            history={<Origin offer={offer} />}
          />
        ))}
      </ul>
      <LoadMore more={more} />
    </>
  )
}

/** County and temperature, in the words of the filters. */
function Origin({ offer }: { offer: Offer }) {
  const county = SANMING_COUNTIES.find((one) => one.code === offer.countyCode)
  return (
    <span className="muted">
      {[county?.name[locale()], ZONES[offer.zone][locale()]].filter(Boolean).join(' · ')}
    </span>
  )
}

function Filters({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { get, set } = useFilters()
  const [open, setOpen] = useState(false)
  return (
    <div className="shop-filters" role="search" aria-label={t('kit.filters')}>
      <div className="shop-find">
        <SearchBox
          value={get('search')}
          placeholder={t('shop.catalogue.search')}
          onSearch={(text) => set('search', text)}
        />
        <MoreButton open={open} onPress={() => setOpen(!open)} />
        <div className="shop-selects" data-open={open || undefined}>
          <Selects />
          <Segmented
            label={t('shop.catalogue.view')}
            value={view}
            options={[
              { value: 'list', label: t('shop.catalogue.list') },
              { value: 'grid', label: t('shop.catalogue.grid') },
            ]}
            onPick={onView}
          />
        </div>
      </div>
      <Chips />
    </div>
  )
}

function MoreButton({ open, onPress }: { open: boolean; onPress: () => void }) {
  const { get } = useFilters()
  const count = [get('countyCode'), get('zone'), get('sort')].filter(Boolean).length
  return (
    <Button className="shop-narrow" icon="filter" aria-expanded={open} onClick={onPress}>
      {count > 0 ? t('shop.catalogue.filtered', { count }) : t('shop.catalogue.more')}
    </Button>
  )
}

function Selects() {
  const { get, set } = useFilters()
  const counties = SANMING_COUNTIES
  return (
    <>
      <Select
        label={t('shop.catalogue.county')}
        hideLabel
        optional
        placeholder={t('shop.catalogue.anyCounty')}
        value={get('countyCode')}
        options={counties.map((one) => ({ value: one.code, label: one.name[locale()] }))}
        onPick={(code) => set('countyCode', code)}
      />
      <Select
        label={t('shop.catalogue.zone')}
        hideLabel
        optional
        placeholder={t('shop.catalogue.anyZone')}
        value={get('zone')}
        options={ZONE_IDS.map((id) => ({ value: id, label: ZONES[id][locale()] }))}
        onPick={(zone) => set('zone', zone)}
      />
      <Select
        label={t('shop.catalogue.sort')}
        hideLabel
        value={(get('sort') || 'relevance') as Sort}
        options={sorts.map((sort) => ({ value: sort, label: t(`shop.catalogue.sort.${sort}`) }))}
        onPick={(sort) => set('sort', sort === 'relevance' ? '' : sort)}
      />
    </>
  )
}

/** What is to be had now, then the groups; of the chosen group its parts too. */
function Chips() {
  const { get, set } = useFilters()
  const chosen = CATEGORIES.find((one) => one.id === get('category'))
  const group = chosen?.parent ?? chosen?.id
  const leaves = group ? CATEGORIES.filter((one) => one.parent === group) : []
  const groups = CATEGORIES.filter((one) => one.parent === null)
  return (
    <div className="shop-chips" role="group" aria-label={t('shop.catalogue.category')}>
      <div>
        <Chip on={get('available') !== ''} onPress={(on) => set('available', on ? '1' : '')}>
          {t('shop.catalogue.available')}
        </Chip>
        <Chip on={get('inSeason') !== ''} onPress={(on) => set('inSeason', on ? '1' : '')}>
          {t('shop.catalogue.season')}
        </Chip>
        <span className="shop-rule" />
        {groups.map((one) => (
          <Chip
            key={one.id}
            on={one.id === group}
            onPress={() => set('category', one.id === group ? '' : one.id)}
          >
            {named(one)}
          </Chip>
        ))}
      </div>
      {leaves.length > 0 && (
        <div>
          {leaves.map((one) => (
            <Chip
              key={one.id}
              on={one.id === chosen?.id}
              onPress={() => set('category', one.id === chosen?.id ? (group ?? '') : one.id)}
            >
              {named(one)}
            </Chip>
          ))}
        </div>
      )}
    </div>
  )
}

type ChipProps = { on: boolean; onPress: (on: boolean) => void; children: string }

function Chip({ on, onPress, children }: ChipProps) {
  return (
    <button type="button" className="shop-chip" aria-pressed={on} onClick={() => onPress(!on)}>
      {children}
    </button>
  )
}
