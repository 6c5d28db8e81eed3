import { sql } from 'drizzle-orm'
import { check, index, integer, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { orders } from './orders.ts'
import { runs, stops } from './routes.ts'

/**
 * By how many minutes an expected arrival must move before the buyer is told; dated. Null hub or class: all of them;
 * the row of a hub goes before one of a class, and that before one of all.
 */
export const arrivalTolerances = snakeCase.table(
  'arrival_tolerances',
  {
    id: id(),
    hubId: uuid().references(() => hubs.id),
    buyerClass: text(),
    minutes: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    index().on(t.validFrom),
    check('tolerance_minutes', sql`${t.minutes} between 1 and 240 and ${t.validFrom} <= ${t.validTo}`),
  ],
)

/** The arrival the buyer of a stop was told last; without a row it is the planned one. */
export const toldArrivals = snakeCase.table('told_arrivals', {
  stopId: uuid()
    .primaryKey()
    .references(() => stops.id, { onDelete: 'cascade' }),
  expectedAt: instant().notNull(),
  toldAt: instant().notNull(),
})

/** A link by which anybody who holds it sees when one order arrives. Of the token only its SHA-256 is kept. */
export const trackingLinks = snakeCase.table(
  'tracking_links',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    tokenHash: text().notNull().unique(),
    madeBy: uuid().notNull(),
    madeAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (t) => [index().on(t.orderId)],
)

/** A truck that could not go on: what was aboard for its open stops went over to another run. Never changed. */
export const runRelays = snakeCase.table(
  'run_relays',
  {
    id: id(),
    fromRunId: uuid()
      .notNull()
      .references(() => runs.id),
    toRunId: uuid()
      .notNull()
      .references(() => runs.id),
    stopIds: uuid().array().notNull(),
    totes: integer().notNull(),
    reason: text().notNull(),
    personId: uuid(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.fromRunId),
    index().on(t.toRunId),
    check('relay_between_two', sql`${t.fromRunId} <> ${t.toRunId} and cardinality(${t.stopIds}) > 0`),
  ],
)
