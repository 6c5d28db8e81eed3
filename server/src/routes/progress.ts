/** As far as the forecast needs to know a run. Instants are ISO text. */
type Run = { readonly status: string; readonly departAt: string }
type Stop = {
  readonly seq: number
  readonly status: string
  readonly plannedArriveAt: string
  readonly windowToAt: string
  readonly arrivedAt: string | null
  readonly finishedAt: string | null
}

export type Progress = {
  delayMs: number
  stopsDone: number
  stopsFailed: number
  lateStops: number
  /** Per stop in the order given. */
  forecasts: { expectedAt: string; late: boolean }[]
}

const ms = (at: string): number => Date.parse(at)
const isOpen = (stop: Stop): boolean => stop.status === 'waiting' || stop.status === 'arrived'

/**
 * Where a run stands against its plan: a stop still waiting is expected at its planned time plus the delay so
 * far, never before now; one reached or closed at the time it happened.
 */
export function progressOf(run: Run, stops: readonly Stop[], now: Date): Progress {
  const delayMs = delayOf(run, stops, now.getTime())
  const forecasts = stops.map((stop) => {
    const happened = stop.arrivedAt ?? stop.finishedAt
    const at = happened ? ms(happened) : Math.max(ms(stop.plannedArriveAt) + delayMs, floorOf(run, now))
    return { expectedAt: new Date(at).toISOString(), late: at > ms(stop.windowToAt) }
  })
  return {
    delayMs,
    stopsDone: stops.filter((stop) => !isOpen(stop)).length,
    stopsFailed: stops.filter((stop) => stop.status === 'failed').length,
    lateStops: forecasts.filter((forecast) => forecast.late).length,
    forecasts,
  }
}

const floorOf = (run: Run, now: Date): number => (run.status === 'on_road' ? now.getTime() : 0)

/** How far behind: by the last arrival, by the next stop's time having passed, or by not having left. */
function delayOf(run: Run, stops: readonly Stop[], now: number): number {
  if (run.status === 'finished') return 0
  if (run.status !== 'on_road') return Math.max(0, now - ms(run.departAt))
  const last = stops
    .filter((stop) => stop.arrivedAt !== null)
    .reduce<Stop | null>((a, b) => (a && ms(a.arrivedAt ?? '') >= ms(b.arrivedAt ?? '') ? a : b), null)
  const next = stops.find((stop) => stop.status === 'waiting' && stop.seq > (last?.seq ?? 0))
  const byArrival = last?.arrivedAt ? ms(last.arrivedAt) - ms(last.plannedArriveAt) : 0
  const byClock = next ? now - ms(next.plannedArriveAt) : 0
  return Math.max(0, byArrival, byClock)
}
