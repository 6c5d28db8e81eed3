import { productionBatches } from '@huming/db/schema/production'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type BatchDoc, batchDoc } from './batch-doc.ts'
import { lockBatch } from './rows.ts'

/** Work on a planned batch begins. A repeat changes nothing. */
export async function startBatch(ctx: Ctx, id: string): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, id)
    allow(ctx, 'production.write', { orgId: batch.orgId })
    if (batch.status === 'running') return batchDoc(tx, ctx, id)
    const status = nextStatus('productionBatch', batch.status, 'start')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(productionBatches)
      .set({ status, startedAt: ctx.now, version: sql`${productionBatches.version} + 1` })
      .where(eq(productionBatches.id, id))
    await emit(tx, ctx, {
      type: 'batch.started',
      subjectId: id,
      orgId: batch.orgId,
      payload: { lotId: batch.lotId },
    })
    return batchDoc(tx, ctx, id)
  })
}
