import { waves } from '@huming/db/schema/picking'
import { putBatches } from '@huming/db/schema/picking-rules'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import type { Zone } from '@huming/shared/reference/zones'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { moveGoods } from '../stock/bin-moves.ts'
import { doneAt } from './device-time.ts'
import { type Batch, batchDoc } from './read-batches.ts'
import { sharePut } from './share-put.ts'
import { wallBin } from './wall-bin.ts'

type Body = ContractParsed<Contracts['picking.fetchBatch']>['body']

/**
 * Brings a lot from its bins to the put wall for all stores at once. Less than the stores want needs a reason: what
 * there is is shared by the hub's rule, the rest comes from the next lots or is cut, and the bin is to be counted. A
 * repeat by the same person gives the same.
 */
export async function fetchBatch(ctx: Ctx, id: string, body: Body): Promise<Batch> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const { batch, hubId, lotCode, stage } = await lockBatch(tx, ctx, id)
    if (batch.status !== 'open') {
      if (batch.fetchedBy === personIdOf(ctx) && batch.fetchedQuantity === body.quantity)
        return batchDoc(tx, id)
      throw new Fault('wrong_state')
    }
    if (!codesIn(body.lot).includes(lotCode))
      throw new Fault('wrong_lot', '', { params: { expected: lotCode } })
    if (stage !== 'received') throw new Fault('lot_wrong_stage', lotCode)
    const wanted = await wantedOf(tx, id)
    if (body.quantity > wanted.most) throw new Fault('over_pick', '', { params: { max: wanted.most } })
    const missing = wanted.quantity - body.quantity
    if (missing > 0 && body.reason === null)
      throw new Fault('reason_missing', '', {
        pointers: [{ pointer: '/body/reason', reason: 'reason_missing' }],
      })
    if (missing > 0 && body.quantity % wanted.unit !== 0)
      throw new Fault('off_step', '', { params: { max: body.quantity - (body.quantity % wanted.unit) } })
    const wall = await wallBin(tx, hubId, batch.zone as Zone)
    await tx
      .update(putBatches)
      .set({
        status: 'fetched',
        fetchedQuantity: body.quantity,
        wallBinId: wall.id,
        fetchedBy: personIdOf(ctx),
        fetchedAt: doneAt(ctx, body.at),
      })
      .where(eq(putBatches.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'batch.fetched',
      subjectId: id,
      hubId,
      payload: {
        waveId: batch.waveId,
        lotId: batch.lotId,
        quantity: body.quantity,
        missing,
        reason: body.reason,
      },
    })
    await toWall(tx, ctx, {
      lotId: batch.lotId,
      wallId: wall.id,
      quantity: body.quantity,
      batchId: id,
      eventId,
    })
    if (missing > 0)
      await sharePut(tx, ctx, { batchId: id, hubId, here: body.quantity, reason: body.reason ?? 'missing' })
    return batchDoc(tx, id)
  })
}

/**
 * A batch of a hub of the actor, locked, and the lot it is of. Its open tasks and their orders come first: a pick holds
 * them before it closes its batch, and a short fetch cuts their lines.
 */
export async function lockBatch(tx: Tx, ctx: Ctx, id: string) {
  const [seen] = await tx
    .select({ lotId: putBatches.lotId, hubId: waves.hubId })
    .from(putBatches)
    .innerJoin(waves, eq(waves.id, putBatches.waveId))
    .where(eq(putBatches.id, id))
  const { lotId, hubId } = found(seen)
  allow(ctx, 'pick.write', { hubId })
  const open = sql`select order_id from pick_tasks where batch_id = ${id} and status = 'open'`
  await tx.execute(sql`
    select id from pick_tasks where batch_id = ${id} and status = 'open' order by id for no key update`)
  await tx.execute(sql`select o.id from orders o where o.id in (${open}) order by o.id for no key update`)
  const [lot] = await tx.execute<{ lotCode: string; stage: string }>(
    sql`select code as "lotCode", stage from lots where id = ${lotId} for no key update`,
  )
  const [batch] = await tx.select().from(putBatches).where(eq(putBatches.id, id)).for('no key update')
  return { batch: found(batch), hubId, ...found(lot) }
}

type Wanted = { quantity: number; most: number; unit: number }

/** What the stores still want of a batch; weighed goods may be a little more. */
async function wantedOf(tx: Tx, id: string): Promise<Wanted> {
  const [row] = await tx.execute<Wanted>(sql`
    select coalesce(sum(t.quantity), 0)::int8 as quantity,
      coalesce(sum(t.quantity + case when k.catch_weight then t.quantity * k.tolerance_bp / 10000 else 0 end), 0)::int8 as most,
      coalesce(min(case when k.catch_weight then 1 else k.base_per_order_unit end), 1)::int8 as unit
    from pick_tasks t join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id
    where t.batch_id = ${id} and t.status = 'open'`)
  return found(row)
}

type Way = { lotId: string; wallId: string; quantity: number; batchId: string; eventId: string }

/** Off the shelves in the order in which goods are taken, onto the wall. */
async function toWall(tx: Tx, ctx: Ctx, { lotId, wallId, quantity, batchId, eventId }: Way): Promise<void> {
  const places = await tx.execute<{ id: string; quantity: number }>(sql`
    select b.id, s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${lotId} and s.quantity > 0 and b.id <> ${wallId}
      and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by array_position(array['pick_face', 'near_expiry', 'dock', 'reserve'], b.kind), b.sequence, b.id`)
  let left = quantity
  for (const { id, quantity: there } of places) {
    const part = Math.min(left, there)
    left -= part
    if (part > 0)
      await moveGoods(tx, ctx, {
        lotId,
        fromBinId: id,
        toBinId: wallId,
        quantity: part,
        kind: 'move',
        subjectId: batchId,
        eventId,
      })
  }
  // What other batches left at the wall serves, too; more than there is nobody can have fetched.
  if (left > 0) {
    const [row] = await tx.execute<{ there: number }>(sql`
      select coalesce(sum(quantity), 0)::int8 as there from bin_stock where lot_id = ${lotId} and bin_id = ${wallId}`)
    if (found(row).there < quantity) throw new Fault('over_pick', '', { params: { max: quantity - left } })
  }
}
