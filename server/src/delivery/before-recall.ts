import { organisations } from '@huming/db/schema/accounts'
import { eq } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { notifyAll } from '../kernel/notice.ts'
import type { StopOnRoad } from './rows.ts'
import type { Matched } from './rules.ts'

/**
 * Recalled goods are not handed over, whatever the phone knew: they come back as refused, with the reason. But what
 * was handed over before the stop was handed over: a hand-over that happened earlier by a clock to be believed is
 * taken, for a book that says the goods came back would be false, and the buyer must be told (食品安全法 Art. 63).
 * Returns the lines that were handed over so; refuses the others with `goods_recalled`.
 */
export function handedBeforeStop(lines: readonly Matched[], at: Date, clockSane: boolean): Matched[] {
  const barred = lines.filter((line) => line.barred && line.delivered > 0)
  const early = barred.filter(
    (line) => clockSane && line.stoppedAt !== null && at.getTime() < Date.parse(line.stoppedAt),
  )
  const wrong = barred.filter((line) => !early.includes(line))
  if (wrong.length === 0) return early
  throw new Fault('goods_recalled', '', {
    params: { lots: [...new Set(wrong.map((line) => line.lotCode))].join('、') },
    pointers: wrong.map((line) => ({ pointer: `/body/lines/${lines.indexOf(line)}`, reason: 'recalled' })),
  })
}

/** The operations centre reads that recalled goods are at a buyer who may not be on the recall's list yet. */
export async function tellFoodSafety(
  tx: Tx,
  ctx: Ctx,
  { stop, run, site }: StopOnRoad,
  lines: readonly Matched[],
  at: Date,
): Promise<void> {
  await emit(tx, ctx, {
    type: 'stop.delivered_before_recall',
    subjectId: stop.id,
    orgId: site.orgId,
    hubId: run.hubId,
    payload: {
      runId: run.id,
      siteId: site.id,
      at: at.toISOString(),
      toldAt: ctx.now.toISOString(),
      lines: lines.map(({ orderId, lotId, delivered, stoppedAt }) => ({
        orderId,
        lotId,
        delivered,
        stoppedAt,
      })),
    },
  })
  const centres = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.kind, 'operations'))
  await notifyAll(
    tx,
    centres.map(({ id }) => ({
      orgId: id,
      key: 'notice.handed_before_recall',
      params: { site: site.name, lots: [...new Set(lines.map((line) => line.lotCode))].join('、') },
      subjectId: stop.id,
      at: ctx.now,
    })),
  )
}
