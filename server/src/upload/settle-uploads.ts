import { events } from '@huming/db/schema/events'
import { traceUploads } from '@huming/db/schema/upload'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { recordsOf } from './records.ts'

/** Records handed in by hand were taken under a receipt number. The same again changes nothing. */
export async function confirmUploads(
  ctx: Ctx,
  { ids, receiptNo }: { ids: readonly string[]; receiptNo: string },
): Promise<{ confirmed: number }> {
  allow(ctx, 'upload.write')
  return inTransaction(ctx, async (tx) => {
    const rows = await lockAll(tx, ids)
    const other = rows.find((row) => row.status === 'accepted' && row.receiptNo !== receiptNo)
    if (other) throw new Fault('wrong_state', '', { params: { receiptNo: other.receiptNo } })
    const open = rows.filter((row) => row.status !== 'accepted')
    for (const row of open)
      await tx
        .update(traceUploads)
        .set({ status: 'accepted', receiptNo, acceptedAt: ctx.now, lastError: '', claimedUntil: null })
        .where(eq(traceUploads.id, row.id))
    const [first] = open
    if (first)
      await emit(tx, ctx, {
        type: 'upload.confirmed',
        subjectId: first.id,
        orgId: first.orgId,
        payload: { ids: open.map((row) => row.id), receiptNo },
      })
    return { confirmed: open.length }
  })
}

/** Refused or waiting records are read anew, for their data may have been put right, and sent again at once. */
export async function retryUploads(ctx: Ctx, ids: readonly string[]): Promise<{ retried: number }> {
  allow(ctx, 'upload.write')
  return inTransaction(ctx, async (tx) => {
    const open = (await lockAll(tx, ids)).filter((row) => row.status !== 'accepted')
    for (const row of open) {
      const [event] = await tx.select().from(events).where(eq(events.id, row.eventId))
      const fresh = event ? await recordsOf(tx, event) : []
      const same = fresh.find((one) => one.subjectId === row.subjectId && one.partyId === row.partyId)
      await tx
        .update(traceUploads)
        .set({ status: 'waiting', nextTryAt: ctx.now, record: same?.record ?? row.record })
        .where(and(eq(traceUploads.id, row.id)))
    }
    return { retried: open.length }
  })
}

async function lockAll(tx: Tx, ids: readonly string[]): Promise<(typeof traceUploads.$inferSelect)[]> {
  const rows = await tx
    .select()
    .from(traceUploads)
    .where(inArray(traceUploads.id, [...ids]))
    .orderBy(asc(traceUploads.id))
    .for('update')
  if (rows.length < new Set(ids).size) found(null)
  return rows
}
