import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { orderLines, orders } from './orders.ts'
import { lots } from './stock.ts'

/** A night's picking for a hub and delivery day; releasing it fixes the lots. */
export const waves = snakeCase.table(
  'waves',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    seq: integer().notNull(),
    status: text().notNull(),
    createdAt: instant().notNull(),
    releasedAt: instant(),
    releasedBy: uuid(),
    pickedAt: instant(),
    /** Lines, cuts by reason … at release. */
    summary: jsonb().$type<Record<string, number>>().notNull(),
  },
  (t) => [unique('wave_seq').on(t.hubId, t.day, t.seq)],
)

/** The orders of a wave; an order is in one wave only. */
export const waveOrders = snakeCase.table(
  'wave_orders',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
  },
  (t) => [index().on(t.waveId)],
)

/** One order's tote in one temperature zone. */
export const totes = snakeCase.table(
  'totes',
  {
    id: id(),
    /** Printed and scanned. */
    code: text().notNull().unique(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    zone: text().notNull(),
    status: text().notNull(),
    sealNumber: text().notNull().default(''),
    sealedAt: instant(),
    loadedAt: instant(),
  },
  (t) => [unique('tote_per_zone').on(t.orderId, t.zone), index().on(t.waveId)],
)

/** Take so much of this lot for this line. */
export const pickTasks = snakeCase.table(
  'pick_tasks',
  {
    id: id(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    promiseId: uuid().notNull(),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    toteId: uuid()
      .notNull()
      .references(() => totes.id),
    zone: text().notNull(),
    quantity: baseQuantity().notNull(),
    status: text().notNull(),
    pickedQuantity: baseQuantity(),
    netGrams: baseQuantity(),
    shortReason: text(),
    pickedBy: uuid(),
    pickedAt: instant(),
  },
  (t) => [
    index().on(t.waveId, t.status),
    index().on(t.orderId),
    index().on(t.orderLineId),
    index().on(t.toteId),
    index().on(t.lotId),
    check('task_quantities', sql`${t.quantity} > 0 and coalesce(${t.pickedQuantity}, 0) >= 0`),
  ],
)
