import { orders } from '@huming/db/schema/orders'
import { nextStatus } from '@huming/shared/flows'
import { eq, inArray } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'

/** `picked → loaded` for orders that are locked already. */
export async function markLoaded(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const rows = await tx
    .select()
    .from(orders)
    .where(inArray(orders.id, [...orderIds]))
  const loading = rows.filter((order) => nextStatus('order', order.status, 'load') !== null)
  for (const order of loading)
    await tx
      .update(orders)
      .set({ status: 'loaded', version: order.version + 1 })
      .where(eq(orders.id, order.id))
  await emitAll(
    tx,
    ctx,
    loading.map((order) => ({
      type: 'order.loaded',
      subjectId: order.id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: order.id },
    })),
  )
}
