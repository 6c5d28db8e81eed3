import { papers } from '@huming/db/schema/papers'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Paper, type PaperRow, paperViewOf } from './paper-view.ts'
import { reckonSales } from './sale-days.ts'
import { lockPaper } from './write-paper.ts'

type Body = ContractParsed<Contracts['papers.review']>['body']

/**
 * Operations decide on a paper (电子商务法 Art. 27, 食品安全法 Art. 62): what is approved or checked again counts as
 * checked today, what is refused or revoked needs a reason and the holder is told. What may be sold follows in the
 * same transaction.
 */
export async function reviewPaper(ctx: Ctx, id: string, body: Body): Promise<Paper> {
  allow(ctx, 'paper.review')
  return inTransaction(ctx, async (tx) => {
    const before = await lockPaper(tx, id)
    allow(ctx, 'paper.review', { orgId: before.orgId })
    if (isRepeat(before, body, ctx)) return paperViewOf(tx, ctx, id)
    if (before.version !== body.version) throw new Fault('stale_version')
    const status = nextStatus('paper', before.status, body.decision)
    if (!status) throw new Fault('wrong_state')
    if ((body.decision === 'refuse' || body.decision === 'revoke') && body.note === '')
      throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/note', reason: 'missing' }] })
    const today = serviceDayOf(ctx.now)
    if (body.confirmedOn !== null && body.confirmedOn > today)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/confirmedOn', reason: 'future' }] })
    await tx
      .update(papers)
      .set({ ...changeOf(before, body, today), status, reviewedBy: personIdOf(ctx), reviewedAt: ctx.now })
      .where(eq(papers.id, id))
    await reckonSales(tx, ctx, before.orgId)
    await tell(tx, ctx, before, body)
    await emit(tx, ctx, {
      type: 'paper.reviewed',
      subjectId: id,
      orgId: before.orgId,
      payload: { kind: before.kind, decision: body.decision, note: body.note },
    })
    return paperViewOf(tx, ctx, id)
  })
}

const statusAfter = { approve: 'valid', refuse: 'refused', verify: 'valid', revoke: 'revoked' } as const

/** The same decision came again after it was taken. */
function isRepeat(before: PaperRow, body: Body, ctx: Ctx): boolean {
  return (
    before.version === body.version + 1 &&
    before.status === statusAfter[body.decision] &&
    before.reviewNote === body.note &&
    before.reviewedBy === personIdOf(ctx)
  )
}

function changeOf(before: PaperRow, body: Body, today: ServiceDay) {
  const checked = body.decision === 'approve' || body.decision === 'verify'
  return {
    version: before.version + 1,
    reviewNote: body.note,
    ...(checked ? { verifiedOn: today } : {}),
    // A new year of life is warned of anew.
    ...(body.confirmedOn === null ? {} : { confirmedOn: body.confirmedOn, warnedDays: null }),
  }
}

async function tell(tx: Tx, ctx: Ctx, { orgId, id, kind, number }: PaperRow, body: Body): Promise<void> {
  if (body.decision === 'verify') return
  await notify(tx, {
    orgId,
    key: `notice.paper_${body.decision}`,
    params: { paper: kind, number, note: body.note },
    subjectId: id,
    at: ctx.now,
  })
}
