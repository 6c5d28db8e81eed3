import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from './check.ts'
import type { Problem, RoutePlan } from './model.ts'
import { randomProblem } from './random-problem.ts'
import { readVrptw } from './read-instance.ts'
import { solve } from './solve.ts'

/** Best known routes of C101 (ten vehicles), as published; cost 827.3 with truncated distances. */
const C101 = [
  [5, 3, 7, 8, 10, 11, 9, 6, 4, 2, 1, 75],
  [13, 17, 18, 19, 15, 16, 14, 12],
  [20, 24, 25, 27, 29, 30, 28, 26, 23, 22, 21],
  [32, 33, 31, 35, 37, 38, 39, 36, 34],
  [43, 42, 41, 40, 44, 46, 45, 48, 51, 50, 52, 49, 47],
  [57, 55, 54, 53, 56, 58, 60, 59],
  [67, 65, 63, 62, 74, 72, 61, 64, 68, 66, 69],
  [81, 78, 76, 71, 70, 73, 77, 79, 80],
  [90, 87, 86, 83, 82, 84, 85, 88, 89, 91],
  [98, 96, 95, 94, 92, 93, 97, 100, 99],
]

function c101() {
  const { problem } = readVrptw(readFileSync(new URL('fixtures/C101.txt', import.meta.url), 'utf8'))
  const runs = C101.map((route, v) => {
    let now = 0
    let at = 0
    const visits = route.map((x) => {
      const stop = problem.stops[x - 1]!
      const arrive = now + problem.seconds[at * problem.places + x]!
      const start = Math.max(arrive, stop.windows[0]!.from)
      now = start + stop.serviceSeconds
      at = x
      return { stop: stop.id, arrive, start, leave: now }
    })
    return {
      vehicle: problem.vehicles[v]!.id,
      trips: [{ depart: 0, finish: now + problem.seconds[at * problem.places]!, visits }],
      rests: [],
      cost: 0,
    }
  })
  return { problem, plan: { runs, unserved: [], cost: 8273 } as RoutePlan }
}

test('the published routes of C101 are feasible and cost 827.3', () => {
  const { problem, plan } = c101()
  expect(checkPlan(problem, plan)).toEqual({ feasible: true, faults: [], cost: 8273 })
})

const spoil: [string, (plan: RoutePlan) => void, RegExp][] = [
  ['a stop left out', (p) => p.runs[0]!.trips[0]!.visits.pop(), /appears 0 times/],
  [
    'a stop served twice',
    (p) => p.runs[0]!.trips[0]!.visits.push(p.runs[1]!.trips[0]!.visits[0]!),
    /appears 2 times/,
  ],
  [
    'a start before the window',
    (p) => Object.assign(p.runs[0]!.trips[0]!.visits[1]!, { start: 1, arrive: 1 }),
    /outside every window|too fast/,
  ],
  [
    'a service cut short',
    (p) => Object.assign(p.runs[0]!.trips[0]!.visits[1]!, { leave: p.runs[0]!.trips[0]!.visits[1]!.start }),
    /cut short/,
  ],
  ['the order turned round', (p) => p.runs[0]!.trips[0]!.visits.reverse(), /too fast/],
  [
    'two runs on one trip: too heavy',
    (p) => p.runs[0]!.trips[0]!.visits.push(...p.runs.pop()!.trips[0]!.visits),
    /fit no layout/,
  ],
  ['one vehicle twice', (p) => Object.assign(p.runs[1]!, { vehicle: p.runs[0]!.vehicle }), /runs twice/],
  ['a wrong sum', (p) => Object.assign(p, { cost: 8000 }), /cost is/],
  ['home too late', (p) => Object.assign(p.runs[0]!.trips[0]!, { finish: 1e6 }), /after the shift/],
  [
    'an unserved stop that is served',
    (p) => p.unserved.push({ stop: '5', reason: 'fleet' }),
    /appears 2 times/,
  ],
]
test.each(spoil)('finds %s', (_, change, fault) => {
  const { problem, plan } = c101()
  change(plan)
  expect(checkPlan(problem, plan).faults.join('\n')).toMatch(fault)
})

test('finds a shift longer than allowed and a start before the shift', () => {
  const { problem, plan } = c101()
  const shift = { from: 1, to: 20_000, maxSeconds: 100 }
  const strict = { ...problem, vehicles: problem.vehicles.map((v) => ({ ...v, shift })) }
  expect(checkPlan(strict, plan).faults.join()).toMatch(/before the shift.*shift too long/)
})

/** The thing without some of its optional rules. */
function without<T extends object>(thing: T, keys: (keyof T)[]): T {
  const copy = { ...thing }
  for (const key of keys) delete copy[key]
  return copy
}

test('finds what a plan owes to each rule when the rule is added afterwards', () => {
  const found = new Set<string>()
  for (let seed = 1; seed <= 30; seed++) {
    const strict = randomProblem(seed, 20)
    const loose: Problem = {
      ...without(strict, ['apart', 'together', 'clashes']),
      stops: strict.stops.map((stop) =>
        without(stop, ['needs', 'largestVehicle', 'bans', 'goods', 'onlyVehicle']),
      ),
      vehicles: strict.vehicles.map((v) => ({
        ...without(v, ['rest', 'maxKg', 'maxStops']),
        shift: { from: v.shift.from, to: v.shift.to },
      })),
    }
    const { plan } = solve(loose, { seed, budget: { steps: 300 } })
    expect(checkPlan(loose, plan).faults).toEqual([])
    for (const fault of checkPlan(strict, plan).faults)
      found.add(fault.replace(/^.*?: |\d+|\bs\d+ and s\d+/g, ''))
  }
  const all = [...found].join('\n')
  for (const word of [
    'lacks',
    'too large',
    'banned',
    'rides with',
    'wrong vehicle',
    'without rest',
    'payload',
    'too many stops',
    'must not share',
    'must share',
  ]) {
    expect(all).toContain(word)
  }
})
