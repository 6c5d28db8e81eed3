import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { type DeviceRow, iso } from './rows.ts'

/** A time in which a device watches over goods: on a run from its first loaded tote to its last closed stop, or always. */
export type Watch = { readonly runId: string | null; readonly from: number; readonly to: number }

/** First goods aboard and last stop closed of runs, over `runs r`; null `to` while something is still aboard. */
export const aboardTimes = sql`
  select r.id, r.vehicle_id, r.status,
    coalesce(min(c.loaded_at), (select min((e.payload->>'at')::timestamptz) from events e where e.subject_id = r.id and e.type = 'run.departed')) as from_at,
    case when bool_and(s.finished_at is not null) then max(s.finished_at) end as to_at
  from runs r join stops s on s.run_id = r.id left join stop_orders so on so.stop_id = s.id
  left join totes c on c.order_id = so.order_id and c.loaded_at is not null`

/** Times between two instants in which the device watches over goods, oldest first. */
export async function watchesOf(
  db: Db | Tx,
  device: Pick<DeviceRow, 'vehicleId'>,
  from: number,
  to: number,
): Promise<Watch[]> {
  if (device.vehicleId === null) return [{ runId: null, from, to }]
  const rows = await db.execute<{ id: string; from: number; to: number | null }>(sql`
    select x.id, (extract(epoch from x.from_at) * 1000)::bigint as from, (extract(epoch from x.to_at) * 1000)::bigint as to
    from (${aboardTimes} where r.vehicle_id = ${device.vehicleId} and r.status <> 'planned'
      and (r.finished_at is null or r.finished_at >= ${iso(from)}::timestamptz) group by r.id) x
    where x.from_at <= ${iso(to)}::timestamptz and coalesce(x.to_at, ${iso(to)}::timestamptz) >= ${iso(from)}::timestamptz
    order by x.from_at`)
  return [...rows].map((row) => ({
    runId: row.id,
    from: Math.max(from, row.from),
    to: row.to === null ? to : Math.min(to, row.to),
  }))
}

export type GoodsUnder = {
  readonly lotId: string
  readonly skuId: string
  readonly orderId: string | null
  readonly stopId: string | null
  readonly binId: string | null
  readonly quantity: number
  /** When its stop was closed, milliseconds; null while it is aboard. */
  readonly gone: number | null
}

/** Goods of a zone on a run, by order and lot, or lying in the rooms of a hub, by bin and lot. */
export async function goodsUnder(
  db: Db | Tx,
  device: Pick<DeviceRow, 'hubId' | 'zone'>,
  runId: string | null,
): Promise<GoodsUnder[]> {
  const query =
    runId === null
      ? sql`select b.lot_id as "lotId", l.sku_id as "skuId", null::uuid as "orderId", null::uuid as "stopId",
            b.bin_id as "binId", b.quantity, null::bigint as gone
          from bin_stock b join bins n on n.id = b.bin_id join lots l on l.id = b.lot_id
          where n.hub_id = ${device.hubId} and n.zone = ${device.zone} and b.quantity > 0 and n.kind <> 'destroy'
          order by b.lot_id limit 5000`
      : sql`select t.lot_id as "lotId", l.sku_id as "skuId", t.order_id as "orderId", s.id as "stopId", null::uuid as "binId",
            sum(t.picked_quantity)::bigint as quantity, (extract(epoch from s.finished_at) * 1000)::bigint as gone
          from pick_tasks t join stop_orders so on so.order_id = t.order_id join stops s on s.id = so.stop_id
          join lots l on l.id = t.lot_id
          where s.run_id = ${runId} and t.zone = ${device.zone} and t.picked_quantity > 0
          group by t.lot_id, l.sku_id, t.order_id, s.id order by t.order_id, t.lot_id`
  return [...(await db.execute<GoodsUnder>(query))]
}
