import { z } from 'zod'
import { idField, instantField, quantityField, serviceDayField, textField } from '../fields.ts'
import { ADDITIVE_CLASS_IDS } from '../reference/additives.ts'
import { ALLERGEN_IDS } from '../reference/allergens.ts'
import { DISH_CLASSES, DISH_QUESTIONS } from '../reference/prepared-dish.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'

export const batchStates = ['planned', 'running', 'made', 'released', 'rejected', 'cancelled'] as const
export const receiptStates = ['sent', 'received', 'refused', 'cancelled'] as const
const materialKinds = ['ingredient', 'additive', 'packaging'] as const
export const recipeKinds = ['process', 'repack'] as const
export const certificateBases = ['controlled', 'self_tested', 'lab_tested'] as const

const allergensField = z.array(z.enum(ALLERGEN_IDS))
/** Tenths of °C of goods in the works: from deep freezing to frying. */
export const coreDeciCField = z.int().min(-600).max(2500)
const lossField = z.int().min(0).max(9000)
export const someField = quantityField.min(1)
export const ingredientField = z.object({
  name: textField(60, 1),
  additiveClass: z.enum(ADDITIVE_CLASS_IDS).nullable().default(null),
})
/** A pack as production names it. */
export const packShape = {
  skuId: idField,
  skuCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  supplier: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
}

export const materialFields = {
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

export const inputField = z.object({ skuId: idField, quantity: someField, lossBp: lossField.default(0) })
export const stepField = z.object({
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

export const batchBrief = z.object({
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
export const inspectionItem = z.object({
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
      nameEn: z.string(),
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

export const skuLabelShape = z.object({
  skuId: idField,
  name: z.string(),
  nameEn: z.string(),
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

export const genealogyNode = z.object({
  lotId: idField,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
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
