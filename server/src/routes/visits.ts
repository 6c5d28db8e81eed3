import {
  carries,
  fits,
  type RoutingOrder,
  type RoutingProblem,
  type RoutingVehicle,
  type Visit,
  type ZoneLoad,
} from './routing-problem.ts'

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

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Visits that must share a vehicle, directly or by way of others, by each of them; those without such a rule alone. */
export function bundlesOf({ pairs = [] }: RoutingProblem, visits: readonly Visit[]): Map<Visit, Visit[]> {
  const bundles = new Map(visits.map((visit) => [visit, [visit]]))
  const bySite = Map.groupBy(visits, (visit) => visit.siteId)
  const join = (a: Visit, b: Visit): void => {
    const [one, other] = [bundles.get(a) ?? [], bundles.get(b) ?? []]
    if (one === other) return
    const both = [...one, ...other]
    for (const visit of both) bundles.set(visit, both)
  }
  for (const { kind, a, b } of pairs) {
    if (kind !== 'together') continue
    for (const one of bySite.get(a) ?? []) for (const other of bySite.get(b) ?? []) join(one, other)
  }
  return bundles
}
