import { batchReadings } from '@huming/db/schema/production'
import { recipeSteps } from '@huming/db/schema/recipes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { and, eq } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type BatchDoc, batchDoc } from './batch-doc.ts'
import { lockBatch } from './rows.ts'
import { keepsLimit } from './rules.ts'

type Body = ContractParsed<Contracts['production.readStep']>['body']

/**
 * Records that a step of a running batch is done. Where it has a critical limit the temperature is needed, and where
 * the limit was not kept, what was done about it (HACCP corrective action, GB 14881). A later reading of the same
 * step counts in its place; none is ever changed.
 */
export async function readStep(ctx: Ctx, batchId: string, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, batchId)
    allow(ctx, 'production.write', { orgId: batch.orgId })
    const [before] = await tx.select().from(batchReadings).where(eq(batchReadings.id, id))
    if (before) {
      const same = before.batchId === batchId && before.seq === body.seq
      if (!same || before.deciC !== body.deciC || before.action !== body.action) throw new Fault('id_reused')
      return batchDoc(tx, ctx, batchId)
    }
    if (!nextStatus('productionBatch', batch.status, 'read')) throw new Fault('wrong_state')
    const [row] = await tx
      .select()
      .from(recipeSteps)
      .where(and(eq(recipeSteps.recipeId, batch.recipeId), eq(recipeSteps.seq, body.seq)))
    const step = found(row)
    const isCritical = step.minDeciC !== null || step.maxDeciC !== null
    if (isCritical && body.deciC === null)
      throw new Fault('temperature_missing', '', {
        pointers: [{ pointer: '/body/deciC', reason: 'missing' }],
      })
    const withinLimits = keepsLimit(step, body.deciC)
    if (!withinLimits && body.action === '')
      throw new Fault('limit_not_kept', '', { pointers: [{ pointer: '/body/action', reason: 'missing' }] })
    const { seq, deciC, action } = body
    await tx
      .insert(batchReadings)
      .values({ id, batchId, seq, deciC, withinLimits, action, readBy: personIdOf(ctx), at: ctx.now })
    await emit(tx, ctx, {
      type: 'batch.step_read',
      subjectId: batchId,
      orgId: batch.orgId,
      payload: { seq, deciC, withinLimits },
    })
    return batchDoc(tx, ctx, batchId)
  })
}
