import type { Tables } from './tables.ts'

/** Empty trip slots: an unordered list with O(1) take and give. */
export class SlotList {
  readonly list: Int32Array
  readonly at: Int32Array
  length = 0

  constructor(t: Tables) {
    this.list = new Int32Array(t.trips)
    this.at = new Int32Array(t.trips).fill(-1)
    for (let r = t.trips - 1; r >= 0; r--) this.give(r)
  }

  give(r: number): void {
    this.list[this.length] = r
    this.at[r] = this.length++
  }

  take(r: number): void {
    const hole = this.at[r]!
    const last = this.list[--this.length]!
    this.list[hole] = last
    this.at[last] = hole
    this.at[r] = -1
  }
}
