import { discountedCentifen, repricedCentifen } from './money.ts'

/** Of what kind a price is: standing, of the day (时价), of a season, or so much below a reference price (下浮率). */
export const priceKinds = ['fixed', 'daily', 'season', 'discount'] as const
export type PriceKind = (typeof priceKinds)[number]

/** What a price was reckoned from, as it is told to buyer and seller and frozen on the order's line. */
export type PriceBasis = {
  readonly kind: PriceKind
  /** Number of the contract it was agreed in. */
  readonly contract?: string
  /** The market's average of a day, 1/100 fen per the pack's pricing unit, and the basis points below it. */
  readonly reference?: {
    readonly market: string
    readonly product: string
    readonly day: string
    readonly centifen: number
    readonly discountBp: number
  }
}

/** A dated price as it is kept: 1/100 fen per pricing unit from a number of order units on, for an audience. */
export type PriceRow = {
  readonly buyerOrgId: string | null
  readonly buyerClass: string | null
  readonly fromUnits: number
  readonly centifen: number
  readonly validFrom: string
  readonly validTo: string
  readonly kind?: PriceKind
  readonly contractLineId?: string | null
  readonly basis?: PriceBasis | null
}

/** Whose price it is: everybody's, that of the buyer's class, or agreed with the buyer itself. */
export type PriceReason = 'list' | 'class' | 'contract'
/** Who buys and when; both null for somebody who is no buyer and sees the list. */
export type Customer = {
  readonly buyerOrgId: string | null
  readonly buyerClass: string | null
  readonly day: string
}
/** How much of a contract's line is left, in the unit asked for; null = any quantity. */
export type ContractLeft = (contractLineId: string) => number | null
export type Price = {
  readonly centifen: number
  readonly reason: PriceReason
  readonly fromUnits: number
  readonly kind: PriceKind
  readonly basis: PriceBasis | null
  readonly contractLineId: string | null
}
export type PriceTier = Pick<Price, 'centifen' | 'reason' | 'fromUnits'>

/** One audience's say in a price: the one that holds, or why it does not. */
export type PriceStep = {
  readonly reason: PriceReason
  readonly price: Price | null
  /** `holds`; `none` (no price on that day); `more_units` (its first tier begins higher); `spent` (the contract's quantity does not suffice); `less_specific` (another goes before). */
  readonly verdict: 'holds' | 'none' | 'more_units' | 'spent' | 'less_specific'
}

/** Most specific first: what was agreed with the buyer goes before its class, its class before the list. */
const reasons: readonly PriceReason[] = ['contract', 'class', 'list']
const anyQuantity: ContractLeft = () => null

/**
 * The price for so many units: of the most specific audience that has one from this quantity on. Of several
 * price lists of one audience valid on the day, the one begun last holds alone: its tiers never mix with older
 * ones. A contract whose quantity left is less than asked for does not hold. Null when nothing is valid.
 */
export const priceFor = (
  rows: readonly PriceRow[],
  ask: Customer & { readonly units: number },
  left: ContractLeft = anyQuantity,
): Price | null => priceIn(listsOf(rows, ask), ask.units, left)

/** How the price came about: what each audience has to say, most specific first. The one that `holds` is `priceFor`'s. */
export function explainPrice(
  rows: readonly PriceRow[],
  ask: Customer & { readonly units: number },
  left: ContractLeft = anyQuantity,
): PriceStep[] {
  let held = false
  return listsOf(rows, ask).map((list) => {
    const step = stepOf(list, ask.units, left)
    if (step.verdict !== 'holds') return step
    if (held) return { ...step, verdict: 'less_specific' as const }
    held = true
    return step
  })
}

/** The list of one audience in force on the day, lowest quantity first. */
type List = { readonly reason: PriceReason; readonly rows: readonly PriceRow[] }

const listsOf = (rows: readonly PriceRow[], customer: Customer): List[] =>
  reasons.map((reason) => ({ reason, rows: listInForce(rows, reason, customer) }))

function priceIn(lists: readonly List[], units: number, left: ContractLeft): Price | null {
  for (const list of lists) {
    const { price, verdict } = stepOf(list, units, left)
    if (verdict === 'holds') return price
  }
  return null
}

function stepOf({ reason, rows }: List, units: number, left: ContractLeft): PriceStep {
  const first = rows[0]
  if (!first) return { reason, price: null, verdict: 'none' }
  const tier = rows.findLast((row) => row.fromUnits <= units)
  if (!tier) return { reason, price: priceOf(first, reason), verdict: 'more_units' }
  const rest = tier.contractLineId ? left(tier.contractLineId) : null
  const spent = rest !== null && rest < units
  return { reason, price: priceOf(tier, reason), verdict: spent ? 'spent' : 'holds' }
}

const priceOf = (row: PriceRow, reason: PriceReason): Price => ({
  centifen: row.centifen,
  reason,
  fromUnits: row.fromUnits,
  kind: row.kind ?? 'fixed',
  basis: row.basis ?? (row.kind && row.kind !== 'fixed' ? { kind: row.kind } : null),
  contractLineId: row.contractLineId ?? null,
})

/**
 * All steps at which the price for this buyer changes, lowest quantity first, from `minUnits` on: what the
 * product page shows. For every quantity the last tier at or below it is what `priceFor` gives.
 */
export function tiersFor(rows: readonly PriceRow[], customer: Customer, minUnits = 1): PriceTier[] {
  const lists = listsOf(rows, customer)
  const steps = new Set([minUnits])
  for (const list of lists)
    for (const row of list.rows) if (row.fromUnits > minUnits) steps.add(row.fromUnits)
  const tiers: PriceTier[] = []
  for (const fromUnits of [...steps].sort((a, b) => a - b)) {
    const price = priceIn(lists, fromUnits, anyQuantity)
    const before = tiers.at(-1)
    if (price && (before?.centifen !== price.centifen || before.reason !== price.reason))
      tiers.push({ fromUnits, centifen: price.centifen, reason: price.reason })
  }
  return tiers
}

/** The tiers of one audience in force on the day, lowest quantity first. */
function listInForce(rows: readonly PriceRow[], reason: PriceReason, customer: Customer): PriceRow[] {
  const valid = rows.filter(
    (row) => row.validFrom <= customer.day && row.validTo >= customer.day && isFor(row, reason, customer),
  )
  const begun = valid.reduce((latest, row) => (row.validFrom > latest ? row.validFrom : latest), '')
  return valid.filter((row) => row.validFrom === begun).sort((a, b) => a.fromUnits - b.fromUnits)
}

function isFor(row: PriceRow, reason: PriceReason, customer: Customer): boolean {
  if (reason === 'contract') return row.buyerOrgId !== null && row.buyerOrgId === customer.buyerOrgId
  if (row.buyerOrgId !== null) return false
  return reason === 'class'
    ? row.buyerClass !== null && row.buyerClass === customer.buyerClass
    : row.buyerClass === null
}

/** A market's average of one day: 1/100 fen per `per` base units. */
export type ReferencePrice = {
  readonly market: string
  readonly product: string
  readonly day: string
  readonly averageCentifen: number
  readonly per: number
}

/**
 * So many basis points below a market's price, told for the pack's pricing unit (`basePerPriceUnit` base units).
 * The reference is told for that unit first, so that what is shown is what is reckoned from; at least 1/100 fen.
 */
export function discountPrice(
  reference: ReferencePrice,
  line: { readonly discountBp: number; readonly basePerPriceUnit: number },
): { centifen: number; reference: NonNullable<PriceBasis['reference']> } {
  const centifen = repricedCentifen(
    { priceCentifen: reference.averageCentifen, pricingBase: reference.per },
    line.basePerPriceUnit,
  )
  return {
    centifen: Math.max(1, discountedCentifen(centifen, line.discountBp)),
    reference: {
      market: reference.market,
      product: reference.product,
      day: reference.day,
      centifen,
      discountBp: line.discountBp,
    },
  }
}
