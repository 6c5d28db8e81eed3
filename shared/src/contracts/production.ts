import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  deciCelsiusField,
  idField,
  instantField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { ADDITIVE_CLASS_IDS } from '../reference/additives.ts'
import { ALLERGEN_IDS } from '../reference/allergens.ts'
import { DISH_CLASSES, DISH_QUESTIONS } from '../reference/prepared-dish.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'

export const batchStates = ['planned', 'running', 'made', 'released', 'rejected', 'cancelled'] as const
export const receiptStates = ['sent', 'received', 'refused', 'cancelled'] as const
export const materialKinds = ['ingredient', 'additive', 'packaging'] as const
export const recipeKinds = ['process', 'repack'] as const
export const certificateBases = ['controlled', 'self_tested', 'lab_tested'] as const

const allergensField = z.array(z.enum(ALLERGEN_IDS))
/** Tenths of °C of goods in the works: from deep freezing to frying. */
const coreDeciCField = z.int().min(-600).max(2500)
const lossField = z.int().min(0).max(9000)
const someField = quantityField.min(1)
const ingredientField = z.object({
  name: textField(60, 1),
  additiveClass: z.enum(ADDITIVE_CLASS_IDS).nullable().default(null),
})
/** A pack as production names it. */
const packShape = {
  skuId: idField,
  skuCode: z.string(),
  name: z.string(),
  spec: z.string(),
  supplier: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
}

const materialFields = {
  name: textField(60, 1),
  category: textField(24, 1),
  kind: z.enum(materialKinds),
  additiveClass: z.enum(ADDITIVE_CLASS_IDS).nullable().default(null),
  spec: textField(80, 1),
  baseUnit: z.enum(BASE_UNITS),
  zone: z.enum(ZONE_IDS),
  shelfLifeDays: z.int().min(1).max(3650),
  allergens: allergensField.max(8).default([]),
}
export const materialShape = z.object({
  ...packShape,
  orgId: idField,
  zone: z.enum(ZONE_IDS),
  shelfLifeDays: z.int(),
  allergens: allergensField,
  /** `pack`: one's own pack or another supplier's, that is for sale as well. */
  kind: z.enum([...materialKinds, 'pack']),
  additiveClass: z.string().nullable(),
  /** Usable today in one's store or made by oneself, and the lots of it. */
  onHand: z.int(),
  lots: z.int(),
})

const inputField = z.object({ skuId: idField, quantity: someField, lossBp: lossField.default(0) })
const stepField = z.object({
  name: textField(60, 1),
  minutes: z.int().min(1).max(10_080).nullable().default(null),
  minDeciC: coreDeciCField.nullable().default(null),
  maxDeciC: coreDeciCField.nullable().default(null),
})
export const recipeShape = z.object({
  ...packShape,
  id: idField,
  orgId: idField,
  version: z.int(),
  kind: z.enum(recipeKinds),
  batchQuantity: z.int(),
  toleranceBp: z.int(),
  validFrom: serviceDayField,
  note: z.string(),
  retired: z.boolean(),
  /** In force today: the newest that has begun and is not retired. */
  inForce: z.boolean(),
  allergens: allergensField,
  inputs: z.array(
    z.object({
      ...packShape,
      quantity: z.int(),
      lossBp: z.int(),
      gross: z.int(),
      allergens: allergensField,
    }),
  ),
  steps: z.array(
    z.object({
      seq: z.int(),
      name: z.string(),
      minutes: z.int().nullable(),
      minDeciC: z.int().nullable(),
      maxDeciC: z.int().nullable(),
    }),
  ),
  isSample: z.boolean(),
})

const batchBrief = z.object({
  ...packShape,
  id: idField,
  number: z.string(),
  orgId: idField,
  recipeId: idField,
  recipeVersion: z.int(),
  kind: z.enum(recipeKinds),
  lotId: idField,
  lotCode: z.string(),
  status: z.enum(batchStates),
  plannedDay: serviceDayField,
  plannedQuantity: z.int(),
  madeQuantity: z.int().nullable(),
  isSample: z.boolean(),
  version: z.int(),
})
const inspectionItem = z.object({
  item: textField(60, 1),
  limit: textField(60).default(''),
  value: textField(60, 1),
  passed: z.boolean(),
})
const inspectionShape = z.object({
  id: idField,
  number: z.string(),
  kind: z.enum(['factory_inspection', 'form_2']),
  passed: z.boolean(),
  items: z.array(inspectionItem),
  basis: z.array(z.enum(certificateBases)),
  parents: z.array(z.object({ lotId: idField, lotCode: z.string(), certificate: z.string() })),
  note: z.string(),
  inspectedOn: serviceDayField,
  inspector: z.string().nullable(),
})
export const batchShape = batchBrief.extend({
  hubId: idField,
  hub: z.string(),
  promised: z.int(),
  startedAt: instantField.nullable(),
  finishedAt: instantField.nullable(),
  /** What the recipe would have given from what was used so far. */
  expectedQuantity: z.int(),
  wasteGrams: z.int().nullable(),
  reason: z.string(),
  toleranceBp: z.int(),
  certifies: z.enum(['factory_inspection', 'form_2']),
  needs: z.array(
    z.object({
      ...packShape,
      needed: z.int(),
      taken: z.int(),
      /** Usable in the store or made by oneself. */
      onHand: z.int(),
      missing: z.int(),
      lossBp: z.int(),
      /** Lots that can be taken now, first expired first. */
      lots: z.array(
        z.object({
          lotId: idField,
          code: z.string(),
          supplier: z.string(),
          free: z.int(),
          useByDay: serviceDayField,
        }),
      ),
    }),
  ),
  taken: z.array(
    z.object({
      lotId: idField,
      lotCode: z.string(),
      skuId: idField,
      name: z.string(),
      supplier: z.string(),
      baseUnit: z.enum(BASE_UNITS),
      quantity: z.int(),
      useByDay: serviceDayField,
    }),
  ),
  steps: z.array(
    z.object({
      seq: z.int(),
      name: z.string(),
      minutes: z.int().nullable(),
      minDeciC: z.int().nullable(),
      maxDeciC: z.int().nullable(),
      reading: z
        .object({
          deciC: z.int().nullable(),
          withinLimits: z.boolean(),
          action: z.string(),
          at: instantField,
        })
        .nullable(),
    }),
  ),
  inspections: z.array(inspectionShape),
})

export const labelShape = z.object({
  lotId: idField,
  lotCode: z.string(),
  name: z.string(),
  spec: z.string(),
  ingredients: z.array(ingredientField),
  allergens: allergensField,
  productStandard: z.string(),
  scNumber: z.string(),
  storage: z.string(),
  producer: z.string(),
  producerAddress: z.string(),
  madeOn: serviceDayField.nullable(),
  shelfLifeDays: z.int(),
  useByDay: serviceDayField,
  certificate: z.string(),
  preparedDishClass: z.enum(DISH_CLASSES).nullable(),
  quantity: z.int(),
  baseUnit: z.enum(BASE_UNITS),
})

const skuLabelShape = z.object({
  skuId: idField,
  name: z.string(),
  spec: z.string(),
  ingredients: z.array(ingredientField),
  /** What the recipe in force would put on the label, in falling order of weight. */
  proposed: z.array(ingredientField),
  allergens: allergensField,
  productStandard: z.string(),
  scNumber: z.string(),
  storage: z.string(),
  shelfLifeDays: z.int(),
  answers: z.partialRecord(z.enum(DISH_QUESTIONS), z.boolean()),
  preparedDishClass: z.enum(DISH_CLASSES).nullable(),
  warnings: z.array(z.enum(['shelf_life_over_year', 'question_open', 'standard_missing', 'licence_missing'])),
  version: z.int(),
})

export const receiptShape = z.object({
  id: idField,
  number: z.string(),
  orgId: idField,
  buyer: z.string(),
  hubId: idField,
  ...packShape,
  supplierOrgId: idField.nullable(),
  sourceLotId: idField.nullable(),
  lotId: idField.nullable(),
  lotCode: z.string().nullable(),
  status: z.enum(receiptStates),
  quantity: z.int(),
  receivedQuantity: z.int().nullable(),
  refusedQuantity: z.int().nullable(),
  refuseReason: z.string().nullable(),
  supplierName: z.string(),
  supplierAddress: z.string(),
  supplierContact: z.string(),
  supplierLicence: z.string(),
  supplierLotCode: z.string(),
  madeOn: serviceDayField.nullable(),
  useByDay: serviceDayField,
  certificate: z.string(),
  deciC: z.int().nullable(),
  sentAt: instantField.nullable(),
  receivedAt: instantField.nullable(),
  isSample: z.boolean(),
})

const genealogyNode = z.object({
  lotId: idField,
  code: z.string(),
  name: z.string(),
  supplier: z.string(),
  orgId: idField,
  stage: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  useByDay: serviceDayField,
  allergens: allergensField,
  /** Steps away from the lot asked for: below 0 what it was made of, above 0 what was made of it. */
  depth: z.int(),
  /** Orders that goods of this very lot went into, and how much. */
  orders: z.int(),
  orderedQuantity: z.int(),
})

export const productionContracts = {
  'production.listMaterials': contract({
    method: 'GET',
    path: '/api/production/materials',
    access: 'production.read',
    summary:
      'What can be used: own materials and packs, and other suppliers’ packs in store, with what there is',
    query: z.object({ orgId: idField.optional(), search: textField(60).optional() }),
    reply: z.object({ items: z.array(materialShape) }),
  }),
  'production.writeMaterial': contract({
    method: 'PUT',
    path: '/api/production/materials/:id',
    access: 'production.write',
    summary: 'Add a material that is bought and used, never offered',
    params: z.object({ id: idField }),
    body: z.object({ orgId: idField, ...materialFields }),
    reply: materialShape,
    problems: ['id_reused', 'unknown_category', 'bad_input'],
  }),
  'production.listRecipes': contract({
    method: 'GET',
    path: '/api/production/recipes',
    access: 'production.read',
    summary: 'Recipes, the newest version of each pack first',
    query: z.object({ ...pageQuery, orgId: idField.optional(), skuId: idField.optional() }),
    reply: pageOf(recipeShape),
  }),
  'production.readRecipe': contract({
    method: 'GET',
    path: '/api/production/recipes/:id',
    access: 'production.read',
    summary: 'One version of a recipe',
    params: z.object({ id: idField }),
    reply: recipeShape,
  }),
  'production.writeRecipe': contract({
    method: 'PUT',
    path: '/api/production/recipes/:id',
    access: 'production.write',
    summary: 'Write a new version of a pack’s recipe, in force from a day on',
    params: z.object({ id: idField }),
    body: z.object({
      skuId: idField,
      kind: z.enum(recipeKinds).default('process'),
      batchQuantity: someField,
      toleranceBp: z.int().min(0).max(5000).default(300),
      validFrom: serviceDayField,
      note: textField(500).default(''),
      inputs: z.array(inputField).min(1).max(40),
      steps: z.array(stepField).max(30).default([]),
    }),
    reply: recipeShape,
    problems: ['id_reused', 'bad_input', 'recipe_cycle', 'allergens_missing', 'repack_other_goods'],
  }),
  'production.retireRecipe': contract({
    method: 'POST',
    path: '/api/production/recipes/:id/retire',
    access: 'production.write',
    summary: 'Take a version out of use; batches that run keep it',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: recipeShape,
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
  'production.demand': contract({
    method: 'GET',
    path: '/api/production/demand',
    access: 'production.read',
    summary:
      'What the orders of the next days ask to be made, exploded by the recipes down to what must be bought',
    query: z.object({
      orgId: idField.optional(),
      days: z.coerce.number().int().min(1).max(14).default(3),
    }),
    reply: z.object({
      from: serviceDayField,
      to: serviceDayField,
      make: z.array(
        z.object({
          ...packShape,
          recipeId: idField,
          hubId: idField.nullable(),
          ordered: z.int(),
          covered: z.int(),
          /** Planned lots that orders stand on and that no batch makes yet. */
          lotId: idField.nullable(),
          quantity: z.int(),
          firstDay: serviceDayField,
        }),
      ),
      buy: z.array(z.object({ ...packShape, needed: z.int(), onHand: z.int(), missing: z.int() })),
    }),
  }),
  'production.listBatches': contract({
    method: 'GET',
    path: '/api/production/batches',
    access: 'production.read',
    summary: 'Batches, newest first',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      status: z.enum(batchStates).optional(),
      day: serviceDayField.optional(),
    }),
    reply: pageOf(batchBrief),
  }),
  'production.readBatch': contract({
    method: 'GET',
    path: '/api/production/batches/:id',
    access: 'production.read',
    summary: 'One batch: what it needs, what it took, its steps and checks',
    params: z.object({ id: idField }),
    reply: batchShape,
  }),
  'production.planBatch': contract({
    method: 'PUT',
    path: '/api/production/batches/:id',
    access: 'production.write',
    summary: 'Plan a batch: declares its output lot as planned, or takes a planned lot that is there',
    params: z.object({ id: idField }),
    body: z.object({
      recipeId: idField,
      /** The hub it is bound for; null: one's own store, to be used there. */
      hubId: idField.nullable(),
      quantity: someField,
      day: serviceDayField,
      /** A planned lot that orders stand on already. */
      lotId: idField.nullable().default(null),
    }),
    reply: batchShape,
    problems: [
      'id_reused',
      'recipe_not_in_force',
      'lot_days_wrong',
      'lot_wrong_stage',
      'lot_in_production',
      'allergens_missing',
      'preservative_in_prepared_dish',
    ],
  }),
  'production.startBatch': contract({
    method: 'POST',
    path: '/api/production/batches/:id/start',
    access: 'production.write',
    summary: 'Work begins',
    params: z.object({ id: idField }),
    body: z.object({}),
    reply: batchShape,
    problems: ['wrong_state'],
  }),
  'production.takeInput': contract({
    method: 'PUT',
    path: '/api/production/batches/:id/inputs/:inputId',
    access: 'production.write',
    summary: 'Take so much of a lot into the batch, by its scanned or typed code; negative puts back',
    params: z.object({ id: idField, inputId: idField }),
    body: z.object({
      lot: textField(60, 1),
      quantity: z
        .int()
        .min(-1_000_000_000_000)
        .max(1_000_000_000_000)
        .refine((quantity): boolean => quantity !== 0),
      reason: textField(200).default(''),
    }),
    reply: batchShape,
    problems: [
      'wrong_state',
      'id_reused',
      'input_short',
      'lot_wrong_stage',
      'input_expired',
      'not_in_recipe',
      'certificate_missing',
      'allergens_missing',
      'genealogy_cycle',
      'reason_missing',
      'over_put_back',
    ],
  }),
  'production.readStep': contract({
    method: 'PUT',
    path: '/api/production/batches/:id/readings/:readingId',
    access: 'production.write',
    summary: 'A step is done, with its temperature where the step has a limit',
    params: z.object({ id: idField, readingId: idField }),
    body: z.object({
      seq: z.int().min(1).max(30),
      deciC: coreDeciCField.nullable().default(null),
      action: textField(200).default(''),
    }),
    reply: batchShape,
    problems: ['wrong_state', 'id_reused', 'temperature_missing', 'limit_not_kept'],
  }),
  'production.finishBatch': contract({
    method: 'POST',
    path: '/api/production/batches/:id/finish',
    access: 'production.write',
    summary: 'The batch is made: what came out, what was lost',
    params: z.object({ id: idField }),
    body: z.object({
      quantity: someField,
      wasteGrams: quantityField.default(0),
      madeOn: serviceDayField,
      reason: textField(200).default(''),
    }),
    reply: batchShape,
    problems: [
      'wrong_state',
      'inputs_missing',
      'steps_open',
      'yield_out_of_tolerance',
      'mixture_off_recipe',
      'lot_days_wrong',
      'allergens_missing',
      'label_incomplete',
      'preservative_in_prepared_dish',
    ],
  }),
  'production.inspectBatch': contract({
    method: 'PUT',
    path: '/api/production/batches/:id/inspections/:inspectionId',
    access: 'production.inspect',
    summary:
      'Factory inspection, or Form 2 for repacked farm goods: passed releases the lot, failed holds it',
    params: z.object({ id: idField, inspectionId: idField }),
    body: z.object({
      items: z.array(inspectionItem).max(40).default([]),
      basis: z.array(z.enum(certificateBases)).max(3).default([]),
      inspectedOn: serviceDayField,
      note: textField(500).default(''),
      fileIds: z.array(idField).max(8).default([]),
    }),
    reply: batchShape,
    problems: [
      'wrong_state',
      'id_reused',
      'inspection_empty',
      'basis_missing',
      'critical_limit_off',
      'lot_days_wrong',
      'lot_expired',
    ],
  }),
  'production.cancelBatch': contract({
    method: 'POST',
    path: '/api/production/batches/:id/cancel',
    access: 'production.write',
    summary: 'Drop a batch that took nothing',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: batchShape,
    problems: ['wrong_state', 'lot_promised', 'inputs_taken'],
  }),
  'production.listReceipts': contract({
    method: 'GET',
    path: '/api/production/receipts',
    access: 'production.read',
    summary: 'Materials bought into the store, and what one sent to other makers’ stores',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      side: z.enum(['bought', 'sold']).default('bought'),
      status: z.enum(receiptStates).optional(),
    }),
    reply: pageOf(receiptShape),
  }),
  'production.listStores': contract({
    method: 'GET',
    path: '/api/production/stores',
    access: 'supply.write',
    summary: 'Makers that goods can be sent to as materials',
    reply: z.object({
      items: z.array(z.object({ orgId: idField, name: z.string(), address: z.string() })),
    }),
  }),
  'production.sendMaterial': contract({
    method: 'PUT',
    path: '/api/production/sendings/:id',
    access: 'supply.write',
    summary: 'Send a part of a made lot to another maker as material',
    params: z.object({ id: idField }),
    body: z.object({ lotId: idField, toOrgId: idField, quantity: someField }),
    reply: receiptShape,
    problems: [
      'id_reused',
      'input_short',
      'lot_wrong_stage',
      'input_expired',
      'certificate_missing',
      'store_missing',
    ],
  }),
  'production.cancelSending': contract({
    method: 'POST',
    path: '/api/production/sendings/:id/cancel',
    access: 'supply.write',
    summary: 'Take back what was sent and has not been received',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: receiptShape,
    problems: ['wrong_state'],
  }),
  'production.receiveMaterial': contract({
    method: 'PUT',
    path: '/api/production/receipts/:id',
    access: 'production.write',
    summary: 'Receive material: what a supplier sent, or what was bought elsewhere',
    params: z.object({ id: idField }),
    body: z.object({
      orgId: idField,
      accepted: quantityField,
      refused: quantityField.default(0),
      refuseReason: textField(200).default(''),
      deciC: deciCelsiusField.nullable().default(null),
      fileIds: z.array(idField).max(8).default([]),
      /** For goods from outside the platform: what they are and who sold them. */
      bought: z
        .object({
          skuId: idField,
          supplierName: textField(60, 1),
          supplierAddress: textField(120, 1),
          supplierContact: textField(40, 1),
          supplierLicence: textField(40).default(''),
          supplierLotCode: textField(40, 1),
          madeOn: serviceDayField.nullable().default(null),
          useByDay: serviceDayField,
          certificate: textField(40).default(''),
        })
        .nullable()
        .default(null),
    }),
    reply: receiptShape,
    problems: [
      'id_reused',
      'wrong_state',
      'receipt_mismatch',
      'reason_missing',
      'temperature_missing',
      'too_warm',
      'lot_expired',
      'lot_days_wrong',
      'certificate_missing',
      'store_missing',
    ],
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
