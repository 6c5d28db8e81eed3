import { bins } from '@huming/db/schema/bins'
import { skus } from '@huming/db/schema/catalogue'
import { movements } from '@huming/db/schema/stock'
import type { Zone } from '@huming/shared/reference/zones'
import { eq, type SQL, sql } from 'drizzle-orm'
import { visibleHubIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import type { Bin, GoodsMove } from '../stock/bin-moves.ts'
import { anyOf, packColumns } from '../supply/rows.ts'

/** What a lot is, over `lots l`, `skus k`, `products p`, `organisations s`. */
export const goodsColumns = sql`l.id as "lotId", l.code as "lotCode", l.stage, s.short_name as supplier,
  ${packColumns}, l.use_by_day as "useByDay"`

/** Joins `skus k`, `products p` and the supplier `s` to `lots l`. */
export const goodsJoins = sql`join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join organisations s on s.id = l.org_id`

/** Rows of the actor's hubs; `alias.hub_id`. */
export function hubScope(ctx: Pick<Ctx, 'actor'>, column: SQL): SQL {
  const hubIds = visibleHubIds(ctx, 'stock.read')
  return hubIds === 'all' ? sql`true` : sql`${column} = ${anyOf(hubIds)}`
}

/** `a and b and c`; true when there is nothing. */
export const all = (parts: readonly (SQL | undefined | false)[]): SQL => {
  const kept = parts.filter((part): part is SQL => Boolean(part))
  return kept.length === 0 ? sql`true` : sql.join(kept, sql` and `)
}

/** A bin by its id; `not_found` when there is none. */
export async function readBinRow(db: Db | Tx, id: string): Promise<Bin> {
  const [bin] = await db.select().from(bins).where(eq(bins.id, id))
  return found(bin)
}

export async function zoneOf(db: Db | Tx, skuId: string): Promise<Zone> {
  const [sku] = await db.select({ zone: skus.zone }).from(skus).where(eq(skus.id, skuId))
  return found(sku).zone as Zone
}

type Repeatable = Pick<GoodsMove, 'lotId' | 'fromBinId' | 'quantity'> & { toBinId?: string }

/** Was this very movement written before under the id? Another one is `id_reused`. */
export async function movedBefore(tx: Tx, id: string, move: Repeatable): Promise<boolean> {
  const [row] = await tx.select().from(movements).where(eq(movements.subjectId, id)).limit(1)
  if (!row) return false
  const same =
    row.lotId === move.lotId &&
    row.fromBinId === move.fromBinId &&
    Math.abs(row.quantity) === move.quantity &&
    (move.toBinId === undefined || row.toBinId === move.toBinId)
  if (!same) throw new Fault('id_reused')
  return true
}

/** How much of a lot lies in a bin. */
export async function quantityIn(tx: Tx, binId: string, lotId: string): Promise<number> {
  const [row] = await tx.execute<{ quantity: number }>(
    sql`select quantity from bin_stock where bin_id = ${binId} and lot_id = ${lotId}`,
  )
  return row?.quantity ?? 0
}

/**
 * The stage of a locked lot after goods left it: a received one of which nothing is left to sell or to release is
 * used up; a stopped one of which nothing lies anywhere any more is destroyed.
 */
export async function settleStage(tx: Tx, lotId: string): Promise<void> {
  await tx.execute(sql`
    update lots l set version = l.version + 1, stage = case
        when l.stage = 'received' and l.on_hand = 0 and left_over.apart = 0 then 'used_up'
        when l.stage in ('held', 'expired', 'recalled') and left_over.apart + left_over.rest = 0 and left_over.came then 'destroyed'
        else l.stage end
    from (select coalesce(sum(b.quantity) filter (where n.kind = 'quarantine'), 0) as apart,
        coalesce(sum(b.quantity) filter (where n.kind <> 'quarantine'), 0) as rest,
        exists (select 1 from movements m where m.lot_id = ${lotId} and m.kind = 'destroy') as came
      from bin_stock b join bins n on n.id = b.bin_id where b.lot_id = ${lotId}) left_over
    where l.id = ${lotId}`)
}
