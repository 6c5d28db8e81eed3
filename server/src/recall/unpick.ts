import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { cancelEmptied } from '../orders/cancel-emptied.ts'
import { tellCuts } from '../picking/cuts.ts'
import { leaveRun } from '../routes/leave-run.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { emptyTote } from './empty-tote.ts'

type Taken = { lineId: string; picked: number; promised: number }

/**
 * Goods of a (locked) recalled lot lie no longer in a tote: the picks, their promises and the order's line shrink as
 * if nothing of it had been picked, so that nobody brings or bills it; the trace takes the pick back; the buyer is
 * told. An order left with nothing is cancelled, its credit free again, and its stop gone. The order and its run are
 * locked already. Whatever was not found in the tote is gone all the same.
 */
export async function unpick(
  tx: Tx,
  ctx: Ctx,
  at: { toteId: string; orderId: string; lotId: string; eventId: string },
): Promise<void> {
  const taken = await endPicks(tx, at)
  const cuts = []
  for (const line of taken) cuts.push(await cutLine(tx, at.lotId, line))
  await linkGoods(
    tx,
    taken.map(({ picked }) => ({
      kind: 'picked' as const,
      fromId: at.lotId,
      toId: at.orderId,
      quantity: -picked,
      eventId: at.eventId,
      at: ctx.now,
    })),
  )
  await emptyTote(tx, at.toteId)
  if (await nothingLeft(tx, at.orderId)) await endOrder(tx, ctx, at.orderId)
  await tellCuts(
    tx,
    ctx,
    cuts.filter((cut) => cut.quantity > 0),
  )
}

/** The picks of the lot in the tote end with nothing taken, and so do their promises. */
async function endPicks(
  tx: Tx,
  { toteId, orderId, lotId }: { toteId: string; orderId: string; lotId: string },
): Promise<Taken[]> {
  const rows = await tx.execute<Taken>(sql`
    with gone as (
      select id, promise_id, order_line_id, picked_quantity, case when status = 'done' then quantity else picked_quantity end as promised
      from pick_tasks where tote_id = ${toteId} and order_id = ${orderId} and lot_id = ${lotId} and picked_quantity > 0
      order by id for update),
    ended as (
      update pick_tasks t set status = 'short', picked_quantity = 0, net_grams = null, short_reason = 'recalled'
      from gone g where t.id = g.id),
    kept as (update promises p set picked_quantity = 0 from gone g where p.id = g.promise_id)
    select order_line_id as "lineId", sum(picked_quantity)::int8 as picked, sum(promised)::int8 as promised
    from gone group by 1 order by 1`)
  return [...rows]
}

/** What was promised of the lot is cut; a line of which nothing is left is cut whole. */
async function cutLine(tx: Tx, lotId: string, { lineId, picked, promised }: Taken) {
  const [row] = await tx.execute<{ quantity: number }>(sql`
    update order_lines n set picked_quantity = n.picked_quantity - ${picked}::int8, cut_quantity = b.cut, cut_reason = 'recalled'
    from (select id, cut_quantity as before, case
        when picked_quantity > ${picked}::int8 or exists (
          select 1 from pick_tasks t where t.order_line_id = order_lines.id and t.status = 'open')
        then least(quantity, cut_quantity + ${promised}::int8) else quantity end as cut
      from order_lines where id = ${lineId} for update) b
    where n.id = b.id returning b.cut - b.before as quantity`)
  return { lineId, quantity: found(row).quantity, reason: 'recalled', lotId }
}

async function nothingLeft(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from pick_tasks where order_id = ${orderId} and (status = 'open' or picked_quantity > 0) limit 1`)
  return rows.length === 0
}

async function endOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  await tx.execute(sql`
    update order_lines set cut_quantity = quantity, cut_reason = coalesce(cut_reason, 'recalled')
    where order_id = ${orderId} and cut_quantity < quantity`)
  await cancelEmptied(tx, ctx, [orderId])
  await leaveRun(tx, ctx, orderId)
}
