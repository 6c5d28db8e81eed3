import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, snakeCase, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations, people } from './accounts.ts'

/** The supervised account that buyers pay into, as printed on statements; dated. */
export const receivingAccounts = snakeCase.table(
  'receiving_accounts',
  {
    id: id(),
    /** The operations centre. */
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    holder: text().notNull(),
    bank: text().notNull(),
    number: text().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    isSample: isSample(),
  },
  (t) => [
    unique('account_from').on(t.number, t.validFrom),
    check('account_days', sql`${t.validFrom} <= ${t.validTo}`),
  ],
)

/**
 * What a buyer writes into the memo of a bank transfer: digits with a check digit. One for the buyer (no statement)
 * and one for each of its statements.
 */
export const payCodes = snakeCase.table(
  'pay_codes',
  {
    code: text().primaryKey(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    statementId: uuid(),
    createdAt: instant().notNull(),
  },
  (t) => [unique('one_code').on(t.orgId, t.statementId).nullsNotDistinct()],
)

/** A buyer's payment from the wish to the money; the id is the caller's. Booked once, by its completion. */
export const payments = snakeCase.table(
  'payments',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** `transfer`, `card`, `alipay`, `wechat_pay`. */
    method: text().notNull(),
    /** `statement`, `order`, `prepay`. */
    purpose: text().notNull(),
    /** The statement or order. */
    subjectId: uuid(),
    /** What was asked for. */
    amountFen: fen().notNull(),
    /** What came; null until it did. */
    receivedFen: fen(),
    /** What the provider keeps of it. */
    feeFen: fen().notNull().default(0),
    status: text().notNull(),
    payCode: text().notNull().default(''),
    providerIntentId: text().unique(),
    providerChargeId: text().unique(),
    /** Lets the payer's browser, and nobody else, go on at the provider. */
    clientSecret: text().notNull().default(''),
    /** Why the last try did not work, in the provider's word. */
    failure: text().notNull().default(''),
    /** The event that booked it. */
    eventId: uuid(),
    createdBy: uuid().references(() => people.id),
    createdAt: instant().notNull(),
    completedAt: instant(),
    /** When the provider is asked how it stands, if it has not told; null when nothing more is to come. */
    nextCheckAt: instant(),
    checks: integer().notNull().default(0),
    expiresAt: instant().notNull(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId, t.id),
    index().on(t.status, t.id),
    index('payments_to_check').on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    index('payments_by_code').on(t.payCode).where(sql`${t.status} = 'open'`),
    check('payment_method', sql`${t.method} in ('transfer', 'card', 'alipay', 'wechat_pay')`),
    check('payment_purpose', sql`${t.purpose} in ('statement', 'order', 'prepay')`),
    check('payment_subject', sql`(${t.purpose} = 'prepay') = (${t.subjectId} is null)`),
    check('payment_amount', sql`${t.amountFen} > 0 and coalesce(${t.receivedFen}, 1) > 0`),
    check(
      'payment_booked',
      sql`(${t.status} = 'succeeded') = (${t.eventId} is not null and ${t.receivedFen} is not null)`,
    ),
  ],
)

/** Which statement a payment pays, and how much; taken back by a negative row. What is not here is prepaid. */
export const paymentAllocations = snakeCase.table(
  'payment_allocations',
  {
    id: id(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    statementId: uuid().notNull(),
    fen: fen().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.paymentId), index().on(t.statementId), check('allocation_moves', sql`${t.fen} <> 0`)],
)

/** A call that is due at the payment provider: written with what asks for it, made by a job, once by its id. */
export const providerCalls = snakeCase.table(
  'provider_calls',
  {
    /** Also the idempotency key. */
    id: id(),
    /** `intent`, `cancel`, `refund`, `transfer`, `reversal`, `account`. */
    kind: text().notNull(),
    /** The payment, refund or payout it is about. */
    subjectId: uuid().notNull(),
    params: jsonb().$type<Record<string, string | number | null>>().notNull(),
    /** `waiting`, `done`, `failed`. */
    status: text().notNull(),
    attempts: integer().notNull().default(0),
    nextTryAt: instant().notNull(),
    claimedUntil: instant(),
    lastError: text().notNull().default(''),
    providerId: text().notNull().default(''),
    createdAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    index('calls_waiting').on(t.nextTryAt).where(sql`${t.status} = 'waiting'`),
    unique('one_call').on(t.subjectId, t.kind),
    check('call_status', sql`${t.status} in ('waiting', 'done', 'failed')`),
  ],
)

/** What the provider told, once by its event id. Says only where to look: the object is read again. */
export const providerEvents = snakeCase.table(
  'provider_events',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    objectId: text().notNull(),
    /** `told` by webhook or `found` by our own look. */
    way: text().notNull(),
    receivedAt: instant().notNull(),
    nextTryAt: instant().notNull(),
    claimedUntil: instant(),
    attempts: integer().notNull().default(0),
    doneAt: instant(),
    lastError: text().notNull().default(''),
  },
  (t) => [
    index('provider_events_open').on(t.nextTryAt).where(sql`${t.doneAt} is null`),
    index().on(t.objectId),
  ],
)

/** Until when the provider's own lists were read. */
export const providerLooks = snakeCase.table('provider_looks', {
  name: text().primaryKey(),
  until: instant().notNull(),
})

/** Money back to whom it came from, two people deciding; booked when it leaves, booked back when it fails. */
export const refunds = snakeCase.table(
  'refunds',
  {
    id: id(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    orgId: uuid().notNull(),
    amountFen: fen().notNull(),
    reason: text().notNull(),
    status: text().notNull(),
    providerRefundId: text().unique(),
    failure: text().notNull().default(''),
    /** Null when it was made at the provider itself. */
    askedBy: uuid().references(() => people.id),
    askedAt: instant().notNull(),
    decidedBy: uuid().references(() => people.id),
    decidedAt: instant(),
    eventId: uuid(),
    endedAt: instant(),
    nextCheckAt: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.paymentId),
    index().on(t.status, t.id),
    index('refunds_to_check').on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    check('refund_amount', sql`${t.amountFen} > 0`),
    check('two_people', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.askedBy}`),
  ],
)

/** A payer's bank takes a card payment back: the amount is held, then given back or lost. */
export const disputes = snakeCase.table(
  'disputes',
  {
    id: id(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    orgId: uuid().notNull(),
    providerDisputeId: text().notNull().unique(),
    amountFen: fen().notNull(),
    reason: text().notNull(),
    /** `open`, `won`, `lost`. */
    status: text().notNull(),
    /** Until when evidence may be sent. */
    dueBy: instant(),
    openedAt: instant().notNull(),
    closedAt: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.status, t.id),
    index().on(t.paymentId),
    check('dispute_amount', sql`${t.amountFen} > 0`),
  ],
)

/** A bank statement taken in, whole or not at all. */
export const bankImports = snakeCase.table('bank_imports', {
  id: id(),
  name: text().notNull(),
  sha256: text().notNull(),
  lines: integer().notNull(),
  /** Lines that were not there before. */
  fresh: integer().notNull(),
  freshFen: fen().notNull(),
  importedBy: uuid().references(() => people.id),
  importedAt: instant().notNull(),
  isSample: isSample(),
})

/** Money that came to the bank account: one row per serial number of the bank, booked when it is taken in. */
export const bankLines = snakeCase.table(
  'bank_lines',
  {
    id: id(),
    importId: uuid()
      .notNull()
      .references(() => bankImports.id),
    /** The bank's 流水号. */
    serial: text().notNull(),
    day: serviceDay().notNull(),
    payer: text().notNull(),
    payerAccount: text().notNull(),
    amountFen: fen().notNull(),
    memo: text().notNull(),
    status: text().notNull(),
    /** Whom the name and amount point to, to be confirmed by a person. */
    proposedOrgId: uuid(),
    /** Whose payment it became. */
    paymentId: uuid().references(() => payments.id),
    reason: text().notNull().default(''),
    askedBy: uuid().references(() => people.id),
    decidedBy: uuid().references(() => people.id),
    decidedAt: instant(),
    version: integer().notNull().default(1),
    isSample: isSample(),
  },
  (t) => [
    uniqueIndex('bank_serial').on(t.serial),
    index().on(t.status, t.id),
    check(
      'return_two_people',
      sql`${t.askedBy} is null or ${t.decidedBy} is null or ${t.askedBy} <> ${t.decidedBy}`,
    ),
    check('bank_amount', sql`${t.amountFen} > 0`),
    check('bank_matched', sql`(${t.status} = 'matched') = (${t.paymentId} is not null)`),
  ],
)
