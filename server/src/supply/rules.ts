import { addDays, dayDiff, minutesOf, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'

/** Goods at the dock after this minute are picked the next night only. */
const lastDockMinute = 120
/** No road or rail from Sanming takes longer, days. */
const transitDaysMax = 7

/** The first delivery day that goods arriving at this instant can serve. */
export function firstDayServed(arrivesAt: Date): ServiceDay {
  const day = serviceDayOf(arrivesAt)
  return minutesOf(arrivesAt) <= lastDockMinute ? day : addDays(day, 1)
}

/** Arrival follows departure, and not by weeks. */
export function timesFit(departsAt: Date, expectedAt: Date): boolean {
  const ms = expectedAt.getTime() - departsAt.getTime()
  return ms > 0 && ms <= transitDaysMax * 86_400_000
}

/** The warmest set point (tenths of °C) a vehicle may have for goods of these zones; null when none is needed. */
export function warmestSetPoint(zones: readonly Zone[]): number | null {
  const limits = zones.filter((zone) => ZONES[zone].readingRequired).map((zone) => ZONES[zone].target.max)
  return limits.length > 0 ? Math.min(...limits) : null
}

/** Will the lot still have the life buyers need on the first day it can be delivered? */
export const arrivesUsable = (
  lot: { useByDay: string; minRemainingDays: number },
  day: ServiceDay,
): boolean => dayDiff(day, lot.useByDay as ServiceDay) >= lot.minRemainingDays

/** How a call-off is answered by a quantity: whole, or cut. */
export const answerOf = (asked: number, confirmed: number): 'confirm' | 'cut' =>
  confirmed === asked ? 'confirm' : 'cut'

/** Takes `rest` from lots in the order given, no more than each holds; what each gives up. */
export function spreadCut(
  rest: number,
  lots: readonly { id: string; promised: number }[],
): { id: string; cut: number }[] {
  let left = rest
  return lots.flatMap(({ id, promised }) => {
    const cut = Math.min(left, promised)
    left -= cut
    return cut > 0 ? [{ id, cut }] : []
  })
}
