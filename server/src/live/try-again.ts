import { hubs, type sites } from '@huming/db/schema/accounts'
import { totes } from '@huming/db/schema/picking'
import { deliveries, runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { givePins } from '../delivery/receiver-pin.ts'
import { tripsGone } from '../delivery/rows.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert, Fault, found } from '../kernel/fault.ts'
import { sendOrdersAgain } from '../orders/send-again.ts'
import { refuseRecalled } from '../picking/recalled-goods.ts'
import { type lockPlan, type RunRow, sumMetres } from '../routes/lock-plan.ts'
import { readLoads } from '../routes/read-problem.ts'
import { refuseOverload } from '../routes/reroute.ts'
import { relayTimes } from './relay-times.ts'

/** A stop that failed, and what was to be delivered there. */
export type Door = {
  readonly stop: typeof stops.$inferSelect
  readonly site: typeof sites.$inferSelect
  readonly orders: readonly { id: string; orgId: string; number: string; status: string }[]
}

type Again = {
  locked: Awaited<ReturnType<typeof lockPlan>>
  /** The run whose truck carries the goods. */
  from: RunRow
  door: Door
  /** Null: the same. */
  toRunId: string | null
}

/**
 * A second attempt tonight: a new stop after everything the run has to do, for the first one stays as it ended. Both
 * trucks are on the road; what is recalled, or does not fit, is not sent. What ended with the failure begins anew: the
 * totes, the orders and the credit held for them.
 */
export async function tryAgain(
  tx: Tx,
  ctx: Ctx,
  { locked, from, door, toRunId }: Again,
): Promise<{ stopId: string; arriveAt: Date }> {
  const to = found(locked.runs.find((run) => run.id === (toRunId ?? from.id)))
  if (from.status !== 'on_road' || to.status !== 'on_road') throw new Fault('wrong_state')
  const orderIds = door.orders.map((order) => order.id)
  await refuseRecalled(tx, sql`t.order_id = any(${sql.param(orderIds)}::uuid[])`)
  await refuseFull(tx, to, orderIds)
  const placed = await placeLast(tx, ctx, { from, to, door })
  // Not the word on what became of the goods any more; the event of the failure keeps it.
  await tx.delete(deliveries).where(eq(deliveries.stopId, door.stop.id))
  await tx.update(stopOrders).set({ stopId: placed.stopId }).where(inArray(stopOrders.orderId, orderIds))
  await loadTotes(tx, orderIds)
  await sendOrdersAgain(tx, ctx, orderIds)
  await givePins(tx, to.id)
  await sumMetres(tx, to.planId)
  return placed
}

/** Beside what the other run still carries. */
async function refuseFull(tx: Tx, to: RunRow, orderIds: readonly string[]): Promise<void> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, to.vehicleId))
  assert(vehicle, 'a run has a vehicle')
  if (vehicle.outOfService !== null) throw new Fault('no_vehicles')
  const aboard = await tx
    .select({ id: stopOrders.orderId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(
      and(
        eq(stops.runId, to.id),
        eq(stops.trip, tripsGone(to)),
        inArray(stops.status, ['waiting', 'arrived']),
      ),
    )
  const loads = await readLoads(tx, [...aboard.map((row) => row.id), ...orderIds])
  refuseOverload(vehicle, [...loads.values()])
}

async function placeLast(
  tx: Tx,
  ctx: Ctx,
  { from, to, door }: { from: RunRow; to: RunRow; door: Door },
): Promise<{ stopId: string; arriveAt: Date }> {
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, from.hubId))
  assert(hub, 'a run has a hub')
  const times = await relayTimes(tx, {
    hub,
    from,
    to,
    moving: [door],
    aboard: 1,
    reloadSeconds: 0,
    now: ctx.now,
  })
  const arriveAt = times.arriveAt[0]
  const [last] = await tx
    .select({ seq: sql<number>`max(${stops.seq})`, trip: sql<number>`max(${stops.trip})` })
    .from(stops)
    .where(eq(stops.runId, to.id))
  assert(arriveAt && last, 'a run on the road has stops')
  const stopId = newId()
  const { siteId, windowFromAt, windowToAt } = door.stop
  await tx.insert(stops).values({
    id: stopId,
    runId: to.id,
    siteId,
    seq: last.seq + 1,
    trip: last.trip,
    status: 'waiting',
    plannedArriveAt: arriveAt,
    windowFromAt,
    windowToAt,
    photoFileIds: [],
  })
  for (const run of new Set([from.id, to.id]))
    await tx
      .update(runs)
      .set({
        metres: run === to.id ? sql`${runs.metres} + ${times.metres}::int4` : sql`${runs.metres}`,
        version: sql`${runs.version} + 1`,
      })
      .where(eq(runs.id, run))
  return { stopId, arriveAt }
}

async function loadTotes(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const own = and(inArray(totes.orderId, [...orderIds]), eq(totes.status, 'returned'))
  await tx.select({ id: totes.id }).from(totes).where(own).orderBy(asc(totes.id)).for('update')
  await tx.update(totes).set({ status: 'loaded' }).where(own)
}
