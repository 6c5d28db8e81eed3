import type { Plan } from './plan.ts'
import type { Tables } from './tables.ts'

/** A copy of who follows whom: enough to rebuild a plan. */
export class Snapshot {
  readonly next: Int32Array

  constructor(plan: Plan) {
    this.next = plan.next.slice()
  }

  save(plan: Plan): void {
    this.next.set(plan.next)
  }

  /** Stops of each trip slot, in order. */
  routes(t: Tables): number[][] {
    const out: number[][] = []
    for (let r = 0; r < t.trips; r++) {
      const end = t.n + 2 * r + 1
      const route: number[] = []
      for (let x = this.next[end - 1]!; x !== end; x = this.next[x]!) route.push(x)
      out.push(route)
    }
    return out
  }
}
