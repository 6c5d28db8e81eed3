import { recallNoticeGoods, recallNotices, recallTasks } from '@huming/db/schema/recall'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { and, asc, eq } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type MyNotice, myNoticeDoc } from './my-notices.ts'
import { advance, lockRecall, type Recall } from './rows.ts'

type Body = ContractParsed<Contracts['recall.answer']>['body']
type Goods = typeof recallNoticeGoods.$inferSelect

/**
 * A place acknowledges a notice: of each lot how much it set aside, and how much was used or sold on already. Every
 * lot is told of, and no more than was delivered; what was set aside is photographed, and the warehouse gets the
 * task to collect it. It may be corrected until the goods are collected.
 */
export async function answerNotice(ctx: Ctx, id: string, body: Body): Promise<MyNotice> {
  allow(ctx, 'recallNotice.answer')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [seen] = await tx.select().from(recallNotices).where(eq(recallNotices.id, id))
    // Recalls are locked before their notices everywhere.
    const recall = await lockRecall(tx, found(seen).recallId)
    const [row] = await tx.select().from(recallNotices).where(eq(recallNotices.id, id)).for('update')
    const notice = found(row)
    allow(ctx, 'recallNotice.answer', { orgId: notice.orgId })
    if (notice.sentAt === null) throw new Fault('not_found')
    const goods = await tx
      .select()
      .from(recallNoticeGoods)
      .where(eq(recallNoticeGoods.noticeId, id))
      .orderBy(asc(recallNoticeGoods.lotId))
    if (notice.answeredAt && sameAnswer(notice, goods, body)) return myNoticeDoc(tx, id)
    refuseLate(recall, goods)
    matchGoods(goods, body)
    if (notice.kind === 'buyer' && body.goods.some((one) => one.kept > 0) && body.photoFileIds.length === 0)
      throw new Fault('proof_missing', '', {
        pointers: [{ pointer: '/body/photoFileIds', reason: 'required' }],
      })
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    for (const { lotId, kept, used } of body.goods)
      await tx
        .update(recallNoticeGoods)
        .set({ keptQuantity: kept, usedQuantity: used })
        .where(and(eq(recallNoticeGoods.noticeId, id), eq(recallNoticeGoods.lotId, lotId)))
    await tx
      .update(recallNotices)
      .set({
        answeredAt: notice.answeredAt ?? ctx.now,
        answeredBy: personId,
        answerNote: body.note,
        photoFileIds: body.photoFileIds,
      })
      .where(eq(recallNotices.id, id))
    if (notice.kind === 'buyer') await askToCollect(tx, ctx, recall, notice, body)
    if (recall.status === 'notified') await advance(tx, ctx, recall, 'retrieving')
    await emit(tx, ctx, {
      type: 'recall.answered',
      subjectId: recall.id,
      orgId: notice.orgId,
      hubId: notice.hubId,
      payload: { noticeId: id, placeId: notice.placeId, goods: body.goods },
    })
    return myNoticeDoc(tx, id)
  })
}

function refuseLate(recall: Recall, goods: readonly Goods[]): void {
  const open = ['stop_sale', 'scope_computed', 'notified', 'retrieving'].includes(recall.status)
  if (!open || goods.some((one) => one.recoveredQuantity > 0)) throw new Fault('wrong_state')
}

/** Every lot exactly once, and together no more than came. */
function matchGoods(goods: readonly Goods[], body: Body): void {
  const had = new Map(goods.map((one) => [one.lotId, one.quantity]))
  for (const [i, { lotId, kept, used }] of body.goods.entries()) {
    const most = had.get(lotId)
    if (most === undefined || kept + used > most)
      throw new Fault('recall_quantities_wrong', '', {
        params: { max: most ?? 0 },
        pointers: [{ pointer: `/body/goods/${i}`, reason: `max:${most ?? 0}` }],
      })
    had.delete(lotId)
  }
  const [forgotten] = had
  if (forgotten)
    throw new Fault('recall_quantities_wrong', '', {
      params: { max: forgotten[1] },
      pointers: [{ pointer: '/body/goods', reason: 'missing' }],
    })
}

function sameAnswer(notice: typeof recallNotices.$inferSelect, goods: readonly Goods[], body: Body): boolean {
  const text = (parts: readonly (string | number | null)[]) => parts.join('/')
  const stored = goods.map((one) => text([one.lotId, one.keptQuantity, one.usedQuantity]))
  const told = body.goods.map((one) => text([one.lotId, one.kept, one.used]))
  return (
    stored.toSorted().join() === told.toSorted().join() &&
    notice.answerNote === body.note &&
    notice.photoFileIds.join() === body.photoFileIds.join()
  )
}

/** The hub collects what was set aside; a corrected answer replaces the open tasks of the former one. */
async function askToCollect(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  notice: typeof recallNotices.$inferSelect,
  body: Body,
): Promise<void> {
  await tx
    .update(recallTasks)
    .set({ status: 'void', doneAt: ctx.now })
    .where(and(eq(recallTasks.placeId, notice.id), eq(recallTasks.status, 'open')))
  const kept = body.goods.filter((one) => one.kept > 0)
  if (kept.length === 0) return
  await tx.insert(recallTasks).values(
    kept.map(({ lotId, kept: quantity }) => ({
      id: newId(),
      recallId: recall.id,
      hubId: notice.hubId,
      kind: 'buyer',
      lotId,
      placeId: notice.id,
      quantity,
      status: 'open',
      photoFileIds: [],
      createdAt: ctx.now,
    })),
  )
}
