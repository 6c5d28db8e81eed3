import type { Db, Tx } from '../kernel/ctx.ts'
import { type Progress, progressOf } from './progress.ts'
import { sumOf } from './routing-problem.ts'
import { type Run, type RunDoc, type StopDoc, stopDocs } from './rows.ts'

/** Runs with their stops, loads and forecast, as replies show them. */
export async function withStops(tx: Db | Tx, runs: readonly RunDoc[], now: Date): Promise<Run[]> {
  const stops = await stopDocs(
    tx,
    runs.map((run) => run.id),
  )
  const byRun = Map.groupBy(stops, (stop) => stop.runId)
  return runs.map((run) => {
    const own = byRun.get(run.id) ?? []
    const progress = progressOf(run, own, now)
    return {
      ...run,
      ...sumOf(own),
      ...countsOf(own, progress),
      stops: forecast(own, progress),
    }
  })
}

/** Sums over a run's stops that lists show. */
export function countsOf(stops: readonly StopDoc[], progress: Progress) {
  return {
    stopCount: stops.length,
    stopsDone: progress.stopsDone,
    stopsFailed: progress.stopsFailed,
    lateStops: progress.lateStops,
    delayMinutes: Math.round(progress.delayMs / 60_000),
    totes: stops.reduce((sum, stop) => sum + stop.totes, 0),
  }
}

/** Stops with the time they are expected, given the progress of their run. */
export const forecast = <T extends StopDoc>(stops: readonly T[], progress: Progress) =>
  stops.map((stop, i) => ({ ...stop, ...(progress.forecasts[i] as Progress['forecasts'][number]) }))
