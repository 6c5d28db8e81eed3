import { expect, test } from 'vitest'
import type { LotLabel } from '../production/read-lot-label.ts'
import { labelFacts } from './label-facts.ts'

const label: LotLabel = {
  lotId: 'x',
  lotCode: 'L1',
  name: '排骨炖罐',
  spec: '300 g罐',
  ingredients: [
    { name: '饮用水', additiveClass: null },
    { name: '猪排骨', additiveClass: null },
  ],
  allergens: ['soy'],
  productStandard: 'SB/T 10379',
  scNumber: 'SC11135040590010',
  storage: '−18℃以下',
  producer: '沙县速冻食品基地（示例）',
  producerAddress: '',
  madeOn: '2026-11-20',
  shelfLifeDays: 270,
  useByDay: '2027-08-17',
  certificate: '',
  preparedDishClass: 'prepared_dish',
  quantity: 1,
  baseUnit: 'g',
}

test('the papers of a delivery say what the label of a lot says, in the reader’s language', () => {
  expect(Object.fromEntries(labelFacts(label, 'zh'))).toEqual({
    品名: '排骨炖罐 300 g罐',
    配料: '饮用水、猪排骨',
    致敏物质: '大豆',
    贮存: '−18℃以下',
    '生产/采收': '2026-11-20',
    保质期: '270 天',
    保质期至: '2027-08-17',
    生产者: '沙县速冻食品基地（示例）',
    生产许可证: 'SC11135040590010',
    产品标准: 'SB/T 10379',
    预制菜分类: '预制菜',
  })
  const english = Object.fromEntries(labelFacts({ ...label, preparedDishClass: 'agri' }, 'en'))
  expect(english).toMatchObject({ Ingredients: '饮用水, 猪排骨' })
  expect(english).not.toHaveProperty('Prepared dish')
})
