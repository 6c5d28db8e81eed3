import { addDays, dayDiff, monthEnd, type ServiceDay, serviceDay, weekdayOf } from './days.ts'
import { type Fen, fen } from './money.ts'

export const statementSides = ['buyer', 'supplier', 'broker'] as const
export type StatementSide = (typeof statementSides)[number]
export const statementRhythms = ['weekly', 'half_month', 'monthly'] as const
export type StatementRhythm = (typeof statementRhythms)[number]
export const debtorKinds = ['public_body', 'large_enterprise', 'other'] as const
export type DebtorKind = (typeof debtorKinds)[number]

/** Reasons of entries that pay and are no charge: they do not change what a period is due. */
export const payingReasons = [
  'payment',
  'refund',
  'match',
  'offset',
  'payout',
  'payout_returned',
  'dispute',
] as const

export type Cut = { readonly rhythm: StatementRhythm; readonly cutDay: number }

const inMonth = (month: ServiceDay, date: number): ServiceDay => {
  const last = monthEnd(month)
  return Number(last.slice(8)) <= date
    ? last
    : serviceDay(`${last.slice(0, 8)}${String(date).padStart(2, '0')}`)
}

/** The first cut date on or after a day; a month that is too short is cut on its last day. */
export function cutFrom(day: ServiceDay, { rhythm, cutDay }: Cut): ServiceDay {
  if (rhythm === 'weekly') return addDays(day, (cutDay - weekdayOf(day) + 7) % 7)
  const dates = rhythm === 'half_month' ? [15, 31] : [cutDay]
  const nextMonth = addDays(monthEnd(day), 1)
  const cuts = [day, nextMonth].flatMap((month) => dates.map((date) => inMonth(month, date)))
  return cuts.filter((cut) => cut >= day).toSorted()[0] as ServiceDay
}

export type PaymentLimit = {
  readonly debtorKind: string
  readonly warnDays: number
  readonly maxDays: number
  readonly validFrom: string
  readonly validTo: string
  readonly source: string
}
export type TermsVerdict = {
  readonly verdict: 'ok' | 'warn' | 'refused'
  readonly maxDays: number
  readonly warnDays: number
  readonly source: string
}

/**
 * Judges due days by the limit in force on a day (Decree 802 Art. 9: public bodies 30 days, at most 60 where agreed;
 * large enterprises 60; for accounts settled by period it runs from the settled sum). Null: no limit is known.
 */
export function judgeTerms(
  limits: readonly PaymentLimit[],
  terms: { readonly debtorKind: string; readonly dueDays: number; readonly day: string },
): TermsVerdict | null {
  const limit = limits
    .filter(
      (one) => one.debtorKind === terms.debtorKind && one.validFrom <= terms.day && one.validTo >= terms.day,
    )
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .at(-1)
  if (!limit) return null
  const { warnDays, maxDays, source } = limit
  const verdict = terms.dueDays > maxDays ? 'refused' : terms.dueDays > warnDays ? 'warn' : 'ok'
  return { verdict, warnDays, maxDays, source }
}

export const ageBuckets = ['not_due', 'd1_30', 'd31_60', 'd61_90', 'over_90'] as const
export type AgeBucket = (typeof ageBuckets)[number]

/** How late a sum due on `dueOn` is on `day`. */
export function ageOf(dueOn: ServiceDay, day: ServiceDay): AgeBucket {
  const late = dayDiff(dueOn, day)
  if (late <= 0) return 'not_due'
  if (late <= 30) return 'd1_30'
  if (late <= 60) return 'd31_60'
  return late <= 90 ? 'd61_90' : 'over_90'
}

/** Steps of reminding in days from the due day; each is told once, the latest that has come. */
export const reminderSteps = [-3, 1, 15, 30, 60, 90] as const

/** The reminder step that stands on a day, or null. */
export function reminderStep(dueOn: ServiceDay, day: ServiceDay): number | null {
  const late = dayDiff(dueOn, day)
  return reminderSteps.findLast((step) => step <= late && late < step + 15) ?? null
}

export type Accrual = {
  readonly openFen: Fen
  readonly ppmPerDay: number /** Not yet a whole fen, in millionths. */
  readonly carryMicro: number
}

/**
 * A day's late interest of a statement, exact in millionths of a fen. The whole fen of its running sum are posted and the
 * rest is carried, so that nobody ever pays a fen that is not full. Sharing the fen of several statements by largest
 * remainder would let one of them drift by more than a fen over the days.
 */
export function accrueDay({ openFen, ppmPerDay, carryMicro }: Accrual): {
  microFen: number
  postedFen: Fen
  carryMicro: number
} {
  const microFen = fen(fen(openFen) * fen(ppmPerDay))
  const total = fen(microFen + carryMicro)
  const postedFen = Math.floor(total / 1_000_000)
  return { microFen, postedFen, carryMicro: total - postedFen * 1_000_000 }
}

/** A quantity in thousandths of a unit, half up. */
export const milliOf = (quantity: number, basePerUnit: number): number =>
  Math.floor((quantity * 2000 + basePerUnit) / (2 * basePerUnit))
