import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPlan } from './check.ts'
import { load } from './load.ts'
import type { RoutePlan } from './model.ts'
import { loadPartition } from './partition.ts'
import { Plan } from './plan.ts'
import { planRoutes } from './plan-in-workers.ts'
import { randomProblem } from './random-problem.ts'
import { readCvrp, readVrptw } from './read-instance.ts'
import { sampleCity } from './sample-city.ts'
import { Search } from './search.ts'
import { Snapshot } from './snapshot.ts'
import { solve, tripsFrom } from './solve.ts'
import { tablesOf } from './tables.ts'

const instance = (name: string) =>
  readVrptw(readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8'))

describe('search', () => {
  test.each([
    ['C101', 8273, 0.001],
    ['R112', 9486, 0.04],
    ['RC2_2_8', 21512, 0.06],
  ])('%s comes near its best known cost', (name, best, gap) => {
    const { problem } = instance(name)
    expect(tablesOf(problem).plain).toBe(true)
    const { plan } = solve(problem, { seed: 1, budget: { steps: 60_000 } })
    expect(checkPlan(problem, plan)).toMatchObject({ feasible: true, faults: [] })
    expect(plan.unserved).toEqual([])
    expect(plan.cost).toBeGreaterThanOrEqual(best)
    expect(plan.cost / best).toBeLessThan(1 + gap)
  })

  test('plain and general code price the same instance alike', () => {
    const { problem } = instance('R112')
    const ruled = { ...problem, vehicles: problem.vehicles.map((v) => ({ ...v, maxStops: 100 })) }
    expect(tablesOf(ruled).plain).toBe(false)
    const { plan } = solve(ruled, { seed: 2, budget: { steps: 20_000 } })
    expect(checkPlan(ruled, plan).faults).toEqual([])
    expect(plan.cost / 9486).toBeLessThan(1.06)
  })

  test('the same seed gives the same plan, another seed another way', () => {
    for (const problem of [instance('R112').problem, randomProblem(7, 30)]) {
      const runs = [1, 1, 2].map((seed) => solve(problem, { seed, budget: { steps: 3000 } }).plan)
      expect(runs[1]).toEqual(runs[0])
      expect(runs[2]).not.toEqual(runs[0])
    }
  })

  test('random problems under all rules stay feasible at every step kept', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const problem = randomProblem(seed, 25)
      const plans: RoutePlan[] = [1, 40, 400, 2000].map(
        (steps) => solve(problem, { seed, budget: { steps } }).plan,
      )
      for (const plan of plans) expect(checkPlan(problem, plan).faults).toEqual([])
      expect(plans[3]!.cost).toBeLessThanOrEqual(plans[0]!.cost + 1e-6)
    }
  })

  test('an earlier plan is a start that is never lost', () => {
    const problem = sampleCity(150, 3)
    const earlier = solve(problem, { seed: 1, budget: { steps: 4000 } }).plan
    const again = solve(problem, { seed: 2, budget: { steps: 1 }, first: tripsFrom(problem, earlier) }).plan
    expect(again.cost).toBeLessThanOrEqual(earlier.cost)
  })

  test('dear vehicles are saved', () => {
    const city = sampleCity(120, 5)
    const dear = { ...city, vehicles: city.vehicles.map((v) => ({ ...v, fixedCost: 100_000 })) }
    const kg = city.stops.reduce((sum, stop) => sum + stop.loads[0]!.kg, 0)
    const { plan } = solve(dear, { seed: 1, budget: { steps: 30_000 } })
    const cheap = solve(city, { seed: 1, budget: { steps: 30_000 } }).plan
    expect(checkPlan(dear, plan).faults).toEqual([])
    expect(plan.runs.length).toBeLessThanOrEqual(cheap.runs.length)
    expect(plan.runs.length).toBeGreaterThanOrEqual(Math.ceil(kg / 2800))
  })

  test.each(['windows', 'no windows'])(
    'what is kept along the way is what a plan built anew has: %s',
    (kind) => {
      const { problem } = instance('R112')
      const stops = problem.stops.map((stop) => ({ ...stop, windows: [{ from: 0, to: 10_000_000 }] }))
      const vehicles = problem.vehicles.map((v) => ({ ...v, shift: { from: 0, to: 10_000_000 } }))
      const t = tablesOf(kind === 'windows' ? problem : { ...problem, stops, vehicles })
      expect([t.plain, t.timeless]).toEqual([true, kind !== 'windows'])
      const search = new Search(t, { seed: 1, budget: { steps: 4000 } })
      search.construct()
      search.anneal(0, 1, 0.5, 0.05)
      const { plan } = search
      const anew = new Plan(t)
      load(anew, new Snapshot(plan).routes(t))
      expect(plan.absentCount).toBe(0)
      expect(plan.routed).toBe(anew.routed)
      for (const key of ['next', 'prev', 'routeOf', 'arc', 'count', 'loads', 'usedTrips'] as const)
        expect([key, ...plan[key]]).toEqual([key, ...anew[key]])
      for (const key of ['leave', 'late'] as const)
        expect([key, ...plan[key].subarray(0, t.n)]).toEqual([key, ...anew[key].subarray(0, t.n)])
    },
  )

  test('undo restores every number', () => {
    const t = tablesOf(randomProblem(11, 40))
    const search = new Search(t, { seed: 1, budget: { steps: 1 } })
    search.construct()
    const { plan } = search
    // What a stop that is out points at means nothing.
    const planned = (list: ArrayLike<number>) =>
      Array.from(list, (value, x) => (plan.routeOf[x]! < 0 ? null : value))
    const picture = () =>
      JSON.stringify([
        planned(plan.next),
        planned(plan.prev),
        planned(plan.leave),
        planned(plan.late),
        planned(plan.arc),
        [...plan.routeOf],
        [...plan.count],
        [...plan.loads],
        [...plan.goods],
        [...plan.usedTrips],
        [...plan.extra],
        plan.routed,
        plan.placed,
      ])
    let undone = 0
    for (let i = 0; i < 400; i++) {
      const before = picture()
      if (search.step(0.001)) continue
      undone++
      expect(picture()).toBe(before)
    }
    expect(undone).toBeGreaterThan(50)
  })
})

test('set partitioning picks the cheapest exact cover', async () => {
  const partition = await loadPartition()
  const trips = [[0, 1], [2], [0], [1, 2], [0, 1, 2]].map((stops, i) => ({
    stops,
    cost: [5, 5, 2, 6, 9][i]!,
    seen: 1,
  }))
  expect(partition(trips, 3, 3, 5)?.map((trip) => trip.stops)).toEqual([[0], [1, 2]])
  expect(partition(trips, 3, 1, 5)?.map((trip) => trip.stops)).toEqual([[0, 1, 2]])
  expect(partition(trips.slice(0, 1), 3, 3, 5)?.length ?? 0).toBe(1)
})

test('a CVRPLIB file', () => {
  const text = [
    'NAME : tiny',
    'TYPE : CVRP',
    'DIMENSION : 4',
    'EDGE_WEIGHT_TYPE : EUC_2D',
    'CAPACITY : 2',
    'NODE_COORD_SECTION',
    '1 0 0',
    '2 0 10',
    '3 1 10',
    '4 10 0',
    'DEMAND_SECTION',
    '1 0',
    '2 1',
    '3 1',
    '4 1',
    'DEPOT_SECTION',
    ' 1',
    ' -1',
    'EOF',
  ].join('\n')
  const { problem, name } = readCvrp(text)
  const { plan } = solve(problem, { seed: 1, budget: { steps: 500 } })
  expect(name).toBe('tiny')
  expect(checkPlan(problem, plan)).toMatchObject({ feasible: true, cost: 10 + 1 + 10 + 20 })
})

describe('worker threads', () => {
  test('cancelled before it begins, it gives its first plan at once', async () => {
    const problem = sampleCity(60, 3)
    const plan = await planRoutes(problem, { seconds: 600, seed: 1, signal: AbortSignal.abort() })
    expect(checkPlan(problem, plan).faults).toEqual([])
  })

  test('the deadline holds, progress is told, two workers agree on the better plan', async () => {
    const problem = sampleCity(200, 1)
    const told: number[] = []
    const began = performance.now()
    const plan = await planRoutes(problem, {
      seconds: 1,
      seed: 1,
      workers: 2,
      onProgress: ({ share }) => told.push(share),
    })
    expect(performance.now() - began).toBeLessThan(8000)
    expect(told.length).toBeGreaterThan(4)
    expect(plan.unserved).toEqual([])
  })

  test('cancelling ends early with a whole plan', async () => {
    const stop = new AbortController()
    const began = performance.now()
    const plan = await planRoutes(sampleCity(200, 2), {
      seconds: 60,
      seed: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect(performance.now() - began).toBeLessThan(20_000)
    expect(plan.unserved).toEqual([])
    expect(plan.runs.flatMap((run) => run.trips.flatMap((trip) => trip.visits))).toHaveLength(200)
  })
})
