import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, isSample, serviceDay } from '../columns.ts'
import { people, sessions } from './accounts.ts'
import { runs, stops } from './routes.ts'

/**
 * A link that opens one run for its driver on one phone, after a one-time code. The token is never stored, only its
 * SHA-256; the address holds nothing about anybody.
 */
export const driverLinks = snakeCase.table(
  'driver_links',
  {
    id: id(),
    runId: uuid()
      .notNull()
      .references(() => runs.id),
    driverPersonId: uuid()
      .notNull()
      .references(() => people.id),
    tokenHash: text().notNull().unique(),
    madeBy: uuid().notNull(),
    madeAt: instant().notNull(),
    /** End of the vehicle's shift and twelve hours. */
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    openedAt: instant(),
  },
  (t) => [
    uniqueIndex('one_link_per_run').on(t.runId).where(sql`${t.revokedAt} is null`),
    index().on(t.runId),
  ],
)

/** Codes sent to the driver's phone: six digits, five tries, five minutes. Only a salted hash is kept. */
export const driverLinkCodes = snakeCase.table(
  'driver_link_codes',
  {
    id: id(),
    linkId: uuid()
      .notNull()
      .references(() => driverLinks.id),
    codeHash: text().notNull(),
    sentAt: instant().notNull(),
    expiresAt: instant().notNull(),
    tries: integer().notNull().default(0),
    usedAt: instant(),
  },
  (t) => [index().on(t.linkId, t.sentAt)],
)

/** Sessions that came by a link: they may drive its run and nothing else. */
export const driverLinkSessions = snakeCase.table(
  'driver_link_sessions',
  {
    sessionId: uuid().primaryKey(),
    linkId: uuid()
      .notNull()
      .references(() => driverLinks.id),
  },
  (t) => [
    foreignKey({ columns: [t.sessionId], foreignColumns: [sessions.id] }).onDelete('cascade'),
    index().on(t.linkId),
  ],
)

/**
 * What the door asks of a driver, dated, for one class of buyers or for all; the class's own row goes before. Without a
 * row in force only what every hand-over needs is asked. What a run needs before it leaves is asked by the row for all.
 */
export const doorRules = snakeCase.table(
  'door_rules',
  {
    id: id(),
    /** Null: every class without a row of its own. */
    buyerClass: text(),
    /** Where somebody takes the goods, one of these proves it: `signature`, `pin`, `photo`. */
    proofs: text().array().notNull().default(['signature', 'pin']),
    /** 行车前检查 before a run leaves. */
    tripCheck: boolean().notNull(),
    /** A photo of the thermometer with the pre-cool reading. */
    preCoolPhoto: boolean().notNull(),
    /** Every tote at the door is scanned, or counted by hand with the reason. */
    unloadScan: boolean().notNull(),
    /** Every cold zone handed over has its own reading. */
    zoneReadings: boolean().notNull(),
    /** A photo of what is refused. */
    refusePhoto: boolean().notNull(),
    /** 无人交接 with door times, drop point, and photos of goods, thermometer and locked door. */
    keyDropSet: boolean().notNull(),
    /** Before a shut door is given up: minutes waited, and the reasons for which that holds, with a call and a photo. */
    waitMinutes: integer().notNull(),
    waitReasons: text().array().notNull(),
    /** Weighed goods that weigh less at the door by no more than this are taken at their picked weight, basis points. */
    weighToleranceBp: integer().notNull().default(0),
    /** How long a disinfection lasts that a driver notes himself, days; of the row for all. */
    washDays: integer().notNull().default(7),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.validFrom),
    check('door_rule_days', sql`${t.validFrom} <= ${t.validTo} and ${t.waitMinutes} between 0 and 120`),
    check('door_rule_weigh', sql`${t.weighToleranceBp} between 0 and 1000`),
    check('door_rule_wash', sql`${t.washDays} between 1 and 31`),
    check(
      'door_rule_proofs',
      sql`cardinality(${t.proofs}) > 0 and ${t.proofs} <@ array['signature', 'pin', 'photo']`,
    ),
  ],
)

/** Points of the check before a trip (行车前检查), dated. */
export const tripCheckItems = snakeCase.table(
  'trip_check_items',
  {
    id: id(),
    code: text().notNull(),
    name: text().notNull(),
    nameEn: text().notNull(),
    seq: integer().notNull(),
    /** Not in order: the run does not leave. */
    stopsRun: boolean().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
    isSample: isSample(),
  },
  (t) => [index().on(t.validFrom)],
)

/** The check of a vehicle before its run, as the driver found it. */
export const tripChecks = snakeCase.table('trip_checks', {
  runId: uuid()
    .primaryKey()
    .references(() => runs.id),
  answers: jsonb().$type<{ code: string; ok: boolean; note: string }[]>().notNull(),
  photoFileIds: jsonb().$type<string[]>().notNull(),
  personId: uuid().notNull(),
  at: instant().notNull(),
})

/** Photo of the box's thermometer before leaving. */
export const preCoolProofs = snakeCase.table(
  'pre_cool_proofs',
  {
    runId: uuid()
      .notNull()
      .references(() => runs.id),
    trip: integer().notNull().default(1),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.trip] })],
)

/** How a hand-over, or its failure, is proved besides the stop's own columns. */
export type Evidence = {
  doorOpenedAt: string | null
  doorClosedAt: string | null
  /** Freezer, shelf … where goods were left. */
  dropPoint: string
  shots: { fileId: string; of: string }[]
  readings: { zone: string; deciC: number }[]
  unload: { scanned: string[]; counted: number | null; reason: string } | null
  place: { lngE6: number; latE6: number; accuracyM: number } | null
  calledAt: string | null
}

/** Written once when a stop closes; never changed. */
export const stopProofs = snakeCase.table('stop_proofs', {
  stopId: uuid()
    .primaryKey()
    .references(() => stops.id),
  /** `signature`, `pin`, `photo`, `key_drop`, `refused`, `failed`. */
  kind: text().notNull(),
  evidence: jsonb().$type<Evidence>().notNull(),
  /** When it happened by the device, when the device sent it, when it came here. */
  happenedAt: instant().notNull(),
  sentAt: instant(),
  receivedAt: instant().notNull(),
  /** `before_recall`: handed over before the recall's stop and sent after it; `clock_off`: the device's clock is wrong. */
  flags: text().array().notNull(),
  /** Over the whole request, as received. */
  sha256: text().notNull(),
})

/** What is put right about a closed stop is added; the proof itself stays. */
export const stopCorrections = snakeCase.table(
  'stop_corrections',
  {
    id: id(),
    stopId: uuid()
      .notNull()
      .references(() => stops.id),
    personId: uuid().notNull(),
    text: text().notNull(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.stopId, t.at)],
)

/** The receiver's number for a stop: whoever tells it to the driver has got the goods. */
export const receiverPins = snakeCase.table(
  'receiver_pins',
  {
    stopId: uuid()
      .primaryKey()
      .references(() => stops.id, { onDelete: 'cascade' }),
    pin: text().notNull(),
    tries: integer().notNull().default(0),
  },
  (t) => [check('pin_digits', sql`${t.pin} ~ '^[0-9]{6}$' and ${t.tries} >= 0`)],
)
