import { describe, expect, test } from 'vitest'
import { checkRun } from './check-run.ts'
import { PlainInsertion } from './insert-plain.ts'
import { RulesInsertion } from './insert-rules.ts'
import type { Problem } from './model.ts'
import { likelyAfter, likelyBefore } from './near.ts'
import { optimise } from './optimise.ts'
import { runOf } from './output.ts'
import type { Plan } from './plan.ts'
import { Random } from './random.ts'
import { randomProblem } from './random-problem.ts'
import { sampleCity } from './sample-city.ts'
import { Search } from './search.ts'
import { slowRun } from './slow-run.ts'
import { tablesOf } from './tables.ts'

/** Cost of vehicle `v`'s run with `x` put after `p`, or `Infinity`, by plain means only. */
function slowCost(problem: Problem, plan: Plan, v: number, x: number, p: number): number {
  const { t } = plan
  const vehicle = problem.vehicles[v]!
  const trips: number[][] = []
  for (let r = t.firstTrip[v]!; r < t.firstTrip[v + 1]!; r++) {
    const trip: number[] = []
    const end = t.n + 2 * r + 1
    for (let a = end - 1; a !== end; a = plan.next[a]!) {
      if (a < t.n) trip.push(a)
      if (a === p) trip.push(x)
    }
    if (trip.length > 0) trips.push(trip)
  }
  if (trips.length === 0) return 0
  const run = slowRun(
    problem,
    vehicle,
    trips.map((trip) => trip.map((a) => problem.stops[a]!)),
  )
  if (!run) return Infinity
  const faults: string[] = []
  const cost = checkRun(problem, vehicle, run, (text) => faults.push(text))
  const aboard = new Set(trips.flat().map((a) => problem.stops[a]!.id))
  const where = (id: string) => (aboard.has(id) ? v : t.vehicleOf[plan.routeOf[t.stopAt.get(id)!]!])
  for (const [a, b] of problem.apart ?? []) if (aboard.has(a) && aboard.has(b)) faults.push('apart')
  for (const [a, b] of problem.together ?? []) {
    if (
      (aboard.has(a) || aboard.has(b)) &&
      where(a) !== undefined &&
      where(b) !== undefined &&
      where(a) !== where(b)
    )
      faults.push('together')
  }
  return faults.length > 0 ? Infinity : cost
}

describe('insertion price against the slow plain one', () => {
  test.each(Array.from({ length: 40 }, (_, i) => i + 1))(
    'random problem %i: every stop at every place',
    (seed) => {
      const problem = randomProblem(seed)
      const t = tablesOf(problem)
      const search = new Search(t, { seed, budget: { steps: 200 } })
      optimise(t, search)
      const { plan } = search
      const random = new Random(seed)
      const insertion = new RulesInsertion(plan, random, likelyBefore(t, 5), likelyAfter(t, 5), 0.01)
      for (let out = 0; out < 4; out++) {
        const x = random.below(t.n)
        if (plan.routeOf[x]! < 0) continue
        const from = plan.prev[x]!
        plan.begin()
        plan.remove(x)
        plan.settle(from)
        plan.absent[plan.absentCount++] = x
      }
      expect(t.plain).toBe(false)
      for (let i = 0; i < plan.absentCount; i++) {
        const x = plan.absent[i]!
        for (let p = 0; p < t.size; p++) {
          const r = plan.routeOf[p]!
          if (r < 0 || (p >= t.n && (p - t.n) % 2 === 1)) continue
          const v = t.vehicleOf[r]!
          const price = insertion.priceAt(x, p)
          const slow = slowCost(problem, plan, v, x, p) - slowCost(problem, plan, v, -1, -1)
          expect(price, `stop ${x} after ${p} on ${v}`).toBeCloseTo(slow, 4)
        }
      }
    },
  )

  test('the fast kernel finds the cheapest place that the slow code knows', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const city = sampleCity(16, seed)
      const roomy = seed % 2 === 0 ? 2 : 0.3
      // Every other time the van is full by volume first, else by weight.
      const layouts = [[{ zones: ['chilled'], kg: 700, m3: roomy * 2.8 }]]
      const problem = { ...city, vehicles: city.vehicles.map((v) => ({ ...v, layouts })) }
      const t = tablesOf(problem)
      expect(t.plain).toBe(true)
      const search = new Search(t, { seed, budget: { steps: 100 } })
      optimise(t, search)
      const { plan } = search
      const near = [likelyBefore(t, t.n), likelyAfter(t, t.n)] as const
      const insertion = new PlainInsertion(plan, new Random(seed), ...near, 1e-12)
      for (let x = 0; x < t.n; x++) {
        if (plan.routeOf[x]! < 0) continue
        plan.begin()
        const from = plan.prev[x]!
        plan.remove(x)
        plan.settle(from)
        const now = Array.from({ length: t.vehicleCount }, (_, v) => slowCost(problem, plan, v, -1, -1))
        let best = Infinity
        for (let p = 0; p < t.size; p++) {
          const r = plan.routeOf[p]!
          if (r < 0 || (p >= t.n && (p - t.n) % 2 === 1)) continue
          const v = t.vehicleOf[r]!
          best = Math.min(best, slowCost(problem, plan, v, x, p) - now[v]!)
        }
        expect(insertion.find(x), `stop ${x} of city ${seed}`).toBeCloseTo(best, 4)
        plan.undo()
      }
    }
  })

  test('a run told in clock times is what the slow timing says', () => {
    for (let seed = 100; seed < 115; seed++) {
      const problem = randomProblem(seed)
      const t = tablesOf(problem)
      const search = new Search(t, { seed, budget: { steps: 300 } })
      optimise(t, search)
      for (let v = 0; v < t.vehicleCount; v++) {
        const run = runOf(problem, search.plan, v)
        if (!run) continue
        const trips = run.trips.map((trip) =>
          trip.visits.map((visit) => problem.stops[t.stopAt.get(visit.stop)!]!),
        )
        expect({ ...run, cost: 0 }).toEqual(slowRun(problem, problem.vehicles[v]!, trips))
      }
    }
  })
})
