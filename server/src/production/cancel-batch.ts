import { productionBatches } from '@huming/db/schema/production'
import { lots } from '@huming/db/schema/stock'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockLot } from '../stock/rows.ts'
import { type BatchDoc, batchDoc } from './batch-doc.ts'
import { lockBatch, takenLots } from './rows.ts'

/**
 * Drops a batch that took nothing, or put everything back. A planned lot that it declared is withdrawn, unless orders
 * stand on it (`lot_promised`): then it must be made, or planned anew. A repeat changes nothing.
 */
export async function cancelBatch(ctx: Ctx, id: string, reason: string): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, id)
    allow(ctx, 'production.write', { orgId: batch.orgId })
    if (batch.status === 'cancelled') return batchDoc(tx, ctx, id)
    const status = nextStatus('productionBatch', batch.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    if ((await takenLots(tx, id)).length > 0) throw new Fault('inputs_taken')
    if (batch.ownsLot) await withdraw(tx, ctx, batch.lotId, reason)
    await tx
      .update(productionBatches)
      .set({ status, reason, version: sql`${productionBatches.version} + 1` })
      .where(eq(productionBatches.id, id))
    await emitAll(tx, ctx, [
      { type: 'batch.cancelled', subjectId: id, orgId: batch.orgId, payload: { reason, lotId: batch.lotId } },
    ])
    return batchDoc(tx, ctx, id)
  })
}

async function withdraw(tx: Tx, ctx: Ctx, lotId: string, reason: string): Promise<void> {
  const lot = await lockLot(tx, lotId)
  const stage = nextStatus('lot', lot.stage, 'withdraw')
  // A lot that was recalled or withdrawn meanwhile stays what it is.
  if (!stage) return
  if (lot.promised > 0) throw new Fault('lot_promised', '', { promised: lot.promised })
  await tx
    .update(lots)
    .set({ stage, promisable: 0, version: lot.version + 1 })
    .where(eq(lots.id, lotId))
  await emit(tx, ctx, {
    type: 'lot.withdrawn',
    subjectId: lotId,
    orgId: lot.orgId,
    hubId: lot.hubId,
    payload: { reason, quantity: lot.quantity },
  })
}
