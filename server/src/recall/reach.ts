import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { scopeOf } from '../tracing/scope.ts'

export type ReachedLot = {
  readonly id: string
  readonly code: string
  readonly orgId: string
  readonly hubId: string
  readonly skuId: string
  readonly stage: string
  readonly holdReason: string | null
  readonly quantity: number
  readonly depth: number
}

/** More generations of making than there are: a guard, not a limit of the trace. */
const roundsMax = 20

/**
 * Everything the lots reach, locked so that it stays so until the transaction ends: orders that hold or carry goods
 * of them, then the lots, each in id order as everywhere. Whoever makes, moves, picks or promises goods of a lot
 * holds its row, so once nothing new shows up, nothing new can.
 */
export async function lockReach(tx: Tx, lotIds: readonly string[]): Promise<ReachedLot[]> {
  let lots = await downFrom(tx, lotIds)
  for (let round = 1; round <= roundsMax; round += 1) {
    const ids = bareArray(lots.map((lot) => lot.lotId).toSorted())
    await lockOrders(tx, ids)
    const rows = await lockLots(tx, ids)
    // An order that took goods between the two locks shows now that the lots are ours.
    await lockOrders(tx, ids)
    const again = await downFrom(tx, lotIds)
    if (again.length === lots.length) {
      const depth = new Map(again.map((lot) => [lot.lotId, lot.depth]))
      return rows.map((row) => ({ ...row, depth: depth.get(row.id) ?? 0 }))
    }
    lots = again
  }
  throw new Error(`broken invariant: the reach of ${lotIds.join()} settles in ${roundsMax} rounds`)
}

const downFrom = async (tx: Tx, lotIds: readonly string[]) => (await scopeOf(tx, lotIds, 'forward')).lots

/**
 * Open pick tasks of the lots, then orders with promises, tasks or goods of them that were not handed over yet: in
 * the order in which picking locks them.
 */
async function lockOrders(tx: Tx, lotIds: string): Promise<void> {
  await tx.execute(sql`
    select id from pick_tasks where lot_id = any(${lotIds}::uuid[]) and status = 'open' order by id for update`)
  await tx.execute(sql`
    select o.id from orders o
    where o.status in ('awaiting_approval', 'placed', 'frozen', 'picking', 'picked', 'loaded') and o.id in (
      select l.order_id from promises p join order_lines l on l.id = p.order_line_id
      where p.lot_id = any(${lotIds}::uuid[])
      union
      select t.order_id from pick_tasks t where t.lot_id = any(${lotIds}::uuid[]))
    order by o.id for update`)
}

async function lockLots(tx: Tx, lotIds: string): Promise<Omit<ReachedLot, 'depth'>[]> {
  const rows = await tx.execute<Omit<ReachedLot, 'depth'>>(sql`
    select l.id, l.code, l.org_id as "orgId", l.hub_id as "hubId", l.sku_id as "skuId", l.stage,
      l.hold_reason as "holdReason", l.quantity
    from lots l where l.id = any(${lotIds}::uuid[]) order by l.id for update`)
  return [...rows]
}
