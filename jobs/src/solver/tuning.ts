import type { Tables } from './tables.ts'

/** Settings of the search; temperatures are in mean arc costs of the plan. */
export type Tuning = {
  meanRemoved: number
  longest: number
  split: number
  /** Fewest strings of a step. */
  least: number
  keep: number
  blink: number
  nearInsert: number
  nearRuin: number
  hot: number
  cold: number
  tails: number
  tailSpread: number
  cycles: number
  firstShare: number
  reheat: number
  pool: number
  poolEvery: number
  poolWithin: number
  partitionShare: number
  /** Largest plan for which set partitioning is tried. */
  partitionStops: number
  fleetShare: number
  /** Steps between two tries to do without a trip, and steps each of them gets. */
  dropEvery: number
  dropSteps: number
}

const BASE: Tuning = {
  meanRemoved: 6,
  longest: 6,
  split: 0.5,
  least: 2,
  keep: 0.5,
  blink: 0.03,
  nearInsert: 20,
  nearRuin: 200,
  hot: 0.5,
  cold: 0.01,
  tails: 50,
  tailSpread: 10,
  cycles: 1,
  firstShare: 0.4,
  reheat: 0.3,
  pool: 2000,
  poolEvery: 300,
  poolWithin: 1.01,
  partitionShare: 0.05,
  partitionStops: 150,
  fleetShare: 0.15,
  dropEvery: 1000,
  dropSteps: 200,
}

/**
 * Small plans freeze early and then gain more from starting hot again than from cooling further. Very
 * large ones need a hot start to get out of the first plan and cannot afford many tail swaps a step.
 */
export function tuningFor(t: Tables, given: Partial<Tuning> = {}): Tuning {
  const bySize =
    t.n <= 150
      ? { meanRemoved: 10, longest: 10, hot: 1, reheat: 1, cold: 0.05, cycles: 5, firstShare: 0.2 }
      : t.n <= 300
        ? { cold: 0.03 }
        : t.n > 1500
          ? { hot: 1, tails: 20, dropEvery: 5000 }
          : {}
  return { ...BASE, ...bySize, ...given }
}
