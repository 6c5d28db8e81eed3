import type { TravelTimes } from './matrix.ts'

type Timed = {
  readonly point: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly serviceSeconds: number
}

export type Timetable = {
  departAt: number
  /** Beginning of the hand-over at each stop. */
  startAt: number[]
  late: boolean[]
  returnAt: number
  metres: number
}

/**
 * Times of a run that visits the stops in this order. It leaves as late as the first window allows; a stop
 * reached before its window waits, one reached after it is late.
 */
export function timetable(
  stops: readonly Timed[],
  travel: TravelTimes,
  earliestDeparture: number,
): Timetable {
  const first = stops[0]
  const departAt = first
    ? Math.max(earliestDeparture, first.windowFrom - travel.seconds(0, first.point))
    : earliestDeparture
  const startAt: number[] = []
  let [at, clock, metres] = [0, departAt, 0]
  for (const stop of stops) {
    metres += travel.metres(at, stop.point)
    const start = Math.max(stop.windowFrom, clock + travel.seconds(at, stop.point))
    startAt.push(start)
    clock = start + stop.serviceSeconds
    at = stop.point
  }
  return {
    departAt,
    startAt,
    late: stops.map((stop, i) => (startAt[i] as number) > stop.windowTo),
    returnAt: clock + travel.seconds(at, 0),
    metres: metres + travel.metres(at, 0),
  }
}
