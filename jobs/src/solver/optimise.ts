import { fewerVehicles } from './fleet.ts'
import type { Search } from './search.ts'
import type { Tables } from './tables.ts'
import { type Tuning, tuningFor } from './tuning.ts'

/** The whole course of a search: first plan, fewer vehicles if they cost money, then cheaper trips. */
export function optimise(t: Tables, search: Search, given: Partial<Tuning> = {}): void {
  const tune = tuningFor(t, given)
  search.construct()
  if (t.n < 2 || t.trips === 0) return
  if (search.plan.absentCount > 0 || vehiclesAreDear(t, search)) fewerVehicles(t, search, tune)
  const from = search.share()
  const first = from + (1 - from) * (tune.cycles > 1 ? tune.firstShare : 1)
  const rest = (1 - first) / Math.max(1, tune.cycles - 1)
  const joining = search.mayJoin() ? tune.partitionShare : 0
  for (let c = 0; c < tune.cycles; c++) {
    const to = first + rest * c
    const begin = c === 0 ? from : to - rest
    search.anneal(begin, to - joining * (to - begin), c === 0 ? tune.hot : tune.reheat, tune.cold)
    search.join(joining * (to - begin))
  }
}

/** Does a vehicle cost so much that saving one beats any better order of stops? */
function vehiclesAreDear(t: Tables, search: Search): boolean {
  const { plan } = search
  const arcs = plan.placed + t.trips - plan.slots.length
  return Math.max(0, ...t.fixed) > (DEAR * plan.routed) / Math.max(1, arcs)
}

/** A vehicle is dear when it costs this many mean arcs. */
const DEAR = 2
