import type { Plan } from './plan.ts'
import type { Random } from './random.ts'

/**
 * Decides whether a changed plan replaces the one before. Complete plans: simulated annealing on
 * cost. While stops are out: fewer (or cheaper) missing stops win, else stops that were seldom out
 * may be swapped for stubborn ones, which keeps the search moving until all find a place.
 */
export class Acceptance {
  private readonly random: Random
  /** How often each stop was left out. */
  private readonly failures: Float64Array
  /** Price of the stops missing from the current plan. */
  missing = 0
  private stubborn = 0

  constructor(stops: number, random: Random) {
    this.random = random
    this.failures = new Float64Array(stops)
  }

  /** Notes the plan all later ones are compared with. */
  start(plan: Plan): void {
    this.missing = plan.absentCount ? plan.missing() : 0
    this.stubborn = this.sum(plan)
  }

  /** Draws what a plan may cost to follow one of cost `before`. */
  limit(before: number, temperature: number): number {
    return before - temperature * Math.log(this.random.unit())
  }

  accepts(plan: Plan, limit: number): boolean {
    if (plan.absentCount === 0 && this.missing === 0) return plan.routed < limit
    const missing = plan.missing()
    const stubborn = this.sum(plan)
    const better = missing < this.missing || stubborn < this.stubborn
    const taken =
      missing === this.missing ? better || plan.routed < limit : better && missing <= this.missing * 1.5
    for (let i = 0; i < plan.absentCount; i++)
      this.failures[plan.absent[i]!]! += plan.t.penalty[plan.absent[i]!]! / plan.t.penalty[0]!
    if (taken) {
      this.missing = missing
      this.stubborn = this.sum(plan)
    }
    return taken
  }

  /** The trip whose stops found places most easily, for dropping. */
  easiest(plan: Plan): number {
    const { t, next, count } = plan
    let best = -1
    let least = Infinity
    for (let r = 0; r < t.trips; r++) {
      if (count[r] === 0 || plan.usedTrips[t.vehicleOf[r]!] !== 1) continue
      const start = t.n + 2 * r
      let sum = 0
      let locked = false
      for (let x = next[start]!; x !== start + 1; x = next[x]!) {
        sum += 1 + this.failures[x]!
        if (plan.locked[x]) locked = true
      }
      if (locked || sum >= least) continue
      least = sum
      best = r
    }
    return best
  }

  private sum(plan: Plan): number {
    let sum = 0
    for (let i = 0; i < plan.absentCount; i++) sum += this.failures[plan.absent[i]!]!
    return sum
  }
}
