import type { Plan } from './plan.ts'
import { refreshGap, refreshVehicle } from './refresh.ts'

/**
 * Cost change when stop `y` and all behind it follow `a`, and what followed `a` goes on behind
 * `y`'s former predecessor. Also splits a trip (`a` the start of an empty trip) and joins two.
 */
export function tailsDelta(plan: Plan, a: number, y: number): number {
  const { t, next, prev, arc, count, routeOf } = plan
  const { cost, m, place, n } = t
  const b = prev[y]!
  const z = next[a]!
  const one = routeOf[a]!
  const two = routeOf[y]!
  // A tail without stops brings no arc: `b` may then be the start of a trip that becomes empty.
  const back = b >= n && z >= n ? 0 : cost[place[b]! * m + place[z]!]!
  const delta = cost[place[a]! * m + y]! + back - arc[a]! - arc[b]!
  if (count[one] === 0)
    return delta + (plan.usedTrips[t.vehicleOf[one]!] === 0 ? t.fixed[t.vehicleOf[one]!]! : 0)
  if (b >= n && z >= n && plan.usedTrips[t.vehicleOf[two]!] === 1) return delta - t.fixed[t.vehicleOf[two]!]!
  return delta
}

/** Do both new joints keep the windows? Exact for vehicles with the same shift and class. */
export function tailsInTime(plan: Plan, a: number, y: number): boolean {
  const { t, next, prev, leave, late } = plan
  const { time, m, place, n } = t
  if (leave[a]! + time[place[a]! * m + y]! > late[y]!) return false
  const b = prev[y]!
  const z = next[a]!
  return (b >= n && z >= n) || leave[b]! + time[place[b]! * m + place[z]!]! <= late[z]!
}

/** `swapTails` for plain problems, where `delta` is all that changes in cost and only the tails need be walked. */
export function swapPlainTails(plan: Plan, a: number, y: number, delta: number): void {
  const { next, prev, routeOf, arc, count, t, routed } = plan
  const one = routeOf[a]!
  const two = routeOf[y]!
  const b = prev[y]!
  const z = next[a]!
  const endOne = t.n + 2 * one + 1
  const endTwo = t.n + 2 * two + 1
  const lastOne = prev[endOne]!
  const lastTwo = prev[endTwo]!
  const gained = handOver(plan, y, endTwo, one) - handOver(plan, z, endOne, two)
  if (count[one] === 0) plan.opened(one)
  count[one]! += gained
  count[two]! -= gained
  if (count[two] === 0) plan.closed(two)
  arc[a] = t.cost[t.place[a]! * t.m + y]!
  link(plan, a, y)
  link(plan, lastTwo, endOne)
  const follows = z === endOne ? endTwo : z
  arc[b] = count[two] === 0 ? 0 : t.cost[t.place[b]! * t.m + t.place[follows]!]!
  link(plan, b, follows)
  if (z !== endOne) link(plan, lastOne, endTwo)
  plan.routed = routed + delta
  refreshGap(plan, a, y)
  refreshGap(plan, lastTwo, endOne)
  refreshGap(plan, b, follows)
  refreshGap(plan, prev[endTwo]!, endTwo)
}

/** Gives the stops from `x` up to `end` to trip `r`; returns how many they are. */
function handOver(plan: Plan, x: number, end: number, r: number): number {
  const { next, routeOf } = plan
  let stops = 0
  for (let i = x; i !== end; i = next[i]!) {
    plan.weigh(routeOf[i]!, i, -1)
    plan.weigh(r, i, 1)
    routeOf[i] = r
    stops++
  }
  return stops
}

/** Swaps the tails; loads, times and money follow, but nothing is checked. */
export function swapTails(plan: Plan, a: number, y: number): void {
  const { next, prev, routeOf, t } = plan
  const one = routeOf[a]!
  const two = routeOf[y]!
  plan.journal.touch(plan, one)
  plan.journal.touch(plan, two)
  const b = prev[y]!
  const z = next[a]!
  const endOne = t.n + 2 * one + 1
  const endTwo = t.n + 2 * two + 1
  const lastOne = prev[endOne]!
  const lastTwo = prev[endTwo]!
  empty(plan, one)
  empty(plan, two)
  link(plan, a, y)
  link(plan, lastTwo, endOne)
  if (z === endOne) link(plan, b, endTwo)
  else {
    link(plan, b, z)
    link(plan, lastOne, endTwo)
  }
  refill(plan, one)
  refill(plan, two)
  refreshVehicle(plan, t.vehicleOf[one]!)
  refreshVehicle(plan, t.vehicleOf[two]!)
  plan.retime(t.vehicleOf[one]!)
  plan.retime(t.vehicleOf[two]!)
}

function link(plan: Plan, a: number, b: number): void {
  plan.next[a] = b
  plan.prev[b] = a
}

/** Takes all that trip `r` carries and costs off the books, leaving its chain as it is. */
function empty(plan: Plan, r: number): void {
  const { t, next, arc } = plan
  const start = t.n + 2 * r
  for (let a = start; a !== start + 1; a = next[a]!) {
    plan.routed -= arc[a]!
    if (a !== start) plan.weigh(r, a, -1)
  }
  if (plan.count[r]! > 0) plan.closed(r)
  plan.count[r] = 0
}

/** Puts trip `r` back on the books from its chain. */
function refill(plan: Plan, r: number): void {
  const { t, next, arc, routeOf } = plan
  const start = t.n + 2 * r
  let stops = 0
  for (let a = start; a !== start + 1; a = next[a]!) {
    const b = next[a]!
    arc[a] = b === start + 1 && a === start ? 0 : t.cost[t.place[a]! * t.m + t.place[b]!]!
    plan.routed += arc[a]!
    if (a === start) continue
    stops++
    routeOf[a] = r
    plan.weigh(r, a, 1)
  }
  plan.count[r] = stops
  if (stops > 0) plan.opened(r)
}
