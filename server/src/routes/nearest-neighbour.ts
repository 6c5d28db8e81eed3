import {
  admitted,
  carries,
  fits,
  type Load,
  openSpans,
  type PlannedRun,
  type PlanRoutes,
  type RoutingOrder,
  type RoutingProblem,
  type RoutingVehicle,
  type UnassignedReason,
  type Visit,
  type ZoneLoad,
} from './routing-problem.ts'
import { timetable } from './timetable.ts'

/**
 * The plain first planner. Orders of a site become one visit; vehicle by vehicle (those of few zones first, so
 * that cold vehicles stay free for cold goods) the run goes on to the visit it can begin soonest, the nearest
 * of equals, until nothing more fits.
 */
export const nearestNeighbour: PlanRoutes = (problem) => {
  const waiting = new Set(visitsOf(problem.orders.map(narrowed), problem.vehicles))
  const runs: PlannedRun[] = []
  const spare = new Map<string, Load & { stops: number }>()
  for (const vehicle of vehicleOrder(problem.vehicles)) {
    const visits = fillRun(problem, vehicle, waiting)
    spare.set(vehicle.vehicleId, spareOf(problem, vehicle, visits))
    if (visits.length > 0) runs.push(asRun(problem, vehicle, visits))
  }
  const unassigned = [...waiting].flatMap((visit) => {
    const reason = whyNot(problem, visit, spare)
    return visit.orderIds.map((orderId) => ({ orderId, reason }))
  })
  return { method: 'nearest_neighbour', runs, unassigned }
}

/** The longest part of the order's window in which the place lets any vehicle in, whatever passes it has. */
function narrowed(order: RoutingOrder): RoutingOrder {
  if (!order.rules) return order
  const spans = openSpans(order, order.rules, order.rules.bans)
  const longest = spans.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]
  return {
    ...order,
    windowFrom: longest?.from ?? order.windowTo + 1,
    windowTo: longest?.to ?? order.windowTo,
  }
}

/** Merges orders of a site whose windows meet, as long as some vehicle could carry all of them. */
export function visitsOf(orders: readonly RoutingOrder[], vehicles: readonly RoutingVehicle[]): Visit[] {
  const sorted = orders.toSorted(
    (a, b) =>
      byText(a.siteId, b.siteId) ||
      a.windowFrom - b.windowFrom ||
      a.windowTo - b.windowTo ||
      byText(a.orderId, b.orderId),
  )
  const visits: Visit[] = []
  for (const order of sorted) {
    const at = visits.findLastIndex((visit) => visit.siteId === order.siteId && merge(visit, order, vehicles))
    const merged = at < 0 ? null : merge(visits[at] as Visit, order, vehicles)
    if (merged) visits[at] = merged
    else visits.push({ ...order, orderIds: [order.orderId] })
  }
  return visits
}

function merge(visit: Visit, order: RoutingOrder, vehicles: readonly RoutingVehicle[]): Visit | null {
  const windowFrom = Math.max(visit.windowFrom, order.windowFrom)
  const windowTo = Math.min(visit.windowTo, order.windowTo)
  const zones = [...new Set([...visit.zones, ...order.zones])]
  const holdsBoth = vehicles.some((vehicle) => carries(vehicle, zones) && fits(vehicle, visit, order))
  if (windowFrom > windowTo || !holdsBoth || !rideTogether(visit, order)) return null
  const formerVehicleId = visit.formerVehicleId ?? order.formerVehicleId
  return {
    ...visit,
    ...(formerVehicleId ? { formerVehicleId } : {}),
    windowFrom,
    windowTo,
    zones,
    loads: addLoads(visit.loads ?? [], order.loads ?? []),
    grams: visit.grams + order.grams,
    millilitres: visit.millilitres + order.millilitres,
    serviceSeconds: Math.max(visit.serviceSeconds, order.serviceSeconds),
    orderIds: [...visit.orderIds, order.orderId],
  }
}

/** What rides on different vehicles already, or must stay on one, is not made one visit. */
const rideTogether = (visit: Visit, order: RoutingOrder): boolean =>
  visit.onlyVehicleId === order.onlyVehicleId &&
  (visit.formerVehicleId === undefined ||
    order.formerVehicleId === undefined ||
    visit.formerVehicleId === order.formerVehicleId)

/** Loads of two orders, zone by zone. */
function addLoads(a: readonly ZoneLoad[], b: readonly ZoneLoad[]): ZoneLoad[] {
  const sums = new Map<string, ZoneLoad>()
  for (const load of [...a, ...b]) {
    const sum = sums.get(load.zone)
    sums.set(load.zone, {
      zone: load.zone,
      grams: load.grams + (sum?.grams ?? 0),
      millilitres: load.millilitres + (sum?.millilitres ?? 0),
    })
  }
  return [...sums.values()]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const vehicleOrder = (vehicles: readonly RoutingVehicle[]): RoutingVehicle[] =>
  vehicles.toSorted(
    (a, b) => a.zones.length - b.zones.length || b.grams - a.grams || byText(a.vehicleId, b.vehicleId),
  )

/** Takes visits out of `waiting`, one after the other, for this vehicle. */
function fillRun(problem: RoutingProblem, vehicle: RoutingVehicle, waiting: Set<Visit>): Visit[] {
  const taken: Visit[] = []
  let aboard: Load = { grams: 0, millilitres: 0 }
  let [at, clock] = [0, Math.max(problem.earliestDeparture, vehicle.facts?.shift.from ?? 0)]
  let departAt: number | null = null
  while (taken.length < problem.stopsMax) {
    const next = soonest(problem, vehicle, waiting, { aboard, at, clock, departAt, taken })
    if (!next) break
    departAt ??= next.start - next.travel
    waiting.delete(next.visit)
    taken.push(next.visit)
    aboard = {
      grams: aboard.grams + next.visit.grams,
      millilitres: aboard.millilitres + next.visit.millilitres,
    }
    at = next.visit.point
    clock = next.start + next.visit.serviceSeconds
  }
  return taken
}

/** `departAt` is null while the run has no stop. */
type Position = {
  aboard: Load
  at: number
  clock: number
  departAt: number | null
  taken: readonly Visit[]
}

/** The visit this vehicle could begin first from here; of equal ones the nearest, then the lesser order id. */
function soonest(
  problem: RoutingProblem,
  vehicle: RoutingVehicle,
  waiting: ReadonlySet<Visit>,
  position: Position,
) {
  let best: { visit: Visit; start: number; travel: number } | null = null
  for (const visit of waiting) {
    if (!carries(vehicle, visit.zones) || !fits(vehicle, position.aboard, visit)) continue
    if (!admitted(vehicle.facts, visit.rules)) continue
    if (visit.onlyVehicleId !== undefined && visit.onlyVehicleId !== vehicle.vehicleId) continue
    if (!inOneLayout(vehicle, [...position.taken, visit]) || keptApart(problem, position.taken, visit))
      continue
    const travel = problem.travel.seconds(position.at, visit.point)
    const start = Math.max(visit.windowFrom, position.clock + travel)
    if (!inTime(problem, visit, start, position.departAt ?? start - travel, vehicle)) continue
    const better =
      !best ||
      start < best.start ||
      (start === best.start &&
        (travel < best.travel || (travel === best.travel && firstId(visit) < firstId(best.visit))))
    if (better) best = { visit, start, travel }
  }
  return best
}

const firstId = (visit: Visit): string => visit.orderIds[0] ?? ''

/** Is there a way to divide the load space in which each zone's goods fit the compartment that may hold them? */
function inOneLayout(vehicle: RoutingVehicle, visits: readonly Visit[]): boolean {
  const layouts = vehicle.facts?.layouts ?? []
  if (layouts.length === 0) return true
  const loads = visits.flatMap((visit) => visit.loads ?? [])
  return layouts.some((boxes) => {
    const filled = boxes.map(() => ({ grams: 0, millilitres: 0 }))
    return loads.every((load) => {
      const at = boxes.findIndex((box) => box.zones.includes(load.zone))
      const [box, aboard] = [boxes[at], filled[at]]
      if (!box || !aboard || !fits(box, aboard, load)) return false
      aboard.grams += load.grams
      aboard.millilitres += load.millilitres
      return true
    })
  })
}

/** Does a rule about pairs keep the visit off a vehicle that goes to these? */
const keptApart = ({ pairs = [] }: RoutingProblem, taken: readonly Visit[], { siteId }: Visit): boolean =>
  pairs.some(
    (pair) =>
      pair.kind === 'apart' &&
      ((pair.a === siteId && taken.some((one) => one.siteId === pair.b)) ||
        (pair.b === siteId && taken.some((one) => one.siteId === pair.a))),
  )

function inTime(
  problem: RoutingProblem,
  visit: Visit,
  start: number,
  departAt: number,
  vehicle?: RoutingVehicle,
): boolean {
  const returnAt = start + visit.serviceSeconds + problem.travel.seconds(visit.point, 0)
  return (
    start <= visit.windowTo &&
    returnAt <= Math.min(problem.latestReturn, vehicle?.facts?.shift.to ?? problem.latestReturn) &&
    returnAt - departAt <= problem.shiftSeconds
  )
}

function asRun(problem: RoutingProblem, vehicle: RoutingVehicle, visits: readonly Visit[]): PlannedRun {
  const times = timetable(visits, problem.travel, problem.earliestDeparture)
  return {
    vehicleId: vehicle.vehicleId,
    departAt: times.departAt,
    returnAt: times.returnAt,
    metres: times.metres,
    stops: visits.map((visit, i) => ({
      siteId: visit.siteId,
      orderIds: visit.orderIds,
      windowFrom: visit.windowFrom,
      windowTo: visit.windowTo,
      startAt: times.startAt[i] as number,
    })),
  }
}

function spareOf(problem: RoutingProblem, vehicle: RoutingVehicle, visits: readonly Visit[]) {
  return {
    grams: visits.reduce((left, visit) => left - visit.grams, vehicle.grams),
    millilitres: visits.reduce((left, visit) => left - visit.millilitres, vehicle.millilitres),
    stops: problem.stopsMax - visits.length,
  }
}

/** The first thing that would have to change for the visit to be served. */
function whyNot(
  problem: RoutingProblem,
  visit: Visit,
  spare: ReadonlyMap<string, Load & { stops: number }>,
): UnassignedReason {
  if (problem.vehicles.length === 0) return 'no_vehicle'
  const nothing = { grams: 0, millilitres: 0 }
  const ofZone = problem.vehicles.filter((vehicle) => carries(vehicle, visit.zones))
  if (ofZone.length === 0) return 'zone'
  if (!ofZone.some((vehicle) => admitted(vehicle.facts, visit.rules))) return 'permit'
  if (!ofZone.some((vehicle) => fits(vehicle, nothing, visit))) return 'capacity'
  const travel = problem.travel.seconds(0, visit.point)
  const alone = Math.max(visit.windowFrom, problem.earliestDeparture + travel)
  if (!inTime(problem, visit, alone, alone - travel)) return 'window'
  const withRoom = ofZone.filter((vehicle) => {
    const left = spare.get(vehicle.vehicleId)
    return left && left.stops > 0 && fits(left, nothing, visit)
  })
  return withRoom.length > 0 ? 'window' : 'capacity'
}
