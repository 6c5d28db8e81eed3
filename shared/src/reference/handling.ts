import type { Allergen } from './allergens.ts'
import { categoryOf, isCategoryId } from './categories.ts'

/** How goods may touch others: raw goods never lie with what is eaten as it is; packed goods touch nothing. */
export const HANDLINGS = {
  packed: { zh: '有完整包装', en: 'Sealed pack' },
  raw: { zh: '生鲜/未加工', en: 'Raw' },
  ready_to_eat: { zh: '即食/熟食', en: 'Ready to eat' },
} as const

export type Handling = keyof typeof HANDLINGS
export const HANDLING_IDS = Object.keys(HANDLINGS) as Handling[]

/** What goes into a tote together: one way of handling, and peanut goods by themselves. */
export const SEPARATIONS = {
  packed: { zh: '包装食品', en: 'Packed' },
  raw: { zh: '生鲜', en: 'Raw' },
  ready_to_eat: { zh: '即食', en: 'Ready to eat' },
  packed_peanut: { zh: '包装食品·含花生', en: 'Packed, peanut' },
  raw_peanut: { zh: '生鲜·花生', en: 'Raw, peanut' },
  ready_to_eat_peanut: { zh: '即食·含花生', en: 'Ready to eat, peanut' },
} as const

export type Separation = keyof typeof SEPARATIONS
export const SEPARATION_IDS = Object.keys(SEPARATIONS) as Separation[]

/** The class of totes a pack belongs in. */
export const separationOf = (handling: Handling, allergens: readonly string[]): Separation =>
  allergens.includes('peanut' satisfies Allergen) ? `${handling}_peanut` : handling

/** Cooked meats are eaten as they are. */
const readyGroups = new Set(['C6'])

/** How goods of a category are handled unless their supplier says otherwise: dry goods come in bags of their own. */
export function handlingOf(category: string): Handling {
  if (!isCategoryId(category)) return 'packed'
  const { id, parent, nature, zone } = categoryOf(category)
  if (readyGroups.has(parent ?? id)) return 'ready_to_eat'
  return nature === 'edible_agri' && zone !== 'ambient' ? 'raw' : 'packed'
}
