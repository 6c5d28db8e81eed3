import { receiptCounts, refusedGoods } from '@huming/db/schema/receiving'
import { lots } from '@huming/db/schema/stock'
import { quarantines } from '@huming/db/schema/storing'
import { consignmentLines } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { rebalanceLot } from '../orders/rebalance-lot.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import type { CountRow, OpenLine } from './rows.ts'

/**
 * A counted line becomes stock: the line and its lot are received, the goods stand in the dock's bin, promises no
 * longer covered move or are cut, and what was refused is noted apart with what became of it.
 */
export async function takeIn(
  tx: Tx,
  ctx: Ctx,
  at: Omit<OpenLine, 'count'>,
  count: CountRow,
  onHand: number,
): Promise<void> {
  const { line, goods } = at
  const by = person(ctx).personId
  await tx
    .update(receiptCounts)
    .set({ confirmedBy: by, confirmedAt: ctx.now })
    .where(and(eq(receiptCounts.lineId, line.id), sql`cardinality(${receiptCounts.secondWhy}) > 0`))
  const { tareGrams, netGrams } = count
  await tx
    .update(consignmentLines)
    .set({
      receivedQuantity: onHand,
      refusedQuantity: count.refused,
      refuseReason: count.refuseReason,
      grossGrams: netGrams === null ? null : netGrams + (tareGrams ?? 0),
      tareGrams,
      surfaceDeciC: count.surfaceDeciC,
      photoFileIds: count.photoFileIds,
      receivedBy: count.countedBy,
      receivedAt: ctx.now,
    })
    .where(eq(consignmentLines.id, line.id))
  await stockLot(tx, ctx, at, count, onHand)
  if (count.refused > 0) await setAside(tx, ctx, at, count, by)
  if (count.refused > 0)
    await notify(tx, {
      orgId: goods.orgId,
      key: 'notice.goods_refused',
      params: {
        lot: goods.lotCode,
        name: goods.name,
        number: at.consignment.number,
        quantity: count.refused,
        reason: count.refuseReason ?? '',
      },
      subjectId: at.consignment.id,
      at: ctx.now,
    })
}

/** The lot's own part: stage, what is on hand and where, and promises no longer covered. */
async function stockLot(
  tx: Tx,
  ctx: Ctx,
  { consignment, line, goods }: Omit<OpenLine, 'count'>,
  count: CountRow,
  onHand: number,
): Promise<void> {
  const stage = nextStatus('lot', 'shipped', onHand > 0 ? 'receive' : 'refuse')
  const short = count.refuseReason === null || count.refuseReason === 'missing'
  const reason = short ? 'supply_short' : 'refused_at_receipt'
  await rebalanceLot(tx, ctx, goods.lotId, { promisable: onHand, reason })
  // A lot stopped or recalled on its way is counted all the same, stays so and promises nothing.
  const taken = await tx
    .update(lots)
    .set({
      stage: sql`case when ${lots.stage} = 'shipped' then ${stage} else ${lots.stage} end`,
      quantity: onHand,
      promisable: sql`case when ${lots.stage} = 'shipped' then ${onHand}::int8 else ${lots.promised} end`,
      version: sql`${lots.version} + 1`,
    })
    .where(and(eq(lots.id, goods.lotId), inArray(lots.stage, ['shipped', 'held', 'recalled'])))
    .returning({ stage: lots.stage, holdReason: lots.holdReason })
  if (!taken[0]) throw new Fault('lot_wrong_stage', goods.lotCode)
  const eventId = await emit(tx, ctx, {
    type: 'lot.received',
    subjectId: goods.lotId,
    orgId: goods.orgId,
    hubId: goods.hubId,
    payload: {
      consignmentId: consignment.id,
      shipped: line.quantity,
      onHand,
      refused: line.quantity - onHand,
      refuseReason: count.refuseReason,
      refusedTo: count.refusedTo,
    },
  })
  if (onHand === 0) return
  // Places to carry them to, so that put-away has something to name.
  for (const kind of ['pick_face', 'reserve'] as const) await defaultBin(tx, goods.hubId, goods.zone, kind)
  // Recalled goods that come in are kept apart from the first minute.
  const bin = await defaultBin(
    tx,
    goods.hubId,
    goods.zone,
    taken[0].stage === 'recalled' ? 'quarantine' : 'dock',
  )
  await moveGoods(tx, ctx, {
    lotId: goods.lotId,
    fromBinId: null,
    toBinId: bin.id,
    quantity: onHand,
    kind: 'receive',
    subjectId: consignment.id,
    eventId,
  })
  if (taken[0].stage === 'recalled')
    await tx.insert(quarantines).values({
      id: newId(),
      hubId: goods.hubId,
      lotId: goods.lotId,
      binId: bin.id,
      quantity: onHand,
      status: 'waiting',
      reason: taken[0].holdReason ?? '',
      photoFileIds: [],
      openedBy: person(ctx).personId,
      openedAt: ctx.now,
    })
}

/** Refused goods were never in stock; what became of them is kept for two years and longer (Art. 29). */
async function setAside(
  tx: Tx,
  ctx: Ctx,
  { consignment, line, goods }: Omit<OpenLine, 'count'>,
  count: CountRow,
  personId: string,
): Promise<void> {
  // What was declared and did not come is nowhere.
  if (count.refusedTo === null) return
  await tx.insert(refusedGoods).values({
    id: newId(),
    lineId: line.id,
    lotId: goods.lotId,
    quantity: count.refused,
    reason: count.refuseReason ?? '',
    fate: count.refusedTo,
    disposal: count.disposal,
    photoFileIds: count.photoFileIds,
    personId,
    at: ctx.now,
  })
  await emit(tx, ctx, {
    type: 'goods.refused',
    subjectId: goods.lotId,
    orgId: goods.orgId,
    hubId: goods.hubId,
    payload: {
      consignmentId: consignment.id,
      lineId: line.id,
      quantity: count.refused,
      reason: count.refuseReason,
      fate: count.refusedTo,
      disposal: count.disposal,
      plate: consignment.plate,
    },
  })
}
