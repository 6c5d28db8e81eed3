import { recallNotices, recalls } from '@huming/db/schema/recall'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, statusAfter } from './rows.ts'

/** The report is final, with the conclusion of food safety. A drill reports once its list is complete. */
export async function reportRecall(ctx: Ctx, id: string, conclusion: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.status === 'reported' && recall.conclusion === conclusion) return recallDoc(tx, ctx, id)
    if (!recall.drill && recall.status === 'notified')
      throw new Fault('wrong_state', '', { state: recall.status })
    const status = statusAfter(recall, recall.drill ? 'report_drill' : 'report')
    await refuseUnwitnessed(tx, recall.id)
    await advance(tx, ctx, recall, status, { conclusion })
    await emit(tx, ctx, {
      type: 'recall.reported',
      subjectId: id,
      payload: { conclusion, drill: recall.drill },
    })
    return recallDoc(tx, ctx, id)
  })
}

/** What was destroyed must have been seen by a second person before it is reported. */
async function refuseUnwitnessed(tx: Tx, recallId: string): Promise<void> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from disposals d join recalls r on r.id = ${recallId} and not r.drill
    where d.status = 'written' and d.lot_id in (select lot_id from recall_lots where recall_id = r.id)`)
  const count = found(row).n
  if (count > 0) throw new Fault('recall_not_witnessed', '', { params: { count } })
}

/** Nothing more is to be done. A repeat changes nothing. */
export async function closeRecall(ctx: Ctx, id: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.status === 'closed') return recallDoc(tx, ctx, id)
    await advance(tx, ctx, recall, statusAfter(recall, 'close'))
    await emit(tx, ctx, { type: 'recall.closed', subjectId: id })
    return recallDoc(tx, ctx, id)
  })
}

/** The regulator was told of the incident (within 2 hours: 上海市食品安全条例 Art. 72). The first report counts. */
export async function reportIncident(ctx: Ctx, id: string, note: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.incidentDueAt === null || recall.drill) throw new Fault('wrong_state')
    if (recall.incidentReportedAt) return recallDoc(tx, ctx, id)
    await tx
      .update(recalls)
      .set({ incidentReportedAt: ctx.now, incidentNote: note, version: recall.version + 1 })
      .where(eq(recalls.id, id))
    await emit(tx, ctx, { type: 'recall.incident_reported', subjectId: id, payload: { note } })
    return recallDoc(tx, ctx, id)
  })
}

/** Somebody phoned a place that had not acknowledged, and notes what was said. */
export async function noteCall(ctx: Ctx, noticeId: string, note: string): Promise<typeof done> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(recallNotices).where(eq(recallNotices.id, noticeId)).for('update')
    const notice = found(row)
    if (notice.sentAt === null) throw new Fault('wrong_state')
    if (notice.calledAt && notice.callNote === note) return done
    await tx
      .update(recallNotices)
      .set({ calledAt: ctx.now, calledBy: personIdOf(ctx), callNote: note })
      .where(eq(recallNotices.id, noticeId))
    await emit(tx, ctx, {
      type: 'recall.called',
      subjectId: notice.recallId,
      orgId: notice.orgId,
      payload: { noticeId, note },
    })
    return done
  })
}
