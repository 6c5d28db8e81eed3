import type { planTroubles } from '@huming/shared/contracts/plan-board'
import type { CostPart } from '@huming/shared/plan-costs'
import {
  admitted,
  carries,
  free,
  type Load,
  openSpans,
  type PlanningWeights,
  type RoutingProblem,
  type SiteRules,
  type Span,
  type VehicleFacts,
  type ZoneLoad,
} from './routing-problem.ts'
import type { RunTimes } from './run-clock.ts'

export type Trouble = (typeof planTroubles)[number]
export type Parts = Partial<Record<CostPart, number>>

/** What a run costs, fen, by the measure of proposals (hours at the wheel), each part rounded once. A run without stops costs nothing. */
export function costOfRun(times: RunTimes, facts: VehicleFacts, weights: PlanningWeights): Parts {
  if (times.stops.length === 0) return {}
  const late = times.stops.reduce((sum, stop) => sum + stop.lateSeconds, 0)
  const over = Math.max(0, times.returnAt - facts.shift.to)
  return {
    vehicles: facts.fixedFen,
    distance: Math.round((times.metres * weights.fenPerKm) / 1000),
    time: Math.round((times.drivingSeconds * weights.fenPerHour) / 3600),
    lateness: Math.round((late * weights.lateFenPerMinute) / 60),
    overtime: Math.round((over * weights.overtimeFenPerHour) / 3600),
  }
}

export const sumParts = (parts: Parts): number => Object.values(parts).reduce((sum, fen) => sum + fen, 0)

export function addParts(all: readonly Parts[]): Parts {
  const sums: Parts = {}
  for (const parts of all) {
    for (const [name, fen] of Object.entries(parts) as [CostPart, number][])
      sums[name] = (sums[name] ?? 0) + fen
  }
  return sums
}

/** What rides on one trip, zone by zone. */
export function zoneLoads(loads: readonly ZoneLoad[]): ZoneLoad[] {
  const sums = new Map<string, ZoneLoad>()
  for (const { zone, grams, millilitres } of loads) {
    const sum = sums.get(zone)
    sums.set(zone, {
      zone,
      grams: grams + (sum?.grams ?? 0),
      millilitres: millilitres + (sum?.millilitres ?? 0),
    })
  }
  return [...sums.values()].toSorted((a, b) => (a.zone < b.zone ? -1 : 1))
}

type Space = Load & { readonly zones: readonly string[] }
type LoadedVehicle = Load & { readonly zones: readonly string[]; readonly facts: VehicleFacts }

/** Does one division of the load space take the goods, each zone whole in one compartment? */
export function stows(vehicle: LoadedVehicle, loads: readonly ZoneLoad[]): boolean {
  const grams = loads.reduce((sum, load) => sum + load.grams, 0)
  const millilitres = loads.reduce((sum, load) => sum + load.millilitres, 0)
  if (grams > vehicle.grams || millilitres > vehicle.millilitres) return false
  const { layouts } = vehicle.facts
  return layouts.length === 0 || layouts.some((layout) => placeZones(loads, layout))
}

function placeZones(loads: readonly ZoneLoad[], spaces: readonly Space[]): boolean {
  const [head, ...rest] = loads
  if (!head) return true
  return spaces.some((space, i) => {
    const left = {
      zones: space.zones,
      grams: space.grams - head.grams,
      millilitres: space.millilitres - head.millilitres,
    }
    const fitsHere = space.zones.includes(head.zone) && left.grams >= 0 && left.millilitres >= 0
    return fitsHere && placeZones(rest, spaces.with(i, left))
  })
}

export type Aboard = {
  readonly siteId: string
  readonly trip: number
  readonly loads: readonly ZoneLoad[]
  readonly rules: SiteRules
}

type Limits = { readonly stopsMax: number; readonly pairs: RoutingProblem['pairs'] }

/** What speaks against these stops on this vehicle, whatever their order. */
export function vehicleTroubles(
  vehicle: LoadedVehicle,
  stops: readonly Aboard[],
  { stopsMax, pairs }: Limits,
): Trouble[] {
  const zones = stops.flatMap((stop) => stop.loads.map((load) => load.zone))
  const trips = [...Map.groupBy(stops, (stop) => stop.trip).values()]
  const sites = new Set(stops.map((stop) => stop.siteId))
  const skilled = stops.every((stop) => stop.rules.needs.every((need) => vehicle.facts.skills.includes(need)))
  const admits = stops.every((stop) => admitted(vehicle.facts, { ...stop.rules, needs: [] }))
  const found: [Trouble, boolean][] = [
    ['zone', !carries(vehicle, zones)],
    ['capacity', !trips.every((trip) => stows(vehicle, zoneLoads(trip.flatMap((stop) => stop.loads))))],
    ['size', !admits],
    ['skill', !skilled],
    ['pair', (pairs ?? []).some((pair) => pair.kind === 'apart' && sites.has(pair.a) && sites.has(pair.b))],
    ['stops', trips.some((trip) => trip.length > stopsMax)],
    ['trips', trips.length > vehicle.facts.trips],
  ]
  return found.filter(([, holds]) => holds).map(([name]) => name)
}

/** What speaks against a stop at the time it is begun. */
export function stopTroubles(facts: VehicleFacts, rules: SiteRules, startAt: number, lateSeconds: number) {
  const bans = rules.bans.filter((ban) => !free(facts, ban))
  const inBan = bans.some((ban) => ban.from <= startAt && startAt < ban.to)
  const day: Span = { from: 0, to: 48 * 3600 }
  const open = openSpans({ windowFrom: day.from, windowTo: day.to }, { ...rules, bans: [] }, [])
  const isOpen = open.some((span) => span.from <= startAt && startAt <= span.to)
  const found: [Trouble, boolean][] = [
    ['late', lateSeconds > 0],
    ['ban', inBan],
    ['closed', !isOpen],
  ]
  return found.filter(([, holds]) => holds).map(([name]) => name)
}
