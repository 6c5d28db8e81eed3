import { pickTasks } from '@huming/db/schema/picking'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { scanNames } from '@huming/shared/identifiers/scan-codes'
import { toleranceOf } from '@huming/shared/quantity'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { rebalanceLot } from '../orders/rebalance-lot.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { chooseLot } from './choose-lot.ts'
import { chooseTote } from './choose-tote.ts'
import { closeBatch } from './close-batch.ts'
import { closeOrder } from './close-order.ts'
import { doneAt } from './device-time.ts'
import { notePicked, type PickLot, takeFromLot, writeMovements } from './take.ts'
import { lockOrder, lockTask, pickedReply, type TaskRow } from './task-rows.ts'

type Route = Contracts['picking.pick']
type Body = ContractParsed<Route>['body']

/**
 * Takes the whole quantity of a task from the lot scanned into its tote. A repeat by the same person gives the same;
 * a task somebody else has picked is `wrong_state`, so of two pickers one wins.
 */
export async function pickTask(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const task = await lockTask(tx, ctx, id)
    const status = nextStatus('pickTask', task.status, 'pick')
    if (!status) {
      if (repeats(ctx, task, body)) return pickedReply(tx, task)
      throw new Fault('wrong_state')
    }
    checkQuantity(task, body)
    const order = await lockOrder(tx, task.orderId)
    const lot = await chooseLot(tx, task, body.lot, body.otherLotReason)
    const toteId = await chooseTote(tx, ctx, task, lot, body.tote)
    await take(tx, ctx, task, lot, body.quantity)
    await notePicked(tx, task, body.quantity)
    const netGrams = task.catchWeight ? { netGrams: body.quantity } : {}
    await tx
      .update(pickTasks)
      .set({
        status,
        pickedQuantity: body.quantity,
        ...netGrams,
        pickedBy: personIdOf(ctx),
        pickedAt: doneAt(ctx, body.at),
      })
      .where(eq(pickTasks.id, id))
    const { waveId, orderId, lineId } = task
    const eventId = await emit(tx, ctx, {
      type: 'pick.done',
      subjectId: id,
      orgId: order.orgId,
      hubId: task.hubId,
      payload: {
        waveId,
        orderId,
        lineId,
        toteId,
        lotId: lot.id,
        quantity: body.quantity,
        ...(lot.id === task.lotId ? {} : { insteadOf: task.lotId, reason: body.otherLotReason }),
      },
    })
    await writeMovements(tx, ctx, task, lot.id, eventId, {
      quantity: body.quantity,
      reason: body.otherLotReason,
    })
    await linkGoods(tx, [
      { kind: 'picked', fromId: lot.id, toId: orderId, quantity: body.quantity, eventId, at: ctx.now },
    ])
    await closeBatch(tx, task.batchId)
    await closeOrder(tx, ctx, task)
    return pickedReply(tx, { ...task, toteId })
  })
}

const repeats = (ctx: Ctx, task: TaskRow, body: Body): boolean =>
  task.status === 'done' &&
  task.pickedBy === personIdOf(ctx) &&
  task.pickedQuantity === body.quantity &&
  scanNames(body.lot, task.lotCode)

/**
 * Catch weight must be near what was ordered. When nothing lighter is there, a piece up to half as heavy again may go:
 * the buyer pays for the tolerance alone until it agrees to the rest.
 */
function checkQuantity(task: TaskRow, { quantity, overweight }: Body): void {
  if (task.catchWeight) {
    const { least, most: usual } = toleranceOf(task.quantity, task.toleranceBp)
    const most = overweight ? Math.max(usual, Math.floor((task.quantity * 3) / 2)) : usual
    if (quantity < least || quantity > most)
      throw new Fault('weight_out_of_tolerance', '', { params: { min: least, max: most } })
    return
  }
  if (quantity > task.quantity) throw new Fault('over_pick', '', { params: { max: task.quantity } })
  if (quantity < task.quantity) throw new Fault('under_pick', '', { params: { quantity: task.quantity } })
}

/** Goods a little heavier than promised use what is free of the lot, then what later orders hold of it. */
async function take(tx: Tx, ctx: Ctx, task: TaskRow, lot: PickLot, picked: number): Promise<void> {
  const surplus = picked - task.quantity
  const free = lot.promisable - lot.promised
  if (surplus > free) {
    await rebalanceLot(tx, ctx, lot.id, { promisable: lot.promisable - surplus, reason: 'supply_short' })
    await tx.execute(
      sql`update lots set promisable = ${lot.promisable}::int8 where id = ${lot.id} and stage = 'received'`,
    )
  }
  const taken = await takeFromLot(tx, lot.id, { picked, lost: 0, promised: task.quantity })
  if (!taken) throw new Fault('over_pick', '', { params: { max: task.quantity + Math.max(0, free) } })
}
