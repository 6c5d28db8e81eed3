import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField } from '../fields.ts'
import { ALLERGEN_IDS } from '../reference/allergens.ts'
import { DISH_CLASSES } from '../reference/prepared-dish.ts'
import { ingredientField } from './production-shapes.ts'

/** What buyers are told of a pack's label (食品安全法 Art. 67; 预制菜: 使用须明示). */
const packLabelShape = z.object({
  skuId: idField,
  spec: z.string(),
  /** In falling order of weight; empty where the supplier has not said. */
  ingredients: z.array(ingredientField),
  allergens: z.array(z.enum(ALLERGEN_IDS)),
  productStandard: z.string(),
  /** Number of the food production licence. */
  scNumber: z.string(),
  storage: z.string(),
  shelfLifeDays: z.int(),
  /** Under the 预制菜 rules of the day; null where a question is open. */
  preparedDishClass: z.enum(DISH_CLASSES).nullable(),
  producer: z.string(),
  producerAddress: z.string(),
})

export const productionLabelContracts = {
  'production.productLabels': contract({
    method: 'GET',
    path: '/api/catalogue/products/:id/labels',
    access: 'catalogue.browse',
    summary: 'What the labels of a product’s packs say, and what it is under the 预制菜 rules',
    params: z.object({ id: idField }),
    reply: z.object({ items: z.array(packLabelShape) }),
  }),
} as const
