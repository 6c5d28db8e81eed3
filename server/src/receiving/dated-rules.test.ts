import { expect, test } from 'vitest'
import {
  type LifeRow,
  type LimitRow,
  limitsOn,
  neededDaysOn,
  type SecondRow,
  secondPersonOn,
} from './dated-rules.ts'

const dates = { validFrom: '2026-01-01', validTo: '2026-12-31', source: '示例' }
const limit = (over: Partial<LimitRow>): LimitRow => ({
  id: 'x',
  zone: 'frozen',
  skuId: null,
  warnAboveDeciC: -150,
  warnForMinutes: 15,
  surfaceMaxDeciC: -120,
  coreMaxDeciC: null,
  tripLogNeeded: true,
  ...dates,
  ...over,
})
const life = (over: Partial<LifeRow>): LifeRow => ({
  id: 'x',
  category: null,
  part: 2,
  of: 3,
  ...dates,
  ...over,
})
const second = (over: Partial<SecondRow>): SecondRow => ({
  id: 'x',
  kind: 'high_risk',
  aboveFen: null,
  buyerClass: null,
  ...dates,
  ...over,
})

test('outside its days a rule does not hold', () => {
  expect(limitsOn([limit({})], { zone: 'frozen', skuId: null }, '2025-12-31').surfaceMaxDeciC).toBeNull()
  expect(neededDaysOn([life({})], { category: 'A1', shelfLifeDays: 30 }, '2027-01-01')).toBe(0)
  const goods = { category: 'B1', valueFen: 0, buyerClasses: [] }
  expect(secondPersonOn([second({})], goods, '2027-01-01')).toEqual([])
})

test('a pack’s own label comes before its zone, and the newest row before older ones', () => {
  const rows = [
    limit({}),
    limit({ surfaceMaxDeciC: -150, validFrom: '2026-06-01' }),
    limit({ skuId: 's', surfaceMaxDeciC: -100 }),
  ]
  const of = (skuId: string, day: string) => limitsOn(rows, { zone: 'frozen', skuId }, day).surfaceMaxDeciC
  expect([of('s', '2026-07-01'), of('t', '2026-05-01'), of('t', '2026-07-01')]).toEqual([-100, -120, -150])
  expect(limitsOn(rows, { zone: 'chilled', skuId: 's' }, '2026-07-01').surfaceMaxDeciC).toBeNull()
})

test('the share of life is rounded up; the category’s own row comes first, then its group’s', () => {
  const rows = [life({}), life({ category: 'A1', part: 1, of: 2 })]
  const of = (category: string, shelfLifeDays: number) =>
    neededDaysOn(rows, { category, shelfLifeDays }, '2026-07-01')
  expect([of('C1', 10), of('A1', 5), of('leaf_vegetable', 5)]).toEqual([7, 3, of('leaf_vegetable', 5)])
})

test('why two people: high risk, dear goods, goods for a school', () => {
  const rows = [
    second({}),
    second({ kind: 'value_above', aboveFen: 5000 }),
    second({ kind: 'buyer_class', buyerClass: 'canteen_university' }),
  ]
  const of = (category: string, valueFen: number, buyerClasses: string[]) =>
    secondPersonOn(rows, { category, valueFen, buyerClasses }, '2026-07-01')
  expect(of('A1', 5000, ['snack_shop'])).toEqual([])
  expect(of('cured_duck', 5001, ['snack_shop', 'canteen_university'])).toEqual([
    'buyer_class',
    'high_risk',
    'value_above',
  ])
})
