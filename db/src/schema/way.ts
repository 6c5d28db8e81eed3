import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  snakeCase,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations } from './accounts.ts'
import { consignments } from './supply.ts'

/** Set point of each temperature zone of a consignment's vehicle, tenths of °C. */
export const consignmentZones = snakeCase.table(
  'consignment_zones',
  {
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    zone: text().notNull(),
    setPointDeciC: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.consignmentId, t.zone] })],
)

/** A consignment's way: one leg by road, rail or air after the other. */
export const consignmentLegs = snakeCase.table(
  'consignment_legs',
  {
    id: id(),
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    seq: smallint().notNull(),
    mode: text().notNull(),
    fromPlace: text().notNull(),
    toPlace: text().notNull(),
    carrier: text().notNull().default(''),
    /** Plate, train or flight number. */
    vehicle: text().notNull().default(''),
    /** Waybill 运单号. */
    waybill: text().notNull().default(''),
    departsAt: instant().notNull(),
    arrivesAt: instant().notNull(),
    departedAt: instant(),
    arrivedAt: instant(),
  },
  (t) => [
    unique('leg_in_order').on(t.consignmentId, t.seq),
    check('leg_forward', sql`${t.departsAt} < ${t.arrivesAt}`),
    check('leg_done_forward', sql`${t.arrivedAt} is null or ${t.arrivedAt} >= ${t.departedAt}`),
  ],
)

/**
 * Goods handed from one carrier to the next, with seal and temperature (GB 31605-2020 2.2). `seq` n is the point
 * before leg n: 1 at the base, the last one beside the hub's own receipt.
 */
export const consignmentHandovers = snakeCase.table(
  'consignment_handovers',
  {
    id: id(),
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    seq: smallint().notNull(),
    place: text().notNull(),
    at: instant().notNull(),
    /** Seal found when the vehicle came, `ok`, `broken`, `none`; null at the first point, where there was none. */
    sealFound: text(),
    /** Seal on the doors when it left. */
    sealNumber: text().notNull(),
    /** Readings by zone, tenths of °C. */
    readings: jsonb().$type<{ zone: string; deciC: number }[]>().notNull(),
    takenBy: text().notNull().default(''),
    note: text().notNull().default(''),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    personId: uuid(),
  },
  (t) => [unique('one_handover').on(t.consignmentId, t.seq)],
)

/** When the hub's docks take trucks, and how many at a time; dated, by weekday (null = every day). */
export const dockSlots = snakeCase.table(
  'dock_slots',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    weekday: smallint(),
    fromMinute: smallint().notNull(),
    toMinute: smallint().notNull(),
    /** Trucks that may come in the slot. */
    capacity: smallint().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId),
    check(
      'slot_in_day',
      sql`${t.fromMinute} >= 0 and ${t.fromMinute} < ${t.toMinute} and ${t.toMinute} <= 1440 and ${t.capacity} >= 0`,
    ),
  ],
)

/** A truck's place at the dock: asked for by the supplier, kept or moved by the warehouse. */
export const dockAppointments = snakeCase.table(
  'dock_appointments',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    consignmentId: uuid()
      .notNull()
      .references(() => consignments.id),
    day: serviceDay().notNull(),
    fromMinute: smallint().notNull(),
    toMinute: smallint().notNull(),
    /** `requested`, `confirmed`, `arrived`, `missed`, `cancelled` (`flows.appointment`). */
    status: text().notNull(),
    /** Door of the dock, given by the warehouse. */
    dock: text().notNull().default(''),
    note: text().notNull().default(''),
    requestedBy: uuid(),
    requestedAt: instant().notNull(),
    decidedBy: uuid(),
    decidedAt: instant(),
    arrivedAt: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId, t.day),
    uniqueIndex('one_open_appointment')
      .on(t.consignmentId)
      .where(sql`${t.status} in ('requested', 'confirmed')`),
    check(
      'appointment_in_day',
      sql`${t.fromMinute} >= 0 and ${t.fromMinute} < ${t.toMinute} and ${t.toMinute} <= 1440`,
    ),
  ],
)
