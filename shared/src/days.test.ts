import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  cutOffAt,
  dayDiff,
  dayText,
  eachDay,
  inSeason,
  instantAt,
  instantText,
  isServiceDay,
  minutesOf,
  minutesText,
  monthEnd,
  monthStart,
  parseMinutes,
  type ServiceDay,
  serviceDay,
  serviceDayOf,
  weekdayOf,
} from './days.ts'

const day = serviceDay('2026-11-25')
const anyDay = fc.integer({ min: 0, max: 36_000 }).map((n) => addDays(serviceDay('2000-06-01'), n))

describe('service days', () => {
  it('turns over at midnight in Shanghai', () => {
    expect(serviceDayOf(new Date('2026-11-24T15:59:59.999Z'))).toBe('2026-11-24')
    expect(serviceDayOf(new Date('2026-11-24T16:00:00.000Z'))).toBe('2026-11-25')
    expect(instantAt(day, 0).toISOString()).toBe('2026-11-24T16:00:00.000Z')
    expect(instantAt(day, 1440)).toEqual(instantAt(addDays(day, 1), 0))
  })

  it('refuses what is no day', () => {
    for (const bad of [
      '2026-02-29',
      '2026-13-01',
      '2026-1-1',
      '1999-12-31',
      '2100-01-01',
      '',
      '2026-11-25Z',
      null,
    ]) {
      expect(isServiceDay(bad), String(bad)).toBe(false)
    }
    expect(isServiceDay('2028-02-29')).toBe(true)
    expect(() => serviceDay('x'.repeat(1000))).toThrow(RangeError)
    expect(() => addDays(serviceDay('2099-12-31'), 1)).toThrow(RangeError)
    expect(() => addDays(day, 0.5)).toThrow(RangeError)
    expect(() => serviceDayOf(new Date(Number.NaN))).toThrow(RangeError)
    expect(() => eachDay(day, addDays(day, 500))).toThrow(RangeError)
  })

  it('counts days', () => {
    expect(addDays(serviceDay('2026-12-31'), 1)).toBe('2027-01-01')
    expect(eachDay(day, addDays(day, 2))).toEqual(['2026-11-25', '2026-11-26', '2026-11-27'])
    expect(eachDay(day, addDays(day, -1))).toEqual([])
    expect([monthStart(day), monthEnd(day), monthEnd(serviceDay('2028-02-03'))]).toEqual([
      '2026-11-01',
      '2026-11-30',
      '2028-02-29',
    ])
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (from, n) => {
        const there = addDays(from, n < 0 && from < '2001' ? -n : n)
        expect(addDays(from, dayDiff(from, there))).toBe(there)
        expect(from < there).toBe(dayDiff(from, there) > 0)
      }),
    )
  })

  it('knows the weekday', () => {
    expect(weekdayOf(day)).toBe(3)
    expect(weekdayOf(serviceDay('2026-11-29'))).toBe(7)
    fc.assert(
      fc.property(anyDay, (d) => {
        expect(weekdayOf(d) % 7).toBe(new Date(`${d}T00:00:00Z`).getUTCDay())
      }),
    )
  })
})

describe('times of a day', () => {
  it('writes and reads minutes', () => {
    expect(minutesText(330)).toBe('05:30')
    expect(minutesText(1440)).toBe('24:00')
    expect(parseMinutes('5:30')).toBe(330)
    for (const bad of ['24:01', '5:60', '5', '-1:00', '05:30:00']) expect(parseMinutes(bad), bad).toBeNull()
    expect(() => minutesText(1441)).toThrow(RangeError)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (m) => {
        expect(parseMinutes(minutesText(m))).toBe(m)
        if (m < 1440) expect(minutesOf(instantAt(day, m))).toBe(m)
      }),
    )
  })

  it('closes ordering at 22:00 the day before', () => {
    expect(cutOffAt(day, { daysBefore: 1, minutes: 1320 }).toISOString()).toBe('2026-11-24T14:00:00.000Z')
    expect(() => cutOffAt(day, { daysBefore: -1, minutes: 0 })).toThrow(RangeError)
  })
})

describe('seasons', () => {
  it('may run over the end of the year', () => {
    const kumquat = { from: '11-01', to: '01-31' }
    const on = (text: string) => inSeason(serviceDay(text), kumquat)
    expect(['2026-10-31', '2026-11-01', '2027-01-31', '2027-02-01'].map(on)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(inSeason(serviceDay('2026-07-20'), { from: '07-20', to: '08-15' })).toBe(true)
    expect(inSeason(serviceDay('2028-02-29'), { from: '02-29', to: '02-29' })).toBe(true)
    expect(() => inSeason(day, { from: '11-31', to: '01-31' })).toThrow(RangeError)
  })

  it('holds each day of the year either in the season or in the rest of the year', () => {
    const edge = (text: string, shift: number) => addDays(serviceDay(`2004-${text.slice(5)}`), shift).slice(5)
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (a, b, d: ServiceDay) => {
        const season = { from: a.slice(5), to: b.slice(5) }
        const rest = { from: edge(b, 1), to: edge(a, -1) }
        fc.pre(rest.from !== season.from)
        expect(inSeason(d, season)).toBe(!inSeason(d, rest))
      }),
    )
  })
})

describe('days for the eye', () => {
  it('speaks both languages', () => {
    expect(dayText(day, 'zh')).toBe('11月25日 周三')
    expect(dayText(day, 'en')).toBe('Wed 25 Nov')
    expect(dayText(day, 'zh', { year: true })).toBe('2026年11月25日 周三')
    expect(dayText(day, 'en', { year: true })).toBe('Wed 25 Nov 2026')
    expect(instantText(instantAt(day, 330), 'zh')).toBe('11月25日 05:30')
    expect(instantText(instantAt(day, 330), 'en')).toBe('25 Nov 05:30')
  })
})
