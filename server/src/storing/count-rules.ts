/** A movement of the counted lot in the counted bin: what it changed there. */
export type Change = { readonly quantity: number }

/**
 * How far a count is off. Goods may come and go while somebody counts, so any quantity that lay in the bin between
 * the start of counting and now agrees; otherwise the difference is to the nearest of them. `changes` are those
 * since the start, newest first.
 */
export function differenceOf(counted: number, now: number, changes: readonly Change[]): number {
  let [least, most, at] = [now, now, now]
  for (const { quantity } of changes) {
    at -= quantity
    least = Math.min(least, at)
    most = Math.max(most, at)
  }
  if (counted < least) return counted - least
  return counted > most ? counted - most : 0
}

/** Is the difference so small a share of what should be there that it is none? Basis points, rounded down. */
export const isWithin = (difference: number, expected: number, toleranceBp: number): boolean =>
  BigInt(Math.abs(difference)) * 10_000n <= BigInt(Math.max(0, expected)) * BigInt(toleranceBp)
