import { addDays, serviceDay } from '@huming/shared/days'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AllocatableLot, allocateFefo, promisableOf, servesDay } from './allocation.ts'

const today = serviceDay('2026-11-24')
const day = (ahead: number) => addDays(today, ahead)

const lot = (over: Partial<AllocatableLot> & { id: string }): AllocatableLot => ({
  promisable: 100,
  promised: 0,
  readyDay: day(0),
  useByDay: day(10),
  ...over,
})
const need = (quantity: number, minRemainingDays = 0) => ({ quantity, day: day(1), minRemainingDays })

describe('servesDay', () => {
  const life = { readyDay: day(2), useByDay: day(5) }
  test.each([
    [1, 0, false],
    [2, 0, true],
    [5, 0, true],
    [6, 0, false],
    [3, 2, true],
    [3, 3, false],
  ])('on day %i with %i days left: %s', (ahead, left, serves) => {
    expect(servesDay(life, day(ahead), left)).toBe(serves)
  })
})

describe('allocateFefo', () => {
  test('takes the earliest use-by first, then the earlier ready day, then the smaller id', () => {
    const lots = [
      lot({ id: 'd', useByDay: day(9) }),
      lot({ id: 'c', useByDay: day(8), readyDay: day(1) }),
      lot({ id: 'b', useByDay: day(8) }),
      lot({ id: 'a', useByDay: day(8) }),
    ]
    expect(allocateFefo(lots, need(350))).toEqual([
      { lotId: 'a', quantity: 100 },
      { lotId: 'b', quantity: 100 },
      { lotId: 'c', quantity: 100 },
      { lotId: 'd', quantity: 50 },
    ])
  })

  test('skips lots that are full, not ready or too short of life', () => {
    const lots = [
      lot({ id: 'full', promised: 100 }),
      lot({ id: 'late', readyDay: day(2) }),
      lot({ id: 'short', useByDay: day(3) }),
      lot({ id: 'good', promised: 40 }),
    ]
    expect(allocateFefo(lots, need(50, 3))).toEqual([{ lotId: 'good', quantity: 50 }])
    expect(allocateFefo(lots, need(500, 3))).toEqual([{ lotId: 'good', quantity: 60 }])
  })

  test('never more than is free or needed, only serving lots, no lot skipped for a later one', () => {
    const lots = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        promisable: fc.nat(1000),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        ready: fc.integer({ min: -2, max: 4 }),
        life: fc.integer({ min: 0, max: 8 }),
      }),
      { selector: (one) => one.id, maxLength: 12 },
    )
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 5000 }), fc.nat(4), (some, quantity, left) => {
        const made = some.map((one) => ({
          id: one.id,
          promisable: one.promisable,
          promised: Math.floor(one.promisable * one.part),
          readyDay: day(one.ready),
          useByDay: day(one.ready + one.life),
        }))
        const ask = need(quantity, left)
        const shares = allocateFefo(made, ask)
        const byId = new Map(made.map((one) => [one.id, one]))
        const serving = made.filter((one) => servesDay(one, ask.day, left) && one.promisable > one.promised)
        const free = serving.reduce((sum, one) => sum + one.promisable - one.promised, 0)
        const total = shares.reduce((sum, share) => sum + share.quantity, 0)
        expect(total).toBe(Math.min(quantity, free))
        expect(new Set(shares.map((share) => share.lotId)).size).toBe(shares.length)
        for (const share of shares) {
          const from = byId.get(share.lotId) as AllocatableLot
          expect(serving).toContain(from)
          expect(share.quantity).toBeGreaterThan(0)
          expect(share.quantity).toBeLessThanOrEqual(from.promisable - from.promised)
        }
        // First expired first out: a lot is left with something only when nothing later was touched.
        for (const one of serving) {
          const taken = shares.find((share) => share.lotId === one.id)?.quantity ?? 0
          if (taken === one.promisable - one.promised) continue
          for (const share of shares)
            expect((byId.get(share.lotId) as AllocatableLot).useByDay <= one.useByDay).toBe(true)
        }
        expect(allocateFefo([...made].reverse(), ask)).toEqual(shares)
      }),
    )
  })
})

describe('promisableOf', () => {
  const numbers = { quantity: 1001, capBp: 7000, onHand: 640 }
  test.each([
    ['planned', 700],
    ['made', 1001],
    ['shipped', 1001],
    ['received', 640],
    ['held', 0],
    ['recalled', 0],
    ['expired', 0],
    ['used_up', 0],
    ['destroyed', 0],
    ['withdrawn', 0],
  ])('%s: %i', (stage, promisable) => {
    expect(promisableOf(stage, numbers)).toBe(promisable)
  })

  test('a planned lot keeps its cap exactly however large', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.nat(10_000), (quantity, capBp) => {
        const promisable = promisableOf('planned', { quantity, capBp, onHand: 0 })
        expect(BigInt(promisable) * 10_000n <= BigInt(quantity) * BigInt(capBp)).toBe(true)
        expect(BigInt(promisable + 1) * 10_000n > BigInt(quantity) * BigInt(capBp)).toBe(true)
      }),
    )
  })
})
