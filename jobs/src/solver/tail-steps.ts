import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { vehicleHolds } from './rules.ts'
import { swapTails, tailsDelta, tailsInTime } from './tails.ts'

/** Temperatures above which a rise in cost is as good as never accepted (e^-12). */
const HOPELESS = 12

/**
 * Random tail swaps between neighbouring trips, accepted by the same rule as the search. They do
 * what short strings cannot: exchange half a long trip, join two trips, split one.
 */
export class TailSteps {
  private readonly plan: Plan
  private readonly random: Random
  private readonly behind: Near
  private readonly capacity: number
  private readonly spread: number

  constructor(plan: Plan, random: Random, behind: Near, spread: number) {
    this.plan = plan
    this.random = random
    this.behind = behind
    this.spread = Math.min(spread, behind.width)
    const t = plan.t
    this.capacity = Math.min(t.boxKg[t.boxFirst[0]!] ?? 0, t.maxGrams[0] ?? 0)
  }

  /** Tries `times` random swaps at `temperature`; returns the cost change of those made. */
  run(times: number, temperature: number): number {
    const { plan, random, behind, spread } = this
    const { routeOf, prev, arc, t } = plan
    const hopeless = HOPELESS * temperature
    let gain = 0
    for (let i = 0; i < times; i++) {
      const x = random.below(t.n)
      const pick = random.below(spread + 2)
      let a = x
      let y = x
      if (pick < spread) y = behind.list[x * behind.width + pick]!
      else if (prev[x]! < t.n) a = this.emptyTrip(x)
      if (routeOf[x]! < 0 || routeOf[y]! < 0 || routeOf[a] === routeOf[y]) continue
      // The new arc alone may already cost more than could ever be accepted.
      if (t.costTo[y * t.m + t.place[a]!]! - arc[a]! - arc[prev[y]!]! > hopeless + this.otherSaving(a, y))
        continue
      const delta = tailsDelta(plan, a, y)
      const limit = delta > 0 || !t.plain ? -temperature * Math.log(random.unit()) : 0
      if (delta > 0 && delta >= limit) continue
      if (!tailsInTime(plan, a, y)) continue
      if (!t.plain) gain += this.underRules(a, y, limit)
      else if (this.holds(a, y)) {
        swapTails(plan, a, y)
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
    const { loads, routeOf } = this.plan
    const headOne = this.loadTo(a)
    const headTwo = this.loadTo(this.plan.prev[y]!)
    const tailOne = loads[routeOf[a]!]! - headOne
    const tailTwo = loads[routeOf[y]!]! - headTwo
    return headOne + tailTwo <= this.capacity && headTwo + tailOne <= this.capacity
  }

  private loadTo(a: number): number {
    const { t, prev } = this.plan
    let sum = 0
    for (let x = a; x < t.n; x = prev[x]!) sum += t.load[x]!
    return sum
  }
}
