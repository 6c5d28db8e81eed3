import type { Tables } from './tables.ts'

/** Empty trip slots, one stack per kind of vehicle, with O(1) take and give. */
export class SlotList {
  readonly kinds: number
  /** All empty slots. */
  length = 0
  private readonly kindOf: Int32Array
  private readonly first: Int32Array
  private readonly held: Int32Array
  private readonly list: Int32Array
  private readonly at: Int32Array

  constructor(t: Tables) {
    this.kindOf = t.vehicleOf.map((v) => t.kindOf[v]!)
    this.kinds = 1 + Math.max(0, ...this.kindOf)
    this.first = new Int32Array(this.kinds + 1)
    for (const kind of this.kindOf) this.first[kind + 1]!++
    for (let k = 0; k < this.kinds; k++) this.first[k + 1]! += this.first[k]!
    this.held = new Int32Array(this.kinds)
    this.list = new Int32Array(t.trips)
    this.at = new Int32Array(t.trips).fill(-1)
    for (let r = t.trips - 1; r >= 0; r--) this.give(r)
  }

  give(r: number): void {
    const kind = this.kindOf[r]!
    const place = this.first[kind]! + this.held[kind]!++
    this.list[place] = r
    this.at[r] = place
    this.length++
  }

  take(r: number): void {
    const kind = this.kindOf[r]!
    const hole = this.at[r]!
    const last = this.list[this.first[kind]! + --this.held[kind]!]!
    this.list[hole] = last
    this.at[last] = hole
    this.at[r] = -1
    this.length--
  }

  count(kind: number): number {
    return this.held[kind]!
  }

  /** The `i`-th empty slot of a kind. */
  slot(kind: number, i: number): number {
    return this.list[this.first[kind]! + i]!
  }

  /** Some empty slot of this kind, or -1. */
  top(kind: number): number {
    const held = this.held[kind]!
    return held === 0 ? -1 : this.list[this.first[kind]! + held - 1]!
  }
}
