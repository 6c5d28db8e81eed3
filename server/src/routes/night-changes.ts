import { orders } from '@huming/db/schema/orders'
import { totes, waves } from '@huming/db/schema/picking'
import { plans, runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { askAtNight, waveOf } from './ask-itself.ts'
import { leaveRun } from './leave-run.ts'

/** An order that was cut away leaves its run, and the planner is asked what is better without it. */
export async function afterCut(ctx: Ctx, orderId: string): Promise<void> {
  allow(ctx, 'plan.write')
  await inTransaction(ctx, async (tx) => {
    const waveId = await waveOf(tx, orderId)
    if (!waveId) return
    await lockWave(tx, waveId)
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId))
    if (order?.status !== 'cancelled') return
    await leaveRun(tx, ctx, orderId)
    await askAtNight(tx, ctx, waveId, `订单 ${order.number} 已取消`)
  })
}

/** A stop put on a run by hand: perhaps another run takes it for less. */
export async function afterAdded(ctx: Ctx, orderId: string): Promise<void> {
  allow(ctx, 'plan.write')
  await inTransaction(ctx, async (tx) => {
    const waveId = await waveOf(tx, orderId)
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId))
    if (waveId && order) await askAtNight(tx, ctx, waveId, `新增订单 ${order.number}`)
  })
}

/**
 * A vehicle that is out of service gives up its runs that have not departed: totes go back to the dock, orders have no
 * vehicle, and the planner is asked to bring them with the others. What is on the road is for driver and dispatcher.
 */
export async function afterBreakdown(ctx: Ctx, vehicleId: string): Promise<void> {
  allow(ctx, 'plan.write')
  const own = await ctx.db
    .select({ runId: runs.id, waveId: plans.waveId })
    .from(runs)
    .innerJoin(plans, eq(plans.id, runs.planId))
    .where(and(eq(runs.vehicleId, vehicleId), inArray(runs.status, ['planned', 'loading'])))
    .orderBy(plans.waveId)
  for (const { runId, waveId } of own)
    await inTransaction(ctx, (tx) => freeRun(tx, ctx, { runId, waveId, vehicleId }))
}

const lockWave = (tx: Tx, id: string) => tx.select().from(waves).where(eq(waves.id, id)).for('no key update')

type Freeing = { runId: string; waveId: string; vehicleId: string }

async function freeRun(tx: Tx, ctx: Ctx, { runId, waveId, vehicleId }: Freeing): Promise<void> {
  await lockWave(tx, waveId)
  const [plan] = await tx.select().from(plans).where(eq(plans.waveId, waveId)).for('update')
  const [run] = await tx.select().from(runs).where(eq(runs.id, runId)).for('update')
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, vehicleId))
  if (!plan || !run || !vehicle || vehicle.outOfService === null) return
  if (run.status !== 'planned' && run.status !== 'loading') return
  const orderIds = await ordersOn(tx, runId)
  await unload(tx, orderIds)
  for (const orderId of orderIds) await leaveRun(tx, ctx, orderId)
  const misses = orderIds.map((orderId) => ({ orderId, reason: 'no_vehicle' }))
  await tx
    .update(plans)
    .set({ unassigned: [...plan.unassigned, ...misses] })
    .where(eq(plans.id, plan.id))
  await emit(tx, ctx, {
    type: 'run.freed',
    subjectId: runId,
    hubId: run.hubId,
    payload: { planId: plan.id, vehicleId, plate: vehicle.plate, reason: vehicle.outOfService, orderIds },
  })
  await askAtNight(tx, ctx, waveId, `${vehicle.plate} 停运：${vehicle.outOfService}`)
}

/** Orders on a run, locked in the order of their ids. */
async function ordersOn(tx: Tx, runId: string): Promise<string[]> {
  const on = tx
    .select({ id: stopOrders.orderId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(eq(stops.runId, runId))
  const rows = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(inArray(orders.id, on))
    .orderBy(orders.id)
    .for('update')
  return rows.map((row) => row.id)
}

/** What stood aboard stands at the dock again. */
async function unload(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const tote = nextStatus('tote', 'loaded', 'unload')
  const order = nextStatus('order', 'loaded', 'unload')
  if (!tote || !order) return
  await tx
    .update(totes)
    .set({ status: tote, loadedAt: null })
    .where(and(inArray(totes.orderId, [...orderIds]), eq(totes.status, 'loaded')))
  await tx
    .update(orders)
    .set({ status: order, version: sql`${orders.version} + 1` })
    .where(and(inArray(orders.id, [...orderIds]), eq(orders.status, 'loaded')))
}
