import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, snakeCase, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations } from './accounts.ts'
import { bins } from './bins.ts'
import { skus } from './catalogue.ts'

/**
 * A lot of one SKU bound for one hub, from forecast to used up. Quantities in base units.
 * `promisable` is what may be promised in total now (a capped share while planned, the declared quantity while
 * made or shipped, what is on hand once received); `promised` is what open promises hold of it.
 */
export const lots = snakeCase.table(
  'lots',
  {
    id: id(),
    /** Printed on the goods: one of a kind, but for the lots of other hubs that its goods were moved to. */
    code: text().notNull(),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    stage: text().notNull(),
    /** Expected, declared, shipped or received quantity, by stage. */
    quantity: baseQuantity().notNull(),
    promisable: baseQuantity().notNull(),
    promised: baseQuantity().notNull().default(0),
    /** What lies in sellable bins, whatever the stage. */
    onHand: baseQuantity().notNull().default(0),
    /** Share of a planned lot that may be promised, basis points. */
    capBp: integer().notNull().default(7000),
    madeOn: serviceDay(),
    /** First delivery day it can serve, and last day of use. */
    readyDay: serviceDay().notNull(),
    useByDay: serviceDay().notNull(),
    /** Number of the 承诺达标合格证 or factory inspection. */
    certificate: text().notNull().default(''),
    holdReason: text(),
    isSample: isSample(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
    /** The lot as it first came into the house, for goods moved here from another hub. */
    originLotId: uuid(),
  },
  (t) => [
    uniqueIndex('lots_code_once').on(t.code).where(sql`${t.originLotId} is null`),
    uniqueIndex('lots_code_per_hub').on(t.hubId, t.code),
    // No balance is in any index, so that a promise rewrites only the row (HOT); the table keeps room for it.
    index('lots_available').on(t.skuId, t.hubId, t.useByDay),
    index().on(t.orgId, t.id),
    index().on(t.hubId, t.stage),
    check('not_oversold', sql`${t.promised} >= 0 and ${t.promised} <= ${t.promisable}`),
    check('on_hand_not_negative', sql`${t.onHand} >= 0 and ${t.quantity} >= 0 and ${t.promisable} >= 0`),
  ],
)

/**
 * Append-only goods movements: into the house (no `from`), out of it (no `to`), or from bin to bin. `quantity` is
 * positive into and within the house, negative out of it. Per bin and lot they sum to `bin_stock`.
 */
export const movements = snakeCase.table(
  'movements',
  {
    id: id(),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    hubId: uuid().notNull(),
    /** See `movementKinds` in `shared/src/contracts/stock-bins.ts`. */
    kind: text().notNull(),
    quantity: baseQuantity().notNull(),
    fromBinId: uuid().references(() => bins.id),
    toBinId: uuid().references(() => bins.id),
    subjectId: uuid().notNull(),
    reason: text().notNull().default(''),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.lotId),
    index().on(t.subjectId),
    check('moves_something', sql`${t.quantity} <> 0`),
    check(
      'moves_between_bins',
      sql`(${t.fromBinId} is not null or ${t.toBinId} is not null) and ${t.fromBinId} is distinct from ${t.toBinId}
        and (${t.quantity} < 0) = (${t.toBinId} is null)`,
    ),
  ],
)

/** How much of a lot lies in a bin, in base units. Written under the lot's row lock only, by `moveGoods`. */
export const binStock = snakeCase.table(
  'bin_stock',
  {
    binId: uuid()
      .notNull()
      .references(() => bins.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
  },
  (t) => [
    // No balance is in any index: a pick rewrites only the row (HOT). Emptied rows stay.
    primaryKey({ columns: [t.lotId, t.binId] }),
    index().on(t.binId),
    check('bin_not_negative', sql`${t.quantity} >= 0`),
  ],
)
