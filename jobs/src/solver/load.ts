import type { Plan } from './plan.ts'
import { vehicleHolds } from './rules.ts'

/** Makes the given trips (stop numbers by slot) the plan; they are known to be feasible. */
export function load(plan: Plan, trips: number[][]): void {
  const { t } = plan
  clear(plan)
  trips.forEach((trip, r) => {
    trip.forEach((x, i) => plan.insert(x, i === 0 ? t.n + 2 * r : trip[i - 1]!))
  })
  collectAbsent(plan)
}

/**
 * Starts a plan from locked prefixes and from trips of an earlier plan. Locked stops stand whatever
 * the rules say; of the rest only what is still feasible is taken, stop by stop.
 */
export function loadFirst(plan: Plan, first: number[][]): void {
  const { t } = plan
  clear(plan)
  t.locks.forEach((stops, v) => {
    let p = t.n + 2 * t.firstTrip[v]!
    for (const x of stops) {
      plan.insert(x, p)
      plan.locked[x] = 1
      p = x
    }
  })
  plan.broken = false
  first.forEach((trip, r) => {
    for (const x of trip) {
      if (plan.routeOf[x]! >= 0 || r >= t.trips) continue
      // What `undo` isolates is what was out before: of the list only this stop changes.
      plan.absent[0] = x
      plan.absentCount = 1
      plan.begin()
      plan.insert(x, plan.prev[t.n + 2 * r + 1]!)
      if (plan.broken || !vehicleHolds(plan, t.vehicleOf[r]!)) plan.undo()
    }
  })
  collectAbsent(plan)
}

function clear(plan: Plan): void {
  plan.begin()
  for (let x = 0; x < plan.t.n; x++) {
    if (plan.routeOf[x]! < 0) continue
    const p = plan.prev[x]!
    plan.remove(x)
    plan.settle(p)
  }
  plan.broken = false
}

function collectAbsent(plan: Plan): void {
  plan.absentCount = 0
  for (let x = 0; x < plan.t.n; x++) if (plan.routeOf[x]! < 0) plan.absent[plan.absentCount++] = x
}
