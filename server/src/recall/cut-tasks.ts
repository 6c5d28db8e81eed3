import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { closeOrder } from '../picking/close-order.ts'
import { tellCuts } from '../picking/cuts.ts'
import { cutLine, endOthers, giveBack } from '../picking/lessen-task.ts'
import { replaceRest } from '../picking/replace-rest.ts'
import { shortfallOf } from '../picking/short-rules.ts'
import { lockPackLots } from '../picking/take.ts'
import type { TaskRow } from '../picking/task-rows.ts'

type OpenTask = TaskRow & {
  readonly orgId: string
  readonly shortageRule: string
  readonly partPicked: boolean
}

/**
 * Ends the open pick tasks of recalled lots: nobody takes any of them off a shelf any more. The rest comes from
 * other lots as new tasks, first expired first; what no lot has is cut with the reason `recalled`. The lots are
 * locked and recalled already. Returns how many tasks ended and how much was cut.
 */
export async function cutTasks(
  tx: Tx,
  ctx: Ctx,
  lotIds: readonly string[],
): Promise<{ tasks: number; cuts: number }> {
  const seen = new Set<string>()
  let cuts = 0
  // One by one: ending a line whole may end further tasks, and a replacement may use up a lot.
  for (let task = await nextTask(tx, lotIds); task; task = await nextTask(tx, lotIds)) {
    assert(!seen.has(task.id), `task ${task.id} has ended`)
    seen.add(task.id)
    if (await endTask(tx, ctx, task)) cuts += 1
  }
  return { tasks: seen.size, cuts }
}

async function nextTask(tx: Tx, lotIds: readonly string[]): Promise<OpenTask | undefined> {
  const [row] = await tx.execute<OpenTask>(sql`
    select t.id, t.wave_id as "waveId", w.hub_id as "hubId", w.day, t.order_id as "orderId",
      t.order_line_id as "lineId", t.promise_id as "promiseId", t.lot_id as "lotId", l.code as "lotCode",
      t.tote_id as "toteId", e.code as "toteCode", k.id as "skuId", t.zone, t.quantity, t.status,
      t.picked_quantity as "pickedQuantity", t.short_reason as "shortReason", t.picked_by as "pickedBy",
      k.catch_weight as "catchWeight", k.tolerance_bp as "toleranceBp", k.base_per_order_unit as "basePerOrderUnit",
      k.min_remaining_days as "minRemainingDays", o.org_id as "orgId", o.shortage_rule as "shortageRule",
      exists (select 1 from pick_tasks d where d.order_line_id = t.order_line_id and d.picked_quantity > 0) as "partPicked"
    from pick_tasks t join waves w on w.id = t.wave_id join lots l on l.id = t.lot_id
    join skus k on k.id = l.sku_id join totes e on e.id = t.tote_id join orders o on o.id = t.order_id
    where t.lot_id = any(${bareArray(lotIds)}::uuid[]) and t.status = 'open'
    order by t.id limit 1 for no key update of t`)
  return row
}

async function endTask(tx: Tx, ctx: Ctx, task: OpenTask): Promise<boolean> {
  const lots = await lockPackLots(tx, task)
  const wholeOrNot = task.shortageRule === 'cancel_line' && !task.partPicked
  const short = shortfallOf(task, lots, { quantity: 0, reason: 'missing', stage: 'recalled', wholeOrNot })
  await giveBack(tx, ctx, task, { kept: 0, lost: 0, reason: 'recalled' })
  const replaced = await replaceRest(tx, task, short.replacements)
  if (short.dropLine) await endOthers(tx, ctx, task, 'recalled')
  const cut = short.cut > 0 ? await cutLine(tx, task, short, 'recalled') : 0
  const { waveId, orderId, lineId, lotId } = task
  await emit(tx, ctx, {
    type: 'pick.short',
    subjectId: task.id,
    orgId: task.orgId,
    hubId: task.hubId,
    payload: { waveId, orderId, lineId, lotId, picked: 0, lost: 0, reason: 'recalled', replaced, cut },
  })
  if (cut > 0) await tellCuts(tx, ctx, [{ lineId, quantity: cut, reason: 'recalled', lotId }])
  await closeOrder(tx, ctx, task)
  return cut > 0
}
