import { skus } from '@huming/db/schema/catalogue'
import { lots, movements } from '@huming/db/schema/stock'
import { transferLots, transfers } from '@huming/db/schema/storing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { judgeTemperature, ZONES, type Zone } from '@huming/shared/reference/zones'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockForRebalance, rebalanceLot } from '../orders/rebalance-lot.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { keepApart } from './quarantine.ts'
import { giveRoom, type LotRow } from './room.ts'
import { lockTransfer, type Transfer, transferDoc } from './transfer-rows.ts'

type Body = ContractParsed<Contracts['storing.receiveTransfer']>['body']
type TransferRow = typeof transfers.$inferSelect
type Came = Awaited<ReturnType<typeof matchLots>>[number]

/**
 * Takes a load in: the seal looked at, every lot counted, cold goods measured. What is missing is written down with
 * its reason and leaves the trace; goods too warm, past their day or behind a broken seal are kept apart until food
 * safety has decided. Promises beyond what came move or are cut. A repeat gives the same.
 */
export async function receiveTransfer(ctx: Ctx, id: string, body: Body): Promise<Transfer> {
  allow(ctx, 'transfer.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockTransfer(tx, ctx, id, 'to')
    const came = await matchLots(tx, row, body)
    if (row.status === 'received' && came.every((one) => one.sent.receivedQuantity === one.got.received))
      return transferDoc(tx, ctx, id)
    const status = nextStatus('transfer', row.status, 'receive')
    if (!status) throw new Fault('wrong_state')
    for (const one of came) refuseUnmeasured(one)
    const lotIds = came.filter(({ got }) => got.received > 0).map(({ sent }) => sent.childLotId)
    await refuseGate(tx, ctx, 'receive', { lotIds })
    await tx
      .update(transfers)
      .set({
        status,
        sealOk: body.sealOk,
        arriveDeciC: body.airDeciC,
        receivedBy: personIdOf(ctx),
        receivedAt: ctx.now,
      })
      .where(eq(transfers.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'transfer.received',
      subjectId: id,
      hubId: row.toHubId,
      payload: {
        sealOk: body.sealOk,
        lots: came.map(({ sent, got }) => ({
          lotId: sent.childLotId,
          shipped: sent.quantity,
          received: got.received,
        })),
      },
    })
    for (const one of came) await takeIn(tx, ctx, row, one, { eventId, sealOk: body.sealOk })
    await tellShort(tx, ctx, row, came)
    return transferDoc(tx, ctx, id)
  })
}

/** Every lot of the load with what was counted of it, in the order in which lots are locked. */
async function matchLots(tx: Tx, row: TransferRow, body: Body) {
  const sent = await tx
    .select()
    .from(transferLots)
    .where(eq(transferLots.transferId, row.id))
    .orderBy(asc(transferLots.childLotId))
  const packs = await tx
    .select({ id: lots.id, code: lots.code, zone: skus.zone })
    .from(lots)
    .innerJoin(skus, eq(skus.id, lots.skuId))
    .where(inArray(lots.id, sent.length > 0 ? sent.map((one) => one.childLotId) : [row.id]))
  const counted = new Map(body.lots.map((one) => [one.id, one]))
  if (sent.length > 0 && (counted.size !== body.lots.length || counted.size !== sent.length))
    throw new Fault('receipt_mismatch', '', { params: { expected: sent.length } })
  return sent.map((one) => {
    const pack = found(packs.find((each) => each.id === one.childLotId))
    const got = counted.get(one.id)
    if (!got || got.received > one.quantity)
      throw new Fault('receipt_mismatch', '', {
        params: { expected: one.quantity },
        pointers: [{ pointer: '/body/lots', reason: 'receipt_mismatch' }],
      })
    return { sent: one, got, zone: pack.zone as Zone, code: pack.code }
  })
}

function refuseUnmeasured({ sent, got, zone, code }: Came): void {
  if (got.received < sent.quantity && got.shortReason === '')
    throw new Fault('reason_missing', code, {
      pointers: [{ pointer: '/body/lots', reason: 'reason_missing' }],
    })
  if (got.received > 0 && got.surfaceDeciC === null && ZONES[zone].readingRequired)
    throw new Fault('temperature_missing', code)
}

async function takeIn(
  tx: Tx,
  ctx: Ctx,
  row: TransferRow,
  { sent, got, zone }: Came,
  { eventId, sealOk }: { eventId: string; sealOk: boolean },
): Promise<void> {
  const [seen] = await tx.select().from(lots).where(eq(lots.id, sent.childLotId))
  const day = serviceDayOf(ctx.now)
  const why = apartReason({ got, zone, sealOk, expired: found(seen).useByDay < day })
  const sellable = why === null ? got.received : 0
  // A first load: what the lot promised while it was under way is now what has come of it. While we wait for it, it
  // may be stopped, or another load of it come.
  if (found(seen).stage === 'shipped') await lockForRebalance(tx, [sent.childLotId])
  if ((await lockLot(tx, sent.childLotId)).stage === 'shipped')
    await rebalanceLot(tx, ctx, sent.childLotId, { promisable: sellable, reason: 'supply_short' })
  const lot = await lockLot(tx, sent.childLotId)
  await tx
    .update(transferLots)
    .set({
      receivedQuantity: got.received,
      quarantinedQuantity: got.received - sellable,
      arriveDeciC: got.surfaceDeciC,
      shortReason: got.received < sent.quantity ? got.shortReason : '',
    })
    .where(eq(transferLots.id, sent.id))
  await open(tx, lot, sent.quantity, got.received)
  if (sellable > 0) {
    const dock = await defaultBin(tx, row.toHubId, zone, 'dock')
    await moveGoods(tx, ctx, {
      lotId: lot.id,
      fromBinId: null,
      toBinId: dock.id,
      quantity: sellable,
      kind: 'transfer_in',
      subjectId: sent.id,
      reason: row.number,
      eventId,
    })
    if (lot.stage !== 'shipped') await giveRoom(tx, lot, sellable)
  }
  if (why !== null)
    await keepApart(tx, ctx, lot, {
      id: newId(),
      fromBinId: null,
      quantity: got.received,
      reason: why,
      photoFileIds: [],
      kind: 'transfer_in',
    })
  await takeBackEdge(tx, ctx, sent, { missing: sent.quantity - got.received, eventId })
}

/** What did not arrive never became the other lot: the edge written when it was sent is corrected by it. */
async function takeBackEdge(
  tx: Tx,
  ctx: Ctx,
  sent: Came['sent'],
  { missing, eventId }: { missing: number; eventId: string },
): Promise<void> {
  if (missing === 0) return
  const [edge] = await tx.execute<{ fromId: string; toId: string; quantity: number }>(sql`
    select e.from_id as "fromId", e.to_id as "toId", e.quantity
    from movements m join trace_edges e on e.event_id = m.event_id and e.kind = 'moved'
      and (e.from_id, e.to_id) in ((m.lot_id, ${sent.childLotId}::uuid), (${sent.childLotId}::uuid, m.lot_id))
    where m.subject_id = ${sent.id} and m.kind = 'transfer_out' limit 1`)
  const { fromId, toId, quantity } = found(edge)
  await linkGoods(tx, [
    { kind: 'moved', fromId, toId, quantity: -Math.sign(quantity) * missing, eventId, at: ctx.now },
  ])
}

/** The lot stands in the house now: what came of a first load, or more of one that was there before. */
async function open(tx: Tx, lot: LotRow, shipped: number, received: number): Promise<void> {
  const [before] = await tx
    .select({ id: movements.id })
    .from(movements)
    .where(eq(movements.lotId, lot.id))
    .limit(1)
  const quantity = before ? lot.quantity + received : lot.quantity - shipped + received
  const stage =
    lot.stage === 'shipped' ? nextStatus('lot', lot.stage, received > 0 ? 'receive' : 'lose') : null
  await tx
    .update(lots)
    .set({ ...(stage ? { stage } : {}), quantity, version: sql`${lots.version} + 1` })
    .where(eq(lots.id, lot.id))
}

/** Why goods that came are kept apart; null = they may be sold. */
function apartReason(at: { got: Came['got']; zone: Zone; sealOk: boolean; expired: boolean }): string | null {
  const { got, zone, sealOk, expired } = at
  if (got.received === 0) return null
  if (expired) return '到货时已过期'
  if (!sealOk) return '到货封签异常'
  const tooWarm = got.surfaceDeciC !== null && judgeTemperature(zone, got.surfaceDeciC) === 'reject'
  return tooWarm ? '到货超温' : null
}

/** The sending hub's people learn what did not arrive. */
async function tellShort(tx: Tx, ctx: Ctx, row: TransferRow, came: readonly Came[]): Promise<void> {
  const short = came.filter(({ sent, got }) => got.received < sent.quantity)
  if (short.length === 0) return
  const ends = await tx.execute<{ orgId: string }>(sql`
    select distinct org_id as "orgId" from hubs where id in (${row.fromHubId}, ${row.toHubId}) order by 1`)
  for (const { orgId } of ends)
    await notify(tx, {
      orgId,
      key: 'notice.transfer_short',
      params: { number: row.number, lots: short.map((one) => one.code).join('、') },
      subjectId: row.id,
      at: ctx.now,
    })
}
