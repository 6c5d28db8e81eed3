import { pickTasks } from '@huming/db/schema/picking'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { closeBatch } from './close-batch.ts'
import { closeOrder } from './close-order.ts'
import { closeTask } from './close-task.ts'
import { tellCuts } from './cuts.ts'
import { doneAt } from './device-time.ts'
import { cutLine, endOthers, partPicked } from './lessen-task.ts'
import { raiseCount } from './raise-count.ts'
import { replaceRest } from './replace-rest.ts'
import { setApart } from './set-apart.ts'
import { judgeShort, shortfallOf } from './short-rules.ts'
import { lockPackLots, writeMovements } from './take.ts'
import { lockOrder, lockTask, pickedReply, type TaskRow, taskDoc } from './task-rows.ts'

type Route = Contracts['picking.short']
type Body = ContractParsed<Route>['body']

/**
 * Less than asked is there. What was not found is not written off: nobody is promised it again, and its bin is to be
 * counted; what is damaged is set apart to be destroyed. The rest comes from the next lots by expiry as new tasks, and
 * what no lot has is cut. A buyer who wants lines whole or not at all loses the line, unless part of it is in the tote
 * already.
 */
export async function shortTask(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const task = await lockTask(tx, ctx, id)
    if (!nextStatus('pickTask', task.status, 'short')) {
      const asked = task.pickedQuantity === body.quantity || task.pickedQuantity === 0
      if (
        task.status === 'short' &&
        task.pickedBy === personIdOf(ctx) &&
        task.shortReason === body.reason &&
        asked
      )
        return shortReply(tx, task)
      throw new Fault('wrong_state')
    }
    const refusal = judgeShort(task, body.quantity)
    if (refusal) throw new Fault(refusal.code, '', { params: { max: refusal.max } })
    const order = await lockOrder(tx, task.orderId)
    const lots = await lockPackLots(tx, task)
    const { stage, onHand } = found(lots.find((lot) => lot.id === task.lotId))
    if (stage !== 'received' && body.quantity > 0) throw new Fault('lot_wrong_stage', task.lotCode)
    if (body.quantity > onHand) throw new Fault('over_pick', '', { params: { max: onHand } })
    const wholeOrNot = order.shortageRule === 'cancel_line' && !(await partPicked(tx, task))
    const short = shortfallOf(task, lots, { ...body, stage, wholeOrNot })
    await closeTask(tx, ctx, task, {
      picked: short.picked,
      lost: short.doubted + short.damaged,
      reason: body.reason,
      at: doneAt(ctx, body.at),
    })
    const replaced = await replaceRest(tx, task, short.replacements)
    if (short.dropLine) await endOthers(tx, ctx, task, body.reason)
    const cut = await cutLine(tx, task, short, short.cutReason)
    const { waveId, orderId, lineId, lotId } = task
    const { picked, doubted, damaged } = short
    const eventId = await emit(tx, ctx, {
      type: 'pick.short',
      subjectId: id,
      orgId: order.orgId,
      hubId: task.hubId,
      payload: {
        waveId,
        orderId,
        lineId,
        lotId,
        picked,
        doubted,
        damaged,
        reason: body.reason,
        replaced,
        cut,
      },
    })
    await writeMovements(tx, ctx, task, lotId, eventId, { quantity: picked, reason: '' })
    await linkGoods(tx, [
      { kind: 'picked', fromId: lotId, toId: orderId, quantity: picked, eventId, at: ctx.now },
    ])
    if (damaged > 0) await setApart(tx, ctx, task, { quantity: damaged, reason: body.reason, eventId })
    if (doubted > 0) await raiseCount(tx, ctx, task, `${body.reason} ${doubted}`)
    if (cut > 0) await tellCuts(tx, ctx, [{ lineId, quantity: cut, reason: short.cutReason, lotId }])
    await closeBatch(tx, task.batchId)
    await closeOrder(tx, ctx, task)
    return shortReply(tx, task)
  })
}

async function shortReply(tx: Tx, task: TaskRow): Promise<ContractReply<Route>> {
  const [next] = await tx
    .select({ id: pickTasks.id })
    .from(pickTasks)
    .where(and(eq(pickTasks.orderLineId, task.lineId), eq(pickTasks.status, 'open')))
    .orderBy(pickTasks.id)
    .limit(1)
  const [line] = await tx.execute<{ cut: number }>(
    sql`select cut_quantity as cut from order_lines where id = ${task.lineId}`,
  )
  return {
    ...(await pickedReply(tx, task)),
    replacement: next ? await taskDoc(tx, next.id) : null,
    cutQuantity: found(line).cut,
  }
}
