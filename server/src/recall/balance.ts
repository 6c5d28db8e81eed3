import type { BaseUnit, UnitId } from '@huming/shared/units'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Balance, balanceOf, type Whereabouts } from './rules.ts'

/** Names and units of a lot’s pack, over `lots l`, `skus k`, `products p`. */
export const lotColumns = sql`l.id as "lotId", l.code as "lotCode", k.id as "skuId", p.name, p.name_en as "nameEn",
  k.spec, k.base_unit as "baseUnit", k.order_unit as "orderUnit", k.base_per_order_unit as "basePerOrderUnit"`

export type Pack = {
  lotId: string
  lotCode: string
  skuId: string
  name: string
  nameEn: string
  spec: string
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number
}

/** Movements into the house that are no new goods: what came back, was taken out of a tote, or counted. */
const noEntry = sql`('return', 'unpick', 'count')`
const shelves = sql`('pick_face', 'near_expiry', 'dock', 'reserve')`
const apart = sql`('quarantine', 'returns', 'destroy')`

/** Goods picked for an order, over `orders o`, `runs r`; what was taken out of its totes counts no more. */
const picked = (where: SQL) => sql`coalesce((
  select sum(t.picked_quantity) from pick_tasks t join orders o on o.id = t.order_id
  left join stop_orders so on so.order_id = o.id left join stops q on q.id = so.stop_id
  left join runs r on r.id = q.run_id where t.lot_id = l.id and t.picked_quantity > 0 and ${where}), 0)`
const underWay = sql`o.status in ('picking', 'picked', 'loaded')`

const moved = (where: SQL) =>
  sql`coalesce((select sum(v.quantity) from movements v where v.lot_id = l.id and ${where}), 0)`
const lying = (kinds: SQL) => sql`coalesce((select sum(s.quantity) from bin_stock s
  join bins b on b.id = s.bin_id where s.lot_id = l.id and b.kind in ${kinds}), 0)`
const went = (kind: string) => sql`coalesce((select sum(e.quantity) from trace_edges e
  where e.from_id = l.id and e.kind = ${kind}), 0)`

type Read = Pack & Omit<Whereabouts, 'backAtDoor'> & { refused: number; missing: number; returned: number }

/**
 * The mass balance of each lot of a recall from bins, movements, picks, deliveries, trace edges and the answers of
 * buyers. Nothing here is stored: it is what the books say now.
 */
export async function balancesOf(
  tx: Db | Tx,
  recallId: string,
  lotIds: readonly string[],
): Promise<(Pack & Balance)[]> {
  const told = (column: SQL) => sql`coalesce((select sum(${column}) from recall_notice_goods g
    join recall_notices n on n.id = g.notice_id
    where n.recall_id = ${recallId} and n.kind = 'buyer' and g.lot_id = l.id), 0)`
  const rows = await docs<Read>(
    tx,
    sql`
    select ${lotColumns},
      case when exists (select 1 from movements v where v.lot_id = l.id)
        then ${moved(sql`v.from_bin_id is null and v.kind not in ${noEntry}`)} else l.quantity end as entered,
      ${lying(shelves)} as "onShelf", ${lying(apart)} as apart,
      ${picked(sql`${underWay} and coalesce(r.status, 'planned') <> 'on_road'`)} as "inTotes",
      ${picked(sql`${underWay} and r.status = 'on_road'`)} as "onTrucks",
      coalesce((select sum(d.refused_quantity) from deliveries d where d.lot_id = l.id), 0) as refused,
      coalesce((select sum(f.quantity - f.done_quantity) from recall_tasks f
        where f.lot_id = l.id and f.kind = 'tote' and f.status = 'done'), 0) as missing,
      ${moved(sql`v.kind = 'return'`)} as returned,
      coalesce((select sum(d.quantity) from deliveries d where d.lot_id = l.id), 0) as delivered,
      ${told(sql`g.recovered_quantity`)} as recovered,
      ${told(sql`g.kept_quantity`)} as kept, ${told(sql`g.used_quantity`)} as used,
      -${moved(sql`v.kind = 'destroy' and v.to_bin_id is null`)} as destroyed,
      -${moved(sql`v.kind in ('loss', 'count')`)} as lost,
      ${went('made_of')} as "madeInto", ${went('moved')} as "movedOn"
    from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    where l.id = any(${bareArray(lotIds)}::uuid[]) order by l.code`,
  )
  return rows.map(({ refused, missing, returned, ...row }) => {
    const { lotId, lotCode, skuId, name, nameEn, spec, baseUnit, orderUnit, basePerOrderUnit, ...at } = row
    const pack = { lotId, lotCode, skuId, name, nameEn, spec, baseUnit, orderUnit, basePerOrderUnit }
    // Refused at the door and not put into the returns place since.
    const backAtDoor = Math.max(0, refused - (returned - at.recovered))
    // Picked, and not in the tote when it was to be taken out again.
    return { ...pack, ...balanceOf({ ...at, lost: at.lost + missing, backAtDoor }) }
  })
}
