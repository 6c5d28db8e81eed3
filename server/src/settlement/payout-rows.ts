import { payoutBatches, payouts } from '@huming/db/schema/settlement'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sayableNumber } from '@huming/shared/ids'
import { eq, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'

export type BatchDoc = ContractReply<Contracts['payouts.read']>
export type BatchBrief = ContractReply<Contracts['payouts.list']>['items'][number]
export type Batch = typeof payoutBatches.$inferSelect
export type Payout = typeof payouts.$inferSelect

/** Over `payout_batches b`. */
const briefColumns = sql`b.id, b.through_day as "throughDay", b.way, b.status,
  (select coalesce(sum(p.amount_fen), 0) from payouts p where p.batch_id = b.id) as "totalFen",
  (select count(*) from payouts p where p.batch_id = b.id) as count,
  (select count(*) from payouts p where p.batch_id = b.id and p.status = 'sent') as "openCount",
  (select name from people where id = b.made_by) as "madeBy", b.made_at as "madeAt",
  (select name from people where id = b.checked_by) as "checkedBy", b.checked_at as "checkedAt",
  b.sent_at as "sentAt", b.note, b.version`

const numbered = <T extends { id: string }>(row: T): T & { number: string } => ({
  ...row,
  number: sayableNumber('F', row.id),
})

/** Batches by a condition on `b`, newest first. */
export async function batchBriefs(tx: Db | Tx, where: SQL, limit: number): Promise<BatchBrief[]> {
  const rows = await docs<BatchBrief>(
    tx,
    sql`select ${briefColumns} from payout_batches b where ${where} order by b.id desc limit ${limit}`,
  )
  return rows.map(numbered)
}

/** One batch with its payouts; account numbers but for four digits stay sealed. */
export async function batchDoc(tx: Db | Tx, id: string): Promise<BatchDoc> {
  const [row] = await docs<BatchDoc>(
    tx,
    sql`select ${briefColumns}, b.made_by as "madeById", (select coalesce(json_agg(to_json(x) order by x.party, x.id), '[]') from (
        select p.id, p.party_org_id as "partyOrgId", o.short_name as party, p.purpose, p.amount_fen as "amountFen", p.status,
          a.bank_name as "bankName", a.last_four as "lastFour", p.needs_second as "needsSecond",
          (select name from people where id = p.second_by) as "secondBy", p.rail_reference as "railReference",
          p.return_reason as "returnReason", p.ended_at as "endedAt", p.version
        from payouts p join organisations o on o.id = p.party_org_id
        left join org_bank_accounts a on a.id = p.bank_account_id where p.batch_id = b.id) x) as payouts
      from payout_batches b where b.id = ${id}`,
  )
  return numbered(found(row))
}

/** The batch with its payouts, locked: the batch first, then its payouts in id order. */
export async function lockBatch(tx: Tx, id: string): Promise<{ batch: Batch; rows: Payout[] }> {
  const [batch] = await tx.select().from(payoutBatches).where(eq(payoutBatches.id, id)).for('update')
  const rows = await tx
    .select()
    .from(payouts)
    .where(eq(payouts.batchId, found(batch).id))
    .orderBy(payouts.id)
    .for('update')
  return { batch: found(batch), rows }
}

/** The batch that a payout belongs to, locked as above. */
export async function lockBatchOf(
  tx: Tx,
  payoutId: string,
): Promise<{ batch: Batch; payout: Payout; rows: Payout[] }> {
  const [row] = await tx.select({ id: payouts.batchId }).from(payouts).where(eq(payouts.id, payoutId))
  const { batch, rows } = await lockBatch(tx, found(row).id)
  return { batch, rows, payout: found(rows.find((one) => one.id === payoutId)) }
}

export function refuseStaleBatch(batch: Batch, version: number): void {
  if (batch.version !== version) throw new Fault('stale_version')
}
