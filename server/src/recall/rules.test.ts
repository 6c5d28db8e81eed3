import { expect, test } from 'vitest'
import { balanceOf, type ClockRule, clockState, clocksOf, type Whereabouts } from './rules.ts'

const rule = (
  clock: string,
  level: number | null,
  amount: number,
  over: Partial<ClockRule> = {},
): ClockRule => ({
  clock,
  level,
  amount,
  unit: clock === 'finish' ? 'working_days' : 'hours',
  version: 'old',
  source: '示例',
  verify: false,
  validFrom: '2015-09-01',
  validTo: '2026-11-30',
  ...over,
})
const rules = [
  ...[1, 2, 3].flatMap((level) => [
    rule('start', level, 24 * level),
    rule('finish', level, 10 * level),
    rule('answer', level, 2 * level),
  ]),
  rule('incident', null, 2),
  rule('start', 1, 12, { version: 'new', validFrom: '2026-12-01', validTo: '2099-12-31' }),
  rule('finish', 1, 5, { version: 'new', validFrom: '2026-12-01', validTo: '2099-12-31' }),
  rule('answer', 1, 1, { validFrom: '2026-12-01', validTo: '2099-12-31' }),
]
const at = (text: string) => new Date(text)
const none = new Map<string, string>()

test('the clocks run from knowing, by level, by the version in force that day', () => {
  const known = at('2026-11-24T22:30:00+08:00')
  expect(clocksOf(rules, { level: 1, knownAt: known, incident: true }, none)).toEqual({
    startDueAt: at('2026-11-25T22:30:00+08:00'),
    // Ten working days after Tuesday the 24th: Tuesday, 8 December, to its end.
    finishDueAt: at('2026-12-08T23:59:00+08:00'),
    incidentDueAt: at('2026-11-25T00:30:00+08:00'),
    answerMinutes: 120,
    ruleVersion: 'old',
  })
  const three = clocksOf(rules, { level: 3, knownAt: known, incident: false }, none)
  const newYear = clocksOf(
    rules,
    { level: 1, knownAt: at('2026-11-24T22:30:00+08:00'), incident: false },
    new Map([['2026-12-01', 'off']]),
  )
  expect(newYear.finishDueAt).toEqual(at('2026-12-09T23:59:00+08:00'))
  expect([three.startDueAt, three.incidentDueAt]).toEqual([at('2026-11-27T22:30:00+08:00'), null])
  const later = clocksOf(rules, { level: 1, knownAt: at('2026-12-01T00:00:00+08:00'), incident: false }, none)
  expect([later.ruleVersion, later.startDueAt]).toEqual(['new', at('2026-12-01T12:00:00+08:00')])
  expect(() =>
    clocksOf(rules, { level: 2, knownAt: at('2026-12-01T00:00:00+08:00'), incident: false }, none),
  ).toThrow('no recall rule')
})

test('a clock is late when done late, or not done and over', () => {
  const due = at('2026-11-24T10:00:00Z')
  expect(clockState(due, null, at('2026-11-24T10:00:00Z')).late).toBe(false)
  expect(clockState(due, null, at('2026-11-24T10:00:01Z')).late).toBe(true)
  expect(clockState(due, at('2026-11-24T09:00:00Z'), at('2027-01-01T00:00:00Z')).late).toBe(false)
  expect(clockState(due, at('2026-11-24T11:00:00Z'), at('2026-11-24T12:00:00Z')).late).toBe(true)
})

const nowhere: Whereabouts = {
  entered: 1000,
  onShelf: 0,
  apart: 0,
  inTotes: 0,
  onTrucks: 0,
  backAtDoor: 0,
  delivered: 0,
  kept: 0,
  used: 0,
  recovered: 0,
  destroyed: 0,
  lost: 0,
  madeInto: 0,
  movedOn: 0,
}

test('the balance says what nobody can explain, and who has not answered yet', () => {
  expect(balanceOf(nowhere).unexplained).toBe(1000)
  const told = balanceOf({ ...nowhere, onShelf: 400, inTotes: 100, delivered: 450, lost: 50 })
  expect(told).toMatchObject({ notTold: 450, withBuyers: 0, unexplained: 0 })
  const answered = balanceOf({ ...nowhere, onShelf: 500, delivered: 500, kept: 300, used: 150 })
  expect(answered).toMatchObject({ notTold: 50, withBuyers: 300, usedByBuyers: 150, unexplained: 0 })
  const fetched = balanceOf({ ...nowhere, apart: 800, delivered: 500, kept: 300, used: 150, recovered: 300 })
  expect(fetched).toMatchObject({ withBuyers: 0, usedByBuyers: 150, notTold: 50, unexplained: 0 })
  const found = balanceOf({ ...nowhere, onShelf: 1010 })
  expect(found.unexplained).toBe(-10)
})
