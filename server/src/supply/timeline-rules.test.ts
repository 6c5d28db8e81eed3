import { addDays, cutOffAt, serviceDay } from '@huming/shared/days'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { ZONE_IDS } from '@huming/shared/reference/zones'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCutOff } from './check-rules.ts'
import {
  callOffAt,
  failureOf,
  firstCallOffAt,
  firstDayReached,
  type StepRow,
  stepMinutes,
  timelineOf,
} from './timeline-rules.ts'

const day = serviceDay('2026-11-27')
const goods = { zone: 'frozen', mode: 'road', countyCode: '350405', makingHours: 4 } as const
const always = { buyerClass: null, zone: null, mode: null, countyCode: null }
const dated = { validFrom: '2024-01-01', validTo: '2099-12-31' }
let serial = 0
const row = (step: string, minutes: number, over: Partial<StepRow> = {}): StepRow => ({
  id: `row-${serial++}`,
  step,
  minutes,
  ...always,
  ...dated,
  ...over,
})
const steps = [
  row('answer', 60),
  row('load', 90),
  row('line_haul', 780, { mode: 'road' }),
  row('dock', 120),
  row('wave', 100),
  row('delivery', 60),
]
const arrival = { buyerClass: 'snack_shop', day, windowFrom: 60 }
const way = () => {
  const found = timelineOf(steps, goods, arrival)
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('a step nobody has timed is named, and is never taken for zero', () => {
  for (const missing of ['answer', 'load', 'line_haul', 'dock', 'wave', 'delivery'] as const) {
    const less = steps.filter((one) => one.step !== missing)
    expect(timelineOf(less, goods, arrival)).toBe(missing)
  }
  expect(timelineOf(steps, { ...goods, mode: 'rail' }, arrival)).toBe('line_haul')
  const over = steps.map((one) => (one.step === 'dock' ? { ...one, validTo: '2026-11-26' } : one))
  expect(timelineOf(over, goods, arrival)).toBe('dock')
})

test('the most specific row holds, then the one begun last', () => {
  const rows = [
    row('wave', 150),
    row('wave', 100, { buyerClass: 'snack_shop' }),
    row('wave', 80, { buyerClass: 'snack_shop', zone: 'frozen' }),
    row('wave', 70, { buyerClass: 'snack_shop', zone: 'frozen', validFrom: '2026-12-01' }),
    row('wave', 10, { buyerClass: 'wholesale', zone: 'frozen', mode: 'road' }),
  ]
  expect(stepMinutes(rows, 'wave', goods, arrival)).toBe(80)
  expect(stepMinutes(rows, 'wave', { ...goods, zone: 'chilled' }, arrival)).toBe(100)
  expect(stepMinutes(rows, 'wave', goods, { ...arrival, day: serviceDay('2026-12-02') })).toBe(70)
  expect(stepMinutes(rows, 'wave', goods, { ...arrival, buyerClass: 'community' })).toBe(150)
})

test('the way is reckoned backwards from the window', () => {
  const shown = Object.fromEntries(
    Object.entries(way()).map(([name, at]) => [
      name,
      new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16),
    ]),
  )
  expect(shown).toEqual({
    windowAt: '11-27T01:00',
    departBy: '11-27T00:00',
    waveBy: '11-26T22:20',
    dockBy: '11-26T20:20',
    shipBy: '11-26T07:20',
    makeBy: '11-26T05:50',
    startBy: '11-26T01:50',
    callBy: '11-26T00:50',
  })
})

test('the refusal names the step that can no longer begin', () => {
  const stepAt = (hours: number, minutes = 0) =>
    failureOf(way(), cutOffAt(day, { daysBefore: 1, minutes: hours * 60 + minutes }))?.step ?? null
  expect(stepAt(0, 50)).toBeNull()
  expect(stepAt(0, 51)).toBe('answer')
  expect(stepAt(2)).toBe('making')
  expect(stepAt(6)).toBe('load')
  expect(stepAt(12)).toBe('line_haul')
  expect(stepAt(21)).toBe('dock')
  expect(stepAt(23)).toBe('wave')
  expect(failureOf(way(), cutOffAt(day, { daysBefore: 0, minutes: 30 }))?.step).toBe('delivery')
  expect(failureOf(way(), cutOffAt(day, { daysBefore: 1, minutes: 110 }))?.lateMinutes).toBe(60)
})

test('goods at the hub need only the wave; those of the base the whole way; worst first', () => {
  const group = { ...goods, name: '沙县蒸饺（示例）', packs: 3 }
  const slow = { ...goods, makingHours: 30, name: '板鸭（示例）', packs: 2 }
  const ask = (cutOff: [number, number], callOff: [number, number]) =>
    checkCutOff(steps, [group, slow], {
      ...arrival,
      cutOffAt: cutOffAt(day, { daysBefore: cutOff[0], minutes: cutOff[1] * 60 }),
      callOffAt: cutOffAt(day, { daysBefore: callOff[0], minutes: callOff[1] * 60 }),
    }).failures.map(({ step, name, packs }) => [step, name, packs])
  expect(ask([1, 22], [3, 16])).toEqual([])
  expect(ask([1, 22], [2, 16])).toEqual([['making', '板鸭（示例）', 2]])
  expect(ask([1, 22], [1, 22])).toEqual([['dock', '板鸭（示例）', 5]])
  expect(ask([1, 23], [3, 16])).toEqual([['wave', '', 0]])
  expect(
    checkCutOff([], [group], { ...arrival, cutOffAt: new Date(0), callOffAt: new Date(0) }).failures,
  ).toEqual([])
})

const anyWay = fc.record({
  minutes: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 6, maxLength: 6 }),
  makingHours: fc.integer({ min: 0, max: 96 }),
  windowFrom: fc.integer({ min: 0, max: 1380 }),
  buyerClass: fc.constantFrom(...BUYER_CLASS_IDS),
  zone: fc.constantFrom(...ZONE_IDS),
  ahead: fc.integer({ min: 0, max: 400 }),
})
const names = ['answer', 'load', 'line_haul', 'dock', 'wave', 'delivery'] as const

test('whatever the hours: backwards then forwards comes out at the window, and the verdict agrees with walking it', () => {
  fc.assert(
    fc.property(anyWay, fc.integer({ min: -5000, max: 5000 }), (one, shift) => {
      const rows = names.map((step, i) => row(step, one.minutes[i] as number))
      const found = timelineOf(
        rows,
        { zone: one.zone, mode: 'road', countyCode: '350405', makingHours: one.makingHours },
        { buyerClass: one.buyerClass, day: addDays(day, one.ahead), windowFrom: one.windowFrom },
      )
      if (typeof found === 'string') throw new Error(found)
      const order = [
        found.callBy,
        found.startBy,
        found.makeBy,
        found.shipBy,
        found.dockBy,
        found.waveBy,
        found.departBy,
        found.windowAt,
      ]
      expect(order.map(Number)).toEqual(order.map(Number).sort((a, b) => a - b))
      // Walk forwards from a call-off: it arrives late exactly when the check says so.
      const at = new Date(found.callBy.getTime() + shift * 60_000)
      const total = one.minutes.reduce((sum, minutes) => sum + minutes, 0) + one.makingHours * 60
      const arrives = at.getTime() + total * 60_000
      const failure = failureOf(found, at)
      expect(failure !== null).toBe(arrives > found.windowAt.getTime())
      if (failure) expect(failure.lateMinutes).toBe((arrives - found.windowAt.getTime()) / 60_000)
    }),
    { numRuns: 500 },
  )
})

test('a later call-off never does where an earlier one fails; the latest one it names would do', () => {
  fc.assert(
    fc.property(anyWay, fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9000 }), (one, a, b) => {
      const rows = names.map((step, i) => row(step, one.minutes[i] as number))
      const found = timelineOf(
        rows,
        { zone: one.zone, mode: 'road', countyCode: '', makingHours: one.makingHours },
        { buyerClass: one.buyerClass, day, windowFrom: one.windowFrom },
      )
      if (typeof found === 'string') throw new Error(found)
      const at = (minutes: number) => new Date(found.windowAt.getTime() - minutes * 60_000)
      const [early, late] = a > b ? [at(a), at(b)] : [at(b), at(a)]
      const fails = failureOf(found, early)
      if (fails) {
        expect(failureOf(found, late)).not.toBeNull()
        expect(failureOf(found, fails.latest)).toBeNull()
        expect(failureOf(found, new Date(fails.latest.getTime() + 1))).not.toBeNull()
      }
    }),
  )
})

test('the first day reached is reached by every class, and the day before is not', () => {
  const windows = [
    { buyerClass: 'snack_shop', windowFrom: 60 },
    { buyerClass: 'community', windowFrom: 540 },
  ]
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 * 1440 }), (minutes) => {
      const madeAt = new Date(Date.parse('2026-11-24T00:00:00+08:00') + minutes * 60_000)
      const from = serviceDay('2026-11-24')
      const first = firstDayReached(steps, goods, windows, madeAt, from)
      if (!first) throw new Error('none')
      const fits = (on: string) =>
        windows.every((window) => {
          const found = timelineOf(steps, goods, { ...window, day: serviceDay(on) })
          return typeof found !== 'string' && madeAt <= found.makeBy
        })
      expect(fits(first)).toBe(true)
      if (first > from) expect(fits(addDays(first, -1))).toBe(false)
    }),
  )
})

test('of dated call-off times the one begun last holds; the hub’s first is the earliest of its classes', () => {
  const time = (buyerClass: string, daysBefore: number, hours: number, validFrom = '2024-01-01') => ({
    buyerClass,
    daysBefore,
    minutes: hours * 60,
    validFrom,
    validTo: '2099-12-31',
  })
  const rows = [time('snack_shop', 2, 16), time('snack_shop', 1, 6, '2026-12-01'), time('community', 2, 10)]
  expect(callOffAt(rows, 'wholesale', day)).toBeNull()
  expect(callOffAt(rows, 'snack_shop', day)).toEqual(cutOffAt(day, { daysBefore: 2, minutes: 960 }))
  expect(callOffAt(rows, 'snack_shop', serviceDay('2026-12-03'))).toEqual(
    cutOffAt(serviceDay('2026-12-03'), { daysBefore: 1, minutes: 360 }),
  )
  expect(firstCallOffAt(rows, day)).toEqual(cutOffAt(day, { daysBefore: 2, minutes: 600 }))
  expect(firstCallOffAt([], day)).toBeNull()
})
