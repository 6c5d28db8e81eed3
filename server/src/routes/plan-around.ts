import type { Keep } from '@huming/db/schema/planning'
import { plans, runs, stopOrders, stops } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import type { Db } from '../kernel/ctx.ts'
import { touchedRuns, untouchedIds } from './propose.ts'

/** The plan in force, as far as a new one must leave it or should disturb it least. */
export type Around = {
  /** Vehicles of runs that stay as they are. */
  readonly busyVehicleIds: ReadonlySet<string>
  /** Orders on those runs. */
  readonly settledOrderIds: ReadonlySet<string>
  /** Where each other order rides now, and whether it must stay there. */
  readonly places: ReadonlyMap<string, Place>
}
export type Place = {
  readonly vehicleId: string
  readonly runId: string
  readonly seq: number
  readonly trip: number
  readonly kept: boolean
  readonly plannedAt: Date
}

/** Reads what stays of a wave's plan, if it has one. */
export async function readAround(db: Pick<Db, 'select'>, waveId: string, keep: Keep): Promise<Around> {
  const own = (
    await db
      .select({ run: runs })
      .from(runs)
      .innerJoin(plans, eq(plans.id, runs.planId))
      .where(eq(plans.waveId, waveId))
  ).map((row) => row.run)
  const rows = await db
    .select({ orderId: stopOrders.orderId, stop: stops, vehicleId: runs.vehicleId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .innerJoin(runs, eq(runs.id, stops.runId))
    .innerJoin(plans, eq(plans.id, runs.planId))
    .where(eq(plans.waveId, waveId))
  const untouched = new Set(untouchedIds(own, keep))
  const touched = new Set(touchedRuns(own, keep).map((run) => run.id))
  const kept = new Set(keep.stopIds)
  return {
    busyVehicleIds: new Set(own.filter((run) => untouched.has(run.id)).map((run) => run.vehicleId)),
    settledOrderIds: new Set(rows.filter(({ stop }) => untouched.has(stop.runId)).map((row) => row.orderId)),
    places: new Map(
      rows
        .filter(({ stop }) => touched.has(stop.runId))
        .map(({ orderId, stop, vehicleId }) => [
          orderId,
          {
            vehicleId,
            runId: stop.runId,
            seq: stop.seq,
            trip: stop.trip,
            kept: kept.has(stop.id),
            plannedAt: stop.plannedArriveAt,
          },
        ]),
    ),
  }
}

/**
 * Does a plan only add stops to the runs there are, or open new ones: every order stays on its vehicle, and those
 * of a run come in the order they had.
 */
export function onlyAdds(
  around: Pick<Around, 'places'>,
  proposed: readonly { vehicleId: string; stops: readonly { orderIds: readonly string[] }[] }[],
): boolean {
  const left = new Map(around.places)
  for (const run of proposed) {
    let seq = 0
    for (const orderId of run.stops.flatMap((stop) => stop.orderIds)) {
      const place = left.get(orderId)
      if (!place) continue
      if (place.vehicleId !== run.vehicleId || place.seq < seq) return false
      seq = place.seq
      left.delete(orderId)
    }
  }
  return left.size === 0
}
