import type { GateGoods, HeldPaper, LotPaper, PaperRule } from '@huming/shared/gates'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

/** Goods to pass a gate, with the seller whose papers are asked for. */
export type GateSku = GateGoods & { readonly skuId: string; readonly orgId: string }
export type GateLot = {
  readonly lotId: string
  readonly code: string
  readonly skuId: string
  readonly hubId: string
  readonly quantity: number
  readonly papers: readonly LotPaper[]
}

export type NumberedPaper = HeldPaper & {
  readonly number: string
  readonly vehicleId: string | null
  readonly personId: string | null
}

export async function readRules(tx: Tx): Promise<PaperRule[]> {
  const rows = await tx.execute<PaperRule>(sql`
    select subject, goods, gates, need, days, valid_from as "validFrom", valid_to as "validTo" from paper_rules order by id`)
  return [...rows]
}

/** Papers of these organisations that count or may count after review, by organisation. */
export async function readHeld(tx: Tx, orgIds: readonly string[]): Promise<Map<string, NumberedPaper[]>> {
  const rows = await tx.execute<NumberedPaper & { orgId: string }>(sql`
    select org_id as "orgId", kind, number, scope, product_ids as "productIds", status, valid_from as "validFrom",
      valid_to as "validTo", confirmed_on as "confirmedOn", verified_on as "verifiedOn", vehicle_id as "vehicleId",
      person_id as "personId"
    from papers where org_id = any(${bareArray(orgIds)}::uuid[]) and status in ('valid', 'pending')`)
  return Map.groupBy(rows, (row) => row.orgId)
}

export async function readSkus(tx: Tx, skuIds: readonly string[]): Promise<GateSku[]> {
  const rows = await tx.execute<GateSku>(sql`
    select s.id as "skuId", s.org_id as "orgId", p.id as "productId", p.category, p.edible_basis as "edibleBasis"
    from skus s join products p on p.id = s.product_id
    where s.id = any(${bareArray(skuIds)}::uuid[]) order by s.id`)
  return [...rows]
}

/** Lots with their papers that were not voided. */
export async function readGateLots(tx: Tx, lotIds: readonly string[]): Promise<GateLot[]> {
  const rows = await tx.execute<GateLot>(sql`
    select l.id as "lotId", l.code, l.sku_id as "skuId", l.hub_id as "hubId", l.quantity, (
      select coalesce(json_agg(json_build_object('kind', x.kind, 'quantity', x.quantity, 'validTo', x.valid_to)), '[]')
      from lot_papers x where x.lot_id = l.id and x.voided_at is null) as papers
    from lots l where l.id = any(${bareArray(lotIds)}::uuid[]) order by l.id`)
  return [...rows]
}
