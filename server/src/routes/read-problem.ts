import { hubs, sites } from '@huming/db/schema/accounts'
import { orders } from '@huming/db/schema/orders'
import { waveOrders } from '@huming/db/schema/picking'
import { runs, vehicles } from '@huming/db/schema/routes'
import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import type { Around } from './plan-around.ts'
import { readBans, readPairs, readWeights, siteRules, vehicleFacts } from './read-rules.ts'
import type { Load, RoutingOrder, RoutingProblem } from './routing-problem.ts'
import { loadsOf } from './rows.ts'
import {
  departHourOf,
  earliestDepartureOf,
  latestReturn,
  secondsOf,
  shiftSeconds,
  stopsMax,
} from './rules.ts'
import { knownTimes, travelTimes } from './travel-times.ts'

type Wave = { id: string; hubId: string; day: string }

type Options = {
  /** What stays of the plan in force; without it the wave is planned from nothing. */
  around?: Around
  /** Travel times as known already: inside a transaction nobody is asked over the network. */
  known?: boolean
  signal?: AbortSignal
}

/** The routing problem of a wave: its orders that have goods, and the hub's vehicles that are free that day. */
export async function readProblem(
  ctx: Ctx,
  wave: Wave,
  { around, known = false, signal }: Options = {},
): Promise<{ problem: RoutingProblem; drivers: Map<string, string | null> }> {
  const [hub] = await ctx.db.select().from(hubs).where(eq(hubs.id, wave.hubId))
  assert(hub, 'a wave has a hub')
  const all = await freeVehicles(ctx.db, wave)
  const free = all.filter((vehicle) => !around?.busyVehicleIds.has(vehicle.id))
  const vehicleIds = new Set(free.map((vehicle) => vehicle.id))
  const { list, points } = await readOrders(ctx.db, wave, around && { ...around, vehicleIds })
  const earliestDeparture = earliestDepartureOf(wave.day, ctx.now)
  const windowFroms = list.map((order) => order.windowFrom)
  const departHour = departHourOf(windowFroms, earliestDeparture)
  const limits = { earliestDeparture, latestReturn }
  const places = [hub, ...points]
  const asking = { hubId: hub.id, points: places, when: { departHour }, ...(signal ? { signal } : {}) }
  const problem = {
    orders: list,
    vehicles: free.map((v) => ({
      vehicleId: v.id,
      grams: v.capacityGrams,
      millilitres: v.capacityMillilitres,
      zones: v.zones,
      facts: vehicleFacts(v, limits),
    })),
    travel: await (known ? knownTimes(ctx.db, asking) : travelTimes(ctx, asking)),
    earliestDeparture,
    latestReturn,
    shiftSeconds,
    stopsMax,
    weights: await readWeights(ctx.db, wave.hubId, wave.day),
    pairs: await readPairs(ctx.db, wave.hubId, wave.day),
  }
  return { problem, drivers: new Map(free.map((v) => [v.id, v.driverPersonId])) }
}

async function readOrders(db: Db, wave: Wave, around?: Around & { vehicleIds: ReadonlySet<string> }) {
  const rows = await db
    .select({ order: orders, site: sites })
    .from(waveOrders)
    .innerJoin(orders, eq(orders.id, waveOrders.orderId))
    .innerJoin(sites, eq(sites.id, orders.siteId))
    .where(and(eq(waveOrders.waveId, wave.id), inArray(orders.status, ['picking', 'picked'])))
    .orderBy(orders.id)
  const loads = await readLoads(
    db,
    rows.map((row) => row.order.id),
  )
  const bans = await readBans(db, wave.day)
  const points = [...new Map(rows.map((row) => [row.site.id, row.site])).values()]
  const pointOf = new Map(points.map((site, i) => [site.id, i + 1]))
  const list = rows.flatMap(({ order, site }): RoutingOrder[] => {
    const load = loads.get(order.id)
    if (!load || around?.settledOrderIds.has(order.id)) return []
    const asked: RoutingOrder = {
      ...load,
      orderId: order.id,
      siteId: site.id,
      point: pointOf.get(site.id) as number,
      windowFrom: order.windowFrom * 60,
      windowTo: order.windowTo * 60,
      serviceSeconds: site.serviceSeconds,
      rules: siteRules(site, bans),
    }
    return [around ? placedBefore(around, asked, wave.day) : asked]
  })
  return { list, points }
}

/**
 * An order with the vehicle it rides on now; a vehicle that is not there any more binds nothing. A kept stop may come
 * as late as it is planned to already, and is left out last.
 */
function placedBefore(
  around: Around & { vehicleIds: ReadonlySet<string> },
  order: RoutingOrder,
  day: string,
): RoutingOrder {
  const place = around.places.get(order.orderId)
  if (!place || !around.vehicleIds.has(place.vehicleId)) return order
  const riding = { ...order, formerVehicleId: place.vehicleId }
  if (!place.kept) return riding
  const plannedAt = secondsOf(day, place.plannedAt)
  const late = plannedAt > order.windowTo
  return {
    ...riding,
    onlyVehicleId: place.vehicleId,
    windowTo: Math.max(order.windowTo, plannedAt),
    ...(order.rules
      ? {
          rules: {
            ...order.rules,
            priority: order.rules.priority + 1,
            windows: late ? [] : order.rules.windows,
          },
        }
      : {}),
  }
}

/** Loads by order; an order with nothing left to carry has none. */
export async function readLoads(
  db: Pick<Db, 'execute'>,
  orderIds: readonly string[],
): Promise<Map<string, Load & { zones: string[]; loads: (Load & { zone: string })[] }>> {
  const rows = await db.execute<
    Load & { order_id: string; zones: string[]; loads: (Load & { zone: string })[] }
  >(loadsOf(sql`any(${sql.param([...orderIds])}::uuid[])`))
  return new Map([...rows].map(({ order_id, ...load }) => [order_id, load]))
}

/** In service, and on no unfinished run of another plan of the day. */
export async function freeVehicles(db: Pick<Db, 'select'>, wave: Wave) {
  const busy = db
    .select({ id: runs.vehicleId })
    .from(runs)
    .where(
      and(
        eq(runs.hubId, wave.hubId),
        eq(runs.day, wave.day),
        ne(runs.status, 'finished'),
        sql`${runs.planId} not in (select p.id from plans p where p.wave_id = ${wave.id})`,
      ),
    )
  return db
    .select()
    .from(vehicles)
    .where(and(eq(vehicles.hubId, wave.hubId), isNull(vehicles.outOfService), notInArray(vehicles.id, busy)))
    .orderBy(vehicles.id)
}
