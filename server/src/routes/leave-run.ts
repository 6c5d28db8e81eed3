import { runs } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import type { RunRow } from './lock-plan.ts'
import { sumMetres } from './lock-plan.ts'
import { freeSeqs, readLegs, writeLegs } from './reroute.ts'

/** Locks the plan and the run that an order rides on, before the order itself is locked; null when it rides on none. */
export async function lockRunOf(tx: Tx, orderId: string): Promise<RunRow | null> {
  await tx.execute(sql`
    select p.id from plans p join wave_orders w on w.wave_id = p.wave_id where w.order_id = ${orderId}
    order by p.id for update of p`)
  const [at] = await tx.execute<{ id: string }>(sql`
    select s.run_id as id from stop_orders so join stops s on s.id = so.stop_id where so.order_id = ${orderId}`)
  if (!at) return null
  const [run] = await tx.select().from(runs).where(eq(runs.id, at.id)).for('update')
  return run ?? null
}

/**
 * Takes an order of which nothing is left off its run, as long as that is at the hub: a stop without orders goes, and
 * the others move up. A run without stops goes, too, or is finished when it was dispatched. `lockRunOf` comes first.
 */
export async function leaveRun(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const run = await lockRunOf(tx, orderId)
  if (!run || (run.status !== 'planned' && run.status !== 'loading')) return
  await tx.execute(sql`delete from stop_orders where order_id = ${orderId}`)
  const gone = await tx.execute(sql`
    delete from stops s where s.run_id = ${run.id} and s.status = 'waiting'
      and not exists (select 1 from stop_orders so where so.stop_id = s.id) returning s.id`)
  if (gone.length === 0) return
  const legs = await readLegs(tx, run)
  if (legs.length === 0) await endRun(tx, ctx, run)
  else {
    await freeSeqs(tx, [run.id])
    await writeLegs(tx, run, legs, ctx.now)
  }
  await sumMetres(tx, run.planId)
}

/** A run with nowhere to go: a planned one never was, a dispatched one is over. */
async function endRun(tx: Tx, ctx: Ctx, run: RunRow): Promise<void> {
  const status = nextStatus('run', run.status, 'call_off')
  if (!status) return void (await tx.delete(runs).where(eq(runs.id, run.id)))
  await tx
    .update(runs)
    .set({ status, finishedAt: ctx.now, metres: 0, version: sql`${runs.version} + 1` })
    .where(eq(runs.id, run.id))
  const none = { delivered: 0, partial: 0, refused: 0, failed: 0, cratesOut: 0, cratesBack: 0 }
  await emit(tx, ctx, { type: 'run.finished', subjectId: run.id, hubId: run.hubId, payload: none })
}
