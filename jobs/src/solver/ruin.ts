import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'

export type RuinSettings = {
  meanRemoved: number
  longest: number
  split: number
  keep: number
  least: number
}

/**
 * Slack induction by string removals: takes strings of neighbouring stops out of several
 * neighbouring trips, so that the slack gained in one can be used by the other.
 */
export class Ruin {
  private readonly plan: Plan
  private readonly random: Random
  private readonly near: Near
  private readonly settings: RuinSettings
  private readonly stamp: Int32Array
  private round = 0

  constructor(plan: Plan, random: Random, near: Near, settings: RuinSettings) {
    this.plan = plan
    this.random = random
    this.near = near
    this.settings = settings
    this.stamp = new Int32Array(plan.t.trips)
  }

  run(seed: number): void {
    const { plan, random, near, settings } = this
    const { routeOf, count, t } = plan
    const trips = t.trips - plan.slots.length
    if (trips === 0) return
    this.round++
    const longest = Math.min(settings.longest, plan.placed / trips)
    const mostStrings = (4 * settings.meanRemoved) / (1 + longest) - 1
    let strings = Math.trunc(settings.least + random.unit() * (mostStrings + 1 - settings.least))
    for (let i = -1; i < near.width && strings > 0; i++) {
      const x = i < 0 ? seed : near.list[seed * near.width + i]!
      const r = routeOf[x]!
      if (r < 0 || this.stamp[r] === this.round) continue
      this.stamp[r] = this.round
      const most = Math.min(count[r]!, longest)
      this.string(x, Math.trunc(1 + random.unit() * most))
      strings--
    }
  }

  /** Takes out `length` stops in a row around `x`, maybe keeping some in the middle. */
  private string(x: number, length: number): void {
    const { plan, random, settings } = this
    const { n } = plan.t
    const size = plan.count[plan.routeOf[x]!]!
    let kept = 0
    if (length > 1 && length < size && random.unit() < settings.split) {
      kept = 1
      while (length + kept < size && random.unit() < settings.keep) kept++
    }
    const span = length + kept
    // The string may start at most span-1 stops before x, fewer near the ends of the trip.
    let first = x
    let back = 0
    for (; back < span - 1 && plan.prev[first]! < n; back++) first = plan.prev[first]!
    let last = x
    let ahead = 0
    for (; ahead < span - 1 && plan.next[last]! < n; ahead++) last = plan.next[last]!
    let skip = random.below(back + ahead - span + 2)
    for (; skip > 0; skip--) first = plan.next[first]!
    const keepFrom = kept > 0 ? 1 + random.below(length - 1) : span
    this.takeOut(first, span, keepFrom, keepFrom + kept)
  }

  private takeOut(first: number, span: number, keepFrom: number, keepTo: number): void {
    const { plan } = this
    let p = plan.prev[first]!
    let x = first
    let gap = false
    for (let i = 0; i < span; i++) {
      const z = plan.next[x]!
      if ((i >= keepFrom && i < keepTo) || plan.locked[x]) {
        if (gap) plan.settle(p)
        gap = false
        p = x
      } else {
        plan.remove(x)
        plan.absent[plan.absentCount++] = x
        gap = true
      }
      x = z
    }
    if (gap) plan.settle(p)
  }
}
