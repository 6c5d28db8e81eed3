import { recallNotices, recallTasks } from '@huming/db/schema/recall'
import { and, eq, isNotNull } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { clearLots } from './clear-lots.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, statusAfter } from './rows.ts'

/**
 * The recall was wrong: its lots go on from where they stood, open tasks fall, everybody told is told so. Cuts stay
 * cut: buyers may order again. A repeat changes nothing.
 */
export async function withdrawRecall(ctx: Ctx, id: string, reason: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.status === 'withdrawn') return recallDoc(tx, ctx, id)
    const status = statusAfter(recall, 'withdraw')
    const lots = recall.drill ? 0 : await clearLots(tx, ctx, id, reason)
    await tx
      .update(recallTasks)
      .set({ status: 'void', doneAt: ctx.now })
      .where(and(eq(recallTasks.recallId, id), eq(recallTasks.status, 'open')))
    const told = await tx
      .select({ id: recallNotices.id, orgId: recallNotices.orgId })
      .from(recallNotices)
      .where(and(eq(recallNotices.recallId, id), isNotNull(recallNotices.sentAt)))
    await notifyAll(
      tx,
      told.map((notice) => ({
        orgId: notice.orgId,
        key: 'notice.recall_withdrawn',
        params: { number: recall.number, reason },
        subjectId: notice.id,
        at: ctx.now,
      })),
    )
    await advance(tx, ctx, recall, status, { withdrawReason: reason })
    await emit(tx, ctx, {
      type: 'recall.withdrawn',
      subjectId: id,
      payload: { reason, lots, told: told.length },
    })
    return recallDoc(tx, ctx, id)
  })
}
