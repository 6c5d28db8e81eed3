import type { Insertion } from './insert-plain.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Tables } from './tables.ts'

/** Orders in which absent stops come back, with the chance of each. */
const ORDERS = ['random', 'heavy', 'far', 'close', 'narrow', 'early', 'lateEnd'] as const
const CHANCE = [4, 4, 2, 1, 2, 2, 2]

/** Stops out for longer that are tried again in a step. */
const TRIED = 8

/** Puts absent stops back one by one, each at its cheapest place. */
export class Recreate {
  private readonly plan: Plan
  private readonly random: Random
  private readonly insertion: Insertion
  private readonly keys: Float64Array[]
  private readonly sum: number
  private anyResting = false
  private readonly key: Float64Array
  /** Stops left alone this time: long absent ones, when there are many. */
  private readonly resting: Uint8Array

  constructor(plan: Plan, random: Random, insertion: Insertion) {
    this.plan = plan
    this.random = random
    this.insertion = insertion
    this.keys = ORDERS.map((order) => orderKeys(plan.t, order))
    this.sum = CHANCE.reduce((a, b) => a + b)
    this.key = new Float64Array(plan.t.n)
    this.resting = new Uint8Array(plan.t.n)
  }

  /** Ends early, with the plan `broken`, once it costs `limit` or more: the step will be undone. */
  run(limit = Infinity): void {
    const { plan, insertion } = this
    this.sort()
    let left = 0
    const count = plan.absentCount
    for (let i = 0; i < count; i++) {
      const x = plan.absent[i]!
      if (this.resting[x]) plan.absent[left++] = x
      else if (insertion.find(x) < plan.t.penalty[x]!) plan.insert(x, insertion.after)
      else plan.absent[left++] = x
      if (plan.routed >= limit) {
        plan.broken = true
        break
      }
    }
    plan.absentCount = left
    if (this.anyResting) this.resting.fill(0)
    this.anyResting = false
  }

  /** Before stops are taken out: lets all but some of those already out rest, to keep steps short. */
  rest(): void {
    const { plan, random } = this
    const out = plan.absentCount
    if (out <= TRIED) return
    this.anyResting = true
    for (let i = 0; i < out; i++) this.resting[plan.absent[i]!] = random.unit() * out < TRIED ? 0 : 1
  }

  private sort(): void {
    const { plan, key } = this
    let pick = this.random.below(this.sum)
    let order = 0
    while (pick >= CHANCE[order]!) pick -= CHANCE[order++]!
    const by = this.keys[order]!
    const list = plan.absent
    // Few stops are out at a time: sorting by insertion beats anything with calls.
    for (let i = 0; i < plan.absentCount; i++) {
      const x = list[i]!
      const k = order === 0 ? this.random.unit() : by[x]!
      let j = i
      for (; j > 0 && key[j - 1]! > k; j--) {
        key[j] = key[j - 1]!
        list[j] = list[j - 1]!
      }
      key[j] = k
      list[j] = x
    }
  }
}

function orderKeys(t: Tables, order: (typeof ORDERS)[number]): Float64Array {
  const depot = t.place[t.n]!
  return Float64Array.from({ length: t.n }, (_, x) => {
    switch (order) {
      case 'random':
        return 0
      case 'heavy': {
        let sum = 0
        for (let d = 0; d < t.dims; d++) sum += t.load[x * t.dims + d]!
        return -sum
      }
      case 'far':
        return -t.cost[depot * t.m + x]!
      case 'close':
        return t.cost[depot * t.m + x]!
      case 'narrow':
        return t.close[x]! - t.open[x]!
      case 'early':
        return t.open[x]!
      case 'lateEnd':
      default:
        return -t.close[x]!
    }
  })
}
