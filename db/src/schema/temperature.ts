import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  smallint,
  snakeCase,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { files, hubs } from './accounts.ts'
import { bins } from './bins.ts'
import { skus } from './catalogue.ts'
import { orders } from './orders.ts'
import { runs, stops, vehicles } from './routes.ts'
import { lots } from './stock.ts'

/**
 * What measures: a box of a truck, a cold room of a hub, a probe. Calibrated on schedule with the record kept
 * (GB 31605-2020 §3.1).
 */
export const temperatureDevices = snakeCase.table(
  'temperature_devices',
  {
    id: id(),
    /** Printed on the device; it names itself by it. */
    serial: text().notNull().unique(),
    name: text().notNull().default(''),
    /** `truck_box`, `cold_room` or `probe`. */
    kind: text().notNull(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** Where it rides; null in a house. */
    vehicleId: uuid().references(() => vehicles.id),
    /** Zone of the box or room whose air it measures. */
    zone: text().notNull(),
    /** It promises a reading so often. */
    everyMinutes: smallint().notNull().default(5),
    calibratedOn: serviceDay(),
    calibrationDue: serviceDay(),
    calibrationFileId: uuid().references(() => files.id),
    /** Shared with the device, needed as it is to check an HMAC: it never leaves by a door again once it was shown. */
    secret: text().notNull().default(''),
    secretSetAt: instant(),
    revokedAt: instant(),
    /** Latest reading, and when the device was last heard. */
    lastAt: instant(),
    lastDeciC: smallint(),
    heardAt: instant(),
    /** Its clock less ours when it was last heard. */
    clockOffsetSeconds: integer().notNull().default(0),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId),
    index().on(t.vehicleId),
    check(
      'device_kind',
      sql`${t.kind} in ('truck_box', 'cold_room', 'probe') and (${t.kind} <> 'truck_box' or ${t.vehicleId} is not null)
        and (${t.kind} <> 'cold_room' or ${t.vehicleId} is null) and ${t.everyMinutes} between 1 and 60`,
    ),
  ],
)

/** Numbers used once by a device within the time its messages are believed; older ones are swept. */
export const temperatureNonces = snakeCase.table(
  'temperature_nonces',
  {
    deviceId: uuid()
      .notNull()
      .references(() => temperatureDevices.id),
    nonce: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.nonce] }), index().on(t.at)],
)

/** Raw readings, kept two years (上海: logs ≥ 2 years), then folded into `temperature_hours`. */
export const temperatureReadings = snakeCase.table(
  'temperature_readings',
  {
    deviceId: uuid().notNull(),
    at: instant().notNull(),
    /** Sensors of one device, from 0. */
    probe: smallint().notNull().default(0),
    /** Tenths of °C. */
    deciC: smallint().notNull(),
    /** Relative humidity, %. */
    humidity: smallint(),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.at, t.probe] }),
    index('temperature_readings_age').using('brin', t.at),
  ],
)

/** What is left of readings after their time: an hour of a probe. */
export const temperatureHours = snakeCase.table(
  'temperature_hours',
  {
    deviceId: uuid().notNull(),
    hour: instant().notNull(),
    probe: smallint().notNull(),
    readings: integer().notNull(),
    lowest: smallint().notNull(),
    highest: smallint().notNull(),
    sumDeciC: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.hour, t.probe] })],
)

/** Limits of a zone, dated; a row of one pack goes before its zone's (its label says otherwise). */
export const temperatureRules = snakeCase.table(
  'temperature_rules',
  {
    id: id(),
    zone: text().notNull(),
    skuId: uuid().references(() => skus.id),
    /** Air above this for so long is an alarm, tenths of °C. */
    warnAbove: smallint().notNull(),
    warnMinutes: smallint().notNull(),
    /** Air above this is one at once; null: there is no such limit. */
    rejectAbove: smallint(),
    /** Air below this for `warnMinutes` harms the goods; null: cold does not. */
    warnBelow: smallint(),
    /** A device on the road that is not heard for so long is an alarm. */
    silentMinutes: smallint().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    index().on(t.zone, t.validFrom),
    check(
      'rule_limits',
      sql`coalesce(${t.rejectAbove}, ${t.warnAbove}) >= ${t.warnAbove} and coalesce(${t.warnBelow}, -1000) < ${t.warnAbove}
        and ${t.warnMinutes} between 0 and 720 and ${t.silentMinutes} between 1 and 720`,
    ),
  ],
)

/** Something out of its limits, or silent: see `flows.temperatureAlarm`. Its record stays. */
export const temperatureAlarms = snakeCase.table(
  'temperature_alarms',
  {
    id: id(),
    /** `warm`, `reject`, `cold` or `silent`. */
    kind: text().notNull(),
    deviceId: uuid()
      .notNull()
      .references(() => temperatureDevices.id),
    ruleId: uuid()
      .notNull()
      .references(() => temperatureRules.id),
    hubId: uuid().notNull(),
    zone: text().notNull(),
    runId: uuid().references(() => runs.id),
    status: text().notNull(),
    /** First and last reading out of the limit; silent: last heard. */
    startedAt: instant().notNull(),
    endedAt: instant().notNull(),
    /** The limit, and the worst that was read; null when silent. */
    limitDeciC: smallint(),
    worstDeciC: smallint(),
    openedAt: instant().notNull(),
    acknowledgedBy: uuid(),
    acknowledgedAt: instant(),
    note: text().notNull().default(''),
    decidedBy: uuid(),
    decidedAt: instant(),
    /** `release`, `return`, `dispose`. */
    decision: text(),
    reason: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [
    uniqueIndex('alarm_once').on(t.deviceId, t.ruleId, t.kind, t.startedAt),
    index().on(t.hubId, t.status),
    index().on(t.runId),
    check(
      'alarm_decided',
      sql`${t.kind} in ('warm', 'reject', 'cold', 'silent') and ${t.status} in ('open', 'acknowledged', 'decided')
        and (${t.status} = 'decided') = (${t.decidedAt} is not null) and ${t.endedAt} >= ${t.startedAt}`,
    ),
  ],
)

/**
 * Goods an alarm concerns: of an order aboard (held until decided), or lying in a room. Held and returned ones are not
 * handed over.
 */
export const temperatureHolds = snakeCase.table(
  'temperature_holds',
  {
    id: id(),
    alarmId: uuid()
      .notNull()
      .references(() => temperatureAlarms.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    orderId: uuid().references(() => orders.id),
    stopId: uuid().references(() => stops.id),
    binId: uuid().references(() => bins.id),
    quantity: baseQuantity().notNull(),
    /** `held`, `release`, `return`, `dispose`; `passed`: handed over before it was known; `listed`: lies in a room. */
    status: text().notNull(),
  },
  (t) => [
    unique('goods_held_once').on(t.alarmId, t.lotId, t.orderId, t.binId).nullsNotDistinct(),
    index().on(t.orderId, t.lotId),
    index().on(t.lotId),
    check(
      'hold_what',
      sql`${t.quantity} > 0 and (${t.orderId} is null) <> (${t.binId} is null)
        and ${t.status} in ('held', 'release', 'return', 'dispose', 'passed', 'listed')`,
    ),
  ],
)
