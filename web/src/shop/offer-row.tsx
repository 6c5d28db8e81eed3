import { isUnitId, unitName } from '@huming/shared/units'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { locale, named, t } from '../app/i18n.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Stepper } from '../kit/number-field.tsx'
import { Picture } from '../kit/picture.tsx'
import { priceWhy } from '../pricing/why.ts'
import { fitUnits, tierAt } from './rules.ts'
import { useShopping } from './shopping.tsx'
import type { QuotedLine } from './use-quote.ts'
import { contentText, dayWords, type Offer, unitsText } from './words.ts'
import './rows.css'

type OfferRowProps = {
  offer: Offer
  /** The basket's line as quoted: knows what an order being changed holds already. */
  quoted?: QuotedLine | undefined
  /** Under the name: last quantity, price change. */
  history?: ReactNode
  /** At the end of the row: the star, the sum. */
  side?: ReactNode
  /** Below everything: what is wrong with the line. */
  below?: ReactNode
  /** Someone who may not order sees no stepper. */
  mayOrder?: boolean
  /** Among the packs of one product the pack is the name. */
  asPack?: boolean
}

/** One pack in a list: picture, name, pack, price with its unit, whether it can be delivered, and a stepper. */
export function OfferRow(props: OfferRowProps) {
  const { offer, quoted, history, side, below, mayOrder = true, asPack } = props
  const { basket } = useShopping()
  const units = basket.lines[offer.skuId] ?? 0
  const name = named({ zh: offer.name, en: offer.nameEn })
  const to = `/products/${offer.productId}`
  return (
    <li className="shop-row" data-chosen={units > 0 || undefined} data-pack={asPack || undefined}>
      {asPack ? (
        <div className="shop-row-name">
          <b>{offer.spec}</b>
        </div>
      ) : (
        <>
          <Link to={to} className="shop-row-picture" tabIndex={-1} aria-hidden="true">
            <Picture picture={offer.photoUrl ?? offer.picture} size={64} />
          </Link>
          <Link to={to} className="shop-row-name">
            <b>{name}</b>
            <span className="muted small">
              {offer.spec} <span className="shop-wide">· {offer.supplier}</span>
            </span>
          </Link>
        </>
      )}
      <div className="shop-row-price">
        <Price offer={offer} units={units} quoted={quoted} />
      </div>
      <div className="shop-row-facts small">
        {history}
        {offer.orderUnit !== offer.priceUnit && (
          <span className="muted">
            <PackContent offer={offer} />
          </span>
        )}
        <Availability offer={offer} quoted={quoted} units={units} />
      </div>
      {mayOrder && (
        <div className="shop-row-step">
          <UnitStepper offer={offer} quoted={quoted} />
        </div>
      )}
      {side && <div className="shop-row-side">{side}</div>}
      {below && <div className="shop-row-below">{below}</div>}
    </li>
  )
}

type PriceProps = { offer: Offer; units: number; quoted?: QuotedLine | undefined }

/** The price for the quantity at hand, as the server quoted or listed it. */
export function Price({ offer, units, quoted }: PriceProps) {
  const tier = tierAt(offer.tiers, units)
  const asked = quoted?.units === units ? quoted : undefined
  const reason = asked?.priceReason ?? tier?.reason
  return (
    <>
      <UnitPrice centifen={asked?.priceCentifen ?? tier?.centifen} unit={offer.priceUnit} size="l" />
      {reason && (reason !== 'list' || asked?.priceBasis) && (
        <span className="shop-reason small">{priceWhy(reason, asked?.priceBasis, offer.priceUnit)}</span>
      )}
      {asked?.contractSpent && (
        <span className="shop-reason small">{t('price.why.spent', { number: asked.contractSpent })}</span>
      )}
    </>
  )
}

type StepProps = { offer: Offer; quoted?: QuotedLine | undefined }

/** Order units of a pack in the basket, kept to its minimum, steps and what can be delivered. */
export function UnitStepper({ offer, quoted }: StepProps) {
  const { basket, setUnits } = useShopping()
  const units = basket.lines[offer.skuId] ?? 0
  const name = named({ zh: offer.name, en: offer.nameEn })
  const free = Math.max(quoted?.availableUnits ?? 0, offer.availableUnits)
  const most = Math.min(offer.maxUnits, Math.max(free, units))
  const unit = isUnitId(offer.orderUnit) ? unitName(offer.orderUnit, locale()) : offer.orderUnit
  return (
    <span className="shop-step">
      <Stepper
        label={t('shop.howMany', { name: `${name} ${offer.spec}` })}
        unit={unit}
        value={units}
        min={0}
        max={most}
        disabled={most === 0}
        onNumber={(wanted) => setUnits(offer.skuId, fitUnits(offer, wanted ?? 0, units))}
      />
      <span className="muted small" aria-hidden="true">
        {unit}
      </span>
    </span>
  )
}

const FEW = 20

/** Why it cannot be delivered that day and from when; or that little is left. */
export function Availability({ offer, quoted, units }: PriceProps) {
  const { pickDay } = useShopping()
  const free = Math.max(quoted?.availableUnits ?? 0, offer.availableUnits)
  const { nextDay } = offer
  if (free === 0 || (offer.unavailableReason && free < offer.minUnits)) {
    return (
      <>
        <Badge tone="warn">{t(`shop.why.${offer.unavailableReason ?? 'sold_out'}`)}</Badge>
        {nextDay && (
          <button type="button" className="shop-link" onClick={() => pickDay(nextDay)}>
            {t('shop.nextDay', { day: dayWords(nextDay) })}
          </button>
        )}
      </>
    )
  }
  return (
    <>
      {free < FEW && units <= free && (
        <span className="shop-few">{t('shop.left', { quantity: unitsText(free, offer.orderUnit) })}</span>
      )}
      {offer.catchWeight && <span className="muted">{t('shop.weighed')}</span>}
      {offer.minUnits > 1 && (
        <span className="muted">
          {t('shop.min', { quantity: unitsText(offer.minUnits, offer.orderUnit) })}
        </span>
      )}
    </>
  )
}

/** "一箱 10 kg", for places without the supplier's own words. */
export function PackContent({ offer }: { offer: Offer }) {
  const content = contentText(offer)
  if (!content || !isUnitId(offer.orderUnit)) return null
  return <>{t('shop.pack', { unit: unitName(offer.orderUnit, locale()), content })}</>
}
