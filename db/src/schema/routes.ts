import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations, sites } from './accounts.ts'
import { orderLines, orders } from './orders.ts'
import { waves } from './picking.ts'

export const vehicles = snakeCase.table(
  'vehicles',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    plate: text().notNull().unique(),
    kind: text().notNull(),
    /** `diesel` or `electric`, for what it emits. */
    drive: text().notNull().default('diesel'),
    capacityGrams: baseQuantity().notNull(),
    capacityMillilitres: baseQuantity().notNull(),
    /** Temperature zones it can carry. */
    zones: text().array().notNull(),
    /**
     * Ways the load space can be divided, each a list of compartments with the zones that may ride in it; null: one
     * space for all its zones. Movable bulkheads have several.
     */
    layouts: jsonb().$type<{ zones: string[]; grams: number; millilitres: number }[][]>(),
    lengthCm: integer(),
    heightCm: integer(),
    /** Gross weight on the licence, for bans by weight. */
    grossKg: integer(),
    /** Permits and equipment: `city_pass`, `tail_lift` … */
    skills: text().array().notNull().default([]),
    /** Minutes of the delivery day in which its driver works. */
    shiftFrom: integer().notNull().default(30),
    shiftTo: integer().notNull().default(1200),
    /** A rest so long is due before driving and working longer than this (道交法实施条例 Art. 62: 20 min after 4 h). */
    restAfterMinutes: integer().notNull().default(240),
    restMinutes: integer().notNull().default(20),
    /** Runs in one shift; between them it loads again. */
    trips: integer().notNull().default(1),
    reloadMinutes: integer().notNull().default(40),
    /** What using it costs before it moves. */
    fixedFen: fen().notNull().default(20_000),
    driverPersonId: uuid(),
    outOfService: text(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId),
    check(
      'vehicle_times',
      sql`${t.shiftFrom} between 0 and ${t.shiftTo} and ${t.shiftTo} <= 2880 and ${t.trips} between 1 and 6
        and ${t.restAfterMinutes} > 0 and ${t.restMinutes} >= 0 and ${t.reloadMinutes} >= 0 and ${t.fixedFen} >= 0`,
    ),
    check('capacity_positive', sql`${t.capacityGrams} > 0 and ${t.capacityMillilitres} > 0`),
  ],
)

/** The routes of a wave. `unassigned` says why a stop found no vehicle. */
export const plans = snakeCase.table(
  'plans',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    status: text().notNull(),
    method: text().notNull(),
    /** Where travel times came from, with version. */
    matrixSource: text().notNull(),
    metres: integer().notNull(),
    unassigned: jsonb().$type<{ orderId: string; reason: string }[]>().notNull(),
    createdAt: instant().notNull(),
    dispatchedAt: instant(),
  },
  (t) => [unique('plan_per_wave').on(t.waveId), index().on(t.hubId, t.day)],
)

/** One vehicle's work of a day: one trip, or several with a reload at the hub between them. */
export const runs = snakeCase.table(
  'runs',
  {
    id: id(),
    planId: uuid()
      .notNull()
      .references(() => plans.id),
    hubId: uuid().notNull(),
    day: serviceDay().notNull(),
    seq: integer().notNull(),
    vehicleId: uuid()
      .notNull()
      .references(() => vehicles.id),
    driverPersonId: uuid(),
    status: text().notNull(),
    metres: integer().notNull(),
    departAt: instant().notNull(),
    dispatchedAt: instant(),
    /** Box air at loading and on the road, tenths of °C. */
    preCoolDeciC: integer(),
    /** Trips that have left the hub. */
    tripsGone: integer().notNull().default(0),
    finishedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    unique('run_seq').on(t.planId, t.seq),
    index().on(t.driverPersonId, t.day),
    index().on(t.hubId, t.day),
  ],
)

/** A visit to a site on a run; serves one or more orders of that site. */
export const stops = snakeCase.table(
  'stops',
  {
    id: id(),
    runId: uuid()
      .notNull()
      .references(() => runs.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    seq: integer().notNull(),
    /** 1 for the first trip of the run; a higher one follows a reload at the hub. */
    trip: integer().notNull().default(1),
    status: text().notNull(),
    /** A locked stop is not moved by planning anew. */
    lockedAt: instant(),
    plannedArriveAt: instant().notNull(),
    windowFromAt: instant().notNull(),
    windowToAt: instant().notNull(),
    arrivedAt: instant(),
    finishedAt: instant(),
    lateNoticedAt: instant(),
    failReason: text(),
    receiverName: text().notNull().default(''),
    /** Proof: signature, key-drop photo … */
    signatureFileId: uuid(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    temperatureDeciC: integer(),
    cratesOut: integer().notNull().default(0),
    cratesBack: integer().notNull().default(0),
    note: text().notNull().default(''),
    version: integer().notNull().default(1),
  },
  (t) => [unique('stop_seq').on(t.runId, t.seq), index().on(t.siteId)],
)

/** Orders served at a stop. */
export const stopOrders = snakeCase.table(
  'stop_orders',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    stopId: uuid()
      .notNull()
      .references(() => stops.id),
  },
  (t) => [index().on(t.stopId)],
)

/** What was handed over, by line and lot: every delivered unit traces to a lot. */
export const deliveries = snakeCase.table(
  'deliveries',
  {
    id: id(),
    stopId: uuid()
      .notNull()
      .references(() => stops.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    lotId: uuid().notNull(),
    quantity: baseQuantity().notNull(),
    refusedQuantity: baseQuantity().notNull().default(0),
    refuseReason: text(),
    at: instant().notNull(),
  },
  (t) => [
    unique('line_lot_once').on(t.orderLineId, t.lotId),
    index().on(t.stopId),
    index().on(t.orderId),
    check(
      'delivery_quantities',
      sql`${t.quantity} >= 0 and ${t.refusedQuantity} >= 0 and ${t.quantity} + ${t.refusedQuantity} > 0`,
    ),
  ],
)
