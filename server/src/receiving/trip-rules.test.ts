import { expect, test } from 'vitest'
import { judgeTrip, summarise, worstOf } from './trip-rules.ts'

const minute = 60_000
const frozen = { warnAboveDeciC: -150, warnForMinutes: 15 }
const trip = { from: 0, to: 60 * minute }
/** Readings of every five minutes. */
const every5 = (...deciC: number[]) => deciC.map((one, i) => ({ at: i * 5 * minute, deciC: one }))

test('a logger of another trip says nothing of this one', () => {
  expect(summarise([{ at: -minute, deciC: 0 }], trip, frozen)).toBeNull()
  expect(summarise([], trip, frozen)).toBeNull()
})

test('two short warm spells are no excursion, one long one is', () => {
  const spells = summarise(every5(-180, -140, -140, -180, -140, -140, -180), trip, frozen)
  expect(spells).toMatchObject({ minutesAbove: 10, maxDeciC: -140, minDeciC: -180, readings: 7 })
  expect(judgeTrip(spells as never, frozen)).toBe('warn')
  const long = summarise(every5(-180, -140, -140, -140, -140, -180), trip, frozen)
  expect(long).toMatchObject({ minutesAbove: 20 })
  expect(judgeTrip(long as never, frozen)).toBe('excursion')
})

test('what was warm at the last reading was warm until the dock', () => {
  const end = summarise(every5(-180, -180, -100), trip, frozen)
  expect(end).toMatchObject({ minutesAbove: 50 })
})

test('readings before the truck left do not count, a hole in the log is told', () => {
  const readings = [
    { at: -10 * minute, deciC: 200 },
    { at: 2 * minute, deciC: -180 },
    { at: 50 * minute, deciC: -180 },
  ]
  const hole = summarise(readings, trip, frozen)
  expect(hole).toMatchObject({ maxDeciC: -180, gapMinutes: 48 })
  expect(judgeTrip(hole as never, frozen)).toBe('warn')
})

test('goods without a limit are fine whatever was read; the worst logger of a zone counts', () => {
  const none = { warnAboveDeciC: null, warnForMinutes: null }
  const hot = { minDeciC: 0, maxDeciC: 400, readings: 9, minutesAbove: 0, gapMinutes: null }
  expect(judgeTrip(hot, none)).toBe('fine')
  expect(worstOf([])).toBe('none')
  expect(worstOf(['fine', 'excursion', 'warn'])).toBe('excursion')
})
