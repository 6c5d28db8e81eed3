import { SANMING_COUNTIES } from '@huming/shared/districts'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import { ZONES } from '@huming/shared/reference/zones'
import { Link, useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { Loaded } from '../kit/states.tsx'
import { OfferRow, PackContent } from './offer-row.tsx'
import { Pin } from './pin.tsx'
import { DishMark, ProductLabels } from './product-labels.tsx'
import { Seasons } from './seasons.tsx'
import { useShopping } from './shopping.tsx'
import { TotalBar } from './total-bar.tsx'
import { quotedLine, useQuote } from './use-quote.ts'
import { type Offer, unitsText } from './words.ts'
import './product.css'

type Product = Reply<'catalogue.readProduct'>

/** A product with its packs, where it comes from, when it is in season and what it contains. */
export function ProductPage() {
  const { id } = useParams<{ id: string }>()
  const { site, day } = useShopping()
  const product = useApi(
    'catalogue.readProduct',
    { params: { id }, query: { ...(site && { siteId: site.id }), ...(day && { day }) } },
    { keep: true },
  )
  return <Loaded query={product}>{(found) => <ProductView product={found} />}</Loaded>
}

function ProductView({ product }: { product: Product }) {
  const name = named({ zh: product.name, en: product.nameEn })
  const county = SANMING_COUNTIES.find((one) => one.code === product.countyCode)
  return (
    <>
      <PageHeader
        title={name}
        back="/catalogue"
        sub={
          <>
            <span>{[county?.name[locale()], product.supplier].filter(Boolean).join(' · ')}</span>
            {product.marks.map((mark) => (
              <Badge key={mark.text} tone="good" icon="shield">
                {mark.text}
              </Badge>
            ))}
            <DishMark productId={product.id} />
            {product.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="shop-product">
        <div className="shop-hero">
          <Picture
            picture={product.photoUrl ?? product.picture}
            alt={t('shop.product.picture', { name })}
            size={480}
          />
        </div>
        <div className="stack">
          <Packs offers={product.offers} />
          {product.description && (
            <Card title={t('shop.product.about')}>
              <p className="shop-story">{product.description}</p>
            </Card>
          )}
          {product.story && (
            <Card title={t('shop.product.story')}>
              <p className="shop-story">{product.story}</p>
            </Card>
          )}
          <Card title={t('shop.product.season')}>
            <Seasons seasons={product.seasons} />
          </Card>
          <ProductLabels productId={product.id} />
          <Card title={t('shop.product.facts')}>
            <ProductFacts product={product} county={county?.name[locale()]} />
            <Link to={`~/sellers/${product.orgId}`} className="shop-link">
              {t('shop.product.licences')}
            </Link>
          </Card>
        </div>
      </div>
      <TotalBar />
    </>
  )
}

function Packs({ offers }: { offers: readonly Offer[] }) {
  const may = useMay()
  const kept = useKept()
  const { quote } = useQuote()
  return (
    <Card title={t('shop.product.packs')}>
      <ul className="shop-rows" aria-label={t('shop.product.packs')}>
        {offers.map((offer) => (
          <OfferRow
            key={offer.skuId}
            asPack
            offer={offer}
            quoted={quotedLine(quote, offer.skuId)}
            mayOrder={may('order.place')}
            history={
              offer.orderUnit === offer.priceUnit && (
                <span className="muted">
                  <PackContent offer={offer} />
                </span>
              )
            }
            side={
              may('guide.write') && (
                <Pin
                  offer={offer}
                  pinned={kept(offer.skuId)?.pinned ?? false}
                  parUnits={kept(offer.skuId)?.parUnits ?? null}
                />
              )
            }
            below={offer.tiers.length > 1 ? <Tiers offer={offer} /> : null}
          />
        ))}
      </ul>
    </Card>
  )
}

/** What the order guide has of a pack. */
function useKept() {
  const may = useMay()
  const { site, day } = useShopping()
  const guide = useApi(
    'orders.guide',
    { params: { siteId: site?.id ?? '' }, query: day ? { day } : {} },
    { keep: true, enabled: site !== undefined && may('order.place') },
  )
  return (skuId: string) => guide.data?.items.find((item) => item.offer.skuId === skuId)
}

function Tiers({ offer }: { offer: Offer }) {
  return (
    <table className="shop-tiers">
      <caption className="sr-only">{t('shop.product.tiers', { name: offer.spec })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('shop.product.quantity')}</th>
          {offer.tiers.map((tier) => (
            <th key={tier.fromUnits} scope="col">
              {unitsText(tier.fromUnits, offer.orderUnit)} {t('shop.tierOnce')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('shop.product.unitPrice')}</th>
          {offer.tiers.map((tier) => (
            <td key={tier.fromUnits}>
              <UnitPrice centifen={tier.centifen} unit={offer.priceUnit} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function ProductFacts({ product, county }: { product: Product; county: string | undefined }) {
  const { offers } = product
  const zones = [...new Set(offers.map((offer) => ZONES[offer.zone][locale()]))]
  const { category } = product
  return (
    <Facts
      of={[
        [t('shop.product.county'), county],
        [t('shop.product.supplier'), product.supplier],
        [t('shop.product.category'), isCategoryId(category) ? named(categoryOf(category)) : category],
        [t('shop.product.zone'), zones.join(comma())],
        [t('shop.product.marks'), product.marks.map((mark) => mark.text).join(comma())],
        [t('shop.product.code'), offers.map((offer) => offer.code).join(comma())],
      ]}
    />
  )
}
