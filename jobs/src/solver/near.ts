import type { Tables } from './tables.ts'

/** Nearest stops by row: `list[x * width + i]`, best first, `-1` past the end of a short row. */
export type Near = { width: number; list: Int32Array }

/** The `width` stops nearest to each stop by arc cost; for choosing what to take out together. */
export function adjacentStops(t: Tables, width: number): Near {
  return nearest(t, width, (x, y) => t.cost[x * t.m + y]! + t.cost[y * t.m + x]!)
}

/** Good predecessors of each stop: cheap arcs that neither wait long nor come late. */
export function likelyBefore(t: Tables, width: number): Near {
  return nearest(t, width, (x, y) => arcScore(t, y, x))
}

/** Good successors of each stop. */
export function likelyAfter(t: Tables, width: number): Near {
  return nearest(t, width, (x, y) => arcScore(t, x, y))
}

const WAIT_SHARE = 0.2
const LATE_SHARE = 1

function arcScore(t: Tables, a: number, b: number): number {
  const travel = t.time[a * t.m + b]!
  const wait = t.open[b]! - t.close[a]! - t.service[a]! - travel
  const late = t.open[a]! + t.service[a]! + travel - t.close[b]!
  return t.cost[a * t.m + b]! + (wait > 0 ? WAIT_SHARE * wait : 0) + (late > 0 ? LATE_SHARE * late : 0)
}

function nearest(t: Tables, width: number, score: (x: number, y: number) => number): Near {
  const k = Math.max(1, Math.min(width, t.n - 1))
  const list = new Int32Array(t.n * k).fill(-1)
  const key = new Float64Array(k)
  for (let x = 0; x < t.n; x++) {
    let held = 0
    const at = x * k
    for (let y = 0; y < t.n; y++) {
      if (y === x) continue
      const s = score(x, y)
      if (held === k && s >= key[k - 1]!) continue
      let i = held < k ? held++ : k - 1
      for (; i > 0 && key[i - 1]! > s; i--) {
        key[i] = key[i - 1]!
        list[at + i] = list[at + i - 1]!
      }
      key[i] = s
      list[at + i] = y
    }
  }
  return { width: k, list }
}
