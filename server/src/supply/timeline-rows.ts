import type { TransportMode } from '@huming/shared/contracts/timeline'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import type { CallOffTime, Goods, StepRow } from './timeline-rules.ts'

/** All dated rows of a hub's steps. */
export async function readSteps(db: Db | Tx, hubId: string): Promise<StepRow[]> {
  const rows = await db.execute<StepRow>(sql`
    select id, step, buyer_class as "buyerClass", zone, mode, county_code as "countyCode", minutes,
      valid_from as "validFrom", valid_to as "validTo"
    from timeline_steps where hub_id = ${hubId} order by step, valid_from, id`)
  return [...rows]
}

/** All dated call-off times of a hub. */
export async function readCallOffTimes(
  db: Db | Tx,
  hubId: string,
): Promise<(CallOffTime & { id: string })[]> {
  const rows = await db.execute<CallOffTime & { id: string }>(sql`
    select id, buyer_class as "buyerClass", days_before as "daysBefore", minutes, valid_from as "validFrom",
      valid_to as "validTo"
    from call_off_times where hub_id = ${hubId} order by buyer_class, valid_from`)
  return [...rows]
}

/** The earliest window among the doors a hub serves, by class; where there is no door, the class's own. */
export async function readWindows(db: Db | Tx, hubId: string): Promise<Map<BuyerClass, number>> {
  const rows = await db.execute<{ buyerClass: BuyerClass; windowFrom: number }>(sql`
    select o.buyer_class as "buyerClass", min(s.window_from)::int4 as "windowFrom"
    from sites s join organisations o on o.id = s.org_id
    where s.hub_id = ${hubId} and s.closed_at is null and o.buyer_class is not null group by 1`)
  const known = new Map([...rows].map((row) => [row.buyerClass, row.windowFrom]))
  return new Map(BUYER_CLASS_IDS.map((id) => [id, known.get(id) ?? BUYER_CLASSES[id].window.from]))
}

/** Packs that share a way to the hub, with the name of one of them. */
export type GoodsGroup = Goods & { readonly name: string; readonly packs: number }

/** What comes to the hub from the bases: packs on sale with a lot bound for it within the last two months. */
export async function readGoods(db: Db | Tx, hubId: string, now: Date): Promise<GoodsGroup[]> {
  const since = new Date(now.getTime() - 60 * 86_400_000).toISOString()
  const rows = await db.execute<GoodsGroup>(sql`
    select k.zone, coalesce(m.mode, 'road') as mode, p.county_code as "countyCode",
      coalesce(m.making_hours, 0)::int4 as "makingHours", min(p.name) as name, count(*)::int4 as packs
    from skus k join products p on p.id = k.product_id join organisations o on o.id = k.org_id
    left join making_leads m on m.sku_id = k.id
    where k.archived_at is null and p.archived_at is null and o.suspended_at is null and exists (
      select 1 from lots l where l.sku_id = k.id and l.hub_id = ${hubId} and l.created_at > ${since}::timestamptz)
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
  return [...rows]
}

/** The way of one pack; `undefined` when there is no such pack. */
export async function readGoodsOf(db: Db | Tx, skuIds: readonly string[]): Promise<Map<string, Goods>> {
  const ids = `{${skuIds.join(',')}}`
  const rows = await db.execute<{ id: string; mode: TransportMode } & Goods>(sql`
    select k.id, k.zone, coalesce(m.mode, 'road') as mode, p.county_code as "countyCode",
      coalesce(m.making_hours, 0)::int4 as "makingHours"
    from skus k join products p on p.id = k.product_id left join making_leads m on m.sku_id = k.id
    where k.id = any(${ids}::uuid[])`)
  return new Map([...rows].map(({ id, ...goods }) => [id, goods]))
}
