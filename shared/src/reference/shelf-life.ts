/**
 * Near-expiry ladder in use in Shanghai, Beijing and Guangzhou: food is near its expiry when no more than
 * `thresholdDays` are left, by its whole shelf life. Longest life first.
 */
export const NEAR_EXPIRY_LADDER = [
  { minDays: 365, thresholdDays: 45 },
  { minDays: 180, thresholdDays: 20 },
  { minDays: 90, thresholdDays: 15 },
  { minDays: 30, thresholdDays: 10 },
  { minDays: 16, thresholdDays: 5 },
  { minDays: 3, thresholdDays: 2 },
  { minDays: 1, thresholdDays: 1 },
] as const

/** Days left at which food of this shelf life enters the near-expiry zone. */
export function nearExpiryThresholdDays(shelfLifeDays: number): number {
  if (!Number.isInteger(shelfLifeDays) || shelfLifeDays < 1) {
    throw new RangeError(`not a shelf life in days: ${shelfLifeDays}`)
  }
  return NEAR_EXPIRY_LADDER.find((step) => shelfLifeDays >= step.minDays)?.thresholdDays ?? 1
}

/** Share of the shelf life that must remain on receipt (trade default, configurable per contract). */
export const REMAINING_LIFE = { hub: { part: 2, of: 3 }, buyer: { part: 1, of: 2 } } as const

/** The fewest days that must remain at this hand-over. */
export function minimumRemainingDays(shelfLifeDays: number, at: keyof typeof REMAINING_LIFE): number {
  const { part, of } = REMAINING_LIFE[at]
  return Math.ceil((shelfLifeDays * part) / of)
}
