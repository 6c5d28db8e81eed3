import type { Allergen } from '@huming/shared/reference/allergens'
import type { CategoryGroup } from '@huming/shared/reference/categories'
import type { TaxClass } from '@huming/shared/reference/taxes'
import type { Zone } from '@huming/shared/reference/zones'
import type { SupplierKey } from './suppliers.ts'

/** What two bases use to make willow-leaf dumplings together. Everything here is made up (示例). */
export type Ingredient = {
  readonly owner: SupplierKey
  readonly name: string
  readonly category: CategoryGroup
  readonly spec: string
  readonly zone: Zone
  readonly lifeDays: number
  readonly tax: TaxClass
  readonly allergens?: readonly Allergen[]
  readonly storage?: string
  /** A pack that is made for other makers; everything else is bought or used by its owner alone. */
  readonly sold?: true
}

export const ingredients = {
  flour: {
    owner: 'xiamao',
    name: '小麦粉（示例）',
    category: 'A4',
    spec: '25 kg袋',
    zone: 'ambient',
    lifeDays: 270,
    tax: 'agri',
    allergens: ['gluten'],
  },
  wrapper: {
    owner: 'xiamao',
    name: '蒸饺皮（供基地，示例）',
    category: 'C2',
    spec: '5 kg箱',
    zone: 'chilled_meat',
    lifeDays: 7,
    tax: 'grain_product',
    allergens: ['gluten'],
    storage: '0–4℃冷藏',
    sold: true,
  },
  pork: {
    owner: 'shaxianFrozen',
    name: '猪前腿肉（示例）',
    category: 'A5',
    spec: '20 kg箱',
    zone: 'chilled_meat',
    lifeDays: 6,
    tax: 'fresh_meat_egg',
  },
  cabbage: {
    owner: 'shaxianFrozen',
    name: '大白菜（示例）',
    category: 'A1',
    spec: '散装',
    zone: 'chilled',
    lifeDays: 10,
    tax: 'vegetable',
  },
  seasoning: {
    owner: 'shaxianFrozen',
    name: '调味料包（酱油、盐、糖，示例）',
    category: 'C5',
    spec: '10 kg箱',
    zone: 'ambient',
    lifeDays: 360,
    tax: 'processed_food',
    allergens: ['soy', 'gluten'],
  },
  filling: {
    owner: 'shaxianFrozen',
    name: '蒸饺馅（猪肉白菜，示例）',
    category: 'C3',
    spec: '10 kg桶',
    zone: 'chilled_meat',
    lifeDays: 3,
    tax: 'processed_food',
    allergens: ['soy', 'gluten'],
    storage: '0–4℃冷藏，当日使用',
  },
} as const satisfies Record<string, Ingredient>
