import { secondsNow } from './clock.ts'
import { load } from './load.ts'
import type { Problem, RoutePlan } from './model.ts'
import { optimise } from './optimise.ts'
import { inWalkingOrder } from './order.ts'
import { runOf } from './output.ts'
import { reasonFor } from './reasons.ts'
import { Search, type SearchOptions } from './search.ts'
import { tablesOf } from './tables.ts'

/** Solves in this thread and returns the best plan found, with the work it took. */
export function solve(
  asked: Problem,
  options: SearchOptions,
): { plan: RoutePlan; steps: number; seconds: number } {
  const begun = secondsNow(options.budget.clock)
  const problem = inWalkingOrder(asked)
  const t = tablesOf(problem)
  const search = new Search(t, { ...options, begun })
  optimise(t, search, options.tune)
  load(search.plan, search.best.routes(t))
  const { plan } = search
  const runs = Array.from({ length: t.vehicleCount }, (_, v) => runOf(problem, plan, v)).filter(
    (run) => run !== null,
  )
  const unserved = Array.from(plan.absent.subarray(0, plan.absentCount), (x) => ({
    stop: problem.stops[x]!.id,
    reason: reasonFor(plan, x),
  }))
  return {
    plan: { runs, unserved, cost: plan.routed + plan.missing() },
    steps: search.steps,
    seconds: search.seconds(),
  }
}

/** Trips of an earlier plan as a start for `SearchOptions.first`. */
export function tripsFrom(problem: Problem, earlier: RoutePlan): number[][] {
  const t = tablesOf(inWalkingOrder(problem))
  const trips: number[][] = Array.from({ length: t.trips }, () => [])
  for (const run of earlier.runs) {
    const v = problem.vehicles.findIndex((vehicle) => vehicle.id === run.vehicle)
    if (v < 0) continue
    run.trips.slice(0, t.firstTrip[v + 1]! - t.firstTrip[v]!).forEach((trip, k) => {
      trips[t.firstTrip[v]! + k] = trip.visits
        .map((visit) => t.stopAt.get(visit.stop))
        .filter((x) => x !== undefined)
    })
  }
  return trips
}
