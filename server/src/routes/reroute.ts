import { hubs, sites } from '@huming/db/schema/accounts'
import { runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { assert, Fault } from '../kernel/fault.ts'
import type { RunRow, VehicleRow } from './lock-plan.ts'
import type { TravelTimes } from './matrix.ts'
import { readLoads } from './read-problem.ts'
import { vehicleFacts } from './read-rules.ts'
import { carries, fits, sumOf, type ZoneLoad } from './routing-problem.ts'
import { departHourOf, earliestDepartureOf, instantOf, latestReturn, secondsOf } from './rules.ts'
import { type ClockRules, runClock } from './run-clock.ts'
import { stows, zoneLoads } from './run-cost.ts'
import { knownTimes } from './travel-times.ts'
import { putAt, renumbered, tripsAt } from './trips.ts'

/** A stop with what its times depend on; seconds after midnight of the day. */
export type Leg = {
  id: string
  siteId: string
  latE6: number
  lngE6: number
  windowFrom: number
  windowTo: number
  serviceSeconds: number
  /** 1 for the first trip; a higher one follows a reload at the hub. */
  trip: number
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
    trip: stop.trip,
  }))
}

/**
 * Puts the leg where the fewest stops are late, and of such places where the run is back soonest; on a trip that has
 * room for these orders, if there is one.
 */
export async function bestPlace(
  tx: Tx,
  run: RunRow,
  { legs, leg, orderIds, now }: { legs: readonly Leg[]; leg: Leg; orderIds: readonly string[]; now: Date },
): Promise<Leg[]> {
  const travel = await travelOf(tx, run, [...legs, leg], now)
  const rules = await clockRules(tx, run, now)
  const { vehicle, byTrip } = await tripLoads(tx, run)
  const more = [...(await readLoads(tx, orderIds)).values()].flatMap((load) => load.loads)
  const hasRoom = (trip: number): boolean => stows(vehicle, zoneLoads([...(byTrip.get(trip) ?? []), ...more]))
  const places = Array.from({ length: legs.length + 1 }, (_, at) => legs.length - at).flatMap((at) =>
    tripsAt(legs, at, vehicle.facts.trips).map((trip) => ({ at, trip })),
  )
  const roomy = places.filter(({ trip }) => hasRoom(trip))
  let best: { legs: Leg[]; late: number; returnAt: number } | null = null
  for (const { at, trip } of roomy.length > 0 ? roomy : places) {
    const candidate = putAt(legs, leg, at, trip)
    const points = candidate.map((one) => (one.id === leg.id ? legs.length : legs.indexOf(one)) + 1)
    const times = runClock(
      candidate.map((one, i) => ({ ...one, point: points[i] as number })),
      travel,
      rules,
    )
    const late = times.stops.filter((stop) => stop.lateSeconds > 0).length
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

/** Numbers a run's stops and trips in this order and computes its times and distance again. `freeSeqs` comes first. */
export async function writeLegs(tx: Tx, run: RunRow, ordered: readonly Leg[], now: Date): Promise<void> {
  const legs = renumbered(ordered)
  const travel = await travelOf(tx, run, legs, now)
  const points = legs.map((leg, i) => ({ ...leg, point: i + 1 }))
  const times = runClock(points, travel, await clockRules(tx, run, now))
  const ats = times.stops.map((stop) => instantOf(run.day, stop.startAt).toISOString())
  await tx.execute(sql`
    update stops s set seq = v.seq, trip = v.trip, planned_arrive_at = v.at, version = s.version + 1
    from unnest(${sql.param(legs.map((leg) => leg.id))}::uuid[], ${sql.param(ats)}::timestamptz[],
      ${sql.param(legs.map((leg) => leg.trip))}::int[]) with ordinality as v(id, at, trip, seq)
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

/** The vehicle's rests and reloads. */
async function clockRules(tx: Tx, run: RunRow, now: Date): Promise<ClockRules> {
  const [vehicle] = await tx.select().from(vehicles).where(eq(vehicles.id, run.vehicleId))
  assert(vehicle, 'a run has a vehicle')
  const earliestDeparture = earliestDepartureOf(run.day, now)
  const { rest, reloadSeconds, shift } = vehicleFacts(vehicle, { earliestDeparture, latestReturn })
  return { earliestDeparture, latestReturn: shift.to, rest, reloadSeconds }
}

async function travelOf(tx: Tx, run: RunRow, legs: readonly Leg[], now: Date): Promise<TravelTimes> {
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, run.hubId))
  assert(hub, 'a run has a hub')
  const departHour = departHourOf(
    legs.map((leg) => leg.windowFrom),
    earliestDepartureOf(run.day, now),
  )
  return knownTimes(tx, { hubId: hub.id, points: [hub, ...legs], when: { departHour } })
}

/** The goods of a run by trip, zone by zone, and the vehicle that is to take them. */
async function tripLoads(tx: Tx, run: RunRow) {
  const [row] = await tx.select().from(vehicles).where(eq(vehicles.id, run.vehicleId))
  assert(row, 'a run has a vehicle')
  const aboard = await tx
    .select({ orderId: stopOrders.orderId, trip: stops.trip })
    .from(stopOrders)
    .innerJoin(stops, eq(stops.id, stopOrders.stopId))
    .where(eq(stops.runId, run.id))
  const loads = await readLoads(
    tx,
    aboard.map((one) => one.orderId),
  )
  const byTrip = new Map<number, ZoneLoad[]>()
  for (const { orderId, trip } of aboard)
    byTrip.set(trip, [...(byTrip.get(trip) ?? []), ...(loads.get(orderId)?.loads ?? [])])
  const facts = vehicleFacts(row, { earliestDeparture: 0, latestReturn })
  const space = { grams: row.capacityGrams, millilitres: row.capacityMillilitres, zones: row.zones }
  return { vehicle: { ...space, plate: row.plate, facts }, byTrip }
}

/** Refuses with `zone_not_carried` or `over_capacity` when the vehicle cannot take one of its trips' goods at once. */
export async function checkLoad(tx: Tx, run: RunRow): Promise<void> {
  const { vehicle, byTrip } = await tripLoads(tx, run)
  const params = { plate: vehicle.plate }
  for (const loads of byTrip.values()) {
    const zones = loads.map((load) => load.zone)
    if (!carries(vehicle, zones)) throw new Fault('zone_not_carried', '', { params })
    if (!stows(vehicle, zoneLoads(loads))) throw new Fault('over_capacity', '', { params })
  }
}

/** Refuses with `zone_not_carried` or `over_capacity` when the vehicle cannot take these loads together. */
export function refuseOverload(
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
