import { pickTasks } from '@huming/db/schema/picking'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert, found } from '../kernel/fault.ts'
import { closeBatch } from './close-batch.ts'
import { closeOrder } from './close-order.ts'
import { type Closing, closeTask } from './close-task.ts'
import { tellCuts } from './cuts.ts'
import { replaceRest } from './replace-rest.ts'
import { type Shortfall, shortfallOf } from './short-rules.ts'
import { lockPackLots, takeFromLot } from './take.ts'
import { lockOrder, type TaskRow } from './task-rows.ts'

/** Why goods of an open task cannot be had: the task's own short reasons, or what stopped its lot. */
export type Lessening = {
  /** Base units that the task keeps; 0 ends it. */
  readonly keep: number
  readonly reason: string
  /** What is written on the line that is cut. */
  readonly cutReason?: Shortfall['cutReason'] | 'recalled'
  /** The missing goods are promised to nobody until they are counted. */
  readonly doubted: boolean
  /** Nothing is done when the lot is sellable again by the time it is locked. */
  readonly onlyStopped?: boolean
}

/**
 * Takes goods away from an open task of which nothing was picked: it keeps so much or ends, the rest comes from the
 * next lots by expiry as new tasks, and what no lot has is cut and told. The task is locked; its order and lots are
 * locked here. Returns what was moved to other lots and what was cut.
 */
export async function lessenTask(
  tx: Tx,
  ctx: Ctx,
  task: TaskRow,
  { keep, reason, cutReason, doubted, onlyStopped = false }: Lessening,
): Promise<{ replaced: number; cut: number }> {
  const order = await lockOrder(tx, task.orderId)
  const lots = await lockPackLots(tx, task)
  const { stage } = found(lots.find((lot) => lot.id === task.lotId))
  if (onlyStopped && stage === 'received') return { replaced: 0, cut: 0 }
  const wholeOrNot = order.shortageRule === 'cancel_line' && !(await partPicked(tx, task))
  const short = shortfallOf(task, lots, { quantity: keep, reason, stage, wholeOrNot })
  const kept = short.dropLine ? 0 : keep
  await giveBack(tx, ctx, task, {
    kept,
    lost: doubted && stage === 'received' ? task.quantity - keep : 0,
    reason,
  })
  const replaced = await replaceRest(tx, task, short.replacements)
  if (short.dropLine) await endOthers(tx, ctx, task, reason)
  const cut = await cutLine(tx, task, short, cutReason ?? short.cutReason)
  const { waveId, orderId, lineId, lotId } = task
  await emit(tx, ctx, {
    type: 'pick.lessened',
    subjectId: task.id,
    orgId: order.orgId,
    hubId: task.hubId,
    payload: { waveId, orderId, lineId, lotId, kept, reason, replaced, cut },
  })
  if (cut > 0)
    await tellCuts(tx, ctx, [{ lineId, quantity: cut, reason: cutReason ?? short.cutReason, lotId }])
  await closeBatch(tx, task.batchId)
  await closeOrder(tx, ctx, task)
  return { replaced, cut }
}

/** The task's promise shrinks to what it keeps, or the task ends. */
async function giveBack(
  tx: Tx,
  ctx: Ctx,
  task: Closing,
  { kept, lost, reason }: { kept: number; lost: number; reason: string },
): Promise<void> {
  if (kept === 0) return closeTask(tx, ctx, task, { lost, reason })
  const given = await takeFromLot(tx, task.lotId, { picked: 0, lost, promised: task.quantity - kept })
  assert(given, `lot ${task.lotId} holds what task ${task.id} was promised`)
  await tx.execute(sql`update promises set quantity = ${kept}::int8 where id = ${task.promiseId}`)
  await tx.update(pickTasks).set({ quantity: kept }).where(eq(pickTasks.id, task.id))
}

/** The line falls whole: its other open tasks end, too, and give their lots back. */
export async function endOthers(
  tx: Tx,
  ctx: Ctx,
  task: Pick<TaskRow, 'lineId'>,
  reason: string,
): Promise<void> {
  const others = await tx
    .select()
    .from(pickTasks)
    .where(and(eq(pickTasks.orderLineId, task.lineId), eq(pickTasks.status, 'open')))
    .orderBy(pickTasks.lotId)
    .for('no key update')
  for (const { id, lotId, promiseId, quantity } of others)
    await closeTask(tx, ctx, { id, lotId, promiseId, quantity, lineId: task.lineId }, { reason })
}

/** Cuts what cannot be had from the line; returns how much. */
export async function cutLine(
  tx: Tx,
  task: Pick<TaskRow, 'lineId'>,
  short: Pick<Shortfall, 'cut' | 'dropLine'>,
  cutReason: string,
): Promise<number> {
  if (!short.dropLine && short.cut === 0) return 0
  const cut = short.dropLine ? sql`quantity - cut_quantity` : sql`${short.cut}::int8`
  const [row] = await tx.execute<{ cut: number }>(sql`
    update order_lines n set cut_quantity = n.cut_quantity + b.cut, cut_reason = ${cutReason}
    from (select id, ${cut} as cut from order_lines where id = ${task.lineId}) b
    where n.id = b.id returning b.cut`)
  return found(row).cut
}

export async function partPicked(tx: Tx, task: Pick<TaskRow, 'lineId'>): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from pick_tasks where order_line_id = ${task.lineId} and picked_quantity > 0 limit 1`)
  return rows.length > 0
}
