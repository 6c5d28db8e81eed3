import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { PackForm } from './pack-form.tsx'
import type { ManagedProduct } from './product.tsx'
import { useSupplier } from './scope.tsx'
import './product-texts.ts'

/** A pack not yet there. */
export function NewPack() {
  const [skuId] = useState(newId)
  return <OfProduct>{(product) => <PackScreen product={product} skuId={skuId} />}</OfProduct>
}

/** A pack to change. */
export function PackPage() {
  const { skuId = '' } = useParams<{ skuId: string }>()
  return (
    <OfProduct>
      {(product) =>
        product.skus.some((sku) => sku.id === skuId) ? (
          <PackScreen product={product} skuId={skuId} />
        ) : (
          <EmptyState icon="box" title={t('app.pageMissing')} />
        )
      }
    </OfProduct>
  )
}

function OfProduct({ children }: { children: (product: ManagedProduct) => React.ReactNode }) {
  const { id = '' } = useParams<{ id: string }>()
  const product = useApi('catalogue.readManagedProduct', { params: { id } })
  return <Loaded query={product}>{children}</Loaded>
}

function PackScreen({ product, skuId }: { product: ManagedProduct; skuId: string }) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const sku = product.skus.find((one) => one.id === skuId)
  const back = to(`/products/${product.id}`)
  return (
    <>
      <PageHeader
        title={sku ? sku.spec : t('coop.packs.new')}
        sub={named({ zh: product.name, en: product.nameEn })}
        back={back}
      />
      <PackForm
        key={sku?.version}
        product={product}
        skuId={skuId}
        sku={sku}
        onSaved={() => {
          toast(t(sku ? 'coop.pack.saved' : 'coop.pack.savedNext'))
          go(back)
        }}
      />
    </>
  )
}
