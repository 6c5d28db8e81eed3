import type { ServiceDay } from '@huming/shared/days'
import { lineAmountFen } from '@huming/shared/money'
import { type PriceBasis, type PriceRow, priceFor } from '@huming/shared/pricing'
import { taxRateBp, VAT_RULES } from '@huming/shared/reference/taxes'
import { pricingOf, skuId } from '../cast/goods.ts'
import type { Pack, Product } from '../content/kinds.ts'
import { suppliers } from '../content/suppliers.ts'

/** A line's frozen price and amount. */
export type Priced = {
  readonly quantity: number
  readonly centifen: number
  readonly reason: string
  readonly basis: PriceBasis | null
  readonly contractLineId: string | null
  readonly basePerPriceUnit: number
  readonly taxRateBp: number
  readonly amountFen: number
}

type Customer = { readonly buyerOrgId: string; readonly buyerClass: string; readonly day: ServiceDay }

/** Prices as the shop would give them; null where a pack has none on the day. */
export type PriceList = (pack: Pack, product: Product, units: number, who: Customer) => Priced | null

/** Reads prices from the rows that are, or will be, in the database. */
export function priceListOf(rows: readonly (PriceRow & { skuId: string })[]): PriceList {
  const bySku = Map.groupBy(rows, (row) => row.skuId)
  return (pack, product, units, who) => {
    const price = priceFor(bySku.get(skuId(pack)) ?? [], { ...who, units })
    const sale = { taxClass: pack.tax, sellerType: suppliers[product.supplier].tax, day: who.day }
    const rate = taxRateBp(VAT_RULES, sale)
    if (!price || rate === null) return null
    const quantity = units * pack.order[1]
    const [, basePerPriceUnit] = pricingOf(pack)
    return {
      quantity,
      centifen: price.centifen,
      reason: price.reason,
      basis: price.basis,
      contractLineId: price.contractLineId,
      basePerPriceUnit,
      taxRateBp: rate,
      amountFen: lineAmountFen({ priceCentifen: price.centifen, pricingBase: basePerPriceUnit, quantity }),
    }
  }
}
