import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { lotColumns } from './balance.ts'
import { countReach } from './count-reach.ts'
import type { RecallDoc } from './read-recall.ts'

type LotDoc = RecallDoc['lotList'][number]

const shown = sql`${lotColumns}, l.stage, h.name as hub, o.short_name as supplier, l.use_by_day as "useByDay"`
const from = sql`lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join hubs h on h.id = l.hub_id join organisations o on o.id = l.org_id`

/** The lots written down for a recall, the named ones first; of a draft also those it would reach. */
export async function lotListOf(tx: Db | Tx, recall: { id: string; status: string }): Promise<LotDoc[]> {
  const written = await docs<LotDoc>(
    tx,
    sql`select ${shown}, x.named, x.depth, x.stage_before as "stageBefore", x.stopped_at as "stoppedAt"
      from ${from} join recall_lots x on x.lot_id = l.id and x.recall_id = ${recall.id}
      order by x.depth, l.code`,
  )
  if (recall.status !== 'draft') return written
  const named = new Set(written.map((lot) => lot.lotId))
  const reached = await countReach(tx, [...named])
  const depth = new Map(reached.map((lot) => [lot.id, lot.depth]))
  const rows = await docs<Omit<LotDoc, 'named' | 'depth'>>(
    tx,
    sql`select ${shown}, l.stage as "stageBefore", null as "stoppedAt" from ${from}
      where l.id = any(${bareArray(depth.keys())}::uuid[]) order by l.code`,
  )
  return rows
    .map((lot) => ({ ...lot, named: named.has(lot.lotId), depth: depth.get(lot.lotId) ?? 0 }))
    .toSorted((a, b) => a.depth - b.depth)
}
