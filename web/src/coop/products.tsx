import { inSeason, serviceDayOf } from '@huming/shared/days'
import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { SearchBox, Segmented } from '../kit/choose.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { useSupplier } from './scope.tsx'
import { categoryWords } from './words.ts'
import './product-texts.ts'

type Product = Reply<'catalogue.listProducts'>['items'][number]

/** What the supplier sells, with its packs and today's list prices. */
export function Products() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const text = search.get('q') ?? undefined
  const archived = search.get('archived') === '1'
  const { items, more, query } = usePages('catalogue.listProducts', {
    query: { orgId, search: text, archived: archived ? 'true' : 'false' },
  })
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      else before.delete(key)
      return before
    })
  return (
    <>
      <PageHeader title={t('coop.products.title')}>
        {orgId && (
          <LinkButton to={to('/leads')} icon="clock">
            {t('coop.products.leads')}
          </LinkButton>
        )}
        {may('product.write') && (
          <LinkButton to={to('/products/new')} tone="main" icon="plus">
            {t('coop.products.new')}
          </LinkButton>
        )}
      </PageHeader>
      <FilterBar>
        <SearchBox
          label={t('coop.products.search')}
          value={text ?? ''}
          onSearch={(value) => set('q', value)}
        />
        <Segmented
          label={t('coop.products.which')}
          value={archived ? 'archived' : 'selling'}
          options={[
            { value: 'selling', label: t('coop.products.selling') },
            { value: 'archived', label: t('coop.products.archived') },
          ]}
          onPick={(value) => set('archived', value === 'archived' ? '1' : '')}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState
              icon="leaf"
              title={text ? t('kit.nothingFound') : t('coop.products.none')}
              text={text ? undefined : t('coop.products.noneText')}
            />
          ),
        }}
      >
        {() => (
          <div className="stack">
            <div className="cards" style={{ ['--card' as string]: '320px' }}>
              {items.map((product) => (
                <ProductCard key={product.id} product={product} to={to(`/products/${product.id}`)} />
              ))}
            </div>
            <LoadMore more={more} />
          </div>
        )}
      </Loaded>
    </>
  )
}

function ProductCard({ product, to }: { product: Product; to: string }) {
  const today = serviceDayOf(new Date())
  const off = product.seasons.length > 0 && !product.seasons.some((season) => inSeason(today, season))
  const packs = product.skus.filter((sku) => !sku.archived)
  return (
    <Link to={to} className="coop-card">
      <Picture picture={product.photoUrl ?? product.picture} size={64} />
      <span className="grow">
        <span className="row spread">
          <b>{named({ zh: product.name, en: product.nameEn })}</b>
          {off && <Badge tone="warn">{t('coop.products.outOfSeason')}</Badge>}
          {product.archived && <Badge>{t('coop.products.archived')}</Badge>}
        </span>
        <span className="muted small">{categoryWords(product.category)}</span>
        {packs.length === 0 && <span className="small">{t('coop.products.noPacks')}</span>}
        {packs.map((sku) => (
          <span className="row spread" key={sku.id}>
            <span className="small">{sku.spec}</span>
            <UnitPrice centifen={sku.tiers[0]?.centifen} unit={sku.priceUnit} />
          </span>
        ))}
      </span>
    </Link>
  )
}
