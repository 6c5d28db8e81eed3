import { receiptCounts } from '@huming/db/schema/receiving'
import { consignmentLines, consignments } from '@huming/db/schema/supply'
import type { Action } from '@huming/shared/permissions'
import { and, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { type DockGoods, goodsOf } from './goods-rows.ts'

export type ConsignmentRow = typeof consignments.$inferSelect
export type LineRow = typeof consignmentLines.$inferSelect
export type CountRow = typeof receiptCounts.$inferSelect
export type LineAt = { id: string; lineId: string }

/** Locks a consignment bound for a hub of the actor; drafts are nobody's business here. */
export async function lockForReceipt(
  tx: Tx,
  ctx: Ctx,
  id: string,
  action: Extract<Action, 'receipt.write' | 'receipt.except'> = 'receipt.write',
): Promise<ConsignmentRow> {
  const [row] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
  const known = found(row && row.status !== 'draft' && row.status !== 'cancelled' ? row : null)
  allow(ctx, action, { hubId: known.hubId })
  return known
}

export type OpenLine = {
  consignment: ConsignmentRow
  line: LineRow
  goods: DockGoods
  count: CountRow | null
}

/** Locks one line of a consignment with what the rules ask about it and what was counted of it so far. */
export async function lockLine(
  tx: Tx,
  ctx: Ctx,
  at: LineAt,
  action?: 'receipt.write' | 'receipt.except',
): Promise<OpenLine> {
  const consignment = await lockForReceipt(tx, ctx, at.id, action)
  const [row] = await tx
    .select()
    .from(consignmentLines)
    .where(and(eq(consignmentLines.id, at.lineId), eq(consignmentLines.consignmentId, at.id)))
    .for('update')
  const line = found(row)
  const [goods] = await goodsOf(tx, ctx, at.id, at.lineId)
  const [count] = await tx.select().from(receiptCounts).where(eq(receiptCounts.lineId, at.lineId))
  return { consignment, line, goods: found(goods), count: count ?? null }
}

/** Only a line that is at the dock and neither counted nor in. */
export function refuseClosed({ consignment, line, count }: OpenLine): void {
  if (consignment.status !== 'arrived' || line.receivedAt !== null || count !== null)
    throw new Fault('wrong_state')
}
