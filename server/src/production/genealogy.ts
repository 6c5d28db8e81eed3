import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow, visibleHubIds, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'

type Reply = ContractReply<Contracts['production.genealogy']>
type Edge = Reply['edges'][number]

/** Steps that are followed each way, and lots that are shown in all. */
const depthMax = 12
const nodesMax = 300

/**
 * What a lot was made of, across companies, and what was made of it, with the quantities of each step. Orders are
 * counted, not named: who bought is not the supplier's to know from here.
 */
export async function readGenealogy(ctx: Ctx, id: string): Promise<Reply> {
  allow(ctx, 'lot.read')
  await refuseStrange(ctx, id)
  const depths = new Map([[id, 0]])
  const edges = new Map<string, Edge>()
  for (const way of [-1, 1] as const) {
    let level = [id]
    for (
      let depth = way;
      level.length > 0 && Math.abs(depth) <= depthMax && depths.size < nodesMax;
      depth += way
    ) {
      const step = await edgesOf(ctx, level, way)
      const next = new Set<string>()
      for (const edge of step) {
        edges.set(`${edge.fromId} ${edge.toId}`, edge)
        const other = way < 0 ? edge.fromId : edge.toId
        if (depths.has(other) || depths.size >= nodesMax) continue
        depths.set(other, depth)
        next.add(other)
      }
      level = [...next]
    }
  }
  const nodes = await nodesOf(ctx, depths)
  const shown = new Set(nodes.map((node) => node.lotId))
  const kept = [...edges.values()].filter((edge) => shown.has(edge.fromId) && shown.has(edge.toId))
  return { nodes, edges: kept, cut: depths.size >= nodesMax }
}

async function refuseStrange(ctx: Ctx, id: string): Promise<void> {
  const orgIds = visibleOrgIds(ctx, 'lot.read')
  const hubIds = visibleHubIds(ctx, 'lot.read')
  const mine =
    orgIds === 'all' || hubIds === 'all'
      ? sql`true`
      : sql`(l.org_id = ${anyOf(orgIds)} or l.hub_id = ${anyOf(hubIds)})`
  const [lot] = await ctx.db.execute(sql`select 1 from lots l where l.id = ${id} and ${mine}`)
  found(lot)
}

/** Net edges into (−1) or out of (1) lots; what was taken back altogether is left out. */
const edgesOf = (ctx: Ctx, ids: readonly string[], way: -1 | 1): Promise<Edge[]> =>
  docs<Edge>(
    ctx.db,
    sql`select from_id as "fromId", to_id as "toId", kind, sum(quantity)::int8 as quantity,
        sum(to_quantity)::int8 as "toQuantity"
      from trace_edges where ${way < 0 ? sql`to_id` : sql`from_id`} = ${anyOf(ids)} and kind in ('made_of', 'moved')
      group by 1, 2, 3 having sum(quantity) > 0 order by 1, 2 limit ${nodesMax * 4}`,
  )

async function nodesOf(ctx: Ctx, depths: ReadonlyMap<string, number>): Promise<Reply['nodes']> {
  const rows = await docs<Omit<Reply['nodes'][number], 'depth'>>(
    ctx.db,
    sql`select l.id as "lotId", l.code, p.name, p.name_en as "nameEn", o.short_name as supplier,
        l.org_id as "orgId", l.stage,
        k.base_unit as "baseUnit", l.use_by_day as "useByDay", coalesce(t.allergens, k.allergens) as allergens,
        coalesce(e.orders, 0)::int as orders, coalesce(e.quantity, 0)::int8 as "orderedQuantity"
      from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      join organisations o on o.id = k.org_id left join lot_labels t on t.lot_id = l.id
      left join lateral (select count(*) as orders, sum(q) as quantity from (
        select sum(quantity) as q from trace_edges where from_id = l.id and kind = 'picked'
        group by to_id having sum(quantity) > 0) g) e on true
      where l.id = ${anyOf([...depths.keys()])} order by l.use_by_day, l.id`,
  )
  return rows.map((row) => ({ ...row, depth: depths.get(row.lotId) ?? 0 }))
}
