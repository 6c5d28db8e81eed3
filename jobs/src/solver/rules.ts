import { carries } from './layouts.ts'
import type { Plan } from './plan.ts'
import type { Tables } from './tables.ts'

/** May vehicle `v` serve stop `x` at all: skills, size, hours, reservation. */
export function mayRide(t: Tables, x: number, v: number): boolean {
  const only = t.only[x]!
  return t.mayServe[t.classOf[v]! * t.n + x] === 1 && (only === -1 || only === v)
}

/** Can stop `x` join trip `r`, times aside: permits, load space, goods, pairs. */
export function fitsTrip(plan: Plan, x: number, r: number): boolean {
  const { t } = plan
  const v = t.vehicleOf[r]!
  if (plan.count[r]! >= t.maxStops[v]! || !mayRide(t, x, v)) return false
  const clash = t.clashMask[x]!
  if (clash !== 0) {
    for (let g = 0; g < t.goodsCount; g++) {
      if ((clash >> g) & 1 && plan.goods[r * t.goodsCount + g]! > 0) return false
    }
  }
  return pairsHold(plan, x, v) && carries(t, v, plan.loads, r * t.dims, x)
}

/** Stops that must stay apart are not on vehicle `v`; partners in the plan are. */
export function pairsHold(plan: Plan, x: number, v: number): boolean {
  const { t, routeOf } = plan
  for (let i = t.apart.first[x]!; i < t.apart.first[x + 1]!; i++) {
    const r = routeOf[t.apart.list[i]!]!
    if (r >= 0 && t.vehicleOf[r] === v) return false
  }
  for (let i = t.together.first[x]!; i < t.together.first[x + 1]!; i++) {
    const r = routeOf[t.together.list[i]!]!
    if (r >= 0 && t.vehicleOf[r] !== v) return false
  }
  return true
}

/** Checks all of vehicle `v`'s trips anew after stops changed hands in bulk. */
export function vehicleHolds(plan: Plan, v: number): boolean {
  const { t, next, count, leave, late, locked } = plan
  for (let r = t.firstTrip[v]!; r < t.firstTrip[v + 1]!; r++) {
    if (count[r] === 0) continue
    if (count[r]! > t.maxStops[v]!) return false
    const start = t.n + 2 * r
    if (leave[start]! > late[start]! || !carries(t, v, plan.loads, r * t.dims, -1)) return false
    for (let x = next[start]!; x !== start + 1; x = next[x]!) {
      if (locked[x]) continue
      if (!mayRide(t, x, v) || !pairsHold(plan, x, v) || clashes(plan, x, r)) return false
    }
  }
  return true
}

function clashes(plan: Plan, x: number, r: number): boolean {
  const { t } = plan
  for (let g = 0; g < t.goodsCount; g++) {
    const own = (t.goodsMask[x]! >> g) & 1
    if ((t.clashMask[x]! >> g) & 1 && plan.goods[r * t.goodsCount + g]! - own > 0) return true
  }
  return false
}
