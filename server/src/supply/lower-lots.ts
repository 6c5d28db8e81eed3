import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type CutReason, rebalanceLot } from '../orders/rebalance-lot.ts'
import type { Called } from './move-promises.ts'
import { spreadCut } from './rules.ts'

/** Takes a cut from the supplier's lots that serve the day and are still at the farm, the latest to expire first. */
export async function lowerLots(
  tx: Tx,
  ctx: Ctx,
  called: Called,
  cut: number,
  reason: CutReason,
): Promise<void> {
  if (cut === 0) return
  const held = await tx.execute<{ id: string; promised: number; total: number }>(sql`
    select l.id, l.promised as total,
      coalesce((select sum(r.quantity) from promises r join order_lines n on n.id = r.order_line_id
        join orders o on o.id = n.order_id where r.lot_id = l.id and r.picked_quantity is null
          and o.day = ${called.day}), 0)::int8 as promised
    from lots l where l.org_id = ${called.orgId} and l.hub_id = ${called.hubId} and l.sku_id = ${called.skuId}
      and l.stage in ('planned', 'made')
    order by l.use_by_day desc, l.id desc`)
  const lots = [...held]
  for (const { id, cut: less } of spreadCut(cut, lots)) {
    const total = found(lots.find((lot) => lot.id === id)).total
    await rebalanceLot(tx, ctx, id, { promisable: total - less, reason })
  }
}
