import type { Plan } from './plan.ts'
import { Random } from './random.ts'

/** Different trips met by the search, by set of stops: the cheapest order of each is kept. */
export class TripPool {
  private readonly byKey = new Map<number, PooledTrip>()
  private readonly code: Float64Array
  private readonly limit: number
  private round = 0

  constructor(stops: number, limit: number) {
    const random = new Random(stops)
    this.limit = limit
    // Sums of 20 codes below 2^48 stay exact in a double.
    this.code = Float64Array.from(
      { length: stops },
      () => random.below(2 ** 24) * 2 ** 24 + random.below(2 ** 24),
    )
  }

  get size(): number {
    return this.byKey.size
  }

  /** Notes every trip of the plan. */
  add(plan: Plan): void {
    const { t, next, arc, count } = plan
    this.round++
    for (let r = 0; r < t.trips; r++) {
      if (count[r] === 0) continue
      const start = t.n + 2 * r
      let key = 0
      let cost = arc[start]!
      for (let x = next[start]!; x !== start + 1; x = next[x]!) {
        key = (key + this.code[x]!) % 2 ** 48
        cost += arc[x]!
      }
      const held = this.byKey.get(key)
      if (held && held.cost <= cost) held.seen = this.round
      else
        this.byKey.set(key, {
          cost: cost + t.fixed[t.vehicleOf[r]!]!,
          stops: stopsOf(plan, r),
          seen: this.round,
        })
    }
    if (this.byKey.size > 2 * this.limit) this.forget()
  }

  /** The trips seen last, at most `limit`. */
  trips(): PooledTrip[] {
    this.forget()
    return [...this.byKey.values()]
  }

  private forget(): void {
    if (this.byKey.size <= this.limit) return
    const old = [...this.byKey.entries()].sort((a, b) => a[1].seen - b[1].seen)
    for (const [key] of old.slice(0, old.length - this.limit)) this.byKey.delete(key)
  }
}

export type PooledTrip = { cost: number; stops: number[]; seen: number }

function stopsOf(plan: Plan, r: number): number[] {
  const start = plan.t.n + 2 * r
  const out: number[] = []
  for (let x = plan.next[start]!; x !== start + 1; x = plan.next[x]!) out.push(x)
  return out
}
