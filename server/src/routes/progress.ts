import {
  type Ahead,
  type Arrival,
  arrivalsAhead,
  lateChanceBp,
  type Pace,
  paceOf,
  type Reload,
  type Risk,
  type RiskReason,
  rangeSpreads,
  reasonOf,
  riskOf,
} from './forecast.ts'

/** As far as the forecast needs to know a run. Instants are ISO text. */
type Run = {
  readonly status: string
  readonly departAt: string
  /** For a run of several trips: where and how long it loads between them. */
  readonly hub?: { readonly lngE6: number; readonly latE6: number }
  readonly reloadMinutes?: number
}
type Stop = {
  readonly seq: number
  readonly trip: number
  readonly status: string
  readonly plannedArriveAt: string
  readonly windowFromAt: string
  readonly windowToAt: string
  readonly arrivedAt: string | null
  readonly finishedAt: string | null
  readonly serviceSeconds: number
  readonly lngE6: number
  readonly latE6: number
}

export type Forecast = {
  expectedAt: string
  /** Four in five such arrivals lie between these two. */
  earliestAt: string
  latestAt: string
  late: boolean
  /** Chance of coming after the window, basis points; for a stop reached 0 or 10,000. */
  lateChanceBp: number
  risk: Risk
  riskReason: RiskReason
}

export type Progress = {
  delayMs: number
  stopsDone: number
  stopsFailed: number
  lateStops: number
  /** Per stop in the order given. */
  forecasts: Forecast[]
}

const ms = (at: string): number => Date.parse(at)
const isOpen = (stop: Stop): boolean => stop.status === 'waiting' || stop.status === 'arrived'

const aheadOf = (stop: Stop): Ahead => ({
  plannedAt: ms(stop.plannedArriveAt),
  windowFrom: ms(stop.windowFromAt),
  windowTo: ms(stop.windowToAt),
  arrivedAt: stop.arrivedAt === null ? null : ms(stop.arrivedAt),
  finishedAt: stop.finishedAt === null ? null : ms(stop.finishedAt),
  serviceMs: stop.serviceSeconds * 1000,
  trip: stop.trip,
  lngE6: stop.lngE6,
  latE6: stop.latE6,
})

/**
 * Where a run stands against its plan, and when each stop is expected: the road from where it is now, at the pace the
 * stops finished so far have shown (`forecast.ts`), with the chance of missing the window and why. A stop reached
 * or closed counts at the time it happened. Stops come in the order of their run.
 */
export function progressOf(run: Run, stops: readonly Stop[], now: Date): Progress {
  const clock = now.getTime()
  const known = stops.map(aheadOf)
  const pace = paceOf(known)
  const waiting = waitingArrivals(run, stops, known, pace, clock)
  const leftLateMs = run.status === 'on_road' ? firstDelay(known) : Math.max(0, clock - ms(run.departAt))
  const forecasts = stops.map((stop, i): Forecast => {
    const one = known[i] as Ahead
    const happened = one.arrivedAt ?? one.finishedAt
    const arrival = waiting.get(i) ?? { at: one.plannedAt, spreadMs: 0 }
    if (happened !== null || !isOpen(stop)) return happenedForecast(happened ?? clock, one.windowTo)
    const bp = lateChanceBp(arrival, one.windowTo)
    const range = arrival.spreadMs * rangeSpreads
    return {
      expectedAt: iso(arrival.at),
      earliestAt: iso(Math.max(arrival.at - range, Math.min(clock, arrival.at))),
      latestAt: iso(arrival.at + range),
      late: arrival.at > one.windowTo,
      lateChanceBp: bp,
      risk: riskOf(bp),
      riskReason: reasonOf(bp, { leftLateMs, pace, windowTo: one.windowTo, now: clock }),
    }
  })
  return {
    delayMs: delayOf(run, stops, known, waiting, clock),
    stopsDone: stops.filter((stop) => !isOpen(stop)).length,
    stopsFailed: stops.filter((stop) => stop.status === 'failed').length,
    lateStops: forecasts.filter((forecast) => forecast.late).length,
    forecasts,
  }
}

const iso = (at: number): string => new Date(Math.round(at)).toISOString()

function happenedForecast(at: number, windowTo: number): Forecast {
  const late = at > windowTo
  return {
    expectedAt: iso(at),
    earliestAt: iso(at),
    latestAt: iso(at),
    late,
    lateChanceBp: late ? 10_000 : 0,
    risk: late ? 'high' : 'low',
    riskReason: late ? 'late_already' : 'on_plan',
  }
}

/** How late the first stop reached was: time lost before anything was delivered. */
function firstDelay(known: readonly Ahead[]): number {
  const reached = known.filter((one) => one.arrivedAt !== null)
  const first = reached.reduce<Ahead | null>(
    (a, b) => (a && (a.arrivedAt as number) <= (b.arrivedAt as number) ? a : b),
    null,
  )
  return first ? Math.max(0, (first.arrivedAt as number) - first.plannedAt) : 0
}

/** Where the vehicle is: the stop it reached last, by its place in the list. */
function lastReached(known: readonly Ahead[]): number {
  const at = (i: number): number => known[i]?.arrivedAt ?? Number.NEGATIVE_INFINITY
  return known.reduce((best, one, i) => (one.arrivedAt !== null && at(i) > at(best) ? i : best), -1)
}

/** Arrivals at the stops still waiting, by place in the list. One driven past is reached at the earliest now. */
function waitingArrivals(
  run: Run,
  stops: readonly Stop[],
  known: readonly Ahead[],
  pace: Pace,
  now: number,
): Map<number, Arrival> {
  const last = lastReached(known)
  const open = stops.flatMap((stop, i) => (stop.status === 'waiting' ? [i] : []))
  const ahead = open.filter((i) => i > last)
  const first = known[ahead[0] ?? -1]
  const from = known[last] ?? null
  const onRoad = run.status === 'on_road'
  const leaveAt = from
    ? leavingAt(from, pace, now)
    : (first?.plannedAt ?? now) + (onRoad ? 0 : Math.max(0, now - ms(run.departAt)))
  const between = (a: Ahead, b: Ahead) => known.slice(known.indexOf(a) + 1, known.indexOf(b))
  const arrivals = arrivalsAhead(
    { from, leaveAt, floor: onRoad ? now : Number.NEGATIVE_INFINITY },
    ahead.map((i) => known[i] as Ahead),
    pace,
    { reload: reloadOf(run), skippedBetween: between },
  )
  const passed: [number, Arrival][] = open
    .filter((i) => i < last)
    .map((i) => [i, { at: Math.max(now, (known[i] as Ahead).plannedAt), spreadMs: 20 * 60_000 }])
  return new Map([...passed, ...ahead.map((i, n): [number, Arrival] => [i, arrivals[n] as Arrival])])
}

const reloadOf = ({ hub, reloadMinutes = 0 }: Run): Reload | null =>
  hub ? { ...hub, ms: reloadMinutes * 60_000 } : null

/** When a vehicle leaves the stop it reached last: it has, or it will after the usual time, not in the past. */
function leavingAt(from: Ahead, pace: Pace, now: number): number {
  if (from.finishedAt !== null) return from.finishedAt
  return Math.max(now, Math.max(from.arrivedAt ?? now, from.windowFrom) + from.serviceMs * pace.service)
}

/** How far behind its plan the run is: at the next stop, or at the dock. */
function delayOf(
  run: Run,
  stops: readonly Stop[],
  known: readonly Ahead[],
  waiting: ReadonlyMap<number, Arrival>,
  now: number,
): number {
  if (run.status === 'finished') return 0
  if (run.status !== 'on_road') return Math.max(0, now - ms(run.departAt))
  const last = lastReached(known)
  const next = stops.findIndex((stop, i) => stop.status === 'waiting' && i > last)
  const arrival = waiting.get(next)
  if (arrival) return Math.max(0, arrival.at - (known[next] as Ahead).plannedAt)
  const end = known[last]
  return end?.arrivedAt ? Math.max(0, end.arrivedAt - end.plannedAt) : 0
}
