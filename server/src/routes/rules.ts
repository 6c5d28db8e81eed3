import { instantAt, type ServiceDay, serviceDay } from '@huming/shared/days'

/**
 * Working rules of the city runs, to be agreed with the carriers: from half past midnight until the evening of
 * the delivery day, nine hours from dock to dock at most, half an hour to load. 35 stops is what a 4.2 m truck
 * does in a night at most.
 */
const earliestMinutes = 30
const latestReturnMinutes = 20 * 60
export const shiftSeconds = 9 * 3600
export const stopsMax = 35
const loadingSeconds = 30 * 60

export const latestReturn = latestReturnMinutes * 60

/** Seconds after midnight of the day at which a run can leave, seen from now. */
export const earliestDepartureOf = (day: string, now: Date): number =>
  Math.max(earliestMinutes * 60, secondsOf(day, now) + loadingSeconds)

const midnight = (day: string): number => instantAt(serviceDay(day), 0).getTime()

/** Whole seconds after midnight of the day in Shanghai; negative before it. */
export const secondsOf = (day: string | ServiceDay, at: Date): number =>
  Math.ceil((at.getTime() - midnight(day)) / 1000)

export const instantOf = (day: string, seconds: number): Date => new Date(midnight(day) + seconds * 1000)

/** Hour whose traffic the plan assumes: that of the first hand-over, but not before the earliest departure. */
export const departHourOf = (windowFroms: readonly number[], earliestDeparture: number): number => {
  const first = Math.min(...windowFroms, latestReturn)
  return Math.floor(Math.max(first, earliestDeparture) / 3600) % 24
}
