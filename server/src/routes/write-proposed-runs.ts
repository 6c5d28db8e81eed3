import type { waves } from '@huming/db/schema/picking'
import type { ProposalResult, ProposedRun } from '@huming/db/schema/planning'
import { runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import type { RunRow } from './lock-plan.ts'
import { forgetGone } from './plan-routes.ts'
import { freeSeqs } from './reroute.ts'
import { instantOf } from './rules.ts'

type Writing = {
  wave: typeof waves.$inferSelect
  planId: string
  /** All runs of the plan, locked. */
  own: readonly RunRow[]
  /** Those that are written anew. */
  touched: readonly RunRow[]
  result: ProposalResult
}

type OldStop = { id: string; siteId: string; orderIds: string[] }

/** Writes runs and stops of a proposal over those that may change: ids live on where vehicle and orders do. */
export async function writeProposedRuns(tx: Tx, writing: Writing): Promise<void> {
  const { own, touched, result } = writing
  const touchedIds = touched.map((run) => run.id)
  const old = await oldStops(tx, touchedIds)
  if (touchedIds.length > 0) await freeSeqs(tx, touchedIds)
  await tx.delete(stopOrders).where(
    inArray(
      stopOrders.stopId,
      old.map((stop) => stop.id),
    ),
  )
  const runOf = new Map(touched.map((run) => [run.vehicleId, run]))
  let seq = Math.max(0, ...own.map((run) => run.seq))
  const used = new Set<string>()
  for (const proposed of result.runs) {
    const present = runOf.get(proposed.vehicleId)
    const runId = present
      ? await changeRun(tx, present, proposed)
      : await addRun(tx, writing, proposed, ++seq)
    used.add(runId)
    await writeStops(tx, writing, { runId, proposed, old })
    await forgetGone(tx, runId)
  }
  const unused = old.map((stop) => stop.id)
  await tx.delete(stops).where(inArray(stops.id, unused))
  await tx.delete(runs).where(
    inArray(
      runs.id,
      touchedIds.filter((id) => !used.has(id)),
    ),
  )
}

async function oldStops(tx: Tx, runIds: readonly string[]): Promise<OldStop[]> {
  const rows = await tx
    .select({ id: stops.id, siteId: stops.siteId, orderId: stopOrders.orderId })
    .from(stops)
    .leftJoin(stopOrders, eq(stopOrders.stopId, stops.id))
    .where(inArray(stops.runId, [...runIds]))
    .orderBy(stops.id)
  return [...Map.groupBy(rows, (row) => row.id).values()].map((own) => ({
    id: found(own[0]).id,
    siteId: found(own[0]).siteId,
    orderIds: own.flatMap((row) => (row.orderId ? [row.orderId] : [])),
  }))
}

const timesOf = (day: string, run: ProposedRun) => ({
  metres: run.metres,
  departAt: instantOf(day, run.departAt),
})

async function changeRun(tx: Tx, present: RunRow, run: ProposedRun): Promise<string> {
  await tx
    .update(runs)
    .set({ ...timesOf(present.day, run), version: sql`${runs.version} + 1` })
    .where(eq(runs.id, present.id))
  return present.id
}

async function addRun(tx: Tx, { wave, planId }: Writing, run: ProposedRun, seq: number): Promise<string> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, run.vehicleId))
  const id = newId()
  await tx.insert(runs).values({
    id,
    planId,
    hubId: wave.hubId,
    day: wave.day,
    seq,
    vehicleId: run.vehicleId,
    driverPersonId: found(vehicle).driverPersonId,
    status: 'planned',
    ...timesOf(wave.day, run),
  })
  return id
}

type StopsOf = { runId: string; proposed: ProposedRun; old: OldStop[] }

/** Takes out of `old` each stop that lives on. */
async function writeStops(tx: Tx, { wave }: Writing, { runId, proposed, old }: StopsOf): Promise<void> {
  const at = (seconds: number): Date => instantOf(wave.day, seconds)
  for (const [i, stop] of proposed.stops.entries()) {
    const k = old.findIndex(
      (one) => one.siteId === stop.siteId && one.orderIds.some((id) => stop.orderIds.includes(id)),
    )
    const [present] = k < 0 ? [] : old.splice(k, 1)
    const row = {
      runId,
      seq: i + 1,
      trip: stop.trip,
      plannedArriveAt: at(stop.startAt),
      windowFromAt: at(stop.windowFrom),
      windowToAt: at(stop.windowTo),
    }
    const id = present?.id ?? newId()
    if (present)
      await tx
        .update(stops)
        .set({ ...row, version: sql`${stops.version} + 1` })
        .where(eq(stops.id, id))
    else
      await tx.insert(stops).values({ id, siteId: stop.siteId, status: 'waiting', photoFileIds: [], ...row })
    await tx.insert(stopOrders).values(stop.orderIds.map((orderId) => ({ orderId, stopId: id })))
  }
}
