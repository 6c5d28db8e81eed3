import { claims } from '@huming/db/schema/claims'
import type { ClaimRule } from '@huming/shared/claiming'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'

export type ClaimDoc = ContractReply<Contracts['claims.read']>
export type Claim = typeof claims.$inferSelect

/** Claims over `claims c` that the actor may see: the buyer's own, those on a supplier's goods, or all. */
export function claimScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'claim.read')
  if (orgIds === 'all') return sql`true`
  return sql`(c.org_id = ${anyOf(orgIds)} or exists (
    select 1 from claim_lines x where x.claim_id = c.id and x.supplier_org_id = ${anyOf(orgIds)}))`
}

/** Lines over `claim_lines x` of `claims c` that the actor may see: a supplier not those of others. */
export function lineScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'claim.read')
  if (orgIds === 'all') return sql`true`
  return sql`(c.org_id = ${anyOf(orgIds)} or x.supplier_org_id = ${anyOf(orgIds)})`
}

/** Columns of goods over `skus k`, `products p`, `lots l`, `organisations u` (the supplier). */
export const goodsColumns = sql`l.id as "lotId", l.code as "lotCode", k.id as "skuId", p.name, p.name_en as "nameEn", k.spec,
  p.picture, k.zone, u.short_name as supplier, k.base_unit as "baseUnit", k.order_unit as "orderUnit",
  k.base_per_order_unit as "basePerOrderUnit", k.catch_weight as "catchWeight"`

/** Columns of a list over `claims c`, `orders o`, `organisations b`, `sites s`; sums only over lines that may be seen. */
export const briefColumns: SQL = sql`c.id, c.number, c.order_id as "orderId",
  o.number as "orderNumber", b.short_name as buyer, s.name as site, c.status, c.made_at as "madeAt",
  c.decided_at as "decidedAt", c.decided_how as "decidedHow", c.is_sample as "isSample", v.*`
export const briefFrom = (ctx: Pick<Ctx, 'actor'>): SQL => sql`claims c join orders o on o.id = c.order_id
  join organisations b on b.id = c.org_id join sites s on s.id = c.site_id
  cross join lateral (select array_agg(distinct x.kind order by x.kind) as kinds, count(*)::int as "lineCount",
    sum(x.asked_fen)::int8 as "askedFen", sum(x.accepted_fen)::int8 as "acceptedFen"
    from claim_lines x where x.claim_id = c.id and ${lineScope(ctx)}) v`

/** Locks a claim; somebody else's is `not_found` by the caller's `allow`. */
export async function lockClaim(tx: Tx, id: string): Promise<Claim> {
  const [row] = await tx.select().from(claims).where(eq(claims.id, id)).for('update')
  return found(row)
}

/** The dated rules of claims as the pure functions take them. */
export const claimRuleRows = (db: Db | Tx): Promise<ClaimRule[]> =>
  docs<ClaimRule>(
    db,
    sql`select id, goods_class as "goodsClass", kind, sku_id as "skuId", hours, photos_min as "photosMin",
      auto_up_to_fen as "autoUpToFen", contest_hours as "contestHours", valid_from as "validFrom", valid_to as "validTo"
      from claim_rules order by valid_from, id`,
  )

/** A delivered lot of an order line, with what it was settled at and what claims have taken or ask of it. */
export type DeliveredLot = {
  readonly orderLineId: string
  readonly lotId: string
  readonly skuId: string
  readonly zone: string
  readonly supplierOrgId: string
  readonly taxRateBp: number
  readonly delivered: number
  readonly grossFen: number
  /** Asked by open claims and credited by decided ones. */
  readonly asked: number
  readonly credited: number
}

/** Delivered and settled lots of an order's lines, by line and lot; `claimId` is left out of what is asked already. */
export const deliveredLots = (
  db: Db | Tx,
  orderId: string,
  claimId: string | null = null,
): Promise<DeliveredLot[]> =>
  docs<DeliveredLot>(
    db,
    sql`select d.order_line_id as "orderLineId", d.lot_id as "lotId", y.sku_id as "skuId", k.zone,
        y.supplier_org_id as "supplierOrgId", y.tax_rate_bp as "taxRateBp", n.quantity as delivered, n.gross_fen as "grossFen",
        coalesce(z.asked, 0)::int8 as asked, coalesce(z.credited, 0)::int8 as credited
      from deliveries d join order_lines y on y.id = d.order_line_id join skus k on k.id = y.sku_id
      join (select order_line_id, lot_id, sum(quantity)::int8 as quantity, sum(gross_fen)::int8 as gross_fen
          from settlement_lines where reverses_id is null and order_id = ${orderId} group by 1, 2) n
        on n.order_line_id = d.order_line_id and n.lot_id = d.lot_id
      left join lateral (select sum(x.quantity) filter (where c.status = 'sent') as asked,
          sum(x.accepted_quantity) as credited
        from claim_lines x join claims c on c.id = x.claim_id
        where x.order_line_id = d.order_line_id and x.lot_id = d.lot_id and c.status <> 'withdrawn'
          and c.id is distinct from ${claimId}::uuid) z on true
      where d.order_id = ${orderId} and d.quantity > 0 order by y.line_no, d.lot_id`,
  )

/** Locks the order's lines, so that claims on them come one after another. */
export const lockOrderLines = (tx: Tx, orderId: string): Promise<unknown> =>
  tx.execute(sql`select id from order_lines where order_id = ${orderId} order by id for update`)

/** The operations centre, which bears what nobody else does. */
export async function operationsOrgId(tx: Db | Tx): Promise<string> {
  const [row] = await docs<{ id: string }>(
    tx,
    sql`select id from organisations where kind = 'operations' order by created_at, id limit 1`,
  )
  return found(row).id
}
