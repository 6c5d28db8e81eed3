import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations } from './accounts.ts'
import { skus } from './catalogue.ts'
import { lots } from './stock.ts'

/** After the cut-off: what a supplier is asked to ship for a delivery day. */
export const callOffs = snakeCase.table(
  'call_offs',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    quantity: baseQuantity().notNull(),
    confirmedQuantity: baseQuantity(),
    status: text().notNull(),
    answerNote: text().notNull().default(''),
    answeredBy: uuid(),
    answeredAt: instant(),
    createdAt: instant().notNull(),
    /** Reckoned backwards from the earliest window, `windowFrom`: at the dock, off the base, made, begun. */
    windowFrom: integer(),
    dockBy: instant(),
    shipBy: instant(),
    makeBy: instant(),
    startBy: instant(),
  },
  (t) => [unique('one_call_off').on(t.orgId, t.hubId, t.day, t.skuId), index().on(t.hubId, t.day)],
)

/** A truck load from a supplier with its lots: the advance ship notice. */
export const consignments = snakeCase.table(
  'consignments',
  {
    id: id(),
    number: text().notNull().unique(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    status: text().notNull(),
    plate: text().notNull().default(''),
    driverName: text().notNull().default(''),
    driverPhone: text().notNull().default(''),
    sealNumber: text().notNull().default(''),
    /** Set point, tenths of °C. */
    setPointDeciC: integer(),
    mode: text().notNull().default('road'),
    departsAt: instant(),
    expectedAt: instant(),
    arrivedAt: instant(),
    sealOk: text(),
    /** Air temperature on arrival, tenths of °C. */
    arrivalDeciC: integer(),
    receivedAt: instant(),
    note: text().notNull().default(''),
    createdBy: uuid().notNull(),
    createdAt: instant().notNull(),
    isSample: isSample(),
    version: integer().notNull().default(1),
  },
  (t) => [index().on(t.orgId, t.id), index().on(t.hubId, t.status)],
)

export const consignmentLines = snakeCase.table(
  'consignment_lines',
  {
    id: id(),
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    /** Counted and accepted; null until received. */
    receivedQuantity: baseQuantity(),
    refusedQuantity: baseQuantity().notNull().default(0),
    refuseReason: text(),
    grossGrams: baseQuantity(),
    tareGrams: baseQuantity(),
    surfaceDeciC: integer(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    receivedBy: uuid(),
    receivedAt: instant(),
  },
  (t) => [
    unique('lot_once').on(t.consignmentId, t.lotId),
    index().on(t.lotId),
    check(
      'line_positive',
      sql`${t.quantity} > 0 and ${t.refusedQuantity} >= 0 and coalesce(${t.receivedQuantity}, 0) >= 0`,
    ),
  ],
)
