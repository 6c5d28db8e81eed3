import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClockStop, leavingLate, runClock } from './run-clock.ts'

const minute = 60
/** Ten minutes between any two places. */
const travel = { source: 'test', metres: () => 5000, seconds: () => 10 * minute }
const stop = (from: number, to: number, over: Partial<ClockStop> = {}): ClockStop => ({
  point: 1,
  windowFrom: from * minute,
  windowTo: to * minute,
  serviceSeconds: 10 * minute,
  trip: 1,
  ...over,
})
const minutes = (seconds: number): number => seconds / minute

test('it is at the first door when that opens, or later where no door suffers from it', () => {
  const rules = { earliestDeparture: 30 * minute }
  const alone = runClock([stop(240, 300)], travel, rules)
  expect([minutes(alone.departAt), minutes(alone.returnAt)]).toEqual([230, 260])
  // The second door opens an hour after the first: what would be waited there is spent at home.
  const two = runClock([stop(240, 300), stop(320, 400)], travel, rules)
  expect([minutes(two.departAt), minutes(two.stops[0]?.startAt ?? 0)]).toEqual([290, 300])
  expect(two.stops[1]).toMatchObject({ arriveAt: 320 * minute, startAt: 320 * minute, lateSeconds: 0 })
  // One that closes soon holds the others.
  const held = runClock([stop(240, 245), stop(320, 400)], travel, rules)
  expect([minutes(held.departAt), minutes(held.stops[1]?.arriveAt ?? 0)]).toEqual([235, 265])
})

test('a run that is late leaves at once, one that has left leaves when it left', () => {
  const rules = { earliestDeparture: 100 * minute }
  const late = runClock([stop(0, 60), stop(240, 300)], travel, rules)
  expect([minutes(late.departAt), minutes(late.stops[0]?.lateSeconds ?? 0)]).toEqual([100, 50])
  const gone = runClock([stop(240, 300)], travel, { ...rules, departAt: 120 * minute })
  expect([minutes(gone.departAt), minutes(gone.stops[0]?.arriveAt ?? 0)]).toEqual([120, 130])
})

test('a wait that stood for the driver’s rest is not given up without the rest', () => {
  const rest = { afterSeconds: 60 * minute, seconds: 20 * minute }
  const doors = [stop(240, 400), stop(240, 400), stop(240, 400), stop(240, 400)]
  const rules = { earliestDeparture: 30 * minute, rest }
  const early = runClock(doors, travel, { ...rules, departAt: 30 * minute })
  const late = runClock(doors, travel, { ...rules, latestReturn: 600 * minute })
  expect(early.rests).toHaveLength(1)
  expect(minutes(late.departAt)).toBe(230)
  expect(late.rests.length).toBeGreaterThanOrEqual(1)
  // Not later than its shift allows: then it is out early, as before.
  const bound = runClock(doors, travel, { ...rules, latestReturn: early.returnAt })
  expect(bound.returnAt).toBeLessThanOrEqual(early.returnAt)
})

test('reloads are told, and whatever the doors, leaving later makes nobody later', () => {
  const twice = runClock([stop(0, 900), stop(0, 900, { trip: 2 })], travel, {
    earliestDeparture: 0,
    reloadSeconds: 40 * minute,
  })
  expect(twice.reloads).toEqual([{ from: 30 * minute, to: 70 * minute }])
  const doors = fc.array(fc.tuple(fc.nat(600), fc.nat(200), fc.nat(3)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(doors, fc.boolean(), (list, rests) => {
      const sorted = list.toSorted((a, b) => a[2] - b[2])
      const stops = sorted.map(([from, room, trip]) => stop(from, from + room, { trip }))
      const rules = {
        earliestDeparture: 0,
        reloadSeconds: 30 * minute,
        latestReturn: 900 * minute,
        ...(rests && { rest: { afterSeconds: 100 * minute, seconds: 20 * minute } }),
      }
      const early = runClock(stops, travel, { ...rules, departAt: 0 })
      const late = leavingLate(stops, travel, rules, 0)
      expect(late.departAt).toBeGreaterThanOrEqual(0)
      expect(late.returnAt - late.departAt).toBeLessThanOrEqual(early.returnAt)
      expect(late.returnAt).toBeLessThanOrEqual(Math.max(early.returnAt, rules.latestReturn))
      for (const [i, one] of late.stops.entries())
        expect(one.lateSeconds).toBeLessThanOrEqual(early.stops[i]?.lateSeconds ?? 0)
    }),
  )
})
