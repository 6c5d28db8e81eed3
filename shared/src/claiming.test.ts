import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClaimRule,
  claimClassOf,
  claimRuleFor,
  creditFen,
  creditTaxes,
  proposeParty,
  ruleAccepts,
  scorePerThousand,
} from './claiming.ts'
import { sumFen, taxIncludedFen } from './money.ts'

const rule = (over: Partial<ClaimRule> = {}): ClaimRule => ({
  id: 'r',
  goodsClass: 'fresh',
  kind: null,
  skuId: null,
  hours: 24,
  photosMin: 1,
  autoUpToFen: 5000,
  contestHours: 72,
  validFrom: '2020-01-01',
  validTo: '2099-12-31',
  ...over,
})
const nothingSeen = {
  alarm: false,
  warmAtDoor: false,
  receiptFindings: false,
  totesScanned: true,
  pickingFindings: false,
}

test('the rule of the pack goes before kind and class, of equals the latest begun; none outside its days', () => {
  const goods = { skuId: 's', zone: 'chilled', kind: 'quality', day: '2026-11-24' } as const
  const rules = [
    rule({ id: 'class' }),
    rule({ id: 'later', validFrom: '2026-11-01' }),
    rule({ id: 'kind', kind: 'quality' }),
    rule({ id: 'other kind', kind: 'shortage' }),
    rule({ id: 'other class', goodsClass: 'dry', kind: 'quality', validFrom: '2026-11-20' }),
    rule({ id: 'over', kind: 'quality', validFrom: '2026-10-01', validTo: '2026-11-23' }),
    rule({ id: 'pack', skuId: 's', goodsClass: 'dry' }),
  ]
  const idFor = (without: readonly string[]) =>
    claimRuleFor(
      rules.filter((one) => !without.includes(one.id)),
      goods,
    )?.id
  expect(idFor([])).toBe('pack')
  expect(idFor(['pack'])).toBe('kind')
  expect(idFor(['pack', 'kind'])).toBe('later')
  expect(idFor(['pack', 'kind', 'later'])).toBe('class')
  expect(idFor(['pack', 'kind', 'later', 'class'])).toBeUndefined()
})

test.each([
  ['frozen', 'frozen'],
  ['chilled', 'fresh'],
  ['chilled_meat', 'fresh'],
  ['cool', 'fresh'],
  ['ambient', 'dry'],
])('goods of zone %s are %s', (zone, goodsClass) => {
  expect(claimClassOf(zone)).toBe(goodsClass)
})

describe('credits', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 12 })

  test('of the parts of a line never pass its sum, and those of the whole make it exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        parts,
        fc.nat(50_000),
        (finalFen, quantities, rest) => {
          const delivered = quantities.reduce((a, b) => a + b, 0) + rest
          let before = 0
          let credited = 0
          for (const quantity of [...quantities, rest]) {
            const fen = creditFen({ finalFen, delivered, before, quantity })
            expect(fen).toBeGreaterThanOrEqual(0)
            credited += fen
            before += quantity
            expect(credited).toBeLessThanOrEqual(finalFen)
          }
          expect(credited).toBe(finalFen)
        },
      ),
    )
  })

  test('more than was delivered is refused', () => {
    expect(() => creditFen({ finalFen: 100, delivered: 10, before: 6, quantity: 5 })).toThrow(RangeError)
  })

  test('taxes of the lines sum to the tax of each rate, and none passes its line', () => {
    const line = fc.record({
      grossFen: fc.integer({ min: 0, max: 5_000_000 }),
      taxRateBp: fc.constantFrom(0, 300, 900, 1300),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const taxes = creditTaxes(lines)
        for (const [rate, own] of Map.groupBy(lines.entries(), ([, one]) => one.taxRateBp)) {
          const gross = sumFen(own.map(([, one]) => one.grossFen))
          expect(sumFen(own.map(([i]) => taxes[i] ?? 0))).toBe(taxIncludedFen(gross, rate))
        }
        for (const [i, one] of lines.entries()) expect(taxes[i]).toBeLessThanOrEqual(one.grossFen)
      }),
    )
  })
})

test('the evidence proposes who bears a claim', () => {
  expect(proposeParty('temperature', { ...nothingSeen, alarm: true }).party).toBe('carrier')
  expect(proposeParty('temperature', nothingSeen)).toEqual({ party: 'nobody', why: ['no_alarm'] })
  expect(proposeParty('shortage', nothingSeen)).toEqual({ party: 'hub', why: ['totes_all_scanned'] })
  expect(proposeParty('shortage', { ...nothingSeen, totesScanned: false }).party).toBe('carrier')
  expect(proposeParty('shortage', { ...nothingSeen, pickingFindings: true }).why).toEqual([
    'picking_findings',
  ])
  expect(proposeParty('wrong_goods', nothingSeen).party).toBe('hub')
  expect(proposeParty('quality', { ...nothingSeen, receiptFindings: true }).why).toEqual(['receipt_findings'])
})

test('the rule decides only what is small, shown by photos and spoken for by the evidence', () => {
  const line = { kind: 'quality', askedFen: 5000, photos: 1 } as const
  expect(ruleAccepts(rule(), line, nothingSeen)).toBe(true)
  expect(ruleAccepts(rule(), { ...line, askedFen: 5001 }, nothingSeen)).toBe(false)
  expect(ruleAccepts(rule(), { ...line, photos: 0 }, nothingSeen)).toBe(false)
  expect(ruleAccepts(rule({ photosMin: 0 }), { ...line, photos: 0 }, nothingSeen)).toBe(false)
  const warm = { ...line, kind: 'temperature' } as const
  expect(ruleAccepts(rule(), warm, nothingSeen)).toBe(false)
  expect(ruleAccepts(rule(), warm, { ...nothingSeen, warmAtDoor: true })).toBe(true)
  const short = { kind: 'shortage', askedFen: 100, photos: 0 } as const
  expect(ruleAccepts(rule({ photosMin: 0 }), short, nothingSeen)).toBe(false)
  expect(ruleAccepts(rule({ photosMin: 0 }), short, { ...nothingSeen, totesScanned: false })).toBe(true)
})

test('a score is weighted claims per thousand lines, in hundredths, half up', () => {
  expect(scorePerThousand(0, {})).toBeNull()
  expect(scorePerThousand(1000, {})).toBe(0)
  expect(
    scorePerThousand(1000, { quality: { lines: 2, weight: 100 }, shortage: { lines: 1, weight: 50 } }),
  ).toBe(250)
  expect(scorePerThousand(3000, { quality: { lines: 1, weight: 100 } })).toBe(33)
})
