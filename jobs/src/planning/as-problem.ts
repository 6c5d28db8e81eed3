import {
  type Ban,
  free,
  openSpans,
  type PlanningWeights,
  type RoutingProblem,
  type RoutingVehicle,
  type Size,
  type Visit,
} from '@huming/server/routes/routing-problem'
import { visitsOf } from '@huming/server/routes/visits'
import type { Problem, Stop, Vehicle } from '../solver/model.ts'

/** A night as the solver takes it, with the visit behind each of its stops. */
export type Asked = { problem: Problem; visits: ReadonlyMap<string, Visit> }

const kilogram = 1000
const cubicMetre = 1_000_000

/** Runs that stay as they are: their vehicles are not in the problem, and neither are their orders. */
export function asProblem(night: RoutingProblem, weights: PlanningWeights): Asked {
  const visits = visitsOf(night.orders, night.vehicles)
  const stopIds = visits.map((_, i) => `S${i + 1}`)
  const bansAt = visits.flatMap((visit) => visit.rules?.bans ?? [])
  const bans = [...new Map(bansAt.map((ban) => [ban.id, ban])).values()]
  const idsOfSite = new Map<string, string[]>()
  visits.forEach((visit, i) => {
    const ids = idsOfSite.get(visit.siteId) ?? []
    idsOfSite.set(visit.siteId, [...ids, stopIds[i] as string])
  })
  const problem: Problem = {
    ...matrices(night, visits),
    stops: visits.map((visit, i) => stopOf(visit, stopIds[i] as string)),
    vehicles: night.vehicles.map((vehicle) => vehicleOf(night, vehicle, bans)),
    weights: {
      metre: weights.fenPerKm / 1000,
      second: weights.fenPerHour / 3600,
      overtimeSecond: weights.overtimeFenPerHour / 3600,
      moved: weights.movedFen,
      unserved: weights.unservedFen,
    },
    ...pairsOf(night, idsOfSite),
  }
  return { problem, visits: new Map(visits.map((visit, i) => [stopIds[i] as string, visit])) }
}

function matrices({ travel }: RoutingProblem, visits: readonly Visit[]) {
  const places = Math.max(0, ...visits.map((visit) => visit.point)) + 1
  const metres = new Int32Array(places * places)
  const seconds = new Int32Array(places * places)
  for (let from = 0; from < places; from++) {
    for (let to = 0; to < places; to++) {
      metres[from * places + to] = travel.metres(from, to)
      seconds[from * places + to] = travel.seconds(from, to)
    }
  }
  return { places, metres, seconds }
}

function stopOf(visit: Visit, id: string): Stop {
  const { rules } = visit
  const whole = { from: visit.windowFrom, to: visit.windowTo }
  const spans = rules ? openSpans(visit, rules, []) : [whole]
  const loads = visit.loads ?? [{ zone: visit.zones[0] ?? 'ambient', ...visit }]
  return {
    id,
    place: visit.point,
    loads: loads.map((load) => ({
      zone: load.zone,
      kg: load.grams / kilogram,
      m3: load.millilitres / cubicMetre,
    })),
    // A place that is never open in the window keeps a window nobody can meet, so that it is told as such.
    windows: spans.length > 0 ? spans.map(({ from, to }) => ({ from, to })) : [{ from: 0, to: 0 }],
    serviceSeconds: visit.serviceSeconds,
    priority: rules?.priority ?? 0,
    needs: [...(rules?.needs ?? [])],
    bans: (rules?.bans ?? []).map((ban) => ({ from: ban.from, to: ban.to, unlessSkill: passOf(ban) })),
    ...(rules ? { largestVehicle: sizeOf(rules.largest) } : {}),
    ...(visit.formerVehicleId ? { formerVehicle: visit.formerVehicleId } : {}),
    ...(visit.onlyVehicleId ? { onlyVehicle: visit.onlyVehicleId } : {}),
  }
}

function vehicleOf(night: RoutingProblem, vehicle: RoutingVehicle, bans: readonly Ban[]): Vehicle {
  const { facts } = vehicle
  const space = [
    { zones: [...vehicle.zones], kg: vehicle.grams / kilogram, m3: vehicle.millilitres / cubicMetre },
  ]
  const layouts = (facts?.layouts ?? []).map((layout) =>
    layout.map((box) => ({
      zones: [...box.zones],
      kg: box.grams / kilogram,
      m3: box.millilitres / cubicMetre,
    })),
  )
  const shift = facts?.shift ?? { from: night.earliestDeparture, to: night.latestReturn }
  return {
    id: vehicle.vehicleId,
    start: 0,
    end: 0,
    shift: { from: shift.from, to: Math.max(shift.from, shift.to), maxSeconds: night.shiftSeconds },
    layouts: layouts.length > 0 ? layouts : [space],
    maxKg: vehicle.grams / kilogram,
    maxStops: night.stopsMax,
    fixedCost: facts?.fixedFen ?? 0,
    ...(facts
      ? {
          rest: { afterWork: facts.rest.afterSeconds, seconds: facts.rest.seconds },
          trips: facts.trips,
          reloadSeconds: facts.reloadSeconds,
          size: sizeOf(facts.size),
          skills: [...facts.skills, ...bans.filter((ban) => free(facts, ban)).map(passOf)],
        }
      : {}),
  }
}

/** The skill by which the solver knows that a ban does not hold for a vehicle. */
const passOf = (ban: Ban): string => `ban:${ban.id}`

const sizeOf = ({ lengthCm, heightCm, grossKg }: Size) => ({
  ...(lengthCm === null ? {} : { lengthCm }),
  ...(heightCm === null ? {} : { heightCm }),
  ...(grossKg === null ? {} : { grossKg }),
})

/** Rules of sites as rules of their visits. */
function pairsOf({ pairs = [] }: RoutingProblem, idsOfSite: ReadonlyMap<string, readonly string[]>) {
  const of = (kind: 'apart' | 'together'): [string, string][] =>
    pairs
      .filter((pair) => pair.kind === kind)
      .flatMap(({ a, b }) =>
        (idsOfSite.get(a) ?? []).flatMap((x) =>
          (idsOfSite.get(b) ?? []).map((y): [string, string] => [x, y]),
        ),
      )
  return { apart: of('apart'), together: of('together') }
}
