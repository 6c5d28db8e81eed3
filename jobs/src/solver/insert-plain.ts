import { plainLimits } from './layouts.ts'
import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Tables } from './tables.ts'

/** Finds where a stop goes in. `after` holds the node it should follow once `find` has returned. */
export interface Insertion {
  after: number
  /** Whether a trip may be opened for it. */
  mayOpen: boolean
  /** Cheapest extra cost, or `Infinity` when the stop fits nowhere. */
  find(x: number): number
}

/**
 * Plain case: one vehicle kind, one load space, one window a stop. Looks only next to the likely
 * neighbours of the stop and at opening a trip; reads every trip when that finds nothing.
 */
export class PlainInsertion implements Insertion {
  after = -1
  mayOpen = true
  private readonly plan: Plan
  private readonly random: Random
  private readonly before: Near
  private readonly behind: Near
  private readonly limits: Int32Array
  /** Cheapest arcs into and out of each stop: what an insertion costs at least besides the arc known. */
  private readonly leastIn: Int32Array
  private readonly leastOut: Int32Array
  private readonly blinkLog: number
  private blinkIn = 0

  constructor(plan: Plan, random: Random, before: Near, behind: Near, blink: number) {
    this.plan = plan
    this.random = random
    this.before = before
    this.behind = behind
    this.limits = plainLimits(plan.t)
    this.leastIn = leastArcs(plan.t, plan.t.costTo)
    this.leastOut = leastArcs(plan.t, plan.t.cost)
    this.blinkLog = Math.log(1 - blink)
    this.blinkIn = this.nextBlink()
  }

  find(x: number): number {
    const { t, slots } = this.plan
    this.after = -1
    let best = Infinity
    const r = this.mayOpen ? slots.top(0) : -1
    if (r >= 0) {
      const start = t.n + 2 * r
      if (this.fits(x, r) && this.inTime(x, start, start + 1)) {
        best = t.costTo[x * t.m + t.place[start]!]! + t.cost[x * t.m + t.place[start + 1]!]! + t.fixed[0]!
        this.after = start
      }
    }
    best = this.nearby(x, best)
    return this.after < 0 ? this.everywhere(x) : best
  }

  private fits(x: number, r: number): boolean {
    const { loads, t } = this.plan
    const { limits } = this
    if (t.dims === 1) return loads[r]! + t.load[x]! <= limits[0]!
    return (
      loads[2 * r]! + t.load[2 * x]! <= limits[0]! && loads[2 * r + 1]! + t.load[2 * x + 1]! <= limits[1]!
    )
  }

  private inTime(x: number, p: number, z: number): boolean {
    const { t, leave, late } = this.plan
    const arrive = leave[p]! + t.timeTo[x * t.m + t.place[p]!]!
    if (arrive > t.close[x]!) return false
    const start = arrive > t.open[x]! ? arrive : t.open[x]!
    return start + t.service[x]! + t.time[x * t.m + t.place[z]!]! <= late[z]!
  }

  private nearby(x: number, limit: number): number {
    const { t, next, prev, routeOf, leave, late, arc } = this.plan
    const { m, place, cost, costTo, time, timeTo } = t
    const row = x * m
    const open = t.open[x]!
    const close = t.close[x]!
    const service = t.service[x]!
    let best = limit
    let after = this.after
    let blinkIn = this.blinkIn
    const before = this.before.list
    const into = this.before.cost
    const width = this.before.width
    const leastOut = this.leastOut[x]!
    for (let i = x * width, end = i + width; i < end; i++) {
      const p = before[i]!
      if (into[i]! + leastOut - arc[p]! >= best) continue
      const z = place[next[p]!]!
      const delta = into[i]! + cost[row + z]! - arc[p]!
      if (delta >= best || !this.fits(x, routeOf[p]!)) continue
      let start = leave[p]! + timeTo[row + p]!
      if (start > close) continue
      if (start < open) start = open
      if (start + service + time[row + z]! > late[next[p]!]!) continue
      if (--blinkIn < 0) {
        blinkIn = this.nextBlink()
        continue
      }
      best = delta
      after = p
    }
    const behind = this.behind.list
    const out = this.behind.cost
    const leastIn = this.leastIn[x]!
    for (let i = x * width, end = i + width; i < end; i++) {
      const z = behind[i]!
      const p = prev[z]!
      if (leastIn + out[i]! - arc[p]! >= best) continue
      const q = place[p]!
      const delta = costTo[row + q]! + out[i]! - arc[p]!
      if (delta >= best || !this.fits(x, routeOf[p]!)) continue
      let start = leave[p]! + timeTo[row + q]!
      if (start > close) continue
      if (start < open) start = open
      if (start + service + time[row + z]! > late[z]!) continue
      if (--blinkIn < 0) {
        blinkIn = this.nextBlink()
        continue
      }
      best = delta
      after = p
    }
    this.blinkIn = blinkIn
    this.after = after
    return best
  }

  private everywhere(x: number): number {
    const { t, next, leave, arc, count } = this.plan
    const { n, m, place } = t
    let best = Infinity
    for (let r = 0; r < t.trips; r++) {
      if (count[r] === 0 || !this.fits(x, r)) continue
      const start = n + 2 * r
      for (let p = start; p !== start + 1; p = next[p]!) {
        // Later nodes are left later still: nothing further along can be in time.
        if (leave[p]! > t.close[x]!) break
        const z = next[p]!
        const delta = t.costTo[x * m + place[p]!]! + t.cost[x * m + place[z]!]! - arc[p]!
        if (delta < best && this.inTime(x, p, z)) {
          best = delta
          this.after = p
        }
      }
    }
    return best
  }

  private nextBlink(): number {
    return Math.trunc(Math.log(1 - this.random.unit()) / this.blinkLog)
  }
}

/** The least of each row of arcs, leaving out the stop itself. */
function leastArcs(t: Tables, rows: Int32Array): Int32Array {
  return Int32Array.from({ length: t.n }, (_, x) => {
    let least = Infinity
    for (let y = 0; y < t.m; y++) if (y !== x && rows[x * t.m + y]! < least) least = rows[x * t.m + y]!
    return least
  })
}
