import { addDays, addMonths, type ServiceDay, weekdayOf } from './days.ts'
import { type Fen, lineAmountFen, portionFen, shareByLargestRemainder, taxIncludedFen } from './money.ts'

export const payoutRhythms = ['weekly', 'half_month', 'monthly'] as const
export type PayoutRhythm = (typeof payoutRhythms)[number]

/** A supplier's terms, as its dated rows hold them. Rates in basis points, fee by weight in 1/100 fen per kg. */
export type SupplierTerms = {
  readonly feeBp: number
  readonly feeBpByCategory: Readonly<Record<string, number>>
  readonly deliveryFeeCentifen: number
  readonly retentionBp: number
  readonly retentionMonths: number
  readonly rhythm: PayoutRhythm
  readonly waitDays: number
}

/** Where nothing was agreed nothing is taken, and a month is waited for. */
export const withoutTerms: SupplierTerms = {
  feeBp: 0,
  feeBpByCategory: {},
  deliveryFeeCentifen: 0,
  retentionBp: 0,
  retentionMonths: 0,
  rhythm: 'monthly',
  waitDays: 7,
}

export const commissionBases = ['kg', 'bp', 'lump'] as const
export type CommissionBasis = (typeof commissionBases)[number]
/** `rate`: 1/100 fen per kg, basis points of the goods, or fen per order. */
export type Commission = {
  readonly basis: CommissionBasis
  readonly rate: number
  readonly supplierPaysBp: number
}

/** Goods handed over: their price, tax included, and weight. `category` is the product's, e.g. `A1`. */
export type Sale = {
  readonly grossFen: Fen
  readonly taxRateBp: number
  readonly grams: number
  readonly category: string
}

/** Gross = fee + retention + commission of the supplier + net; tax lies within the gross. */
export type Split = {
  readonly grossFen: Fen
  readonly taxFen: Fen
  readonly feeFen: Fen
  readonly retentionFen: Fen
  readonly commissionSupplierFen: Fen
  readonly commissionPlatformFen: Fen
  readonly netFen: Fen
}

const byWeight = (centifenPerKg: number, grams: number): Fen =>
  lineAmountFen({ priceCentifen: centifenPerKg, pricingBase: 1000, quantity: grams })

/** A broker's commission on one sale; a lump belongs to the whole order and is shared before (`lumpFen`). */
export function commissionFen(sale: Sale, { basis, rate }: Commission, lumpFen: Fen): Fen {
  if (basis === 'lump') return lumpFen
  return basis === 'kg' ? byWeight(rate, sale.grams) : portionFen(sale.grossFen, rate)
}

/**
 * Splits what a buyer pays for goods among supplier, platform and broker. Each part is rounded once, fee, commission
 * and retention are taken in this order and never exceed what is left; the net is the rest, so the parts sum to the
 * gross.
 */
export function splitSale(sale: Sale, terms: SupplierTerms, commission: Fen, supplierPaysBp: number): Split {
  const { grossFen } = sale
  const feeRate = terms.feeBpByCategory[sale.category] ?? terms.feeBp
  const feeFen = Math.min(
    grossFen,
    portionFen(grossFen, feeRate) + byWeight(terms.deliveryFeeCentifen, sale.grams),
  )
  const asked = portionFen(commission, supplierPaysBp)
  const commissionSupplierFen = Math.min(grossFen - feeFen, asked)
  const rest = grossFen - feeFen - commissionSupplierFen
  const retentionFen = Math.min(rest, portionFen(grossFen, terms.retentionBp))
  return {
    grossFen,
    taxFen: taxIncludedFen(grossFen, sale.taxRateBp),
    feeFen,
    retentionFen,
    commissionSupplierFen,
    commissionPlatformFen: commission - asked,
    netFen: rest - retentionFen,
  }
}

/**
 * Takes `grossFen` of a sale back, `left` being what earlier reversals left of it: fee, retention, commission and net
 * in proportion, by largest remainder, so the parts sum and nothing is ever taken back twice. All results are negative
 * or zero. A retention that was given back already is part of the net (`retentionReleased`).
 */
export function reverseSplit(left: Split, grossFen: Fen, retentionReleased: boolean): Split {
  if (grossFen < 0 || grossFen > left.grossFen) throw new RangeError('more than is left of the sale')
  const kept = retentionReleased ? 0 : left.retentionFen
  const weights = [
    left.feeFen,
    kept,
    left.commissionSupplierFen,
    left.grossFen - left.feeFen - kept - left.commissionSupplierFen,
  ]
  const [feeFen = 0, retentionFen = 0, commissionSupplierFen = 0, netFen = 0] = shareByLargestRemainder(
    -grossFen,
    weights,
  )
  const part = (amountFen: Fen): Fen =>
    left.grossFen === 0
      ? 0
      : (shareByLargestRemainder(-amountFen, [grossFen, left.grossFen - grossFen])[0] ?? 0)
  return {
    grossFen: 0 - grossFen,
    taxFen: part(left.taxFen),
    feeFen,
    retentionFen,
    commissionSupplierFen,
    commissionPlatformFen: part(left.commissionPlatformFen),
    netFen,
  }
}

/** First day of the rhythm after the claim window of goods delivered on `day`: Mondays, the 1st and 16th, the 1st. */
export function dueDay(day: ServiceDay, { rhythm, waitDays }: SupplierTerms): ServiceDay {
  const from = addDays(day, waitDays + 1)
  if (rhythm === 'weekly') return addDays(from, (8 - weekdayOf(from)) % 7)
  const date = Number(from.slice(8))
  if (date === 1) return from
  if (rhythm === 'half_month' && date <= 16) return `${from.slice(0, 8)}16` as ServiceDay
  return `${addMonths(from, 1).slice(0, 8)}01` as ServiceDay
}

/** The day a retention is given back: so many months later, on the last day of a shorter month. */
export const releaseDay = (day: ServiceDay, months: number): ServiceDay => addMonths(day, months)
