import { hubs, sites } from '@huming/db/schema/accounts'
import { orders } from '@huming/db/schema/orders'
import { runs, stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { eq, inArray } from 'drizzle-orm'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import type { PlanRow, RunRow, VehicleRow } from './lock-plan.ts'
import { hourBand, type TravelTimes } from './matrix.ts'
import { freeVehicles, readLoads } from './read-problem.ts'
import { readBans, readPairs, readWeights, siteRules, vehicleFacts } from './read-rules.ts'
import type { PlanningWeights, RoutingProblem, VehicleFacts } from './routing-problem.ts'
import { departHourOf, earliestDepartureOf, latestReturn, secondsOf } from './rules.ts'
import { type ClockStop, type RunTimes, runClock } from './run-clock.ts'
import type { Aboard } from './run-cost.ts'
import { knownTimes } from './travel-times.ts'

/** A stop as the board reckons with it; an order without a vehicle is one that stands nowhere. */
export type BoardStop = ClockStop &
  Aboard & { readonly stopId: string; readonly locked: boolean; readonly version: number }

export type BoardVehicle = VehicleRow & {
  grams: number
  millilitres: number
  facts: VehicleFacts
}

export type BoardRun = { run: RunRow; vehicle: BoardVehicle; stops: BoardStop[] }

export type BoardState = {
  plan: PlanRow
  runs: BoardRun[]
  /** Vehicles of the hub that have no run in this plan and could get one. */
  idle: BoardVehicle[]
  /** The order asked about, as a stop of its own. */
  added: BoardStop | null
  earliestDeparture: number
  weights: PlanningWeights
  pairs: RoutingProblem['pairs']
  /** Times of a run that makes these stops in this order. */
  clock: (vehicle: BoardVehicle, stops: readonly BoardStop[], departAt?: number) => RunTimes
}

/** All that the times, loads and cost of a plan depend on, read without a lock. */
export async function readBoardState(ctx: Ctx, plan: PlanRow, orderId?: string): Promise<BoardState> {
  const { db } = ctx
  const [hub] = await db.select().from(hubs).where(eq(hubs.id, plan.hubId))
  assert(hub, 'a plan has a hub')
  const earliestDeparture = earliestDepartureOf(plan.day, ctx.now)
  const own = await db
    .select({ run: runs, vehicle: vehicles })
    .from(runs)
    .innerJoin(vehicles, eq(vehicles.id, runs.vehicleId))
    .where(eq(runs.planId, plan.id))
    .orderBy(runs.seq)
  const { byRun, added, points } = await readBoardStops(db, plan, own, orderId)
  const free = await freeVehicles(db, { id: plan.waveId, hubId: plan.hubId, day: plan.day })
  const known = (row: VehicleRow): BoardVehicle => ({
    ...row,
    grams: row.capacityGrams,
    millilitres: row.capacityMillilitres,
    facts: vehicleFacts(row, { earliestDeparture: 0, latestReturn }),
  })
  const departures = own.map(({ run }) => secondsOf(plan.day, run.departAt))
  const opening = [...byRun.values()].flat().map((stop) => stop.windowFrom)
  const travel = await travelByHour(
    ctx,
    plan.hubId,
    [hub, ...points],
    [earliestDeparture, latestReturn, ...departures, ...opening, ...(added ? [added.windowFrom] : [])],
  )
  return {
    plan,
    runs: own.map(({ run, vehicle }) => ({
      run,
      vehicle: known(vehicle),
      stops: byRun.get(run.id) ?? [],
    })),
    idle: free.filter((row) => !own.some(({ vehicle }) => vehicle.id === row.id)).map(known),
    added,
    earliestDeparture,
    weights: await readWeights(db, plan.hubId, plan.day),
    pairs: await readPairs(db, plan.hubId, plan.day),
    clock: (vehicle, list, departAt) =>
      runClock(list, travel(list, departAt ?? earliestDeparture), {
        earliestDeparture,
        latestReturn: vehicle.facts.shift.to,
        ...(departAt !== undefined && { departAt }),
        rest: vehicle.facts.rest,
        reloadSeconds: vehicle.facts.reloadSeconds,
      }),
  }
}

type Point = { lngE6: number; latE6: number }
type Run = { run: RunRow }

async function readBoardStops(db: Db, plan: PlanRow, own: readonly Run[], orderId?: string) {
  const runIds = own.map(({ run }) => run.id)
  const rows = await db
    .select({ stop: stops, site: sites })
    .from(stops)
    .innerJoin(sites, eq(sites.id, stops.siteId))
    .where(inArray(stops.runId, runIds))
    .orderBy(stops.runId, stops.seq)
  const carried = await db
    .select()
    .from(stopOrders)
    .where(
      inArray(
        stopOrders.stopId,
        rows.map(({ stop }) => stop.id),
      ),
    )
  const [alone] = orderId
    ? await db
        .select({ order: orders, site: sites })
        .from(orders)
        .innerJoin(sites, eq(sites.id, orders.siteId))
        .where(eq(orders.id, orderId))
    : []
  const orderIds = [...carried.map((row) => row.orderId), ...(alone ? [alone.order.id] : [])]
  const loads = await readLoads(db, orderIds)
  const bans = await readBans(db, plan.day)
  const points: Point[] = [...rows.map(({ site }) => site), ...(alone ? [alone.site] : [])]
  const byStop = Map.groupBy(carried, (row) => row.stopId)
  const shared = (site: typeof sites.$inferSelect, ids: readonly string[]) => ({
    siteId: site.id,
    serviceSeconds: site.serviceSeconds,
    rules: siteRules(site, bans),
    loads: ids.flatMap((id) => loads.get(id)?.loads ?? []),
  })
  const list = rows.map(({ stop, site }, i) => ({
    ...shared(
      site,
      (byStop.get(stop.id) ?? []).map((row) => row.orderId),
    ),
    runId: stop.runId,
    stopId: stop.id,
    point: i + 1,
    trip: stop.trip,
    windowFrom: secondsOf(plan.day, stop.windowFromAt),
    windowTo: secondsOf(plan.day, stop.windowToAt),
    locked: stop.lockedAt !== null,
    version: stop.version,
  }))
  const added = alone && {
    ...shared(alone.site, [alone.order.id]),
    stopId: '',
    point: points.length,
    trip: 1,
    windowFrom: alone.order.windowFrom * 60,
    windowTo: alone.order.windowTo * 60,
    locked: false,
    version: 0,
  }
  return { byRun: Map.groupBy(list, (stop) => stop.runId), added: added ?? null, points }
}

/** Travel times by the hour a run is driven in, read once for every band of hours that can come up. */
async function travelByHour(
  ctx: Ctx,
  hubId: string,
  points: readonly Point[],
  seconds: readonly number[],
): Promise<(stops: readonly BoardStop[], from: number) => TravelTimes> {
  const bandAt = (at: number): number => hourBand(Math.floor(at / 3600) % 24)
  const bands = new Map<number, TravelTimes>()
  for (const departHour of new Set(seconds.map(bandAt)))
    bands.set(departHour, await knownTimes(ctx.db, { hubId, points, when: { departHour } }))
  return (list, from) => {
    const hour = departHourOf(
      list.map((stop) => stop.windowFrom),
      from,
    )
    const travel = bands.get(hourBand(hour))
    assert(travel, 'the band of every departure was read')
    return travel
  }
}
