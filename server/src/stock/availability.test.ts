import { addDays, serviceDay } from '@huming/shared/days'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ask, availabilityOf, type FreeLot, laterServedDays, smallestOrder } from './availability.ts'

const day = serviceDay('2026-11-25')
const on = (ahead: number) => addDays(day, ahead)
const everyDay = { deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7], closedDays: [] as string[] }
const ask = (over: Partial<Ask> = {}): Ask => ({
  day,
  laterDays: laterServedDays(day, everyDay),
  minRemainingDays: 2,
  basePerOrderUnit: 10,
  minUnits: 1,
  inSeason: true,
  priced: true,
  ...over,
})

test('nothing at all is sold out in season and out of season else', () => {
  const nothing = { availableUnits: 0, nextDay: null, lifeLeftDays: null }
  expect(availabilityOf([], ask())).toEqual({ ...nothing, unavailableReason: 'sold_out' })
  expect(availabilityOf([], ask({ inSeason: false }))).toEqual({
    ...nothing,
    unavailableReason: 'out_of_season',
  })
})

test('a price missing is told before anything else', () => {
  const lots = [{ free: 100, readyDay: on(0), useByDay: on(9) }]
  expect(availabilityOf(lots, ask({ priced: false })).unavailableReason).toBe('no_price')
  expect(availabilityOf([], ask({ priced: false })).unavailableReason).toBe('no_price')
})

test('the last day that still leaves the life needed counts, the next does not', () => {
  const lot = (useBy: number) => [{ free: 10, readyDay: on(0), useByDay: on(useBy) }]
  expect(availabilityOf(lot(2), ask())).toMatchObject({ availableUnits: 1, lifeLeftDays: 2 })
  expect(availabilityOf(lot(1), ask())).toMatchObject({ availableUnits: 0, unavailableReason: 'short_life' })
})

test('the smallest order is a whole number of steps', () => {
  expect(smallestOrder({ minUnits: 1, stepUnits: 1 })).toBe(1)
  expect(smallestOrder({ minUnits: 3, stepUnits: 2 })).toBe(4)
  expect(smallestOrder({ minUnits: 1, stepUnits: 5 })).toBe(5)
})

const lot = fc
  .record({
    free: fc.integer({ min: -5, max: 60 }),
    ready: fc.integer({ min: -3, max: 18 }),
    life: fc.nat(25),
  })
  .map(({ free, ready, life }): FreeLot => ({ free, readyDay: on(ready), useByDay: on(ready + life) }))
const asks = fc
  .record({
    minRemainingDays: fc.nat(6),
    basePerOrderUnit: fc.integer({ min: 1, max: 20 }),
    minUnits: fc.integer({ min: 1, max: 4 }),
    inSeason: fc.boolean(),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    closed: fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 4 }),
  })
  .map(({ weekdays, closed, ...rest }) =>
    ask({
      ...rest,
      laterDays: laterServedDays(day, { deliveryWeekdays: weekdays, closedDays: closed.map(on) }),
    }),
  )

/** One base unit after the other out of every lot that may leave on the day. */
function unitsByHand(lots: readonly FreeLot[], ahead: number, { minRemainingDays, basePerOrderUnit }: Ask) {
  let base = 0
  for (const one of lots)
    for (let i = 0; i < one.free; i++)
      if (one.readyDay <= on(ahead) && on(ahead + minRemainingDays) <= one.useByDay) base++
  return Math.floor(base / basePerOrderUnit)
}

test('agrees with counting by hand, day by day', () => {
  fc.assert(
    fc.property(fc.array(lot, { maxLength: 6 }), asks, (lots, asked) => {
      const got = availabilityOf(lots, asked)
      expect(got.availableUnits).toBe(unitsByHand(lots, 0, asked))
      const enough = got.availableUnits >= asked.minUnits
      expect(got.unavailableReason === null).toBe(enough)
      const next = Array.from({ length: 14 }, (_, i) => i + 1).find(
        (ahead) => asked.laterDays.includes(on(ahead)) && unitsByHand(lots, ahead, asked) >= asked.minUnits,
      )
      expect(got.nextDay).toBe(enough || next === undefined ? null : on(next))
    }),
    { numRuns: 500 },
  )
})
