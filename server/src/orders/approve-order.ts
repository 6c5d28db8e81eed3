import { orders } from '@huming/db/schema/orders'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseAfterCutOff } from './cancel-order.ts'
import { lockOrder } from './rows.ts'

type Route = Contracts['orders.approve']

/** An approver lets an order above the purchaser's limit pass; goods and credit were held since it was placed. */
export async function approveOrder(ctx: Ctx, id: string, version: number): Promise<ContractReply<Route>> {
  allow(ctx, 'order.approve')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, id)
    allow(ctx, 'order.approve', { orgId: order.orgId })
    const status = nextStatus('order', order.status, 'approve')
    await refuseAfterCutOff(ctx, order)
    if (!status) throw new Fault('wrong_state')
    if (order.version !== version) throw new Fault('stale_version')
    await tx
      .update(orders)
      .set({ status, approvedBy: personId, version: version + 1 })
      .where(eq(orders.id, order.id))
    await emit(tx, ctx, {
      type: 'order.approved',
      subjectId: order.id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: order.id, totalFen: order.totalFen },
    })
    return { id: order.id, status: 'placed' }
  })
}
