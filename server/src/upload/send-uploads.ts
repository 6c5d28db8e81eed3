import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { Outgoing, Receipt, UploadClient } from './client.ts'

const batchMax = 100
/** Longer than the client waits for an answer: until then nobody else sends the same. */
const claimMs = 120_000
const firstPauseMs = 60_000
const longestPauseMs = 6 * 3_600_000

/**
 * Sends what waits, oldest due first: claims a batch, sends it outside of any transaction, writes down the receipts.
 * When the process dies in between, the claim runs out and the batch is sent again under the same ids, which the
 * platform takes once. Failures are tried again after 1, 2, 4 … minutes, at most 6 hours. Returns how many were sent.
 */
export async function sendUploads(ctx: Ctx, client: UploadClient): Promise<number> {
  allow(ctx, 'upload.write')
  const batch = await claim(ctx)
  if (batch.length === 0) return 0
  const receipts = await client.send(batch)
  await inTransaction(ctx, async (tx) => {
    for (const receipt of receipts) await tx.execute(writeDown(receipt, ctx.now))
  })
  return batch.length
}

async function claim(ctx: Ctx): Promise<Outgoing[]> {
  const now = ctx.now.toISOString()
  const until = new Date(ctx.now.getTime() + claimMs).toISOString()
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.execute<Outgoing & { dueAt: string }>(sql`
      update trace_uploads u set claimed_until = ${until}::timestamptz, attempts = u.attempts + 1
      where u.id in (
        select w.id from trace_uploads w
        where w.status = 'waiting' and w.next_try_at <= ${now}::timestamptz
          and (w.claimed_until is null or w.claimed_until < ${now}::timestamptz)
        order by w.due_at, w.id limit ${batchMax} for update skip locked)
      returning u.id, u.kind, u.record`)
    return rows.map(({ id, kind, record }) => ({ id, kind, record }))
  })
}

/** Only what still waits changes: an answer that comes late does not undo a receipt. */
function writeDown(receipt: Receipt, now: Date) {
  const at = now.toISOString()
  const own = sql`id = any(${bareArray([receipt.id])}::uuid[]) and status = 'waiting'`
  if (receipt.outcome === 'accepted')
    return sql`update trace_uploads set status = 'accepted', receipt_no = ${receipt.receiptNo},
      accepted_at = ${at}::timestamptz, last_error = '', claimed_until = null where ${own}`
  if (receipt.outcome === 'rejected')
    return sql`update trace_uploads set status = 'rejected', last_error = ${receipt.reason}, claimed_until = null
      where ${own}`
  return sql`update trace_uploads set last_error = ${receipt.reason}, claimed_until = null,
      next_try_at = ${at}::timestamptz + least(${longestPauseMs}::float8, ${firstPauseMs} * power(2, least(attempts - 1, 20)))
        * interval '1 millisecond'
    where ${own}`
}
