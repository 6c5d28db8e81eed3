import { skus } from '@huming/db/schema/catalogue'
import { lots } from '@huming/db/schema/stock'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { lockLot } from '../stock/rows.ts'
import { lotCodeOf } from '../stock/rules.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import type { Called } from './move-promises.ts'

/**
 * Goods of a made lot stand for another pack of the product: so much leaves the lot and becomes a lot of the pack
 * called off, with the same days and certificate, linked to where it came from. Gives the new lot's id; null when
 * nothing of the lot is free.
 */
export async function repackLot(
  tx: Tx,
  ctx: Ctx,
  lotId: string,
  called: Called,
  wanted: number,
): Promise<string | null> {
  const lot = await lockLot(tx, lotId)
  if (lot.stage !== 'made') throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code })
  const [sku] = await tx
    .select({ code: skus.code, unit: skus.basePerOrderUnit, catchWeight: skus.catchWeight })
    .from(skus)
    .where(eq(skus.id, called.skuId))
  const { code, unit, catchWeight } = found(sku)
  const free = Math.min(wanted, lot.promisable - lot.promised)
  const quantity = catchWeight ? free : free - (free % unit)
  if (quantity <= 0) return null
  const left = lot.quantity - quantity
  await tx
    .update(lots)
    .set({
      quantity: left,
      promisable: lot.promisable - quantity,
      stage: left === 0 ? found(nextStatus('lot', lot.stage, 'use_up')) : lot.stage,
      version: lot.version + 1,
    })
    .where(eq(lots.id, lotId))
  const id = newId()
  const { orgId, hubId, madeOn, useByDay, certificate } = lot
  await tx.insert(lots).values({
    id,
    code: lotCodeOf(code, madeOn ?? lot.readyDay, id),
    skuId: called.skuId,
    orgId,
    hubId,
    stage: 'made',
    quantity,
    promisable: quantity,
    madeOn,
    readyDay: lot.readyDay,
    useByDay,
    certificate,
    createdAt: ctx.now,
  })
  const eventId = await emit(tx, ctx, {
    type: 'lot.repacked',
    subjectId: id,
    orgId,
    hubId,
    payload: { fromLotId: lotId, fromLot: lot.code, quantity },
  })
  await linkGoods(tx, [
    { kind: 'made_of', fromId: lotId, toId: id, quantity, toQuantity: quantity, eventId, at: ctx.now },
  ])
  return id
}
