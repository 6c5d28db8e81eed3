import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, smallint, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs } from './accounts.ts'
import { waves } from './picking.ts'

/** What a proposal must leave as it is. Ids of runs, stops and orders of the plan it starts from. */
export type Keep = {
  /** Runs that stay exactly as they are. */
  runIds: string[]
  /** Stops that stay on their run. */
  stopIds: string[]
}

/** A run as proposed: times in seconds after midnight of the day; loads as the vehicle carries them. */
export type ProposedRun = {
  vehicleId: string
  /** The present run of this vehicle, where it has one. */
  runId: string | null
  departAt: number
  returnAt: number
  metres: number
  costFen: number
  rests: { from: number; to: number }[]
  stops: {
    siteId: string
    orderIds: string[]
    /** 1 for the first trip; a higher one after reloading at the hub. */
    trip: number
    windowFrom: number
    windowTo: number
    arriveAt: number
    startAt: number
    leaveAt: number
  }[]
}

export type ProposalResult = {
  method: string
  runs: ProposedRun[]
  unassigned: { orderId: string; reason: string }[]
}

/** A plan reckoned for a wave beside the one in force, to be compared and taken. */
export const planProposals = snakeCase.table(
  'plan_proposals',
  {
    id: id(),
    waveId: uuid()
      .notNull()
      .references(() => waves.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    /** `first` by the product, `again` by the dispatcher, `night` when something changed on the way. */
    kind: text().notNull(),
    /** `asked`, `running`, `done`, `failed`, `cancelled`, `adopted`. */
    status: text().notNull(),
    /** Time to search, seconds, and the seed that makes it repeatable. */
    seconds: integer().notNull(),
    seed: integer().notNull(),
    keep: jsonb().$type<Keep>().notNull(),
    /** The plan it starts from and the versions of its runs then; null when there was none. */
    planId: uuid(),
    runVersions: jsonb().$type<Record<string, number>>().notNull(),
    progress: jsonb().$type<{ seconds: number; costFen: number; unassigned: number; steps: number }>(),
    result: jsonb().$type<ProposalResult>(),
    costFen: fen(),
    /** Parts of the cost in fen: vehicles, distance, time, lateness, overtime, moved, unserved. */
    costParts: jsonb().$type<Record<string, number>>(),
    /** Where travel times came from, with version. */
    matrixSource: text(),
    failure: text(),
    /** Why it was asked, for a change at night: the vehicle that failed, the order added or cut. */
    reason: text().notNull().default(''),
    askedBy: uuid(),
    askedAt: instant().notNull(),
    startedAt: instant(),
    /** Last sign of life of whoever plans it. */
    seenAt: instant(),
    doneAt: instant(),
  },
  (t) => [
    index().on(t.waveId, t.askedAt),
    index('proposals_to_plan').on(t.askedAt).where(sql`${t.status} in ('asked', 'running')`),
    check(
      'proposal_status',
      sql`${t.status} in ('asked','running','done','failed','cancelled','adopted') and ${t.seconds} between 1 and 600`,
    ),
  ],
)

/** What a plan costs at a hub, dated: the planner makes it least. */
export const planningWeights = snakeCase.table(
  'planning_weights',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    fenPerKm: integer().notNull(),
    fenPerHour: integer().notNull(),
    lateFenPerMinute: integer().notNull(),
    overtimeFenPerHour: integer().notNull(),
    /** Moving a stop to another vehicle at night. */
    movedFen: integer().notNull(),
    /** Leaving an order of priority 0 out. */
    unservedFen: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId, t.validFrom),
    check(
      'weights_not_negative',
      sql`least(${t.fenPerKm}, ${t.fenPerHour}, ${t.lateFenPerMinute}, ${t.overtimeFenPerHour}, ${t.movedFen}) >= 0 and ${t.unservedFen} > 0`,
    ),
  ],
)

/**
 * Where and when heavier vehicles may not go without a permit (the police's notice of a district or an area). An
 * area is a circle; null coordinates mean the whole district.
 */
export const accessBans = snakeCase.table(
  'access_bans',
  {
    id: id(),
    name: text().notNull(),
    districtCode: text(),
    lngE6: integer('lng_e6'),
    latE6: integer('lat_e6'),
    radiusMetres: integer(),
    /** Minutes of the day. */
    fromMinute: smallint().notNull(),
    toMinute: smallint().notNull(),
    /** 1 = Monday … 7 = Sunday. */
    weekdays: smallint().array().notNull(),
    /** Holds for vehicles of this gross weight and above. */
    minGrossKg: integer().notNull(),
    /** Skill that lifts it: a pass of the vehicle. */
    unlessSkill: text(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.districtCode),
    check(
      'ban_where',
      sql`(${t.districtCode} is not null or (${t.lngE6} is not null and ${t.latE6} is not null and ${t.radiusMetres} > 0))
        and ${t.fromMinute} between 0 and 1440 and ${t.toMinute} between ${t.fromMinute} and 1440`,
    ),
  ],
)

/** Sites that must not, or must, ride on one vehicle. */
export const pairRules = snakeCase.table(
  'pair_rules',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** `apart` or `together`. */
    kind: text().notNull(),
    siteId: uuid().notNull(),
    otherSiteId: uuid().notNull(),
    reason: text().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [
    index().on(t.hubId),
    check('pair_of_two', sql`${t.kind} in ('apart', 'together') and ${t.siteId} <> ${t.otherSiteId}`),
  ],
)
