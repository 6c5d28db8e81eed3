import { hubs } from '@huming/db/schema/accounts'
import { skus } from '@huming/db/schema/catalogue'
import type { lots } from '@huming/db/schema/stock'
import { baseText } from '@huming/shared/quantity'
import type { Zone } from '@huming/shared/reference/zones'
import type { BaseUnit } from '@huming/shared/units'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { defaultBin, moveGoods, takeGoods } from '../stock/bin-moves.ts'

/** Goods of a locked lot that are used, or come back from the work. `quantity` in base units, above 0. */
export type MaterialMove = {
  readonly lot: typeof lots.$inferSelect
  readonly quantity: number
  readonly subjectId: string
  readonly reason: string
  readonly eventId: string
}

/**
 * Takes goods of a lot for use: out of the bins of its owner's store, or off what the owner made and has neither
 * promised nor sent. The statement is guarded. Refuses `lot_wrong_stage`, `input_short`.
 */
export async function takeOut(tx: Tx, ctx: Ctx, move: MaterialMove): Promise<void> {
  const { lot, quantity } = move
  const place = await placeOf(tx, lot)
  if (place === 'made') return takeOffMade(tx, ctx, lot, quantity)
  const taken = await tx.execute(sql`
    update lots set on_hand = on_hand - ${quantity}::int8, promisable = promisable - ${quantity}::int8,
      version = version + 1
    where id = ${lot.id} and stage = 'received' and on_hand - promised >= ${quantity}::int8
      and promisable - promised >= ${quantity}::int8 returning id`)
  if (taken.length === 0) throw await short(tx, ctx, lot, lot.onHand - lot.promised)
  const { subjectId, reason, eventId } = move
  await takeGoods(tx, ctx, { lotId: lot.id, quantity, kind: 'consume', subjectId, reason, eventId })
}

/** Takes goods off a made lot that is still with its maker; what is promised stays covered. */
export async function takeOffMade(
  tx: Tx,
  ctx: Pick<Ctx, 'locale'>,
  lot: typeof lots.$inferSelect,
  quantity: number,
): Promise<void> {
  if (lot.stage !== 'made')
    throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code, stage: lot.stage })
  const taken = await tx.execute(sql`
    update lots set quantity = quantity - ${quantity}::int8, promisable = promisable - ${quantity}::int8,
      version = version + 1
    where id = ${lot.id} and stage = 'made' and quantity - promised >= ${quantity}::int8
      and promisable - promised >= ${quantity}::int8 returning id`)
  if (taken.length === 0)
    throw await short(tx, ctx, lot, Math.min(lot.quantity, lot.promisable) - lot.promised)
}

/** Puts goods back where they were taken from: into the store's reserve, or onto the made lot. */
export async function putBack(tx: Tx, ctx: Ctx, move: MaterialMove): Promise<void> {
  const { lot, quantity, subjectId, reason, eventId } = move
  if ((await placeOf(tx, lot)) === 'made') {
    await putOnMade(tx, lot.id, quantity)
    return
  }
  const zone = await zoneOf(tx, lot.skuId)
  const bin = await defaultBin(tx, lot.hubId, zone, 'reserve')
  await moveGoods(tx, ctx, {
    lotId: lot.id,
    fromBinId: null,
    toBinId: bin.id,
    quantity,
    kind: 'put_back',
    subjectId,
    reason,
    eventId,
  })
  await tx.execute(sql`
    update lots set promisable = promisable + ${quantity}::int8, version = version + 1 where id = ${lot.id}`)
}

export async function putOnMade(tx: Tx, lotId: string, quantity: number): Promise<void> {
  const back = await tx.execute(sql`
    update lots set quantity = quantity + ${quantity}::int8, promisable = promisable + ${quantity}::int8,
      version = version + 1
    where id = ${lotId} and stage = 'made' returning id`)
  if (back.length === 0) throw new Fault('lot_wrong_stage')
}

/** Where a lot that may be used lies: in the owner's store, or made and still with the owner. */
async function placeOf(tx: Tx, lot: typeof lots.$inferSelect): Promise<'store' | 'made'> {
  if (lot.stage === 'made') return 'made'
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, lot.hubId))
  const { kind, orgId } = found(hub)
  if (lot.stage !== 'received' || kind !== 'store' || orgId !== lot.orgId)
    throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code, stage: lot.stage })
  return 'store'
}

export async function zoneOf(tx: Tx, skuId: string): Promise<Zone> {
  const [sku] = await tx.select({ zone: skus.zone }).from(skus).where(eq(skus.id, skuId))
  return found(sku).zone as Zone
}

async function short(
  tx: Tx,
  ctx: Pick<Ctx, 'locale'>,
  lot: typeof lots.$inferSelect,
  available: number,
): Promise<Fault> {
  const [sku] = await tx.select({ baseUnit: skus.baseUnit }).from(skus).where(eq(skus.id, lot.skuId))
  const left = Math.max(0, available)
  return new Fault('input_short', lot.code, {
    params: { lot: lot.code, available: baseText(left, found(sku).baseUnit as BaseUnit, ctx.locale) },
    available: left,
    pointers: [{ pointer: '/body/quantity', reason: 'too_much' }],
  })
}
