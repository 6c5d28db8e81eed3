import { waves } from '@huming/db/schema/picking'
import { type ProposalResult, planProposals } from '@huming/db/schema/planning'
import { plans, runs, stopOrders, stops } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type PlanRow, type RunRow, sumMetres } from './lock-plan.ts'
import { openOrders } from './open-orders.ts'
import type { ProposalRow } from './proposal-rows.ts'
import { touchedRuns, untouchedIds } from './propose.ts'
import { planDoc } from './read-plan.ts'
import { freeVehicles } from './read-problem.ts'
import type { Plan } from './rows.ts'
import { writeProposedRuns } from './write-proposed-runs.ts'

/**
 * Makes a proposal the plan of its wave. Runs of vehicles that stay in use keep their id and driver, stops their id
 * and lock; kept, loading and departed runs are not touched. `proposal_outdated` when runs it changes, the orders to
 * be brought or the vehicles are others than when it was asked. A repeat changes nothing.
 */
export async function adoptProposal(ctx: Ctx, id: string): Promise<Plan> {
  allow(ctx, 'plan.write')
  const [at] = await ctx.db.select().from(planProposals).where(eq(planProposals.id, id))
  allow(ctx, 'plan.write', { hubId: found(at).hubId })
  const planId = await inTransaction(ctx, async (tx) => {
    const locked = await lockAll(tx, found(at))
    const { proposal, plan } = locked
    if (proposal.status === 'adopted' && plan) return plan.id
    if (proposal.status !== 'done' || !proposal.result) throw new Fault('wrong_state')
    await refuseOutdated(tx, locked, proposal.result)
    return adopt(tx, ctx, { ...locked, result: proposal.result })
  })
  return planDoc(ctx.db, planId, ctx.now)
}

type Wave = typeof waves.$inferSelect
type Locked = { wave: Wave; plan: PlanRow | undefined; own: RunRow[]; proposal: ProposalRow }

/** Wave, plan, runs, proposal: in the order in which others lock them. */
async function lockAll(tx: Tx, { id, waveId }: ProposalRow): Promise<Locked> {
  const [wave] = await tx.select().from(waves).where(eq(waves.id, waveId)).for('no key update')
  const [plan] = await tx.select().from(plans).where(eq(plans.waveId, waveId)).for('update')
  const own = plan
    ? await tx.select().from(runs).where(eq(runs.planId, plan.id)).orderBy(runs.id).for('update')
    : []
  const [proposal] = await tx.select().from(planProposals).where(eq(planProposals.id, id)).for('update')
  return { wave: found(wave), plan, own, proposal: found(proposal) }
}

async function refuseOutdated(
  tx: Tx,
  { wave, plan, own, proposal }: Locked,
  result: ProposalResult,
): Promise<void> {
  const outdated = (): never => {
    throw new Fault('proposal_outdated')
  }
  if ((plan?.id ?? null) !== proposal.planId) outdated()
  const versions = new Map(touchedRuns(own, proposal.keep).map((run) => [run.id, run.version]))
  const then = Object.entries(proposal.runVersions)
  if (then.length !== versions.size || then.some(([id, version]) => versions.get(id) !== version)) outdated()
  if (await lockedSince(tx, [...versions.keys()], proposal.keep.stopIds)) outdated()
  const untouched = untouchedIds(own, proposal.keep)
  const planned = ordersIn(result)
  const open = await openOrders(tx, wave.id, untouched)
  if (open.some((id) => !planned.has(id))) outdated()
  if (await ridesOn(tx, untouched, planned)) outdated()
  const busy = new Set(own.filter((run) => untouched.includes(run.id)).map((run) => run.vehicleId))
  const free = new Set((await freeVehicles(tx, wave)).map((vehicle) => vehicle.id))
  if (result.runs.some(({ vehicleId }) => busy.has(vehicleId) || !free.has(vehicleId))) outdated()
}

/** Whether one of the orders rides on one of the runs by now, aboard already or not. */
async function ridesOn(tx: Tx, runIds: string[], orderIds: ReadonlySet<string>): Promise<boolean> {
  const rows = await tx
    .select({ orderId: stopOrders.orderId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(and(inArray(stops.runId, runIds), inArray(stopOrders.orderId, [...orderIds])))
    .limit(1)
  return rows.length > 0
}

/** Was a stop locked after the proposal was asked? */
async function lockedSince(tx: Tx, runIds: string[], kept: string[]): Promise<boolean> {
  const rows = await tx
    .select({ id: stops.id })
    .from(stops)
    .where(and(inArray(stops.runId, runIds), isNotNull(stops.lockedAt)))
  return rows.some((row) => !kept.includes(row.id))
}

const ordersIn = (result: ProposalResult): Set<string> =>
  new Set([
    ...result.runs.flatMap((run) => run.stops.flatMap((stop) => stop.orderIds)),
    ...result.unassigned.map((miss) => miss.orderId),
  ])

async function adopt(tx: Tx, ctx: Ctx, locked: Locked & { result: ProposalResult }): Promise<string> {
  const { wave, plan, own, proposal, result } = locked
  const planId = plan?.id ?? newId()
  const status = plan && result.runs.length === 0 ? plan.status : reopened(plan)
  const head = {
    status,
    method: result.method,
    matrixSource: proposal.matrixSource ?? '',
    unassigned: result.unassigned,
    createdAt: ctx.now,
  }
  await tx
    .insert(plans)
    .values({ id: planId, hubId: wave.hubId, day: wave.day, waveId: wave.id, metres: 0, ...head })
    .onConflictDoUpdate({ target: plans.waveId, set: head })
  await writeProposedRuns(tx, { wave, planId, own, touched: touchedRuns(own, proposal.keep), result })
  await sumMetres(tx, planId)
  await tx.update(planProposals).set({ status: 'adopted' }).where(eq(planProposals.id, proposal.id))
  await emit(tx, ctx, {
    type: 'plan.made',
    subjectId: planId,
    hubId: wave.hubId,
    payload: {
      waveId: wave.id,
      proposalId: proposal.id,
      method: result.method,
      runs: result.runs.length,
      stops: result.runs.reduce((sum, run) => sum + run.stops.length, 0),
      unassigned: result.unassigned.length,
    },
  })
  return planId
}

/** A plan whose runs had all gone is a draft again when it gets new ones. */
const reopened = (plan: PlanRow | undefined): string =>
  (plan && nextStatus('plan', plan.status, 'reopen')) ?? 'draft'
