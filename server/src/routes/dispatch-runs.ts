import { orders } from '@huming/db/schema/orders'
import { plans, runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { and, count, eq, inArray, ne, sql } from 'drizzle-orm'
import { refuseCarriage } from '../accounts/gates.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseBusy } from './assign-driver.ts'
import { lockPlan, type PlanRow, type RunRow, sumMetres } from './lock-plan.ts'
import { planDoc } from './read-plan.ts'
import { checkLoad, freeSeqs, readLegs, writeLegs } from './reroute.ts'
import type { Plan } from './rows.ts'

/**
 * Sends the planned runs of a plan (or one of them) to the dock: `planned → loading`. Every order aboard must be
 * picked, every run have a driver, and the true weight fit. What was cancelled since planning is dropped first.
 * Runs dispatched already stay as they are, so a repeat changes nothing.
 */
export async function dispatchRuns(ctx: Ctx, input: { id: string; runId: string | null }): Promise<Plan> {
  allow(ctx, 'run.dispatch')
  await inTransaction(ctx, async (tx) => {
    const { plan, runs: own } = await lockPlan(tx, ctx, input.id, 'run.dispatch')
    const meant = input.runId === null ? own : [found(own.find((run) => run.id === input.runId))]
    const open = meant.filter((run) => nextStatus('run', run.status, 'dispatch') !== null)
    const leaving: RunRow[] = []
    for (const run of open) if (await dropCancelled(tx, ctx, run)) leaving.push(run)
    await refuseUnpicked(tx, leaving)
    for (const run of leaving) await send(tx, ctx, run)
    await closePlan(tx, ctx, plan)
  })
  return planDoc(ctx.db, input.id, ctx.now)
}

/** Takes cancelled orders off the run; a run left without a stop goes away and answers false. */
async function dropCancelled(tx: Tx, ctx: Ctx, run: RunRow): Promise<boolean> {
  await tx.execute(sql`
    delete from stop_orders so using stops s, orders o
    where s.run_id = ${run.id} and so.stop_id = s.id and o.id = so.order_id and o.status = 'cancelled'`)
  const dropped = await tx.execute(sql`
    delete from stops s where s.run_id = ${run.id}
      and not exists (select 1 from stop_orders so where so.stop_id = s.id) returning s.id`)
  const legs = await readLegs(tx, run)
  if (legs.length === 0) {
    await tx.delete(runs).where(eq(runs.id, run.id))
    return false
  }
  if (dropped.length > 0) {
    await freeSeqs(tx, [run.id])
    await writeLegs(tx, run, legs, ctx.now)
  }
  return true
}

async function refuseUnpicked(tx: Tx, leaving: readonly RunRow[]): Promise<void> {
  const [open] = await tx
    .select({ n: count() })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .innerJoin(orders, eq(orders.id, stopOrders.orderId))
    .where(
      and(
        inArray(
          stops.runId,
          leaving.map((run) => run.id),
        ),
        ne(orders.status, 'picked'),
      ),
    )
  if (open && open.n > 0) throw new Fault('orders_not_picked', '', { params: { count: open.n } })
}

/** Carrier, vehicle and driver have their papers in force on the day (上海市食品安全条例 Art. 21, 34). */
async function refuseCarriers(tx: Tx, ctx: Ctx, run: RunRow): Promise<void> {
  const [vehicle] = await tx
    .select({ orgId: vehicles.orgId })
    .from(vehicles)
    .where(eq(vehicles.id, run.vehicleId))
  const { vehicleId, driverPersonId, day } = run
  await refuseCarriage(tx, ctx, { orgId: found(vehicle).orgId, vehicleId, driverPersonId, day })
}

async function send(tx: Tx, ctx: Ctx, run: RunRow): Promise<void> {
  if (run.driverPersonId === null) {
    const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, run.vehicleId))
    throw new Fault('driver_missing', '', { params: { plate: vehicle?.plate ?? '' } })
  }
  await refuseCarriers(tx, ctx, run)
  await refuseBusy(tx, { ...run, driverPersonId: run.driverPersonId })
  await checkLoad(tx, run)
  await tx
    .update(runs)
    .set({ status: 'loading', dispatchedAt: ctx.now, version: sql`${runs.version} + 1` })
    .where(eq(runs.id, run.id))
  const aboard = await tx
    .select({ orderId: stopOrders.orderId, stopId: stopOrders.stopId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(eq(stops.runId, run.id))
  await emitAll(tx, ctx, [
    {
      type: 'run.dispatched',
      subjectId: run.id,
      hubId: run.hubId,
      payload: {
        planId: run.planId,
        vehicleId: run.vehicleId,
        driverPersonId: run.driverPersonId,
        stops: new Set(aboard.map((row) => row.stopId)).size,
        orderIds: aboard.map((row) => row.orderId),
      },
    },
  ])
}

/** A plan is dispatched when none of its runs waits any more. */
async function closePlan(tx: Tx, ctx: Ctx, plan: PlanRow): Promise<void> {
  await sumMetres(tx, plan.id)
  const left = await tx.select({ status: runs.status }).from(runs).where(eq(runs.planId, plan.id))
  if (left.length === 0 || left.some((run) => run.status === 'planned')) return
  const status = nextStatus('plan', plan.status, 'dispatch')
  if (status) await tx.update(plans).set({ status, dispatchedAt: ctx.now }).where(eq(plans.id, plan.id))
}
