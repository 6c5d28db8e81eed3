import { productionBatches } from '@huming/db/schema/production'
import { eq, type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'

/** Columns of a pack for replies, over `skus k`, `products p` and its supplier `o`. */
export const packOf = sql`k.id as "skuId", k.code as "skuCode", p.name, p.name_en as "nameEn", k.spec, o.short_name as supplier,
  k.base_unit as "baseUnit", k.order_unit as "orderUnit", k.base_per_order_unit as "basePerOrderUnit"`
/** The joins `packOf` needs, from a column with the pack's id. */
export const packJoins = (skuId: SQL): SQL => sql`join skus k on k.id = ${skuId}
  join products p on p.id = k.product_id join organisations o on o.id = k.org_id`

/** Rows of `alias` that the actor may see in production. */
export function productionScope(ctx: Pick<Ctx, 'actor'>, alias: SQL): SQL {
  const orgIds = visibleOrgIds(ctx, 'production.read')
  return orgIds === 'all' ? sql`true` : sql`${alias}.org_id = ${anyOf(orgIds)}`
}

/** Locks a batch until the transaction ends; batches come before lots in the order of locks. */
export async function lockBatch(tx: Tx, id: string): Promise<typeof productionBatches.$inferSelect> {
  const [row] = await tx
    .select()
    .from(productionBatches)
    .where(eq(productionBatches.id, id))
    .for('no key update')
  return found(row)
}

/**
 * How much of lot `l` its owner `orgId` can use now: what lies free in its own store, and what it made itself and
 * has neither promised nor sent off.
 */
export const freeOf = (orgId: SQL): SQL => sql`case
  when l.stage = 'received' and exists (select 1 from hubs h where h.id = l.hub_id and h.kind = 'store' and h.org_id = ${orgId})
    then l.on_hand - l.promised
  when l.stage = 'made' then l.quantity - l.promised
  else 0 end`

/** A lot that can be used now. */
export type UsableLot = {
  lotId: string
  skuId: string
  code: string
  supplier: string
  free: number
  useByDay: string
}

/** The organisation's lots of these packs that can be used today, first expired first; at most `limit` of a pack. */
export async function usableLots(
  db: Db | Tx,
  ask: { orgId: string; skuIds: readonly string[]; today: string; limit?: number },
): Promise<UsableLot[]> {
  const rows = await db.execute<UsableLot>(sql`
    select "lotId", "skuId", code, supplier, free, "useByDay" from (
      select l.id as "lotId", l.sku_id as "skuId", l.code, o.short_name as supplier, l.use_by_day as "useByDay",
        ${freeOf(sql`${ask.orgId}::uuid`)} as free,
        row_number() over (partition by l.sku_id order by l.use_by_day, l.id) as rank
      from lots l join skus k on k.id = l.sku_id join organisations o on o.id = k.org_id
      where l.org_id = ${ask.orgId} and l.sku_id = ${anyOf(ask.skuIds)} and l.stage in ('received', 'made')
        and l.use_by_day >= ${ask.today} and ${freeOf(sql`${ask.orgId}::uuid`)} > 0) t
    where rank <= ${ask.limit ?? 1000} order by "useByDay", "lotId"`)
  return [...rows]
}

/** Free stock by pack. */
export function stockOf(lots: readonly UsableLot[]): Map<string, number> {
  const stock = new Map<string, number>()
  for (const lot of lots) stock.set(lot.skuId, (stock.get(lot.skuId) ?? 0) + lot.free)
  return stock
}

/** What a batch took of each lot in all, in the order of first taking. */
export type TakenLot = { lotId: string; skuId: string; quantity: number }

export async function takenLots(db: Db | Tx, batchId: string): Promise<TakenLot[]> {
  const rows = await db.execute<TakenLot>(sql`
    select b.lot_id as "lotId", l.sku_id as "skuId", sum(b.quantity)::int8 as quantity
    from batch_inputs b join lots l on l.id = b.lot_id where b.batch_id = ${batchId}
    group by b.lot_id, l.sku_id having sum(b.quantity) > 0 order by min(b.at), b.lot_id`)
  return [...rows]
}

/** Sums by pack. */
export function bySku(lots: readonly TakenLot[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { skuId, quantity } of lots) sums.set(skuId, (sums.get(skuId) ?? 0) + quantity)
  return sums
}
