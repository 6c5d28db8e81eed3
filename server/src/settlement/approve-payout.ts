import { payoutBatches, payouts } from '@huming/db/schema/settlement'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import {
  type Batch,
  type BatchBrief,
  type BatchDoc,
  batchBriefs,
  batchDoc,
  lockBatch,
  lockBatchOf,
  refuseStaleBatch,
} from './payout-rows.ts'
import { refuseUncovered } from './propose-payout.ts'

/** Batches, newest first. */
export async function listBatches(
  ctx: Ctx,
  { limit, cursor, status }: { limit: number; cursor?: string | undefined; status?: string | undefined },
): Promise<{ items: BatchBrief[]; nextCursor: string | null }> {
  allow(ctx, 'payout.read')
  const rows = await batchBriefs(
    ctx.db,
    sql`(${status ?? null}::text is null or b.status = ${status ?? null})
      and (${cursor ?? null}::uuid is null or b.id < ${cursor ?? null}::uuid)`,
    limit + 1,
  )
  return page(rows, limit, (last) => last.id)
}

export async function readBatch(ctx: Ctx, id: string): Promise<BatchDoc> {
  allow(ctx, 'payout.read')
  return batchDoc(ctx.db, id)
}

/** Moves a batch and its payouts on together. */
export async function moveBatch(
  tx: Tx,
  batch: Batch,
  action: 'approve' | 'cancel' | 'send',
  more: Partial<typeof payoutBatches.$inferInsert> = {},
): Promise<void> {
  const status = nextStatus('payoutBatch', batch.status, action)
  if (!status) throw new Fault('wrong_state')
  await tx
    .update(payoutBatches)
    .set({ status, version: batch.version + 1, ...more })
    .where(eq(payoutBatches.id, batch.id))
  await tx
    .update(payouts)
    .set({ status, version: sql`${payouts.version} + 1` })
    .where(eq(payouts.batchId, batch.id))
}

/**
 * The second of four eyes. Whoever proposed is `same_person`; the database refuses it, too. A repeat by the same person
 * answers the same.
 */
export async function approveBatch(ctx: Ctx, id: string, version: number): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const { batch, rows } = await lockBatch(tx, id)
    if (batch.status === 'approved' && batch.checkedBy === personId) return batchDoc(tx, id)
    if (batch.madeBy === personId) throw new Fault('same_person')
    if (!nextStatus('payoutBatch', batch.status, 'approve')) throw new Fault('wrong_state')
    refuseStaleBatch(batch, version)
    await refuseUncovered(tx, ctx, batch, rows)
    await moveBatch(tx, batch, 'approve', { checkedBy: personId, checkedAt: ctx.now })
    await emit(tx, ctx, { type: 'payoutBatch.approved', subjectId: id, orgId: batch.orgId })
    return batchDoc(tx, id)
  })
}

/** Drops a batch that was not sent; nothing was moved for it. */
export async function cancelBatch(
  ctx: Ctx,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  return inTransaction(ctx, async (tx) => {
    const { batch } = await lockBatch(tx, id)
    if (batch.status === 'cancelled' && batch.note === reason) return batchDoc(tx, id)
    if (!nextStatus('payoutBatch', batch.status, 'cancel')) throw new Fault('wrong_state')
    refuseStaleBatch(batch, version)
    await moveBatch(tx, batch, 'cancel', { note: reason })
    await emit(tx, ctx, {
      type: 'payoutBatch.cancelled',
      subjectId: id,
      orgId: batch.orgId,
      payload: { reason },
    })
    return batchDoc(tx, id)
  })
}

/**
 * Somebody other than the proposer has asked the party, by a way known before, whether the new account is theirs. Says
 * how in the event.
 */
export async function approveNewAccount(ctx: Ctx, payoutId: string, how: string): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const { batch, payout } = await lockBatchOf(tx, payoutId)
    if (payout.secondBy === personId) return batchDoc(tx, batch.id)
    if (batch.madeBy === personId) throw new Fault('same_person')
    const open = payout.status === 'proposed' || payout.status === 'approved'
    if (payout.needsSecond === null || payout.secondBy !== null || !open) throw new Fault('wrong_state')
    await tx
      .update(payouts)
      .set({ secondBy: personId, secondAt: ctx.now, version: payout.version + 1 })
      .where(eq(payouts.id, payout.id))
    await emit(tx, ctx, {
      type: 'payout.accountApproved',
      subjectId: payout.id,
      orgId: payout.partyOrgId,
      payload: { batchId: batch.id, how },
    })
    return batchDoc(tx, batch.id)
  })
}
