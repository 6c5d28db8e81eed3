import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  snakeCase,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'
import { lots } from './stock.ts'

/**
 * Clocks of recalls as dated data: how much time the rules leave from knowing to acting. `verify` marks those whose
 * present text has not been seen (Order 122 of 2026); `source` says where the figure is from.
 */
export const recallRules = snakeCase.table(
  'recall_rules',
  {
    id: id(),
    /** `start`, `finish`, `incident`, `answer` (a buyer's acknowledgement, ours). */
    clock: text().notNull(),
    /** 1 severe, 2 general, 3 label; null holds for all levels. */
    level: integer(),
    amount: integer().notNull(),
    /** `hours` or `working_days`. */
    unit: text().notNull(),
    version: text().notNull(),
    source: text().notNull(),
    verify: boolean().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [
    index().on(t.clock, t.level),
    check(
      'rule_in_bounds',
      sql`${t.amount} > 0 and ${t.unit} in ('hours', 'working_days') and (${t.level} is null or ${t.level} between 1 and 3)`,
    ),
  ],
)

/** A recall of food, or a drill of one that changes nothing (食品安全法 Art. 63). */
export const recalls = snakeCase.table(
  'recalls',
  {
    id: id(),
    number: text().notNull().unique(),
    drill: boolean().notNull(),
    level: integer().notNull(),
    /** `contamination`, `foreign_body`, `spoilage`, `allergen`, `papers`, `label`, `other`. */
    cause: text().notNull(),
    reason: text().notNull(),
    /** `destroy`, or `relabel` where only the label is at fault (上海市食品安全条例 Art. 30). */
    remedy: text().notNull(),
    status: text().notNull(),
    /** When the danger became known: the clocks run from here. */
    knownAt: instant().notNull(),
    startDueAt: instant().notNull(),
    finishDueAt: instant().notNull(),
    /** Food-safety incident: due and done (上海市食品安全条例 Art. 72); null when it is none. */
    incidentDueAt: instant(),
    incidentReportedAt: instant(),
    incidentNote: text().notNull().default(''),
    /** Time a buyer has to acknowledge before somebody phones, minutes. */
    answerMinutes: integer().notNull(),
    ruleVersion: text().notNull(),
    createdBy: uuid(),
    createdAt: instant().notNull(),
    stoppedAt: instant(),
    scopedAt: instant(),
    notifiedAt: instant(),
    retrievingAt: instant(),
    disposedAt: instant(),
    reportedAt: instant(),
    closedAt: instant(),
    withdrawnAt: instant(),
    withdrawReason: text(),
    /** What the stop reached: lots, order lines, tasks, totes, trucks. */
    stopped: jsonb().$type<Record<string, number>>().notNull(),
    /** Sum-up of the person who closed it. */
    conclusion: text().notNull().default(''),
    isSample: isSample(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.status),
    check(
      'only_labels_are_remedied',
      sql`${t.level} between 1 and 3 and ${t.remedy} in ('destroy', 'relabel') and (${t.remedy} = 'destroy' or ${t.cause} = 'label')`,
    ),
  ],
)

/** The lots of a recall: those named, and what was made or moved from them. */
export const recallLots = snakeCase.table(
  'recall_lots',
  {
    recallId: uuid()
      .notNull()
      .references(() => recalls.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    named: boolean().notNull(),
    /** Steps from a named lot. */
    depth: integer().notNull(),
    /** Where the lot stood when it was stopped, to go back there when the recall is withdrawn. */
    stageBefore: text().notNull(),
    holdReasonBefore: text(),
    addedAt: instant().notNull(),
    stoppedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.recallId, t.lotId] }), index().on(t.lotId)],
)

/** A place that has the goods and is told: a buyer's site, or a supplier with goods still at its base. */
export const recallNotices = snakeCase.table(
  'recall_notices',
  {
    id: id(),
    recallId: uuid()
      .notNull()
      .references(() => recalls.id),
    /** `buyer` or `supplier`. */
    kind: text().notNull(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** The site, or the supplier itself. */
    placeId: uuid().notNull(),
    hubId: uuid().notNull(),
    /** Null until sent; a drill sends nothing. */
    sentAt: instant(),
    answerDueAt: instant(),
    answeredAt: instant(),
    answeredBy: uuid(),
    answerNote: text().notNull().default(''),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    /** Not acknowledged in time: somebody is to phone. */
    callSince: instant(),
    calledAt: instant(),
    calledBy: uuid(),
    callNote: text().notNull().default(''),
  },
  (t) => [
    unique('notice_per_place').on(t.recallId, t.placeId),
    index().on(t.orgId, t.id),
    index('notices_unanswered')
      .on(t.answerDueAt)
      .where(sql`${t.answeredAt} is null and ${t.callSince} is null`),
  ],
)

/** Goods of a notice by lot, base units: delivered, what the buyer says of them, and what came back. */
export const recallNoticeGoods = snakeCase.table(
  'recall_notice_goods',
  {
    noticeId: uuid()
      .notNull()
      .references(() => recallNotices.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    quantity: baseQuantity().notNull(),
    /** Set aside and to be collected, and used or sold on already; null until answered. */
    keptQuantity: baseQuantity(),
    usedQuantity: baseQuantity(),
    recoveredQuantity: baseQuantity().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.lotId] }),
    index().on(t.lotId),
    check(
      'notice_quantities',
      sql`${t.quantity} >= 0 and ${t.recoveredQuantity} >= 0 and ${t.recoveredQuantity} <= ${t.quantity}
        and coalesce(${t.keptQuantity}, 0) >= 0 and coalesce(${t.usedQuantity}, 0) >= 0
        and coalesce(${t.keptQuantity}, 0) + coalesce(${t.usedQuantity}, 0) <= ${t.quantity}`,
    ),
  ],
)

/** What the warehouse has to fetch: from shelves, out of totes, off trucks, from buyers. */
export const recallTasks = snakeCase.table(
  'recall_tasks',
  {
    id: id(),
    recallId: uuid()
      .notNull()
      .references(() => recalls.id),
    hubId: uuid().notNull(),
    /** `shelf`, `tote`, `truck`, `buyer`. */
    kind: text().notNull(),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    /** Bin, tote, stop or notice the goods are fetched from. */
    placeId: uuid().notNull(),
    orderId: uuid(),
    quantity: baseQuantity().notNull(),
    /** `open`, `done`, `void`. */
    status: text().notNull(),
    doneQuantity: baseQuantity(),
    note: text().notNull().default(''),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    doneBy: uuid(),
    doneAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index().on(t.hubId, t.status),
    index().on(t.recallId, t.kind),
    check(
      'fetch_quantities',
      sql`${t.quantity} > 0 and coalesce(${t.doneQuantity}, 0) between 0 and ${t.quantity}`,
    ),
  ],
)
