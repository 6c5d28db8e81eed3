import { payoutBatches, payouts } from '@huming/db/schema/settlement'
import { nextStatus } from '@huming/shared/flows'
import { formatYuan } from '@huming/shared/money'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { rails } from './payout-rail.ts'
import { type Batch, type BatchDoc, batchDoc, lockBatchOf, type Payout } from './payout-rows.ts'
import { payoutEntry } from './send-payout.ts'

type Ending = { batch: Batch; payout: Payout; rows: Payout[] }

/** The money arrived: it leaves the mirror of the account it was paid from. A repeat with another number is refused. */
export async function confirmPayout(ctx: Ctx, payoutId: string, railReference: string): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  return inTransaction(ctx, async (tx) => {
    const ending = await lockBatchOf(tx, payoutId)
    const { batch, payout } = ending
    if (payout.status === 'confirmed') {
      if (payout.railReference !== railReference) throw new Fault('id_reused')
      return batchDoc(tx, batch.id)
    }
    await endPayout(tx, ctx, ending, 'confirm', { railReference })
    const eventId = await emit(tx, ctx, {
      type: 'payout.confirmed',
      subjectId: payout.id,
      orgId: payout.partyOrgId,
      payload: { batchId: batch.id, amountFen: payout.amountFen, railReference },
    })
    await transfer(tx, ctx.now, [leftMirror(batch, payout, eventId, false)])
    await tell(tx, ctx, payout, 'notice.payout_confirmed')
    return batchDoc(tx, batch.id)
  })
}

/**
 * The money came back, from the way or after it had arrived: it is owed again and will be in the next batch. The party
 * is told why, for most often its account is wrong.
 */
export async function returnPayout(ctx: Ctx, payoutId: string, reason: string): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  return inTransaction(ctx, async (tx) => {
    const ending = await lockBatchOf(tx, payoutId)
    const { batch, payout } = ending
    if (payout.status === 'returned') {
      if (payout.returnReason !== reason) throw new Fault('id_reused')
      return batchDoc(tx, batch.id)
    }
    await endPayout(tx, ctx, ending, 'return', { returnReason: reason })
    const eventId = await emit(tx, ctx, {
      type: 'payout.returned',
      subjectId: payout.id,
      orgId: payout.partyOrgId,
      payload: { batchId: batch.id, amountFen: payout.amountFen, reason },
    })
    const entries = [payoutEntry(batch, payout, eventId, 'payout_returned')]
    // What had arrived comes into the mirror again first.
    if (payout.status === 'confirmed') entries.push(leftMirror(batch, payout, eventId, true))
    await transfer(tx, ctx.now, entries)
    await tell(tx, ctx, payout, 'notice.payout_returned', { reason })
    return batchDoc(tx, batch.id)
  })
}

const leftMirror = (batch: Batch, payout: Payout, eventId: string, back: boolean) => {
  const onTheWay = { orgId: batch.orgId, purpose: 'in_flight' as const }
  const mirror = { orgId: batch.orgId, purpose: rails[batch.way]?.mirror ?? ('bank' as const) }
  return {
    debit: back ? mirror : onTheWay,
    credit: back ? onTheWay : mirror,
    amountFen: payout.amountFen,
    reason: back ? ('payout_returned' as const) : ('payout' as const),
    subjectId: payout.id,
    eventId,
  }
}

/** Ends a payout, and with the last one its batch. */
async function endPayout(
  tx: Tx,
  ctx: Ctx,
  { batch, payout, rows }: Ending,
  action: 'confirm' | 'return',
  more: Partial<typeof payouts.$inferInsert>,
): Promise<void> {
  const status = nextStatus('payout', payout.status, action)
  if (!status) throw new Fault('wrong_state')
  await tx
    .update(payouts)
    .set({ status, endedAt: ctx.now, version: payout.version + 1, ...more })
    .where(eq(payouts.id, payout.id))
  const others = rows.some((row) => row.id !== payout.id && row.status === 'sent')
  const done = others ? null : nextStatus('payoutBatch', batch.status, 'finish')
  await tx
    .update(payoutBatches)
    .set({ version: batch.version + 1, ...(done ? { status: done } : {}) })
    .where(eq(payoutBatches.id, batch.id))
}

const tell = (
  tx: Tx,
  ctx: Ctx,
  payout: Payout,
  key: 'notice.payout_confirmed' | 'notice.payout_returned',
  params: Record<string, string> = {},
) =>
  notify(tx, {
    orgId: payout.partyOrgId,
    key,
    params: { amount: formatYuan(payout.amountFen), ...params },
    subjectId: payout.id,
    at: ctx.now,
  })

type Outcome = { id: string; status: 'done' | 'failed'; providerId: string; lastError: string }

/** Ends the payouts whose transfers within Stripe were made or refused for good. Returns how many. */
export async function followTransfers(ctx: Ctx): Promise<number> {
  allow(ctx, 'payout.write')
  const ended = await docs<Outcome>(
    ctx.db,
    sql`select p.id, c.status, c.provider_id as "providerId", c.last_error as "lastError" from payouts p
      join payout_batches b on b.id = p.batch_id and b.way = 'stripe'
      join provider_calls c on c.subject_id = p.id and c.kind = 'transfer' and c.status in ('done','failed')
      where p.status = 'sent' order by p.id limit 200`,
  )
  for (const { id, status, providerId, lastError } of ended) {
    if (status === 'done') await confirmPayout(ctx, id, providerId)
    else await returnPayout(ctx, id, lastError.slice(0, 200) || 'Stripe')
  }
  return ended.length
}
