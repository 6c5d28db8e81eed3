import type { unassignedReasons } from '@huming/shared/contracts/routes'
import type { TravelTimes } from './matrix.ts'

/** Weight and volume: grams and millilitres. */
export type Load = { readonly grams: number; readonly millilitres: number }

/** An order to be brought to a point of the travel times. Times are seconds after midnight of the delivery day. */
export type RoutingOrder = Load & {
  readonly orderId: string
  readonly siteId: string
  readonly point: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly serviceSeconds: number
  readonly zones: readonly string[]
}

export type RoutingVehicle = Load & { readonly vehicleId: string; readonly zones: readonly string[] }

/** Point 0 is the hub. */
export type RoutingProblem = {
  readonly orders: readonly RoutingOrder[]
  readonly vehicles: readonly RoutingVehicle[]
  readonly travel: TravelTimes
  readonly earliestDeparture: number
  readonly latestReturn: number
  /** From leaving the hub to being back. */
  readonly shiftSeconds: number
  /** Stops of one run at most. */
  readonly stopsMax: number
}

export type UnassignedReason = (typeof unassignedReasons)[number]

export type PlannedStop = {
  readonly siteId: string
  readonly orderIds: readonly string[]
  readonly windowFrom: number
  readonly windowTo: number
  /** When the hand-over begins: the arrival, or the opening of the window when that is later. */
  readonly startAt: number
}

export type PlannedRun = {
  readonly vehicleId: string
  readonly departAt: number
  readonly returnAt: number
  readonly metres: number
  readonly stops: readonly PlannedStop[]
}

export type RoutingPlan = {
  readonly method: string
  readonly runs: readonly PlannedRun[]
  readonly unassigned: readonly { readonly orderId: string; readonly reason: UnassignedReason }[]
}

/** A planner: the same problem gives the same plan. Never fails whole; what does not fit has its reason. */
export type PlanRoutes = (problem: RoutingProblem) => RoutingPlan | Promise<RoutingPlan>

/** Orders of one site brought in one go. */
export type Visit = Load & {
  readonly siteId: string
  readonly point: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly serviceSeconds: number
  readonly zones: readonly string[]
  readonly orderIds: readonly string[]
}

/** Does it fit beside what is aboard already? */
export const fits = (space: Load, aboard: Load, more: Load): boolean =>
  aboard.grams + more.grams <= space.grams && aboard.millilitres + more.millilitres <= space.millilitres

export const carries = (vehicle: { readonly zones: readonly string[] }, zones: readonly string[]): boolean =>
  zones.every((zone) => vehicle.zones.includes(zone))

export const sumOf = (loads: readonly Load[]): Load => ({
  grams: loads.reduce((sum, load) => sum + load.grams, 0),
  millilitres: loads.reduce((sum, load) => sum + load.millilitres, 0),
})
