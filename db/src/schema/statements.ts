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

/** Data of a digital invoice (数电票) of one seller for a statement; a red one takes (part of) another back. */
export const invoices = snakeCase.table(
  'invoices',
  {
    id: id(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    sellerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    buyerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** `draft`, `issued` or `reddened`: see `flows.invoice`. */
    status: text().notNull(),
    /** `special` (数电专票) or `ordinary` (数电普票). */
    kind: text().notNull(),
    /** `12` 自产农产品销售, `16` 农产品收购; null = none. */
    specialType: text(),
    /** 20 digits, given by the tax platform. */
    number20: text(),
    issuedOn: serviceDay(),
    /** Without tax, tax, and both together; negative on a red one. */
    netFen: fen().notNull(),
    taxFen: fen().notNull(),
    totalFen: fen().notNull(),
    redOf: uuid(),
    /** Number of the 红字确认单. */
    redConfirmation: text(),
    remark: text().notNull().default(''),
    madeAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.statementId),
    uniqueIndex('invoice_number_once').on(t.number20).where(sql`${t.number20} is not null`),
    uniqueIndex('invoice_per_seller')
      .on(t.statementId, t.sellerOrgId, t.kind)
      .where(sql`${t.redOf} is null and ${t.status} <> 'reddened'`),
    uniqueIndex('red_once').on(t.redOf).where(sql`${t.redOf} is not null`),
    check('invoice_sums', sql`${t.netFen} + ${t.taxFen} = ${t.totalFen}`),
    check(
      'invoice_issued',
      sql`(${t.status} = 'draft') = (${t.number20} is null) and (${t.number20} is null) = (${t.issuedOn} is null)`,
    ),
    check('invoice_number', sql`${t.number20} is null or ${t.number20} ~ '^[0-9]{20}$'`),
    check('red_needs_confirmation', sql`(${t.redOf} is null) = (${t.redConfirmation} is null)`),
    check(
      'invoice_kinds',
      sql`${t.kind} in ('special', 'ordinary') and coalesce(${t.specialType}, '12') in ('12', '16')`,
    ),
  ],
)

export const invoiceLines = snakeCase.table(
  'invoice_lines',
  {
    invoiceId: uuid()
      .notNull()
      .references(() => invoices.id),
    lineNo: integer().notNull(),
    skuId: uuid().notNull(),
    /** `*分类简称*名称`. */
    item: text().notNull(),
    spec: text().notNull(),
    unit: text().notNull(),
    /** In thousandths of the unit. */
    milliUnits: fen().notNull(),
    taxRateBp: integer().notNull(),
    exempt: boolean().notNull(),
    netFen: fen().notNull(),
    taxFen: fen().notNull(),
    grossFen: fen().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.invoiceId, t.lineNo] }),
    check('invoice_line_sums', sql`${t.netFen} + ${t.taxFen} = ${t.grossFen}`),
  ],
)

/** What will not be paid any more; asked by one person, decided by another. */
export const writeOffs = snakeCase.table(
  'write_offs',
  {
    id: id(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    amountFen: fen().notNull(),
    reason: text().notNull(),
    askedBy: uuid().notNull(),
    askedAt: instant().notNull(),
    decidedBy: uuid(),
    decidedAt: instant(),
    /** `approved` or `refused`. */
    outcome: text(),
  },
  (t) => [
    uniqueIndex('one_open_write_off').on(t.statementId).where(sql`${t.outcome} is null`),
    check('write_off_positive', sql`${t.amountFen} > 0`),
    check(
      'write_off_four_eyes',
      sql`(${t.outcome} is null) = (${t.decidedBy} is null) and ${t.decidedBy} is distinct from ${t.askedBy}`,
    ),
  ],
)

/** Months whose books are closed; none of their entries may come any more (a trigger on the ledger refuses it). */
export const monthCloses = snakeCase.table(
  'month_closes',
  {
    /** `2026-11`. */
    month: text().primaryKey(),
    /** `closed`, `opening` (a second person must agree) or `open` again. */
    status: text().notNull(),
    closedBy: uuid().notNull(),
    closedAt: instant().notNull(),
    /** The checklist as it stood. */
    checklist: jsonb().$type<{ name: string; open: number }[]>().notNull(),
    openAskedBy: uuid(),
    openAskedAt: instant(),
    openReason: text().notNull().default(''),
    openedBy: uuid(),
    openedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    check(
      'month_status',
      sql`${t.status} in ('closed', 'opening', 'open') and ${t.month} ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'`,
    ),
    check('month_four_eyes', sql`${t.openedBy} is null or ${t.openedBy} is distinct from ${t.openAskedBy}`),
  ],
)
