import type { LocalText } from '../locale.ts'

/** The eight allergen groups a label must name (GB 7718-2025, from 2027-03-16; shown on order pages now). */
export const ALLERGENS = {
  gluten: { zh: '含麸质谷物', en: 'Cereals with gluten' },
  crustacean: { zh: '甲壳类', en: 'Crustaceans' },
  fish: { zh: '鱼类', en: 'Fish' },
  egg: { zh: '蛋类', en: 'Eggs' },
  peanut: { zh: '花生', en: 'Peanut' },
  soy: { zh: '大豆', en: 'Soy' },
  milk: { zh: '乳', en: 'Milk' },
  nut: { zh: '坚果', en: 'Tree nuts' },
} as const satisfies Record<string, LocalText>

export type Allergen = keyof typeof ALLERGENS

export const ALLERGEN_IDS = Object.keys(ALLERGENS) as Allergen[]
