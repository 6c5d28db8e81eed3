import type { tripVerdicts } from '@huming/shared/contracts/receiving'
import type { Reading } from './logger-csv.ts'

export type TripVerdict = (typeof tripVerdicts)[number]
export type WarnLimit = { readonly warnAboveDeciC: number | null; readonly warnForMinutes: number | null }
export type TripSummary = {
  readonly minDeciC: number
  readonly maxDeciC: number
  readonly readings: number
  /** Longest time on end above the warning value, in minutes. */
  readonly minutesAbove: number
  /** Longest time without a reading; null when read by hand. */
  readonly gapMinutes: number | null
}

/** Without a reading for longer, a trip's log has a hole (transport: at least one in 10 minutes, with slack). */
const gapWarnMinutes = 30
const minute = 60_000

/**
 * What a logger says of a trip from `from` to `to`: readings outside of it are of another matter. A reading holds
 * until the next one. Null when nothing of the trip was read.
 */
export function summarise(
  readings: readonly Reading[],
  trip: { from: number; to: number },
  { warnAboveDeciC }: WarnLimit,
): (TripSummary & { firstAt: number; lastAt: number }) | null {
  const own = readings.filter(({ at }) => at >= trip.from && at <= trip.to)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  let [above, longest, gap] = [0, 0, first.at - trip.from]
  for (const [i, { at, deciC }] of own.entries()) {
    const until = own[i + 1]?.at ?? trip.to
    gap = Math.max(gap, until - at)
    above = warnAboveDeciC !== null && deciC > warnAboveDeciC ? above + (until - at) : 0
    longest = Math.max(longest, above)
  }
  const degrees = own.map(({ deciC }) => deciC)
  return {
    minDeciC: Math.min(...degrees),
    maxDeciC: Math.max(...degrees),
    readings: own.length,
    minutesAbove: Math.floor(longest / minute),
    gapMinutes: Math.floor(gap / minute),
    firstAt: first.at,
    lastAt: last.at,
  }
}

/** Above the warning value for longer than allowed is an excursion; above it at all, or a hole in the log, a warning. */
export function judgeTrip(summary: TripSummary, { warnAboveDeciC, warnForMinutes }: WarnLimit): TripVerdict {
  if (warnAboveDeciC === null || warnForMinutes === null) return 'fine'
  if (summary.minutesAbove > warnForMinutes) return 'excursion'
  if (summary.maxDeciC > warnAboveDeciC) return 'warn'
  return (summary.gapMinutes ?? 0) > gapWarnMinutes ? 'warn' : 'fine'
}

const severity: Record<TripVerdict, number> = { none: -1, fine: 0, warn: 1, excursion: 2 }

/** The worst of several loggers of one zone; `none` when there is none. */
export const worstOf = (verdicts: readonly TripVerdict[]): TripVerdict =>
  verdicts.reduce((worst, one) => (severity[one] > severity[worst] ? one : worst), 'none' as TripVerdict)
