import { expect, test } from 'vitest'
import { checkPlan } from './check.ts'
import type { Problem, Stop } from './model.ts'
import { solve } from './solve.ts'

const HOUR = 3600
const door = (id: string, place: number, from: number): Stop => ({
  id,
  place,
  loads: [{ zone: 'chilled', kg: 100, m3: 1 }],
  windows: [{ from, to: from + 600 }],
  serviceSeconds: 600,
})

/** Doors on a line, two minutes apart. The shift begins long before the first one opens. */
function day(first: number, last: number): Problem {
  const metres = Int32Array.from({ length: 9 }, (_, i) => 1000 * Math.abs(Math.trunc(i / 3) - (i % 3)))
  return {
    places: 3,
    metres,
    seconds: metres.map((m) => (m * 120) / 1000),
    stops: [door('early', 1, first), door('late', 2, last)],
    vehicles: [
      {
        id: 'van',
        start: 0,
        end: 0,
        shift: { from: 0, to: 13 * HOUR, maxSeconds: 9 * HOUR },
        rest: { afterWork: 4 * HOUR, seconds: 1200 },
        fixedCost: 1000,
        layouts: [[{ zones: ['chilled'], kg: 1000, m3: 10 }]],
      },
    ],
    weights: { metre: 0.1, second: 0, unserved: 100_000 },
  }
}
const plannedFor = (problem: Problem) => {
  const { plan } = solve(problem, { seed: 1, budget: { steps: 300 } })
  expect(checkPlan(problem, plan).faults).toEqual([])
  return plan
}

test('a long wait at the first door is cut to a rest by leaving later, so nine hours reach further', () => {
  const plan = plannedFor(day(3 * HOUR, 11 * HOUR))
  expect(plan.unserved).toEqual([])
  const [trip] = plan.runs[0]?.trips ?? []
  expect(trip?.visits.map((visit) => visit.stop)).toEqual(['early', 'late'])
  // Two minutes of driving and the rest of twenty before the door opens at three.
  expect(trip?.depart).toBe(3 * HOUR - 120 - 1200)
})

test('what lies beyond nine hours all the same is left out', () => {
  expect(plannedFor(day(3 * HOUR, 12 * HOUR)).unserved).toHaveLength(1)
})
