import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { vehicleHolds } from './rules.ts'
import { swapTails, tailsDelta, tailsInTime } from './tails.ts'

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
    const { plan, random, behind } = this
    const { n } = plan.t
    let gain = 0
    for (let i = 0; i < times; i++) {
      const x = random.below(n)
      if (plan.routeOf[x]! < 0) continue
      const pick = random.below(this.spread + 2)
      let a = x
      let y = x
      if (pick < this.spread) y = behind.list[x * behind.width + pick]!
      else if (plan.slots.length > 0 && plan.prev[x]! < n) a = n + 2 * plan.slots.list[plan.slots.length - 1]!
      if (plan.routeOf[y]! < 0 || plan.routeOf[a] === plan.routeOf[y]) continue
      const delta = tailsDelta(plan, a, y)
      const limit = delta > 0 || !plan.t.plain ? -temperature * Math.log(random.unit()) : 0
      if (delta > 0 && delta >= limit) continue
      if (!tailsInTime(plan, a, y)) continue
      if (!plan.t.plain) gain += this.underRules(a, y, limit)
      else if (this.holds(a, y)) {
        swapTails(plan, a, y)
        gain += delta
      }
    }
    return gain
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
