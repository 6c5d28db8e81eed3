import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import { categoryOf } from '@huming/shared/reference/categories'
import type { Pack, Product } from '../content/kinds.ts'

type Taste = {
  /** How much the class wants goods of a category, 0 to 10. */
  readonly categories: Readonly<Record<string, number>>
  /** Lines of a usual order, and ordering units of a line. */
  readonly lines: readonly [number, number]
  readonly units: readonly [number, number]
}

/** What each class of buyer orders: shops the snack goods, canteens vegetables and rice, markets whole loads. */
export const tastes: Record<BuyerClass, Taste> = {
  snack_shop: {
    categories: { C1: 9, C2: 10, C3: 6, C4: 7, C5: 6, C6: 5, B2: 6, D1: 5, B1: 1, A1: 2, A5: 1, B4: 1 },
    lines: [4, 10],
    units: [1, 2],
  },
  breakfast: {
    categories: { C1: 10, C2: 8, B2: 4, A5: 6, C5: 3, D1: 5 },
    lines: [3, 6],
    units: [2, 6],
  },
  canteen_university: {
    categories: { A1: 10, A2: 7, A3: 5, A4: 6, A5: 7, A6: 6, B2: 6, B4: 4, C1: 4, C2: 4, C6: 3, B3: 3 },
    lines: [8, 14],
    units: [1, 6],
  },
  canteen_office: {
    categories: { A1: 9, A2: 7, A3: 6, A4: 5, A5: 6, A6: 6, B2: 5, B4: 3, C1: 3, C4: 3, C6: 3, B3: 3, A7: 1 },
    lines: [6, 12],
    units: [1, 5],
  },
  wholesale: {
    categories: { A1: 9, A2: 5, A3: 9, A4: 3, B4: 6, B1: 4, B2: 3 },
    lines: [3, 6],
    units: [8, 24],
  },
  fresh_platform: {
    categories: { A3: 10, A1: 6, A2: 5, A4: 5, A5: 4, A7: 3, A8: 2, B1: 3, B3: 4, B4: 3, C1: 4 },
    lines: [5, 10],
    units: [4, 16],
  },
  community: {
    categories: { A3: 10, A4: 5, A5: 6, A1: 4, A7: 1, A8: 1, B1: 2, B4: 4, C1: 5 },
    lines: [4, 8],
    units: [2, 6],
  },
}

/** How likely a buyer of the class takes this pack, 0 to 10: large packs for canteens, small for homes. */
export function tasteOf(buyerClass: BuyerClass, pack: Pack, product: Product): number {
  if (product.lapsed) return 0
  const { parent, id } = categoryOf(product.category)
  const wish = tastes[buyerClass].categories[parent ?? id] ?? 0
  const favoured = Object.hasOwn(pack.classes ?? {}, buyerClass)
  return favoured ? Math.min(10, wish + 2) : wish
}
