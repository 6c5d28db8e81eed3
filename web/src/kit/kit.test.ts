import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaAt } from '../app/area.ts'
import { remainingText } from './countdown.tsx'
import { readNumber } from './read-number.ts'
import { cleanScan } from './scan-box.tsx'

describe('readNumber', () => {
  test.for([
    ['12', 0, 12],
    ['1,234.5', 2, 1234.5],
    ['１２．５', 1, 12.5],
    ['2。5', 1, 2.5],
    ['1.', 2, 1],
    ['.5', 2, 0.5],
    ['2.555', 2, 2.56],
  ] as const)('%s is a number', ([text, decimals, value]) => {
    expect(readNumber(text, decimals)).toBe(value)
  })

  test.for(['', ' ', 'abc', '1.2.3', '--1', '1e5', 'Infinity', '9'.repeat(16), '5kg'])(
    '%s is none',
    (text) => {
      expect(readNumber(text, 2)).toBeNull()
    },
  )

  test('reads back every number with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (cents) => {
        expect(readNumber((cents / 100).toFixed(2), 2)).toBe(cents / 100)
      }),
    )
  })
})

test('a scan is told as plain text', () => {
  expect(cleanScan(']C1010691234567892\u001d10AB')).toBe('010691234567892{GS}10AB')
  expect(cleanScan('Ｌ２０２６－１')).toBe('L2026-1')
  expect(cleanScan('  L1 \r')).toBe('L1')
  expect(cleanScan('x'.repeat(500))).toHaveLength(120)
})

test('the time left is written with days, and never below zero', () => {
  expect(remainingText(6_130_000)).toBe('01:42:10')
  expect(remainingText(90_061_000)).toBe('1 天 01:01:01')
  expect(remainingText(-5)).toBe('00:00:00')
})

test('an address belongs to one console; the root is the shop', () => {
  expect(areaAt('/')).toBe('shop')
  expect(areaAt('/orders/1')).toBe('shop')
  expect(areaAt('/coop')).toBe('coop')
  expect(areaAt('/coop/lots')).toBe('coop')
  expect(areaAt('/cooperation')).toBe('shop')
})
