import { expect, test } from 'vitest'
import { progressOf } from './progress.ts'

const at = (time: string): string => new Date(`2026-11-25T${time}:00+08:00`).toISOString()
const stop = (seq: number, planned: string, windowTo: string, over = {}) => ({
  seq,
  status: 'waiting',
  plannedArriveAt: at(planned),
  windowToAt: at(windowTo),
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
  expect(late.forecasts[1]).toEqual({ expectedAt: at('04:40'), late: false })
  expect(minutes(progressOf(run('planned'), stops, new Date(at('02:00'))))).toBe(0)
})

test('the last arrival moves the stops after it', () => {
  const done = { status: 'delivered', arrivedAt: at('03:50'), finishedAt: at('03:58') }
  const stops = [stop(1, '03:30', '04:30', done), stop(2, '04:00', '04:10')]
  const progress = progressOf(run('on_road'), stops, new Date(at('03:59')))
  expect(minutes(progress)).toBe(20)
  expect(progress.forecasts).toEqual([
    { expectedAt: at('03:50'), late: false },
    { expectedAt: at('04:20'), late: true },
  ])
  expect([progress.stopsDone, progress.lateStops]).toEqual([1, 1])
})

test('the clock alone makes a run late, and an early one is on time', () => {
  const early = { status: 'delivered', arrivedAt: at('03:10'), finishedAt: at('03:18') }
  const stops = [stop(1, '03:30', '04:30', early), stop(2, '04:00', '05:00')]
  expect(minutes(progressOf(run('on_road'), stops, new Date(at('03:20'))))).toBe(0)
  expect(minutes(progressOf(run('on_road'), stops, new Date(at('04:25'))))).toBe(25)
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
