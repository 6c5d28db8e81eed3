import { paymentAllocations, payments } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { openAccount } from '../ledger/transfer.ts'
import { lockAccounts } from '../ledger/transfers.ts'
import type { Payment } from './rows.ts'
import { type OpenStatement, type Part, shareOut, takeBack } from './rules.ts'

/** A buyer's statements that wait for money, oldest due first, with what is open of each. */
export async function openStatements(tx: Pick<Tx, 'execute'>, orgId: string): Promise<OpenStatement[]> {
  const rows = await tx.execute<{ id: string; open: number }>(sql`
    select s.id, s.due_fen
      - coalesce((select sum(a.fen) from payment_allocations a where a.statement_id = s.id), 0)::int8
      - coalesce((select sum(w.amount_fen) from write_offs w
        where w.statement_id = s.id and w.outcome = 'approved'), 0)::int8 as open
    from statements s
    where s.org_id = ${orgId} and s.side = 'buyer' and s.status in ('sent', 'disputed', 'confirmed', 'invoiced')
    order by s.due_on, s.id`)
  return [...rows].map((row) => ({ id: row.id, openFen: row.open })).filter((row) => row.openFen > 0)
}

/**
 * Gives what a payment has left to the buyer's open statements. The buyer's account must be locked, so that two
 * payments never pay the same fen. Returns what was paid now.
 */
export async function allocate(
  tx: Tx,
  at: Date,
  payment: Payment,
  leftFen: number,
  eventId: string,
): Promise<Part[]> {
  if (leftFen <= 0) return []
  const meantFor = payment.purpose === 'statement' ? payment.subjectId : null
  const parts = shareOut(leftFen, await openStatements(tx, payment.orgId), meantFor)
  await write(tx, at, payment.id, eventId, parts)
  return parts
}

/**
 * Gives prepaid money to statements that were sent since: payments with something left, oldest first. Locks the buyer's
 * account first. Returns how much was given.
 */
export async function allocatePrepaid(tx: Tx, at: Date, orgId: string, eventId: string): Promise<number> {
  await lockAccounts(tx, [await openAccount(tx, orgId, 'receivable')])
  const rows = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orgId, orgId), eq(payments.status, 'succeeded')))
    .orderBy(asc(payments.completedAt), asc(payments.id))
    .for('update')
  let given = 0
  for (const payment of rows) {
    const left = (await keptFen(tx, payment)) - (await allocatedFen(tx, payment.id))
    const parts = await allocate(tx, at, payment, left, eventId)
    given += parts.reduce((sum, part) => sum + part.fen, 0)
  }
  return given
}

async function allocatedFen(tx: Tx, paymentId: string): Promise<number> {
  const [row] = await tx.execute<{ fen: number }>(
    sql`select coalesce(sum(fen), 0)::int8 as fen from payment_allocations where payment_id = ${paymentId}`,
  )
  return row?.fen ?? 0
}

/** Takes allocations back when money of a payment goes: its prepaid rest first, then the last paid first. */
export async function takeAllocationsBack(
  tx: Tx,
  at: Date,
  payment: Payment,
  amountFen: number,
  eventId: string,
): Promise<void> {
  const paid = await tx.execute<{ statementId: string; fen: number }>(sql`
    select statement_id as "statementId", sum(fen)::int8 as fen from payment_allocations
    where payment_id = ${payment.id} group by 1 having sum(fen) > 0 order by min(id::text)`)
  const parts = [...paid].map((part) => ({ statementId: part.statementId, fen: part.fen }))
  const left = (await keptFen(tx, payment)) + amountFen - parts.reduce((sum, part) => sum + part.fen, 0)
  await write(tx, at, payment.id, eventId, takeBack(amountFen, left, parts))
}

/** What of a payment is still here, by the entries of its account: received less refunded and lost. */
async function keptFen(tx: Tx, payment: Payment): Promise<number> {
  const [row] = await tx.execute<{ kept: number }>(sql`
    select coalesce(sum(case when t.credit_account_id = a.id then t.amount_fen else -t.amount_fen end), 0)::int8 as kept
    from ledger_accounts a
    join ledger_transfers t on a.id in (t.debit_account_id, t.credit_account_id)
    where a.org_id = ${payment.orgId} and a.purpose = 'receivable'
      and t.subject_id in (select ${payment.id}::uuid union all select id from refunds where payment_id = ${payment.id}
        union all select id from disputes where payment_id = ${payment.id})`)
  return row?.kept ?? 0
}

async function write(
  tx: Tx,
  at: Date,
  paymentId: string,
  eventId: string,
  parts: readonly Part[],
): Promise<void> {
  if (parts.length === 0) return
  await tx
    .insert(paymentAllocations)
    .values(parts.map((part) => ({ id: newId(), paymentId, eventId, at, ...part })))
}
