import { hubs, sites } from '@huming/db/schema/accounts'
import { runRelays } from '@huming/db/schema/arrivals'
import { totes } from '@huming/db/schema/picking'
import { runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert, Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseBusy } from '../routes/assign-driver.ts'
import { lockPlan, type RunRow, sumMetres, targetRun } from '../routes/lock-plan.ts'
import { readLoads } from '../routes/read-problem.ts'
import { refuseOverload } from '../routes/reroute.ts'
import { type Placed, relayTimes } from './relay-times.ts'

type Reply = ContractReply<Contracts['live.relay']>
type Input = {
  id: string
  fromRunId: string
  toRunId: string | null
  vehicleId: string | null
  driverPersonId: string | null
  reason: string
}

/**
 * A truck breaks down on the road: its waiting stops, with the totes aboard for them, go over to another run on the
 * road or at the dock, or to a free vehicle that comes for them; the broken one is out of service. What was planned
 * for the other run stays as it is, the stops taken over come after it. The stop whose door the driver has reached
 * stays with him. What was to ride on a later trip is still at the hub: the other truck fetches it there on a trip of
 * its own. A repeat with the same id gives the same answer.
 */
export async function relayRun(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.dispatch')
  const [at] = await ctx.db.select({ planId: runs.planId }).from(runs).where(eq(runs.id, input.fromRunId))
  const { planId } = found(at)
  return inTransaction(ctx, async (tx) => {
    const locked = await lockPlan(tx, ctx, planId, 'run.dispatch')
    const before = await repeated(tx, input)
    if (before) return before
    const from = found(locked.runs.find((run) => run.id === input.fromRunId))
    if (from.status !== 'on_road') throw new Fault('wrong_state')
    const waiting = await openStops(tx, from.id)
    const moving = waiting.filter(({ stop }) => stop.status === 'waiting')
    if (moving.length === 0) throw new Fault('wrong_state')
    const to = await receiver(tx, ctx, locked, input)
    const trips = tripsOf(from, { own: await openStops(tx, to.id), last: await lastTrip(tx, to.id) }, moving)
    await refuseTooMuch(tx, to, trips)
    await moveStops(tx, ctx, { from, to, trips })
    await retire(tx, ctx, from, input.reason)
    await sumMetres(tx, planId)
    const stopIds = moving.map(({ stop }) => stop.id)
    const aboard = await totesOf(tx, stopIds)
    const row = {
      id: input.id,
      fromRunId: from.id,
      toRunId: to.id,
      stopIds,
      totes: aboard,
      reason: input.reason,
    }
    await tx.insert(runRelays).values({ ...row, personId: personIdOf(ctx), at: ctx.now })
    await emit(tx, ctx, {
      type: 'run.relayed',
      subjectId: from.id,
      hubId: from.hubId,
      payload: { planId, toRunId: to.id, stopIds, totes: aboard, reason: input.reason },
    })
    return replyOf(row)
  })
}

const replyOf = (
  row: Pick<typeof runRelays.$inferSelect, 'id' | 'fromRunId' | 'toRunId' | 'stopIds' | 'totes'>,
): Reply => ({
  id: row.id,
  fromRunId: row.fromRunId,
  toRunId: row.toRunId,
  stops: row.stopIds.length,
  totes: row.totes,
})

async function repeated(tx: Tx, input: Input): Promise<Reply | null> {
  const [row] = await tx.select().from(runRelays).where(eq(runRelays.id, input.id))
  if (!row) return null
  const other = input.toRunId !== null && input.toRunId !== row.toRunId
  if (row.fromRunId !== input.fromRunId || row.reason !== input.reason || other) throw new Fault('id_reused')
  return replyOf(row)
}

/** Stops of a run that are not closed, in their order, locked. */
async function openStops(tx: Tx, runId: string): Promise<Placed[]> {
  return tx
    .select({ stop: stops, site: sites })
    .from(stops)
    .innerJoin(sites, eq(sites.id, stops.siteId))
    .where(and(eq(stops.runId, runId), inArray(stops.status, ['waiting', 'arrived'])))
    .orderBy(asc(stops.seq))
    .for('update', { of: stops })
}

/** The run that takes over: another one that is out or being loaded, or a new one for a free vehicle with a driver. */
async function receiver(
  tx: Tx,
  ctx: Ctx,
  locked: Awaited<ReturnType<typeof lockPlan>>,
  input: Input,
): Promise<RunRow> {
  const to = await targetRun(tx, ctx, locked, { runId: input.toRunId, vehicleId: input.vehicleId })
  if (to.id === input.fromRunId) throw new Fault('wrong_state')
  if (input.toRunId !== null) {
    if (to.status !== 'on_road' && to.status !== 'loading') throw new Fault('wrong_state')
    return to
  }
  const driverPersonId = input.driverPersonId ?? to.driverPersonId
  if (!driverPersonId) throw new Fault('driver_missing')
  await refuseBusy(tx, { ...to, driverPersonId })
  const status = nextStatus('run', to.status, 'dispatch')
  if (!status) throw new Fault('wrong_state')
  const [sent] = await tx
    .update(runs)
    .set({ status, driverPersonId, dispatchedAt: ctx.now, departAt: ctx.now })
    .where(eq(runs.id, to.id))
    .returning()
  return found(sent)
}

type Trips = {
  /** Stops whose goods are aboard the broken truck, with the trip of the other run that they join, and its own on it. */
  aboard: { trip: number; stops: Placed[]; beside: Placed[] }
  /** Stops whose goods never left the hub, with the trip that fetches them. */
  atHub: { trip: number; stops: Placed[] }
}

/** 0 for a run without stops. */
async function lastTrip(tx: Tx, runId: string): Promise<number> {
  const [row] = await tx
    .select({ trip: sql<number>`coalesce(max(${stops.trip}), 0)` })
    .from(stops)
    .where(eq(stops.runId, runId))
  return row?.trip ?? 0
}

type Receiving = { own: readonly Placed[]; last: number }

function tripsOf(from: RunRow, { own, last }: Receiving, moving: readonly Placed[]): Trips {
  const gone = Math.max(1, from.tripsGone)
  const carried = moving.filter(({ stop }) => stop.trip <= gone)
  const trip = Math.max(1, last)
  const beside = own.filter((one) => one.stop.trip === last)
  return {
    aboard: { trip, stops: carried, beside },
    atHub: {
      trip: carried.length > 0 || last > 0 ? trip + 1 : 1,
      stops: moving.filter(({ stop }) => stop.trip > gone),
    },
  }
}

/** What the other vehicle still carries and what it takes over must fit together, trip by trip. */
async function refuseTooMuch(tx: Tx, to: RunRow, { aboard, atHub }: Trips): Promise<void> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, to.vehicleId))
  assert(vehicle, 'a run has a vehicle')
  if (vehicle.outOfService !== null) throw new Fault('no_vehicles')
  for (const together of [[...aboard.beside, ...aboard.stops], atHub.stops]) {
    const ids = together.map(({ stop }) => stop.id)
    const carried = await tx.select().from(stopOrders).where(inArray(stopOrders.stopId, ids))
    const loads = await readLoads(
      tx,
      carried.map((row) => row.orderId),
    )
    refuseOverload(vehicle, [...loads.values()])
  }
}

type Moving = { from: RunRow; to: RunRow; trips: Trips }

async function moveStops(tx: Tx, ctx: Ctx, { from, to, trips }: Moving): Promise<void> {
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, from.hubId))
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, to.vehicleId))
  assert(hub && vehicle, 'a run has a hub and a vehicle')
  const { aboard, atHub } = trips
  const moving = [...aboard.stops, ...atHub.stops]
  const times = await relayTimes(tx, {
    hub,
    from,
    to,
    moving,
    aboard: aboard.stops.length,
    reloadSeconds: vehicle.reloadMinutes * 60,
    now: ctx.now,
  })
  const [last] = await tx
    .select({ seq: sql<number>`coalesce(max(${stops.seq}), 0)` })
    .from(stops)
    .where(eq(stops.runId, to.id))
  for (const [i, { stop }] of moving.entries())
    await tx
      .update(stops)
      .set({
        runId: to.id,
        seq: (last?.seq ?? 0) + i + 1,
        trip: i < aboard.stops.length ? aboard.trip : atHub.trip,
        plannedArriveAt: times.arriveAt[i] as Date,
        lockedAt: null,
        version: sql`${stops.version} + 1`,
      })
      .where(eq(stops.id, stop.id))
  await tx
    .update(runs)
    .set({ metres: sql`${runs.metres} + ${times.metres}::int4`, version: sql`${runs.version} + 1` })
    .where(eq(runs.id, to.id))
  await tx
    .update(runs)
    .set({ version: sql`${runs.version} + 1` })
    .where(eq(runs.id, from.id))
}

/** The broken vehicle gets no new run until somebody puts it back into service. */
async function retire(tx: Tx, ctx: Ctx, from: RunRow, reason: string): Promise<void> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, from.vehicleId)).for('update')
  assert(vehicle, 'a run has a vehicle')
  if (vehicle.outOfService !== null) return
  await tx.update(vehicles).set({ outOfService: reason }).where(eq(vehicles.id, vehicle.id))
  await emit(tx, ctx, {
    type: 'vehicle.service_set',
    subjectId: vehicle.id,
    orgId: vehicle.orgId,
    hubId: vehicle.hubId,
    payload: { plate: vehicle.plate, outOfService: reason },
  })
}

async function totesOf(tx: Tx, stopIds: readonly string[]): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(totes)
    .innerJoin(stopOrders, eq(stopOrders.orderId, totes.orderId))
    .where(and(inArray(stopOrders.stopId, [...stopIds]), eq(totes.status, 'loaded')))
  return row?.n ?? 0
}
