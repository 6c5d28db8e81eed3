import { describe, expect, test } from 'vitest'
import { checkPlan } from './check.ts'
import type { Problem, RoutePlan, Stop, Vehicle } from './model.ts'
import { solve } from './solve.ts'

const HOUR = 3600
const at = (id: string, place: number, more: Partial<Stop> = {}): Stop => ({
  id,
  place,
  loads: [{ zone: 'chilled', kg: 100, m3: 1 }],
  windows: [{ from: 0, to: 10 * HOUR }],
  serviceSeconds: 600,
  ...more,
})
const van = (id: string, more: Partial<Vehicle> = {}): Vehicle => ({
  id,
  start: 0,
  end: 0,
  shift: { from: 0, to: 12 * HOUR },
  fixedCost: 1000,
  layouts: [[{ zones: ['chilled'], kg: 1000, m3: 10 }]],
  ...more,
})

/** Places on a line, one kilometre and two minutes apart; the warehouse is place 0. */
function problem(stops: Stop[], vehicles: Vehicle[], more: Partial<Problem> = {}): Problem {
  const places =
    1 + Math.max(...stops.map((stop) => stop.place), ...vehicles.map((v) => Math.max(v.start, v.end ?? 0)))
  const metres = Int32Array.from(
    { length: places ** 2 },
    (_, i) => 1000 * Math.abs(Math.trunc(i / places) - (i % places)),
  )
  const seconds = metres.map((m) => (m * 120) / 1000)
  return {
    places,
    metres,
    seconds,
    stops,
    vehicles,
    weights: { metre: 0.1, second: 0, unserved: 100_000 },
    ...more,
  }
}

function planFor(given: Problem): RoutePlan {
  const { plan } = solve(given, { seed: 1, budget: { steps: 600 } })
  expect(checkPlan(given, plan).faults).toEqual([])
  return plan
}
const ids = (plan: RoutePlan, vehicle: string) =>
  plan.runs
    .find((run) => run.vehicle === vehicle)
    ?.trips.map((trip) => trip.visits.map((visit) => visit.stop)) ?? []
const reasons = (plan: RoutePlan) =>
  Object.fromEntries(plan.unserved.map(({ stop, reason }) => [stop, reason]))
const three = () => [at('a', 1), at('b', 2), at('c', 3)]

describe('each rule binds, and only when it is there', () => {
  test('without rules one van takes all', () => {
    const plan = planFor(problem(three(), [van('v1'), van('v2')]))
    expect(plan.runs).toHaveLength(1)
    expect(plan.unserved).toEqual([])
  })

  test('weight and volume of a compartment', () => {
    for (const space of [
      { kg: 250, m3: 10 },
      { kg: 1000, m3: 2.5 },
    ]) {
      const layouts = [[{ zones: ['chilled'], ...space }]]
      expect(planFor(problem(three(), [van('v1', { layouts }), van('v2', { layouts })])).runs).toHaveLength(2)
    }
  })

  test('a zone has its own compartment, or a movable wall', () => {
    const frozen = [at('a', 1), at('b', 2, { loads: [{ zone: 'frozen', kg: 400, m3: 1 }] })]
    const fixed = [
      [
        { zones: ['chilled'], kg: 800, m3: 8 },
        { zones: ['frozen'], kg: 200, m3: 2 },
      ],
    ]
    const movable = [
      ...fixed,
      [
        { zones: ['chilled'], kg: 500, m3: 5 },
        { zones: ['frozen'], kg: 500, m3: 5 },
      ],
    ]
    expect(reasons(planFor(problem(frozen, [van('v1')])))).toEqual({ b: 'zone' })
    expect(reasons(planFor(problem(frozen, [van('v1', { layouts: fixed })])))).toEqual({ b: 'capacity' })
    expect(planFor(problem(frozen, [van('v1', { layouts: movable })])).unserved).toEqual([])
  })

  test('payload over all compartments, and stops of a trip', () => {
    expect(planFor(problem(three(), [van('v1', { maxKg: 250 }), van('v2')])).unserved).toEqual([])
    expect(Object.values(reasons(planFor(problem(three(), [van('v1', { maxKg: 250 })]))))).toEqual(['fleet'])
    expect(Object.values(reasons(planFor(problem(three(), [van('v1', { maxStops: 2 })]))))).toEqual(['fleet'])
  })

  test('windows: one, several, none that can be reached', () => {
    const early = { windows: [{ from: 0, to: 400 }] }
    expect(reasons(planFor(problem([at('a', 4, early)], [van('v1')])))).toEqual({ a: 'window' })
    const twice = {
      windows: [
        { from: 0, to: 400 },
        { from: 2 * HOUR, to: 3 * HOUR },
      ],
    }
    const plan = planFor(problem([at('a', 4, twice)], [van('v1')]))
    expect(plan.runs[0]?.trips[0]?.visits[0]?.start).toBe(2 * HOUR)
  })

  test('skills, size, and hours closed to vehicles without a pass', () => {
    expect(reasons(planFor(problem([at('a', 1, { needs: ['tailLift'] })], [van('v1')])))).toEqual({
      a: 'permit',
    })
    expect(
      ids(
        planFor(
          problem([at('a', 1, { needs: ['tailLift'] })], [van('v1'), van('v2', { skills: ['tailLift'] })]),
        ),
        'v2',
      ),
    ).toEqual([['a']])
    const narrow = { largestVehicle: { lengthCm: 600 } }
    expect(reasons(planFor(problem([at('a', 1, narrow)], [van('v1', { size: { lengthCm: 700 } })])))).toEqual(
      { a: 'permit' },
    )
    expect(planFor(problem([at('a', 1, narrow)], [van('v1', { size: { lengthCm: 590 } })])).unserved).toEqual(
      [],
    )
    const banned = {
      windows: [{ from: 0, to: 2 * HOUR }],
      bans: [{ from: 0, to: 2 * HOUR + 1, unlessSkill: 'pass' }],
    }
    expect(reasons(planFor(problem([at('a', 1, banned)], [van('v1')])))).toEqual({ a: 'window' })
    expect(planFor(problem([at('a', 1, banned)], [van('v1', { skills: ['pass'] })])).unserved).toEqual([])
  })

  test('one vehicle only, and the vehicle of the plan before', () => {
    expect(
      ids(
        planFor(problem([at('a', 1, { onlyVehicle: 'v2' })], [van('v1'), van('v2', { fixedCost: 9000 })])),
        'v2',
      ),
    ).toEqual([['a']])
    const moved = problem([at('a', 1, { formerVehicle: 'v2' })], [van('v1'), van('v2', { fixedCost: 1500 })])
    expect(ids(planFor(moved), 'v1')).toEqual([['a']])
    expect(ids(planFor({ ...moved, weights: { ...moved.weights, moved: 600 } }), 'v2')).toEqual([['a']])
  })

  test('shift: latest return, longest duty, overtime', () => {
    const far = [at('a', 20)]
    expect(reasons(planFor(problem(far, [van('v1', { shift: { from: 0, to: HOUR } })])))).toEqual({
      a: 'shift',
    })
    expect(
      reasons(planFor(problem(far, [van('v1', { shift: { from: 0, to: 5 * HOUR, maxSeconds: HOUR } })]))),
    ).toEqual({ a: 'shift' })
    const late = [at('a', 1, { windows: [{ from: 3 * HOUR, to: 4 * HOUR }] })]
    const short = planFor(problem(late, [van('v1', { shift: { from: 0, to: 5 * HOUR, maxSeconds: HOUR } })]))
    expect(short.runs[0]?.trips[0]?.depart).toBeGreaterThan(2 * HOUR)
    const dear = problem(late, [van('v1', { shift: { from: 0, to: 5 * HOUR, overtimeFrom: 2 * HOUR } })])
    const base = planFor(dear).cost
    expect(planFor({ ...dear, weights: { ...dear.weights, overtimeSecond: 1 } }).cost).toBeGreaterThan(
      base + HOUR,
    )
  })

  test('a rest after so much work', () => {
    const far = [at('a', 20, { serviceSeconds: 1200 })]
    expect(planFor(problem(far, [van('v1')])).runs[0]?.rests).toEqual([])
    const rested = planFor(problem(far, [van('v1', { rest: { afterWork: HOUR, seconds: 1200 } })]))
    expect(rested.runs[0]?.rests).toHaveLength(1)
    expect(
      reasons(planFor(problem(far, [van('v1', { rest: { afterWork: 1800, seconds: 1200 } })]))),
    ).not.toEqual({})
  })

  test('goods that clash, stops apart, stops together', () => {
    const goods = [at('a', 1, { goods: ['seafood'] }), at('b', 2, { goods: ['cake'] })]
    const fleet = [van('v1'), van('v2')]
    expect(planFor(problem(goods, fleet)).runs).toHaveLength(1)
    expect(planFor(problem(goods, fleet, { clashes: [['seafood', 'cake']] })).runs).toHaveLength(2)
    expect(planFor(problem(three(), fleet, { apart: [['a', 'b']] })).runs).toHaveLength(2)
    expect(
      reasons(planFor(problem([at('a', 1), at('b', 2)], [van('v1')], { apart: [['a', 'b']] }))),
    ).toSatisfy((r: object) => Object.values(r).join() === 'pair')
    const small = [
      van('v1', { layouts: [[{ zones: ['chilled'], kg: 200, m3: 9 }]] }),
      van('v2', { layouts: [[{ zones: ['chilled'], kg: 200, m3: 9 }]] }),
    ]
    const plan = planFor(problem(three(), small, { together: [['a', 'c']] }))
    const home = plan.runs.find((run) => run.trips[0]?.visits.some((visit) => visit.stop === 'a'))
    expect(home?.trips[0]?.visits.map((visit) => visit.stop).toSorted()).toEqual(['a', 'c'])
  })

  test('a second trip with time to load again', () => {
    const layouts = [[{ zones: ['chilled'], kg: 200, m3: 9 }]]
    expect(Object.values(reasons(planFor(problem(three(), [van('v1', { layouts })]))))).toEqual(['fleet'])
    const plan = planFor(problem(three(), [van('v1', { layouts, trips: 2, reloadSeconds: 1800 })]))
    const [first, second] = plan.runs[0]!.trips
    expect(second!.depart).toBeGreaterThanOrEqual(first!.finish + 1800)
  })

  test('a promise that costs when broken, and priority when not all fit', () => {
    const due = [at('a', 1), at('b', 2), at('c', 3, { promisedBy: 400 })]
    const soft = problem(due, [van('v1')])
    const paid = { ...soft, weights: { ...soft.weights, lateSecond: 5 } }
    expect(ids(planFor(paid), 'v1')[0]?.[0]).toBe('c')
    const layouts = [[{ zones: ['chilled'], kg: 200, m3: 9 }]]
    const ranked = [at('a', 1), at('b', 2, { priority: 1 }), at('c', 9, { priority: 1 })]
    expect(reasons(planFor(problem(ranked, [van('v1', { layouts })])))).toEqual({ a: 'fleet' })
  })

  test('locked stops stay first and in order', () => {
    const locked = planFor(problem(three(), [van('v1', { locked: ['c', 'a'] }), van('v2')]))
    expect(ids(locked, 'v1')[0]?.slice(0, 2)).toEqual(['c', 'a'])
  })

  test('a run may end at its last stop', () => {
    const open = planFor(problem([at('a', 9)], [van('v1', { end: null })]))
    const closed = planFor(problem([at('a', 9)], [van('v1')]))
    expect(closed.cost - open.cost).toBe(900)
  })
})
