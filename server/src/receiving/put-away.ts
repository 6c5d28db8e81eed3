import { bins } from '@huming/db/schema/bins'
import { putAways } from '@huming/db/schema/receiving'
import { binStock, lots } from '@huming/db/schema/stock'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { isSellableBin } from '@huming/shared/reference/bins'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { and, eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Bin, moveGoods } from '../stock/bin-moves.ts'

type Body = ContractParsed<Contracts['receiving.putAway']>['body']
type Reply = ContractReply<Contracts['receiving.putAway']>

/**
 * Goods were carried from the dock to the bin scanned, in base units. A repeat gives the same. `bin_unknown` for a
 * code that is none, `bin_wrong_zone` for a bin too warm or too cold, `bin_move_forbidden` for one that is no place
 * for sellable goods.
 */
export async function putAway(ctx: Ctx, id: string, body: Body): Promise<Reply> {
  allow(ctx, 'receipt.write', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    const [lot] = await tx
      .select()
      .from(lots)
      .where(and(eq(lots.id, body.lotId), eq(lots.hubId, body.hubId)))
      .for('update')
    const { skuId } = found(lot)
    const from = await binNamed(tx, body.hubId, body.fromBin)
    const to = await binNamed(tx, body.hubId, body.toBin)
    const [before] = await tx.select().from(putAways).where(eq(putAways.id, id))
    if (before) {
      const same =
        before.lotId === body.lotId &&
        before.toBinId === to.id &&
        before.fromBinId === from.id &&
        before.quantity === body.quantity
      if (!same) throw new Fault('id_reused')
      return replyOf(tx, id, body, from, to)
    }
    if (from.kind !== 'dock' || !isSellableBin(to.kind) || to.kind === 'dock')
      throw new Fault('bin_move_forbidden', '', { params: { from: from.code, to: to.code } })
    await refuseWrongZone(tx, ctx, skuId, to)
    await carry(tx, ctx, id, body, from, to)
    return replyOf(tx, id, body, from, to)
  })
}

async function carry(tx: Tx, ctx: Ctx, id: string, body: Body, from: Bin, to: Bin): Promise<void> {
  const { hubId, lotId, quantity } = body
  const at = { hubId, lotId, fromBinId: from.id, toBinId: to.id, quantity }
  await tx.insert(putAways).values({ id, ...at, personId: person(ctx).personId, at: ctx.now })
  const eventId = await emit(tx, ctx, {
    type: 'lot.put_away',
    subjectId: lotId,
    hubId,
    payload: { from: from.code, to: to.code, quantity },
  })
  await moveGoods(tx, ctx, { ...at, kind: 'put', subjectId: id, eventId })
}

async function binNamed(tx: Tx, hubId: string, code: string): Promise<Bin> {
  const [bin] = await tx
    .select()
    .from(bins)
    .where(and(eq(bins.hubId, hubId), sql`upper(${bins.code}) = upper(${code})`))
  if (!bin) throw new Fault('bin_unknown', code, { params: { bin: code } })
  return bin
}

async function refuseWrongZone(tx: Tx, ctx: Ctx, skuId: string, bin: Bin): Promise<void> {
  const [pack] = await tx.execute<{ zone: Zone }>(sql`select zone from skus where id = ${skuId}`)
  const { zone } = found(pack)
  if (zone === bin.zone) return
  throw new Fault('bin_wrong_zone', bin.code, {
    params: { bin: bin.code, zone: ZONES[zone][ctx.locale] },
  })
}

async function replyOf(tx: Tx, id: string, body: Body, from: Bin, to: Bin): Promise<Reply> {
  const [left] = await tx
    .select({ quantity: binStock.quantity })
    .from(binStock)
    .where(and(eq(binStock.binId, from.id), eq(binStock.lotId, body.lotId)))
  return { id, toBin: to.code, quantity: body.quantity, left: left?.quantity ?? 0 }
}
