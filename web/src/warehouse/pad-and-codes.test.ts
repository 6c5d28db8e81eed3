import { expect, test } from 'vitest'
import { code128, gs1Digits } from './barcode.tsx'
import { padNumber, pressed } from './number-pad.tsx'
import { entered, entryOf, quantityOf, shortQuantityOf, toEnter } from './words.ts'

test('a code has start, check and stop symbols, as other encoders write them', () => {
  const widths = (text: string) => code128(text)?.join('')
  expect(widths('T0PSXT4JHA')).toBe(
    '2112142133111231223131212131133311212133112212311121332311131113233221122331112',
  )
  expect(widths('Lot x-7z')).toBe('2112141321311341111241122122224212111221323121312141212122222331112')
  expect(code128('批次')).toBeNull()
  expect(code128('')).toBeNull()
  expect(code128('x'.repeat(49))).toBeNull()
})

test('a GS1-128 begins with FNC1 and pairs its digits, as other encoders write them', () => {
  expect(gs1Digits('00369300001000000125').join('')).toBe(
    '2112324111312122221123131113412122222122222213122122222122222221223211221122322331112',
  )
  expect(() => gs1Digits('123')).toThrow(RangeError)
})

test('keys write a number: sign, point, back and clear', () => {
  const write = (keys: string) =>
    Array.from(keys).reduce((text, key) => pressed(text, named[key] ?? (key as '1')), '')
  const named: Record<string, 'sign' | 'back' | 'clear'> = { '±': 'sign', '<': 'back', C: 'clear' }
  expect(write('18.5±')).toBe('-18.5')
  expect(write('18±±')).toBe('18')
  expect(write('.5.5')).toBe('0.55')
  expect(write('007')).toBe('7')
  expect(write('12<3C4')).toBe('4')
  expect(write('12345678901')).toBe('123456789')
  const field = { key: 'a', label: '', unit: '℃', decimals: 1, signed: true }
  expect([padNumber({ a: '-18.5' }, field), padNumber({ a: '-' }, field), padNumber({}, field)]).toEqual([
    -18.5,
    null,
    null,
  ])
})

test('quantities are entered in whole order units where they divide, else by weight', () => {
  const carton = {
    name: '',
    nameEn: '',
    baseUnit: 'g',
    orderUnit: 'carton',
    basePerOrderUnit: 10_000,
    catchWeight: false,
  } as const
  const whole = entryOf(carton, 200_000)
  expect([toEnter(200_000, whole), entered(18, whole)]).toEqual(['20', 180_000])
  const broken = entryOf(carton, 15_000)
  expect([broken.unit, toEnter(15_000, broken), entered(12.345, broken)]).toEqual(['kg', '15', 12_345])
  expect([quantityOf(carton, 180_000), shortQuantityOf(carton, 180_000)]).toEqual(['18 箱 (180 kg)', '18 箱'])
  const duck = { ...carton, orderUnit: 'head', basePerOrderUnit: 1100, catchWeight: true } as const
  expect([quantityOf(duck, 1130), shortQuantityOf(duck, 1130)]).toEqual(['1.13 kg', '1.13 kg'])
  expect([quantityOf(duck, 2200), shortQuantityOf(duck, 2200)]).toEqual(['2 只 (约 2.2 kg)', '2 只'])
})
