import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigit, payCodeOf, payCodesIn, payCodesMax } from './pay-code.ts'

const number = fc.nat(payCodesMax - 1)

test('Damm’s own example', () => {
  expect(checkDigit('572')).toBe(4)
  expect(checkDigit('5724')).toBe(0)
})

test('a code is found again however it was typed', () => {
  fc.assert(
    fc.property(number, (n) => {
      const code = payCodeOf(n)
      expect(code).toMatch(/^HM\d{8}$/)
      expect(payCodesIn(`货款 ${code}`)).toEqual([code])
      expect(payCodesIn(`付款码ｈｍ ${code.slice(2, 6)}-${code.slice(6)} 谢谢`)).toEqual([code])
    }),
  )
})

test('one wrong digit, or two swapped, is no code', () => {
  fc.assert(
    fc.property(number, fc.nat(7), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
      const digits = payCodeOf(n).slice(2)
      const wrong = (Number(digits[at]) + by) % 10
      expect(payCodesIn(`HM${digits.slice(0, at)}${wrong}${digits.slice(at + 1)}`)).toEqual([])
      const a = digits[at % 7]
      const b = digits[(at % 7) + 1]
      if (a === b) return
      expect(payCodesIn(`HM${digits.slice(0, at % 7)}${b}${a}${digits.slice((at % 7) + 2)}`)).toEqual([])
    }),
  )
})

test('longer numbers and bare digits are none', () => {
  const digits = payCodeOf(1234567).slice(2)
  expect(payCodesIn(digits)).toEqual([])
  expect(payCodesIn(`HM${digits}9`)).toEqual([])
})
