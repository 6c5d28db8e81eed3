import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { anyOf } from '../supply/rows.ts'

/** Orders of a wave that are still to be brought and ride on none of the runs given. With something left to carry. */
export async function openOrders(
  db: Pick<Db | Tx, 'execute'>,
  waveId: string,
  runIds: readonly string[],
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select o.id from wave_orders w join orders o on o.id = w.order_id
    where w.wave_id = ${waveId} and o.status in ('picking', 'picked')
      and not exists (select 1 from stop_orders so join stops s on s.id = so.stop_id
        where so.order_id = o.id and s.run_id = ${anyOf(runIds)})
      and exists (select 1 from order_lines l where l.order_id = o.id
        and coalesce(l.picked_quantity, l.quantity - l.cut_quantity) > 0)
    order by o.id`)
  return [...rows].map((row) => row.id)
}
