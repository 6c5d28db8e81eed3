import { expect, test } from 'vitest'
import { lotCodeOf } from './rules.ts'

test('lots of one pack and day whose ids end alike bear different codes', () => {
  const codes = ['0001abcd', '0002abcd', '1000abcd'].map((end) =>
    lotCodeOf('JN-HHL-10', '2026-11-24', `01a20ef0-32bb-73f2-ac88-268c${end}`),
  )
  expect(new Set(codes).size).toBe(3)
  for (const code of codes) expect(code).toMatch(/^JN-HHL-10-261124-[0-9A-HJ-NP-X]{6}$/)
})
