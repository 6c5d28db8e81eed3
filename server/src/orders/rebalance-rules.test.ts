import { addDays, serviceDay } from '@huming/shared/days'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AllocatableLot, servesDay } from '../stock/allocation.ts'
import { type Holder, takeOffLot } from './rebalance-rules.ts'

const day = (ahead: number) => addDays(serviceDay('2026-11-24'), ahead)
const lot = (id: string, free: number, over: Partial<AllocatableLot> = {}): AllocatableLot => ({
  id,
  promisable: free,
  promised: 0,
  readyDay: day(0),
  useByDay: day(9),
  ...over,
})
const holder = (
  lineId: string,
  minutes: number,
  promises: Record<string, number>,
  over: Partial<Holder> = {},
): Holder => ({
  lineId,
  orderId: `order-${lineId}`,
  placedAt: new Date(Date.UTC(2026, 10, 24, 8, minutes)),
  day: day(1),
  minRemainingDays: 1,
  basePerOrderUnit: 10,
  catchWeight: false,
  shortageRule: 'partial',
  promises: new Map(Object.entries(promises)),
  remaining: Object.values(promises).reduce((a, b) => a + b, 0),
  ...over,
})
const told = (outcomes: ReturnType<typeof takeOffLot>) =>
  outcomes.map(({ lineId, promises, cut }) => ({ lineId, promises: Object.fromEntries(promises), cut }))

describe('takeOffLot', () => {
  test('moves the newest order to another lot and leaves the older one alone', () => {
    const outcomes = takeOffLot(
      'bad',
      20,
      [holder('old', 1, { bad: 20 }), holder('new', 2, { bad: 20 })],
      [lot('b', 50)],
    )
    expect(told(outcomes)).toEqual([{ lineId: 'new', promises: { b: 20 }, cut: 0 }])
  })

  test('cuts the newest only for what no lot can serve, in whole order units', () => {
    const outcomes = takeOffLot(
      'bad',
      33,
      [holder('old', 1, { bad: 20 }), holder('new', 2, { bad: 20 })],
      [lot('late', 50, { readyDay: day(2) }), lot('stale', 50, { useByDay: day(1) }), lot('b', 5)],
    )
    // 5 of the 33 find a place; the newest line is cut whole, the older one by one unit of the 13 left.
    expect(told(outcomes)).toEqual(
      [
        { lineId: 'new', promises: { b: 0 }, cut: 20 },
        { lineId: 'old', promises: { bad: 0 }, cut: 20 },
      ].map((one) => ({ ...one, promises: {} })),
    )
  })

  test('weighed goods are cut to the gram; who wants all or nothing loses the line', () => {
    const weighed = takeOffLot('bad', 7, [holder('w', 1, { bad: 20 }, { catchWeight: true })], [])
    expect(told(weighed)).toEqual([{ lineId: 'w', promises: { bad: 13 }, cut: 7 }])
    const whole = takeOffLot(
      'bad',
      7,
      [holder('l', 1, { bad: 20, b: 30 }, { shortageRule: 'cancel_line' })],
      [],
    )
    expect(told(whole)).toEqual([{ lineId: 'l', promises: {}, cut: 50 }])
  })

  test('everything that was promised is still promised or cut, lots keep their limits', () => {
    const line = fc.record({
      here: fc.integer({ min: 1, max: 60 }),
      there: fc.nat(30),
      minutes: fc.nat(59),
      ahead: fc.nat(4),
      left: fc.nat(3),
      catchWeight: fc.boolean(),
      shortageRule: fc.constantFrom('partial', 'cancel_line'),
    })
    const other = fc.record({ free: fc.nat(80), ready: fc.nat(3), life: fc.nat(6) })
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.array(other, { maxLength: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, some, part) => {
          const others = some.map((one, i) =>
            lot(`lot-${i}`, one.free, { readyDay: day(one.ready), useByDay: day(one.ready + one.life) }),
          )
          const holders = lines.map((one, i) =>
            holder(
              `line-${i}`,
              one.minutes,
              { bad: one.here, ...(one.there > 0 ? { full: one.there } : {}) },
              {
                day: day(one.ahead),
                minRemainingDays: one.left,
                catchWeight: one.catchWeight,
                shortageRule: one.shortageRule,
              },
            ),
          )
          const all = lines.reduce((sum, one) => sum + one.here, 0)
          const excess = Math.ceil(all * part)
          const outcomes = takeOffLot('bad', excess, holders, others)
          const after = new Map(holders.map((one) => [one.lineId, { promises: one.promises, cut: 0 }]))
          for (const outcome of outcomes) after.set(outcome.lineId, outcome)
          const here = [...after.values()].reduce((sum, one) => sum + (one.promises.get('bad') ?? 0), 0)
          expect(here).toBeLessThanOrEqual(all - excess)
          for (const one of holders) {
            const end = after.get(one.lineId) as { promises: ReadonlyMap<string, number>; cut: number }
            const kept = [...end.promises.values()].reduce((a, b) => a + b, 0)
            expect(kept + end.cut).toBe(one.remaining)
            if (one.shortageRule === 'cancel_line' && end.cut > 0) expect(kept).toBe(0)
            for (const [id, quantity] of end.promises) {
              expect(quantity).toBeGreaterThan(0)
              const moved = others.find((lot_) => lot_.id === id)
              if (moved) expect(servesDay(moved, one.day, one.minRemainingDays)).toBe(true)
            }
          }
          for (const one of others) {
            const sum = [...after.values()].reduce((s, end) => s + (end.promises.get(one.id) ?? 0), 0)
            expect(sum).toBeLessThanOrEqual(one.promisable)
          }
          // Nothing is cut while a lot that could serve it has room.
          for (const outcome of outcomes.filter((end) => end.cut > 0)) {
            const cut = holders.find((one) => one.lineId === outcome.lineId) as Holder
            if (cut.shortageRule === 'cancel_line' || !cut.catchWeight) continue
            for (const one of others.filter((lot_) => servesDay(lot_, cut.day, cut.minRemainingDays))) {
              const sum = [...after.values()].reduce((s, end) => s + (end.promises.get(one.id) ?? 0), 0)
              const freedByWholeUnits = outcomes.some((end) => end.cut > 0 && end.lineId !== cut.lineId)
              if (!freedByWholeUnits) expect(sum).toBe(one.promisable)
            }
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
