import { lots } from '@huming/db/schema/stock'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { type CutReason, rebalanceLot } from '../orders/rebalance-lot.ts'
import { lockLot } from '../stock/rows.ts'

export type LotRow = typeof lots.$inferSelect

/**
 * Locks a lot and takes so much off what it may promise, before goods leave its sellable bins. Promises that no
 * longer fit move to other lots of the pack or are cut, newest order first. What orders being picked stand on is
 * never taken: `picks_stand_on_it` says how much. A lot that is stopped promises nothing anyway.
 */
export async function makeRoom(
  tx: Tx,
  ctx: Ctx,
  lotId: string,
  { quantity, reason }: { quantity: number; reason: CutReason },
): Promise<LotRow> {
  // Orders are locked before lots everywhere, so promises move before the lot is locked; then it is looked at again.
  await moveAway(tx, ctx, lotId, quantity, reason)
  let lot = await lockLot(tx, lotId)
  if (lot.stage !== 'received') return lot
  if (lot.onHand < quantity) throw new Fault('bin_short', '', { params: { bin: '' } })
  if (lot.onHand - quantity < lot.promised) {
    await moveAway(tx, ctx, lotId, quantity, reason)
    lot = await lockLot(tx, lotId)
  }
  await tx
    .update(lots)
    .set({ promisable: lot.onHand - quantity, version: sql`${lots.version} + 1` })
    .where(eq(lots.id, lotId))
  return lot
}

async function moveAway(tx: Tx, ctx: Ctx, lotId: string, quantity: number, reason: CutReason): Promise<void> {
  const [row] = await tx.select().from(lots).where(eq(lots.id, lotId))
  const lot = found(row)
  const left = lot.onHand - quantity
  if (lot.stage !== 'received' || left < 0 || left >= lot.promised) return
  const { stuck } = await rebalanceLot(tx, ctx, lotId, { promisable: left, reason })
  if (stuck > 0) throw new Fault('picks_stand_on_it', '', { params: { count: stuck } })
}

/** Gives a locked lot back so much to promise, after goods came into its sellable bins. */
export async function giveRoom(tx: Tx, lot: LotRow, quantity: number): Promise<void> {
  const stage = lot.stage === 'used_up' ? (nextStatus('lot', lot.stage, 'restock') ?? lot.stage) : lot.stage
  if (stage !== 'received') return
  await tx
    .update(lots)
    .set({
      stage,
      promisable: sql`${lots.promisable} + ${quantity}::int8`,
      version: sql`${lots.version} + 1`,
    })
    .where(eq(lots.id, lot.id))
}
