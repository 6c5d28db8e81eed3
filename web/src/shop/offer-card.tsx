import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { named } from '../app/i18n.ts'
import { Picture } from '../kit/picture.tsx'
import { Availability, Price, UnitStepper } from './offer-row.tsx'
import { useShopping } from './shopping.tsx'
import type { QuotedLine } from './use-quote.ts'
import type { Offer } from './words.ts'

type CardProps = {
  offer: Offer
  quoted?: QuotedLine | undefined
  mayOrder?: boolean
  history?: ReactNode
}

/** One pack with a large picture, for looking around. */
export function OfferCard({ offer, quoted, history, mayOrder = true }: CardProps) {
  const { basket } = useShopping()
  const units = basket.lines[offer.skuId] ?? 0
  return (
    <li className="shop-card" data-chosen={units > 0 || undefined}>
      <Link to={`/products/${offer.productId}`} tabIndex={-1} aria-hidden="true">
        <Picture picture={offer.photoUrl ?? offer.picture} />
      </Link>
      <Link to={`/products/${offer.productId}`} className="shop-row-name">
        <b>{named({ zh: offer.name, en: offer.nameEn })}</b>
        <span className="muted small">{offer.spec}</span>
      </Link>
      <div className="shop-row-price">
        <Price offer={offer} units={units} quoted={quoted} />
      </div>
      <div className="shop-row-facts small">
        {history}
        <Availability offer={offer} quoted={quoted} units={units} />
      </div>
      {mayOrder && <UnitStepper offer={offer} quoted={quoted} />}
    </li>
  )
}
