import { expect, test } from 'vitest'
import { loadFirst } from './load.ts'
import { Plan } from './plan.ts'
import { randomProblem } from './random-problem.ts'
import { tablesOf } from './tables.ts'

test.each(Array.from({ length: 20 }, (_, i) => i + 1))(
  'earlier trips that hold only in part leave a whole plan behind, random problem %i',
  (seed) => {
    const t = tablesOf(randomProblem(seed))
    const plan = new Plan(t)
    // Everything on each vehicle in turn: much of it holds, the rest is refused stop by stop.
    const all = Array.from({ length: t.n }, (_, x) => x)
    loadFirst(
      plan,
      Array.from({ length: t.trips }, () => all),
    )
    const onTrips: number[] = []
    for (let r = 0; r < t.trips; r++) {
      const end = t.n + 2 * r + 1
      let steps = 0
      for (let x = plan.next[end - 1]!; x !== end && steps++ <= t.n; x = plan.next[x]!) onTrips.push(x)
      expect(steps).toBe(plan.count[r])
    }
    expect([...onTrips, ...plan.absent.subarray(0, plan.absentCount)].toSorted((a, b) => a - b)).toEqual(all)
    expect(plan.placed).toBe(onTrips.length)
  },
)
