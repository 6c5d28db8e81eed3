import loadHighs from 'highs'
import type { PooledTrip } from './pool.ts'

export type Partition = (
  trips: PooledTrip[],
  stops: number,
  vehicles: number,
  seconds: number,
) => PooledTrip[] | null

/**
 * Set partitioning: the cheapest choice of pooled trips that serves every stop once, solved by HiGHS.
 * It joins the good parts of different plans, which no single walk through plans can do.
 */
export async function loadPartition(): Promise<Partition> {
  const highs = await loadHighs()
  return (trips, stops, vehicles, seconds) => {
    const rows: string[][] = Array.from({ length: stops }, () => [])
    trips.forEach((trip, i) => {
      for (const x of trip.stops) rows[x]!.push(`x${i}`)
    })
    const used = rows.filter((row) => row.length > 0)
    const names = trips.map((_, i) => `x${i}`)
    const model = [
      'Minimize',
      ` obj: ${trips.map((trip, i) => `${trip.cost} x${i}`).join(' + ')}`,
      'Subject To',
      ...used.map((row, i) => ` s${i}: ${row.join(' + ')} = 1`),
      ` fleet: ${names.join(' + ')} <= ${vehicles}`,
      'Binary',
      ` ${names.join(' ')}`,
      'End',
    ].join('\n')
    try {
      const solution = highs.solve(model, { time_limit: seconds, output_flag: false, mip_rel_gap: 0 })
      const value = (i: number) => {
        const column = solution.Columns[`x${i}`]
        return column && 'Primal' in column ? column.Primal : 0
      }
      const chosen = trips.filter((_, i) => value(i) > 0.5)
      const served = chosen.reduce((sum, trip) => sum + trip.stops.length, 0)
      return served === used.length ? chosen : null
    } catch {
      // No answer in time is no harm: the plan at hand stays.
      return null
    }
  }
}
