import type { ServiceDay } from '@huming/shared/days'
import { lineAmountFen } from '@huming/shared/money'
import {
  type ContractLeft,
  explainPrice,
  type PriceBasis,
  type PriceReason,
  type PriceRow,
  priceFor,
} from '@huming/shared/pricing'
import { checkStep } from '@huming/shared/quantity'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import { type SellerType, type TaxClass, type TaxRule, taxRateBp } from '@huming/shared/reference/taxes'
import type { AllocatableLot } from '../stock/allocation.ts'

/** A pack as far as ordering it goes. */
export type OrderedSku = {
  readonly id: string
  readonly supplierOrgId: string
  readonly sellerType: SellerType
  readonly basePerOrderUnit: number
  readonly basePerPriceUnit: number
  readonly minUnits: number
  readonly stepUnits: number
  readonly maxUnits: number
  readonly minRemainingDays: number
  readonly taxClass: TaxClass
  /** False when the pack, its product or its supplier was withdrawn. */
  readonly onOffer: boolean
  /** Days on which the papers on file let it be sold. */
  readonly saleFrom: string
  readonly saleUntil: string
  readonly prices: readonly PriceRow[]
  /** Of its class and its seller's position. */
  readonly taxRules: readonly TaxRule[]
}
export type Buyer = { readonly orgId: string; readonly buyerClass: BuyerClass }
/** A lot of which orders take; what is promised moves as they do. */
export type OpenLot = AllocatableLot & { promised: number }

export type Priced = {
  readonly quantity: number
  readonly priceCentifen: number
  readonly priceReason: PriceReason
  readonly priceBasis: PriceBasis | null
  /** The contract's line whose quantity it takes. */
  readonly contractLineId: string | null
  readonly taxRateBp: number
  readonly amountFen: number
}

/** No line may cost more than this; beyond it somebody has mistyped. */
const amountFenMax = 100_000_000_000

/**
 * The line's frozen price, tax rate and amount on the day, or why there is none (no tax rule counts as no price).
 * `left` tells the base units that a contract's line still has.
 */
export function priceLine(
  sku: OrderedSku,
  units: number,
  buyer: Buyer,
  day: ServiceDay,
  left: ContractLeft,
): Priced | 'price_missing' | 'too_large' {
  const price = priceFor(sku.prices, askOf(buyer, units, day), unitsLeft(sku, left))
  const taxRate = taxRateBp(sku.taxRules, { taxClass: sku.taxClass, sellerType: sku.sellerType, day })
  if (!price || taxRate === null) return 'price_missing'
  const quantity = units * sku.basePerOrderUnit
  if ((price.centifen / 100) * (quantity / sku.basePerPriceUnit) > amountFenMax) return 'too_large'
  return {
    quantity,
    priceCentifen: price.centifen,
    priceReason: price.reason,
    priceBasis: price.basis,
    contractLineId: price.contractLineId,
    taxRateBp: taxRate,
    amountFen: lineAmountFen({
      priceCentifen: price.centifen,
      pricingBase: sku.basePerPriceUnit,
      quantity,
    }),
  }
}

/** The contract that would have given the price, had it enough left: its number, else null. */
export function spentContract(
  sku: OrderedSku,
  units: number,
  buyer: Buyer,
  day: ServiceDay,
  left: ContractLeft,
): string | null {
  const steps = explainPrice(sku.prices, askOf(buyer, units, day), unitsLeft(sku, left))
  return steps.find((step) => step.verdict === 'spent')?.price?.basis?.contract ?? null
}

const askOf = (buyer: Buyer, units: number, day: ServiceDay) => ({
  buyerOrgId: buyer.orgId,
  buyerClass: buyer.buyerClass,
  units,
  day,
})

const unitsLeft =
  (sku: OrderedSku, left: ContractLeft): ContractLeft =>
  (lineId) => {
    const base = left(lineId)
    return base === null ? null : Math.floor(base / sku.basePerOrderUnit)
  }

/** Is this number of units one that the pack can be ordered in? */
export const onStep = (sku: OrderedSku, units: number): boolean =>
  checkStep({ units, min: sku.minUnits, step: sku.stepUnits, max: sku.maxUnits }).ok

/** Shortest delivery window one may ask for within the site's own, minutes. */
const windowMinutesMin = 60

/** The site's whole window, or a part of it long enough to be driven to. */
export function windowOffered(
  site: { readonly windowFrom: number; readonly windowTo: number },
  ask: { readonly windowFrom: number; readonly windowTo: number },
): boolean {
  if (ask.windowFrom < site.windowFrom || ask.windowTo > site.windowTo) return false
  const whole = ask.windowFrom === site.windowFrom && ask.windowTo === site.windowTo
  return whole || ask.windowTo - ask.windowFrom >= windowMinutesMin
}

/** Positions of lines whose pack an earlier line has already. */
export function duplicateLines(lines: readonly { readonly skuId: string }[]): number[] {
  const seen = new Set<string>()
  return lines.flatMap(({ skuId }, i) => {
    const again = seen.has(skuId)
    seen.add(skuId)
    return again ? [i] : []
  })
}

/** A purchaser's order above the organisation's limit waits for an approver; an approver's own does not. */
export const needsApproval = (totalFen: number, aboveFen: number | null, byApprover: boolean): boolean =>
  aboveFen !== null && totalFen > aboveFen && !byApprover
