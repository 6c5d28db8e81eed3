import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  primaryKey,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations } from './accounts.ts'
import { skus } from './catalogue.ts'
import { lots } from './stock.ts'
import { callOffs } from './supply.ts'

/**
 * That a lot was forecast for a harvest week, and what was said of it. What is expected now is the lot's own
 * quantity; `said` keeps what stood when the week began, which is what the supplier is measured by.
 */
export const forecasts = snakeCase.table(
  'forecasts',
  {
    lotId: uuid()
      .primaryKey()
      .references(() => lots.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** Monday of the harvest week. */
    week: serviceDay().notNull(),
    harvestDay: serviceDay().notNull(),
    saidQuantity: baseQuantity().notNull(),
    saidAt: instant().notNull(),
    /** Taken over from the week before with one tap. */
    copied: boolean().notNull().default(false),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.week),
    index().on(t.skuId, t.hubId, t.week),
    check('said_positive', sql`${t.saidQuantity} > 0`),
  ],
)

/**
 * How far a supplier's forecasts of a pack are trusted, basis points: `learned` from forecast against delivered,
 * unless operations set another one for a time.
 */
export const confidences = snakeCase.table(
  'confidences',
  {
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    learnedBp: integer().notNull(),
    /** Sum of the weights of the weeks it was learned from, in hundredths of a week. */
    evidence: integer().notNull().default(0),
    learnedAt: instant().notNull(),
    overrideBp: integer(),
    overrideReason: text().notNull().default(''),
    overrideBy: uuid(),
    /** Last day of the override. */
    overrideUntil: serviceDay(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.skuId] }),
    check(
      'confidence_share',
      sql`${t.learnedBp} between 0 and 10000 and coalesce(${t.overrideBp}, 0) between 0 and 10000`,
    ),
    check('override_ends', sql`(${t.overrideBp} is null) = (${t.overrideUntil} is null)`),
  ],
)

/** Dated terms of learning: what is believed of a stranger, how fast the past fades, and the bounds. */
export const confidenceRules = snakeCase.table(
  'confidence_rules',
  {
    id: id(),
    priorBp: integer().notNull(),
    /** How many full weeks the prior weighs, hundredths of a week. */
    priorWeight: integer().notNull(),
    halfLifeWeeks: integer().notNull(),
    weeksBack: integer().notNull(),
    floorBp: integer().notNull(),
    ceilingBp: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [
    check(
      'learnable',
      sql`${t.priorWeight} > 0 and ${t.halfLifeWeeks} > 0 and ${t.weeksBack} between 1 and 104
        and 0 <= ${t.floorBp} and ${t.floorBp} <= ${t.priorBp} and ${t.priorBp} <= ${t.ceilingBp} and ${t.ceilingBp} <= 10000`,
    ),
  ],
)

/**
 * How long each step between the base and the buyer's door takes, in minutes, by hub; dated. The most specific row
 * in force holds: a row that names a class, zone, mode or county beats one that does not.
 */
export const timelineSteps = snakeCase.table(
  'timeline_steps',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** `answer`, `load`, `line_haul`, `dock`, `wave`, `delivery`. */
    step: text().notNull(),
    buyerClass: text(),
    zone: text(),
    mode: text(),
    /** County the goods come from. */
    countyCode: text(),
    minutes: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.hubId, t.step),
    check('step_minutes', sql`${t.minutes} between 0 and 20160`),
    check('step_days', sql`${t.validFrom} <= ${t.validTo}`),
  ],
)

/** How a pack comes to be: made to order after the call-off in so many hours, or taken from what is there (0). */
export const makingLeads = snakeCase.table(
  'making_leads',
  {
    skuId: uuid()
      .primaryKey()
      .references(() => skus.id),
    makingHours: integer().notNull(),
    /** How it usually travels: `road`, `rail`, `air`. */
    mode: text().notNull().default('road'),
    isSample: isSample(),
  },
  (t) => [check('making_hours', sql`${t.makingHours} between 0 and 720`)],
)

/**
 * When goods still at the base are called off for a delivery day, by hub and buyer class; dated. Without a row the
 * call-off comes with the buyers' cut-off. After it, goods that have not left serve later days only.
 */
export const callOffTimes = snakeCase.table(
  'call_off_times',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    buyerClass: text().notNull(),
    daysBefore: integer().notNull(),
    minutes: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    isSample: isSample(),
  },
  (t) => [
    uniqueIndex('one_call_off_time').on(t.hubId, t.buyerClass, t.validFrom),
    check('call_off_in_day', sql`${t.minutes} between 0 and 1439 and ${t.daysBefore} between 0 and 14`),
  ],
)

/** Call-off times that have passed: goods of the hub and day were called off once more at this minute. */
export const calledOff = snakeCase.table(
  'called_off',
  {
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    day: serviceDay().notNull(),
    at: instant().notNull(),
    callOffs: integer().notNull().default(0),
    /** Lots that had not left and serve later days from now on. */
    movedLots: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.hubId, t.day] })],
)

/** What a supplier offers where it cannot do what is called off: another lot, a later day, another pack. */
export const callOffOffers = snakeCase.table(
  'call_off_offers',
  {
    id: id(),
    callOffId: uuid()
      .notNull()
      .references(() => callOffs.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** `other_lot`, `later_day`, `other_pack`. */
    kind: text().notNull(),
    /** The lot offered. */
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    /** The delivery day it could serve: the call-off's own, or a later one. */
    day: serviceDay().notNull(),
    status: text().notNull(),
    note: text().notNull().default(''),
    offeredBy: uuid(),
    createdAt: instant().notNull(),
    /** Null = the rule decided. */
    decidedBy: uuid(),
    decidedAt: instant(),
    decideNote: text().notNull().default(''),
    /** What truly moved to the offered lot. */
    movedQuantity: baseQuantity().notNull().default(0),
  },
  (t) => [
    index().on(t.callOffId),
    index().on(t.hubId, t.status),
    check('offer_positive', sql`${t.quantity} > 0 and ${t.movedQuantity} between 0 and ${t.quantity}`),
  ],
)

/** Which offers are taken without asking operations; dated. */
export const offerRules = snakeCase.table('offer_rules', {
  id: id(),
  kind: text().notNull(),
  /** Taken at once when the offered goods keep at least so many days longer than buyers need; null = never. */
  spareDays: integer(),
  validFrom: serviceDay().notNull(),
  validTo: serviceDay().notNull(),
})
