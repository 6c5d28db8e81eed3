import type { unassignedReasons } from '@huming/shared/contracts/routes'
import type { TravelTimes } from './matrix.ts'

/** Weight and volume: grams and millilitres. */
export type Load = { readonly grams: number; readonly millilitres: number }

export type ZoneLoad = Load & { readonly zone: string }

/** Seconds after midnight of the delivery day. */
export type Span = { readonly from: number; readonly to: number }

/** Size of a vehicle, or the largest a place can take; null: unknown, or no limit. */
export type Size = {
  readonly lengthCm: number | null
  readonly heightCm: number | null
  readonly grossKg: number | null
}

/** Hours in which vehicles of this weight and above may not stop there without the permit. */
export type Ban = Span & {
  readonly id: string
  readonly minGrossKg: number
  readonly unlessSkill: string | null
}

/** What a place asks of the vehicle that comes. */
export type SiteRules = {
  /** Times it may come, within the order's own window; empty: any of it. */
  readonly windows: readonly Span[]
  readonly largest: Size
  readonly needs: readonly string[]
  readonly bans: readonly Ban[]
  /** 0 is normal; a higher one is left out last. */
  readonly priority: number
}

/** An order to be brought to a point of the travel times. Times are seconds after midnight of the delivery day. */
export type RoutingOrder = Load & {
  readonly orderId: string
  readonly siteId: string
  readonly point: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly serviceSeconds: number
  readonly zones: readonly string[]
  /** Weight and volume by zone, for vehicles with compartments; one zone or unknown without. */
  readonly loads?: readonly ZoneLoad[]
  readonly rules?: SiteRules
  /** The vehicle it rides on in the plan that is being changed. */
  readonly formerVehicleId?: string
  /** No other vehicle may take it: its stop is kept. */
  readonly onlyVehicleId?: string
}

export type RoutingVehicle = Load & {
  readonly vehicleId: string
  readonly zones: readonly string[]
  readonly facts?: VehicleFacts
}

/** What planning knows of a vehicle beyond its space. */
export type VehicleFacts = {
  /** Ways to divide the space; empty: one space for all its zones. */
  readonly layouts: readonly (readonly (Load & { readonly zones: readonly string[] })[])[]
  readonly size: Size
  readonly skills: readonly string[]
  readonly shift: Span
  readonly rest: { readonly afterSeconds: number; readonly seconds: number }
  readonly trips: number
  readonly reloadSeconds: number
  readonly fixedFen: number
}

/** What the planner makes least, in fen. */
export type PlanningWeights = {
  readonly fenPerKm: number
  readonly fenPerHour: number
  readonly lateFenPerMinute: number
  readonly overtimeFenPerHour: number
  readonly movedFen: number
  readonly unservedFen: number
}

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
  readonly weights?: PlanningWeights
  /** Sites that must not, or must, share a vehicle. */
  readonly pairs?: readonly { readonly kind: 'apart' | 'together'; readonly a: string; readonly b: string }[]
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
  readonly loads?: readonly ZoneLoad[]
  readonly rules?: SiteRules
  readonly formerVehicleId?: string
  readonly onlyVehicleId?: string
}

/** Parts of a window in which the place is open and none of the bans holds, in order. */
export function openSpans(
  window: { readonly windowFrom: number; readonly windowTo: number },
  rules: SiteRules,
  bans: readonly Ban[],
): Span[] {
  const whole = { from: window.windowFrom, to: window.windowTo }
  const open = rules.windows.length === 0 ? [whole] : rules.windows
  const within = open
    .map(({ from, to }) => ({ from: Math.max(from, whole.from), to: Math.min(to, whole.to) }))
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => a.from - b.from)
  return bans.reduce<Span[]>((spans, ban) => spans.flatMap((span) => without(span, ban)), within)
}

/** A span less a ban, which ends before its last moment. */
function without(span: Span, ban: Span): Span[] {
  if (ban.to <= span.from || ban.from > span.to) return [span]
  return [
    ...(ban.from > span.from ? [{ from: span.from, to: ban.from - 1 }] : []),
    ...(ban.to <= span.to ? [{ from: ban.to, to: span.to }] : []),
  ]
}

/** A pass of the vehicle that a ban asks for, or its being light enough for the ban not to hold. */
export const free = (vehicle: VehicleFacts, ban: Ban): boolean =>
  (vehicle.size.grossKg ?? 0) < ban.minGrossKg ||
  (ban.unlessSkill !== null && vehicle.skills.includes(ban.unlessSkill))

const withinSize = (size: number | null, largest: number | null): boolean =>
  size === null || largest === null || size <= largest

/** May the vehicle stop there at all: its size, its equipment and permits. */
export function admitted(vehicle: VehicleFacts | undefined, rules: SiteRules | undefined): boolean {
  if (!vehicle || !rules) return true
  const { size, skills } = vehicle
  return (
    withinSize(size.lengthCm, rules.largest.lengthCm) &&
    withinSize(size.heightCm, rules.largest.heightCm) &&
    withinSize(size.grossKg, rules.largest.grossKg) &&
    rules.needs.every((need) => skills.includes(need))
  )
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
