import type { TravelTimes } from './matrix.ts'
import type { Span } from './routing-problem.ts'

/** A stop in its run; seconds after midnight of the day. */
export type ClockStop = {
  readonly point: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly serviceSeconds: number
  /** 1 for the first trip; a higher one follows a reload at the hub. */
  readonly trip: number
}

export type ClockRules = {
  readonly earliestDeparture: number
  /** When it left or is to leave; otherwise as late as no visit suffers. */
  readonly departAt?: number
  /** End of the shift. */
  readonly latestReturn?: number
  readonly rest?: { readonly afterSeconds: number; readonly seconds: number }
  readonly reloadSeconds?: number
}

export type StopTimes = { arriveAt: number; startAt: number; leaveAt: number; lateSeconds: number }

export type RunTimes = {
  departAt: number
  returnAt: number
  metres: number
  /** At the wheel. */
  drivingSeconds: number
  rests: Span[]
  /** Loading again at the hub, between two trips. */
  reloads: Span[]
  stops: StopTimes[]
}

/**
 * The clock of a run that visits the stops in this order. A stop reached before its window waits, one reached
 * after it is late. Before work since the last rest would exceed what is allowed the driver rests (道路交通安全法
 * 实施条例 Art. 62); a wait as long as a rest is one. A new trip goes by the hub and loads again. Without a time to
 * leave at, it leaves as late as no visit suffers.
 */
export function runClock(stops: readonly ClockStop[], travel: TravelTimes, rules: ClockRules): RunTimes {
  if (rules.departAt !== undefined || stops.length === 0)
    return clockFrom(stops, travel, rules, rules.departAt ?? rules.earliestDeparture)
  return leavingLate(stops, travel, rules, rules.earliestDeparture)
}

/**
 * The same for a run that could leave at `earliest`, leaving as late as it can without being late anywhere for longer:
 * what would be waited at doors is spent at home. It comes back later only by rests that a wait at a door stood for,
 * and within the shift. Found by halving: rests that fall elsewhere when it leaves later may hide a better time, never
 * a rule.
 */
export function leavingLate(
  stops: readonly ClockStop[],
  travel: TravelTimes,
  rules: ClockRules,
  earliest: number,
): RunTimes {
  const base = clockFrom(stops, travel, rules, earliest)
  const harmless = (times: RunTimes): boolean =>
    (times.returnAt <= base.returnAt || restsInstead(times, base, rules)) &&
    times.stops.every((stop, i) => stop.lateSeconds <= (base.stops[i]?.lateSeconds ?? 0))
  let best = base
  let [low, high] = [0, waited(base)]
  while (low < high) {
    const later = Math.ceil((low + high) / 2)
    const times = clockFrom(stops, travel, rules, earliest + later)
    if (harmless(times)) [best, low] = [times, later]
    else high = later - 1
  }
  return best
}

/** Later only by more rests, and in time. */
const restsInstead = (times: RunTimes, base: RunTimes, { rest, latestReturn = 0 }: ClockRules): boolean =>
  times.returnAt <= latestReturn &&
  times.returnAt - base.returnAt <= (times.rests.length - base.rests.length) * (rest?.seconds ?? 0)

const waited = ({ stops }: RunTimes): number =>
  Math.ceil(stops.reduce((sum, stop) => sum + stop.startAt - stop.arriveAt, 0))

function clockFrom(
  stops: readonly ClockStop[],
  travel: TravelTimes,
  rules: ClockRules,
  departAt: number,
): RunTimes {
  const hand = handsOf(travel, rules, departAt)
  const times: StopTimes[] = []
  let trip = stops[0]?.trip ?? 1
  for (const stop of stops) {
    if (stop.trip !== trip) hand.reload()
    trip = stop.trip
    times.push(hand.visit(stop))
  }
  if (stops.length > 0) hand.home()
  const { metres, seconds } = hand.driven()
  const { rests, reloads } = hand
  return { departAt, returnAt: hand.now(), metres, drivingSeconds: seconds, rests, reloads, stops: times }
}

/** The hands of the clock: each act moves them on. */
function handsOf(travel: TravelTimes, { rest, reloadSeconds = 0 }: ClockRules, departAt: number) {
  let [now, at, work] = [departAt, 0, 0]
  const driven = { metres: 0, seconds: 0 }
  const rests: Span[] = []
  const reloads: Span[] = []
  const restBefore = (effort: number): void => {
    if (rest && rest.seconds > 0 && work > 0 && work + effort > rest.afterSeconds) {
      rests.push({ from: now, to: now + rest.seconds })
      now += rest.seconds
      work = 0
    }
    work += effort
  }
  const drive = (to: number, service: number): void => {
    const seconds = travel.seconds(at, to)
    restBefore(seconds + service)
    now += seconds
    driven.metres += travel.metres(at, to)
    driven.seconds += seconds
    at = to
  }
  return {
    rests,
    reloads,
    now: () => now,
    driven: () => driven,
    home: () => drive(0, 0),
    reload: () => {
      drive(0, 0)
      restBefore(reloadSeconds)
      reloads.push({ from: now, to: now + reloadSeconds })
      now += reloadSeconds
    },
    visit: (stop: ClockStop): StopTimes => {
      drive(stop.point, stop.serviceSeconds)
      const arriveAt = now
      const startAt = Math.max(stop.windowFrom, arriveAt)
      if (rest && rest.seconds > 0 && startAt - arriveAt >= rest.seconds) work = stop.serviceSeconds
      now = startAt + stop.serviceSeconds
      return { arriveAt, startAt, leaveAt: now, lateSeconds: Math.max(0, startAt - stop.windowTo) }
    },
  }
}
