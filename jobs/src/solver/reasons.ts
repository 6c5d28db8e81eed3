import { carries } from './layouts.ts'
import type { Reason } from './model.ts'
import type { Plan } from './plan.ts'
import { mayRide, pairsHold } from './rules.ts'
import { NEVER } from './tables.ts'
import { startFrom } from './windows.ts'

/** Why stop `x` stayed out, the hardest reason first: what would have to change to serve it. */
export function reasonFor(plan: Plan, x: number): Reason {
  const { t } = plan
  const all = Array.from({ length: t.vehicleCount }, (_, v) => v)
  const opens = all.filter((v) => t.only[x] === -1 || t.only[x] === v)
  if (opens.length > 0 && opens.every((v) => t.close[t.classOf[v]! * t.stride + x]! < 0)) return 'window'
  const allowed = opens.filter((v) => mayRide(t, x, v))
  if (allowed.length === 0) return 'permit'
  const zoned = allowed.filter((v) => hasZones(plan, x, v))
  if (zoned.length === 0) return 'zone'
  const empty = new Int32Array(t.dims)
  const holding = zoned.filter((v) => carries(t, v, empty, 0, x))
  if (holding.length === 0) return 'capacity'
  const timely = holding.filter((v) => reach(plan, x, v) < NEVER)
  if (timely.length === 0) return 'window'
  const backInTime = timely.filter((v) => withinShift(plan, x, v))
  if (backInTime.length === 0) return 'shift'
  return backInTime.some((v) => pairsHold(plan, x, v)) ? 'fleet' : 'pair'
}

function hasZones(plan: Plan, x: number, v: number): boolean {
  const { t } = plan
  for (let row = t.boxFirst[v]!; row < t.boxFirst[v + 1]!; row++) {
    let all = true
    for (let z = 0; z < t.zoneCount; z++) {
      const asks = t.load[x * t.dims + z]! > 0 || (t.dims > 1 && t.load[x * t.dims + t.zoneCount + z]! > 0)
      if (asks && t.boxOf[row * t.zoneCount + z]! < 0) all = false
    }
    if (all) return true
  }
  return false
}

/** Start of service when the vehicle drives there first. */
function reach(plan: Plan, x: number, v: number): number {
  const { t } = plan
  const start = t.n + 2 * t.firstTrip[v]!
  return startFrom(t, t.classOf[v]! * t.stride + x, t.shiftFrom[v]! + t.timeTo[x * t.m + t.place[start]!]!)
}

function withinShift(plan: Plan, x: number, v: number): boolean {
  const { t } = plan
  const start = t.n + 2 * t.firstTrip[v]!
  const out = t.timeTo[x * t.m + t.place[start]!]!
  const home = t.time[x * t.m + t.place[start + 1]!]!
  const effort = out + t.service[x]! + home
  const rests = t.restAfter[v]! < NEVER ? Math.max(0, Math.ceil(effort / t.restAfter[v]!) - 1) : 0
  const finish = reach(plan, x, v) + t.service[x]! + home + rests * t.restSeconds[v]!
  return finish <= t.shiftTo[v]! && effort + rests * t.restSeconds[v]! <= t.maxSeconds[v]!
}
