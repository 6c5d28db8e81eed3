import type { Problem } from './model.ts'

/**
 * Travel between nodes rather than places: rows `0 … n-1` are the stops, then the distinct depots.
 * The transposed copies make "from anywhere to x" a walk along one row; a symmetric matrix shares it.
 */
export function travelTables(problem: Problem) {
  const { stops, vehicles, weights } = problem
  const depots = [...new Set(vehicles.flatMap((v) => [v.start, v.end]))]
  const m = stops.length + depots.length
  const placeOf = (row: number) => (row < stops.length ? stops[row]!.place : depots[row - stops.length]!)
  const fill = (value: (from: number, to: number) => number) => {
    const out = new Int32Array(m * m)
    for (let a = 0; a < m; a++) {
      const from = placeOf(a)
      if (from === null) continue
      for (let b = 0; b < m; b++) {
        const to = placeOf(b)
        // A run without a way home ends where it stands: no metres, no seconds.
        if (to !== null) out[a * m + b] = value(from, to)
      }
    }
    return out
  }
  const places = problem.places
  const time = fill((a, b) => problem.seconds[a * places + b]!)
  // Where cost is time, one table serves both: the search lives from what stays in the cache.
  const metresOnly = weights.metre === 1 && weights.second === 0
  const secondsOnly = weights.metre === 0 && weights.second === 1
  const cost =
    secondsOnly || (metresOnly && problem.metres === problem.seconds)
      ? time
      : fill((a, b) =>
          Math.round(
            weights.metre * problem.metres[a * places + b]! +
              weights.second * problem.seconds[a * places + b]!,
          ),
        )
  const timeTo = transposed(time, m)
  return {
    m,
    time,
    timeTo,
    cost,
    costTo: cost === time ? timeTo : transposed(cost, m),
    rowOf: (place: number | null) => stops.length + depots.indexOf(place),
  }
}

function transposed(matrix: Int32Array, m: number): Int32Array {
  let symmetric = true
  for (let a = 0; a < m && symmetric; a++) {
    for (let b = 0; b < a; b++) if (matrix[a * m + b] !== matrix[b * m + a]) symmetric = false
  }
  if (symmetric) return matrix
  const out = new Int32Array(m * m)
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) out[b * m + a] = matrix[a * m + b]!
  return out
}
