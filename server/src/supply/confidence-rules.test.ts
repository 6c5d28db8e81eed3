import fc from 'fast-check'
import { expect, test } from 'vitest'
import { standardTerms } from '../stock/confidence.ts'
import { confidenceBp, evidenceOf, evidenceWeight, type ForecastWeek } from './confidence-rules.ts'

const terms = standardTerms
const week = (said: number, asked: number, brought: number, ago = 1): ForecastWeek => ({
  said,
  asked,
  brought,
  ago,
})

test('nobody known is trusted as the terms say; weeks that tell nothing change nothing', () => {
  expect(confidenceBp([], terms)).toBe(7000)
  expect(
    confidenceBp([week(500, 0, 0), week(0, 300, 300), week(500, 500, 460, 27), week(500, 500, 0, 0)], terms),
  ).toBe(7000)
  expect(evidenceWeight([week(500, 0, 0)], terms)).toBe(0)
})

test('you said 500 kg, brought 460', () => {
  expect(evidenceOf(week(500_000, 500_000, 460_000), terms)).toEqual({
    expected: 500_000,
    keptBp: 9200,
    weight: 100,
  })
  // (7000 × 3 + 9200) ÷ 4
  expect(confidenceBp([week(500_000, 500_000, 460_000)], terms)).toBe(7550)
})

test('goods nobody asked for count neither for nor against', () => {
  expect(evidenceOf(week(500, 100, 100), terms)).toEqual({ expected: 100, keptBp: 10_000, weight: 20 })
  expect(evidenceOf(week(500, 100, 80), terms)).toEqual({ expected: 100, keptBp: 8000, weight: 20 })
  expect(evidenceOf(week(500, 100, 450), terms)).toEqual({ expected: 450, keptBp: 10_000, weight: 90 })
  // Sent without any call-off, it is expected to be all that was said.
  expect(evidenceOf(week(500, 0, 460), terms)).toEqual({ expected: 500, keptBp: 9200, weight: 100 })
  expect(evidenceOf(week(500, 700, 600), terms)).toEqual({ expected: 500, keptBp: 10_000, weight: 100 })
})

test('the past fades by half in eight weeks', () => {
  expect(evidenceOf(week(500, 500, 0, 9), terms).weight).toBe(50)
  const failedNow = confidenceBp([week(500, 500, 0, 1), week(500, 500, 500, 20)], terms)
  const failedThen = confidenceBp([week(500, 500, 500, 1), week(500, 500, 0, 20)], terms)
  expect(failedNow).toBeLessThan(failedThen)
})

const anyTerms = fc
  .record({
    bounds: fc.tuple(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 10_000 }),
    ),
    priorWeight: fc.integer({ min: 1, max: 2000 }),
    halfLifeWeeks: fc.integer({ min: 1, max: 52 }),
    weeksBack: fc.integer({ min: 1, max: 104 }),
  })
  .map(({ bounds, ...rest }) => {
    const [floorBp, priorBp, ceilingBp] = [...bounds].sort((a, b) => a - b) as [number, number, number]
    return { floorBp, priorBp, ceilingBp, ...rest }
  })
const quantity = fc.integer({ min: 0, max: 50_000_000 })
const anyWeek = fc.record({
  ago: fc.integer({ min: 1, max: 60 }),
  said: quantity,
  asked: quantity,
  brought: quantity,
})

test('always within the bounds, a whole number, and the same whatever the order of the weeks', () => {
  fc.assert(
    fc.property(anyTerms, fc.array(anyWeek, { maxLength: 40 }), (some, weeks) => {
      const bp = confidenceBp(weeks, some)
      expect(Number.isInteger(bp)).toBe(true)
      expect(bp).toBeGreaterThanOrEqual(some.floorBp)
      expect(bp).toBeLessThanOrEqual(some.ceilingBp)
      expect(confidenceBp([...weeks].reverse(), some)).toBe(bp)
    }),
    { numRuns: 500 },
  )
})

test('bringing more of what was asked never lowers it, bringing less never raises it', () => {
  fc.assert(
    fc.property(
      fc.array(anyWeek, { maxLength: 20 }),
      anyWeek.filter((one) => one.asked > 0 && one.said > 0),
      quantity,
      (others, one, more) => {
        const before = confidenceBp([...others, one], terms)
        const after = confidenceBp([...others, { ...one, brought: one.brought + more }], terms)
        expect(after).toBeGreaterThanOrEqual(before)
      },
    ),
    { numRuns: 1000 },
  )
})

test('who always keeps its word comes near the ceiling, who never does to the floor; one week moves it little', () => {
  const always = Array.from({ length: 26 }, (_, i) => week(500, 500, 500, i + 1))
  const never = always.map((one) => ({ ...one, brought: 0 }))
  expect(confidenceBp(always, terms)).toBeGreaterThanOrEqual(9000)
  expect(confidenceBp(never, terms)).toBe(3000)
  fc.assert(
    fc.property(anyWeek, (one) => {
      expect(Math.abs(confidenceBp([one], terms) - terms.priorBp)).toBeLessThanOrEqual(7000 / 4 + 1)
    }),
  )
})
