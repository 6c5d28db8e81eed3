import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { goodsColumns, goodsJoins } from './rows.ts'

type Route = Contracts['storing.listReplenishments']
type Item = ContractReply<Route>['items'][number]

const itemsMax = 200

/**
 * What to bring from reserve (or dock) to the pick face, first to expire first: of each lot what is promised beyond
 * what lies at pick faces, and of a pack whose pick faces are empty ten ordering units of its earliest lot. The
 * target is the pick face where the lot or its pack lies, else the first empty one of the zone. Nothing is written.
 */
export async function listReplenishments(ctx: Ctx, hubId: string): Promise<ContractReply<Route>> {
  allow(ctx, 'stock.read', { hubId })
  const items = await docs<Item>(
    ctx.db,
    sql`
    with here as (
      select x.lot_id, x.bin_id, x.quantity, b.kind, b.code, b.sequence
      from bin_stock x join bins b on b.id = x.bin_id where b.hub_id = ${hubId} and x.quantity > 0),
    lot as (
      select l.id, l.sku_id, l.promised, l.use_by_day,
        coalesce((select sum(h.quantity) from here h where h.lot_id = l.id and h.kind in ('pick_face', 'near_expiry')), 0) as face,
        coalesce((select sum(t.quantity) from pick_tasks t where t.lot_id = l.id and t.status = 'open'), 0) as picks
      from lots l where l.hub_id = ${hubId} and l.stage = 'received' and l.on_hand > 0),
    pack as (select sku_id, sum(face) as face from lot group by sku_id),
    earliest as (
      select distinct on (lot.sku_id) lot.id from lot
      where exists (select 1 from here h where h.lot_id = lot.id and h.kind in ('reserve', 'dock'))
      order by lot.sku_id, lot.use_by_day, lot.id),
    want as (
      select lot.id, lot.sku_id, lot.picks > lot.face as urgent, greatest(lot.promised - lot.face,
        case when pack.face = 0 and lot.id in (select id from earliest) then 10 * k.base_per_order_unit else 0 end) as quantity
      from lot join pack on pack.sku_id = lot.sku_id join skus k on k.id = lot.sku_id),
    source as (
      select want.id, want.sku_id, want.urgent, h.bin_id, h.code, least(h.quantity, greatest(0, want.quantity - coalesce(
        sum(h.quantity) over (partition by h.lot_id order by h.kind desc, h.sequence, h.bin_id
          rows between unbounded preceding and 1 preceding), 0))) as quantity
      from want join here h on h.lot_id = want.id and h.kind in ('reserve', 'dock') where want.quantity > 0)
    select ${goodsColumns}, source.bin_id as "fromBinId", source.code as "from", target.id as "toBinId",
      target.code as "to", source.quantity, source.urgent
    from source join lots l on l.id = source.id ${goodsJoins}
    left join lateral (
      select b.id, b.code from bins b
      where b.hub_id = ${hubId} and b.zone = k.zone and b.kind = 'pick_face' and b.closed_at is null
      order by exists (select 1 from here h where h.bin_id = b.id and h.lot_id = l.id) desc,
        exists (select 1 from here h join lots o on o.id = h.lot_id where h.bin_id = b.id and o.sku_id = l.sku_id) desc,
        exists (select 1 from here h where h.bin_id = b.id), b.sequence, b.id limit 1) target on true
    where source.quantity > 0
    order by source.urgent desc, l.use_by_day, l.id limit ${itemsMax}`,
  )
  return { items }
}
