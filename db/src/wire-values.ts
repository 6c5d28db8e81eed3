/** An int8 from its text: a number when that is exact, else a bigint. */
export function integerFromWire(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

/** The exact number of an int8, or a refusal: a rounded amount of money is worse than none. */
export function exactNumber(value: unknown): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number))
    throw new RangeError(`int8 ${String(value)} cannot be held exactly in a number`)
  return number
}

/** A moment as ISO text; what is text already stays as it is. */
export const isoText = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : String(value)
