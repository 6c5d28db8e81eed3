import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
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
      if (delta > 0 && delta >= -temperature * Math.log(random.unit())) continue
      if (!tailsInTime(plan, a, y) || !this.holds(a, y)) continue
      swapTails(plan, a, y)
      gain += delta
    }
    return gain
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
