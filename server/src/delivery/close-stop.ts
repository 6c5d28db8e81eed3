import { totes } from '@huming/db/schema/picking'
import { deliveries } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { eq, inArray } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { finishDeliveries } from '../orders/finish-delivery.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import type { StopOnRoad } from './rows.ts'
import { type HandedOver, type Matched, outcomesOf } from './rules.ts'

type End = { type: 'stop.delivered' | 'stop.failed'; at: Date; payload: Record<string, unknown> }

/** Writes what became of the goods of a stop that ends: by lot, by tote, by order with its money. */
export async function closeStop(
  tx: Tx,
  ctx: Ctx,
  { stop, run, site }: StopOnRoad,
  lines: readonly Matched[],
  end: End,
): Promise<void> {
  await tx.insert(deliveries).values(
    lines.map((line) => ({
      id: newId(),
      stopId: stop.id,
      orderId: line.orderId,
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      quantity: line.delivered,
      refusedQuantity: line.refused,
      refuseReason: line.reason,
      at: end.at,
    })),
  )
  await closeTotes(tx, lines)
  const eventId = await emit(tx, ctx, {
    type: end.type,
    subjectId: stop.id,
    orgId: site.orgId,
    hubId: run.hubId,
    payload: {
      runId: run.id,
      at: end.at.toISOString(),
      ...end.payload,
      lines: lines.map(({ orderId, orderLineId, lotId, delivered, refused, reason }) => ({
        orderId,
        orderLineId,
        lotId,
        delivered,
        refused,
        reason,
      })),
    },
  })
  await linkGoods(
    tx,
    lines.map(({ orderId, lotId, delivered }) => ({
      kind: 'delivered' as const,
      fromId: orderId,
      toId: site.id,
      lotId,
      quantity: delivered,
      eventId,
      at: end.at,
    })),
  )
  await finishDeliveries(tx, ctx, outcomesOf(lines))
}

/** A tote of which anything was taken stays; one refused whole comes back. */
async function closeTotes(tx: Tx, lines: readonly Matched[]): Promise<void> {
  const taken = new Set(lines.filter((line) => line.delivered > 0).flatMap((line) => line.toteIds))
  const ids = [...new Set(lines.flatMap((line) => line.toteIds))]
  const rows = await tx.select().from(totes).where(inArray(totes.id, ids)).orderBy(totes.id).for('update')
  for (const tote of rows) {
    const status = nextStatus('tote', tote.status, taken.has(tote.id) ? 'deliver' : 'bring_back')
    if (status) await tx.update(totes).set({ status }).where(eq(totes.id, tote.id))
  }
}

/** Are these the lines the stop was ended with? */
export async function sameLines(tx: Tx, stopId: string, told: readonly HandedOver[]): Promise<boolean> {
  const rows = await tx.select().from(deliveries).where(eq(deliveries.stopId, stopId))
  const text = (parts: readonly (string | number | null)[]): string => parts.join('/')
  const stored = rows.map((row) =>
    text([row.orderLineId, row.lotId, row.quantity, row.refusedQuantity, row.refuseReason]),
  )
  const wanted = told.map((line) =>
    text([line.orderLineId, line.lotId, line.delivered, line.refused, line.refused > 0 ? line.reason : null]),
  )
  return stored.toSorted().join() === wanted.toSorted().join()
}
