import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations, people } from './accounts.ts'
import { vehicles } from './routes.ts'
import { lots } from './stock.ts'

/**
 * Licences, certificates and product reports of an organisation, with validity. Only `valid` ones count, and only
 * from `valid_from` to `valid_to`; whether one runs out soon or has run out is told by the day, not stored.
 */
export const papers = snakeCase.table(
  'papers',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    kind: text().notNull(),
    number: text().notNull(),
    /** Authority or body that gave it. */
    issuer: text().notNull().default(''),
    /** Classes it covers: of a production licence `111` …, of a trading licence its first digit. */
    scope: jsonb().$type<string[]>().notNull(),
    /** Products it speaks of; empty for papers of the organisation itself. */
    productIds: uuid().array().notNull().default([]),
    /** Of papers of a vehicle (行驶证, disinfection) and of a person (健康证): whose; null for the others. */
    vehicleId: uuid().references(() => vehicles.id),
    personId: uuid().references(() => people.id),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    /** Last yearly confirmation, where the kind lapses without one (全国名特优新农产品). */
    confirmedOn: serviceDay(),
    fileId: uuid(),
    /** `pending`, `valid`, `refused`, `revoked`, `withdrawn`. */
    status: text().notNull().default('pending'),
    submittedBy: uuid(),
    submittedAt: instant(),
    reviewedBy: uuid(),
    reviewedAt: instant(),
    reviewNote: text().notNull().default(''),
    /** Day of the last check against the register; due again half a year later (电子商务法 Art. 27). */
    verifiedOn: serviceDay(),
    /** The step (90, 60, 30, 0 days left) its holder was last warned at; null = not yet. */
    warnedDays: integer(),
    isSample: isSample(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.orgId),
    index().on(t.validTo),
    index().on(t.vehicleId).where(sql`${t.vehicleId} is not null`),
    index().on(t.personId).where(sql`${t.personId} is not null`),
    index('papers_to_review').on(t.submittedAt).where(sql`${t.status} = 'pending'`),
    check('paper_days', sql`${t.validFrom} <= ${t.validTo}`),
    check('paper_status', sql`${t.status} in ('pending','valid','refused','revoked','withdrawn')`),
  ],
)

/**
 * Which papers goods need to pass a gate, as the law has it on a day. `goods` is `*`, a kind of goods, a category or
 * its group; all rules that fit must be met. `need` lists alternatives, each a set that suffices.
 */
export const paperRules = snakeCase.table(
  'paper_rules',
  {
    id: id(),
    /** Whose papers: `seller` (its own and those of its product), `lot`, `hub`, `carrier`, `vehicle`, `driver`. */
    subject: text().notNull(),
    goods: text().notNull(),
    /** Gates that ask for it: `list`, `promise`, `ship`, `receive`, `carry`. */
    gates: text().array().notNull(),
    need: jsonb().$type<string[][]>().notNull(),
    /** Of `register_check`: so many days a check of a licence against the register lasts. */
    days: integer(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    /** The rule of law it comes from. */
    source: text().notNull(),
  },
  (t) => [check('rule_days', sql`${t.validFrom} <= ${t.validTo}`)],
)

/**
 * Papers of one lot: 承诺达标合格证 in either statutory form, factory inspection, quarantine, test reports. A paper
 * covers so much of the lot (base units); it is never changed, only voided.
 */
export const lotPapers = snakeCase.table(
  'lot_papers',
  {
    id: id(),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    kind: text().notNull(),
    number: text().notNull(),
    /** Of a 承诺达标合格证: `producer` (form 1) or `collector` (form 2); null for others. */
    form: text(),
    /** Of a 承诺达标合格证: `controlled`, `self_tested`, `lab_tested`, one or more. */
    basis: text().array().notNull().default([]),
    /** What was used and tested for, where the basis is a test (用什么药、检什么药). */
    tested: text().notNull().default(''),
    quantity: baseQuantity().notNull(),
    origin: text().notNull().default(''),
    issuer: text().notNull().default(''),
    contact: text().notNull().default(''),
    issuedOn: serviceDay().notNull(),
    /** Last day it counts; null = as long as the lot. */
    validTo: serviceDay(),
    fileId: uuid(),
    /** Of a collector's or a copied paper: the papers it stands on. */
    fromPaperIds: uuid().array().notNull().default([]),
    createdBy: uuid(),
    createdAt: instant().notNull(),
    voidedAt: instant(),
    voidReason: text().notNull().default(''),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.lotId),
    index().on(t.fileId).where(sql`${t.fileId} is not null`),
    check('paper_covers', sql`${t.quantity} > 0`),
    check(
      'conformity_form',
      sql`(${t.kind} = 'conformity_certificate') = (${t.form} is not null) and (${t.form} is null or cardinality(${t.basis}) > 0)`,
    ),
  ],
)
