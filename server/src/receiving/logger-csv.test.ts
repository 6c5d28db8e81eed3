import { expect, test } from 'vitest'
import { readLoggerText } from './logger-csv.ts'

const at = (text: string): number => Date.parse(text)

test.each([
  ['nothing', '', 1],
  ['only words', 'Logger X\nserial 5\n', 3],
  ['no temperature', '2026-11-24 08:00,open', 1],
  ['a hole among the readings', '2026-11-24 08:00,-18.5\nbattery low\n2026-11-24 08:10,-18.4', 2],
  ['a day that no month has', '2026-02-30 08:00,-18.5', 1],
  ['a temperature that no food has', '2026-11-24 08:00,-18.5\n2026-11-24 08:05,-185', 2],
])('%s is not read, with the line', (_what, text, line) => {
  expect(readLoggerText(text)).toMatchObject({ ok: false, line })
})

test('a flood of lines is bounded', () => {
  const start = at('2026-01-01T00:00:00Z')
  const flood = Array.from(
    { length: 20_002 },
    (_, i) => `${new Date(start + i * 1000).toISOString().slice(0, 19)}Z,-18.5`,
  ).join('\n')
  expect(readLoggerText(flood)).toMatchObject({ ok: false })
})

test.each([
  ['time and degrees', '2026-11-24 08:00:00,-18.5'],
  ['slashes and semicolons', '2026/11/24 08:00;-18.5'],
  ['date and time apart, a number in front, humidity behind', '17,2026-11-24,08:00,-18.5,45.2'],
  ['tabs, a unit and a minus sign of typesetters', '2026-11-24 08:00\t−18.5 ℃'],
  ['Chinese dates', '2026年11月24日 08:00,-18.5°C'],
  ['quoted', '"2026-11-24 08:00:00","-18.5"'],
  ['another zone', '2026-11-24T00:00:00Z,-18.5'],
  ['an offset without a colon', '2026-11-24T02:00:00+0200,-18.5'],
])('%s', (_what, line) => {
  const text = `\uFEFF记录仪 示例\n时间,温度\r\n${line}\n`
  expect(readLoggerText(text)).toEqual({
    ok: true,
    readings: [{ at: at('2026-11-24T08:00:00+08:00'), deciC: -185 }],
  })
})

test('readings come in the order of time, each instant once', () => {
  const read = readLoggerText('2026-11-24 08:10,2\n2026-11-24 08:00,1\n2026-11-24 08:10,3\n')
  expect(read).toMatchObject({ ok: true, readings: [{ deciC: 10 }, { deciC: 30 }] })
})
