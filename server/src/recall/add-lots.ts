import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { namedLots, nameLots } from './open-recall.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { lockRecall, lotsOf, statusAfter } from './rows.ts'
import { stopLots } from './stop-sale.ts'

type Widening = { readonly lotIds: readonly string[]; readonly reason: string }

/**
 * A second lot turns out to be affected: it and all it reaches are stopped in the same transaction, and the recall
 * goes back to finding and telling; who was told already is not told twice. Lots that are in it change nothing.
 */
export async function addLots(ctx: Ctx, id: string, { lotIds, reason }: Widening): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    const batches = await namedLots(tx, lotIds)
    const known = new Set((await lotsOf(tx, id)).filter((lot) => lot.named).map((lot) => lot.lotId))
    const added = batches.filter((lotId) => !known.has(lotId))
    if (added.length === 0) return recallDoc(tx, ctx, id)
    const status = statusAfter(recall, 'widen')
    await nameLots(tx, ctx, id, added)
    await emit(tx, ctx, { type: 'recall.widened', subjectId: id, payload: { lots: added, reason } })
    await stopLots(tx, ctx, recall, added, status)
    return recallDoc(tx, ctx, id)
  })
}
