import { sites } from '@huming/db/schema/accounts'
import { orders } from '@huming/db/schema/orders'
import { waveOrders } from '@huming/db/schema/picking'
import { plans, runs, stopOrders, stops } from '@huming/db/schema/routes'
import { instantAt, serviceDay } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlan, type RunRow, sumMetres, targetRun } from './lock-plan.ts'
import { planDoc } from './read-plan.ts'
import { bestPlace, checkLoad, freeSeqs, type Leg, readLegs, writeLegs } from './reroute.ts'
import type { Plan } from './rows.ts'
import { inOrder, putAt } from './trips.ts'

type Input = {
  id: string
  orderId: string
  runId: string | null
  vehicleId: string | null
  seq: number | null
  /** Null: that of the stop before it. */
  trip: number | null
}

/**
 * Puts an order of the plan's wave that has no vehicle on a run: onto its site's waiting stop there, else as a
 * new stop at the wanted place, or the best one. A repeat finds it there and changes nothing.
 */
export async function assignOrder(ctx: Ctx, input: Input): Promise<Plan> {
  allow(ctx, 'plan.write')
  await inTransaction(ctx, async (tx) => {
    const locked = await lockPlan(tx, ctx, input.id, 'plan.write')
    const { plan } = locked
    const order = await lockOrder(tx, plan.waveId, input.orderId)
    const run = await targetRun(tx, ctx, locked, input)
    const [taken] = await tx
      .select({ runId: stops.runId })
      .from(stopOrders)
      .innerJoin(stops, eq(stops.id, stopOrders.stopId))
      .where(eq(stopOrders.orderId, order.id))
    if (taken?.runId === run.id) return
    if (taken || (run.status !== 'planned' && run.status !== 'loading')) throw new Fault('wrong_state')
    await place(tx, ctx, { run, order, seq: input.seq, trip: input.trip })
    await checkLoad(tx, run)
    await tx
      .update(plans)
      .set({ unassigned: plan.unassigned.filter((miss) => miss.orderId !== order.id) })
      .where(eq(plans.id, plan.id))
    await sumMetres(tx, plan.id)
    await emit(tx, ctx, {
      type: 'stop.added',
      subjectId: run.id,
      hubId: plan.hubId,
      payload: { planId: plan.id, orderId: order.id },
    })
  })
  return planDoc(ctx.db, input.id, ctx.now)
}

async function lockOrder(tx: Tx, waveId: string, orderId: string) {
  const [row] = await tx
    .select({ order: orders, site: sites })
    .from(waveOrders)
    .innerJoin(orders, eq(orders.id, waveOrders.orderId))
    .innerJoin(sites, eq(sites.id, orders.siteId))
    .where(and(eq(waveOrders.waveId, waveId), eq(waveOrders.orderId, orderId)))
    .for('update', { of: orders })
  const { order, site } = found(row)
  if (order.status !== 'picking' && order.status !== 'picked') throw new Fault('wrong_state')
  return { ...order, site }
}

type Placing = { run: RunRow; order: Awaited<ReturnType<typeof lockOrder>> } & Pick<Input, 'seq' | 'trip'>

async function place(tx: Tx, ctx: Ctx, { run, order, seq, trip }: Placing): Promise<void> {
  const [there] = await tx
    .select()
    .from(stops)
    .where(and(eq(stops.runId, run.id), eq(stops.siteId, order.siteId), eq(stops.status, 'waiting')))
    .orderBy(stops.seq)
    .limit(1)
  if (there) {
    await tx.insert(stopOrders).values({ orderId: order.id, stopId: there.id })
    await tx
      .update(runs)
      .set({ version: sql`${runs.version} + 1` })
      .where(eq(runs.id, run.id))
    return
  }
  const leg: Leg = {
    id: newId(),
    siteId: order.siteId,
    latE6: order.site.latE6,
    lngE6: order.site.lngE6,
    windowFrom: order.windowFrom * 60,
    windowTo: order.windowTo * 60,
    serviceSeconds: order.site.serviceSeconds,
    trip: 1,
  }
  const legs = await readLegs(tx, run)
  const next =
    seq === null
      ? await bestPlace(tx, run, { legs, leg, orderIds: [order.id], now: ctx.now })
      : putAt(legs, leg, seq - 1, trip)
  if (!inOrder(next)) throw new Fault('wrong_state')
  await freeSeqs(tx, [run.id])
  const at = (minutes: number): Date => instantAt(serviceDay(run.day), minutes)
  await tx.insert(stops).values({
    id: leg.id,
    runId: run.id,
    siteId: leg.siteId,
    seq: -1_000_000,
    status: 'waiting',
    plannedArriveAt: at(order.windowFrom),
    windowFromAt: at(order.windowFrom),
    windowToAt: at(order.windowTo),
    photoFileIds: [],
  })
  await tx.insert(stopOrders).values({ orderId: order.id, stopId: leg.id })
  await writeLegs(tx, run, next, ctx.now)
}
