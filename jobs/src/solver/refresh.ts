import type { Plan } from './plan.ts'
import { arriveBy, startFrom } from './windows.ts'

/**
 * Renews `leave` forward from node `z` and `late` backward from node `p` (p → z is the changed
 * place), stopping as soon as nothing changes. Only for vehicles with one trip.
 */
export function refreshGap(plan: Plan, p: number, z: number): void {
  const { t, next, prev, leave, late } = plan
  if (t.timeless) return
  const { n, m, time, place, open, close, service, gapAt } = t
  const row = t.classOf[t.vehicleOf[plan.routeOf[p]!]!]! * t.stride
  let a = p
  let b = z
  let moving = true
  while (moving) {
    const arrive = leave[a]! + time[place[a]! * m + place[b]!]!
    let start = arrive
    if (b < n) {
      if (gapAt[row + b]! >= 0) start = startFrom(t, row + b, arrive)
      else if (arrive < open[row + b]!) start = open[row + b]!
    }
    const done = start + service[b]!
    moving = (b === z || done !== leave[b]) && b < n
    leave[b] = done
    a = b
    b = next[b]!
  }
  b = next[z]!
  a = z
  if (z >= n) {
    a = p
    b = z
  }
  moving = true
  while (moving) {
    const start = late[b]! - time[place[a]! * m + place[b]!]! - service[a]!
    let latest = start
    if (a < n) {
      if (gapAt[row + a]! >= 0) latest = arriveBy(t, row + a, start)
      else if (start > close[row + a]!) latest = close[row + a]!
    }
    moving = (a === z || a === p || latest !== late[a]) && a >= 0 && a < n
    late[a] = latest
    b = a
    a = prev[a]!
  }
}

/** Renews the times of all trips of vehicle `v`; a later trip starts when the one before is back. */
export function refreshVehicle(plan: Plan, v: number): void {
  const { t, next, prev, leave, late, count } = plan
  const { n, m, time, place, service, reload } = t
  const row = t.classOf[v]! * t.stride
  const firstTrip = t.firstTrip[v]!
  const lastTrip = t.firstTrip[v + 1]! - 1
  let back = t.shiftFrom[v]!
  let out = false
  for (let r = firstTrip; r <= lastTrip; r++) {
    const start = n + 2 * r
    leave[start] = back + (out ? reload[v]! : 0)
    for (let a = start, b = next[a]!; a !== start + 1; a = b, b = next[b]!) {
      const arrive = leave[a]! + time[place[a]! * m + place[b]!]!
      leave[b] = b < n ? startFrom(t, row + b, arrive) + service[b]! : arrive
      if (b === start + 1) break
    }
    if (count[r]! > 0) {
      back = leave[start + 1]!
      out = true
    }
  }
  let due = t.shiftTo[v]!
  let again = false
  for (let r = lastTrip; r >= firstTrip; r--) {
    const end = n + 2 * r + 1
    late[end] = due - (again ? reload[v]! : 0)
    for (let b = end, a = prev[b]!; ; b = a, a = prev[a]!) {
      const start = late[b]! - time[place[a]! * m + place[b]!]! - service[a]!
      late[a] = a < n ? arriveBy(t, row + a, start) : start
      if (a === end - 1) break
    }
    if (count[r]! > 0) {
      due = late[end - 1]!
      again = true
    }
  }
}
