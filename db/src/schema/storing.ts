import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { bins } from './bins.ts'
import { skus } from './catalogue.ts'
import { lots } from './stock.ts'

/** Part of a lot kept apart until food safety has decided: see `flows.quarantine`. */
export const quarantines = snakeCase.table(
  'quarantines',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    binId: uuid()
      .notNull()
      .references(() => bins.id),
    quantity: baseQuantity().notNull(),
    status: text().notNull(),
    reason: text().notNull(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    openedBy: uuid(),
    openedAt: instant().notNull(),
    /** Who sent it to be tested, and what came of it. */
    testedBy: uuid(),
    testedAt: instant(),
    testNote: text().notNull().default(''),
    decidedBy: uuid(),
    decidedAt: instant(),
    decision: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId, t.status),
    index().on(t.lotId),
    check('quarantine_some', sql`${t.quantity} > 0`),
  ],
)

/**
 * So many days before its last day a lot counts as near its end, by the length of its whole life; dated
 * (trade ladder of Shanghai; 上海市食品安全条例 Art. 29 asks for a place of its own and a notice).
 */
export const nearExpiryRules = snakeCase.table(
  'near_expiry_rules',
  {
    id: id(),
    /** Whole life in days from which the row holds. */
    minLifeDays: integer().notNull(),
    thresholdDays: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    unique('one_near_expiry_rule').on(t.minLifeDays, t.validFrom),
    check('near_expiry_days', sql`${t.minLifeDays} >= 0 and ${t.thresholdDays} >= 0`),
  ],
)

/** Lots of which it was noticed that their end is near, and what was done about it. */
export const nearExpiryLots = snakeCase.table(
  'near_expiry_lots',
  {
    lotId: uuid()
      .primaryKey()
      .references(() => lots.id),
    hubId: uuid().notNull(),
    thresholdDays: integer().notNull(),
    noticedAt: instant().notNull(),
    /** `markdown`, `moved`, `blocked`; null = nobody has done anything yet. */
    action: text(),
    /** Suggested reduction, basis points. */
    markdownBp: integer(),
    note: text().notNull().default(''),
    actedBy: uuid(),
    actedAt: instant(),
  },
  (t) => [index().on(t.hubId)],
)

/** Goods asked of one hub by another. */
export const transfers = snakeCase.table(
  'transfers',
  {
    id: id(),
    number: text().notNull().unique(),
    fromHubId: uuid()
      .notNull()
      .references(() => hubs.id),
    toHubId: uuid()
      .notNull()
      .references(() => hubs.id),
    status: text().notNull(),
    note: text().notNull().default(''),
    requestHash: text().notNull(),
    askedBy: uuid(),
    askedAt: instant().notNull(),
    plate: text().notNull().default(''),
    sealNumber: text().notNull().default(''),
    /** Air of the box, tenths of °C, when it left and when it came. */
    departDeciC: integer(),
    arriveDeciC: integer(),
    shippedBy: uuid(),
    shippedAt: instant(),
    sealOk: boolean(),
    receivedBy: uuid(),
    receivedAt: instant(),
    cancelReason: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.fromHubId, t.status),
    index().on(t.toHubId, t.status),
    check('between_hubs', sql`${t.fromHubId} <> ${t.toHubId}`),
  ],
)

/** What is asked: so much of a pack. */
export const transferLines = snakeCase.table(
  'transfer_lines',
  {
    id: id(),
    transferId: uuid()
      .notNull()
      .references(() => transfers.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    quantity: baseQuantity().notNull(),
  },
  (t) => [unique('transfer_sku_once').on(t.transferId, t.skuId), check('asks_some', sql`${t.quantity} > 0`)],
)

/** What went of which lot, as which lot of the other hub, and what came: counted at both ends. */
export const transferLots = snakeCase.table(
  'transfer_lots',
  {
    id: id(),
    transferId: uuid()
      .notNull()
      .references(() => transfers.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    childLotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    /** Pack surface when loaded and when unloaded, tenths of °C. */
    departDeciC: integer(),
    arriveDeciC: integer(),
    /** Why a later lot went before an earlier one. */
    laterLotReason: text().notNull().default(''),
    /** Null until unloaded. */
    receivedQuantity: baseQuantity(),
    /** Part of what came that was kept apart. */
    quarantinedQuantity: baseQuantity().notNull().default(0),
    shortReason: text().notNull().default(''),
  },
  (t) => [
    unique('transfer_lot_once').on(t.transferId, t.lotId),
    index().on(t.lotId),
    index().on(t.childLotId),
    check(
      'transfer_lot_counts',
      sql`${t.quantity} > 0 and coalesce(${t.receivedQuantity}, 0) between 0 and ${t.quantity}
        and ${t.quarantinedQuantity} between 0 and coalesce(${t.receivedQuantity}, 0)`,
    ),
  ],
)

/** Dated: differences up to this share of what should be there are no difference. */
export const countTolerances = snakeCase.table(
  'count_tolerances',
  {
    id: id(),
    /** `weighed` or `counted` goods. */
    kind: text().notNull().unique(),
    toleranceBp: integer().notNull(),
    source: text().notNull(),
  },
  (t) => [check('tolerance_share', sql`${t.toleranceBp} between 0 and 10000`)],
)

/** The count of one bin: see `flows.binCount`. */
export const binCounts = snakeCase.table(
  'bin_counts',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    binId: uuid()
      .notNull()
      .references(() => bins.id),
    status: text().notNull(),
    reason: text().notNull().default(''),
    openedBy: uuid(),
    openedAt: instant().notNull(),
    firstBy: uuid(),
    firstAt: instant(),
    secondBy: uuid(),
    secondAt: instant(),
    decidedBy: uuid(),
    decidedAt: instant(),
    decision: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [index().on(t.hubId, t.status), index().on(t.binId, t.openedAt)],
)

/** What was counted of a lot in the bin. Differences are against the bin as it was while it was counted. */
export const binCountLines = snakeCase.table(
  'bin_count_lines',
  {
    id: id(),
    countId: uuid()
      .notNull()
      .references(() => binCounts.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    firstQuantity: baseQuantity(),
    firstDifference: baseQuantity(),
    secondQuantity: baseQuantity(),
    secondDifference: baseQuantity(),
    /** Written to the bin when approved. */
    adjustedBy: baseQuantity(),
  },
  (t) => [unique('counted_lot_once').on(t.countId, t.lotId), index().on(t.lotId)],
)

/**
 * Goods made unusable before two people, with evidence; kept two years at least (上海市食品安全条例 Art. 29,
 * 食品安全法 Art. 63). A trigger refuses to delete one before its time.
 */
export const disposals = snakeCase.table(
  'disposals',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    binId: uuid()
      .notNull()
      .references(() => bins.id),
    quantity: baseQuantity().notNull(),
    status: text().notNull(),
    method: text().notNull(),
    reason: text().notNull(),
    place: text().notNull(),
    doneAt: instant().notNull(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    doneBy: uuid().notNull(),
    writtenAt: instant().notNull(),
    witnessBy: uuid(),
    witnessedAt: instant(),
    keepUntil: serviceDay().notNull(),
    note: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId, t.status),
    index().on(t.lotId),
    check('disposes_some', sql`${t.quantity} > 0`),
    check('two_people', sql`${t.witnessBy} is null or ${t.witnessBy} <> ${t.doneBy}`),
  ],
)

/** Goods that came back from a buyer; they go to be destroyed and nowhere else (上海市食品安全条例 Art. 30). */
export const returnedGoods = snakeCase.table(
  'returned_goods',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    binId: uuid()
      .notNull()
      .references(() => bins.id),
    quantity: baseQuantity().notNull(),
    reason: text().notNull(),
    personId: uuid().notNull(),
    at: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [index().on(t.hubId, t.at), index().on(t.lotId), check('returns_some', sql`${t.quantity} > 0`)],
)
