import { newId } from '@huming/shared/ids'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { ExplainDialog } from '../pricing/explain-dialog.tsx'
import { PricesDialog } from './prices.tsx'
import { ProductForm } from './product-form.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, packWords } from './words.ts'
import './product-texts.ts'

export type ManagedProduct = Reply<'catalogue.readManagedProduct'>
type Sku = ManagedProduct['skus'][number]
type PriceList = ManagedProduct['priceLists'][number]

/** A product not yet there. */
export function NewProduct() {
  const { orgId, to } = useSupplier()
  const [, go] = useLocation()
  const [id] = useState(newId)
  return (
    <>
      <PageHeader title={t('coop.products.new')} back={to('/products')} />
      {orgId && (
        <ProductForm
          id={id}
          orgId={orgId}
          onSaved={() => {
            toast(t('coop.product.savedNext'))
            go(to(`/products/${id}`), { replace: true })
          }}
        />
      )}
    </>
  )
}

/** A product with its packs and prices, and its description to change. */
export function ProductPage() {
  const { id = '' } = useParams<{ id: string }>()
  const product = useApi('catalogue.readManagedProduct', { params: { id } })
  return <Loaded query={product}>{(found) => <ProductView product={found} />}</Loaded>
}

function ProductView({ product }: { product: ManagedProduct }) {
  const { to } = useSupplier()
  const may = useMay()
  return (
    <>
      <PageHeader
        title={named({ zh: product.name, en: product.nameEn })}
        back={to('/products')}
        sub={
          <>
            {product.archived && <Badge tone="warn">{t('coop.products.archived')}</Badge>}
            {product.marks.map((mark) => (
              <Badge key={mark.type} tone="good" icon="shield">
                {mark.text}
              </Badge>
            ))}
            {product.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack">
        <Card
          title={t('coop.packs.title')}
          side={
            may('product.write') && (
              <LinkButton to={to(`/products/${product.id}/packs/new`)} icon="plus">
                {t('coop.packs.new')}
              </LinkButton>
            )
          }
        >
          {product.skus.length === 0 ? (
            <EmptyState icon="box" title={t('coop.products.noPacks')} text={t('coop.packs.noneText')} />
          ) : (
            <ul className="coop-list">
              {product.skus.map((sku) => (
                <li key={sku.id}>
                  <PackRow product={product} sku={sku} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        <ProductForm
          key={product.version}
          id={product.id}
          orgId={product.orgId}
          product={product}
          onSaved={() => toast(t('coop.product.saved'))}
        />
      </div>
    </>
  )
}

/** A pack: its size in plain words, its prices, and what one does with it. */
function PackRow({ product, sku }: { product: ManagedProduct; sku: Sku }) {
  const { to } = useSupplier()
  const may = useMay()
  const [pricing, setPricing] = useState(false)
  const [asking, setAsking] = useState(false)
  const lists = product.priceLists.filter((list) => list.skuId === sku.id)
  return (
    <article className="coop-pack">
      <div className="row spread">
        <b>{sku.spec}</b>
        <span className="row">
          {sku.archived && <Badge>{t('coop.products.archived')}</Badge>}
          {sku.catchWeight && <Badge tone="info">{t('coop.pack.byWeight')}</Badge>}
          <span className="muted small">{sku.code}</span>
        </span>
      </div>
      <span className="coop-words">{packWords(sku)}</span>
      {lists.length === 0 && <span className="small coop-warn">{t('coop.prices.none')}</span>}
      {lists.map((list) => (
        <PriceListRow key={`${audienceOf(list)}${list.validFrom}`} list={list} sku={sku} />
      ))}
      <div className="row">
        {may('price.write') && (
          <Button icon="money" tone={lists.length === 0 ? 'main' : 'plain'} onClick={() => setPricing(true)}>
            {t('coop.prices.set')}
          </Button>
        )}
        {may('contract.write') && lists.length > 0 && (
          <Button icon="search" onClick={() => setAsking(true)}>
            {t('price.whoPays')}
          </Button>
        )}
        {may('product.write') && (
          <LinkButton to={to(`/products/${product.id}/packs/${sku.id}`)} icon="edit">
            {t('coop.edit')}
          </LinkButton>
        )}
        {may('lot.write') && !sku.archived && (
          <LinkButton to={to(`/lots/new?sku=${sku.id}`)} icon="layers">
            {t('coop.lot.declare')}
          </LinkButton>
        )}
      </div>
      {asking && (
        <ExplainDialog
          skuId={sku.id}
          name={`${named({ zh: product.name, en: product.nameEn })} ${sku.spec}`}
          minUnits={sku.minUnits}
          onClose={() => setAsking(false)}
        />
      )}
      {pricing && <PricesDialog sku={sku} lists={lists} onClose={() => setPricing(false)} />}
    </article>
  )
}

const audienceOf = (list: PriceList): string => {
  if (list.buyer) return list.buyer
  return list.buyerClass ? named(BUYER_CLASSES[list.buyerClass]) : t('coop.prices.everyone')
}

function PriceListRow({ list, sku }: { list: PriceList; sku: Sku }) {
  return (
    <div className="coop-prices" data-off={list.inForce ? undefined : ''}>
      <span className="small">
        {audienceOf(list)}
        {!list.inForce && ` · ${t('coop.prices.from', { day: dayWords(list.validFrom) })}`}
      </span>
      <span className="row">
        {list.tiers.map((tier) => (
          <span key={tier.fromUnits}>
            {tier.fromUnits > 1 && (
              <span className="muted small">{t('coop.prices.fromUnits', { units: tier.fromUnits })} </span>
            )}
            <UnitPrice centifen={tier.centifen} unit={sku.priceUnit} />
          </span>
        ))}
      </span>
    </div>
  )
}
