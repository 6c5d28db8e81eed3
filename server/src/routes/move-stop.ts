import { runs, stops } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert, Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlan, sumMetres, targetRun } from './lock-plan.ts'
import { planDoc } from './read-plan.ts'
import { checkLoad, freeSeqs, readLegs, writeLegs } from './reroute.ts'
import type { Plan } from './rows.ts'
import { inOrder, putAt } from './trips.ts'

type Input = {
  id: string
  runId: string | null
  vehicleId: string | null
  seq: number
  /** Null: that of the stop before it. */
  trip: number | null
  version: number
}

/**
 * Moves a stop to another place or trip of its run, to another run or to a free vehicle, while both are only planned.
 * The receiving vehicle must carry the zones, and each trip's load; lateness is the dispatcher's to see and choose.
 */
export async function moveStop(ctx: Ctx, input: Input): Promise<Plan> {
  allow(ctx, 'plan.write')
  const [at] = await ctx.db
    .select({ planId: runs.planId })
    .from(stops)
    .innerJoin(runs, eq(runs.id, stops.runId))
    .where(eq(stops.id, input.id))
  const { planId } = found(at)
  await inTransaction(ctx, async (tx) => {
    const locked = await lockPlan(tx, ctx, planId, 'plan.write')
    const [row] = await tx.select().from(stops).where(eq(stops.id, input.id)).for('update')
    const stop = found(row)
    const from = found(locked.runs.find((run) => run.id === stop.runId))
    const to = await targetRun(tx, ctx, locked, input)
    if (stop.version !== input.version) throw new Fault('stale_version')
    if (from.status !== 'planned' || to.status !== 'planned') throw new Fault('wrong_state')
    const source = await readLegs(tx, from)
    const leg = source.find((one) => one.id === stop.id)
    assert(leg, 'a stop is on its run')
    const rest = source.filter((one) => one !== leg)
    const others = to.id === from.id ? rest : await readLegs(tx, to)
    const next = putAt(others, leg, input.seq - 1, input.trip)
    if (!inOrder(next)) throw new Fault('wrong_state')
    await freeSeqs(tx, [from.id, to.id])
    await tx.update(stops).set({ runId: to.id, seq: -1_000_000 }).where(eq(stops.id, stop.id))
    if (to.id !== from.id) await writeLegs(tx, from, rest, ctx.now)
    await writeLegs(tx, to, next, ctx.now)
    await checkLoad(tx, to)
    await sumMetres(tx, planId)
    await emit(tx, ctx, {
      type: 'stop.moved',
      subjectId: stop.id,
      hubId: from.hubId,
      payload: { planId, fromRunId: from.id, toRunId: to.id, seq: input.seq, trip: input.trip },
    })
  })
  return planDoc(ctx.db, planId, ctx.now)
}
