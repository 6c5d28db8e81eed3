import { recallNoticeGoods, recallTasks } from '@huming/db/schema/recall'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import type { Zone } from '@huming/shared/reference/zones'
import { and, eq, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { docs } from '../supply/rows.ts'
import { emptyTote } from './empty-tote.ts'
import { lockRecall } from './rows.ts'
import { taskQuery } from './task-rows.ts'

export type RecallTask = ContractReply<Contracts['recall.doTask']>
type Body = ContractParsed<Contracts['recall.doTask']>['body']
type Task = typeof recallTasks.$inferSelect

/**
 * Goods of a recall were fetched and lie apart: from a shelf or tote in quarantine, from a truck or buyer in the
 * place for returns, which they leave only to be destroyed (上海市食品安全条例 Art. 30). Fewer than expected needs a
 * note. A repeat by the same person gives the same.
 */
export async function doTask(ctx: Ctx, id: string, body: Body): Promise<RecallTask> {
  allow(ctx, 'recall.fetch')
  return inTransaction(ctx, async (tx) => {
    const [seen] = await tx.select().from(recallTasks).where(eq(recallTasks.id, id))
    allow(ctx, 'recall.fetch', { hubId: found(seen).hubId })
    const recall = await lockRecall(tx, found(seen).recallId)
    if (found(seen).orderId !== null)
      await tx.execute(sql`select id from orders where id = ${found(seen).orderId} for update`)
    const [row] = await tx.select().from(recallTasks).where(eq(recallTasks.id, id)).for('update')
    const task = found(row)
    const status = nextStatus('recallTask', task.status, 'fetch')
    if (!status) {
      if (repeats(ctx, task, body)) return taskDoc(tx, id)
      throw new Fault('wrong_state')
    }
    refuseQuantity(task, body)
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    await tx
      .update(recallTasks)
      .set({
        status,
        doneQuantity: body.quantity,
        note: body.note,
        photoFileIds: body.photoFileIds,
        doneBy: personIdOf(ctx),
        doneAt: ctx.now,
      })
      .where(eq(recallTasks.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'recall.fetched',
      subjectId: recall.id,
      hubId: task.hubId,
      payload: {
        taskId: id,
        kind: task.kind,
        lotId: task.lotId,
        orderId: task.orderId,
        expected: task.quantity,
        quantity: body.quantity,
        note: body.note,
      },
    })
    await setApart(tx, ctx, { ...task, note: body.note }, body.quantity, eventId)
    return taskDoc(tx, id)
  })
}

const repeats = (ctx: Ctx, task: Task, body: Body): boolean =>
  task.status === 'done' &&
  task.doneBy === personIdOf(ctx) &&
  task.doneQuantity === body.quantity &&
  task.note === body.note

function refuseQuantity(task: Task, body: Body): void {
  if (body.quantity > task.quantity)
    throw new Fault('recall_quantities_wrong', '', {
      params: { max: task.quantity },
      pointers: [{ pointer: '/body/quantity', reason: `max:${task.quantity}` }],
    })
  if (body.quantity < task.quantity && body.note === '')
    throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/note', reason: 'required' }] })
  if (task.kind === 'buyer' && body.quantity > 0 && body.photoFileIds.length === 0)
    throw new Fault('proof_missing', '', {
      pointers: [{ pointer: '/body/photoFileIds', reason: 'required' }],
    })
}

/** Moves the goods to where they lie apart, in bins and, for what was picked, over the trace. */
async function setApart(tx: Tx, ctx: Ctx, task: Task, quantity: number, eventId: string): Promise<void> {
  const [lot] = await tx.execute<{ zone: Zone }>(sql`
    select k.zone from lots l join skus k on k.id = l.sku_id where l.id = ${task.lotId} for update of l`)
  const inside = task.kind === 'tote'
  const kind = inside ? 'unpick' : 'return'
  if (task.kind === 'shelf') await clearShelves(tx, ctx, task, found(lot).zone, quantity, eventId)
  else if (quantity > 0) {
    const bin = await defaultBin(tx, task.hubId, found(lot).zone, inside ? 'quarantine' : 'returns')
    const { lotId, id: subjectId } = task
    await moveGoods(tx, ctx, { lotId, fromBinId: null, toBinId: bin.id, quantity, kind, subjectId, eventId })
  }
  if (task.kind === 'tote' && task.orderId !== null) {
    await linkGoods(tx, [
      { kind: 'picked', fromId: task.lotId, toId: task.orderId, quantity: -quantity, eventId, at: ctx.now },
    ])
    await emptyTote(tx, task.placeId)
  }
  if (task.kind === 'buyer')
    await tx
      .update(recallNoticeGoods)
      .set({ recoveredQuantity: sql`${recallNoticeGoods.recoveredQuantity} + ${quantity}::int8` })
      .where(and(eq(recallNoticeGoods.noticeId, task.placeId), eq(recallNoticeGoods.lotId, task.lotId)))
  await tx
    .update(lots)
    .set({ version: sql`${lots.version} + 1` })
    .where(eq(lots.id, task.lotId))
}

/**
 * Off the shelf into quarantine: from the bin of the task first, then from wherever the lot was carried since. What
 * a shelf should hold and does not is counted away, so that the balance shows it as lost.
 */
async function clearShelves(
  tx: Tx,
  ctx: Ctx,
  task: Task,
  zone: Zone,
  quantity: number,
  eventId: string,
): Promise<void> {
  const places = await tx.execute<{ binId: string; quantity: number }>(sql`
    select s.bin_id as "binId", s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${task.lotId} and b.hub_id = ${task.hubId} and s.quantity > 0
      and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by b.id = ${task.placeId} desc, b.sequence, b.id`)
  const apart = await defaultBin(tx, task.hubId, zone, 'quarantine')
  const about = { lotId: task.lotId, subjectId: task.id, reason: task.note, eventId }
  let [fetched, missing] = [quantity, task.quantity - quantity]
  for (const { binId, quantity: here } of places) {
    const taken = Math.min(fetched, here)
    const gone = binId === task.placeId ? Math.min(missing, here - taken) : 0
    if (taken > 0)
      await moveGoods(tx, ctx, {
        ...about,
        fromBinId: binId,
        toBinId: apart.id,
        quantity: taken,
        kind: 'hold',
      })
    if (gone > 0)
      await moveGoods(tx, ctx, { ...about, fromBinId: binId, toBinId: null, quantity: gone, kind: 'count' })
    fetched -= taken
    missing -= gone
  }
}

async function taskDoc(tx: Tx, id: string): Promise<RecallTask> {
  return found((await docs<RecallTask>(tx, taskQuery(sql`t.id = ${id}`, sql``)))[0])
}
