import { orderLines, orders } from '@huming/db/schema/orders'
import { nextStatus } from '@huming/shared/flows'
import { lineAmountFen, sumFen } from '@huming/shared/money'
import { asc, eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { postHold, voidHolds } from '../ledger/transfers.ts'
import { lockOrder } from './rows.ts'

/** What was handed over of a line, in base units: weighed goods at their true weight. */
export type DeliveredLine = {
  readonly lineId: string
  readonly deliveredQuantity: number
  readonly refusedQuantity: number
  readonly refuseReason: string | null
}

/**
 * Ends an order's way: its lines get what was delivered and refused and what they finally cost (rounded once), and
 * the held credit is posted with the sum. An order of which nothing was handed over is `failed` and owes nothing.
 * Lines not named were not aboard. Refuses with `wrong_state` when the order is not loaded.
 */
export async function finishDelivery(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  lines: readonly DeliveredLine[],
): Promise<{ status: 'delivered' | 'failed'; finalFen: number }> {
  const order = await lockOrder(tx, orderId)
  const told = new Map(lines.map((line) => [line.lineId, line]))
  const rows = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.lineNo))
  if (lines.some((line) => !rows.some((row) => row.id === line.lineId))) throw new Fault('not_found')
  const ended = rows.map((row) => {
    const deliveredQuantity = told.get(row.id)?.deliveredQuantity ?? 0
    return {
      id: row.id,
      skuId: row.skuId,
      deliveredQuantity,
      refusedQuantity: told.get(row.id)?.refusedQuantity ?? 0,
      refuseReason: told.get(row.id)?.refuseReason ?? null,
      finalFen: lineAmountFen({
        priceCentifen: row.priceCentifen,
        pricingBase: row.basePerPriceUnit,
        quantity: deliveredQuantity,
      }),
    }
  })
  const status = ended.some((line) => line.deliveredQuantity > 0) ? 'delivered' : 'failed'
  if (!nextStatus('order', order.status, status === 'delivered' ? 'deliver' : 'fail'))
    throw new Fault('wrong_state')
  await writeLines(tx, ended)
  await tx
    .update(orders)
    .set({ status, deliveredAt: ctx.now, version: order.version + 1 })
    .where(eq(orders.id, orderId))
  const finalFen = sumFen(ended.map((line) => line.finalFen))
  const eventId = await emit(tx, ctx, {
    type: `order.${status}`,
    subjectId: orderId,
    orgId: order.orgId,
    hubId: order.hubId,
    payload: { orderId, finalFen, lines: ended },
  })
  if (order.holdId && status === 'delivered')
    await postHold(tx, ctx.now, { holdId: order.holdId, eventId, finalFen })
  else if (order.holdId) await voidHolds(tx, ctx.now, [{ holdId: order.holdId, eventId }])
  return { status, finalFen }
}

type EndedLine = Omit<DeliveredLine, 'lineId'> & { readonly id: string; readonly finalFen: number }

async function writeLines(tx: Tx, lines: readonly EndedLine[]): Promise<void> {
  await tx.execute(sql`
    update order_lines l set delivered_quantity = c.delivered, refused_quantity = c.refused, final_fen = c.final
    from unnest(${bareArray(lines.map((line) => line.id))}::uuid[],
      ${bareArray(lines.map((line) => line.deliveredQuantity))}::int8[],
      ${bareArray(lines.map((line) => line.refusedQuantity))}::int8[],
      ${bareArray(lines.map((line) => line.finalFen))}::int8[]) as c(id, delivered, refused, final)
    where l.id = c.id`)
  for (const { id, refuseReason } of lines.filter((line) => line.refuseReason !== null))
    await tx.update(orderLines).set({ refuseReason }).where(eq(orderLines.id, id))
}
