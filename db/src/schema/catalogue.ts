import type { PriceBasis, PriceKind } from '@huming/shared/pricing'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, changedIn, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'

/** What a co-op or base sells, with its season and marks. */
export const products = snakeCase.table(
  'products',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    nameEn: text().notNull().default(''),
    description: text().notNull().default(''),
    /** Category code of the reference tree, e.g. `A1`, `C1`. */
    category: text().notNull(),
    countyCode: text().notNull(),
    /** Drawn picture key (`/pictures/<key>.svg`); an uploaded photo comes first. */
    picture: text().notNull().default('generic'),
    photoFileId: uuid(),
    /** Search words, kept by the verb that writes the product. */
    pinyinFull: text().notNull(),
    pinyinInitials: text().notNull(),
    aliases: text().array().notNull(),
    shortCodes: text().array().notNull(),
    /** `[{from:'11-01', to:'01-31', peak:false}]`; empty = all year. May cross the year end. */
    seasons: jsonb().$type<{ from: string; to: string; peak: boolean }[]>().notNull(),
    /**
     * Marks it may show on days within `from` … `until`: what the certificates in force say, written whenever they
     * change (农产品质量安全法 Art. 74: no mark without the right to it).
     */
    marks: jsonb().$type<{ type: string; text: string; from: string; until: string }[]>().notNull(),
    /** Why an item of group A8 may be eaten: `dual_use_list`, `local_standard`, `new_resource`; null = not told. */
    edibleBasis: text(),
    story: text().notNull().default(''),
    archivedAt: instant(),
    isSample: isSample(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
    changedIn: changedIn(),
  },
  (t) => [
    index().on(t.orgId),
    index().on(t.category),
    index('products_name_trgm').using('gin', t.name.op('gin_trgm_ops')),
  ],
)

/** An orderable pack of a product. */
export const skus = snakeCase.table(
  'skus',
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    code: text().notNull().unique(),
    /** Pack text as printed, e.g. `20 g×50 = 1 kg袋 ×10`. */
    spec: text().notNull(),
    gtin: text(),
    /** `g`, `ml` or `piece`: the unit of every stock quantity of this SKU. */
    baseUnit: text().notNull(),
    /** Unit the buyer orders in (箱, 袋, kg …) and base units per ordering unit (nominal for catch weight). */
    orderUnit: text().notNull(),
    basePerOrderUnit: baseQuantity().notNull(),
    /** Unit the price is quoted per, and base units per pricing unit (e.g. kg → 1000). */
    priceUnit: text().notNull(),
    basePerPriceUnit: baseQuantity().notNull(),
    minUnits: integer().notNull().default(1),
    stepUnits: integer().notNull().default(1),
    maxUnits: integer().notNull().default(9999),
    /** Settled on actual net weight; tolerance in basis points accepted without asking. */
    catchWeight: boolean().notNull().default(false),
    toleranceBp: integer().notNull().default(500),
    zone: text().notNull(),
    shelfLifeDays: integer().notNull(),
    /** Life that must remain on the delivery day. */
    minRemainingDays: integer().notNull().default(1),
    allergens: text().array().notNull(),
    /** `packed`, `raw` or `ready_to_eat`: what it may share a tote with. */
    handling: text().notNull().default('packed'),
    /** Poured or laid without a pack of its own: lots are never mixed in a tote. */
    loose: boolean().notNull().default(false),
    storage: text().notNull().default(''),
    /** VAT class for the dated tax rules, and the rate in basis points frozen by the lister's choice of class. */
    taxClass: text().notNull(),
    grossGramsPerUnit: integer().notNull(),
    millilitresPerUnit: integer().notNull(),
    /**
     * First and last day on which every paper its sale needs is in force, as far as the papers on file tell;
     * empty = none. Written whenever papers, rules or goods change, compared with the day wherever it is read.
     */
    saleFrom: serviceDay().notNull().default(''),
    saleUntil: serviceDay().notNull().default(''),
    archivedAt: instant(),
    isSample: isSample(),
    version: integer().notNull().default(1),
    /** Changes of its prices count as its own. */
    changedIn: changedIn(),
  },
  (t) => [
    index().on(t.productId),
    index().on(t.orgId),
    check('positive_packs', sql`${t.basePerOrderUnit} > 0 and ${t.basePerPriceUnit} > 0`),
    check('steps', sql`${t.minUnits} > 0 and ${t.stepUnits} > 0 and ${t.maxUnits} >= ${t.minUnits}`),
    check('shelf_life', sql`${t.shelfLifeDays} > 0 and ${t.minRemainingDays} >= 0`),
  ],
)

/** Further units of a SKU and their size in base units (斤, 袋 within a 箱 …). */
export const skuUnits = snakeCase.table(
  'sku_units',
  {
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    unit: text().notNull(),
    baseQuantity: baseQuantity().notNull(),
  },
  (t) => [primaryKey({ columns: [t.skuId, t.unit] }), check('positive', sql`${t.baseQuantity} > 0`)],
)

/**
 * Dated prices: 1/100 fen per pricing unit, from a number of order units on. The most specific row wins:
 * one organisation, then a buyer class, then the list (both null).
 */
export const prices = snakeCase.table(
  'prices',
  {
    id: id(),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    buyerOrgId: uuid(),
    buyerClass: text(),
    fromUnits: integer().notNull().default(1),
    centifen: fen().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    /** `fixed`, `daily` (时价), `season`, or `discount` off a reference price (下浮率). */
    kind: text().$type<PriceKind>().notNull().default('fixed'),
    /** The contract's line that wrote it, and what it was reckoned from. */
    contractLineId: uuid(),
    basis: jsonb().$type<PriceBasis>(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index().on(t.skuId, t.validFrom),
    uniqueIndex('one_price').on(
      t.skuId,
      sql`coalesce(${t.buyerOrgId}::text, ${t.buyerClass}, '')`,
      t.fromUnits,
      t.validFrom,
    ),
    check('price_positive', sql`${t.centifen} > 0 and ${t.fromUnits} > 0`),
    check('one_audience', sql`${t.buyerOrgId} is null or ${t.buyerClass} is null`),
  ],
)

/**
 * One row that counts the changes of the catalogue. Triggers raise `version`, whoever writes, and stamp the changed
 * products, packs and suppliers with it. Writers hold the row until they commit, so what a reader sees of a version
 * is complete: a process that keeps the catalogue in memory asks for what changed since its own.
 */
export const catalogueState = snakeCase.table(
  'catalogue_state',
  {
    only: boolean().primaryKey().default(true),
    version: bigint({ mode: 'number' }).notNull(),
    /** Rows were deleted in this version, which nothing can be stamped with: older copies are read anew. */
    deletedIn: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [check('one_row', sql`${t.only}`)],
)
