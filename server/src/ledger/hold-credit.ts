import type { TransactionSql } from 'postgres'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Movement, sumChanges } from './rules.ts'

/** A hold made or ended for an order, ready to be written. */
export type HoldTransfer = Movement & {
  readonly id: string
  readonly kind: 'hold' | 'void'
  /** The hold that a void ends. */
  readonly holdId: string | null
  readonly subjectId: string
  readonly eventId: string
  readonly at: Date
}

/**
 * Writes many holds (and voids of the holds they replace) in two statements. The buyers' accounts are locked
 * already and their credit was checked; the limit is checked once more in the statement itself.
 */
export async function writeHolds(sql: TransactionSql, transfers: readonly HoldTransfer[]): Promise<void> {
  const changes = [...sumChanges(transfers)]
  const changed = sql`
    update ledger_accounts a set debits_pending_fen = a.debits_pending_fen + c.dp,
      credits_pending_fen = a.credits_pending_fen + c.cp
    from unnest(${bareArray(changes.map(([id]) => id))}::uuid[],
      ${bareArray(changes.map(([, change]) => change.debitsPending))}::int8[],
      ${bareArray(changes.map(([, change]) => change.creditsPending))}::int8[]) as c(id, dp, cp)
    where a.id = c.id and (c.dp <= 0 or a.credit_limit_fen is null
      or a.debits_pending_fen + c.dp + a.debits_posted_fen - a.credits_posted_fen <= a.credit_limit_fen)`.execute()
  const written = sql`
    insert into ledger_transfers (id, kind, debit_account_id, credit_account_id, amount_fen, hold_id, subject_id,
      event_id, at)
    select * from unnest(${bareArray(transfers.map((one) => one.id))}::uuid[],
      ${bareArray(transfers.map((one) => one.kind))}::text[],
      ${bareArray(transfers.map((one) => one.debitAccountId))}::uuid[],
      ${bareArray(transfers.map((one) => one.creditAccountId))}::uuid[],
      ${bareArray(transfers.map((one) => one.amountFen))}::int8[],
      ${bareArray(transfers.map((one) => one.holdId))}::uuid[],
      ${bareArray(transfers.map((one) => one.subjectId))}::uuid[],
      ${bareArray(transfers.map((one) => one.eventId))}::uuid[],
      ${bareArray(transfers.map((one) => one.at.toISOString()))}::timestamptz[])`.execute()
  const [{ count }] = await Promise.all([changed, written])
  assert(count === changes.length, 'every hold keeps within its credit limit')
}
