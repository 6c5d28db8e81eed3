import { load } from './load.ts'
import type { Plan } from './plan.ts'
import type { Search } from './search.ts'
import { Snapshot } from './snapshot.ts'

/** Trips compared before one is dropped. */
const COMPARED = 3

/**
 * Drops a light trip and gives its stops `steps` ruin-and-recreate steps to find places in the others.
 * Single steps seldom get rid of a trip: all its stops would have to fit elsewhere at once. What comes
 * out is judged like any step; else the plan of before is back.
 */
export function tryWithoutTrip(search: Search, temperature: number, steps: number): void {
  const { plan, insertion } = search
  if (plan.absentCount > 0) return
  const r = lightTrip(search)
  if (r < 0) return
  const before = new Snapshot(plan)
  const limit = search.accept.limit(search.cost, temperature)
  dropTrip(search, r)
  insertion.mayOpen = false
  for (let i = 0; i < steps && plan.absentCount > 0; i++) search.step(temperature)
  insertion.mayOpen = true
  if (plan.absentCount === 0 && search.cost < limit) return
  load(plan, before.routes(plan.t))
  search.settle()
}

/** Takes all stops of trip `r` out. */
export function dropTrip(search: Search, r: number): void {
  const { plan } = search
  plan.begin()
  const start = plan.t.n + 2 * r
  for (let x = plan.next[start]!; x !== start + 1; x = plan.next[start]!) {
    plan.remove(x)
    plan.absent[plan.absentCount++] = x
  }
  plan.settle(start)
  search.settle()
}

/** The one with the fewest goods of some random trips. */
function lightTrip({ plan, random }: Search): number {
  let best = -1
  for (let i = 0; i < COMPARED; i++) {
    const r = plan.routeOf[random.below(plan.t.n)]!
    if (best < 0 || loadOf(plan, r) < loadOf(plan, best)) best = r
  }
  return best
}

function loadOf({ loads, t }: Plan, r: number): number {
  let sum = 0
  for (let d = 0; d < t.dims; d++) sum += loads[r * t.dims + d]!
  return sum
}
