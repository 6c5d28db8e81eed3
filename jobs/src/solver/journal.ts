import type { Plan } from './plan.ts'
import type { Tables } from './tables.ts'

/** Copies of the trips touched since `begin`: cheaper than copying the plan, exact to restore. */
export class Journal {
  private readonly stamp: Int32Array
  private readonly routes: Int32Array
  private readonly first: Int32Array
  private readonly nodes: Int32Array
  private readonly leave: Int32Array
  private readonly late: Int32Array
  private readonly arc: Int32Array
  private readonly loads: Int32Array
  private readonly goods: Int32Array
  private readonly extra: Float64Array
  private readonly relief: Float64Array
  private readonly absent: Int32Array
  private absentCount = 0
  private routed = 0
  private placed = 0
  private round = 0
  touched = 0

  constructor(t: Tables) {
    const { n, size, trips, dims, goodsCount } = t
    this.stamp = new Int32Array(trips)
    this.routes = new Int32Array(trips)
    this.first = new Int32Array(trips + 1)
    this.nodes = new Int32Array(size)
    this.leave = new Int32Array(size)
    this.late = new Int32Array(size)
    this.arc = new Int32Array(size)
    this.loads = new Int32Array(trips * dims)
    this.goods = new Int32Array(trips * Math.max(1, goodsCount))
    this.extra = new Float64Array(trips)
    this.relief = new Float64Array(trips)
    this.absent = new Int32Array(n)
  }

  begin(plan: Plan): void {
    this.round++
    this.touched = 0
    this.routed = plan.routed
    this.placed = plan.placed
    this.absentCount = plan.absentCount
    for (let i = 0; i < plan.absentCount; i++) this.absent[i] = plan.absent[i]!
  }

  /** Trip `i` of the touched ones. */
  route(i: number): number {
    return this.routes[i]!
  }

  /** Saves trip `r` (and the other trips of its vehicle, whose times hang together) once a step. */
  touch(plan: Plan, r: number): void {
    if (this.stamp[r] === this.round) return
    const { t } = plan
    if (t.trips === t.vehicleCount) {
      this.save(plan, r)
      return
    }
    const v = t.vehicleOf[r]!
    for (let s = t.firstTrip[v]!; s < t.firstTrip[v + 1]!; s++) this.save(plan, s)
  }

  private save(plan: Plan, r: number): void {
    const { t, next, leave, late, arc } = plan
    this.stamp[r] = this.round
    const i = this.touched++
    this.routes[i] = r
    let k = this.first[i]!
    const end = t.n + 2 * r + 1
    for (let x = t.n + 2 * r; ; x = next[x]!) {
      this.nodes[k] = x
      this.leave[k] = leave[x]!
      this.late[k] = late[x]!
      this.arc[k] = arc[x]!
      k++
      if (x === end) break
    }
    this.first[i + 1] = k
    for (let d = 0; d < t.dims; d++) this.loads[i * t.dims + d] = plan.loads[r * t.dims + d]!
    for (let g = 0; g < t.goodsCount; g++)
      this.goods[i * t.goodsCount + g] = plan.goods[r * t.goodsCount + g]!
    const v = t.vehicleOf[r]!
    this.extra[i] = plan.extra[v]!
    this.relief[i] = plan.relief[v]!
  }

  undo(plan: Plan): void {
    for (let i = 0; i < this.touched; i++) this.restore(plan, i)
    plan.routed = this.routed
    plan.placed = this.placed
    plan.absentCount = this.absentCount
    for (let i = 0; i < this.absentCount; i++) {
      const x = this.absent[i]!
      plan.absent[i] = x
      plan.isolate(x)
    }
    this.touched = 0
    this.round++
  }

  private restore(plan: Plan, i: number): void {
    const { t, next, prev, routeOf, leave, late, arc } = plan
    const r = this.routes[i]!
    const v = t.vehicleOf[r]!
    const from = this.first[i]!
    const to = this.first[i + 1]!
    for (let k = from; k < to; k++) {
      const x = this.nodes[k]!
      routeOf[x] = r
      leave[x] = this.leave[k]!
      late[x] = this.late[k]!
      arc[x] = this.arc[k]!
      if (k > from) prev[x] = this.nodes[k - 1]!
      if (k < to - 1) next[x] = this.nodes[k + 1]!
    }
    const before = plan.count[r]!
    const now = to - from - 2
    plan.count[r] = now
    if (before === 0 && now > 0) {
      plan.slots.take(r)
      plan.usedTrips[v]!++
    } else if (before > 0 && now === 0) {
      plan.slots.give(r)
      plan.usedTrips[v]!--
    }
    for (let d = 0; d < t.dims; d++) plan.loads[r * t.dims + d] = this.loads[i * t.dims + d]!
    for (let g = 0; g < t.goodsCount; g++)
      plan.goods[r * t.goodsCount + g] = this.goods[i * t.goodsCount + g]!
    plan.extra[v] = this.extra[i]!
    plan.relief[v] = this.relief[i]!
  }
}
