import { waveOrders, waves } from '@huming/db/schema/picking'
import { planProposals } from '@huming/db/schema/planning'
import { plans } from '@huming/db/schema/routes'
import { and, eq, isNull } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { openOrders } from './open-orders.ts'
import { askProposal } from './propose.ts'

/** What the product asks of the planner by itself: after a wave's release, and when something changes at night. */

const fewest = 1
const most = 20
const ordersPerSecond = 20

/** Seconds of search: a small wave is planned well in one, a large one is worth more. */
export const searchSeconds = (orders: number): number =>
  Math.min(most, Math.max(fewest, Math.ceil(orders / ordersPerSecond)))

/** Asks for the wave's first plan, once; it is taken while nobody has touched the draft. */
export async function askFirst(ctx: Ctx, waveId: string): Promise<void> {
  allow(ctx, 'plan.write')
  await inTransaction(ctx, async (tx) => {
    const [wave] = await tx.select().from(waves).where(eq(waves.id, waveId)).for('no key update')
    if (!wave) return
    const [before] = await tx.select().from(planProposals).where(eq(planProposals.waveId, waveId)).limit(1)
    if (before) return
    const seconds = searchSeconds((await openOrders(tx, waveId, [])).length)
    await askProposal(tx, ctx, { wave, kind: 'first', seconds, seed: 1, reason: '' })
  })
}

/** Asks for a plan around the one in force, when the wave has one; an older one that nobody began is dropped. */
export async function askAtNight(tx: Tx, ctx: Ctx, waveId: string, reason: string): Promise<void> {
  const [wave] = await tx.select().from(waves).where(eq(waves.id, waveId)).for('no key update')
  const [plan] = await tx.select({ id: plans.id }).from(plans).where(eq(plans.waveId, waveId))
  if (!wave || !plan) return
  await tx
    .update(planProposals)
    .set({ status: 'cancelled', doneAt: ctx.now })
    .where(
      and(
        eq(planProposals.waveId, waveId),
        eq(planProposals.kind, 'night'),
        eq(planProposals.status, 'asked'),
        isNull(planProposals.askedBy),
      ),
    )
  const seconds = searchSeconds((await openOrders(tx, waveId, [])).length)
  await askProposal(tx, ctx, { wave, kind: 'night', seconds, seed: 1, reason })
}

/** The wave an order is picked in. */
export async function waveOf(tx: Tx, orderId: string): Promise<string | null> {
  const [row] = await tx.select().from(waveOrders).where(eq(waveOrders.orderId, orderId))
  return row?.waveId ?? null
}
