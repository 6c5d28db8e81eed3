import type { ProposalResult, ProposedRun } from '@huming/db/schema/planning'
import type { PlanningWeights, RoutingProblem } from './routing-problem.ts'

export type CostParts = Record<'vehicles' | 'distance' | 'time' | 'overtime' | 'moved' | 'unserved', number>

/**
 * What a plan costs by the weights of its hub, in fen: vehicles used, kilometres, hours at the wheel, overtime, stops
 * moved to another vehicle, orders left out (ten times as dear for each step of priority).
 */
export function costPartsOf(
  problem: RoutingProblem,
  weights: PlanningWeights,
  { runs, unassigned }: ProposalResult,
): CostParts {
  const orders = new Map(problem.orders.map((order) => [order.orderId, order]))
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]))
  const pointOf = (stop: ProposedRun['stops'][number]): number =>
    orders.get(stop.orderIds[0] ?? '')?.point ?? 0
  const parts: CostParts = { vehicles: 0, distance: 0, time: 0, overtime: 0, moved: 0, unserved: 0 }
  for (const run of runs) {
    const facts = vehicles.get(run.vehicleId)?.facts
    parts.vehicles += facts?.fixedFen ?? 0
    for (const trip of Map.groupBy(run.stops, (stop) => stop.trip).values()) {
      const points = [0, ...trip.map(pointOf), 0]
      for (const [i, to] of points.slice(1).entries()) {
        const from = points[i] as number
        parts.distance += (problem.travel.metres(from, to) * weights.fenPerKm) / 1000
        parts.time += (problem.travel.seconds(from, to) * weights.fenPerHour) / 3600
      }
    }
    parts.moved += weights.movedFen * run.stops.filter((stop) => isMoved(stop, run.vehicleId, orders)).length
  }
  for (const { orderId } of unassigned)
    parts.unserved += weights.unservedFen * 10 ** (orders.get(orderId)?.rules?.priority ?? 0)
  for (const name of Object.keys(parts) as (keyof CostParts)[]) parts[name] = Math.round(parts[name])
  return parts
}

function isMoved(
  stop: ProposedRun['stops'][number],
  vehicleId: string,
  orders: ReadonlyMap<string, RoutingProblem['orders'][number]>,
): boolean {
  const former = stop.orderIds.map((id) => orders.get(id)?.formerVehicleId).find((id) => id !== undefined)
  return former !== undefined && former !== vehicleId
}

export const sumOfParts = (parts: CostParts): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0)
