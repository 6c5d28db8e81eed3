import { receiptExceptions } from '@huming/db/schema/receiving'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Receipt, readReceiptDoc } from './read-receipt.ts'
import { type LineAt, lockLine, refuseClosed } from './rows.ts'

type Body = ContractParsed<Contracts['receiving.grantException']>['body']

/** Sets one rule of the dock aside for one lot, by name and with the reason. The first one stands; a repeat changes nothing. */
export async function grantException(
  ctx: Ctx,
  at: LineAt & { exceptionId: string },
  { kind, reason }: Body,
): Promise<Receipt> {
  allow(ctx, 'receipt.except')
  return inTransaction(ctx, async (tx) => {
    const open = await lockLine(tx, ctx, at, 'receipt.except')
    const [before] = await tx
      .select()
      .from(receiptExceptions)
      .where(and(eq(receiptExceptions.lineId, at.lineId), eq(receiptExceptions.kind, kind)))
    if (!before) {
      refuseClosed(open)
      await tx.insert(receiptExceptions).values({
        id: at.exceptionId,
        lineId: at.lineId,
        kind,
        reason,
        grantedBy: person(ctx).personId,
        at: ctx.now,
      })
      await emit(tx, ctx, {
        type: 'receipt.excepted',
        subjectId: at.id,
        orgId: open.consignment.orgId,
        hubId: open.consignment.hubId,
        payload: { lineId: at.lineId, lotId: open.goods.lotId, kind, reason },
      })
    }
    return readReceiptDoc(tx, ctx, at.id)
  })
}
