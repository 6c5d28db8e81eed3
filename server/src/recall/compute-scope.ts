import { recallNoticeGoods, recallNotices } from '@huming/db/schema/recall'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type PlaceGoods, placesOf } from './notice-rows.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, lotsOf, statusAfter } from './rows.ts'

/**
 * Writes down every place the lots went to, with exactly how much, and the suppliers. After the stop nothing more is
 * handed over, so the list is final until the recall is widened; then new places and quantities are added.
 */
export async function computeScope(ctx: Ctx, id: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    const status = statusAfter(recall, 'scope')
    const lotIds = (await lotsOf(tx, id)).map((lot) => lot.lotId)
    const goods = await placesOf(tx, lotIds)
    for (const [placeId, own] of Map.groupBy(goods, (one) => one.placeId))
      await writePlace(tx, id, placeId, own)
    await advance(tx, ctx, recall, status)
    const buyers = new Set(goods.filter((one) => one.kind === 'buyer').map((one) => one.placeId))
    await emit(tx, ctx, {
      type: 'recall.scope_computed',
      subjectId: id,
      payload: { lots: lotIds.length, sites: buyers.size, drill: recall.drill },
    })
    return recallDoc(tx, ctx, id)
  })
}

async function writePlace(
  tx: Tx,
  recallId: string,
  placeId: string,
  goods: readonly PlaceGoods[],
): Promise<void> {
  const [first] = goods
  if (!first) return
  const { kind, orgId, hubId } = first
  await tx
    .insert(recallNotices)
    .values({ id: newId(), recallId, placeId, kind, orgId, hubId, photoFileIds: [] })
    .onConflictDoNothing()
  const [notice] = await tx
    .select()
    .from(recallNotices)
    .where(and(eq(recallNotices.recallId, recallId), eq(recallNotices.placeId, placeId)))
    .for('update')
  if (!notice) return
  const known = await tx
    .select({ lotId: recallNoticeGoods.lotId })
    .from(recallNoticeGoods)
    .where(eq(recallNoticeGoods.noticeId, notice.id))
  const lots = new Set(known.map((one) => one.lotId))
  const added = goods.filter((one) => !lots.has(one.lotId))
  await tx
    .insert(recallNoticeGoods)
    .values(goods.map(({ lotId, quantity }) => ({ noticeId: notice.id, lotId, quantity })))
    .onConflictDoUpdate({
      target: [recallNoticeGoods.noticeId, recallNoticeGoods.lotId],
      set: { quantity: sql`greatest(excluded.quantity, ${recallNoticeGoods.quantity})` },
    })
  // A place that is told of more goods has to acknowledge again.
  if (added.length > 0 && notice.sentAt)
    await tx
      .update(recallNotices)
      .set({ sentAt: null, answeredAt: null, answerDueAt: null, callSince: null, calledAt: null })
      .where(eq(recallNotices.id, notice.id))
}
