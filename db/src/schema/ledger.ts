import { sql } from 'drizzle-orm'
import { check, index, snakeCase, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { fen, id, instant } from '../columns.ts'
import { organisations } from './accounts.ts'

/**
 * Double entry: an account per party and purpose. `pending` sums are holds not yet posted or voided.
 * A buyer's `receivable` may carry a credit limit, kept by the guarded
 * statement that makes a hold (a weighed delivery may lawfully end a little above it).
 */
export const ledgerAccounts = snakeCase.table(
  'ledger_accounts',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** See `accountPurposes` in `shared/src/ledger-words.ts`. */
    purpose: text().notNull(),
    debitsPendingFen: fen().notNull().default(0),
    debitsPostedFen: fen().notNull().default(0),
    creditsPendingFen: fen().notNull().default(0),
    creditsPostedFen: fen().notNull().default(0),
    /** Largest net debit allowed, pending included; null = no limit. */
    creditLimitFen: fen(),
  },
  (t) => [
    uniqueIndex().on(t.orgId, t.purpose),
    check(
      'sums_not_negative',
      sql`${t.debitsPendingFen} >= 0 and ${t.debitsPostedFen} >= 0 and ${t.creditsPendingFen} >= 0 and ${t.creditsPostedFen} >= 0`,
    ),
  ],
)

/** Append-only (a trigger refuses change and deletion). A transfer debits one account and credits another by the same amount, so entries always balance. */
export const ledgerTransfers = snakeCase.table(
  'ledger_transfers',
  {
    id: id(),
    /** `hold` (pending), `post` or `void` of a hold, `direct`. */
    kind: text().notNull(),
    /** Why money moves: see `transferReasons` in `shared/src/ledger-words.ts`. */
    reason: text().notNull().default('sale'),
    debitAccountId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    creditAccountId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    amountFen: fen().notNull(),
    /** The hold a post or void ends. */
    holdId: uuid(),
    /** What it is for: an order, claim, payment. */
    subjectId: uuid().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.subjectId),
    // An account's entries; holds are left out, so placing an order writes neither index.
    index('transfers_debited').on(t.debitAccountId, t.at).where(sql`${t.kind} in ('post','direct')`),
    index('transfers_credited').on(t.creditAccountId, t.at).where(sql`${t.kind} in ('post','direct')`),
    uniqueIndex('hold_ends_once').on(t.holdId).where(sql`${t.holdId} is not null`),
    check('amount_not_negative', sql`${t.amountFen} >= 0`),
    check('two_accounts', sql`${t.debitAccountId} <> ${t.creditAccountId}`),
    check('hold_reference', sql`(${t.kind} in ('post','void')) = (${t.holdId} is not null)`),
  ],
)
