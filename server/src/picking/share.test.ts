import { codesIn, scanNames } from '@huming/shared/identifiers/scan-codes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixLots, shareShort, whyShort } from './share.ts'

const line = (lineId: string, need: number, allOrNothing = false) => ({ lineId, need, allOrNothing })
const lot = (id: string, free: number, useByDay = '2026-12-20', over: object = {}) => ({
  id,
  promisable: free,
  promised: 0,
  readyDay: '2026-11-25',
  useByDay,
  ...over,
})
const pack = { unit: 10, minRemainingDays: 1 }
const day = '2026-11-26'
const quantities = (granted: { quantity: number }[]) => granted.map((g) => g.quantity)

test('enough for all: first expired first, lots that cannot serve the day left alone', () => {
  const lots = [
    lot('b', 50, '2026-12-20'),
    lot('a', 30, '2026-12-01'),
    lot('old', 90, '2026-11-26'),
    lot('new', 90, '2026-12-02', { readyDay: '2026-11-27' }),
  ]
  const { granted, promises } = fixLots([line('1', 20), line('2', 40)], lots, pack, day)
  expect(quantities(granted)).toEqual([20, 40])
  expect(promises).toEqual([
    { lineId: '1', lotId: 'a', quantity: 20 },
    { lineId: '2', lotId: 'a', quantity: 10 },
    { lineId: '2', lotId: 'b', quantity: 30 },
  ])
})

test('a broken unit at the end of a lot serves nobody', () => {
  const { granted } = fixLots([line('1', 30)], [lot('a', 15), lot('b', 15)], pack, day)
  expect(quantities(granted)).toEqual([20])
})

test('what is short is shared in proportion, in whole units', () => {
  expect(quantities(shareShort([line('1', 60), line('2', 30), line('3', 30)], 60, 10))).toEqual([30, 20, 10])
  expect(quantities(shareShort([line('1', 10), line('2', 10), line('3', 10)], 20, 10))).toEqual([10, 10, 0])
})

test('all or nothing: a line that would be broken falls, the others gain, and it may come back', () => {
  expect(quantities(shareShort([line('1', 60, true), line('2', 60)], 60, 10))).toEqual([0, 60])
  expect(quantities(shareShort([line('1', 60, true), line('2', 60, true)], 60, 10))).toEqual([60, 0])
  expect(quantities(shareShort([line('1', 90, true), line('2', 30)], 60, 10))).toEqual([0, 30])
})

test('property: never more than supply or need, whole lines stay whole, nothing is left lying while lines want it', () => {
  const someLines = fc.array(fc.record({ need: fc.integer({ min: 1, max: 40 }), all: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  const someLots = fc.array(
    fc.record({ free: fc.integer({ min: 0, max: 200 }), day: fc.integer({ min: 10, max: 28 }) }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(someLines, someLots, fc.constantFrom(1, 5, 10), (wants, haves, unit) => {
      const lines = wants.map((w, i) => line(String(i), w.need * unit, w.all))
      const lots = haves.map((h, i) => lot(String(i), h.free, `2026-12-${h.day}`))
      const { granted, promises } = fixLots(lines, lots, { unit, minRemainingDays: 1 }, day)
      const supply = lots.reduce((s, l) => s + Math.floor(l.promisable / unit) * unit, 0)
      const given = granted.reduce((s, g) => s + g.quantity, 0)
      expect(given).toBeLessThanOrEqual(supply)
      granted.forEach((g, i) => {
        const want = lines[i] as (typeof lines)[number]
        expect(g.quantity % unit).toBe(0)
        expect(g.quantity).toBeLessThanOrEqual(want.need)
        if (want.allOrNothing) expect([0, want.need]).toContain(g.quantity)
        const mine = promises.filter((p) => p.lineId === g.lineId).reduce((s, p) => s + p.quantity, 0)
        expect(mine).toBe(g.quantity)
      })
      for (const l of lots) {
        const out = promises.filter((p) => p.lotId === l.id).reduce((s, p) => s + p.quantity, 0)
        expect(out).toBeLessThanOrEqual(l.promisable)
      }
      if (lines.every((l) => !l.allOrNothing))
        expect(given).toBe(
          Math.min(
            supply,
            lines.reduce((s, l) => s + l.need, 0),
          ),
        )
    }),
  )
})

test('the reason of a shortage is told by the lots that exist', () => {
  const known = (stage: string, over: object = {}) => ({
    stage,
    readyDay: '2026-11-25',
    useByDay: '2026-12-20',
    quantity: 10,
    onHand: 0,
    ...over,
  })
  const why = (...lots: ReturnType<typeof known>[]) => whyShort(lots, day, '2026-11-27')
  expect(why()).toBe('supply_short')
  expect(why(known('received', { onHand: 5 }))).toBe('supply_short')
  expect(why(known('shipped', { readyDay: '2026-11-28' }))).toBe('late_supply')
  expect(why(known('made'))).toBe('late_supply')
  expect(why(known('planned', { readyDay: '2026-12-01' }))).toBe('supply_short')
  expect(why(known('held'))).toBe('held')
  expect(why(known('received', { onHand: 5, useByDay: '2026-11-26' }))).toBe('expired')
  expect(why(known('expired', { onHand: 5 }))).toBe('expired')
})

test('a scan is read bare, with a scanner prefix, in full width, or as a trace address', () => {
  expect(scanNames('JL-1125-A', 'JL-1125-A')).toBe(true)
  expect(scanNames(']C1jl-1125-a', 'JL-1125-A')).toBe(true)
  expect(scanNames('ＪＬ－１１２５－Ａ', 'JL-1125-A')).toBe(true)
  expect(scanNames('https://huming.example/trace/JL-1125-A?x=1', 'JL-1125-A')).toBe(true)
  expect(scanNames('JL-1125-AB', 'JL-1125-A')).toBe(false)
  expect(scanNames('', 'JL-1125-A')).toBe(false)
  expect(codesIn('a'.repeat(5000)).length).toBe(1)
})
