import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  primaryKey,
  snakeCase,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'
import { ledgerAccounts, ledgerTransfers } from './ledger.ts'

/**
 * How late a debtor may lawfully pay (保障中小企业款项支付条例, State Council Decree 802, in force 2025-06-01); dated.
 * Longer than `warnDays` must have been agreed in writing; longer than `maxDays` is refused.
 */
export const paymentLimits = snakeCase.table(
  'payment_limits',
  {
    id: id(),
    /** `public_body`, `large_enterprise` or `other`. */
    debtorKind: text().notNull(),
    warnDays: integer().notNull(),
    maxDays: integer().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    source: text().notNull(),
  },
  (t) => [
    uniqueIndex('one_payment_limit').on(t.debtorKind, t.validFrom),
    check('limit_order', sql`${t.warnDays} between 0 and ${t.maxDays}`),
  ],
)

/**
 * Contract terms of a party's account, dated, append-only: when its statement is cut and when it is due. A row
 * without party is what holds for everyone of the side without a row of their own.
 */
export const statementTerms = snakeCase.table(
  'statement_terms',
  {
    id: id(),
    /** `buyer`, `supplier` or `broker`. */
    side: text().notNull(),
    orgId: uuid().references(() => organisations.id),
    /** `weekly`, `half_month` or `monthly`. */
    rhythm: text().notNull(),
    /** Weekly: ISO weekday; monthly: day of the month, 31 = its last; half-month: 15 and the last. */
    cutDay: integer().notNull(),
    dueDays: integer().notNull(),
    debtorKind: text().notNull(),
    /** Without a word from the party it counts as confirmed after so many days; null = never by silence. */
    autoConfirmDays: integer(),
    /** Late interest is charged. */
    interest: boolean().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    /** `ok` or `warn`, and the source of the limit it was judged by. */
    verdict: text().notNull(),
    verdictSource: text().notNull(),
    writtenBy: uuid(),
    writtenAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.side, t.orgId, t.validFrom),
    check(
      'terms_range',
      sql`${t.side} in ('buyer', 'supplier', 'broker') and ${t.rhythm} in ('weekly', 'half_month', 'monthly')
        and ${t.cutDay} between 1 and case when ${t.rhythm} = 'weekly' then 7 else 31 end
        and ${t.dueDays} between 0 and 60 and coalesce(${t.autoConfirmDays}, 1) between 1 and 60
        and ${t.validFrom} <= ${t.validTo}`,
    ),
  ],
)

/** Late interest per day in millionths (500 = 0.05 %), dated. */
export const interestRates = snakeCase.table(
  'interest_rates',
  {
    validFrom: serviceDay().primaryKey(),
    ppmPerDay: integer().notNull(),
    source: text().notNull(),
  },
  (t) => [check('rate_range', sql`${t.ppmPerDay} between 0 and 10000`)],
)

/**
 * A party's account over a period (对账单), see `flows.statement`. Its lines are the ledger entries of the account, so
 * `opening + increases − decreases = closing` holds to the fen. Sums grow by what the account is for: what a buyer
 * owes, what a supplier or broker is to get.
 */
export const statements = snakeCase.table(
  'statements',
  {
    id: id(),
    number: text().notNull().unique(),
    side: text().notNull(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    accountId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    termsId: uuid()
      .notNull()
      .references(() => statementTerms.id),
    fromDay: serviceDay().notNull(),
    /** The cut date, still included. */
    toDay: serviceDay().notNull(),
    dueOn: serviceDay().notNull(),
    status: text().notNull(),
    openingFen: fen().notNull(),
    increasesFen: fen().notNull(),
    decreasesFen: fen().notNull(),
    closingFen: fen().notNull(),
    /** What is to be paid of this period: increases less decreases that are no payments. */
    dueFen: fen().notNull(),
    lineCount: integer().notNull(),
    madeAt: instant().notNull(),
    sentAt: instant(),
    confirmedAt: instant(),
    confirmedBy: uuid(),
    /** `person` or `silence`. */
    confirmedHow: text(),
    invoicedAt: instant(),
    paidAt: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    unique('statement_once').on(t.side, t.orgId, t.toDay),
    index().on(t.orgId, t.id),
    index().on(t.status, t.dueOn),
    index().on(t.accountId, t.toDay),
    check(
      'statement_sums',
      sql`${t.openingFen} + ${t.increasesFen} - ${t.decreasesFen} = ${t.closingFen} and ${t.increasesFen} >= 0 and ${t.decreasesFen} >= 0`,
    ),
    check('statement_days', sql`${t.fromDay} <= ${t.toDay} and ${t.dueOn} >= ${t.toDay}`),
  ],
)

/** A ledger entry on a statement: each entry of an account is on exactly one. */
export const statementLines = snakeCase.table(
  'statement_lines',
  {
    accountId: uuid().notNull(),
    transferId: uuid()
      .notNull()
      .references(() => ledgerTransfers.id),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    /** Positive: the account grew. */
    amountFen: fen().notNull(),
    reason: text().notNull(),
    subjectId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.transferId] }),
    index().on(t.statementId, t.at),
    check('line_not_nothing', sql`${t.amountFen} <> 0`),
  ],
)

/** A line the party does not agree with, and the answer. */
export const statementDisputes = snakeCase.table(
  'statement_disputes',
  {
    id: id(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    transferId: uuid()
      .notNull()
      .references(() => ledgerTransfers.id),
    reason: text().notNull(),
    madeBy: uuid().notNull(),
    madeAt: instant().notNull(),
    answer: text().notNull().default(''),
    /** `kept` or `corrected` (by entries of a later statement). */
    outcome: text(),
    answeredBy: uuid(),
    answeredAt: instant(),
  },
  (t) => [
    index().on(t.statementId),
    uniqueIndex('one_open_dispute').on(t.statementId, t.transferId).where(sql`${t.answeredAt} is null`),
    check('dispute_answered', sql`(${t.answeredAt} is null) = (${t.outcome} is null)`),
  ],
)

/** Money left after the statement's day: told once per step. */
export const statementReminders = snakeCase.table(
  'statement_reminders',
  {
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    /** Days to (negative) or after the due day. */
    step: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.statementId, t.step] })],
)

/** Late interest of a statement on a day: exact in millionths of a fen, posted in whole fen. */
export const interestAccruals = snakeCase.table(
  'interest_accruals',
  {
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    day: serviceDay().notNull(),
    openFen: fen().notNull(),
    ppmPerDay: integer().notNull(),
    /** Open sum × rate, in millionths of a fen. */
    microFen: fen().notNull(),
    /** Whole fen posted that day; what is left is posted when it makes a fen. */
    postedFen: fen().notNull(),
    eventId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.statementId, t.day] }),
    check(
      'accrual_sums',
      sql`${t.openFen} > 0 and ${t.microFen} = ${t.openFen} * ${t.ppmPerDay} and ${t.postedFen} >= 0`,
    ),
  ],
)
