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

/**
 * A handling unit of one order: one temperature zone, one class of separation (raw, ready to eat, peanut …), and
 * of loose goods one lot. Several where one is full.
 */
export const totes = snakeCase.table(
  'totes',
  {
    id: id(),
    /** Said aloud and typed. */
    code: text().notNull().unique(),
    /** Serial shipping container code on its label, 18 digits. */
    sscc: text().unique(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    zone: text().notNull(),
    separation: text().notNull().default('packed'),
    /** The only lot in it, where its goods are loose. */
    looseLotId: uuid().references(() => lots.id),
    part: integer().notNull().default(1),
    kind: text().notNull().default('crate'),
    /** Who has it in hand, when somebody took it. */
    holderId: uuid(),
    status: text().notNull(),
    checkedAt: instant(),
    checkedBy: uuid(),
    grossGrams: baseQuantity(),
    sealNumber: text().notNull().default(''),
    sealedAt: instant(),
    loadedAt: instant(),
  },
  (t) => [unique('tote_part').on(t.orderId, t.zone, t.separation, t.part), index().on(t.waveId)],
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
    /** `by_order`, `put_to_store` or `cross_dock`. */
    method: text().notNull().default('by_order'),
    /** Where the lot lay at release, and the place of that bin in the walk. */
    binId: uuid(),
    walk: integer().notNull().default(0),
    batchId: uuid(),
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
    index().on(t.batchId),
    check('task_quantities', sql`${t.quantity} > 0 and coalesce(${t.pickedQuantity}, 0) >= 0`),
  ],
)
