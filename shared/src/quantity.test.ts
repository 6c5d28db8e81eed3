import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseText, checkStep, fromBase, type Packing, quantityText, toBase } from './quantity.ts'
import { fixedSize, UNIT_IDS, UNITS, unitOfWord } from './units.ts'

const dumplings: Packing = {
  baseUnit: 'g',
  conversions: [
    { unit: 'carton', size: 10_000 },
    { unit: 'bag', size: 1000 },
  ],
}
const duck: Packing = { baseUnit: 'g', conversions: [{ unit: 'head', size: 1100, variable: true }] }
const sauce: Packing = { baseUnit: 'ml', conversions: [{ unit: 'tub', size: 1900 }] }
const bowls: Packing = { baseUnit: 'piece', conversions: [{ unit: 'carton', size: 300 }] }

describe('units', () => {
  it('knows trade units exactly', () => {
    expect(fixedSize('jin')).toEqual({ base: 'g', factor: 500 })
    expect(fixedSize('dan')).toEqual({ base: 'g', factor: 50_000 })
    expect(fixedSize('carton')).toBeNull()
  })

  it('reads every written word back as its unit, each word once', () => {
    const words = UNIT_IDS.flatMap((id) => [UNITS[id].zh, ...UNITS[id].words])
    expect(new Set(words).size).toBe(words.length)
    for (const id of UNIT_IDS) expect(unitOfWord(UNITS[id].zh)).toBe(id)
    expect(unitOfWord('ＫＧ')).toBe('kg')
    expect(unitOfWord('蒲式耳')).toBeNull()
  })
})

describe('typed quantities', () => {
  it('lands on whole base units', () => {
    expect(toBase('3', 'carton', dumplings)).toEqual({ ok: true, quantity: 30_000, variable: false })
    expect(toBase('2.5', 'jin', dumplings)).toEqual({ ok: true, quantity: 1250, variable: false })
    expect(toBase('0.1', 'kg', dumplings)).toEqual({ ok: true, quantity: 100, variable: false })
    expect(toBase('１．５', 'carton', bowls)).toEqual({ ok: true, quantity: 450, variable: false })
    expect(toBase('2', 'head', duck)).toEqual({ ok: true, quantity: 2200, variable: true })
  })

  it('says why not', () => {
    for (const bad of ['', ' ', 'x', '-1', '1e3', '1.', 'NaN', '1,000', '9'.repeat(50)]) {
      expect(toBase(bad, 'kg', dumplings), bad).toEqual({ ok: false, reason: 'not_a_number' })
    }
    expect(toBase('1', 'kg', sauce)).toEqual({ ok: false, reason: 'unit_unknown' })
    expect(toBase('1', 'carton', sauce)).toEqual({ ok: false, reason: 'unit_unknown' })
    expect(toBase('0.0005', 'kg', dumplings)).toEqual({ ok: false, reason: 'not_whole' })
    expect(toBase('99999999', 'carton', dumplings)).toEqual({ ok: false, reason: 'too_large' })
  })

  it('reads back what it tells', () => {
    const unit = fc.constantFrom('kg', 'jin', 'g', 'carton', 'bag')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), unit, (quantity, id) => {
        const text = fromBase(quantity, id, dumplings)
        if (text !== null) expect(toBase(text, id, dumplings)).toMatchObject({ ok: true, quantity })
      }),
    )
    expect(fromBase(1, 'carton', dumplings)).toBeNull()
  })
})

describe('quantities for the eye', () => {
  it('shows the content beside the pack', () => {
    expect(quantityText(30_000, 'carton', dumplings, 'zh')).toBe('3 箱 (30 kg)')
    expect(quantityText(30_000, 'carton', dumplings, 'en')).toBe('3 cartons (30 kg)')
    expect(quantityText(10_000, 'kg', dumplings, 'zh')).toBe('10 kg')
    expect(quantityText(1250, 'jin', dumplings, 'zh')).toBe('2.5 斤 (1.25 kg)')
    expect(quantityText(2200, 'head', duck, 'zh')).toBe('2 只 (约 2.2 kg)')
    expect(quantityText(11_400, 'tub', sauce, 'en')).toBe('6 tubs (11.4 L)')
    expect(quantityText(600, 'carton', bowls, 'zh')).toBe('2 箱 (600 个)')
    expect(quantityText(5, 'piece', bowls, 'zh')).toBe('5 个')
    expect(quantityText(3333, 'carton', dumplings, 'zh')).toBe('3.333 kg')
    expect(quantityText(300, 'carton', bowls, 'en')).toBe('1 carton (300 pcs)')
    expect(baseText(500, 'g', 'zh')).toBe('500 g')
    expect(baseText(-2500, 'g', 'zh')).toBe('−2.5 kg')
  })
})

describe('order steps', () => {
  it('names the nearest amount that would pass', () => {
    expect(checkStep({ units: 10, min: 10, step: 5 })).toEqual({ ok: true })
    expect(checkStep({ units: 3, min: 10, step: 5 })).toEqual({
      ok: false,
      reason: 'below_minimum',
      nearest: 10,
    })
    expect(checkStep({ units: 12, min: 10, step: 5 })).toEqual({ ok: false, reason: 'off_step', nearest: 15 })
    expect(checkStep({ units: 99, min: 1, step: 5, max: 52 })).toEqual({
      ok: false,
      reason: 'above_maximum',
      nearest: 50,
    })
    expect(checkStep({ units: 1.5, min: 1, step: 1 })).toMatchObject({ ok: false, reason: 'not_whole' })
    expect(checkStep({ units: 0, min: 0, step: 1 })).toMatchObject({ ok: false, reason: 'below_minimum' })
  })

  it('always suggests something it would accept', () => {
    const n = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(n(1000), n(100), fc.integer({ min: 1, max: 50 }), n(500), (units, min, step, room) => {
        const max = Math.max(min, step) + step + room
        const result = checkStep({ units, min, step, max })
        if (!result.ok) expect(checkStep({ units: result.nearest, min, step, max })).toEqual({ ok: true })
      }),
    )
  })
})
