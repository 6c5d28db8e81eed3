import type { Tables } from './tables.ts'

/**
 * Nearest stops by row: `list[x * width + i]`, best first, the stop itself past the end of a short row.
 * `cost` holds the arc between the two in the direction the list is meant for.
 */
export type Near = { width: number; list: Int32Array; cost: Int32Array }

/** The `width` stops nearest to each stop by arc cost; for choosing what to take out together. */
export function adjacentStops(t: Tables, width: number): Near {
  const arc = (x: number, y: number) => t.cost[x * t.m + y]!
  return nearest(t, width, (x, y) => arc(x, y) + arc(y, x), arc)
}

/** Good predecessors of each stop: cheap arcs that neither wait long nor come late. */
export function likelyBefore(t: Tables, width: number): Near {
  const hours = widestHours(t)
  return nearest(
    t,
    width,
    (x, y) => arcScore(t, hours, y, x),
    (x, y) => t.cost[y * t.m + x]!,
  )
}

/** Good successors of each stop. */
export function likelyAfter(t: Tables, width: number): Near {
  const hours = widestHours(t)
  return nearest(
    t,
    width,
    (x, y) => arcScore(t, hours, x, y),
    (x, y) => t.cost[x * t.m + y]!,
  )
}

const WAIT_SHARE = 0.2
const LATE_SHARE = 1

function arcScore(t: Tables, hours: Hours, a: number, b: number): number {
  const travel = t.time[a * t.m + b]!
  const wait = hours.open[b]! - hours.close[a]! - t.service[a]! - travel
  const late = hours.open[a]! + t.service[a]! + travel - hours.close[b]!
  return t.cost[a * t.m + b]! + (wait > 0 ? WAIT_SHARE * wait : 0) + (late > 0 ? LATE_SHARE * late : 0)
}

type Hours = { open: Int32Array; close: Int32Array }

/** First opening and last closing of each stop over all classes of vehicles that may come. */
function widestHours(t: Tables): Hours {
  const open = t.open.slice(0, t.n)
  const close = t.close.slice(0, t.n)
  for (let row = t.stride; row < t.open.length; row += t.stride) {
    for (let x = 0; x < t.n; x++) {
      if (t.close[row + x]! < 0) continue
      open[x] = close[x]! < 0 ? t.open[row + x]! : Math.min(open[x]!, t.open[row + x]!)
      close[x] = Math.max(close[x]!, t.close[row + x]!)
    }
  }
  return { open, close }
}

type Score = (x: number, y: number) => number

function nearest(t: Tables, width: number, score: Score, arc: Score): Near {
  const k = Math.max(1, Math.min(width, t.n - 1))
  const list = Int32Array.from({ length: t.n * k }, (_, i) => Math.trunc(i / k))
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
  return { width: k, list, cost: list.map((y, i) => arc(Math.trunc(i / k), y)) }
}
