import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, textField } from '../fields.ts'
import { ALLERGEN_IDS } from '../reference/allergens.ts'
import { DISH_CLASSES, DISH_QUESTIONS } from '../reference/prepared-dish.ts'
import { genealogyNode, ingredientField, labelShape, skuLabelShape } from './production-shapes.ts'

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
  'production.readLabel': contract({
    method: 'GET',
    path: '/api/production/labels/:skuId',
    access: 'production.read',
    summary: 'What the label of a pack says, and its 预制菜 class',
    params: z.object({ skuId: idField }),
    reply: skuLabelShape,
  }),
  'production.writeLabel': contract({
    method: 'PUT',
    path: '/api/production/labels/:skuId',
    access: 'production.write',
    summary: 'Write the label data of a pack and answer the 预制菜 questions',
    params: z.object({ skuId: idField }),
    body: z.object({
      ingredients: z.array(ingredientField).max(80),
      productStandard: textField(40).default(''),
      scNumber: textField(20).default(''),
      answers: z.partialRecord(z.enum(DISH_QUESTIONS), z.boolean()),
      version: z.int().min(0),
    }),
    reply: skuLabelShape,
    problems: ['stale_version', 'bad_input', 'preservative_in_prepared_dish'],
  }),
  'production.genealogy': contract({
    method: 'GET',
    path: '/api/lots/:id/genealogy',
    access: 'lot.read',
    summary: 'What a lot was made of and what was made of it, with quantities',
    params: z.object({ id: idField }),
    reply: z.object({
      nodes: z.array(genealogyNode),
      edges: z.array(
        z.object({
          fromId: idField,
          toId: idField,
          kind: z.enum(['made_of', 'moved']),
          quantity: z.int(),
          toQuantity: z.int(),
        }),
      ),
      /** There was more than is shown. */
      cut: z.boolean(),
    }),
  }),
  'production.lotLabel': contract({
    method: 'GET',
    path: '/api/lots/:id/label',
    access: 'lot.read',
    summary: 'Label data of a lot as it was made',
    params: z.object({ id: idField }),
    reply: labelShape,
  }),
  'production.printLabel': contract({
    method: 'GET',
    path: '/api/lots/:id/label.pdf',
    access: 'lot.read',
    summary: 'The food label of a lot to print (100 × 150 mm)',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
  }),
} as const
