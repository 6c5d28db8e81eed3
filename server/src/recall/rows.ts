import { recallLots, recalls } from '@huming/db/schema/recall'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { asc, eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'

export type Recall = typeof recalls.$inferSelect

/** Locks the recall until the transaction ends; `not_found` when there is none. */
export async function lockRecall(tx: Tx, id: string): Promise<Recall> {
  const [row] = await tx.select().from(recalls).where(eq(recalls.id, id)).for('update')
  return found(row)
}

/** When each status was reached. */
const stampOf = {
  stop_sale: 'stoppedAt',
  scope_computed: 'scopedAt',
  notified: 'notifiedAt',
  retrieving: 'retrievingAt',
  disposed: 'disposedAt',
  reported: 'reportedAt',
  closed: 'closedAt',
  withdrawn: 'withdrawnAt',
} as const

/** The status after the action, or `wrong_state`. */
export function statusAfter(recall: Pick<Recall, 'status'>, action: FlowAction<'recall'>): string {
  const status = nextStatus('recall', recall.status, action)
  if (!status) throw new Fault('wrong_state', '', { state: recall.status })
  return status
}

/** Moves the recall on; the time of the step is kept from its first time, so that widening does not hide lateness. */
export async function advance(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  status: string,
  set: Partial<typeof recalls.$inferInsert> = {},
): Promise<void> {
  const stamp = stampOf[status as keyof typeof stampOf] as (typeof stampOf)[keyof typeof stampOf] | undefined
  await tx
    .update(recalls)
    .set({
      status,
      ...(stamp && recall[stamp] === null ? { [stamp]: ctx.now } : {}),
      ...set,
      version: recall.version + 1,
    })
    .where(eq(recalls.id, recall.id))
}

/** The lots written down for a recall, in id order. */
export const lotsOf = (tx: Tx, recallId: string) =>
  tx.select().from(recallLots).where(eq(recallLots.recallId, recallId)).orderBy(asc(recallLots.lotId))

/**
 * Lots of the same goods at other hubs: a transfer makes a new lot of another hub, so the batch is looked up to
 * where it first came in. Recalling any part of a batch recalls the batch.
 */
export async function wholeBatches(tx: Tx, lotIds: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with recursive up(id) as (
      select id from lots where id = any(${`{${lotIds.join(',')}}`}::uuid[])
      union
      select e.from_id from up join trace_edges e on e.to_id = up.id and e.kind = 'moved'
    )
    select up.id from up join lots l on l.id = up.id order by up.id`)
  return [...rows].map((row) => row.id)
}
