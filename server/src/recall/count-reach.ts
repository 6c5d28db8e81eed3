import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { scopeOf } from '../tracing/scope.ts'
import type { ReachedLot } from './reach.ts'

/** What the lots reach as it stands, locked by nobody: for drafts and drills. */
export async function countReach(tx: Db | Tx, lotIds: readonly string[]): Promise<ReachedLot[]> {
  const { lots } = await scopeOf(tx, lotIds, 'forward')
  const depth = new Map(lots.map((lot) => [lot.lotId, lot.depth]))
  const rows = await tx.execute<Omit<ReachedLot, 'depth'>>(sql`
    select l.id, l.code, l.org_id as "orgId", l.hub_id as "hubId", l.sku_id as "skuId", l.stage,
      l.hold_reason as "holdReason", l.quantity
    from lots l where l.id = any(${bareArray(depth.keys())}::uuid[]) order by l.id`)
  return [...rows].map((row) => ({ ...row, depth: depth.get(row.id) ?? 0 }))
}
