import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lessenTask } from './lessen-task.ts'
import { lockTask } from './task-rows.ts'

/** A wave has so many tasks of one lot at most; the next event would go on. */
const tasksMax = 5000

/**
 * Ends the open tasks of a lot that may not be sold any more (held, recalled, expired): each gets its goods from the
 * next lots, or its line is cut and the buyer told. Nothing happens when the lot is sellable again. Task by task, so
 * that pickers are not kept waiting. Returns how many ended.
 */
export async function endStopped(ctx: Ctx, lotId: string): Promise<number> {
  let ended = 0
  while (ended < tasksMax && (await endNext(ctx, lotId))) ended++
  return ended
}

const endNext = (ctx: Ctx, lotId: string): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const [next] = await tx.execute<{ id: string; stage: string }>(sql`
      select t.id, l.stage from pick_tasks t join lots l on l.id = t.lot_id
      where t.lot_id = ${lotId} and t.status = 'open' and l.stage <> 'received' order by t.id limit 1`)
    if (!next) return false
    const task = await lockTask(tx, ctx, next.id)
    // Somebody picked it before the stop, or ended it meanwhile: look again.
    if (task.status !== 'open') return true
    const cutReason = next.stage === 'recalled' ? 'recalled' : next.stage === 'expired' ? 'expired' : 'held'
    await lessenTask(tx, ctx, task, {
      keep: 0,
      reason: next.stage,
      cutReason,
      doubted: false,
      onlyStopped: true,
    })
    return true
  })
