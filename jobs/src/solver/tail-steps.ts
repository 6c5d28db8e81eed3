import { plainLimits } from './layouts.ts'
import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { vehicleHolds } from './rules.ts'
import { swapPlainTails, swapTails, tailsDelta, tailsInTime } from './tails.ts'

/** Draws of -ln(u) made ahead, because a logarithm costs as much as the rest of a try. */
const DRAWS = 4096

/**
 * Random tail swaps between neighbouring trips, accepted by the same rule as the search. They do
 * what short strings cannot: exchange half a long trip, join two trips, split one.
 */
export class TailSteps {
  private readonly plan: Plan
  private readonly random: Random
  private readonly behind: Near
  private readonly limits: Int32Array
  private readonly draws: Float64Array
  /** Nothing but arcs costs money. */
  private readonly arcsOnly: boolean
  private readonly spread: number

  constructor(plan: Plan, random: Random, behind: Near, spread: number) {
    this.plan = plan
    this.random = random
    this.behind = behind
    this.spread = Math.min(spread, behind.width)
    const t = plan.t
    this.limits = plainLimits(t)
    this.arcsOnly = t.plain && t.fixed.every((cost) => cost === 0)
    this.draws = Float64Array.from({ length: DRAWS }, (_, i) => -Math.log((i + 0.5) / DRAWS))
  }

  /** Tries `times` random swaps at `temperature`; returns the cost change of those made. */
  run(times: number, temperature: number): number {
    const { plan, random, behind, spread } = this
    const { routeOf, prev, arc, t } = plan
    let gain = 0
    let x = random.below(t.n)
    for (let i = 0; i < times; i++) {
      // Neighbours one after the other: their rows are still in the cache.
      if (++x === t.n) x = 0
      const bits = random.bits()
      const pick = ((bits & 0xffff) * (spread + 2)) >>> 16
      let a = x
      let y = x
      if (pick < spread) y = behind.list[x * behind.width + pick]!
      else if (prev[x]! < t.n) a = this.emptyTrip(x)
      if (routeOf[x]! < 0 || routeOf[y]! < 0 || routeOf[a] === routeOf[y]) continue
      const limit = temperature * this.draws[(bits >>> 16) & (DRAWS - 1)]!
      // The one new arc may already cost more than is accepted.
      const into = pick < spread ? behind.cost[x * behind.width + pick]! : t.costTo[y * t.m + t.place[a]!]!
      const saving = this.arcsOnly ? 0 : this.otherSaving(a, y)
      if (into - arc[a]! - arc[prev[y]!]! - saving >= limit) continue
      const delta = tailsDelta(plan, a, y)
      if (delta - saving >= limit) continue
      if (!tailsInTime(plan, a, y)) continue
      if (!t.plain) gain += this.underRules(a, y, limit)
      else if (this.holds(a, y)) {
        swapPlainTails(plan, a, y, delta)
        gain += delta
      }
    }
    return gain
  }

  /** Start of some empty trip, or `x` itself when there is none. */
  private emptyTrip(x: number): number {
    const { slots, t } = this.plan
    const r = slots.top(slots.kinds === 1 ? 0 : this.random.below(slots.kinds))
    return r < 0 ? x : t.n + 2 * r
  }

  /** What a swap may save besides arcs: idling, and a vehicle when two trips become one. */
  private otherSaving(a: number, y: number): number {
    const { t, routeOf, relief, prev, next } = this.plan
    const other = t.vehicleOf[routeOf[y]!]!
    const joined = prev[y]! >= t.n && next[a]! >= t.n ? t.fixed[other]! : 0
    return joined + relief[other]! + relief[t.vehicleOf[routeOf[a]!]!]!
  }

  /** Swaps, checks everything, and takes it back when a rule or the price says no. */
  private underRules(a: number, y: number, limit: number): number {
    const { plan } = this
    if (plan.locked[y] || plan.locked[plan.next[a]!]) return 0
    const { vehicleOf } = plan.t
    const one = vehicleOf[plan.routeOf[a]!]!
    const two = vehicleOf[plan.routeOf[y]!]!
    const before = plan.routed
    plan.begin()
    swapTails(plan, a, y)
    const delta = plan.routed - before
    if (!plan.broken && delta < limit && vehicleHolds(plan, one) && vehicleHolds(plan, two)) return delta
    plan.undo()
    return 0
  }

  private holds(a: number, y: number): boolean {
    const { loads, routeOf, t } = this.plan
    for (let d = 0; d < t.dims; d++) {
      const headOne = this.loadTo(a, d)
      const headTwo = this.loadTo(this.plan.prev[y]!, d)
      const tailOne = loads[routeOf[a]! * t.dims + d]! - headOne
      const tailTwo = loads[routeOf[y]! * t.dims + d]! - headTwo
      if (headOne + tailTwo > this.limits[d]! || headTwo + tailOne > this.limits[d]!) return false
    }
    return true
  }

  private loadTo(a: number, d: number): number {
    const { t, prev } = this.plan
    let sum = 0
    for (let x = a; x < t.n; x = prev[x]!) sum += t.load[x * t.dims + d]!
    return sum
  }
}
