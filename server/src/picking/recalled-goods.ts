import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/**
 * Is the lot stopped by a recall? Its stage says so; while the recall runs its list does, too, for what is left of a
 * recalled lot in the house may be destroyed before the rest is back.
 */
const stopped = (lotId: SQL): SQL => sql`(
  exists (select 1 from lots b where b.id = ${lotId} and b.stage = 'recalled') or exists (
    select 1 from recall_lots x join recalls r on r.id = x.recall_id where x.lot_id = ${lotId}
      and x.stopped_at is not null and not r.drill and r.status in ('stop_sale', 'scope_computed', 'notified', 'retrieving')))`

/** Goods of a lot that must not be handed over. What was taken out of a tote is no goods of the order any more. */
export const barredGoods = stopped

/** When the first recall in force stopped the lot (ISO text); null where none did or the goods were taken out for it. */
export const stoppedBy = (orderId: SQL, lotId: SQL): SQL => sql`(
  select to_char(min(x.stopped_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from recall_lots x
  join recalls r on r.id = x.recall_id where x.lot_id = ${lotId} and x.stopped_at is not null and not r.drill
    and r.status in ('stop_sale', 'scope_computed', 'notified', 'retrieving') and not exists (
      select 1 from recall_tasks f where f.order_id = ${orderId} and f.lot_id = ${lotId} and f.kind = 'tote' and f.status = 'done'))`

/**
 * Codes of recalled lots that still lie in the totes that `where` names, over `pick_tasks t`. The caller has locked
 * the orders: a recall locks them, too, before its lots are `recalled`, so what is read here stays true.
 */
export async function recalledIn(tx: Db | Tx, where: SQL): Promise<string[]> {
  const rows = await tx.execute<{ code: string }>(sql`
    select distinct l.code from pick_tasks t join lots l on l.id = t.lot_id
    where t.picked_quantity > 0 and ${stopped(sql`l.id`)} and ${where}
    order by l.code`)
  return [...rows].map((row) => row.code)
}

/** Refuses with `tote_recalled` while recalled goods lie in those totes. */
export async function refuseRecalled(tx: Tx, where: SQL): Promise<void> {
  const codes = await recalledIn(tx, where)
  if (codes.length > 0) throw new Fault('tote_recalled', '', { params: { lots: codes.join('、') } })
}
