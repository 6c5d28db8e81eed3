import { consignments } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from './rows.ts'

/** Drops a draft; its lots are free for another consignment. A repeat gives the same. */
export async function cancelConsignment(ctx: Ctx, id: string, reason: string): Promise<Consignment> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
    const row = found(before)
    allow(ctx, 'supply.write', { orgId: row.orgId })
    if (row.status === 'cancelled') return consignmentDoc(tx, ctx, id)
    const status = nextStatus('consignment', row.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(consignments)
      .set({ status, version: row.version + 1 })
      .where(eq(consignments.id, id))
    await emit(tx, ctx, {
      type: 'consignment.cancelled',
      subjectId: id,
      orgId: row.orgId,
      payload: { reason },
    })
    return consignmentDoc(tx, ctx, id)
  })
}
