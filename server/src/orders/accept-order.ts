import { acceptances, orders } from '@huming/db/schema/orders'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockOrder } from './rows.ts'

type Route = Contracts['orders.accept']

/**
 * The buyer confirms what was delivered. Canteens need two people: the first signs, the second, somebody else
 * (`needs_second_person`), makes it accepted. Accepting again what one's own signature ended changes nothing.
 */
export async function acceptOrder(ctx: Ctx, id: string, note: string): Promise<ContractReply<Route>> {
  allow(ctx, 'order.accept')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, id)
    allow(ctx, 'order.accept', { orgId: order.orgId })
    const needed = BUYER_CLASSES[order.buyerClass].acceptancePeople
    const signed = await tx.select().from(acceptances).where(eq(acceptances.orderId, order.id))
    const mine = signed.some((one) => one.personId === personId)
    if (mine && order.status === 'accepted')
      return { id: order.id, status: 'accepted', accepted: signed.length, needed }
    const status = nextStatus('order', order.status, 'accept')
    if (!status) throw new Fault('wrong_state')
    if (mine) throw new Fault('needs_second_person')
    await tx.insert(acceptances).values({ orderId: order.id, personId, at: ctx.now, note })
    const accepted = signed.length + 1
    if (accepted < needed) return { id: order.id, status: 'delivered', accepted, needed }
    await tx
      .update(orders)
      .set({ status, acceptedAt: ctx.now, version: order.version + 1 })
      .where(eq(orders.id, order.id))
    await emit(tx, ctx, {
      type: 'order.accepted',
      subjectId: order.id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: order.id, people: accepted },
    })
    return { id: order.id, status: 'accepted', accepted, needed }
  })
}
