import fc from 'fast-check'
import { expect, test } from 'vitest'
import { discountPrice, explainPrice, type PriceRow, priceFor, tiersFor } from './pricing.ts'

const row = (over: Partial<PriceRow> = {}): PriceRow => ({
  buyerOrgId: null,
  buyerClass: null,
  fromUnits: 1,
  centifen: 100_000,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  ...over,
})
const shop = { buyerOrgId: 'shop', buyerClass: 'snack_shop', day: '2026-06-15' }
const price = (rows: PriceRow[], units = 1, who: Parameters<typeof tiersFor>[1] = shop) => {
  const found = priceFor(rows, { ...who, units })
  return found && { centifen: found.centifen, reason: found.reason }
}

test('no row, a row not yet or no longer valid, and a row from a larger quantity give no price', () => {
  expect(price([])).toBeNull()
  expect(price([row({ validFrom: '2026-06-16' })])).toBeNull()
  expect(price([row({ validTo: '2026-06-14' })])).toBeNull()
  expect(price([row({ fromUnits: 2 })])).toBeNull()
})

test('prices of another buyer or class are never given', () => {
  expect(price([row({ buyerOrgId: 'other' }), row({ buyerClass: 'wholesale' })])).toBeNull()
  const nobody = { buyerOrgId: null, buyerClass: null, day: shop.day }
  expect(price([row({ buyerOrgId: 'shop' }), row({ buyerClass: 'snack_shop' })], 1, nobody)).toBeNull()
})

test('both edges of the validity belong to it', () => {
  const rows = [row({ validFrom: '2026-06-15', validTo: '2026-06-15' })]
  expect(price(rows)).toEqual({ centifen: 100_000, reason: 'list' })
})

test('what was agreed with the buyer goes before its class, its class before the list, even when dearer', () => {
  const list = row()
  const ofClass = row({ buyerClass: 'snack_shop', centifen: 90_000 })
  const contract = row({ buyerOrgId: 'shop', centifen: 120_000 })
  expect(price([list, ofClass, contract])).toEqual({ centifen: 120_000, reason: 'contract' })
  expect(price([list, ofClass])).toEqual({ centifen: 90_000, reason: 'class' })
})

test('a contract that begins at ten leaves smaller quantities to the list', () => {
  const rows = [row(), row({ buyerOrgId: 'shop', fromUnits: 10, centifen: 80_000 })]
  expect(price(rows, 9)).toEqual({ centifen: 100_000, reason: 'list' })
  expect(price(rows, 10)).toEqual({ centifen: 80_000, reason: 'contract' })
  expect(tiersFor(rows, shop)).toEqual([
    { fromUnits: 1, centifen: 100_000, reason: 'list' },
    { fromUnits: 10, centifen: 80_000, reason: 'contract' },
  ])
})

test('the list begun last holds alone; when it ends the older one holds again', () => {
  const rows = [
    row({ centifen: 100_000 }),
    row({ fromUnits: 20, centifen: 70_000 }),
    row({ centifen: 95_000, validFrom: '2026-06-01', validTo: '2026-06-30' }),
  ]
  expect(price(rows, 50)).toEqual({ centifen: 95_000, reason: 'list' })
  expect(price(rows, 50, { ...shop, day: '2026-07-01' })).toEqual({ centifen: 70_000, reason: 'list' })
})

test('tiers begin at the smallest order and drop steps that change nothing', () => {
  const rows = [row(), row({ fromUnits: 5 }), row({ fromUnits: 8, centifen: 90_000 })]
  expect(tiersFor(rows, shop, 3)).toEqual([
    { fromUnits: 3, centifen: 100_000, reason: 'list' },
    { fromUnits: 8, centifen: 90_000, reason: 'list' },
  ])
  expect(tiersFor([row({ fromUnits: 4 })], shop, 2)).toEqual([
    { fromUnits: 4, centifen: 100_000, reason: 'list' },
  ])
})

const days = fc.constantFrom('2026-06-01', '2026-06-10', '2026-06-15', '2026-06-20', '2026-06-30')
const anyRows = fc.array(
  fc.record({
    buyerOrgId: fc.constantFrom('shop', 'other', null),
    buyerClass: fc.constantFrom('snack_shop', 'wholesale', null),
    fromUnits: fc.integer({ min: 1, max: 8 }),
    centifen: fc.integer({ min: 1, max: 5 }),
    validFrom: days,
    validTo: days,
  }),
  { maxLength: 14 },
)

/** The rule read word by word: of all valid rows keep the audience, then its latest list, then the highest tier. */
function plainly(all: PriceRow[], units: number, day: string): number | null {
  const kept = all.filter((r) => !(r.buyerOrgId && r.buyerClass))
  const audiences = [
    kept.filter((r) => r.buyerOrgId === 'shop'),
    kept.filter((r) => r.buyerOrgId === null && r.buyerClass === 'snack_shop'),
    kept.filter((r) => r.buyerOrgId === null && r.buyerClass === null),
  ]
  for (const audience of audiences) {
    const valid = audience.filter((r) => r.validFrom <= day && day <= r.validTo)
    const latest = valid
      .map((r) => r.validFrom)
      .sort()
      .at(-1)
    const tiers = valid.filter((r) => r.validFrom === latest && r.fromUnits <= units)
    const top = Math.max(0, ...tiers.map((r) => r.fromUnits))
    const hit = tiers.filter((r) => r.fromUnits === top)
    if (hit.length > 0) return hit.at(-1)?.centifen ?? null
  }
  return null
}

/** The table allows one row per audience, quantity and first day. */
const asKept = (all: PriceRow[]): PriceRow[] => {
  const seen = new Map<string, PriceRow>()
  for (const r of all.filter((one) => !(one.buyerOrgId && one.buyerClass)))
    seen.set([r.buyerOrgId ?? r.buyerClass ?? '', r.fromUnits, r.validFrom].join('|'), r)
  return [...seen.values()]
}

test('agrees with the rule read word by word, and the shown tiers agree with the price charged', () => {
  fc.assert(
    fc.property(anyRows, fc.integer({ min: 1, max: 10 }), days, (all, units, day) => {
      const kept = asKept(all)
      const charged = priceFor(kept, { ...shop, day, units })
      expect(charged?.centifen ?? null).toBe(plainly(kept, units, day))
      const shown = tiersFor(kept, { ...shop, day }).findLast((tier) => tier.fromUnits <= units)
      expect(shown && { centifen: shown.centifen, reason: shown.reason }).toEqual(
        charged ? { centifen: charged.centifen, reason: charged.reason } : undefined,
      )
    }),
    { numRuns: 500 },
  )
})

test('a contract whose quantity left is less than asked for leaves the order to the next list', () => {
  const rows = [row(), row({ buyerOrgId: 'shop', centifen: 80_000, contractLineId: 'line' })]
  const at = (units: number, left: number | null) => {
    const steps = explainPrice(rows, { ...shop, units }, () => left)
    return [priceFor(rows, { ...shop, units }, () => left)?.reason, ...steps.map((step) => step.verdict)]
  }
  expect(at(5, null)).toEqual(['contract', 'holds', 'none', 'less_specific'])
  expect(at(5, 5)).toEqual(['contract', 'holds', 'none', 'less_specific'])
  expect(at(6, 5)).toEqual(['list', 'spent', 'none', 'holds'])
})

test('the explanation always names the price that is charged', () => {
  fc.assert(
    fc.property(anyRows, fc.integer({ min: 1, max: 10 }), days, (all, units, day) => {
      const kept = asKept(all)
      const holding = explainPrice(kept, { ...shop, day, units }).filter((step) => step.verdict === 'holds')
      const charged = priceFor(kept, { ...shop, day, units })
      expect(holding.map((step) => step.price)).toEqual(charged ? [charged] : [])
    }),
  )
})

test('a discount is taken off the market price told for the pricing unit', () => {
  const market = { market: '江桥', product: '大白菜', day: '2026-06-01', averageCentifen: 30_000, per: 1000 }
  // ¥3.00 per kg is ¥1.50 per 斤; 8.5 % below is ¥1.3725.
  expect(discountPrice(market, { discountBp: 850, basePerPriceUnit: 500 })).toEqual({
    centifen: 13_725,
    reference: { market: '江桥', product: '大白菜', day: '2026-06-01', centifen: 15_000, discountBp: 850 },
  })
  expect(
    discountPrice({ ...market, averageCentifen: 1 }, { discountBp: 9999, basePerPriceUnit: 1 }).centifen,
  ).toBe(1)
})
