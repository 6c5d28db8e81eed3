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
} from './routing-problem.ts'
import { timetable } from './timetable.ts'
import { bundlesOf, byText, visitsOf } from './visits.ts'

/**
 * The plain first planner. Orders of a site become one visit; vehicle by vehicle (those of few zones first, so
 * that cold vehicles stay free for cold goods) the run goes on to the visit it can begin soonest, the nearest
 * of equals, until nothing more fits.
 */
export const nearestNeighbour: PlanRoutes = (problem) => {
  const all = visitsOf(problem.orders.map(narrowed), problem.vehicles)
  const bundles = bundlesOf(problem, all)
  const waiting = new Set(all)
  const runs: PlannedRun[] = []
  const spare = new Map<string, Load & { stops: number }>()
  for (const vehicle of vehicleOrder(problem.vehicles)) {
    const visits = fillRun(problem, vehicle, waiting, bundles)
    spare.set(vehicle.vehicleId, spareOf(problem, vehicle, visits))
    if (visits.length > 0) runs.push(asRun(problem, vehicle, visits))
  }
  const unassigned = [...waiting].flatMap((visit) => {
    const reason = whyNot(problem, visit, { spare, bundle: bundles.get(visit) ?? [] })
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

const vehicleOrder = (vehicles: readonly RoutingVehicle[]): RoutingVehicle[] =>
  vehicles.toSorted(
    (a, b) => a.zones.length - b.zones.length || b.grams - a.grams || byText(a.vehicleId, b.vehicleId),
  )

/** `departAt` is null while the run has no stop. */
type Position = {
  aboard: Load
  at: number
  clock: number
  departAt: number | null
  taken: readonly Visit[]
}

/**
 * Takes visits out of `waiting`, one after the other, for this vehicle: first those that are kept on it, then any.
 * What must share a vehicle is taken whole or not at all.
 */
function fillRun(
  problem: RoutingProblem,
  vehicle: RoutingVehicle,
  waiting: Set<Visit>,
  bundles: ReadonlyMap<Visit, readonly Visit[]>,
): readonly Visit[] {
  let position: Position = {
    aboard: { grams: 0, millilitres: 0 },
    at: 0,
    clock: Math.max(problem.earliestDeparture, vehicle.facts?.shift.from ?? 0),
    departAt: null,
    taken: [],
  }
  const kept = new Set([...waiting].filter((visit) => visit.onlyVehicleId === vehicle.vehicleId))
  for (const pool of [kept, new Set(waiting)]) {
    for (;;) {
      for (const visit of pool) if (!waiting.has(visit)) pool.delete(visit)
      const next = soonest(problem, vehicle, pool, position)
      if (!next) break
      const bundle = bundles.get(next.visit) ?? [next.visit]
      const whole = bundle.every((visit) => waiting.has(visit))
      const after = whole ? takeAll(problem, vehicle, bundle, advanced(position, next)) : null
      for (const visit of bundle) {
        pool.delete(visit)
        if (after) waiting.delete(visit)
      }
      position = after ?? position
    }
  }
  return position.taken
}

/** Goes on to the rest of what must share a vehicle; null when that cannot be. */
function takeAll(
  problem: RoutingProblem,
  vehicle: RoutingVehicle,
  bundle: readonly Visit[],
  from: Position,
): Position | null {
  let position = from
  const left = new Set(bundle.filter((visit) => !from.taken.includes(visit)))
  while (left.size > 0) {
    const next = soonest(problem, vehicle, left, position)
    if (!next) return null
    left.delete(next.visit)
    position = advanced(position, next)
  }
  return position
}

type Next = { visit: Visit; start: number; travel: number }

const advanced = ({ aboard, departAt, taken }: Position, { visit, start, travel }: Next): Position => ({
  aboard: {
    grams: aboard.grams + visit.grams,
    millilitres: aboard.millilitres + visit.millilitres,
  },
  at: visit.point,
  clock: start + visit.serviceSeconds,
  departAt: departAt ?? start - travel,
  taken: [...taken, visit],
})

/** The visit this vehicle could begin first from here; of equal ones the nearest, then the lesser order id. */
function soonest(
  problem: RoutingProblem,
  vehicle: RoutingVehicle,
  waiting: ReadonlySet<Visit>,
  position: Position,
): Next | null {
  let best: Next | null = null
  if (position.taken.length >= problem.stopsMax) return null
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
  { spare, bundle }: { spare: ReadonlyMap<string, Load & { stops: number }>; bundle: readonly Visit[] },
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
  if (bundle.length > 1) return 'pair'
  const withRoom = ofZone.filter((vehicle) => {
    const left = spare.get(vehicle.vehicleId)
    return left && left.stops > 0 && fits(left, nothing, visit)
  })
  return withRoom.length > 0 ? 'window' : 'capacity'
}
