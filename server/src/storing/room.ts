import { lots } from '@huming/db/schema/stock'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { type CutReason, lockForRebalance, rebalanceLot } from '../orders/rebalance-lot.ts'
import { lockLot } from '../stock/rows.ts'

export type LotRow = typeof lots.$inferSelect

/** What leaves the sellable bins of a lot. `missing`: a count did not find it, so goods in doubt are it first. */
export type Leaving = { readonly quantity: number; readonly reason: CutReason; readonly missing?: true }

/**
 * Locks a lot and takes so much off what it may promise, before goods leave its sellable bins. Promises that no
 * longer fit move to other lots of the pack or are cut, newest order first. What orders being picked stand on is
 * never taken: `picks_stand_on_it` says how much. A lot that is stopped promises nothing anyway.
 */
export async function makeRoom(tx: Tx, ctx: Ctx, lotId: string, leaving: Leaving): Promise<LotRow> {
  const [seen] = await tx.select().from(lots).where(eq(lots.id, lotId))
  const cramped = (lot: LotRow) => lot.stage === 'received' && leftOf(lot, leaving) < lot.promised
  if (cramped(found(seen))) await lockForRebalance(tx, [lotId])
  const lot = await lockLot(tx, lotId)
  if (lot.stage !== 'received') return lot
  if (lot.onHand < leaving.quantity) throw new Fault('bin_short', '', { params: { bin: '' } })
  const promisable = leftOf(lot, leaving)
  if (cramped(lot)) {
    const { stuck } = await rebalanceLot(tx, ctx, lotId, { promisable, reason: leaving.reason })
    if (stuck > 0) throw new Fault('picks_stand_on_it', '', { params: { count: stuck } })
  } else
    await tx
      .update(lots)
      .set({ promisable, version: sql`${lots.version} + 1` })
      .where(eq(lots.id, lotId))
  return lot
}

/**
 * What the lot may promise afterwards. A lot may promise less than is on hand where a picker did not find goods and
 * their bin is still to be counted: what leaves whole is taken from the sure part, what is missing from the doubt.
 */
const leftOf = (lot: LotRow, { quantity, missing }: Leaving): number =>
  missing ? Math.min(lot.promisable, lot.onHand - quantity) : Math.max(0, lot.promisable - quantity)

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

/**
 * A count of the bin is over: lots of it that promised less than is on hand, for goods a picker did not find, promise
 * all of it again, unless another bin of theirs is still to be counted.
 */
export async function clearDoubt(tx: Tx, binId: string): Promise<void> {
  await tx.execute(sql`
    with here as (
      select l.id from lots l join bin_stock s on s.lot_id = l.id and s.bin_id = ${binId}
      where l.stage = 'received' and l.promisable < l.on_hand and not exists (
        select 1 from bin_stock o join bin_counts c on c.bin_id = o.bin_id
        where o.lot_id = l.id and o.quantity > 0 and c.status in ('open', 'recount', 'review'))
      order by l.id for update of l)
    update lots l set promisable = l.on_hand, version = l.version + 1 from here where l.id = here.id`)
}
