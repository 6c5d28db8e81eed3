import { hubs, sites } from '@huming/db/schema/accounts'
import { runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { assert, Fault } from '../kernel/fault.ts'
import type { RunRow, VehicleRow } from './lock-plan.ts'
import type { TravelTimes } from './matrix.ts'
import { readLoads } from './read-problem.ts'
import { carries, fits, sumOf } from './routing-problem.ts'
import { departHourOf, earliestDepartureOf, instantOf, secondsOf } from './rules.ts'
import { timetable } from './timetable.ts'
import { knownTimes } from './travel-times.ts'

/** A stop with what its times depend on; seconds after midnight of the day. */
export type Leg = {
  id: string
  siteId: string
  latE6: number
  lngE6: number
  windowFrom: number
  windowTo: number
  serviceSeconds: number
}

/** The stops of a run in their order. */
export async function readLegs(tx: Tx, run: RunRow): Promise<Leg[]> {
  const rows = await tx
    .select({ stop: stops, site: sites })
    .from(stops)
    .innerJoin(sites, eq(sites.id, stops.siteId))
    .where(eq(stops.runId, run.id))
    .orderBy(asc(stops.seq))
  return rows.map(({ stop, site }) => ({
    id: stop.id,
    siteId: site.id,
    latE6: site.latE6,
    lngE6: site.lngE6,
    windowFrom: secondsOf(run.day, stop.windowFromAt),
    windowTo: secondsOf(run.day, stop.windowToAt),
    serviceSeconds: site.serviceSeconds,
  }))
}

/** Puts the leg where the fewest stops are late, and of such places where the run is back soonest. */
export async function bestPlace(
  tx: Tx,
  run: RunRow,
  legs: readonly Leg[],
  leg: Leg,
  now: Date,
): Promise<Leg[]> {
  const travel = await travelOf(tx, run, [...legs, leg], now)
  const earliest = earliestDepartureOf(run.day, now)
  let best: { legs: Leg[]; late: number; returnAt: number } | null = null
  for (let at = legs.length; at >= 0; at--) {
    const candidate = legs.toSpliced(at, 0, leg)
    const times = timetable(indexed(candidate, [...legs, leg]), travel, earliest)
    const late = times.late.filter(Boolean).length
    if (!best || late < best.late || (late === best.late && times.returnAt < best.returnAt))
      best = { legs: candidate, late, returnAt: times.returnAt }
  }
  assert(best, 'a run has a place at its end')
  return best.legs
}

/** Frees the numbers of a run's stops, so that they can be given anew without two being the same in between. */
export const freeSeqs = (tx: Tx, runIds: readonly string[]) =>
  tx.execute(sql`
    update stops set seq = -1 - abs(seq) where run_id = any(${sql.param([...runIds])}::uuid[])`)

/** Numbers a run's stops in this order and computes its times and distance again. `freeSeqs` comes first. */
export async function writeLegs(tx: Tx, run: RunRow, legs: readonly Leg[], now: Date): Promise<void> {
  const travel = await travelOf(tx, run, legs, now)
  const times = timetable(indexed(legs, legs), travel, earliestDepartureOf(run.day, now))
  const ats = times.startAt.map((seconds) => instantOf(run.day, seconds).toISOString())
  await tx.execute(sql`
    update stops s set seq = v.seq, planned_arrive_at = v.at, version = s.version + 1
    from unnest(${sql.param(legs.map((leg) => leg.id))}::uuid[], ${sql.param(ats)}::timestamptz[])
      with ordinality as v(id, at, seq)
    where s.id = v.id`)
  await tx
    .update(runs)
    .set({
      metres: times.metres,
      departAt: instantOf(run.day, times.departAt),
      version: sql`${runs.version} + 1`,
    })
    .where(eq(runs.id, run.id))
}

const indexed = (legs: readonly Leg[], points: readonly Leg[]) =>
  legs.map((leg) => ({ ...leg, point: points.indexOf(leg) + 1 }))

async function travelOf(tx: Tx, run: RunRow, legs: readonly Leg[], now: Date): Promise<TravelTimes> {
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, run.hubId))
  assert(hub, 'a run has a hub')
  const departHour = departHourOf(
    legs.map((leg) => leg.windowFrom),
    earliestDepartureOf(run.day, now),
  )
  return knownTimes(tx, { hubId: hub.id, points: [hub, ...legs], when: { departHour } })
}

/** Refuses with `zone_not_carried` or `over_capacity` when the vehicle cannot take its orders and these. */
export async function checkLoad(tx: Tx, run: RunRow, more: readonly string[] = []): Promise<void> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, run.vehicleId))
  assert(vehicle, 'a run has a vehicle')
  const aboard = await tx
    .select({ orderId: stopOrders.orderId })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(eq(stops.runId, run.id))
  refuseOverload(vehicle, [
    ...(await readLoads(tx, [...new Set([...aboard.map((row) => row.orderId), ...more])])).values(),
  ])
}

function refuseOverload(
  vehicle: VehicleRow,
  loads: readonly { grams: number; millilitres: number; zones: string[] }[],
): void {
  const params = { plate: vehicle.plate }
  if (!loads.every((load) => carries(vehicle, load.zones)))
    throw new Fault('zone_not_carried', '', { params })
  const space = { grams: vehicle.capacityGrams, millilitres: vehicle.capacityMillilitres }
  if (!fits(space, { grams: 0, millilitres: 0 }, sumOf(loads)))
    throw new Fault('over_capacity', '', { params })
}
