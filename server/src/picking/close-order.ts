import { orders } from '@huming/db/schema/orders'
import { waves } from '@huming/db/schema/picking'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { cancelEmptied } from '../orders/cancel-emptied.ts'
import type { TaskRow } from './task-rows.ts'

type Where = Pick<TaskRow, 'orderId' | 'waveId' | 'hubId' | 'day'>

/**
 * After a task ended: when it was the order's last one the order is picked (or cancelled, if nothing was), and when
 * that was the wave's last order the wave is picked. The order is locked, so of two last tasks one sees both done.
 */
export async function closeOrder(tx: Tx, ctx: Ctx, at: Where): Promise<void> {
  if (await someOpen(tx, sql`order_id = ${at.orderId}`)) return
  await tx.execute(sql`
    update order_lines set picked_quantity = coalesce(picked_quantity, 0) where order_id = ${at.orderId}`)
  await tx.execute(sql`
    update totes e set status = ${found(nextStatus('tote', 'open', 'void'))}
    where e.order_id = ${at.orderId} and e.status = 'open'
      and not exists (select 1 from pick_tasks t where t.tote_id = e.id and t.picked_quantity > 0)`)
  const [picked] = await tx
    .update(orders)
    .set({ status: found(nextStatus('order', 'picking', 'pick')), version: sql`${orders.version} + 1` })
    .where(
      and(
        eq(orders.id, at.orderId),
        eq(orders.status, 'picking'),
        sql`exists (select 1 from pick_tasks t where t.order_id = ${at.orderId} and t.picked_quantity > 0)`,
      ),
    )
    .returning({ orgId: orders.orgId })
  if (picked)
    await emit(tx, ctx, {
      type: 'order.picked',
      subjectId: at.orderId,
      orgId: picked.orgId,
      hubId: at.hubId,
      payload: { waveId: at.waveId },
    })
  else await cancelEmptied(tx, ctx, [at.orderId])
  await closeWave(tx, ctx, at)
}

async function closeWave(tx: Tx, ctx: Ctx, { waveId, hubId, day }: Where): Promise<void> {
  const [wave] = await tx.select().from(waves).where(eq(waves.id, waveId)).for('no key update')
  const status = nextStatus('wave', found(wave).status, 'finish')
  if (!status || (await someOpen(tx, sql`wave_id = ${waveId}`))) return
  await tx.update(waves).set({ status, pickedAt: ctx.now }).where(eq(waves.id, waveId))
  await emit(tx, ctx, { type: 'wave.picked', subjectId: waveId, hubId, payload: { day } })
}

async function someOpen(tx: Tx, where: ReturnType<typeof sql>): Promise<boolean> {
  const rows = await tx.execute(sql`select 1 from pick_tasks where ${where} and status = 'open' limit 1`)
  return rows.length > 0
}
