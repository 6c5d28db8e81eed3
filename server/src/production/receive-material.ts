import { isDeepStrictEqual } from 'node:util'
import { baseReceipts } from '@huming/db/schema/production'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { newId, sayableNumber } from '@huming/shared/ids'
import { judgeTemperature, ZONES, type Zone } from '@huming/shared/reference/zones'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { makersPaperOf } from '../stock/rules.ts'
import { type ReceiptDoc, receiptDoc } from './receipt-rows.ts'
import { type PackFacts, packFacts } from './recipe-rows.ts'
import { ensureStore } from './store.ts'
import { storeLot } from './store-lot.ts'

export type ReceiveBody = ContractParsed<Contracts['production.receiveMaterial']>['body']
export type Receipt = typeof baseReceipts.$inferSelect

/**
 * Receives material into the maker's store: what a supplier of the platform sent, or what was bought elsewhere, with
 * the seller's name, address, contact and lot as the law asks (食品安全法 Art. 50). What is accepted becomes a lot of
 * the store, linked to the lot it came from; what is refused goes away with its reason and is never stock again.
 */
export async function receiveMaterial(ctx: Ctx, id: string, body: ReceiveBody): Promise<ReceiptDoc> {
  allow(ctx, 'production.write', { orgId: body.orgId })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [before] = await tx.select().from(baseReceipts).where(eq(baseReceipts.id, id)).for('update')
    if (before && before.orgId !== body.orgId) throw new Fault('not_found')
    if (before && isRepeat(before, body)) return receiptDoc(tx, ctx, id)
    if (before && (before.status === 'received' || before.status === 'refused')) throw new Fault('id_reused')
    const row = before ?? (await newReceipt(tx, ctx, id, body))
    const status = before
      ? nextStatus('baseReceipt', before.status, body.accepted > 0 ? 'receive' : 'refuse')
      : 'received'
    if (!status) throw new Fault('wrong_state')
    const pack = found((await packFacts(tx, [row.skuId])).get(row.skuId))
    refuseFlaws(ctx, row, pack, body)
    if (body.accepted > 0) await refuseStopped(tx, row)
    const lotId = body.accepted > 0 ? newId() : null
    const { accepted, refused, refuseReason, deciC, fileIds } = body
    const eventId = await emit(tx, ctx, {
      type: lotId ? 'material.received' : 'material.refused',
      subjectId: id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { lotId, sourceLotId: row.sourceLotId, accepted, refused, refuseReason },
    })
    if (lotId) await storeLot(tx, ctx, { lotId, row, pack, quantity: accepted, eventId })
    await tx
      .update(baseReceipts)
      .set({
        status,
        lotId,
        receivedQuantity: accepted,
        refusedQuantity: refused,
        deciC,
        fileIds,
        refuseReason: refused > 0 ? refuseReason : null,
        receivedBy: personIdOf(ctx),
        receivedAt: ctx.now,
      })
      .where(eq(baseReceipts.id, id))
    return receiptDoc(tx, ctx, id)
  })
}

/** The same goods, counted the same: of what was bought outside also all that was said of it. */
function isRepeat(row: Receipt, body: ReceiveBody): boolean {
  const { receivedQuantity: accepted, refusedQuantity: refused, deciC, fileIds } = row
  const now = { accepted: body.accepted, refused: body.refused, deciC: body.deciC, fileIds: body.fileIds }
  const said = Object.entries(body.bought ?? {})
  return (
    (row.status === 'received' || row.status === 'refused') &&
    isDeepStrictEqual({ accepted, refused, deciC, fileIds }, now) &&
    (body.bought === null) === (row.sourceLotId !== null) &&
    said.every(([key, value]) => row[key as keyof Receipt] === value)
  )
}

/** A receipt of goods from outside the platform; the row is written here, the rest as for all. */
async function newReceipt(tx: Tx, ctx: Ctx, id: string, body: ReceiveBody): Promise<Receipt> {
  const bought = found(body.bought)
  const pack = found((await packFacts(tx, [bought.skuId])).get(bought.skuId))
  if (pack.orgId !== body.orgId) throw new Fault('not_found')
  const quantity = body.accepted + body.refused
  if (quantity === 0)
    throw new Fault('receipt_mismatch', '', {
      params: { expected: 1 },
      pointers: [{ pointer: '/body/accepted', reason: 'missing' }],
    })
  const [row] = await tx
    .insert(baseReceipts)
    .values({
      ...bought,
      id,
      number: sayableNumber('M', id),
      orgId: body.orgId,
      quantity,
      status: 'received',
      hubId: await ensureStore(tx, body.orgId),
      fileIds: body.fileIds,
      createdAt: ctx.now,
    })
    .returning()
  return found(row)
}

/** Counted right, warm enough, within its days, with the paper its maker owes. */
function refuseFlaws(ctx: Ctx, row: Receipt, pack: PackFacts, body: ReceiveBody): void {
  if (body.accepted + body.refused !== row.quantity)
    throw new Fault('receipt_mismatch', '', {
      params: { expected: row.quantity },
      pointers: [{ pointer: '/body/accepted', reason: 'receipt_mismatch' }],
    })
  if (body.refused > 0 && body.refuseReason === '')
    throw new Fault('reason_missing', '', {
      pointers: [{ pointer: '/body/refuseReason', reason: 'missing' }],
    })
  if (body.accepted === 0) return
  const today = serviceDayOf(ctx.now)
  const zone = pack.zone as Zone
  if (ZONES[zone].readingRequired && body.deciC === null)
    throw new Fault('temperature_missing', '', { pointers: [{ pointer: '/body/deciC', reason: 'missing' }] })
  if (body.deciC !== null && judgeTemperature(zone, body.deciC) === 'reject')
    throw new Fault('too_warm', '', { pointers: [{ pointer: '/body/deciC', reason: 'too_warm' }] })
  if (row.useByDay < today)
    throw new Fault('lot_expired', '', { pointers: [{ pointer: '/body/bought/useByDay', reason: 'past' }] })
  if (row.madeOn !== null && (row.madeOn > today || row.madeOn > row.useByDay))
    throw new Fault('lot_days_wrong', '', {
      pointers: [{ pointer: '/body/bought/madeOn', reason: 'future' }],
    })
  if (row.certificate === '' && makersPaperOf(pack.category))
    throw new Fault('certificate_missing', '', {
      params: { paper: '合格证明', lot: row.supplierLotCode },
      pointers: [{ pointer: '/body/bought/certificate', reason: 'missing' }],
    })
}

/** Goods whose lot was held or recalled while they were on the way are not taken in. */
async function refuseStopped(tx: Tx, row: Receipt): Promise<void> {
  if (!row.sourceLotId) return
  const [stopped] = await tx
    .select({ code: lots.code, stage: lots.stage })
    .from(lots)
    .where(
      and(eq(lots.id, row.sourceLotId), inArray(lots.stage, ['held', 'recalled', 'expired', 'destroyed'])),
    )
    .orderBy(asc(lots.id))
    .for('share')
  if (stopped)
    throw new Fault('lot_wrong_stage', stopped.code, { lotCode: stopped.code, stage: stopped.stage })
}
