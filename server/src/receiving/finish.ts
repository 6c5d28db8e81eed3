import { consignments } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { lockForReceipt } from './rows.ts'

/** Closes a receipt once every lot is in or refused. A repeat gives the same. */
export async function finishReceipt(ctx: Ctx, id: string): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockForReceipt(tx, ctx, id)
    const doc = await consignmentDoc(tx, ctx, id)
    if (row.status === 'received') return doc
    const status = nextStatus('consignment', row.status, 'receive')
    if (!status) throw new Fault('wrong_state')
    const open = doc.lines.filter((line) => line.receivedAt === null).length
    if (open > 0) throw new Fault('lines_open', '', { params: { open } })
    await tx
      .update(consignments)
      .set({ status, receivedAt: ctx.now, version: row.version + 1 })
      .where(eq(consignments.id, id))
    await emit(tx, ctx, {
      type: 'consignment.received',
      subjectId: id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { lots: doc.lines.length, refusedLots: doc.lines.filter((l) => l.refusedQuantity > 0).length },
    })
    return consignmentDoc(tx, ctx, id)
  })
}
