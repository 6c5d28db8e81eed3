import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  discountedCentifen,
  fen,
  formatUnitPrice,
  formatYuan,
  lineAmountFen,
  parseUnitPrice,
  parseYuan,
  portionFen,
  repricedCentifen,
  shareByLargestRemainder,
  sumFen,
  taxIncludedFen,
} from './money.ts'

const price = fc.integer({ min: 0, max: 100_000_000 })
const base = fc.constantFrom(1, 50, 500, 1000, 10_000)
const quantity = fc.integer({ min: -10_000_000, max: 10_000_000 })

describe('line amounts', () => {
  it('rounds half up, once', () => {
    // 14.80 yuan/kg × 10 kg
    expect(lineAmountFen({ priceCentifen: 148_000, pricingBase: 1000, quantity: 10_000 })).toBe(14_800)
    // 0.005 yuan is half a fen
    expect(lineAmountFen({ priceCentifen: 50, pricingBase: 1, quantity: 1 })).toBe(1)
    expect(lineAmountFen({ priceCentifen: 49, pricingBase: 1, quantity: 1 })).toBe(0)
    expect(lineAmountFen({ priceCentifen: 50, pricingBase: 1, quantity: -1 })).toBe(-1)
  })

  it('lies within half a fen of the exact value, and a credit undoes its charge', () => {
    fc.assert(
      fc.property(price, base, quantity, (priceCentifen, pricingBase, q) => {
        const amount = lineAmountFen({ priceCentifen, pricingBase, quantity: q })
        const gap = BigInt(amount) * BigInt(pricingBase) * 100n - BigInt(priceCentifen) * BigInt(q)
        const size = gap < 0n ? -gap : gap
        expect(size * 2n <= BigInt(pricingBase) * 100n).toBe(true)
        expect(lineAmountFen({ priceCentifen, pricingBase, quantity: -q }) + amount).toBe(0)
      }),
    )
  })

  it('refuses fractions, a zero base and amounts beyond the safe range', () => {
    expect(() => lineAmountFen({ priceCentifen: 1.5, pricingBase: 1, quantity: 1 })).toThrow(RangeError)
    expect(() => lineAmountFen({ priceCentifen: 1, pricingBase: 0, quantity: 1 })).toThrow(RangeError)
    expect(() => lineAmountFen({ priceCentifen: 9e12, pricingBase: 1, quantity: 9e12 })).toThrow(RangeError)
    expect(() => fen(Number.NaN)).toThrow(RangeError)
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
  })

  it('tells a price per 斤 as a price per kg', () => {
    expect(repricedCentifen({ priceCentifen: 74_000, pricingBase: 500 }, 1000)).toBe(148_000)
    expect(discountedCentifen(148_000, 500)).toBe(140_600)
    expect(() => discountedCentifen(1, 10_001)).toThrow(RangeError)
  })
})

describe('shares', () => {
  it('gives leftover fen to the largest remainders, ties to the earlier', () => {
    expect(shareByLargestRemainder(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(shareByLargestRemainder(10, [0, 5, 1])).toEqual([0, 8, 2])
    expect(shareByLargestRemainder(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    expect(shareByLargestRemainder(0, [0, 0])).toEqual([0, 0])
    expect(() => shareByLargestRemainder(1, [])).toThrow(RangeError)
    expect(() => shareByLargestRemainder(1, [2, -1])).toThrow(RangeError)
  })

  it('sums to the whole and never strays a fen from the exact share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (total, ws) => {
        fc.pre(ws.some((w) => w > 0))
        const parts = shareByLargestRemainder(total, ws)
        expect(sumFen(parts)).toBe(total)
        const sum = ws.reduce((a, w) => a + BigInt(w), 0n)
        for (const [i, part] of parts.entries()) {
          const gap = BigInt(part) * sum - BigInt(total) * BigInt(ws[i] as number)
          expect(gap < sum && gap > -sum).toBe(true)
        }
      }),
    )
  })
})

describe('tax and portions', () => {
  it('takes the tax out of a tax-inclusive amount', () => {
    expect(taxIncludedFen(11_300, 1300)).toBe(1300)
    expect(taxIncludedFen(10_900, 900)).toBe(900)
    expect(taxIncludedFen(10_000, 0)).toBe(0)
    expect(taxIncludedFen(-11_300, 1300)).toBe(-1300)
    expect(() => taxIncludedFen(1, -1)).toThrow(RangeError)
    expect(portionFen(12_345, 150)).toBe(185)
  })
})

describe('money as text', () => {
  it('formats', () => {
    expect(formatYuan(123_450)).toBe('¥1,234.50')
    expect(formatYuan(-305)).toBe('−¥3.05')
    expect(formatYuan(0)).toBe('¥0.00')
    expect(formatUnitPrice(148_000, 'kg')).toBe('¥14.80/kg')
    expect(formatUnitPrice(125, 'g')).toBe('¥0.0125/g')
  })

  it('parses what people type', () => {
    expect(parseYuan('12.5')).toBe(1250)
    expect(parseYuan(' ¥1,234.50 ')).toBe(123_450)
    expect(parseYuan('１２元')).toBe(1200)
    expect(parseYuan('-3')).toBe(-300)
    expect(parseYuan('0')).toBe(0)
    expect(parseUnitPrice('14.8')).toBe(148_000)
    for (const bad of ['', '.', '1.234', '1,23', '12,34.5', '1e3', 'NaN', '--1', '99999999999999', '1 2.x']) {
      expect(parseYuan(bad), bad).toBeNull()
    }
  })

  it('reads back everything it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), (amount) => {
        expect(parseYuan(formatYuan(amount))).toBe(amount)
      }),
    )
  })
})
