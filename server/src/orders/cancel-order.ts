import { orders } from '@huming/db/schema/orders'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { voidHolds } from '../ledger/transfers.ts'
import { termsOf } from './calendar.ts'
import * as refuse from './refusals.ts'
import { freePromises, lockOrder, readCalendar } from './rows.ts'

type Locked = Awaited<ReturnType<typeof lockOrder>>

/** Cancels until the cut-off: goods and credit are given back. Cancelling again changes nothing. */
export async function cancelOrder(
  ctx: Ctx,
  id: string,
  reason: string,
): Promise<ContractReply<Contracts['orders.cancel']>> {
  allow(ctx, 'order.cancel')
  return inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, id)
    allow(ctx, 'order.cancel', { orgId: order.orgId })
    if (order.status === 'cancelled') return { id: order.id, status: 'cancelled' }
    const status = nextStatus('order', order.status, 'cancel')
    await refuseAfterCutOff(ctx, order)
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(orders)
      .set({ status, cancelledAt: ctx.now, cancelReason: reason, version: order.version + 1 })
      .where(eq(orders.id, order.id))
    await freePromises(tx, [order.id])
    const eventId = await emit(tx, ctx, {
      type: 'order.cancelled',
      subjectId: order.id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: order.id, reason },
    })
    if (order.holdId) await voidHolds(tx, ctx.now, [{ holdId: order.holdId, eventId }])
    return { id: order.id, status: 'cancelled' }
  })
}

/** A buyer's hand is off an order from its cut-off on, whether the clock job has closed it yet or not. */
export async function refuseAfterCutOff(ctx: Ctx, order: Locked): Promise<void> {
  if (order.frozenAt) throw refuse.cutOffPassed(order.frozenAt, ctx.locale)
  const { terms } = await readCalendar(ctx, order.hubId, order.day, order.day)
  const { cutOffAt } = termsOf(terms, order.hubId, order.buyerClass, order.day as ServiceDay)
  if (ctx.now >= cutOffAt) throw refuse.cutOffPassed(cutOffAt, ctx.locale)
}
