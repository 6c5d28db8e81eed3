import { lots } from '@huming/db/schema/stock'
import { consignmentLines } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import type { Zone } from '@huming/shared/reference/zones'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { rebalanceLot } from '../orders/rebalance-lot.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { lockForReceipt } from './rows.ts'
import { judgeReceipt } from './rules.ts'

type Body = ContractParsed<Contracts['receiving.receiveLine']>['body']
type Line = Awaited<ReturnType<typeof lockLine>>

/**
 * Takes in one lot as counted, weighed and measured. What is accepted is on hand from now on; promises beyond it
 * move to other lots or are cut. A repeat gives the same; other numbers for a received lot are `wrong_state`.
 */
export async function receiveLine(
  ctx: Ctx,
  at: { id: string; lineId: string },
  body: Body,
): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const consignment = await lockForReceipt(tx, ctx, at.id)
    const line = await lockLine(tx, at)
    if (line.receivedAt) {
      if (sameReceipt(line, body)) return consignmentDoc(tx, ctx, at.id)
      throw new Fault('wrong_state')
    }
    if (consignment.status !== 'arrived') throw new Fault('wrong_state')
    const judged = judgeReceipt({ ...line, shipped: line.quantity }, body, serviceDayOf(ctx.now))
    if (!judged.ok)
      throw new Fault(judged.code, '', {
        pointers: [{ pointer: `/body/${judged.at}`, reason: judged.code }],
        ...(judged.params ? { params: judged.params } : {}),
      })
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    if (judged.onHand > 0)
      await refuseGate(tx, ctx, 'receive', {
        lotIds: [line.lotId],
        quantities: new Map([[line.lotId, body.accepted]]),
      })
    const refused = {
      refusedQuantity: body.refused,
      refuseReason: body.refused > 0 ? body.refuseReason : null,
    }
    await tx
      .update(consignmentLines)
      .set({
        receivedQuantity: judged.onHand,
        ...refused,
        grossGrams: body.grossGrams,
        tareGrams: body.tareGrams,
        surfaceDeciC: body.surfaceDeciC,
        photoFileIds: body.photoFileIds,
        receivedBy: personIdOf(ctx),
        receivedAt: ctx.now,
      })
      .where(eq(consignmentLines.id, at.lineId))
    await takeIn(tx, ctx, line, { onHand: judged.onHand, refuseReason: refused.refuseReason })
    await tellOf(tx, ctx, line, { ...refused, consignmentId: at.id, number: consignment.number })
    return consignmentDoc(tx, ctx, at.id)
  })
}

async function lockLine(tx: Tx, at: { id: string; lineId: string }) {
  const [row] = await tx
    .select()
    .from(consignmentLines)
    .where(and(eq(consignmentLines.id, at.lineId), eq(consignmentLines.consignmentId, at.id)))
    .for('update')
  const line = found(row)
  const [lot] = await tx.execute<{
    orgId: string
    hubId: string
    code: string
    useByDay: string
    zone: Zone
    catchWeight: boolean
    toleranceBp: number
    name: string
  }>(sql`
    select l.org_id as "orgId", l.hub_id as "hubId", l.code, l.use_by_day as "useByDay",
      k.zone, k.catch_weight as "catchWeight", k.tolerance_bp as "toleranceBp", p.name
    from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    where l.id = ${line.lotId}`)
  return { ...line, ...found(lot) }
}

/** The lot's own part: stage, what is on hand, the movement, and promises no longer covered. */
async function takeIn(
  tx: Tx,
  ctx: Ctx,
  line: Line,
  { onHand, refuseReason }: { onHand: number; refuseReason: string | null },
): Promise<void> {
  const stage = nextStatus('lot', 'shipped', onHand > 0 ? 'receive' : 'refuse')
  const reason = refuseReason === null || refuseReason === 'missing' ? 'supply_short' : 'refused_at_receipt'
  await rebalanceLot(tx, ctx, line.lotId, { promisable: onHand, reason })
  // A lot stopped on its way is counted all the same, stays stopped and promises nothing.
  const taken = await tx
    .update(lots)
    .set({
      stage: sql`case when ${lots.stage} = 'held' then 'held' else ${stage} end`,
      quantity: onHand,
      promisable: sql`case when ${lots.stage} = 'held' then ${lots.promised} else ${onHand}::int8 end`,
      version: sql`${lots.version} + 1`,
    })
    .where(and(eq(lots.id, line.lotId), inArray(lots.stage, ['shipped', 'held'])))
    .returning({ id: lots.id })
  if (taken.length === 0) throw new Fault('lot_wrong_stage', line.code)
  const eventId = await emit(tx, ctx, {
    type: 'lot.received',
    subjectId: line.lotId,
    orgId: line.orgId,
    hubId: line.hubId,
    payload: {
      consignmentId: line.consignmentId,
      shipped: line.quantity,
      onHand,
      refused: line.quantity - onHand,
      refuseReason,
    },
  })
  if (onHand === 0) return
  const dock = await defaultBin(tx, line.hubId, line.zone, 'dock')
  await moveGoods(tx, ctx, {
    lotId: line.lotId,
    fromBinId: null,
    toBinId: dock.id,
    quantity: onHand,
    kind: 'receive',
    subjectId: line.consignmentId,
    eventId,
  })
}

async function tellOf(
  tx: Tx,
  ctx: Ctx,
  line: Line,
  refused: { refusedQuantity: number; refuseReason: string | null; consignmentId: string; number: string },
): Promise<void> {
  if (refused.refusedQuantity === 0) return
  await notify(tx, {
    orgId: line.orgId,
    key: 'notice.goods_refused',
    params: {
      lot: line.code,
      name: line.name,
      number: refused.number,
      quantity: refused.refusedQuantity,
      reason: refused.refuseReason ?? '',
    },
    subjectId: refused.consignmentId,
    at: ctx.now,
  })
}

function sameReceipt(line: Line, body: Body): boolean {
  return (
    line.refusedQuantity === body.refused &&
    line.quantity === body.accepted + body.refused &&
    line.refuseReason === (body.refused > 0 ? body.refuseReason : null) &&
    line.grossGrams === body.grossGrams &&
    line.tareGrams === body.tareGrams &&
    line.surfaceDeciC === body.surfaceDeciC
  )
}
