import { consignments } from '@huming/db/schema/supply'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

export type ConsignmentRow = typeof consignments.$inferSelect

/** Locks a consignment bound for a hub of the actor; drafts are nobody's business here. */
export async function lockForReceipt(tx: Tx, ctx: Ctx, id: string): Promise<ConsignmentRow> {
  const [row] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
  const known = found(row && row.status !== 'draft' && row.status !== 'cancelled' ? row : null)
  allow(ctx, 'receipt.write', { hubId: known.hubId })
  return known
}
