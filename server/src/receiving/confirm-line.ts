import { receiptCounts } from '@huming/db/schema/receiving'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { type Receipt as ReceiptDoc, readReceiptDoc } from './read-receipt.ts'
import { refuseByRule } from './receive-line.ts'
import { type LineAt, lockLine } from './rows.ts'
import type { Receipt } from './rules.ts'
import { takeIn } from './take-in.ts'

/**
 * A second person has counted the goods as well and comes to the same: now they are in stock. `same_person` for who
 * counted first, `count_differs` for another number. A repeat gives the same.
 */
export async function confirmLine(
  ctx: Ctx,
  at: LineAt,
  { accepted }: { accepted: number },
): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const open = await lockLine(tx, ctx, at)
    const { count } = open
    const { personId } = person(ctx)
    if (!count) throw new Fault('wrong_state')
    if (open.line.receivedAt !== null) {
      if (count.confirmedBy === personId && count.accepted === accepted) return consignmentDoc(tx, ctx, at.id)
      throw new Fault('wrong_state')
    }
    if (count.countedBy === personId) throw new Fault('same_person')
    if (count.accepted !== accepted) throw new Fault('count_differs')
    const onHand = await refuseByRule(tx, ctx, open, count as typeof count & Receipt)
    await takeIn(tx, ctx, open, count, onHand)
    return consignmentDoc(tx, ctx, at.id)
  })
}

/** Drops a count that waits for its second person, so that the lot is counted anew. A repeat changes nothing. */
export async function recountLine(ctx: Ctx, at: LineAt, { reason }: { reason: string }): Promise<ReceiptDoc> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const { consignment, line, count } = await lockLine(tx, ctx, at)
    if (line.receivedAt !== null || consignment.status !== 'arrived') throw new Fault('wrong_state')
    if (count) {
      await tx.delete(receiptCounts).where(eq(receiptCounts.lineId, at.lineId))
      const { accepted, refused, countedBy } = count
      await emit(tx, ctx, {
        type: 'receipt.dropped',
        subjectId: at.id,
        orgId: consignment.orgId,
        hubId: consignment.hubId,
        payload: { lineId: at.lineId, accepted, refused, countedBy, reason },
      })
    }
    return readReceiptDoc(tx, ctx, at.id)
  })
}
