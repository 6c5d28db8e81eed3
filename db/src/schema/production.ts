import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations } from './accounts.ts'
import { skus } from './catalogue.ts'
import { recipes } from './recipes.ts'
import { lots } from './stock.ts'

/**
 * Packs that a maker buys and uses and never offers: flour, pork, cartons. Their lots lie in the maker's own store,
 * a hub of kind `store`, and live the same life as all lots.
 */
export const materials = snakeCase.table(
  'materials',
  {
    skuId: uuid()
      .primaryKey()
      .references(() => skus.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** `ingredient`, `additive` or `packaging`. */
    kind: text().notNull(),
    /** Functional class of an additive (GB 2760), e.g. `preservative`; null for everything else. */
    additiveClass: text(),
  },
  (t) => [
    index().on(t.orgId),
    check('additive_has_class', sql`(${t.kind} = 'additive') = (${t.additiveClass} is not null)`),
  ],
)

/** What the label of a pack says beyond the catalogue (食品安全法 Art. 67), and what it is under the 预制菜 rules. */
export const skuLabels = snakeCase.table('sku_labels', {
  skuId: uuid()
    .primaryKey()
    .references(() => skus.id),
  orgId: uuid()
    .notNull()
    .references(() => organisations.id),
  /** Ingredients in falling order of weight (GB 7718), each an additive of a class or not. */
  ingredients: jsonb().$type<{ name: string; additiveClass: string | null }[]>().notNull(),
  /** Product standard code, e.g. `GB 19295`. */
  productStandard: text().notNull().default(''),
  /** Number of the food production licence. */
  scNumber: text().notNull().default(''),
  /** Answers to the questions of the 预制菜 table, and the class they give today. */
  answers: jsonb().$type<Record<string, boolean>>().notNull(),
  preparedDishClass: text(),
  version: integer().notNull().default(1),
  writtenAt: instant().notNull(),
})

/** One run of a recipe that turns input lots into one output lot: `planned → running → made → released | rejected`. */
export const productionBatches = snakeCase.table(
  'production_batches',
  {
    id: id(),
    number: text().notNull().unique(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    recipeId: uuid()
      .notNull()
      .references(() => recipes.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    /** The lot was declared by this batch, and goes with it when the batch is cancelled. */
    ownsLot: boolean().notNull(),
    status: text().notNull(),
    plannedDay: serviceDay().notNull(),
    plannedQuantity: baseQuantity().notNull(),
    startedAt: instant(),
    finishedAt: instant(),
    madeQuantity: baseQuantity(),
    /** What the recipe would have given from what was used. */
    expectedQuantity: baseQuantity(),
    wasteGrams: baseQuantity(),
    /** Why the yield or the mixture differs from the recipe. */
    reason: text().notNull().default(''),
    createdBy: uuid(),
    createdAt: instant().notNull(),
    isSample: isSample(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.orgId, t.id),
    index().on(t.recipeId),
    // One lot is made by one batch; a cancelled one leaves it free.
    uniqueIndex('lot_of_one_batch').on(t.lotId).where(sql`${t.status} <> 'cancelled'`),
    check('batch_positive', sql`${t.plannedQuantity} > 0 and coalesce(${t.madeQuantity}, 1) > 0`),
  ],
)

/** Append-only: what a batch took of a lot; a correction is a row with negative quantity. */
export const batchInputs = snakeCase.table(
  'batch_inputs',
  {
    id: id(),
    batchId: uuid()
      .notNull()
      .references(() => productionBatches.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    reason: text().notNull().default(''),
    takenBy: uuid(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.batchId), index().on(t.lotId), check('takes_something', sql`${t.quantity} <> 0`)],
)

/** Append-only: readings at the steps of a batch. The newest of a step counts. */
export const batchReadings = snakeCase.table(
  'batch_readings',
  {
    id: id(),
    batchId: uuid()
      .notNull()
      .references(() => productionBatches.id),
    seq: integer().notNull(),
    deciC: integer(),
    withinLimits: boolean().notNull(),
    /** What was done when the limit was not kept. */
    action: text().notNull().default(''),
    readBy: uuid(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.batchId)],
)

/**
 * The check that lets a batch go: a factory inspection 出厂检验 (食品安全法 Arts 51–52), or for repacked agricultural
 * goods a collector's 承诺达标合格证, Form 2 (农业农村部令2025年第4号), which names the parents' certificates.
 */
export const inspections = snakeCase.table(
  'inspections',
  {
    id: id(),
    number: text().notNull().unique(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    batchId: uuid()
      .notNull()
      .references(() => productionBatches.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    /** `factory_inspection` or `form_2`. */
    kind: text().notNull(),
    passed: boolean().notNull(),
    items: jsonb().$type<{ item: string; limit: string; value: string; passed: boolean }[]>().notNull(),
    /** Grounds of a Form 2 certificate. */
    basis: text().array().notNull(),
    /** Certificates of the goods that were mixed. */
    parents: jsonb().$type<{ lotId: string; lotCode: string; certificate: string }[]>().notNull(),
    fileIds: jsonb().$type<string[]>().notNull(),
    note: text().notNull().default(''),
    inspectedBy: uuid(),
    inspectedOn: serviceDay().notNull(),
    at: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [index().on(t.batchId), index().on(t.lotId), index().on(t.orgId, t.id)],
)

/** The label of one lot as it was made or bought; never changed, so that an old lot keeps what it said. */
export const lotLabels = snakeCase.table('lot_labels', {
  lotId: uuid()
    .primaryKey()
    .references(() => lots.id),
  orgId: uuid()
    .notNull()
    .references(() => organisations.id),
  /** Its own and those of everything it was made of. */
  allergens: text().array().notNull(),
  ingredients: jsonb().$type<{ name: string; additiveClass: string | null }[]>().notNull(),
  productStandard: text().notNull(),
  scNumber: text().notNull(),
  storage: text().notNull(),
  producer: text().notNull(),
  producerAddress: text().notNull(),
  shelfLifeDays: integer().notNull(),
  preparedDishClass: text(),
})

/**
 * Goods bought into a maker's own store (食品安全法 Art. 50): sent by a supplier of the platform from one of its
 * lots, or brought by anybody else with name, address and licence. What is accepted becomes a lot of the store.
 */
export const baseReceipts = snakeCase.table(
  'base_receipts',
  {
    id: id(),
    number: text().notNull().unique(),
    /** The buyer, its store, and the pack it buys. */
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    /** Supplier of the platform and its lot; null for all others. */
    supplierOrgId: uuid().references(() => organisations.id),
    sourceLotId: uuid().references(() => lots.id),
    /** The lot in the buyer's store, once something was accepted. */
    lotId: uuid().references(() => lots.id),
    status: text().notNull(),
    quantity: baseQuantity().notNull(),
    receivedQuantity: baseQuantity(),
    refusedQuantity: baseQuantity(),
    refuseReason: text(),
    supplierName: text().notNull(),
    supplierAddress: text().notNull(),
    supplierContact: text().notNull(),
    supplierLicence: text().notNull(),
    supplierLotCode: text().notNull(),
    madeOn: serviceDay(),
    useByDay: serviceDay().notNull(),
    certificate: text().notNull(),
    deciC: integer(),
    fileIds: jsonb().$type<string[]>().notNull(),
    sentBy: uuid(),
    sentAt: instant(),
    receivedBy: uuid(),
    receivedAt: instant(),
    createdAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.id),
    index().on(t.supplierOrgId, t.id),
    index().on(t.sourceLotId),
    check('receipt_positive', sql`${t.quantity} > 0`),
    check(
      'receipt_sums',
      sql`${t.receivedQuantity} is null or ${t.receivedQuantity} + coalesce(${t.refusedQuantity}, 0) = ${t.quantity}`,
    ),
  ],
)
