import fc from 'fast-check'
import { expect, test } from 'vitest'
import { progressOf } from './progress.ts'

const at = (time: string): string => new Date(`2026-11-25T${time}:00+08:00`).toISOString()
const stop = (seq: number, planned: string, windowTo: string, over = {}) => ({
  seq,
  trip: 1,
  status: 'waiting',
  plannedArriveAt: at(planned),
  windowFromAt: at('00:00'),
  windowToAt: at(windowTo),
  serviceSeconds: 600,
  lngE6: 121_400_000 + seq * 20_000,
  latE6: 31_200_000,
  arrivedAt: null as string | null,
  finishedAt: null as string | null,
  ...over,
})
const run = (status: string) => ({ status, departAt: at('03:00') })
const minutes = (progress: { delayMs: number }) => progress.delayMs / 60_000

test('a run that has not left in time is behind by that much', () => {
  const stops = [stop(1, '03:30', '04:00'), stop(2, '04:00', '06:00')]
  const late = progressOf(run('loading'), stops, new Date(at('03:40')))
  expect([minutes(late), late.lateStops]).toEqual([40, 1])
  expect(late.forecasts[1]).toMatchObject({ expectedAt: at('04:40'), late: false, risk: 'low' })
  expect(late.forecasts[0]).toMatchObject({ risk: 'high', riskReason: 'left_late' })
  expect(minutes(progressOf(run('planned'), stops, new Date(at('02:00'))))).toBe(0)
})

test('the last stop moves the stops after it', () => {
  const done = { status: 'delivered', arrivedAt: at('03:50'), finishedAt: at('03:58') }
  const stops = [stop(1, '03:30', '04:30', done), stop(2, '04:00', '04:10')]
  const progress = progressOf(run('on_road'), stops, new Date(at('03:59')))
  // Left at 03:58, twenty minutes of road as planned.
  expect(minutes(progress)).toBe(18)
  expect(progress.forecasts).toMatchObject([
    { expectedAt: at('03:50'), late: false, lateChanceBp: 0 },
    { expectedAt: at('04:18'), late: true, risk: 'high', riskReason: 'left_late' },
  ])
  expect([progress.stopsDone, progress.lateStops]).toEqual([1, 1])
})

test('the clock alone makes a run late, and an early one is on time', () => {
  const early = { status: 'delivered', arrivedAt: at('03:10'), finishedAt: at('03:18') }
  const stops = [stop(1, '03:30', '04:30', early), stop(2, '04:00', '05:00')]
  expect(minutes(progressOf(run('on_road'), stops, new Date(at('03:20'))))).toBe(0)
  expect(minutes(progressOf(run('on_road'), stops, new Date(at('04:25'))))).toBe(25)
  expect(progressOf(run('on_road'), stops, new Date(at('03:20'))).forecasts[1]?.expectedAt).toBe(at('03:38'))
})

test('a stop skipped over does not delay the others, but is itself late', () => {
  const done = { status: 'delivered', arrivedAt: at('05:00'), finishedAt: at('05:05') }
  const stops = [stop(1, '03:30', '04:30'), stop(2, '05:00', '06:00', done), stop(3, '05:20', '06:00')]
  const progress = progressOf(run('on_road'), stops, new Date(at('05:06')))
  expect(minutes(progress)).toBe(0)
  expect(progress.forecasts.map((f) => f.late)).toEqual([true, false, false])
  expect(progress.forecasts[0]?.expectedAt).toBe(at('05:06'))
})

test('a finished run owes nothing; failed stops are counted', () => {
  const failed = { status: 'failed', finishedAt: at('04:40') }
  const progress = progressOf(run('finished'), [stop(1, '03:30', '04:30', failed)], new Date(at('09:00')))
  expect([progress.delayMs, progress.stopsDone, progress.stopsFailed, progress.lateStops]).toEqual([
    0, 1, 1, 1,
  ])
})

const random = fc.record({
  gaps: fc.array(fc.integer({ min: 12, max: 60 }), { minLength: 2, maxLength: 12 }),
  lateBy: fc.integer({ min: 0, max: 60 }),
  done: fc.integer({ min: 1, max: 6 }),
  slack: fc.integer({ min: 5, max: 90 }),
  slower: fc.integer({ min: 100, max: 200 }),
})
const minutesText = (count: number): string =>
  new Date(Date.parse('2026-11-25T03:00:00+08:00') + count * 60_000).toISOString()

/** A run whose first stops took `percent` of the planned time at the door and between doors. */
function slowRun(
  { gaps, lateBy, done, slack }: { gaps: number[]; lateBy: number; done: number; slack: number },
  percent: number,
) {
  let [planned, real] = [0, lateBy]
  const stops = gaps.map((gap, i) => {
    planned += gap
    real = i === 0 ? planned + lateBy : real + (gap * percent) / 100
    const over =
      i < done && i < gaps.length - 1
        ? { status: 'delivered', arrivedAt: minutesText(real), finishedAt: minutesText(real + percent / 10) }
        : {}
    return {
      ...stop(i + 1, '03:00', '03:00', over),
      plannedArriveAt: minutesText(planned),
      windowToAt: minutesText(planned + slack),
    }
  })
  const reached = stops.filter((one) => one.status !== 'waiting')
  return { stops, now: new Date(reached.at(-1)?.finishedAt as string) }
}

test('expected times keep their order, their range and their chance', () => {
  fc.assert(
    fc.property(random, (made) => {
      const { stops, now } = slowRun(made, made.slower)
      const { forecasts } = progressOf(run('on_road'), stops, now)
      const open = forecasts.filter((_, i) => stops[i]?.status === 'waiting')
      for (const [i, one] of open.entries()) {
        expect(one.expectedAt >= now.toISOString()).toBe(true)
        expect(one.earliestAt <= one.expectedAt && one.expectedAt <= one.latestAt).toBe(true)
        expect(one.lateChanceBp >= 0 && one.lateChanceBp <= 10_000).toBe(true)
        // More likely late than not exactly when it is expected late.
        if (one.late) expect(one.lateChanceBp).toBeGreaterThanOrEqual(5000)
        else expect(one.lateChanceBp).toBeLessThanOrEqual(5000)
        expect(one.risk === 'low' ? one.riskReason : 'on_plan').toBe('on_plan')
        const before = open[i - 1]
        if (before) expect(one.expectedAt >= before.expectedAt).toBe(true)
      }
    }),
  )
})

test('a slower run is never expected earlier, and never less in danger', () => {
  fc.assert(
    fc.property(random, (made) => {
      const [fast, slow] = [slowRun(made, 100), slowRun(made, made.slower)]
      const [a, b] = [fast, slow].map((one) => progressOf(run('on_road'), one.stops, one.now).forecasts)
      for (const [i, one] of (a ?? []).entries()) {
        const other = b?.[i]
        expect(other && other.expectedAt >= one.expectedAt).toBe(true)
        if (one.late) expect(other?.late).toBe(true)
      }
    }),
  )
})

test('a wait for a door that opens later eats the delay; its danger names slow doors', () => {
  const slow = { status: 'delivered', arrivedAt: at('03:30'), finishedAt: at('04:00') }
  const opens = { windowFromAt: at('05:00') }
  const stops = [
    stop(1, '03:30', '04:30', slow),
    stop(2, '03:50', '04:12'),
    stop(3, '05:00', '06:00', opens),
    stop(4, '05:20', '06:00'),
  ]
  const { forecasts } = progressOf(run('on_road'), stops, new Date(at('04:01')))
  expect(forecasts[1]).toMatchObject({ riskReason: 'slow_doors' })
  expect(Date.parse(forecasts[2]?.expectedAt ?? '')).toBeLessThan(Date.parse(at('05:00')))
  // Back on its plan, but for the longer time at its own door.
  expect(Date.parse(forecasts[3]?.expectedAt ?? '')).toBeLessThan(Date.parse(at('05:30')))
})

test('between two trips the road goes by the hub and its reload, however slow the roads are', () => {
  const done = { status: 'delivered', arrivedAt: at('04:00'), finishedAt: at('04:10') }
  // Planned: half an hour home, 40 minutes there, half an hour out again.
  const second = { trip: 2, windowFromAt: at('00:00') }
  const stops = [stop(1, '03:30', '05:00', done), stop(2, '05:20', '06:00', second)]
  const hub = { lngE6: 121_410_000, latE6: 31_200_000 }
  const twice = { ...run('on_road'), hub, reloadMinutes: 40 }
  const { forecasts } = progressOf(twice, stops, new Date(at('04:11')))
  expect(forecasts[1]?.expectedAt).toBe(at('05:50'))
  // Where the plan waits for a door to open, the wait is not driven: about a kilometre each way, and the reload.
  const waits = [stops[0], stop(2, '08:00', '09:00', { trip: 2, windowFromAt: at('08:00') })] as typeof stops
  const [, then] = progressOf(twice, waits, new Date(at('04:11'))).forecasts
  expect(Date.parse(then?.expectedAt ?? '')).toBeGreaterThan(Date.parse(at('04:50')))
  expect(Date.parse(then?.expectedAt ?? '')).toBeLessThan(Date.parse(at('05:15')))
})
