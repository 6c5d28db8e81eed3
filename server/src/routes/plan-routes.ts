import { waves } from '@huming/db/schema/picking'
import { plans, runs, stopOrders, stops } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { nearestNeighbour } from './nearest-neighbour.ts'
import { type Around, readAround } from './plan-around.ts'
import { planDoc } from './read-plan.ts'
import { readProblem } from './read-problem.ts'
import type { PlannedRun, PlanRoutes, RoutingPlan } from './routing-problem.ts'
import type { Plan } from './rows.ts'
import { instantOf } from './rules.ts'

/**
 * Plans the routes of a wave that is picking or picked. A dispatcher's draft is planned anew around the stops that are
 * locked; the product itself
 * (after `wave.released`) never replaces a plan that is there. Once a run is dispatched: `wrong_state`.
 */
export async function planRoutes(
  ctx: Ctx,
  input: { waveId: string },
  planner: PlanRoutes = nearestNeighbour,
): Promise<Plan> {
  allow(ctx, 'plan.write')
  const [row] = await ctx.db.select().from(waves).where(eq(waves.id, input.waveId))
  const wave = found(row)
  allow(ctx, 'plan.write', { hubId: wave.hubId })
  const [present] = await ctx.db.select().from(plans).where(eq(plans.waveId, wave.id))
  if (present && ctx.actor.kind === 'system') return planDoc(ctx.db, present.id, ctx.now)
  if (wave.status !== 'picking' && wave.status !== 'picked') throw new Fault('wrong_state')
  const around = present && (await lockedPlaces(ctx, wave.id))
  const { problem, drivers } = await readProblem(ctx, wave, {
    known: ctx.actor.kind === 'system',
    ...(around && { around }),
  })
  // The clock has nobody to tell: a wave cut to nothing gets an empty plan.
  if (problem.orders.length === 0 && ctx.actor.kind !== 'system') throw new Fault('wave_empty')
  const plan = await planner(problem)
  const planId = await inTransaction(ctx, async (tx) => {
    const quicker = await lockPresent(tx, wave)
    // Another event of the same release was quicker: the proposal that starts from its draft must find it as it was.
    if (quicker && ctx.actor.kind === 'system') return quicker.id
    const locked = quicker ? await clearDraft(tx, quicker) : new Map()
    const id = quicker?.id ?? newId()
    return writePlan(tx, ctx, { wave, id, plan, drivers, source: problem.travel.source, locked })
  })
  return planDoc(ctx.db, planId, ctx.now)
}

type Present = typeof plans.$inferSelect

/** Locks the wave and the plan it has. */
async function lockPresent(tx: Tx, wave: { id: string }): Promise<Present | undefined> {
  await tx.select({ id: waves.id }).from(waves).where(eq(waves.id, wave.id)).for('no key update')
  const [plan] = await tx.select().from(plans).where(eq(plans.waveId, wave.id)).for('update')
  return plan
}

/** What is locked to its vehicle stays on it when the rest is planned anew. */
async function lockedPlaces(ctx: Ctx, waveId: string): Promise<Around> {
  const rows = await ctx.db
    .select({ id: stops.id })
    .from(stops)
    .innerJoin(runs, eq(runs.id, stops.runId))
    .innerJoin(plans, eq(plans.id, runs.planId))
    .where(and(eq(plans.waveId, waveId), isNotNull(stops.lockedAt)))
  const around = await readAround(ctx.db, waveId, { runIds: [], stopIds: rows.map((row) => row.id) })
  return { ...around, places: new Map([...around.places].filter(([, place]) => place.kept)) }
}

/** When, and on which vehicle, the stop of an order was locked. */
type Locked = ReadonlyMap<string, { vehicleId: string; lockedAt: Date }>

async function readLocked(tx: Tx, runIds: readonly string[]): Promise<Locked> {
  const rows = await tx
    .select({ orderId: stopOrders.orderId, vehicleId: runs.vehicleId, lockedAt: stops.lockedAt })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .innerJoin(runs, eq(runs.id, stops.runId))
    .where(inArray(stops.runId, [...runIds]))
  return new Map(
    rows.flatMap(({ orderId, vehicleId, lockedAt }) =>
      lockedAt ? [[orderId, { vehicleId, lockedAt }] as const] : [],
    ),
  )
}

/** Takes the runs of a draft away and answers what was locked in it. */
async function clearDraft(tx: Tx, plan: Present): Promise<Locked> {
  const old = await tx.select().from(runs).where(eq(runs.planId, plan.id)).orderBy(runs.id).for('update')
  if (plan.status !== 'draft' || old.some((run) => run.status !== 'planned')) throw new Fault('wrong_state')
  const runIds = old.map((run) => run.id)
  const locked = await readLocked(tx, runIds)
  const oldStops = tx.select({ id: stops.id }).from(stops).where(inArray(stops.runId, runIds))
  await tx.delete(stopOrders).where(inArray(stopOrders.stopId, oldStops))
  await tx.delete(stops).where(inArray(stops.runId, runIds))
  await tx.delete(runs).where(eq(runs.planId, plan.id))
  return locked
}

type Writing = {
  wave: typeof waves.$inferSelect
  id: string
  plan: RoutingPlan
  drivers: ReadonlyMap<string, string | null>
  source: string
  locked: Locked
}

async function writePlan(tx: Tx, ctx: Ctx, writing: Writing): Promise<string> {
  const { wave, id, plan, drivers, source, locked } = writing
  const row = {
    status: 'draft',
    method: plan.method,
    matrixSource: source,
    metres: plan.runs.reduce((sum, run) => sum + run.metres, 0),
    unassigned: [...plan.unassigned],
    createdAt: ctx.now,
  }
  await tx
    .insert(plans)
    .values({ id, hubId: wave.hubId, day: wave.day, waveId: wave.id, ...row })
    .onConflictDoUpdate({ target: plans.waveId, set: row })
  for (const [i, run] of plan.runs.entries()) {
    const driver = drivers.get(run.vehicleId) ?? null
    await writeRun(tx, run, { planId: id, wave, seq: i + 1, driver, locked })
  }
  await emit(tx, ctx, {
    type: 'plan.made',
    subjectId: id,
    hubId: wave.hubId,
    payload: {
      waveId: wave.id,
      method: plan.method,
      runs: plan.runs.length,
      stops: plan.runs.reduce((sum, run) => sum + run.stops.length, 0),
      unassigned: plan.unassigned.length,
    },
  })
  return id
}

type RunPlace = Pick<Writing, 'wave' | 'locked'> & { planId: string; seq: number; driver: string | null }

async function writeRun(
  tx: Tx,
  run: PlannedRun,
  { planId, wave, seq, driver, locked }: RunPlace,
): Promise<void> {
  const runId = newId()
  const at = (seconds: number): Date => instantOf(wave.day, seconds)
  await tx.insert(runs).values({
    id: runId,
    planId,
    hubId: wave.hubId,
    day: wave.day,
    seq,
    vehicleId: run.vehicleId,
    driverPersonId: driver,
    status: 'planned',
    metres: run.metres,
    departAt: at(run.departAt),
  })
  const stopRows = run.stops.map((stop, i) => ({
    id: newId(),
    runId,
    siteId: stop.siteId,
    seq: i + 1,
    status: 'waiting',
    lockedAt: lockOf(stop.orderIds, run.vehicleId, locked),
    plannedArriveAt: at(stop.startAt),
    windowFromAt: at(stop.windowFrom),
    windowToAt: at(stop.windowTo),
    photoFileIds: [],
  }))
  await tx.insert(stops).values(stopRows)
  const pairs = run.stops.flatMap((stop, i) =>
    stop.orderIds.map((orderId) => ({ orderId, stopId: stopRows[i]?.id as string })),
  )
  await tx.insert(stopOrders).values(pairs)
  await forgetGone(tx, runId)
}

const lockOf = (orderIds: readonly string[], vehicleId: string, locked: Locked): Date | null =>
  orderIds.map((id) => locked.get(id)).find((lock) => lock?.vehicleId === vehicleId)?.lockedAt ?? null

/** Orders cancelled while the plan was being made do not travel. */
export async function forgetGone(tx: Tx, runId: string): Promise<void> {
  await tx.execute(sql`
    delete from stop_orders so using stops s, orders o
    where s.run_id = ${runId} and so.stop_id = s.id and o.id = so.order_id and o.status not in ('picking', 'picked')`)
}
