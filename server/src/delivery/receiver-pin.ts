import { randomInt } from 'node:crypto'
import { receiverPins } from '@huming/db/schema/driving'
import { stops } from '@huming/db/schema/routes'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'

const triesMax = 5

/** Every stop of a run that leaves gets a number, which its buyer sees and the driver does not. */
export async function givePins(tx: Tx, runId: string): Promise<void> {
  const own = await tx.select({ id: stops.id }).from(stops).where(eq(stops.runId, runId))
  const rows = own.map(({ id }) => ({ stopId: id, pin: String(randomInt(1_000_000)).padStart(6, '0') }))
  if (rows.length > 0) await tx.insert(receiverPins).values(rows).onConflictDoNothing()
}

/**
 * Judges the number a driver was told. A wrong try is counted outside the transaction of the hand-over, which is
 * refused; after five the number is no proof any more: `pin_wrong`, `pin_locked`.
 */
export async function checkPin(tx: Tx, ctx: Ctx, stopId: string, pin: string): Promise<void> {
  const [row] = await tx.select().from(receiverPins).where(eq(receiverPins.stopId, stopId))
  if (!row) throw new Fault('pin_wrong')
  if (row.tries >= triesMax) throw new Fault('pin_locked')
  if (row.pin === pin) return
  await ctx.db
    .update(receiverPins)
    .set({ tries: sql`${receiverPins.tries} + 1` })
    .where(eq(receiverPins.stopId, stopId))
  throw new Fault('pin_wrong')
}

/** The number of an order that is under way, for its buyer only. */
export async function readPin(ctx: Ctx, orderId: string): Promise<{ pin: string | null }> {
  allow(ctx, 'order.read')
  const [row] = await ctx.sql<{ orgId: string; pin: string | null }[]>`
    select o.org_id as "orgId", case when s.finished_at is null then p.pin end as pin
    from orders o left join stop_orders x on x.order_id = o.id left join stops s on s.id = x.stop_id
    left join receiver_pins p on p.stop_id = s.id where o.id = ${orderId}`
  const { orgId, pin } = found(row)
  allow(ctx, 'order.read', { orgId })
  return { pin }
}
