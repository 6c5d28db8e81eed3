import { papers } from '@huming/db/schema/papers'
import { dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { lastDayOf } from '@huming/shared/gates'
import { warnStepOf } from '@huming/shared/paper-rules'
import { and, asc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { PaperRow } from './paper-view.ts'
import { lockPapers, reckonSales } from './sale-days.ts'

/**
 * The clock's look at all papers: holders are told once at each step (90, 60, 30 days left, run out) of what is not
 * renewed yet, and the days of sale are reckoned anew. Trade does not wait for it: whoever sells compares the day.
 * Gives how many warnings went out.
 */
export async function watchPapers(ctx: Ctx): Promise<number> {
  allow(ctx, 'paper.review')
  const holders = await ctx.db.selectDistinct({ orgId: papers.orgId }).from(papers).orderBy(asc(papers.orgId))
  let told = 0
  for (const { orgId } of holders) told += await inTransaction(ctx, (tx) => watchHolder(tx, ctx, orgId))
  return told
}

async function watchHolder(tx: Tx, ctx: Ctx, orgId: string): Promise<number> {
  await lockPapers(tx, orgId)
  const today = serviceDayOf(ctx.now)
  const valid = await tx
    .select()
    .from(papers)
    .where(and(eq(papers.orgId, orgId), eq(papers.status, 'valid')))
    .orderBy(asc(papers.id))
  const due = valid.flatMap((paper) => {
    const step = warnStepOf(paper, today)
    const isNews = step !== null && (paper.warnedDays === null || step < paper.warnedDays)
    return isNews && !isRenewed(paper, valid) ? [{ paper, step }] : []
  })
  for (const { paper, step } of due)
    await tx.update(papers).set({ warnedDays: step }).where(eq(papers.id, paper.id))
  await notifyAll(
    tx,
    due.map(({ paper, step }) => noticeOf(paper, step, today, ctx.now)),
  )
  await reckonSales(tx, ctx, orgId)
  return due.length
}

/** Another paper of the kind, for the same products, takes over without a gap. */
const isRenewed = (paper: PaperRow, valid: readonly PaperRow[]): boolean =>
  valid.some(
    (other) =>
      other.id !== paper.id &&
      other.kind === paper.kind &&
      other.vehicleId === paper.vehicleId &&
      other.personId === paper.personId &&
      paper.productIds.every((id) => other.productIds.includes(id)) &&
      paper.scope.every((one) => other.scope.includes(one)) &&
      lastDayOf(other) > lastDayOf(paper) &&
      dayDiff(lastDayOf(paper) as ServiceDay, other.validFrom as ServiceDay) <= 1,
  )

function noticeOf(paper: PaperRow, step: number, today: ServiceDay, at: Date) {
  const until = lastDayOf(paper)
  return {
    orgId: paper.orgId,
    key: step === 0 ? 'notice.paper_expired' : 'notice.paper_expiring',
    params: {
      paper: paper.kind,
      number: paper.number,
      day: until,
      days: Math.max(0, dayDiff(today, until as ServiceDay)),
    },
    subjectId: paper.id,
    at,
  }
}
