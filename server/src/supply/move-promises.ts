import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Held, takeFrom } from './offer-rules.ts'

/** What a supplier was called off for: its lots of the pack that have not left. */
export type Called = {
  readonly orgId: string
  readonly hubId: string
  readonly day: string
  readonly skuId: string
}

/** Orders whose promises may still move: everything before picking. */
const movable = sql`('awaiting_approval', 'placed', 'frozen')`

/** Locks the orders of the day that wait for the supplier's lots, in id order, as every verb that then takes lots. */
export async function lockWaiting(tx: Tx, called: Called): Promise<void> {
  await tx.execute(sql`
    select o.id from orders o where o.status in ${movable} and o.day = ${called.day} and o.hub_id = ${called.hubId}
      and o.id in (select n.order_id from lots l join promises r on r.lot_id = l.id join order_lines n on n.id = r.order_line_id
        where l.org_id = ${called.orgId} and l.hub_id = ${called.hubId} and l.sku_id = ${called.skuId}
          and l.stage in ('planned', 'made') and r.picked_quantity is null)
    order by o.id for no key update`)
}

/** Open promises of the day on the supplier's lots that have not left, but for one lot; the latest lots first. */
export async function heldOf(tx: Tx, called: Called, exceptLotId: string): Promise<Held[]> {
  const rows = await tx.execute<Held>(sql`
    select r.id, r.order_line_id as "lineId", r.lot_id as "lotId", r.quantity
    from lots l join promises r on r.lot_id = l.id join order_lines n on n.id = r.order_line_id
    join orders o on o.id = n.order_id
    where l.org_id = ${called.orgId} and l.hub_id = ${called.hubId} and l.sku_id = ${called.skuId}
      and l.stage in ('planned', 'made') and l.id <> ${exceptLotId} and r.picked_quantity is null
      and o.status in ${movable} and o.day = ${called.day}
    order by l.stage desc, l.ready_day desc, l.id desc, o.placed_at, r.id`)
  return [...rows]
}

/**
 * Moves promises of the day from the supplier's other lots to this one, whose row the caller has locked together
 * with theirs; at most `quantity`, and at most what the lot may still promise. Gives how much moved.
 */
export async function movePromises(tx: Tx, called: Called, lotId: string, quantity: number): Promise<number> {
  const held = await heldOf(tx, called, lotId)
  const ids = [...new Set([lotId, ...held.map((one) => one.lotId)])]
  const locked = await tx.execute<{ id: string; free: number }>(sql`
    select id, promisable - promised as free from lots where id = any(${bareArray(ids)}::uuid[])
    order by id for no key update`)
  const free = [...locked].find((lot) => lot.id === lotId)?.free ?? 0
  const taken = takeFrom(held, Math.min(quantity, free))
  const moved = taken.reduce((sum, one) => sum + one.moved, 0)
  if (moved === 0) return 0
  const whole = taken.filter((one) => one.moved === one.held.quantity)
  await tx.execute(
    sql`delete from promises where id = any(${bareArray(whole.map((one) => one.held.id))}::uuid[])`,
  )
  for (const part of taken.filter((one) => one.moved < one.held.quantity))
    await tx.execute(
      sql`update promises set quantity = quantity - ${part.moved}::int8 where id = ${part.held.id}`,
    )
  await tx.execute(sql`
    insert into promises (id, order_line_id, lot_id, quantity)
    select * from unnest(${bareArray(taken.map(() => newId()))}::uuid[],
      ${bareArray(taken.map((one) => one.held.lineId))}::uuid[], ${bareArray(taken.map(() => lotId))}::uuid[],
      ${bareArray(taken.map((one) => one.moved))}::int8[])`)
  await tx.execute(sql`
    update lots l set promised = l.promised + c.change from (
      select id, sum(change)::int8 as change from unnest(
        ${bareArray([lotId, ...taken.map((one) => one.held.lotId)])}::uuid[],
        ${bareArray([moved, ...taken.map((one) => -one.moved)])}::int8[]) as u(id, change) group by id) c
    where l.id = c.id`)
  return moved
}
