import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  snakeCase,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { bins } from './bins.ts'
import { skus } from './catalogue.ts'
import { lots } from './stock.ts'
import { consignmentLines, consignments } from './supply.ts'

/**
 * Dated limits of temperature at receipt, in tenths of °C, by zone; a row of a SKU (its own label) comes before the
 * zone's (GB 31605-2020; chilled 0–10 ℃, frozen ≤ −18 ℃; warn and refuse values are trade defaults).
 */
export const temperatureLimits = snakeCase.table(
  'temperature_limits',
  {
    id: id(),
    zone: text().notNull(),
    skuId: uuid().references(() => skus.id),
    /** Air of the trip above this for longer than so many minutes on end is an excursion. */
    warnAboveDeciC: integer(),
    warnForMinutes: integer(),
    /** Pack surface above this is refused, unless a core reading within `coreMaxDeciC` is given. */
    surfaceMaxDeciC: integer(),
    coreMaxDeciC: integer(),
    /** Nothing of the zone is taken in before the trip's temperature was looked at. */
    tripLogNeeded: boolean().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    uniqueIndex('one_limit').on(t.zone, sql`coalesce(${t.skuId}::text, '')`, t.validFrom),
    check('warn_complete', sql`(${t.warnAboveDeciC} is null) = (${t.warnForMinutes} is null)`),
  ],
)

/** Dated share of the shelf life that must remain at the hub's dock; a category's row comes before the general one. */
export const lifeRules = snakeCase.table(
  'life_rules',
  {
    id: id(),
    category: text(),
    part: integer().notNull(),
    of: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    uniqueIndex('one_life_rule').on(sql`coalesce(${t.category}, '')`, t.validFrom),
    check('life_share', sql`${t.part} >= 0 and ${t.of} > 0 and ${t.part} <= ${t.of}`),
  ],
)

/** Dated: which receipts two people must see: high-risk food, value above a sum (fen), goods for a buyer class. */
export const secondPersonRules = snakeCase.table(
  'second_person_rules',
  {
    id: id(),
    kind: text().notNull(),
    aboveFen: fen(),
    buyerClass: text(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    check(
      'second_person_kind',
      sql`(${t.kind} = 'value_above') = (${t.aboveFen} is not null) and (${t.kind} = 'buyer_class') = (${t.buyerClass} is not null)`,
    ),
  ],
)

/** What a temperature logger of the trip said, or what was read by hand; kept with its readings (Art. 34: ≥ 2 years). */
export const tripLogs = snakeCase.table(
  'trip_logs',
  {
    id: id(),
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    /** Compartment in which it lay. */
    zone: text().notNull(),
    source: text().notNull(),
    device: text().notNull().default(''),
    minDeciC: integer().notNull(),
    maxDeciC: integer().notNull(),
    readings: integer().notNull(),
    /** Longest time on end above the warning value, and longest time without a reading, in minutes. */
    minutesAbove: integer().notNull(),
    gapMinutes: integer(),
    firstAt: instant(),
    lastAt: instant(),
    verdict: text().notNull(),
    raw: text().notNull().default(''),
    note: text().notNull().default(''),
    createdBy: uuid().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index().on(t.consignmentId),
    check('trip_range', sql`${t.minDeciC} <= ${t.maxDeciC} and ${t.minutesAbove} >= 0`),
  ],
)

/** One weighing of a lot at the dock; net = gross − crates' tare − other tare. A wrong one is struck, never changed. */
export const weighings = snakeCase.table(
  'weighings',
  {
    id: id(),
    lineId: uuid()
      .notNull()
      .references(() => consignmentLines.id),
    grossGrams: baseQuantity().notNull(),
    crates: jsonb().$type<{ typeId: string; count: number }[]>().notNull(),
    otherTareGrams: baseQuantity().notNull(),
    tareGrams: baseQuantity().notNull(),
    netGrams: baseQuantity().notNull(),
    scale: text().notNull().default(''),
    personId: uuid().notNull(),
    at: instant().notNull(),
    struckAt: instant(),
    struckBy: uuid(),
  },
  (t) => [
    index().on(t.lineId),
    check(
      'net_is_gross_less_tare',
      sql`${t.netGrams} = ${t.grossGrams} - ${t.tareGrams} and ${t.netGrams} > 0`,
    ),
  ],
)

/** What was found of a lot at the dock; in stock once it is confirmed, by a second person where a rule asks for one. */
export const receiptCounts = snakeCase.table(
  'receipt_counts',
  {
    lineId: uuid()
      .primaryKey()
      .references(() => consignmentLines.id),
    accepted: baseQuantity().notNull(),
    refused: baseQuantity().notNull(),
    refuseReason: text(),
    /** What becomes of refused goods: back with the `driver`, or `destroyed` by a method. */
    refusedTo: text(),
    disposal: text().notNull().default(''),
    netGrams: baseQuantity(),
    tareGrams: baseQuantity(),
    surfaceDeciC: integer(),
    coreDeciC: integer(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    /** Rules that ask for a second person; empty when none does. */
    secondWhy: text().array().notNull(),
    countedBy: uuid().notNull(),
    countedAt: instant().notNull(),
    confirmedBy: uuid(),
    confirmedAt: instant(),
  },
  (t) => [
    check(
      'count_quantities',
      sql`${t.accepted} >= 0 and ${t.refused} >= 0 and ${t.accepted} + ${t.refused} > 0`,
    ),
    check(
      'not_the_same_person',
      sql`cardinality(${t.secondWhy}) = 0 or ${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.countedBy}`,
    ),
  ],
)

/** A lead or food safety lets a lot in against the rule of remaining life or the trip's temperature, with a reason. */
export const receiptExceptions = snakeCase.table(
  'receipt_exceptions',
  {
    id: id(),
    lineId: uuid()
      .notNull()
      .references(() => consignmentLines.id),
    kind: text().notNull(),
    reason: text().notNull(),
    grantedBy: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [unique('one_exception').on(t.lineId, t.kind)],
)

/** Goods refused at the dock: never in stock, back with the driver or destroyed. */
export const refusedGoods = snakeCase.table(
  'refused_goods',
  {
    id: id(),
    lineId: uuid()
      .notNull()
      .unique()
      .references(() => consignmentLines.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    reason: text().notNull(),
    fate: text().notNull(),
    disposal: text().notNull().default(''),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    personId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.lotId), check('refused_something', sql`${t.quantity} > 0`)],
)

/** Goods carried from the dock to their bin. */
export const putAways = snakeCase.table(
  'put_aways',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    fromBinId: uuid()
      .notNull()
      .references(() => bins.id),
    toBinId: uuid()
      .notNull()
      .references(() => bins.id),
    quantity: baseQuantity().notNull(),
    personId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.lotId), index().on(t.hubId, t.at)],
)
