import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Notices taken in one go; the clock comes again. */
const batchMax = 500

type Overdue = { id: string; recallId: string; orgId: string; placeId: string; number: string }

/**
 * Places that did not acknowledge in time: they are reminded, and food safety gets the task to phone, once each.
 * Returns how many.
 */
export async function chaseAnswers(ctx: Ctx): Promise<number> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const now = ctx.now.toISOString()
    const rows = await tx.execute<Overdue>(sql`
      update recall_notices n set call_since = ${now}::timestamptz
      from recalls r
      where r.id = n.recall_id and n.id in (
        select o.id from recall_notices o join recalls c on c.id = o.recall_id
        where o.answered_at is null and o.call_since is null and o.answer_due_at < ${now}::timestamptz
          and c.status in ('notified', 'retrieving')
        order by o.id limit ${batchMax} for update of o skip locked)
      returning n.id, n.recall_id as "recallId", n.org_id as "orgId", n.place_id as "placeId", r.number`)
    const late = [...rows]
    await notifyAll(
      tx,
      late.map((one) => ({
        orgId: one.orgId,
        key: 'notice.recall_reminder',
        params: { number: one.number },
        subjectId: one.id,
        at: ctx.now,
      })),
    )
    await emitAll(
      tx,
      ctx,
      late.map((one) => ({
        type: 'recall.call_due',
        subjectId: one.recallId,
        orgId: one.orgId,
        payload: { noticeId: one.id, placeId: one.placeId },
      })),
    )
    return late.length
  })
}
