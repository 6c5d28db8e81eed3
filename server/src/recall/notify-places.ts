import { recallNotices } from '@huming/db/schema/recall'
import { and, eq, isNull } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, statusAfter } from './rows.ts'

/**
 * Tells every place that is not told yet: from now on each has so many minutes to acknowledge before somebody phones.
 * A drill tells nobody and only takes the time.
 */
export async function notifyPlaces(ctx: Ctx, id: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.status === 'notified') return recallDoc(tx, ctx, id)
    const status = statusAfter(recall, 'notify')
    let told = 0
    if (!recall.drill) {
      const answerDueAt = new Date(ctx.now.getTime() + recall.answerMinutes * 60_000)
      const places = await tx
        .update(recallNotices)
        .set({ sentAt: ctx.now, answerDueAt })
        .where(and(eq(recallNotices.recallId, id), isNull(recallNotices.sentAt)))
        .returning({ id: recallNotices.id, orgId: recallNotices.orgId, hubId: recallNotices.hubId })
      await notifyAll(
        tx,
        places.map((place) => ({
          orgId: place.orgId,
          key: 'notice.recall',
          params: { number: recall.number, level: recall.level, reason: recall.reason },
          subjectId: place.id,
          at: ctx.now,
        })),
      )
      await emitAll(
        tx,
        ctx,
        places.map((place) => ({
          type: 'recall.told',
          subjectId: id,
          orgId: place.orgId,
          hubId: place.hubId,
          payload: { noticeId: place.id },
        })),
      )
      told = places.length
    }
    await advance(tx, ctx, recall, status)
    await emit(tx, ctx, {
      type: 'recall.notified',
      subjectId: id,
      payload: { places: told, drill: recall.drill },
    })
    return recallDoc(tx, ctx, id)
  })
}
