import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, monthEnd, serviceDay, weekdayOf } from './days.ts'
import { accrueDay, ageOf, cutFrom, judgeTerms, reminderStep } from './stating.ts'

const day = serviceDay

test.each([
  ['weekly', 7, '2026-11-24', '2026-11-29'],
  ['weekly', 2, '2026-11-24', '2026-11-24'],
  ['half_month', 15, '2026-11-15', '2026-11-15'],
  ['half_month', 15, '2026-11-16', '2026-11-30'],
  ['monthly', 31, '2026-02-10', '2026-02-28'],
  ['monthly', 25, '2026-11-26', '2026-12-25'],
  ['monthly', 30, '2027-01-31', '2027-02-28'],
] as const)('%s cut on %i: from %s on it is %s', (rhythm, cutDay, from, cut) => {
  expect(cutFrom(day(from), { rhythm, cutDay })).toBe(cut)
})

test('periods follow each other without a gap, whatever the rhythm', () => {
  const cuts = fc.oneof(
    fc.record({ rhythm: fc.constant('weekly' as const), cutDay: fc.integer({ min: 1, max: 7 }) }),
    fc.record({ rhythm: fc.constant('half_month' as const), cutDay: fc.constant(15) }),
    fc.record({ rhythm: fc.constant('monthly' as const), cutDay: fc.integer({ min: 1, max: 31 }) }),
  )
  fc.assert(
    fc.property(cuts, fc.nat(3000), (terms, ahead) => {
      const from = addDays(day('2024-01-01'), ahead)
      const cut = cutFrom(from, terms)
      expect(cut >= from && cut <= addDays(from, 31)).toBe(true)
      if (terms.rhythm === 'weekly') expect(weekdayOf(cut)).toBe(terms.cutDay)
      else expect([15, terms.cutDay, Number(monthEnd(cut).slice(8))]).toContain(Number(cut.slice(8)))
      expect(cutFrom(addDays(cut, 1), terms) > cut).toBe(true)
    }),
  )
})

test('public bodies pay within 30 days, agreed 60 at most, large enterprises within 60', () => {
  const limits = [
    {
      debtorKind: 'public_body',
      warnDays: 30,
      maxDays: 60,
      validFrom: '2025-06-01',
      validTo: '2099-12-31',
      source: '802',
    },
    {
      debtorKind: 'large_enterprise',
      warnDays: 60,
      maxDays: 60,
      validFrom: '2025-06-01',
      validTo: '2099-12-31',
      source: '802',
    },
  ]
  const judged = (debtorKind: string, dueDays: number, on = '2026-11-24') =>
    judgeTerms(limits, { debtorKind, dueDays, day: on })?.verdict
  expect([30, 31, 60, 61].map((days) => judged('public_body', days))).toEqual([
    'ok',
    'warn',
    'warn',
    'refused',
  ])
  expect([60, 61].map((days) => judged('large_enterprise', days))).toEqual(['ok', 'refused'])
  expect(judged('public_body', 30, '2025-05-31')).toBeUndefined()
})

test.each([
  ['2026-11-24', 'not_due'],
  ['2026-11-25', 'd1_30'],
  ['2026-12-24', 'd1_30'],
  ['2026-12-25', 'd31_60'],
  ['2027-01-24', 'd61_90'],
  ['2027-02-22', 'd61_90'],
  ['2027-02-23', 'over_90'],
] as const)('due on the 24th of November, on %s it is %s', (on, bucket) => {
  expect(ageOf(day('2026-11-24'), day(on))).toBe(bucket)
})

test('a reminder step stands for two weeks and is not told for a debt that is older', () => {
  const due = day('2026-11-24')
  expect(reminderStep(due, addDays(due, -4))).toBeNull()
  expect(reminderStep(due, addDays(due, -3))).toBe(-3)
  expect(reminderStep(due, addDays(due, 1))).toBe(1)
  expect(reminderStep(due, addDays(due, 29))).toBe(15)
  expect(reminderStep(due, addDays(due, 300))).toBeNull()
})

test('interest of many days is posted to the full fen, whatever was open: what is carried never makes one', () => {
  const open = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(open, fc.integer({ min: 1, max: 2000 }), (days, ppmPerDay) => {
      let carryMicro = 0
      let posted = 0
      let exact = 0
      for (const openFen of days) {
        const made = accrueDay({ openFen, ppmPerDay, carryMicro })
        carryMicro = made.carryMicro
        posted += made.postedFen
        exact += made.microFen
        expect(carryMicro >= 0 && carryMicro < 1_000_000 && made.postedFen >= 0).toBe(true)
      }
      expect(posted).toBe(Math.floor(exact / 1_000_000))
    }),
  )
})
