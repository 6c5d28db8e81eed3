import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { bins } from './bins.ts'
import { skus } from './catalogue.ts'
import { orders } from './orders.ts'
import { totes, waves } from './picking.ts'
import { lots } from './stock.ts'

/** Serial numbers of the SSCCs of all hubs; never given twice. */
export const ssccSerials = pgSequence('sscc_serials')

/** A handling unit that orders are packed into, smallest first. Grams and millilitres it takes; grams empty. */
export type ToteKind = { kind: string; grams: number; millilitres: number; tareGrams: number }

/** How a hub picks. Hubs without a row pick by the defaults of `server/src/picking/hub-rules.ts`. */
export const hubPicking = snakeCase.table(
  'hub_picking',
  {
    hubId: uuid()
      .primaryKey()
      .references(() => hubs.id),
    /** How too little is shared: `contract_first`, `pro_rata`, `equal_share`. */
    shortageRule: text().notNull(),
    /** Buyer classes served first, in this order, by `contract_first`; `*` is everyone else. */
    classOrder: text().array().notNull(),
    /** GS1 company prefix of the hub's SSCCs. */
    ssccPrefix: text().notNull(),
    /** Before sealing a tote is: not checked (`none`), weighed (`weigh`), weighed by another than its picker. */
    checkRule: text().notNull(),
    /** A gross weight this much off what it should be needs a count, basis points. */
    checkToleranceBp: integer().notNull(),
    toteKinds: jsonb().$type<ToteKind[]>().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [check('sscc_prefix_digits', sql`${t.ssccPrefix} ~ '^[0-9]{4,12}$'`)],
)

/**
 * Dated rows that choose the method for the goods of an order; null matches anything, the first row that matches
 * in `sequence` wins. `by_order` where none does.
 */
export const pickRules = snakeCase.table(
  'pick_rules',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    sequence: integer().notNull(),
    /** `put_to_store` 播种, `by_order` 摘果, `cross_dock` 直通. */
    method: text().notNull(),
    zone: text(),
    /** A category or a group of them. */
    category: text(),
    buyerClass: text(),
    catchWeight: boolean(),
    /** Every lot of the pack still lies at the dock. */
    atDock: boolean(),
    /** So many sites of the wave want the pack, and so many packs are in the wave's zone at most. */
    minSites: integer(),
    maxPacks: integer(),
    note: text().notNull().default(''),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [index().on(t.hubId, t.sequence)],
)

/** What the lead decided otherwise for a wave: for all of it, an order, a pack, or a pack of an order. */
export const waveMethods = snakeCase.table(
  'wave_methods',
  {
    id: id(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    orderId: uuid().references(() => orders.id),
    skuId: uuid().references(() => skus.id),
    method: text().notNull(),
    reason: text().notNull(),
    personId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('one_choice').on(
      t.waveId,
      sql`coalesce(${t.orderId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      sql`coalesce(${t.skuId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
    ),
  ],
)

/** A lot's goods fetched in one go for all stores of a wave: to the put wall, or sorted at the dock. */
export const putBatches = snakeCase.table(
  'put_batches',
  {
    id: id(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    zone: text().notNull(),
    method: text().notNull(),
    /** Base units for all stores together, and what was brought. */
    quantity: baseQuantity().notNull(),
    fetchedQuantity: baseQuantity(),
    status: text().notNull(),
    /** Where the goods lie until they are put: the wall, or the dock. */
    wallBinId: uuid().references(() => bins.id),
    fetchedBy: uuid(),
    fetchedAt: instant(),
  },
  (t) => [
    index().on(t.waveId, t.status),
    index().on(t.lotId),
    check('batch_quantity', sql`${t.quantity} > 0 and coalesce(${t.fetchedQuantity}, 0) >= 0`),
  ],
)

/** Hand-overs of a tote between people, zone after zone. */
export const totePasses = snakeCase.table(
  'tote_passes',
  {
    id: id(),
    toteId: uuid()
      .notNull()
      .references(() => totes.id),
    /** Null: from or to a hand-over place. */
    fromPersonId: uuid(),
    toPersonId: uuid(),
    place: text().notNull().default(''),
    openTasks: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.toteId)],
)

/** Weighings and counts of a tote before it was sealed; the last one rules. */
export const toteChecks = snakeCase.table(
  'tote_checks',
  {
    id: id(),
    toteId: uuid()
      .notNull()
      .references(() => totes.id),
    personId: uuid(),
    at: instant().notNull(),
    grossGrams: baseQuantity(),
    expectedGrams: baseQuantity().notNull(),
    /** `fine`, `weight_off`, `count_off`. */
    result: text().notNull(),
    counts: jsonb().$type<{ taskId: string; quantity: number; counted: number }[]>().notNull(),
    note: text().notNull().default(''),
  },
  (t) => [index().on(t.toteId)],
)
