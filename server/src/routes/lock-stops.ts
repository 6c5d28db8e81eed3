import { runs, stops } from '@huming/db/schema/routes'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlan } from './lock-plan.ts'

/**
 * Keeps stops on their run when the rest is planned again, or lets them go. All or none: a stop that is not in the
 * plan is `not_found`. What stands so already stays untouched, and a repeat tells nobody.
 */
export async function lockStops(
  ctx: Ctx,
  input: { id: string; stopIds: readonly string[]; locked: boolean },
): Promise<{ id: string; locked: number }> {
  allow(ctx, 'plan.write')
  return inTransaction(ctx, async (tx) => {
    const { plan } = await lockPlan(tx, ctx, input.id, 'plan.write')
    const wanted = [...new Set(input.stopIds)]
    const rows = await tx
      .select({ id: stops.id, lockedAt: stops.lockedAt })
      .from(stops)
      .innerJoin(runs, eq(runs.id, stops.runId))
      .where(and(eq(runs.planId, plan.id), inArray(stops.id, wanted)))
      .orderBy(stops.id)
      .for('update', { of: stops })
    if (rows.length !== wanted.length) throw new Fault('not_found')
    const changed = rows.filter((row) => (row.lockedAt !== null) !== input.locked).map((row) => row.id)
    if (changed.length > 0) {
      await tx
        .update(stops)
        .set({ lockedAt: input.locked ? ctx.now : null })
        .where(inArray(stops.id, changed))
      await emit(tx, ctx, {
        type: 'plan.locks_set',
        subjectId: plan.id,
        hubId: plan.hubId,
        payload: { stopIds: changed, locked: input.locked },
      })
    }
    const [count] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(stops)
      .innerJoin(runs, eq(runs.id, stops.runId))
      .where(and(eq(runs.planId, plan.id), sql`${stops.lockedAt} is not null`))
    return { id: plan.id, locked: count?.n ?? 0 }
  })
}
