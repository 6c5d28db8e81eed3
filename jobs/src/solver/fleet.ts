import { dropTrip } from './drop.ts'
import type { Search } from './search.ts'
import type { Tables } from './tables.ts'
import type { Tuning } from './tuning.ts'

/**
 * Fleet phase: drops the vehicle whose stops find other places most easily and lets the search bring
 * every stop back without opening another; repeats until the share of the budget is used.
 */
export function fewerVehicles(t: Tables, search: Search, tune: Tuning): void {
  const { plan, insertion } = search
  const started = search.share()
  const until = Math.min(1, started + tune.fleetShare)
  // Stops that no vehicle could take at the start will not stop the saving of vehicles.
  const floor = plan.absentCount > 0 ? plan.missing() : 0
  let goal = floor
  while (search.share() < until) {
    if (plan.missing() <= goal) {
      goal = Math.min(goal, plan.missing())
      const r = search.accept.easiest(plan)
      if (floor > 0 || r < 0) break
      dropTrip(search, r)
      insertion.mayOpen = false
    }
    const arcs = plan.placed + t.trips - plan.slots.length
    for (let i = 0; i < 128 && plan.missing() > goal; i++)
      search.step((tune.hot * plan.routed) / Math.max(1, arcs) / 4)
  }
  insertion.mayOpen = true
  search.join(0)
}
