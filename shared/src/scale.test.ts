import { expect, test } from 'vitest'
import { readScale } from './scale.ts'

test.each([
  ['ST,NT,+  12.345kg', 12_345],
  ['ST,GS,+00001.20 kg\r\n', 1200],
  ['S S     12.345 kg', 12_345],
  ['ww0002.150kg', 2150],
  ['850 g', 850],
  ['24.6 斤', 12_300],
  ['２.５ ｋｇ', 2500],
  ['1.2345kg', 1235],
])('%s', (line, grams) => {
  expect(readScale(line)).toEqual({ ok: true, grams })
})

test.each([
  ['US,NT,+  12.345kg', 'unstable'],
  ['S D     12.345 kg', 'unstable'],
  ['OL', 'overload'],
  ['S +', 'overload'],
  ['ST,NT,-  0.345kg', 'negative'],
  ['12.345', 'not_a_scale'],
  ['T000012345', 'not_a_scale'],
  ['(01)06901234567892', 'not_a_scale'],
  ['', 'not_a_scale'],
] as const)('%s is no weight: %s', (line, reason) => {
  expect(readScale(line)).toEqual({ ok: false, reason })
})
