import { addDays, cutOffAt, type ServiceDay, serviceDayOf, weekdayOf } from '@huming/shared/days'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'

/** Orders are taken for days so far ahead; the calendar shows fewer. */
export const daysAheadMax = 30
const daysShown = 14

/** Dated terms of a hub for a buyer class, as they are kept. */
export type TermsRow = {
  readonly hubId: string
  readonly buyerClass: string
  readonly daysBefore: number
  readonly minutes: number
  readonly minimumFen: number
  readonly validFrom: string
  readonly validTo: string
}
/** What is known of a set of hubs: terms, days without delivery, cut-offs closed already. */
export type Calendar = {
  readonly terms: readonly TermsRow[]
  readonly closedDays: ReadonlyMap<string, string>
  readonly cutOffs: ReadonlyMap<string, Date>
}
/** A hub and a day as one word, for `closedDays`. */
export const hubDay = (hubId: string, day: string): string => `${hubId}:${day}`
/** A hub, day and class as one word, for `cutOffs` and its lock. */
export const cutOffKey = (hubId: string, day: string, buyerClass: string): string =>
  `${hubId}:${day}:${buyerClass}`

/** A buyer's place as far as the calendar goes. */
export type ServedSite = {
  readonly hubId: string
  readonly buyerClass: BuyerClass
  readonly deliveryWeekdays: readonly number[]
  /** Given up: nothing is delivered there any more. */
  readonly closed: boolean
}

export type DayRefusal = 'cut_off_passed' | 'day_closed' | 'day_not_served'
export type DayAnswer = {
  readonly day: ServiceDay
  /** Until when it could be ordered: by the clock, or earlier when operations closed it. */
  readonly cutOffAt: Date
  readonly minimumFen: number
  readonly reason: DayRefusal | null
  readonly closedReason: string | null
}

/** The terms in force for a delivery day; where the hub has set none, those its buyer class starts from. */
export function termsOf(terms: readonly TermsRow[], hubId: string, buyerClass: BuyerClass, day: ServiceDay) {
  const rows = terms.filter(
    (row) =>
      row.hubId === hubId && row.buyerClass === buyerClass && row.validFrom <= day && day <= row.validTo,
  )
  // Of several in force the one begun last holds.
  const row = rows.reduce<TermsRow | undefined>(
    (last, one) => (last && last.validFrom >= one.validFrom ? last : one),
    undefined,
  )
  const { cutOff, minimumOrderFen } = BUYER_CLASSES[buyerClass]
  return { cutOffAt: cutOffAt(day, row ?? cutOff), minimumFen: row?.minimumFen ?? minimumOrderFen }
}

/** May the site order for the day now, and if not, why. */
export function dayAnswer(calendar: Calendar, site: ServedSite, day: ServiceDay, now: Date): DayAnswer {
  const terms = termsOf(calendar.terms, site.hubId, site.buyerClass, day)
  const closedAt = calendar.cutOffs.get(cutOffKey(site.hubId, day, site.buyerClass))
  const closedReason = calendar.closedDays.get(hubDay(site.hubId, day)) ?? null
  const until = closedAt && closedAt < terms.cutOffAt ? closedAt : terms.cutOffAt
  return { ...terms, day, cutOffAt: until, closedReason, reason: reason() }

  function reason(): DayRefusal | null {
    if (site.closed || !site.deliveryWeekdays.includes(weekdayOf(day))) return 'day_not_served'
    if (closedReason !== null) return 'day_closed'
    return closedAt || now >= terms.cutOffAt ? 'cut_off_passed' : null
  }
}

/** Is the day one that orders are taken for at all? */
export function withinHorizon(day: string, now: Date): boolean {
  const today = serviceDayOf(now)
  return day >= today && day <= addDays(today, daysAheadMax)
}

/** The days a site is shown: from the first one whose cut-off may lie ahead. */
export function daysToShow(calendar: Calendar, site: ServedSite, now: Date): DayAnswer[] {
  const today = serviceDayOf(now)
  const answers = Array.from({ length: daysShown + 1 }, (_, ahead) =>
    dayAnswer(calendar, site, addDays(today, ahead), now),
  )
  // Today itself is worth showing only where one orders for the same day.
  const sameDay = answers[0] !== undefined && serviceDayOf(answers[0].cutOffAt) === today
  return sameDay ? answers.slice(0, daysShown) : answers.slice(1)
}
