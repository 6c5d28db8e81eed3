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
  /** When it left or is to leave; otherwise as late as the first window allows. */
  readonly departAt?: number
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
  stops: StopTimes[]
}

/**
 * The clock of a run that visits the stops in this order. A stop reached before its window waits, one reached
 * after it is late. Before work since the last rest would exceed what is allowed the driver rests (道路交通安全法
 * 实施条例 Art. 62); a wait as long as a rest is one. A new trip goes by the hub and loads again.
 */
export function runClock(stops: readonly ClockStop[], travel: TravelTimes, rules: ClockRules): RunTimes {
  const hand = handsOf(travel, rules, departureOf(stops, travel, rules))
  const departAt = hand.now()
  const times: StopTimes[] = []
  let trip = stops[0]?.trip ?? 1
  for (const stop of stops) {
    if (stop.trip !== trip) hand.reload()
    trip = stop.trip
    times.push(hand.visit(stop))
  }
  if (stops.length > 0) hand.home()
  const { metres, seconds } = hand.driven()
  return { departAt, returnAt: hand.now(), metres, drivingSeconds: seconds, rests: hand.rests, stops: times }
}

function departureOf(stops: readonly ClockStop[], travel: TravelTimes, rules: ClockRules): number {
  const { earliestDeparture, departAt } = rules
  const first = stops[0]
  if (departAt !== undefined || !first) return departAt ?? earliestDeparture
  return Math.max(earliestDeparture, first.windowFrom - travel.seconds(0, first.point))
}

/** The hands of the clock: each act moves them on. */
function handsOf(travel: TravelTimes, { rest, reloadSeconds = 0 }: ClockRules, departAt: number) {
  let [now, at, work] = [departAt, 0, 0]
  const driven = { metres: 0, seconds: 0 }
  const rests: Span[] = []
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
    now: () => now,
    driven: () => driven,
    home: () => drive(0, 0),
    reload: () => {
      drive(0, 0)
      restBefore(reloadSeconds)
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
