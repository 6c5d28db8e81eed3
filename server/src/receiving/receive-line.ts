import { receiptCounts } from '@huming/db/schema/receiving'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { ZONES } from '@huming/shared/reference/zones'
import { refuseGate } from '../accounts/gates.ts'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { type CountRow, type LineAt, lockLine, type OpenLine, refuseClosed } from './rows.ts'
import { judgeReceipt, type Receipt } from './rules.ts'
import { takeIn } from './take-in.ts'

type Body = ContractParsed<Contracts['receiving.receiveLine']>['body']

/**
 * Takes in one lot as counted, weighed and measured. What is accepted is on hand from now on; promises beyond it
 * move to other lots or are cut. Where a rule asks for two people, it is counted only and waits for the second one.
 * A repeat gives the same; other numbers for a counted lot are `wrong_state`.
 */
export async function receiveLine(ctx: Ctx, at: LineAt, body: Body): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const open = await lockLine(tx, ctx, at)
    if (open.count) {
      if (sameCount(open.count, body)) return consignmentDoc(tx, ctx, at.id)
      throw new Fault('wrong_state')
    }
    refuseClosed(open)
    const onHand = await refuseByRule(tx, ctx, open, body)
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    const count = await writeCount(tx, ctx, open, body)
    if (count.secondWhy.length === 0) await takeIn(tx, ctx, open, count, onHand)
    else
      await emit(tx, ctx, {
        type: 'receipt.counted',
        subjectId: at.id,
        orgId: open.consignment.orgId,
        hubId: open.consignment.hubId,
        payload: { lineId: at.lineId, accepted: body.accepted, secondWhy: count.secondWhy },
      })
    return consignmentDoc(tx, ctx, at.id)
  })
}

/** Refuses what the rules of the dock or the papers do not let in; else what would be on hand, in base units. */
export async function refuseByRule(
  tx: Tx,
  ctx: Ctx,
  { goods }: Pick<OpenLine, 'goods'>,
  receipt: Receipt,
): Promise<number> {
  const judged = judgeReceipt(goods, receipt, serviceDayOf(ctx.now))
  if (!judged.ok)
    throw new Fault(judged.code, '', {
      pointers: [{ pointer: `/body/${judged.at}`, reason: judged.code }],
      params: { zone: ZONES[goods.zone][ctx.locale], ...judged.params },
    })
  if (judged.onHand > 0)
    await refuseGate(tx, ctx, 'receive', {
      lotIds: [goods.lotId],
      quantities: new Map([[goods.lotId, receipt.accepted]]),
    })
  return judged.onHand
}

async function writeCount(tx: Tx, ctx: Ctx, { line, goods }: OpenLine, body: Body): Promise<CountRow> {
  const refused = body.refused > 0
  const away = refused && body.refuseReason !== 'missing'
  const [row] = await tx
    .insert(receiptCounts)
    .values({
      lineId: line.id,
      accepted: body.accepted,
      refused: body.refused,
      refuseReason: refused ? body.refuseReason : null,
      refusedTo: away ? body.refusedTo : null,
      disposal: away && body.refusedTo === 'destroyed' ? body.disposal : '',
      netGrams: goods.netGrams,
      tareGrams: goods.tareGrams,
      surfaceDeciC: body.surfaceDeciC,
      coreDeciC: body.coreDeciC,
      photoFileIds: body.photoFileIds,
      secondWhy: body.accepted > 0 ? goods.secondWhy : [],
      countedBy: person(ctx).personId,
      countedAt: ctx.now,
    })
    .returning()
  return row as CountRow
}

function sameCount(count: CountRow, body: Body): boolean {
  const away = body.refused > 0 && body.refuseReason !== 'missing'
  return (
    count.accepted === body.accepted &&
    count.refused === body.refused &&
    count.refuseReason === (body.refused > 0 ? body.refuseReason : null) &&
    count.refusedTo === (away ? body.refusedTo : null) &&
    count.surfaceDeciC === body.surfaceDeciC &&
    count.coreDeciC === body.coreDeciC
  )
}
