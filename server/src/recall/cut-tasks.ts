import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { lessenTask } from '../picking/lessen-task.ts'
import { lockTaskRow } from '../picking/task-rows.ts'

/**
 * Ends the open pick tasks of recalled lots: nobody takes any of them off a shelf any more. The rest comes from
 * other lots as new tasks, first expired first; what no lot has is cut with the reason `recalled`. The lots are
 * locked and recalled already. Returns how many tasks ended and how many lines were cut.
 */
export async function cutTasks(
  tx: Tx,
  ctx: Ctx,
  lotIds: readonly string[],
): Promise<{ tasks: number; cuts: number }> {
  const seen = new Set<string>()
  let cuts = 0
  // One by one: ending a line whole may end further tasks, and a replacement may use up a lot.
  for (let id = await nextTask(tx, lotIds); id; id = await nextTask(tx, lotIds)) {
    assert(!seen.has(id), `task ${id} has ended`)
    seen.add(id)
    const task = await lockTaskRow(tx, id)
    const lessening = { keep: 0, reason: 'recalled', cutReason: 'recalled', doubted: false } as const
    if ((await lessenTask(tx, ctx, task, lessening)).cut > 0) cuts += 1
  }
  return { tasks: seen.size, cuts }
}

async function nextTask(tx: Tx, lotIds: readonly string[]): Promise<string | undefined> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select id from pick_tasks where lot_id = any(${bareArray(lotIds)}::uuid[]) and status = 'open' order by id limit 1`)
  return row?.id
}
