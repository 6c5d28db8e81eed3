import { expect, test } from 'vitest'
import { evidenceOf, excursionsOf, isOut, type Reading, stateOf, thinned, together } from './rules.ts'

const limits = { warnAbove: 100, warnMinutes: 30, rejectAbove: 120, warnBelow: -10 }
const minute = 60_000
const at = (list: [number, number][]): Reading[] => list.map(([m, deciC]) => ({ at: m * minute, deciC }))

/** Small numbers that repeat. */
function dice(seed: number) {
  let state = seed
  return (n: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * n)
  }
}

test('a limit itself is within; one reading above rejection is an alarm at once; short warmth is none', () => {
  expect(
    excursionsOf(
      at([
        [0, 100],
        [60, 100],
      ]),
      limits,
    ),
  ).toEqual([])
  expect(
    excursionsOf(
      at([
        [0, 101],
        [29, 101],
        [31, 50],
      ]),
      limits,
    ),
  ).toEqual([])
  expect(
    excursionsOf(
      at([
        [0, 121],
        [5, 50],
      ]),
      limits,
    ),
  ).toMatchObject([{ kind: 'reject', from: 0, to: 0, worst: 121 }])
  expect(
    excursionsOf(
      at([
        [0, 110],
        [30, 115],
        [35, 50],
      ]),
      limits,
    ),
  ).toEqual([{ kind: 'warm', from: 0, to: 30 * minute, limit: 100, worst: 115 }])
  expect(
    excursionsOf(
      at([
        [0, -11],
        [30, -20],
      ]),
      limits,
    ),
  ).toMatchObject([{ kind: 'cold', worst: -20 }])
  expect(excursionsOf(at([[0, 500]]), { ...limits, rejectAbove: null })).toEqual([])
})

/** Minute by minute: the last reading not older than three intervals speaks for it. */
function plainMinutesOut(readings: Reading[], from: number, to: number, everyMinutes: number): number {
  let out = 0
  for (let m = from; m < to; m += minute) {
    const last = readings.filter((one) => one.at <= m && one.at >= from).at(-1)
    if (last && m - last.at < 3 * everyMinutes * minute && isOut(last.deciC, limits)) out += 1
  }
  return out
}

test('minutes out of range equal a slow plain reckoning', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const roll = dice(seed)
    const everyMinutes = 1 + roll(10)
    const times = new Set(Array.from({ length: 1 + roll(40) }, () => roll(300)))
    const readings = at([...times].toSorted((a, b) => a - b).map((m) => [m, roll(200) - 50]))
    const from = roll(150) * minute
    const to = from + roll(200) * minute
    const within = readings.filter((one) => one.at >= from && one.at <= to)
    const proof = evidenceOf(readings, { from, to, everyMinutes, limits })
    if (within.length === 0) expect(proof).toBeNull()
    else {
      expect(proof?.minutesOut, `seed ${seed}`).toBe(plainMinutesOut(readings, from, to, everyMinutes))
      expect(proof?.lowest).toBe(Math.min(...within.map((one) => one.deciC)))
      expect(proof?.readings).toBe(within.length)
    }
  }
})

test('every stretch found is out from end to end, as long as asked, and none is missed', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed)
    const readings = at(Array.from({ length: 60 }, (_, i): [number, number] => [i * 5, 80 + roll(45)]))
    const found = excursionsOf(readings, { ...limits, rejectAbove: null, warnBelow: null })
    for (const one of found) {
      const inside = readings.filter((r) => r.at >= one.from && r.at <= one.to)
      expect(inside.every((r) => r.deciC > 100)).toBe(true)
      expect(one.to - one.from).toBeGreaterThanOrEqual(30 * minute)
    }
    for (let i = 0; i + 6 < readings.length; i += 1) {
      const seven = readings.slice(i, i + 7)
      if (!seven.every((r) => r.deciC > 100)) continue
      const first = seven[0] as Reading
      expect(found.some((one) => one.from <= first.at && one.to >= first.at + 30 * minute)).toBe(true)
    }
  }
})

test('thinning keeps the extremes and the order', () => {
  const roll = dice(7)
  const readings = at(Array.from({ length: 5000 }, (_, i): [number, number] => [i, roll(400) - 200]))
  const few = thinned(readings, 600)
  expect(few.length).toBeLessThanOrEqual(602)
  const degrees = (list: readonly Reading[]) => list.map((one) => one.deciC)
  expect(Math.max(...degrees(few))).toBe(Math.max(...degrees(readings)))
  expect(Math.min(...degrees(few))).toBe(Math.min(...degrees(readings)))
  expect(few).toEqual(few.toSorted((a, b) => a.at - b.at))
})

test('probes of a zone are told as one, and a device tells how it is', () => {
  expect(together([])).toBeNull()
  const one = { lowest: 10, highest: 50, mean: 30, readings: 3, minutesOut: 0 }
  expect(together([one, { lowest: 0, highest: 120, mean: 60, readings: 1, minutesOut: 7 }])).toEqual({
    lowest: 0,
    highest: 120,
    mean: 38,
    readings: 4,
    minutesOut: 7,
  })
  const device = { revoked: false, lastAt: 0, lastDeciC: 50, everyMinutes: 5 }
  const state = (over: object, now = minute) => stateOf({ ...device, ...over }, limits, now)
  expect(state({})).toBe('fine')
  expect(state({ lastDeciC: 101 })).toBe('warm')
  expect(state({ lastDeciC: -11 })).toBe('cold')
  expect(state({}, 16 * minute)).toBe('silent')
  expect(state({ lastAt: null })).toBe('none')
  expect(state({ revoked: true })).toBe('off')
})
