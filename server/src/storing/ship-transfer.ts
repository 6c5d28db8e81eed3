import { skus } from '@huming/db/schema/catalogue'
import { lots } from '@huming/db/schema/stock'
import { transferLines, transferLots, transfers } from '@huming/db/schema/storing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import {
  judgeTemperature,
  temperatureText,
  ZONES,
  type Zone,
  type ZoneFacts,
} from '@huming/shared/reference/zones'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { takeGoods } from '../stock/bin-moves.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { anyOf } from '../supply/rows.ts'
import { childOf, movedEdge } from './child-lot.ts'
import type { LotRow } from './room.ts'
import { settleStage } from './rows.ts'
import { lockTransfer, type Transfer, transferDoc } from './transfer-rows.ts'

type Body = ContractParsed<Contracts['storing.shipTransfer']>['body']
type Sent = Body['lots'][number]
type TransferRow = typeof transfers.$inferSelect

/**
 * Sends the goods: of each lot what is free at the sending hub leaves its bins and becomes a lot of the other hub
 * under the same printed code, on the way and promisable from the next day on. First to expire goes first, unless
 * the sender says why; cold goods are measured; the gates hold as for any shipment. A repeat gives the same.
 */
export async function shipTransfer(ctx: Ctx, id: string, body: Body): Promise<Transfer> {
  allow(ctx, 'transfer.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockTransfer(tx, ctx, id, 'from')
    if (row.status !== 'asked' && (await repeats(tx, row, body))) return transferDoc(tx, ctx, id)
    const status = nextStatus('transfer', row.status, 'ship')
    if (!status) throw new Fault('wrong_state')
    const sending = await lockSending(tx, row, body.lots)
    await refuseOver(tx, id, sending)
    const day = serviceDayOf(ctx.now)
    await refuseGate(tx, ctx, 'ship', {
      lotIds: body.lots.map((one) => one.lotId),
      day,
      quantities: quantitiesOf(body),
    })
    for (const one of sending) refuseUnfit(one, day)
    refuseLater(sending)
    const eventId = await emit(tx, ctx, {
      type: 'transfer.shipped',
      subjectId: id,
      hubId: row.fromHubId,
      payload: {
        toHubId: row.toHubId,
        sealNumber: body.sealNumber,
        lots: body.lots.map(({ lotId, quantity }) => ({ lotId, quantity })),
      },
    })
    for (const one of sending) await send(tx, ctx, row, one, eventId)
    await tx
      .update(transfers)
      .set({
        status,
        plate: body.plate,
        sealNumber: body.sealNumber,
        departDeciC: body.airDeciC,
        shippedBy: personIdOf(ctx),
        shippedAt: ctx.now,
      })
      .where(eq(transfers.id, id))
    return transferDoc(tx, ctx, id)
  })
}

const quantitiesOf = (body: Body): Map<string, number> =>
  new Map(body.lots.map((one) => [one.lotId, one.quantity]))

async function repeats(tx: Tx, row: TransferRow, body: Body): Promise<boolean> {
  const sent = await tx.select().from(transferLots).where(eq(transferLots.transferId, row.id))
  const same = (one: Sent) =>
    sent.some((known) => known.id === one.id && known.lotId === one.lotId && known.quantity === one.quantity)
  return (
    row.status !== 'cancelled' &&
    row.sealNumber === body.sealNumber &&
    row.plate === body.plate &&
    sent.length === body.lots.length &&
    body.lots.every(same)
  )
}

type Sending = {
  readonly sent: Sent
  readonly lot: LotRow
  readonly zone: Zone
  /** Earlier lots of the pack that are free at the hub and not fully on this load. */
  readonly earlier: readonly { id: string; free: number; useByDay: string; code: string }[]
}

/** Locks the lots that go and the free ones of their packs, in id order, so that first-expired-first-out holds. */
async function lockSending(tx: Tx, row: TransferRow, sent: readonly Sent[]): Promise<Sending[]> {
  const ids = [...new Set(sent.map((one) => one.lotId))]
  if (ids.length < sent.length)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/lots', reason: 'twice' }] })
  const named = await tx
    .select({ id: lots.id, skuId: lots.skuId, hubId: lots.hubId })
    .from(lots)
    .where(inArray(lots.id, ids))
  if (named.length < ids.length || named.some((lot) => lot.hubId !== row.fromHubId))
    throw new Fault('not_found')
  const skuIds = [...new Set(named.map((lot) => lot.skuId))]
  const locked = await tx
    .select()
    .from(lots)
    .where(
      sql`${lots.id} = ${anyOf(ids)} or (${lots.hubId} = ${row.fromHubId} and ${lots.skuId} = ${anyOf(skuIds)}
        and ${lots.stage} = 'received' and ${lots.promisable} > ${lots.promised})`,
    )
    .orderBy(asc(lots.id))
    .for('update')
  const packs = await tx.select({ id: skus.id, zone: skus.zone }).from(skus).where(inArray(skus.id, skuIds))
  return sent.map((one) => {
    const lot = found(locked.find((each) => each.id === one.lotId))
    const earlier = locked
      .filter((each) => each.skuId === lot.skuId && each.stage === 'received' && each.useByDay < lot.useByDay)
      .map(({ id, useByDay, code, promisable, promised }) => ({
        id,
        useByDay,
        code,
        free: promisable - promised,
      }))
    return { sent: one, lot, zone: found(packs.find((pack) => pack.id === lot.skuId)).zone as Zone, earlier }
  })
}

/** No more of a pack than was asked, and nothing that was not asked. */
async function refuseOver(tx: Tx, transferId: string, sending: readonly Sending[]): Promise<void> {
  const asked = await tx.select().from(transferLines).where(eq(transferLines.transferId, transferId))
  for (const skuId of new Set(sending.map(({ lot }) => lot.skuId))) {
    const max = asked.find((line) => line.skuId === skuId)?.quantity ?? 0
    const sum = sending
      .filter(({ lot }) => lot.skuId === skuId)
      .reduce((all, { sent }) => all + sent.quantity, 0)
    if (sum > max) throw new Fault('over_transfer', '', { params: { max } })
  }
}

/** Stage, life, what is free, and temperature of cold goods. */
function refuseUnfit({ sent, lot, zone }: Sending, day: string): void {
  if (lot.useByDay < day) throw new Fault('goods_expired', '', { params: { lot: lot.code } })
  if (lot.stage !== 'received') throw new Fault('lot_wrong_stage', lot.code)
  const free = lot.promisable - lot.promised
  if (sent.quantity > free) throw new Fault('over_free', '', { params: { lot: lot.code, max: free } })
  const { readingRequired, reject }: ZoneFacts = ZONES[zone]
  if (sent.surfaceDeciC === null) {
    if (readingRequired) throw new Fault('temperature_missing', lot.code)
    return
  }
  if (judgeTemperature(zone, sent.surfaceDeciC) === 'reject')
    throw new Fault('too_warm', lot.code, { params: { limit: temperatureText(reject?.above ?? 0) } })
}

function refuseLater(sending: readonly Sending[]): void {
  const going = new Map(sending.map(({ lot, sent }) => [lot.id, sent.quantity]))
  for (const { sent, earlier } of sending) {
    const left = earlier.find(({ id, free }) => free > (going.get(id) ?? 0))
    if (left && sent.laterLotReason === '')
      throw new Fault('later_lot_first', '', { params: { expected: left.code } })
  }
}

async function send(
  tx: Tx,
  ctx: Ctx,
  row: TransferRow,
  { sent, lot }: Sending,
  eventId: string,
): Promise<void> {
  const { quantity } = sent
  const readyDay = addDays(serviceDayOf(ctx.now), 1)
  const child = await childOf(tx, ctx, lot, { hubId: row.toHubId, quantity, readyDay })
  await tx
    .update(lots)
    .set({
      onHand: sql`${lots.onHand} - ${quantity}::int8`,
      promisable: sql`${lots.promisable} - ${quantity}::int8`,
      version: sql`${lots.version} + 1`,
    })
    .where(eq(lots.id, lot.id))
  await takeGoods(tx, ctx, {
    lotId: lot.id,
    quantity,
    kind: 'transfer_out',
    subjectId: sent.id,
    reason: row.number,
    eventId,
  })
  await settleStage(tx, lot.id)
  const [made] = await tx
    .insert(transferLots)
    .values({
      id: sent.id,
      transferId: row.id,
      lotId: lot.id,
      childLotId: child,
      quantity,
      departDeciC: sent.surfaceDeciC,
      laterLotReason: sent.laterLotReason,
    })
    .onConflictDoNothing()
    .returning({ id: transferLots.id })
  if (!made) throw new Fault('id_reused')
  const edge = await movedEdge(tx, { fromId: lot.id, toId: child, quantity })
  await linkGoods(tx, [{ ...edge, eventId, at: ctx.now }])
}
