import type { Insertion } from './insert-plain.ts'
import type { Near } from './near.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { fitsTrip } from './rules.ts'
import { timeRun } from './timing.ts'
import { startFrom } from './windows.ts'

/**
 * Insertion under every rule of the model. Cheap tests come first: the arc cost is a lower bound,
 * trip rules are asked once per trip, windows take two comparisons; only what is left is timed.
 */
export class RulesInsertion implements Insertion {
  after = -1
  mayOpen = true
  private best = Infinity
  private readonly plan: Plan
  private readonly random: Random
  private readonly before: Near
  private readonly behind: Near
  private readonly blinkLog: number
  private blinkIn = 0
  /** Answers of `fitsTrip` for the stop at hand: round · 2 + answer. */
  private readonly asked: Int32Array
  private readonly secondTrips: boolean
  private round = 0

  constructor(plan: Plan, random: Random, before: Near, behind: Near, blink: number) {
    this.plan = plan
    this.random = random
    this.before = before
    this.behind = behind
    this.blinkLog = Math.log(1 - blink)
    this.asked = new Int32Array(plan.t.trips)
    this.secondTrips = plan.t.trips !== plan.t.vehicleCount
    this.blinkIn = this.nextBlink()
  }

  find(x: number): number {
    this.begin()
    if (this.mayOpen) this.openings(x)
    this.scan(x, this.before, false)
    this.scan(x, this.behind, true)
    if (this.after < 0) this.everywhere(x)
    return this.best
  }

  /** Places behind (or, `ahead`, in front of) the near stops; only promising ones are considered. */
  private scan(x: number, near: Near, ahead: boolean): void {
    const { t, next, prev, routeOf, arc, relief } = this.plan
    const { place, cost, costTo, vehicleOf } = t
    const row = x * t.m
    for (let i = x * near.width, end = i + near.width; i < end; i++) {
      const y = near.list[i]!
      if (routeOf[y]! < 0) continue
      const p = ahead ? prev[y]! : y
      const delta = costTo[row + place[p]!]! + cost[row + place[next[p]!]!]! - arc[p]!
      if (delta - relief[vehicleOf[routeOf[y]!]!]! < this.best) this.consider(x, p, true)
    }
  }

  /** Cost of putting `x` right after `p`, or `Infinity`; what the search believes, for tests. */
  priceAt(x: number, p: number): number {
    this.begin()
    this.consider(x, p, false)
    return this.best
  }

  private begin(): void {
    this.round = (this.round + 1) & 0x3fffffff
    this.after = -1
    this.best = Infinity
  }

  /** An empty trip of each kind of vehicle; every one where vehicles make second trips. */
  private openings(x: number): void {
    const { slots, t } = this.plan
    for (let kind = 0; kind < slots.kinds; kind++) {
      const count = slots.count(kind)
      const tried = this.secondTrips ? count : Math.min(1, count)
      for (let i = count - tried; i < count; i++) this.consider(x, t.n + 2 * slots.slot(kind, i), false)
    }
    this.ownOpening(x, t.only[x]!)
    this.ownOpening(x, t.former[x]!)
  }

  /** The empty trips of one vehicle. */
  private ownOpening(x: number, v: number): void {
    const { t, count } = this.plan
    if (v < 0) return
    for (let r = t.firstTrip[v]!; r < t.firstTrip[v + 1]!; r++)
      if (count[r] === 0) this.consider(x, t.n + 2 * r, false)
  }

  private everywhere(x: number): void {
    const { plan } = this
    const { t, next, leave, count } = plan
    for (let r = 0; r < t.trips; r++) {
      if (count[r] === 0) continue
      const start = t.n + 2 * r
      const close = t.close[t.classOf[t.vehicleOf[r]!]! * t.stride + x]!
      for (let p = start; p !== start + 1 && leave[p]! <= close; p = next[p]!) this.consider(x, p, false)
    }
  }

  private consider(x: number, p: number, blink: boolean): void {
    const { plan } = this
    const { t, leave, late, arc } = plan
    const z = plan.next[p]!
    if (plan.locked[z]) return
    const r = plan.routeOf[p]!
    const v = t.vehicleOf[r]!
    const row = x * t.m
    const a = t.place[p]!
    const b = t.place[z]!
    let delta = t.costTo[row + a]! + t.cost[row + b]! - arc[p]!
    if (plan.usedTrips[v] === 0) delta += t.fixed[v]!
    if (t.former[x]! >= 0 && t.former[x] !== v) delta += t.movedWeight
    if (delta - plan.relief[v]! >= this.best) return
    const at = t.classOf[v]! * t.stride + x
    const start = startFrom(t, at, leave[p]! + t.timeTo[row + a]!)
    if (start + t.service[x]! + t.time[row + b]! > late[z]!) return
    if (!this.fits(x, r)) return
    if (t.timed[v]) {
      const extra = timeRun(plan, v, x, p)
      if (extra < 0) return
      delta += extra - plan.extra[v]!
      if (delta >= this.best) return
    }
    if (blink && --this.blinkIn < 0) {
      this.blinkIn = this.nextBlink()
      return
    }
    this.best = delta
    this.after = p
  }

  private fits(x: number, r: number): boolean {
    const held = this.asked[r]!
    if (held >> 1 === this.round) return (held & 1) === 1
    const answer = fitsTrip(this.plan, x, r)
    this.asked[r] = this.round * 2 + (answer ? 1 : 0)
    return answer
  }

  private nextBlink(): number {
    return Math.trunc(Math.log(1 - this.random.unit()) / this.blinkLog)
  }
}
