import { createHash } from 'node:crypto'
import { trackingLinks } from '@huming/db/schema/arrivals'
import { orders } from '@huming/db/schema/orders'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, serviceDay } from '@huming/shared/days'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Arrival, arrivalOfOrder } from './arrival.ts'

type Reply = ContractReply<Contracts['live.makeLink']>
type Row = typeof trackingLinks.$inferSelect

/** A link lives until so long after the end of the delivery window. */
const afterWindowMs = 12 * 3_600_000
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
const replyOf = ({ id, madeAt, expiresAt }: Row): Reply => ({
  id,
  madeAt: madeAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})

/** A link for one order, whose token the caller made: a repeat with the same id and token is the same link. */
export async function makeLink(
  ctx: Ctx,
  input: { id: string; orderId: string; token: string },
): Promise<Reply> {
  allow(ctx, 'order.edit')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, input.orderId)
    const tokenHash = hashOf(input.token)
    const [before] = await tx.select().from(trackingLinks).where(eq(trackingLinks.id, input.id))
    if (before) {
      if (before.orderId !== order.id || before.tokenHash !== tokenHash) throw new Fault('id_reused')
      return replyOf(before)
    }
    const expiresAt = new Date(instantAt(serviceDay(order.day), order.windowTo).getTime() + afterWindowMs)
    if (order.status === 'cancelled' || expiresAt <= ctx.now) throw new Fault('wrong_state')
    const row = { id: input.id, orderId: order.id, tokenHash, madeBy: personId, madeAt: ctx.now, expiresAt }
    const [made] = await tx.insert(trackingLinks).values(row).onConflictDoNothing().returning()
    if (!made) throw new Fault('id_reused')
    await emit(tx, ctx, {
      type: 'order.link_made',
      subjectId: order.id,
      orgId: order.orgId,
      payload: { linkId: made.id, expiresAt: made.expiresAt.toISOString() },
    })
    return replyOf(made)
  })
}

/** Ends a link at once; a repeat changes nothing. */
export async function endLink(ctx: Ctx, id: string): Promise<typeof done> {
  allow(ctx, 'order.edit')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(trackingLinks).where(eq(trackingLinks.id, id)).for('update')
    const link = found(row)
    const [order] = await tx.select().from(orders).where(eq(orders.id, link.orderId))
    const { orgId } = found(order)
    allow(ctx, 'order.edit', { orgId })
    if (link.revokedAt) return done
    await tx.update(trackingLinks).set({ revokedAt: ctx.now }).where(eq(trackingLinks.id, id))
    await emit(tx, ctx, { type: 'order.link_ended', subjectId: link.orderId, orgId, payload: { linkId: id } })
    return done
  })
}

/** What the holder of a link sees; one that ended, expired or never was is `not_found`. */
export async function track(ctx: Ctx, token: string): Promise<Arrival> {
  const [link] = await ctx.db
    .select()
    .from(trackingLinks)
    .where(
      and(
        eq(trackingLinks.tokenHash, hashOf(token)),
        isNull(trackingLinks.revokedAt),
        gt(trackingLinks.expiresAt, ctx.now),
      ),
    )
  return arrivalOfOrder(ctx, found(link).orderId)
}

async function lockOrder(tx: Tx, ctx: Ctx, id: string): Promise<typeof orders.$inferSelect> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, id)).for('share')
  const order = found(row)
  allow(ctx, 'order.edit', { orgId: order.orgId })
  return order
}
