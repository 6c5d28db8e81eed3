import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { voidHolds } from '../ledger/transfers.ts'

/** Ends those of the orders, none on the road, of which nothing is left after cuts, and gives their credit back. */
export async function cancelEmptied(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const rows = await tx.execute<{ id: string; orgId: string; hubId: string; holdId: string | null }>(sql`
    update orders o set status = 'cancelled', cancelled_at = ${ctx.now.toISOString()}::timestamptz, cancel_reason = 'nothing_left',
      version = o.version + 1
    where o.id = any(${bareArray(orderIds)}::uuid[])
      and o.status in ('awaiting_approval', 'placed', 'frozen', 'picking', 'picked', 'loaded')
      and not exists (select 1 from order_lines l where l.order_id = o.id and l.cut_quantity < l.quantity)
    returning o.id, o.org_id as "orgId", o.hub_id as "hubId", o.hold_id as "holdId"`)
  const eventIds = await emitAll(
    tx,
    ctx,
    rows.map((row) => ({
      type: 'order.cancelled',
      subjectId: row.id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { orderId: row.id, reason: 'nothing_left' },
    })),
  )
  await voidHolds(
    tx,
    ctx.now,
    rows.flatMap(({ holdId }, i) => (holdId ? [{ holdId, eventId: eventIds[i] as string }] : [])),
  )
}
