import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lessenTask } from './lessen-task.ts'
import { lockTask } from './task-rows.ts'

/** A wave has so many tasks of one lot at most; the next event would go on. */
const tasksMax = 5000

/**
 * Ends the open tasks of a lot that may not be sold any more (held, recalled, expired): each gets its goods from the
 * next lots, or its line is cut and the buyer told. Nothing happens when the lot is sellable again. Returns how many
 * ended.
 */
export async function endStopped(ctx: Ctx, lotId: string): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await lockAll(tx, lotId)
    let ended = 0
    while (ended < tasksMax && (await endNext(tx, ctx, lotId))) ended++
    return ended
  })
}

/** First every task that may end, then every order, as a picker does with one: else the two wait for each other. */
async function lockAll(tx: Tx, lotId: string): Promise<void> {
  await tx.execute(sql`
    select id from pick_tasks where status = 'open' and order_line_id in (
      select order_line_id from pick_tasks where lot_id = ${lotId} and status = 'open')
    order by id for no key update`)
  await tx.execute(sql`
    select id from orders where id in (
      select order_id from pick_tasks where lot_id = ${lotId} and status = 'open')
    order by id for no key update`)
}

async function endNext(tx: Tx, ctx: Ctx, lotId: string): Promise<boolean> {
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
}
