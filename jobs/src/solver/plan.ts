import { Journal } from './journal.ts'
import { refreshGap, refreshVehicle } from './refresh.ts'
import { SlotList } from './slots.ts'
import { NEVER, type Tables } from './tables.ts'
import { timeRun } from './timing.ts'

/** Arc cost of a stop that is out: makes every place beside it dearer than any other. */
const OUT = -1_000_000_000

/**
 * The plan being searched: a chain of nodes per trip slot, always feasible. `leave` is the earliest
 * moment service at a node can be over, `late` the latest arrival that keeps the rest of the vehicle's
 * shift feasible; both make an insertion's window check two comparisons. All changes go through
 * `insert` and `remove`, are noted in the journal and can be taken back with `undo`.
 */
export class Plan {
  readonly t: Tables
  readonly next: Int32Array
  readonly prev: Int32Array
  /** Trip slot of a node, -1 for a stop not in the plan. */
  readonly routeOf: Int32Array
  readonly leave: Int32Array
  readonly late: Int32Array
  /** Cost of the arc to the next node (0 in an empty trip). */
  readonly arc: Int32Array
  readonly count: Int32Array
  readonly loads: Int32Array
  /** Stops by class of goods and trip. */
  readonly goods: Int32Array
  /** Cost of lateness, overtime and idling by vehicle. */
  readonly extra: Float64Array
  /** The part of `extra` that another stop could save. */
  readonly relief: Float64Array
  readonly usedTrips: Int32Array
  readonly locked: Uint8Array
  readonly absent: Int32Array
  absentCount = 0
  readonly slots: SlotList
  readonly journal: Journal
  /** Cost of everything planned, without the price of absent stops. */
  routed = 0
  placed = 0
  /** Set when taking a stop out made the rest late (matrices without triangle inequality). */
  broken = false

  constructor(t: Tables) {
    this.t = t
    const { n, size, trips, dims } = t
    this.next = new Int32Array(size)
    this.prev = new Int32Array(size)
    this.routeOf = new Int32Array(size).fill(-1)
    this.leave = new Int32Array(size)
    this.late = new Int32Array(size)
    this.arc = new Int32Array(size)
    this.count = new Int32Array(trips)
    this.loads = new Int32Array(trips * dims)
    this.goods = new Int32Array(trips * Math.max(1, t.goodsCount))
    this.extra = new Float64Array(t.vehicleCount)
    this.relief = new Float64Array(t.vehicleCount)
    this.usedTrips = new Int32Array(t.vehicleCount)
    this.locked = new Uint8Array(size)
    this.absent = new Int32Array(n)
    this.slots = new SlotList(t)
    this.journal = new Journal(t)
    for (let r = 0; r < trips; r++) {
      const start = n + 2 * r
      this.next[start] = start + 1
      this.prev[start + 1] = start
      this.routeOf[start] = r
      this.routeOf[start + 1] = r
    }
    if (t.timeless) this.late.fill(NEVER)
    else for (let v = 0; v < t.vehicleCount; v++) refreshVehicle(this, v)
    for (let x = 0; x < n; x++) {
      this.absent[this.absentCount++] = x
      this.isolate(x)
    }
  }

  /** Puts stop `x` after node `p`. The caller has checked that it fits. */
  insert(x: number, p: number): void {
    const { next, prev, routeOf, arc, t } = this
    const r = routeOf[p]!
    this.journal.touch(this, r)
    const z = next[p]!
    next[p] = x
    prev[x] = p
    next[x] = z
    prev[z] = x
    routeOf[x] = r
    const into = t.cost[t.place[p]! * t.m + x]!
    const out = t.cost[x * t.m + t.place[z]!]!
    this.routed += into + out - arc[p]!
    arc[p] = into
    arc[x] = out
    this.placed++
    if (this.count[r]!++ === 0) this.opened(r)
    this.weigh(r, x, 1)
    if (t.trips !== t.vehicleCount) refreshVehicle(this, t.vehicleOf[r]!)
    else refreshGap(this, p, x)
    this.retime(t.vehicleOf[r]!)
  }

  /** Takes stop `x` out; `settle` must follow once the neighbours that go too are out. */
  remove(x: number): void {
    const { next, prev, routeOf, arc, t } = this
    const r = routeOf[x]!
    this.journal.touch(this, r)
    const p = prev[x]!
    const z = next[x]!
    next[p] = z
    prev[z] = p
    this.placed--
    const direct = --this.count[r]! === 0 ? 0 : t.cost[t.place[p]! * t.m + t.place[z]!]!
    this.routed += direct - arc[p]! - arc[x]!
    arc[p] = direct
    this.isolate(x)
    if (this.count[r] === 0) this.closed(r)
    this.weigh(r, x, -1)
  }

  /** Marks stop `x` as out; as its own neighbour with an impossible arc, no place beside it is ever cheapest. */
  isolate(x: number): void {
    this.routeOf[x] = -1
    this.prev[x] = x
    this.next[x] = x
    this.arc[x] = OUT
  }

  /** Brings times after node `p` up to date when stops behind it were taken out. */
  settle(p: number): void {
    const { t, next } = this
    const v = t.vehicleOf[this.routeOf[p]!]!
    const z = next[p]!
    if (t.trips !== t.vehicleCount) refreshVehicle(this, v)
    else refreshGap(this, p, z)
    if (this.leave[p]! + t.time[t.place[p]! * t.m + t.place[z]!]! > this.late[z]!) {
      if (this.count[this.routeOf[p]!]! > 0) this.broken = true
    }
    this.retime(v)
  }

  /** Renews the exact cost of vehicle `v`'s shift. */
  retime(v: number): void {
    if (!this.t.timed[v]) return
    const extra = timeRun(this, v, -1, -1)
    if (extra < 0) {
      this.broken = true
      return
    }
    this.routed += extra - this.extra[v]!
    this.extra[v] = extra
    this.relief[v] = timeRun.relief
  }

  /** Adds (sign 1) or takes (sign -1) what stop `x` brings to trip `r`. */
  weigh(r: number, x: number, sign: number): void {
    const { dims, load } = this.t
    if (dims === 1) this.loads[r]! += sign * load[x]!
    else for (let d = 0; d < dims; d++) this.loads[r * dims + d]! += sign * load[x * dims + d]!
    if (this.t.plain) return
    const { goodsCount, goodsMask, former, vehicleOf, movedWeight } = this.t
    for (let g = 0; g < goodsCount; g++)
      this.goods[r * goodsCount + g]! += (goodsMask[x]! >> g) & 1 ? sign : 0
    if (former[x]! >= 0 && former[x] !== vehicleOf[r]) this.routed += sign * movedWeight
  }

  /** Books trip `r` as used. */
  opened(r: number): void {
    const v = this.t.vehicleOf[r]!
    this.slots.take(r)
    if (this.usedTrips[v]!++ === 0) this.routed += this.t.fixed[v]!
  }

  /** Books trip `r` as empty. */
  closed(r: number): void {
    const v = this.t.vehicleOf[r]!
    this.slots.give(r)
    if (--this.usedTrips[v]! === 0) this.routed -= this.t.fixed[v]!
  }

  /** Starts a step that may be taken back. */
  begin(): void {
    this.journal.begin(this)
    this.broken = false
  }

  /** Takes back everything since `begin`. */
  undo(): void {
    this.journal.undo(this)
    this.broken = false
  }

  /** Price of the stops left out. */
  missing(): number {
    let sum = 0
    for (let i = 0; i < this.absentCount; i++) sum += this.t.penalty[this.absent[i]!]!
    return sum
  }
}
