import type { Problem, Stop } from './model.ts'

/**
 * The same problem with its stops in the order of a walk that always goes on to the nearest stop not yet
 * seen. Stops are numbered by position, so neighbours come to lie side by side in every table and the
 * search, which works on neighbours, finds them in the processor's cache. The same problem is always
 * ordered the same way.
 */
export function inWalkingOrder(problem: Problem): Problem {
  const { places, metres, seconds, stops, vehicles } = problem
  const left = stops.slice()
  const walk: Stop[] = []
  let at = vehicles[0]?.start ?? 0
  while (left.length > 0) {
    let best = 0
    let least = Infinity
    for (let i = 0; i < left.length; i++) {
      const to = left[i]!.place
      const far = metres[at * places + to]! + seconds[at * places + to]!
      if (far >= least) continue
      least = far
      best = i
    }
    const next = left[best]!
    left[best] = left.at(-1)!
    left.pop()
    walk.push(next)
    at = next.place
  }
  return { ...problem, stops: walk }
}
