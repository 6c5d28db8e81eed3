/**
 * Money is an integer number of fen. A unit price is an integer of 1/100 fen ("centifen") per pricing unit,
 * so 14.80 yuan per kg is 148 000 per 1000 g. This is the only module of the product that rounds.
 */
export type Fen = number

/** Passes a whole, exactly representable number through and throws on anything else. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of fen: ${value}`)
  // -0 would print and compare oddly after a JSON round trip.
  return value === 0 ? 0 : value
}

/**
 * Half-up division, away from zero for negatives: a credit note must undo its charge to the fen,
 * which rounding towards +∞ would not.
 */
function divideHalfUp(numerator: bigint, denominator: bigint): number {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return fen(Number(numerator < 0n ? -rounded : rounded))
}

/** A price for goods: `priceCentifen` per `pricingBase` base units (1000 for a price per kg). */
export type UnitPrice = { readonly priceCentifen: number; readonly pricingBase: number }

/** The amount of one line, rounded once. `quantity` is in base units and may be negative (a credit). */
export function lineAmountFen(line: UnitPrice & { readonly quantity: number }): Fen {
  const base = BigInt(positive(line.pricingBase, 'pricing base'))
  return divideHalfUp(BigInt(fen(line.priceCentifen)) * BigInt(whole(line.quantity)), base * 100n)
}

/** The same price told for another pricing unit: 元/斤 (500 g) → 元/kg (1000 g). */
export function repricedCentifen(price: UnitPrice, pricingBase: number): number {
  const scaled = BigInt(fen(price.priceCentifen)) * BigInt(positive(pricingBase, 'pricing base'))
  return divideHalfUp(scaled, BigInt(positive(price.pricingBase, 'pricing base')))
}

/** A price lowered by `offBp` basis points (下浮率): 500 is five per cent off. */
export function discountedCentifen(priceCentifen: number, offBp: number): number {
  if (whole(offBp) > 10_000) throw new RangeError('a discount cannot pass 100 %')
  return divideHalfUp(BigInt(fen(priceCentifen)) * BigInt(10_000 - offBp), 10_000n)
}

/** Exact sum; throws when it would leave the safe range. */
export function sumFen(amounts: Iterable<number>): Fen {
  let sum = 0
  for (const amount of amounts) sum = fen(sum + fen(amount))
  return sum
}

/** `rateBp` basis points of an amount: commission, fee, deposit, tolerance. */
export function portionFen(amountFen: number, rateBp: number): Fen {
  return divideHalfUp(BigInt(fen(amountFen)) * BigInt(whole(rateBp)), 10_000n)
}

/** The tax contained in a tax-inclusive amount; net = amount − tax, so both always sum to the amount. */
export function taxIncludedFen(amountFen: number, rateBp: number): Fen {
  if (whole(rateBp) < 0) throw new RangeError('a tax rate cannot be negative')
  return divideHalfUp(BigInt(fen(amountFen)) * BigInt(rateBp), BigInt(10_000 + rateBp))
}

/**
 * Splits a total by integer weights so that the parts sum to it exactly. What is left after rounding down
 * goes, one fen each, to the largest remainders; equal remainders go to the earlier part.
 */
export function shareByLargestRemainder(totalFen: number, weights: readonly number[]): Fen[] {
  const sign = fen(totalFen) < 0 ? -1 : 1
  const total = BigInt(Math.abs(totalFen))
  const shares = weights.map((weight) => BigInt(notNegative(weight, 'weight')))
  const sum = shares.reduce((a, b) => a + b, 0n)
  if (sum === 0n) {
    if (total === 0n) return weights.map(() => 0)
    throw new RangeError('nothing to share by: all weights are zero')
  }
  const parts = shares.map((weight, index) => {
    const product = total * weight
    return { index, amount: product / sum, remainder: product % sum }
  })
  let left = total - parts.reduce((a, part) => a + part.amount, 0n)
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const part of byRemainder) {
    if (left === 0n) break
    part.amount += 1n
    left -= 1n
  }
  return parts.map((part) => fen(sign * Number(part.amount)))
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`)
  return value
}

function notNegative(value: number, name: string): number {
  if (whole(value) < 0) throw new RangeError(`${name} cannot be negative: ${value}`)
  return value
}

function positive(value: number, name: string): number {
  if (whole(value) <= 0) throw new RangeError(`${name} must be above zero: ${value}`)
  return value
}

const NEGATIVE = '−'

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Puts the point `scale` places from the right without ever passing through a float. */
function decimalText(value: number, scale: number, minDecimals: number): string {
  const digits = String(Math.abs(fen(value))).padStart(scale + 1, '0')
  let fraction = digits.slice(-scale)
  while (fraction.length > minDecimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${grouped(digits.slice(0, -scale))}.${fraction}`
}

/** "¥1,234.50", and "−¥3.00" for a credit. */
export function formatYuan(amountFen: Fen): string {
  return `${amountFen < 0 ? NEGATIVE : ''}¥${decimalText(amountFen, 2, 2)}`
}

/** "¥14.80/kg"; prices below a fen keep their further decimals ("¥0.0125/g"). */
export function formatUnitPrice(priceCentifen: number, unitName: string): string {
  return `${priceCentifen < 0 ? NEGATIVE : ''}¥${decimalText(priceCentifen, 4, 2)}/${unitName}`
}

const DECIMAL = /^([-−]?)[¥￥]?(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d+))?元?$/

function parseScaled(text: string, scale: number): number | null {
  if (text.length > 40) return null
  const match = DECIMAL.exec(text.normalize('NFKC').replace(/\s+/g, ''))
  if (!match) return null
  const [, sign, integer = '', fraction = ''] = match
  if (fraction.length > scale) return null
  const value = Number(integer.replaceAll(',', '') + fraction.padEnd(scale, '0'))
  if (!Number.isSafeInteger(value)) return null
  return sign && value !== 0 ? -value : value
}

/** What a person typed as yuan ("12.5", "¥1,234.50", "12元"), or null. More than two decimals is not money. */
export function parseYuan(text: string): Fen | null {
  return parseScaled(text, 2)
}

/** What a person typed as a unit price in yuan, in 1/100 fen; up to four decimals. */
export function parseUnitPrice(text: string): number | null {
  return parseScaled(text, 4)
}
