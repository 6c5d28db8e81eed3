import type { Locale } from './locale.ts'

declare const serviceDayBrand: unique symbol

/**
 * A business day in Asia/Shanghai, written '2026-11-25'. Sorts as text. Shanghai has had UTC+8 without
 * summer time since 1991, so plain arithmetic is exact over the whole guarded range.
 */
export type ServiceDay = string & { readonly [serviceDayBrand]: true }

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
const FIRST = '2000-01-01'
const LAST = '2099-12-31'
const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Days found to be real with their numbers, and back; at most the 36 525 there are. Asked many times for each page. */
const numbers = new Map<string, number>()
const daysByNumber = new Map<number, ServiceDay>()

/** True for a real calendar day from 2000 to 2099. */
export function isServiceDay(text: unknown): text is ServiceDay {
  if (typeof text !== 'string') return false
  if (numbers.has(text)) return true
  if (!SHAPE.test(text) || text < FIRST || text > LAST) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) return false
  numbers.set(text, time / DAY_MS)
  return true
}

/** The day itself, or a RangeError. */
export function serviceDay(text: string): ServiceDay {
  if (!isServiceDay(text)) throw new RangeError(`not a service day: ${text.slice(0, 40)}`)
  return text
}

/** The day it is in Shanghai at this instant. */
export function serviceDayOf(instant: Date): ServiceDay {
  const time = instant.getTime()
  if (Number.isNaN(time)) throw new RangeError('not an instant')
  return inRange(new Date(time + SHANGHAI_MS).toISOString().slice(0, 10))
}

/** A day that came out of a Date is a real one; only its range is left to check. Cheap, for the hot paths. */
function inRange(text: string): ServiceDay {
  if (text < FIRST || text > LAST) throw new RangeError(`not a service day: ${text}`)
  return text as ServiceDay
}

function dayNumber(day: ServiceDay): number {
  return numbers.get(day) ?? Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

function dayAt(number: number): ServiceDay {
  const known = daysByNumber.get(number)
  if (known !== undefined) return known
  const day = inRange(new Date(number * DAY_MS).toISOString().slice(0, 10))
  daysByNumber.set(number, day)
  numbers.set(day, number)
  return day
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: ServiceDay, count: number): ServiceDay {
  if (!Number.isSafeInteger(count) || Math.abs(count) > 40_000)
    throw new RangeError(`not a day count: ${count}`)
  return dayAt(dayNumber(day) + count)
}

/** How many days `to` lies after `from`. */
export function dayDiff(from: ServiceDay, to: ServiceDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** All days from `from` to `to`, both included; at most 400. */
export function eachDay(from: ServiceDay, to: ServiceDay): ServiceDay[] {
  const count = dayDiff(from, to) + 1
  if (count > 400) throw new RangeError('too many days in one range')
  return Array.from({ length: Math.max(0, count) }, (_, i) => addDays(from, i))
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export function weekdayOf(day: ServiceDay): Weekday {
  return (((dayNumber(day) + 3) % 7) + 1) as Weekday
}

/** First day of the month. */
export function monthStart(day: ServiceDay): ServiceDay {
  return serviceDay(`${day.slice(0, 8)}01`)
}

/** Last day of the month. */
export function monthEnd(day: ServiceDay): ServiceDay {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return serviceDay(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10))
}

/** So many months later on the same date, or the last day of a shorter month; at most 1200 months either way. */
export function addMonths(day: ServiceDay, count: number): ServiceDay {
  if (!Number.isSafeInteger(count) || Math.abs(count) > 1200)
    throw new RangeError(`not a month count: ${count}`)
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), day.slice(8)]
  const first = serviceDay(new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10))
  const last = monthEnd(first)
  return date < last.slice(8) ? serviceDay(`${first.slice(0, 8)}${date}`) : last
}

function checkMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 1440) {
    throw new RangeError(`not minutes of a day: ${minutes}`)
  }
  return minutes
}

/** The instant at `minutes` after midnight of that day in Shanghai; 1440 is the end of the day. */
export function instantAt(day: ServiceDay, minutes: number): Date {
  return new Date(dayNumber(day) * DAY_MS - SHANGHAI_MS + checkMinutes(minutes) * 60_000)
}

/** Minutes after midnight in Shanghai at this instant. */
export function minutesOf(instant: Date): number {
  return Math.floor((instant.getTime() - instantAt(serviceDayOf(instant), 0).getTime()) / 60_000)
}

/** 330 → '05:30'. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(checkMinutes(minutes) / 60)
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** '05:30' → 330; null for anything else. */
export function parseMinutes(text: string): number | null {
  const match = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim())
  if (!match) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes <= 1440 ? minutes : null
}

/** When ordering closes: `daysBefore` days before the delivery day, at `minutes`. */
export type CutOff = { readonly daysBefore: number; readonly minutes: number }

/** The instant ordering for a delivery day closes; an order at that very instant is late. */
export function cutOffAt(day: ServiceDay, cutOff: CutOff): Date {
  if (cutOff.daysBefore < 0) throw new RangeError('a cut-off cannot follow its day')
  return instantAt(addDays(day, -cutOff.daysBefore), cutOff.minutes)
}

/** A yearly season, 'MM-DD' to 'MM-DD' both included; from > to runs over the year's end. */
export type SeasonWindow = { readonly from: string; readonly to: string }

/** Is the day inside the season? */
export function inSeason(day: ServiceDay, season: SeasonWindow): boolean {
  const [from, to, here] = [monthDay(season.from), monthDay(season.to), day.slice(5)]
  return from <= to ? from <= here && here <= to : here >= from || here <= to
}

function monthDay(text: string): string {
  // 2000 is a leap year, so 02-29 is a valid edge of a season.
  if (!isServiceDay(`2000-${text}`)) throw new RangeError(`not a month and day: ${text.slice(0, 20)}`)
  return text
}

const WEEKDAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** "周三" / "Wed". */
export function weekdayText(weekday: Weekday, locale: Locale): string {
  return WEEKDAYS[locale][weekday - 1] as string
}

/** "11月25日 周三" / "Wed 25 Nov"; with the year "2026年11月25日 周三" / "Wed 25 Nov 2026". */
export function dayText(day: ServiceDay, locale: Locale, options: { readonly year?: boolean } = {}): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const weekday = weekdayText(weekdayOf(day), locale)
  if (locale === 'zh') return `${options.year ? `${year}年` : ''}${month}月${date}日 ${weekday}`
  return `${weekday} ${date} ${MONTHS[month - 1]}${options.year ? ` ${year}` : ''}`
}

/** "11月25日 05:30" / "25 Nov 05:30", Shanghai time. */
export function instantText(instant: Date, locale: Locale): string {
  const day = serviceDayOf(instant)
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))]
  const time = minutesText(minutesOf(instant))
  return locale === 'zh' ? `${month}月${date}日 ${time}` : `${date} ${MONTHS[month - 1]} ${time}`
}
