import { expect, test } from 'vitest'
import { serviceDay } from './days.ts'
import { addWorkingDays, isWorkingDay } from './working-days.ts'

const october = new Map([
  ...[1, 2, 3, 4, 5, 6, 7].map((date) => [`2026-10-0${date}`, 'off'] as const),
  ['2026-09-20', 'work'] as const,
  ['2026-10-10', 'work'] as const,
])

test('working days pass over the weekend', () => {
  const none = new Map<string, string>()
  expect(addWorkingDays(serviceDay('2026-11-27'), 1, none)).toBe('2026-11-30')
  expect(addWorkingDays(serviceDay('2026-11-28'), 1, none)).toBe('2026-11-30')
  expect(addWorkingDays(serviceDay('2026-11-23'), 5, none)).toBe('2026-11-30')
  expect(addWorkingDays(serviceDay('2026-11-23'), 0, none)).toBe('2026-11-23')
})

test('holidays are passed over, a weekend worked for them is not', () => {
  expect(isWorkingDay(serviceDay('2026-10-01'), october)).toBe(false)
  expect(isWorkingDay(serviceDay('2026-10-10'), october)).toBe(true)
  expect(isWorkingDay(serviceDay('2026-10-11'), october)).toBe(false)
  expect(addWorkingDays(serviceDay('2026-09-30'), 1, october)).toBe('2026-10-08')
  // Thursday, Friday, the Saturday that is worked.
  expect(addWorkingDays(serviceDay('2026-09-30'), 3, october)).toBe('2026-10-10')
  expect(addWorkingDays(serviceDay('2026-09-18'), 1, october)).toBe('2026-09-20')
})
