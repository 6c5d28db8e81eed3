import { addDays, type ServiceDay } from '@huming/shared/days'

/** The days between which a lot can serve deliveries. */
type Life = { readonly readyDay: string; readonly useByDay: string }
/** What a lot still has to promise, in base units. */
export type AllocatableLot = Life & {
  readonly id: string
  readonly promisable: number
  readonly promised: number
}
export type Need = {
  readonly quantity: number
  readonly day: string
  /** Life that must remain on the delivery day. */
  readonly minRemainingDays: number
}
export type LotShare = { readonly lotId: string; readonly quantity: number }

/** Can the lot be delivered on the day with so much life left? */
export function servesDay(lot: Life, day: string, minRemainingDays: number): boolean {
  return lot.readyDay <= day && lot.useByDay >= lastDayNeeded(day, minRemainingDays)
}

/**
 * Shares a need out over the lots that can serve it: earliest use-by first, then the one ready first, then by id.
 * The shares sum to the need, or to all there is when that is less.
 */
export function allocateFefo(lots: readonly AllocatableLot[], need: Need): LotShare[] {
  const lastDay = lastDayNeeded(need.day, need.minRemainingDays)
  const shares: LotShare[] = []
  let left = need.quantity
  for (const lot of [...lots].sort(byExpiry)) {
    if (left <= 0) break
    const quantity = Math.min(left, lot.promisable - lot.promised)
    if (quantity <= 0 || lot.readyDay > need.day || lot.useByDay < lastDay) continue
    shares.push({ lotId: lot.id, quantity })
    left -= quantity
  }
  return shares
}

/**
 * What a changed order keeps of its own promises on lots that are no longer promised for its day: they were called
 * off for it already. At most what it held of each, and no more than it needs now.
 */
export function keepCalledOff(
  lots: readonly AllocatableLot[],
  held: readonly LotShare[],
  need: Need,
): LotShare[] {
  const lastDay = held.length > 0 ? lastDayNeeded(need.day, need.minRemainingDays) : ''
  let left = need.quantity
  return lots.flatMap((lot) => {
    if (lot.readyDay <= need.day || lot.useByDay < lastDay) return []
    const before = held.reduce((sum, share) => (share.lotId === lot.id ? sum + share.quantity : sum), 0)
    const quantity = Math.min(before, left, lot.promisable - lot.promised)
    left -= quantity
    return quantity > 0 ? [{ lotId: lot.id, quantity }] : []
  })
}

/** First expired, first out. */
export function byExpiry(a: Life & { readonly id: string }, b: Life & { readonly id: string }): number {
  return compare(a.useByDay, b.useByDay) || compare(a.readyDay, b.readyDay) || compare(a.id, b.id)
}

/** How much of a lot may be promised in all at this stage: see the design's table of stages. */
export function promisableOf(
  stage: string,
  lot: { readonly quantity: number; readonly capBp: number; readonly onHand: number },
): number {
  switch (stage) {
    case 'planned':
      // Whole units downwards: a forecast is never promised beyond its cap. BigInt: tonnes × 10 000 may pass 2^53.
      return Number((BigInt(lot.quantity) * BigInt(lot.capBp)) / 10_000n)
    case 'made':
    case 'shipped':
      return lot.quantity
    case 'received':
      return lot.onHand
    default:
      return 0
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const lastDayNeeded = (day: string, minRemainingDays: number): string =>
  minRemainingDays === 0 ? day : addDays(day as ServiceDay, minRemainingDays)
