import { orderLines, orders } from '@huming/db/schema/orders'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { eq, inArray } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { holdAgain, type NewHold } from '../ledger/hold-again.ts'
import { lockOrder } from './rows.ts'

/**
 * `failed → loaded` for orders whose goods go to the door once more: nothing of them counts as refused any more, and
 * their sum is held on the buyer's credit again. Give them in id order. Refuses with `wrong_state` when one is not failed.
 */
export async function sendOrdersAgain(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<void> {
  const holds: NewHold[] = []
  for (const id of ids) {
    const order = await lockOrder(tx, id)
    const status = nextStatus('order', order.status, 'send_again')
    if (!status) throw new Fault('wrong_state')
    const eventId = await emit(tx, ctx, {
      type: 'order.sent_again',
      subjectId: id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: id },
    })
    const holdId = order.holdId && newId()
    if (order.holdId && holdId)
      holds.push({ id: holdId, endedId: order.holdId, amountFen: order.totalFen, eventId })
    await tx
      .update(orders)
      .set({ status, holdId, deliveredAt: null, version: order.version + 1 })
      .where(eq(orders.id, id))
  }
  await tx
    .update(orderLines)
    .set({ deliveredQuantity: null, refusedQuantity: 0, refuseReason: null, finalFen: null })
    .where(inArray(orderLines.orderId, [...ids]))
  await holdAgain(tx, ctx.now, holds)
}
