import { waves } from '@huming/db/schema/picking'
import { type Keep, planProposals } from '@huming/db/schema/planning'
import { plans, runs, stops } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { RunRow } from './lock-plan.ts'
import { openOrders } from './open-orders.ts'
import { type Proposal, proposalDoc } from './proposal-rows.ts'

type Input = {
  id: string
  waveId: string
  seconds: number
  seed: number
  keep: Keep
  reason: string
}

/**
 * Asks the planner for a plan of a wave that is picking or picked, beside the one in force. Runs named in `keep`
 * and those that are loading or gone stay as they are; stops named there, and locked ones, stay on their vehicle.
 * A repeat answers what was asked; the same id for something else is `id_reused`.
 */
export async function propose(ctx: Ctx, input: Input): Promise<Proposal> {
  allow(ctx, 'plan.write')
  const [row] = await ctx.db.select().from(waves).where(eq(waves.id, input.waveId))
  const wave = found(row)
  allow(ctx, 'plan.write', { hubId: wave.hubId })
  if (wave.status !== 'picking' && wave.status !== 'picked') throw new Fault('wrong_state')
  await inTransaction(ctx, async (tx) => {
    await tx.select({ id: waves.id }).from(waves).where(eq(waves.id, wave.id)).for('no key update')
    if (await askedBefore(tx, input)) return
    const asked = await askProposal(tx, ctx, { ...input, wave })
    if (!asked) throw new Fault('wave_empty')
  })
  return proposalDoc(ctx.db, input.id)
}

async function askedBefore(tx: Tx, input: Input): Promise<boolean> {
  const [before] = await tx.select().from(planProposals).where(eq(planProposals.id, input.id))
  if (!before) return false
  const same =
    before.waveId === input.waveId &&
    before.seconds === input.seconds &&
    before.seed === input.seed &&
    before.reason === input.reason
  if (!same) throw new Fault('id_reused')
  return true
}

type Wave = typeof waves.$inferSelect
type Asking = {
  wave: Wave
  id?: string
  kind?: 'first' | 'night'
  seconds: number
  seed: number
  keep?: Keep
  reason: string
}

/** Writes a proposal to be planned, of a wave that is locked. False when there is nothing to plan. */
export async function askProposal(tx: Tx, ctx: Ctx, asking: Asking): Promise<boolean> {
  const { wave, seconds, seed, reason, keep = { runIds: [], stopIds: [] } } = asking
  const [plan] = await tx.select().from(plans).where(eq(plans.waveId, wave.id))
  const own = plan ? await tx.select().from(runs).where(eq(runs.planId, plan.id)).orderBy(runs.id) : []
  const touched = touchedRuns(own, keep)
  if ((await openOrders(tx, wave.id, untouchedIds(own, keep))).length === 0) return false
  const id = asking.id ?? newId()
  const kind = asking.kind ?? (own.some((run) => run.status !== 'planned') ? 'night' : 'again')
  await tx.insert(planProposals).values({
    id,
    waveId: wave.id,
    hubId: wave.hubId,
    day: wave.day,
    kind,
    status: 'asked',
    seconds,
    seed,
    keep: await keptOf(tx, touched, keep),
    planId: plan?.id ?? null,
    runVersions: Object.fromEntries(touched.map((run) => [run.id, run.version])),
    reason,
    askedBy: personIdOf(ctx),
    askedAt: ctx.now,
  })
  await emit(tx, ctx, {
    type: 'plan.asked',
    subjectId: id,
    hubId: wave.hubId,
    payload: { waveId: wave.id, kind, seconds, reason },
  })
  return true
}

/** Runs that planning anew may change: only planned, and not kept. */
export const touchedRuns = (own: readonly RunRow[], keep: Keep): RunRow[] =>
  own.filter((run) => run.status === 'planned' && !keep.runIds.includes(run.id))

export const untouchedIds = (own: readonly RunRow[], keep: Keep): string[] => {
  const touched = new Set(touchedRuns(own, keep))
  return own.filter((run) => !touched.has(run)).map((run) => run.id)
}

/** What is kept, of the runs that may change; locked stops with the named ones. Strangers' ids mean nothing. */
async function keptOf(tx: Tx, touched: readonly RunRow[], keep: Keep): Promise<Keep> {
  const ids = touched.map((run) => run.id)
  const named = keep.stopIds.length > 0 ? inArray(stops.id, keep.stopIds) : sql`false`
  const rows = await tx
    .select({ id: stops.id })
    .from(stops)
    .where(and(inArray(stops.runId, ids), sql`(${named} or ${isNotNull(stops.lockedAt)})`))
    .orderBy(stops.id)
  return { runIds: keep.runIds, stopIds: rows.map((row) => row.id) }
}
