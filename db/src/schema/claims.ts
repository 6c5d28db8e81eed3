import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  snakeCase,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { hubs, organisations, sites } from './accounts.ts'
import { skus } from './catalogue.ts'
import { orderLines, orders } from './orders.ts'
import { lots } from './stock.ts'

/**
 * Until when and how a buyer may claim, and when a rule decides by itself; dated. The most specific row in force
 * holds: of a SKU, then of a goods class and kind, then of a goods class.
 */
export const claimRules = snakeCase.table(
  'claim_rules',
  {
    id: id(),
    /** `fresh`, `frozen` or `dry`: see `claimClassOf`. */
    goodsClass: text().notNull(),
    /** `shortage`, `quality`, `temperature`, `wrong_goods`; null = every kind. */
    kind: text(),
    skuId: uuid().references(() => skus.id),
    /** Hours after delivery in which a claim may be made. */
    hours: integer().notNull(),
    photosMin: integer().notNull(),
    /** A line up to this sum whose evidence speaks for the buyer is accepted by the rule; 0 = never. */
    autoUpToFen: fen().notNull(),
    /** Hours after the decision in which the supplier may contest bearing it. */
    contestHours: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.goodsClass, t.validFrom),
    check(
      'claim_rule_limits',
      sql`${t.hours} between 1 and 2160 and ${t.photosMin} between 0 and 6 and ${t.autoUpToFen} >= 0
        and ${t.contestHours} between 0 and 2160 and ${t.validFrom} <= ${t.validTo}`,
    ),
  ],
)

/** How much a claim of a kind weighs in a supplier's score, in hundredths of a claim; dated. */
export const claimWeights = snakeCase.table(
  'claim_weights',
  {
    kind: text().notNull(),
    validFrom: serviceDay().notNull(),
    weight: integer().notNull(),
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.validFrom] }),
    check('weight_range', sql`${t.weight} between 0 and 1000`),
  ],
)

/** A buyer's claim on one delivered order; see `flows.claim`. */
export const claims = snakeCase.table(
  'claims',
  {
    id: id(),
    number: text().notNull().unique(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    status: text().notNull(),
    note: text().notNull().default(''),
    /** When the buyer wrote it by the device, and when it came here. */
    saidAt: instant().notNull(),
    madeBy: uuid().notNull(),
    madeAt: instant().notNull(),
    /** Over the whole request: a repeat is recognised. */
    requestHash: text().notNull(),
    /** `rule` or `person`. */
    decidedHow: text(),
    decidedBy: uuid(),
    decidedAt: instant(),
    reason: text().notNull().default(''),
    /** Until then a supplier may contest bearing its lines. */
    contestUntil: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.id),
    index().on(t.orderId),
    index().on(t.status, t.madeAt),
    check('claim_decided', sql`(${t.status} in ('decided', 'contested')) = (${t.decidedAt} is not null)`),
  ],
)

/** Goods of one order line and lot that were short, bad, warm or wrong, and what was decided of them. */
export const claimLines = snakeCase.table(
  'claim_lines',
  {
    id: id(),
    claimId: uuid()
      .notNull()
      .references(() => claims.id),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    supplierOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    kind: text().notNull(),
    quantity: baseQuantity().notNull(),
    photoFileIds: jsonb().$type<string[]>().notNull(),
    note: text().notNull().default(''),
    /** The rule in force when it was made. */
    ruleId: uuid()
      .notNull()
      .references(() => claimRules.id),
    /** What its quantity cost the buyer, tax included. */
    askedFen: fen().notNull(),
    /** Who seems to bear it (`supplier`, `hub`, `carrier`, `nobody`) by which evidence. */
    proposedParty: text().notNull(),
    proposedWhy: text().array().notNull(),
    acceptedQuantity: baseQuantity(),
    acceptedFen: fen(),
    responsibleParty: text(),
    responsibleOrgId: uuid().references(() => organisations.id),
    decisionReason: text().notNull().default(''),
    contestedAt: instant(),
    contestedBy: uuid(),
    contestReason: text().notNull().default(''),
    /** `upheld` (it stays) or `changed` (another bears it), with the answer's words. */
    contestOutcome: text(),
    contestAnswer: text().notNull().default(''),
    contestAnsweredBy: uuid(),
    contestAnsweredAt: instant(),
  },
  (t) => [
    unique('claim_line_once').on(t.claimId, t.orderLineId, t.lotId, t.kind),
    index().on(t.orderLineId, t.lotId),
    index().on(t.supplierOrgId, t.claimId),
    check(
      'claim_quantities',
      sql`${t.quantity} > 0 and coalesce(${t.acceptedQuantity}, 0) between 0 and ${t.quantity}`,
    ),
    check(
      'claim_line_decided',
      sql`(${t.acceptedQuantity} is null) = (${t.acceptedFen} is null)
        and (coalesce(${t.acceptedQuantity}, 0) > 0) = (${t.responsibleParty} is not null)`,
    ),
    check(
      'contest_whole',
      sql`(${t.contestOutcome} is null) = (${t.contestAnsweredAt} is null) and (${t.contestedAt} is not null or ${t.contestOutcome} is null)`,
    ),
  ],
)

/** What a buyer gets back by a decided claim (扣款通知单); immutable. */
export const creditNotes = snakeCase.table(
  'credit_notes',
  {
    id: id(),
    number: text().notNull().unique(),
    claimId: uuid()
      .notNull()
      .unique()
      .references(() => claims.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    day: serviceDay().notNull(),
    /** Tax included. */
    totalFen: fen().notNull(),
    taxFen: fen().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.day),
    check('credit_sums', sql`${t.totalFen} > 0 and ${t.taxFen} >= 0 and ${t.taxFen} <= ${t.totalFen}`),
  ],
)

export const creditNoteLines = snakeCase.table(
  'credit_note_lines',
  {
    creditNoteId: uuid()
      .notNull()
      .references(() => creditNotes.id),
    claimLineId: uuid()
      .notNull()
      .unique()
      .references(() => claimLines.id),
    quantity: baseQuantity().notNull(),
    taxRateBp: integer().notNull(),
    grossFen: fen().notNull(),
    taxFen: fen().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.creditNoteId, t.claimLineId] }),
    check(
      'credit_line_sums',
      sql`${t.quantity} > 0 and ${t.grossFen} >= 0 and ${t.taxFen} between 0 and ${t.grossFen}`,
    ),
  ],
)

/** A supplier's quality on a day: claims it bears per thousand delivered lines of the days before, weighted by kind. */
export const qualityScores = snakeCase.table(
  'quality_scores',
  {
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    day: serviceDay().notNull(),
    /** So many days up to the day are looked at. */
    days: integer().notNull(),
    deliveredLines: integer().notNull(),
    /** Claimed lines borne, by kind, with the weights used. */
    byKind: jsonb().$type<Record<string, { lines: number; weight: number }>>().notNull(),
    /** Weighted claims per 1,000 delivered lines, in hundredths. */
    perThousand: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.day] }), uniqueIndex('score_by_day').on(t.day, t.orgId)],
)
