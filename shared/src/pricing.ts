/** A dated price as it is kept: 1/100 fen per pricing unit from a number of order units on, for an audience. */
export type PriceRow = {
  readonly buyerOrgId: string | null
  readonly buyerClass: string | null
  readonly fromUnits: number
  readonly centifen: number
  readonly validFrom: string
  readonly validTo: string
}

/** Whose price it is: everybody's, that of the buyer's class, or agreed with the buyer itself. */
export type PriceReason = 'list' | 'class' | 'contract'
/** Who buys and when; both null for somebody who is no buyer and sees the list. */
export type Customer = {
  readonly buyerOrgId: string | null
  readonly buyerClass: string | null
  readonly day: string
}
export type Price = { readonly centifen: number; readonly reason: PriceReason }
export type PriceTier = Price & { readonly fromUnits: number }

/** Most specific first: what was agreed with the buyer goes before its class, its class before the list. */
const reasons: readonly PriceReason[] = ['contract', 'class', 'list']

/** The lists a customer pays by on a day, most specific first. */
type Lists = readonly { readonly reason: PriceReason; readonly rows: readonly PriceRow[] }[]

/**
 * The price for so many units: of the most specific audience that has one from this quantity on. Of several
 * price lists of one audience valid on the day, the one begun last holds alone: its tiers never mix with older
 * ones. Null when nothing is valid.
 */
export const priceFor = (
  rows: readonly PriceRow[],
  ask: Customer & { readonly units: number },
): Price | null => priceIn(listsOf(rows, ask), ask.units)

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
    const price = priceIn(lists, fromUnits)
    const before = tiers.at(-1)
    if (price && (before?.centifen !== price.centifen || before.reason !== price.reason))
      tiers.push({ fromUnits, ...price })
  }
  return tiers
}

const listsOf = (rows: readonly PriceRow[], customer: Customer): Lists =>
  reasons.map((reason) => ({ reason, rows: listInForce(rows, reason, customer) }))

function priceIn(lists: Lists, units: number): Price | null {
  for (const { reason, rows } of lists) {
    const tier = rows.findLast((row) => row.fromUnits <= units)
    if (tier) return { centifen: tier.centifen, reason }
  }
  return null
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
