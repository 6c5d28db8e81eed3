import { addDays, instantAt, serviceDay } from '@huming/shared/days'
import { describe, expect, test } from 'vitest'
import {
  type Calendar,
  cutOffKey,
  dayAnswer,
  daysToShow,
  hubDay,
  type ServedSite,
  termsOf,
  withinHorizon,
} from './calendar.ts'

const today = serviceDay('2026-11-24') // a Tuesday
const day = (ahead: number) => addDays(today, ahead)
const site: ServedSite = {
  hubId: 'h',
  buyerClass: 'snack_shop',
  deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
  closed: false,
}
const row = (over: object = {}) => ({
  hubId: 'h',
  buyerClass: 'snack_shop',
  daysBefore: 1,
  minutes: 22 * 60,
  minimumFen: 30_000,
  validFrom: '2020-01-01',
  validTo: '2099-12-31',
  ...over,
})
const calendar = (over: Partial<Calendar> = {}): Calendar => ({
  terms: [row()],
  closedDays: new Map(),
  cutOffs: new Map(),
  ...over,
})
const evening = instantAt(today, 21 * 60)

describe('terms', () => {
  test('the row begun last holds on its days; another hub or class does not count', () => {
    const terms = [
      row(),
      row({ validFrom: day(2), validTo: day(3), minutes: 600, minimumFen: 1 }),
      row({ hubId: 'other', minimumFen: 2 }),
      row({ buyerClass: 'breakfast', minimumFen: 3 }),
    ]
    expect(termsOf(terms, 'h', 'snack_shop', day(1)).minimumFen).toBe(30_000)
    expect(termsOf(terms, 'h', 'snack_shop', day(2))).toEqual({
      minimumFen: 1,
      cutOffAt: instantAt(day(1), 600),
    })
    expect(termsOf(terms, 'h', 'snack_shop', day(4)).minimumFen).toBe(30_000)
  })

  test('a hub that set none has those of the class', () => {
    expect(termsOf([], 'h', 'community', day(5))).toEqual({
      minimumFen: 30_000,
      cutOffAt: instantAt(day(3), 20 * 60),
    })
  })
})

describe('dayAnswer', () => {
  test('open until the very instant of the cut-off', () => {
    const cutOff = instantAt(today, 22 * 60)
    const at = (ms: number) => dayAnswer(calendar(), site, day(1), new Date(cutOff.getTime() + ms)).reason
    expect([at(-1), at(0)]).toEqual([null, 'cut_off_passed'])
  })

  test('closed early by operations: its own time is told', () => {
    const closedAt = instantAt(today, 18 * 60)
    const cutOffs = new Map([[cutOffKey('h', day(1), 'snack_shop'), closedAt]])
    expect(dayAnswer(calendar({ cutOffs }), site, day(1), evening)).toMatchObject({
      reason: 'cut_off_passed',
      cutOffAt: closedAt,
    })
    expect(
      dayAnswer(calendar({ cutOffs }), { ...site, buyerClass: 'wholesale' }, day(2), evening).reason,
    ).toBe(null)
  })

  test('weekday, closed day and a site given up', () => {
    expect(dayAnswer(calendar(), { ...site, deliveryWeekdays: [1, 2] }, day(1), evening).reason).toBe(
      'day_not_served',
    )
    const closedDays = new Map([[hubDay('h', day(1)), '春节']])
    expect(dayAnswer(calendar({ closedDays }), site, day(1), evening)).toMatchObject({
      reason: 'day_closed',
      closedReason: '春节',
    })
    expect(dayAnswer(calendar(), { ...site, closed: true }, day(1), evening).reason).toBe('day_not_served')
  })
})

test('fourteen days are shown, today only where one orders for the same day', () => {
  const shown = daysToShow(calendar(), site, evening)
  expect([shown.length, shown[0]?.day, shown[0]?.reason]).toEqual([14, day(1), null])
  const late = daysToShow(calendar(), site, instantAt(today, 23 * 60))
  expect(late[0]).toMatchObject({ day: day(1), reason: 'cut_off_passed' })
  const sameDay = daysToShow(calendar({ terms: [row({ daysBefore: 0, minutes: 1320 })] }), site, evening)
  expect([sameDay.length, sameDay[0]?.day, sameDay[0]?.reason]).toEqual([14, today, null])
})

test('orders are taken from today to thirty days ahead', () => {
  const open = [-1, 0, 30, 31].map((ahead) => withinHorizon(day(ahead), evening))
  expect(open).toEqual([false, true, true, false])
})
