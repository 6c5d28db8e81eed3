import { discountPrice, type PriceBasis, type PriceKind, type ReferencePrice } from './pricing.ts'

/** A line of a contract, as far as its price goes. */
export type ContractLine = {
  readonly id: string
  readonly skuId: string
  readonly centifen: number | null
  readonly discountBp: number | null
  readonly basePerPriceUnit: number
}
export type ContractTerm = { readonly number: string; readonly validFrom: string; readonly validTo: string }

/** A row of `prices` that a contract's line stands for. */
export type LinePrice = {
  readonly centifen: number
  readonly validFrom: string
  readonly validTo: string
  readonly kind: PriceKind
  readonly basis: PriceBasis
}

/**
 * The dated prices of a contract's line. A fixed one holds from the first day to the last; one below a reference
 * price begins anew with each day on which the market's figure was told, until the next one. Before the first
 * figure there is no price. `references` are those of its key, one per day.
 */
export function linePrices(
  term: ContractTerm,
  line: ContractLine,
  references: readonly ReferencePrice[],
): LinePrice[] {
  const { number: contract, validFrom, validTo } = term
  if (line.centifen !== null)
    return [
      { centifen: line.centifen, validFrom, validTo, kind: 'fixed', basis: { kind: 'fixed', contract } },
    ]
  const told = references.filter((one) => one.day <= validTo).toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const standing = told.findLast((one) => one.day <= validFrom)
  const later = told.filter((one) => one.day > validFrom)
  return [...(standing ? [standing] : []), ...later].map((one) => {
    const { centifen, reference } = discountPrice(one, {
      discountBp: line.discountBp ?? 0,
      basePerPriceUnit: line.basePerPriceUnit,
    })
    return {
      centifen,
      validFrom: one.day > validFrom ? one.day : validFrom,
      validTo,
      kind: 'discount',
      basis: { kind: 'discount', contract, reference },
    }
  })
}

/** What contracts point to: market, product and grade as one text. */
export const referenceKey = (one: { market: string; product: string; grade: string }): string =>
  [one.market, one.product, one.grade].filter((part) => part !== '').join('/')
