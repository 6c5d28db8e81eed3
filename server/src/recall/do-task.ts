import { recallNoticeGoods, recallTasks } from '@huming/db/schema/recall'
import { lots } from '@huming/db/schema/stock'
import { returnedGoods } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockRunOf } from '../routes/leave-run.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { keepApart } from '../storing/quarantine.ts'
import { zoneOf } from '../storing/rows.ts'
import { stillOut } from '../storing/set-apart.ts'
import { lockRecall } from './rows.ts'
import { taskQuery } from './task-rows.ts'
import { unpick } from './unpick.ts'

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
    const order = await lockOrderOf(tx, found(seen).orderId)
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
    const { quantity, note, photoFileIds } = body
    const done = { ...task, note, photoFileIds }
    const aboard = order !== null && ['picking', 'picked', 'loaded'].includes(order.status)
    await setApart(tx, ctx, { task: done, aboard, quantity, number: recall.number, eventId })
    return taskDoc(tx, id)
  })
}

/** Locks the order and before it the run it rides on, which is the order everywhere. */
async function lockOrderOf(tx: Tx, orderId: string | null): Promise<{ status: string } | null> {
  if (orderId === null) return null
  await lockRunOf(tx, orderId)
  const [row] = await tx.execute<{ status: string }>(
    sql`select status from orders where id = ${orderId} for update`,
  )
  return row ?? null
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

/** Moves the goods to where they lie apart. */
async function setApart(
  tx: Tx,
  ctx: Ctx,
  { task, aboard, quantity, number, eventId }: Omit<Fetched, 'lot'> & { readonly aboard: boolean },
): Promise<void> {
  const { kind, orderId, placeId, lotId } = task
  const inTote = kind === 'tote' && orderId !== null && aboard
  const lot = await lockLot(tx, task.lotId)
  const about = { reason: number, photoFileIds: task.photoFileIds }
  if (kind === 'shelf') await clearShelves(tx, ctx, { task, lot, quantity, number, eventId })
  else if (inTote) {
    if (quantity > 0)
      await keepApart(tx, ctx, lot, { id: newId(), fromBinId: null, quantity, kind: 'unpick', ...about })
    await unpick(tx, ctx, { toteId: placeId, orderId, lotId, eventId })
  } else if (quantity > 0) await bookReturn(tx, ctx, { task, lot, quantity, number, eventId })
  if (kind === 'buyer')
    await tx
      .update(recallNoticeGoods)
      .set({ recoveredQuantity: sql`${recallNoticeGoods.recoveredQuantity} + ${quantity}::int8` })
      .where(and(eq(recallNoticeGoods.noticeId, task.placeId), eq(recallNoticeGoods.lotId, task.lotId)))
  await tx
    .update(lots)
    .set({ version: lot.version + 1 })
    .where(eq(lots.id, lot.id))
}

type Fetched = {
  readonly task: Task
  readonly lot: typeof lots.$inferSelect
  readonly quantity: number
  readonly number: string
  readonly eventId: string
}

/** Goods that left the house come back into the place for returns; not those that were taken back before the recall asked. */
async function bookReturn(
  tx: Tx,
  ctx: Ctx,
  { task, lot, quantity, number, eventId }: Fetched,
): Promise<void> {
  const max = await stillOut(tx, lot.id, task.orderId)
  if (quantity > max) throw new Fault('over_return', '', { params: { max } })
  const bin = await defaultBin(tx, task.hubId, await zoneOf(tx, lot.skuId), 'returns')
  const about = { lotId: lot.id, quantity, reason: number }
  const { personId } = person(ctx)
  await tx
    .insert(returnedGoods)
    .values({ id: task.id, hubId: task.hubId, binId: bin.id, personId, at: ctx.now, ...about })
  await moveGoods(tx, ctx, {
    ...about,
    fromBinId: null,
    toBinId: bin.id,
    kind: 'return',
    subjectId: task.id,
    eventId,
  })
}

/**
 * Off the shelf into quarantine: from the bin of the task first, then from wherever the lot was carried since. What
 * a shelf should hold and does not is counted away, so that the balance shows it as lost.
 */
async function clearShelves(
  tx: Tx,
  ctx: Ctx,
  { task, lot, quantity, number, eventId }: Fetched,
): Promise<void> {
  const places = await tx.execute<{ binId: string; quantity: number }>(sql`
    select s.bin_id as "binId", s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${lot.id} and b.hub_id = ${task.hubId} and s.quantity > 0
      and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by b.id = ${task.placeId} desc, b.sequence, b.id`)
  let [fetched, missing] = [quantity, task.quantity - quantity]
  for (const { binId, quantity: here } of places) {
    const taken = Math.min(fetched, here)
    const gone = binId === task.placeId ? Math.min(missing, here - taken) : 0
    const { photoFileIds } = task
    if (taken > 0)
      await keepApart(tx, ctx, lot, {
        id: newId(),
        fromBinId: binId,
        quantity: taken,
        reason: number,
        photoFileIds,
        kind: 'hold',
      })
    if (gone > 0)
      await moveGoods(tx, ctx, {
        lotId: lot.id,
        fromBinId: binId,
        toBinId: null,
        quantity: gone,
        kind: 'count',
        subjectId: task.id,
        reason: task.note,
        eventId,
      })
    fetched -= taken
    missing -= gone
  }
}

async function taskDoc(tx: Tx, id: string): Promise<RecallTask> {
  return found((await docs<RecallTask>(tx, taskQuery(sql`t.id = ${id}`, sql``)))[0])
}
