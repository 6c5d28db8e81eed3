import { recallTasks } from '@huming/db/schema/recall'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

type Place = {
  kind: 'shelf' | 'tote' | 'truck'
  hubId: string
  lotId: string
  placeId: string
  orderId: string | null
  quantity: number
}

/**
 * What is to be fetched of recalled lots: from sellable bins into quarantine, out of totes at the hub, off trucks
 * when they are back, and what was refused at a door and has not come into the place for returns yet. Returns how many places of each kind.
 */
export async function makeFetchTasks(
  tx: Tx,
  ctx: Ctx,
  recallId: string,
  lotIds: readonly string[],
): Promise<{ shelves: number; totes: number; trucks: number }> {
  const ids = bareArray(lotIds)
  const places = await tx.execute<Place>(sql`
    select 'shelf' as kind, b.hub_id as "hubId", s.lot_id as "lotId", b.id as "placeId", null::uuid as "orderId", s.quantity
    from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = any(${ids}::uuid[]) and s.quantity > 0 and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    union all
    select case when r.status = 'on_road' then 'truck' else 'tote' end, w.hub_id, t.lot_id, t.tote_id, t.order_id,
      sum(t.picked_quantity)::int8
    from pick_tasks t join waves w on w.id = t.wave_id join orders o on o.id = t.order_id
    left join stop_orders so on so.order_id = o.id left join stops p on p.id = so.stop_id left join runs r on r.id = p.run_id
    where t.lot_id = any(${ids}::uuid[]) and t.picked_quantity > 0 and o.status in ('picking', 'picked', 'loaded')
    group by 1, 2, 3, 4, 5
    union all
    select 'truck', d.hub_id, d.lot_id, d.stop_id, d.order_id,
      least(d.refused, d.so_far - coalesce(g.returned, 0))::int8
    from (select o.hub_id, x.lot_id, x.stop_id, x.order_id, x.refused_quantity as refused,
        sum(x.refused_quantity) over (partition by x.lot_id order by x.at, x.id) as so_far
      from deliveries x join orders o on o.id = x.order_id
      where x.lot_id = any(${ids}::uuid[]) and x.refused_quantity > 0) d
    left join (select lot_id, sum(quantity) as returned from returned_goods group by 1) g on g.lot_id = d.lot_id
    where d.so_far > coalesce(g.returned, 0)
    order by 1, 2, 3, 4`)
  const rows = [...places]
  if (rows.length > 0)
    await tx.insert(recallTasks).values(
      rows.map((place) => ({
        id: newId(),
        recallId,
        ...place,
        status: 'open',
        photoFileIds: [],
        createdAt: ctx.now,
      })),
    )
  const count = (kind: Place['kind']) => rows.filter((row) => row.kind === kind).length
  return { shelves: count('shelf'), totes: count('tote'), trucks: count('truck') }
}
