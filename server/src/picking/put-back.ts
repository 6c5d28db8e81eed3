import type { Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockBatch } from './fetch-batch.ts'
import { type Batch, batchDoc } from './read-batches.ts'

/** Takes what is left at the wall of a finished batch back to the pick face. A repeat finds nothing and changes nothing. */
export async function putBack(ctx: Ctx, id: string): Promise<Batch> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const { batch, hubId } = await lockBatch(tx, ctx, id)
    if (batch.status !== 'done' || batch.method !== 'put_to_store') throw new Fault('wrong_state')
    const { lotId, wallBinId } = batch
    const [left] = await tx.execute<{ quantity: number }>(sql`
      select s.quantity from bin_stock s where s.lot_id = ${lotId} and s.bin_id = ${wallBinId} and s.quantity > 0
        and not exists (select 1 from put_batches o
          where o.lot_id = s.lot_id and o.wall_bin_id = s.bin_id and o.status = 'fetched')`)
    if (!left) return batchDoc(tx, id)
    const face = await defaultBin(tx, hubId, batch.zone as Zone, 'pick_face')
    const payload = { lotId, quantity: left.quantity, binId: face.id }
    const eventId = await emit(tx, ctx, { type: 'batch.put_back', subjectId: id, hubId, payload })
    await moveGoods(tx, ctx, {
      lotId,
      fromBinId: wallBinId,
      toBinId: face.id,
      quantity: left.quantity,
      kind: 'move',
      subjectId: id,
      eventId,
    })
    return batchDoc(tx, id)
  })
}
