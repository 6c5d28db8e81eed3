import type { PriceBasis } from '@huming/shared/pricing'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, primaryKey, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations, sites } from './accounts.ts'
import { skus } from './catalogue.ts'
import { lots } from './stock.ts'

export const orders = snakeCase.table(
  'orders',
  {
    id: id(),
    /** Short number people say aloud, made from the id. */
    number: text().notNull().unique(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    windowFrom: integer().notNull(),
    windowTo: integer().notNull(),
    status: text().notNull(),
    totalFen: fen().notNull(),
    /** What the buyer wants when goods fall short: `partial`, `cancel_line`. */
    shortageRule: text().notNull().default('partial'),
    note: text().notNull().default(''),
    /** Hash of the request that made the present version: a repeat is recognised, a different body refused. */
    requestHash: text().notNull(),
    version: integer().notNull().default(1),
    holdId: uuid(),
    placedBy: uuid().notNull(),
    placedAt: instant().notNull(),
    approvedBy: uuid(),
    frozenAt: instant(),
    deliveredAt: instant(),
    acceptedAt: instant(),
    cancelledAt: instant(),
    cancelReason: text(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.day),
    index().on(t.hubId, t.day, t.status),
    index().on(t.siteId, t.day),
    check('total_not_negative', sql`${t.totalFen} >= 0`),
  ],
)

/** Quantities in base units; `units` in order units. Amounts follow ordered, then picked (catch weight), then accepted. */
export const orderLines = snakeCase.table(
  'order_lines',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    lineNo: integer().notNull(),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    supplierOrgId: uuid().notNull(),
    units: integer().notNull(),
    quantity: baseQuantity().notNull(),
    /** Frozen price: 1/100 fen per pricing unit of `basePerPriceUnit`, and why it is this one. */
    priceCentifen: fen().notNull(),
    basePerPriceUnit: baseQuantity().notNull(),
    priceReason: text().notNull(),
    /** What the price was reckoned from, and the contract's line whose quantity it takes. */
    priceBasis: jsonb().$type<PriceBasis>(),
    contractLineId: uuid(),
    taxRateBp: integer().notNull(),
    amountFen: fen().notNull(),
    /** Quantity cut before picking for want of supply, with its reason. */
    cutQuantity: baseQuantity().notNull().default(0),
    cutReason: text(),
    /** The hub's rule by which too little was shared, where that cut it. */
    cutRule: text(),
    pickedQuantity: baseQuantity(),
    deliveredQuantity: baseQuantity(),
    refusedQuantity: baseQuantity().notNull().default(0),
    refuseReason: text(),
    /** Amount after picking and delivery; null until delivered. */
    finalFen: fen(),
  },
  (t) => [
    // The one index beside the key: five lines of each order pass through here on the hot path.
    unique('sku_once').on(t.orderId, t.skuId),
    index('lines_of_contract').on(t.contractLineId).where(sql`${t.contractLineId} is not null`),
    check(
      'line_quantities',
      sql`${t.units} > 0 and ${t.quantity} > 0 and ${t.cutQuantity} >= 0 and ${t.cutQuantity} <= ${t.quantity} and ${t.refusedQuantity} >= 0`,
    ),
    check('amount_not_negative', sql`${t.amountFen} >= 0`),
  ],
)

/** Which lots stand behind a line. Open until picked; a release before the wave gives the quantity back. */
export const promises = snakeCase.table(
  'promises',
  {
    id: id(),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'cascade' }),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    /** Set when picking ended it: what truly left the lot (0 for a short pick). */
    pickedQuantity: baseQuantity(),
  },
  (t) => [index().on(t.orderLineId), index().on(t.lotId), check('promise_positive', sql`${t.quantity} > 0`)],
)

/**
 * A weighed line that came out above its tolerance: `billedQuantity` of it is on the bill, the rest is when the buyer
 * agrees. One question per line.
 */
export const weightQuestions = snakeCase.table(
  'weight_questions',
  {
    orderLineId: uuid()
      .primaryKey()
      .references(() => orderLines.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    deliveredQuantity: baseQuantity().notNull(),
    billedQuantity: baseQuantity().notNull(),
    /** What the rest costs; settled for these lots when the buyer agrees. */
    excessFen: fen().notNull(),
    lots: jsonb().$type<{ lotId: string; quantity: number }[]>().notNull(),
    /** `asked`, `agreed`, `declined`. */
    status: text().notNull().default('asked'),
    askedAt: instant().notNull(),
    answeredBy: uuid(),
    answeredAt: instant(),
  },
  (t) => [
    index().on(t.orderId),
    check('excess', sql`${t.billedQuantity} < ${t.deliveredQuantity} and ${t.excessFen} >= 0`),
    check('answered', sql`(${t.status} = 'asked') = (${t.answeredAt} is null)`),
  ],
)

/** Two people for canteens, one elsewhere. */
export const acceptances = snakeCase.table(
  'acceptances',
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    personId: uuid().notNull(),
    at: instant().notNull(),
    note: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.personId] })],
)

/** Products a site orders again and again; pinned by hand, the rest comes from its history. */
export const guideItems = snakeCase.table(
  'guide_items',
  {
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    parUnits: integer(),
    pinnedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.siteId, t.skuId] })],
)

/** Cut-off and minimum order by hub and buyer class, dated. Minutes of the day `daysBefore` the delivery day. */
export const cutOffRules = snakeCase.table(
  'cut_off_rules',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    buyerClass: text().notNull(),
    daysBefore: integer().notNull().default(1),
    minutes: integer().notNull(),
    minimumFen: fen().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [
    index().on(t.hubId, t.buyerClass),
    check('in_day', sql`${t.minutes} between 0 and 1439 and ${t.daysBefore} between 0 and 14`),
  ],
)

/** Days the hub does not deliver. */
export const closedDays = snakeCase.table(
  'closed_days',
  {
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    reason: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.hubId, t.day] })],
)

/** The cut-off of a hub, day and buyer class has passed, by the clock or by operations: its orders are frozen. */
export const cutOffs = snakeCase.table(
  'cut_offs',
  {
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    buyerClass: text().notNull(),
    closedAt: instant().notNull(),
    closedBy: uuid(),
    frozenOrders: integer().notNull().default(0),
    summary: jsonb().$type<Record<string, number>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.hubId, t.day, t.buyerClass] })],
)
