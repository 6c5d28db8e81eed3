import { payments, receivingAccounts } from '@huming/db/schema/payment'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { and, desc, eq, gte, lte, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert, Fault, found } from '../kernel/fault.ts'

export type Payment = typeof payments.$inferSelect
export type ReceivingAccount = typeof receivingAccounts.$inferSelect

export async function lockPayment(tx: Tx, id: string): Promise<Payment> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for('update')
  return found(row)
}

/** The payment that an intent at the provider belongs to, locked; null when it is none of ours. */
export async function lockPaymentOf(tx: Tx, intentId: string): Promise<Payment | null> {
  const [row] = await tx.select().from(payments).where(eq(payments.providerIntentId, intentId)).for('update')
  return row ?? null
}

/** The account that buyers pay into today; null when none is written. */
export async function receivingAccount(db: Pick<Tx, 'select'>, now: Date): Promise<ReceivingAccount | null> {
  const today: ServiceDay = serviceDayOf(now)
  const [row] = await db
    .select()
    .from(receivingAccounts)
    .where(and(lte(receivingAccounts.validFrom, today), gte(receivingAccounts.validTo, today)))
    .orderBy(desc(receivingAccounts.validFrom), receivingAccounts.id)
    .limit(1)
  return row ?? null
}

/** The operations centre whose books mirror bank and provider: the account's holder, else the oldest. */
export async function houseOrg(tx: Tx, ctx: Pick<Ctx, 'now'>): Promise<string> {
  const account = await receivingAccount(tx, ctx.now)
  if (account) return account.orgId
  const [row] = await tx.execute<{ id: string }>(
    sql`select id from organisations where kind = 'operations' order by created_at, id limit 1`,
  )
  assert(row, 'there is an operations centre')
  return row.id
}

/** Refuses a version other than the one the person saw. */
export function sameVersion(row: { version: number }, version: number): void {
  if (row.version !== version) throw new Fault('stale_version')
}

/** What of a payment may still go back: received less what went back, is on its way back, or was taken back. */
export async function refundableFen(tx: Pick<Tx, 'execute'>, payment: Payment): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(sql`
    select (select coalesce(sum(amount_fen), 0)::int8 from refunds
        where payment_id = ${payment.id} and status in ('approved', 'pending', 'succeeded'))
      + (select coalesce(sum(amount_fen), 0)::int8 from disputes
        where payment_id = ${payment.id} and status in ('open', 'lost')) as gone`)
  return (payment.receivedFen ?? 0) - (row?.gone ?? 0)
}
