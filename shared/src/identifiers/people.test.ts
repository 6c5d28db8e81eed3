import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkIdCard, maskIdCard } from './idcard.ts'
import { checkPhone, maskPhone } from './phone.ts'
import { checkPlate, plateText } from './plate.ts'

describe('phones', () => {
  it('reads what people write', () => {
    expect(checkPhone('138 1234 1234')).toEqual({ ok: true, number: '13812341234', kind: 'mobile' })
    expect(checkPhone('+86-138-1234-1234')).toMatchObject({ ok: true, number: '13812341234' })
    expect(checkPhone('8613812341234')).toMatchObject({ ok: true, number: '13812341234' })
    expect(checkPhone('１３８１２３４１２３４')).toMatchObject({ ok: true, kind: 'mobile' })
    expect(checkPhone('021-62345678')).toEqual({ ok: true, number: '02162345678', kind: 'landline' })
    expect(checkPhone('(0598) 8234567')).toMatchObject({ ok: true, kind: 'landline' })
    expect(checkPhone('400-820-8820')).toMatchObject({ ok: true, kind: 'service' })
    for (const bad of [
      '',
      '12812341234',
      '1381234123',
      '138123412345',
      '00000000000',
      '0312345678',
      'x'.repeat(9999),
    ]) {
      expect(checkPhone(bad), bad.slice(0, 20)).toEqual({ ok: false, reason: 'shape' })
    }
  })

  it('never shows more than the first three and last four digits', () => {
    expect(maskPhone('13812341234')).toBe('138****1234')
    expect(maskPhone('021-62345678')).toBe('021****5678')
    expect(maskPhone('张三 138')).toBe('****')
    fc.assert(fc.property(fc.string(), (text) => maskPhone(text).replace(/\*/g, '').length <= 7))
  })
})

describe('plates', () => {
  it('tells fuel from new energy', () => {
    expect(checkPlate('沪A·12345')).toEqual({ ok: true, plate: '沪A12345', kind: 'fuel', authority: '沪A' })
    expect(checkPlate('闽g 1b234')).toMatchObject({ ok: true, authority: '闽G', kind: 'fuel' })
    expect(checkPlate('沪AD12345')).toMatchObject({ ok: true, kind: 'new_energy' })
    expect(checkPlate('闽G12345D')).toMatchObject({ ok: true, kind: 'new_energy' })
    expect(checkPlate('沪B1234挂')).toMatchObject({ ok: true, kind: 'fuel' })
    for (const bad of ['', '沪I12345', '沪A1234', '沪A123456', '港A12345', '沪AO2345', '沪A1234O']) {
      expect(checkPlate(bad), bad).toEqual({ ok: false, reason: 'shape' })
    }
    expect(plateText('沪AD12345')).toBe('沪A·D12345')
  })
})

describe('identity numbers', () => {
  it('checks the published example, its birthday and its check character', () => {
    // The example of the standard's explanation; nobody's number.
    expect(checkIdCard('11010519491231002x')).toEqual({
      ok: true,
      number: '11010519491231002X',
      division: '110105',
      birthday: '1949-12-31',
    })
    expect(checkIdCard('110105194912310021')).toEqual({ ok: false, reason: 'check_digit' })
    expect(checkIdCard('11010519490230002X')).toEqual({ ok: false, reason: 'birthday' })
    expect(checkIdCard('11010519491231')).toEqual({ ok: false, reason: 'shape' })
    expect(maskIdCard('11010519491231002X')).toBe('1101**********002X')
    expect(maskIdCard('1101')).toBe('****')
  })

  it('catches any single changed digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const code = '11010519491231002X'
        const digit = (Number(code[at]) + shift) % 10
        expect(checkIdCard(code.slice(0, at) + digit + code.slice(at + 1)).ok).toBe(false)
      }),
    )
  })
})
