import { coopMessages } from '@huming/shared/i18n/coop'
import { expect, test } from 'vitest'
import { addTexts } from '../app/i18n.ts'
import { categoryWords, orderableWords, packWords, quantityWords } from './words.ts'

addTexts(coopMessages)
const carton = { baseUnit: 'g', orderUnit: 'carton', basePerOrderUnit: 10_000 } as const

test('a pack is told in plain words, from the large unit to the small', () => {
  const units = [
    { unit: 'packet', baseQuantity: 500 },
    { unit: 'bag', baseQuantity: 1000 },
  ] as const
  expect(packWords({ ...carton, units })).toBe('1 箱 = 10 袋 = 20 包 = 10 kg')
  expect(packWords(carton)).toBe('1 箱 = 10 kg')
  expect(packWords({ baseUnit: 'g', orderUnit: 'head', basePerOrderUnit: 1100, catchWeight: true })).toBe(
    '1 只 = 约 1.1 kg',
  )
})

test('units that do not divide the pack are left out of its words', () => {
  expect(packWords({ ...carton, units: [{ unit: 'bag', baseQuantity: 3000 }] })).toBe('1 箱 = 10 kg')
})

test('a quantity is told in order units with its content', () => {
  expect(quantityWords(500_000, carton)).toBe('50 箱 (500 kg)')
})

test('what can be ordered is told in whole packs, unless the goods are weighed', () => {
  expect(orderableWords(12_612_600, carton)).toBe('1261 箱 (12610 kg)')
  expect(orderableWords(9_999, carton)).toBe('0 箱 (0 g)')
  const duck = { baseUnit: 'g', orderUnit: 'head', basePerOrderUnit: 1000, catchWeight: true } as const
  expect(orderableWords(2_500, duck)).toBe('2.5 只 (约 2.5 kg)')
})

test('a category is told with the one above it, an unknown one as it is', () => {
  expect(categoryWords('chilli')).toBe('蔬菜 › 辣椒')
  expect(categoryWords('A1')).toBe('蔬菜')
  expect(categoryWords('Z9')).toBe('Z9')
})
