import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'

/** A batch is done when none of its tasks is open any more. */
export async function closeBatch(tx: Tx, batchId: string | null): Promise<void> {
  if (batchId === null) return
  await tx.execute(sql`
    update put_batches b set status = 'done' where b.id = ${batchId} and b.status <> 'done'
      and not exists (select 1 from pick_tasks t where t.batch_id = b.id and t.status = 'open')`)
}
