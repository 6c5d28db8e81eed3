import type { PlannedRun, Problem, Stop, Trip, Vehicle, Visit } from './model.ts'

export type Faults = (text: string) => void

/** Checks one vehicle's run and returns its cost. */
export function checkRun(problem: Problem, vehicle: Vehicle, run: PlannedRun, fault: Faults): number {
  const trips = run.trips
  if (trips.length > (vehicle.trips ?? 1)) fault(`${vehicle.id}: too many trips`)
  if (trips.some((trip) => trip.visits.length === 0)) fault(`${vehicle.id}: empty trip`)
  const first = trips[0]
  const last = trips.at(-1)
  if (!first || !last) return 0
  if (first.depart < vehicle.shift.from) fault(`${vehicle.id}: leaves before the shift`)
  if (last.finish > vehicle.shift.to) fault(`${vehicle.id}: back after the shift`)
  const shift = vehicle.shift
  if (shift.maxSeconds !== undefined && last.finish - first.depart > shift.maxSeconds)
    fault(`${vehicle.id}: shift too long`)
  vehicle.locked?.forEach((id, i) => {
    if (first.visits[i]?.stop !== id) fault(`${vehicle.id}: locked stop ${id} moved`)
  })
  for (const trip of trips) {
    if (trip.visits.length > (vehicle.maxStops ?? Infinity)) fault(`${vehicle.id}: too many stops`)
    for (const visit of trip.visits) checkVisit(vehicle, stopOf(problem, visit), visit, fault)
    checkTripLoad(problem, vehicle, trip, fault)
  }
  const roadCost = checkRoad(problem, vehicle, run, fault)
  return vehicle.fixedCost + roadCost + softCost(problem, vehicle, run)
}

function stopOf(problem: Problem, visit: Visit): Stop {
  const stop = problem.stops.find((s) => s.id === visit.stop)
  if (!stop) throw new RangeError(`unknown stop ${visit.stop}`)
  return stop
}

function checkVisit(vehicle: Vehicle, stop: Stop, visit: Visit, fault: Faults): void {
  const where = `${vehicle.id} at ${stop.id}`
  if (visit.start < visit.arrive) fault(`${where}: starts before it arrives`)
  if (visit.leave < visit.start + stop.serviceSeconds) fault(`${where}: service cut short`)
  if (stop.onlyVehicle !== undefined && stop.onlyVehicle !== vehicle.id) fault(`${where}: wrong vehicle`)
  if (vehicle.locked?.includes(stop.id)) return
  if (!stop.windows.some((w) => w.from <= visit.start && visit.start <= w.to))
    fault(`${where}: outside every window`)
  for (const need of stop.needs ?? []) if (!vehicle.skills?.includes(need)) fault(`${where}: lacks ${need}`)
  for (const ban of stop.bans ?? []) {
    const inside = ban.from <= visit.start && visit.start < ban.to
    if (inside && !vehicle.skills?.includes(ban.unlessSkill)) fault(`${where}: banned at that hour`)
  }
  for (const [key, limit] of Object.entries(stop.largestVehicle ?? {})) {
    const size = vehicle.size?.[key as 'lengthCm' | 'heightCm' | 'grossKg']
    if (size === undefined || size > limit) fault(`${where}: vehicle too large (${key})`)
  }
}

/** Some layout must take all goods of the trip, each zone whole in one compartment. */
function checkTripLoad(problem: Problem, vehicle: Vehicle, trip: Trip, fault: Faults): void {
  const stops = trip.visits.map((visit) => stopOf(problem, visit))
  const need = new Map<string, { kg: number; m3: number }>()
  for (const stop of stops) {
    for (const load of stop.loads) {
      const sum = need.get(load.zone) ?? { kg: 0, m3: 0 }
      if (load.kg > 0 || load.m3 > 0) need.set(load.zone, { kg: sum.kg + load.kg, m3: sum.m3 + load.m3 })
    }
  }
  const total = [...need.values()].reduce((sum, one) => sum + one.kg, 0)
  if (total > (vehicle.maxKg ?? Infinity) + 1e-6) fault(`${vehicle.id}: over its payload`)
  const fits = vehicle.layouts.some((layout) => {
    const spaces = new Map<string, { zones: string[]; kg: number; m3: number }>()
    for (const part of layout) {
      const key = part.zones.toSorted().join()
      const same = spaces.get(key) ?? { zones: part.zones, kg: 0, m3: 0 }
      spaces.set(key, { zones: part.zones, kg: same.kg + part.kg, m3: same.m3 + part.m3 })
    }
    return placeZones([...need], [...spaces.values()])
  })
  if (!fits) fault(`${vehicle.id}: goods fit no layout`)
  for (const [a, b] of problem.clashes ?? []) {
    const has = (name: string) => stops.some((stop) => stop.goods?.includes(name))
    const clash = a === b ? stops.filter((stop) => stop.goods?.includes(a)).length > 1 : has(a) && has(b)
    if (clash) fault(`${vehicle.id}: ${a} rides with ${b}`)
  }
}

type Space = { zones: string[]; kg: number; m3: number }

function placeZones(need: [string, { kg: number; m3: number }][], spaces: Space[]): boolean {
  const [head, ...rest] = need
  if (!head) return true
  const [zone, load] = head
  return spaces.some((space, i) => {
    const left = { ...space, kg: space.kg - load.kg, m3: space.m3 - load.m3 }
    return (
      space.zones.includes(zone) &&
      left.kg >= -1e-6 &&
      left.m3 >= -1e-6 &&
      placeZones(rest, spaces.with(i, left))
    )
  })
}

/** Legs, rests and reloads in the order of the clock. Returns the cost of the road. */
function checkRoad(problem: Problem, vehicle: Vehicle, run: PlannedRun, fault: Faults): number {
  const { weights } = problem
  let cost = 0
  let work = 0
  let back = -Infinity
  const toil = (seconds: number) => {
    work += seconds
    if (vehicle.rest && work > vehicle.rest.afterWork) fault(`${vehicle.id}: works ${work} s without rest`)
  }
  /** Seconds of rest in this span; a full rest sets the work back to nothing. */
  const restsBetween = (from: number, until: number) => {
    const rests = run.rests.filter((rest) => rest.from >= from && rest.to <= until && rest.to > rest.from)
    if (vehicle.rest && rests.some((r) => r.to - r.from >= vehicle.rest!.seconds)) work = 0
    return rests.reduce((sum, r) => sum + r.to - r.from, 0)
  }
  const drive = (from: number, to: number | null, leave: number, arrive: number) => {
    const at = to === null ? -1 : from * problem.places + to
    const seconds = at < 0 ? 0 : problem.seconds[at]!
    if (restsBetween(leave, arrive) + seconds > arrive - leave) fault(`${vehicle.id}: drives too fast`)
    toil(seconds)
    cost += at < 0 ? 0 : Math.round(weights.metre * problem.metres[at]! + weights.second * seconds)
  }
  const load = (from: number, until: number) => {
    if (restsBetween(from, until) + (vehicle.reloadSeconds ?? 0) > until - from)
      fault(`${vehicle.id}: leaves before it is loaded`)
    toil(vehicle.reloadSeconds ?? 0)
  }
  for (const trip of run.trips) {
    if (back > -Infinity) load(back, trip.depart)
    let from = vehicle.start
    let leave = trip.depart
    for (const visit of trip.visits) {
      const stop = stopOf(problem, visit)
      drive(from, stop.place, leave, visit.arrive)
      if (vehicle.rest && visit.start - visit.arrive >= vehicle.rest.seconds) work = 0
      toil(stop.serviceSeconds)
      from = stop.place
      leave = visit.leave
    }
    drive(from, vehicle.end, leave, trip.finish)
    back = trip.finish
  }
  return cost
}

function softCost(problem: Problem, vehicle: Vehicle, run: PlannedRun): number {
  const { weights } = problem
  let cost = 0
  for (const trip of run.trips) {
    for (const visit of trip.visits) {
      const stop = stopOf(problem, visit)
      cost += Math.max(0, visit.start - (stop.promisedBy ?? Infinity)) * (weights.lateSecond ?? 0)
      cost += (visit.start - visit.arrive) * (weights.idleSecond ?? 0)
      const known =
        stop.formerVehicle !== undefined && problem.vehicles.some((v) => v.id === stop.formerVehicle)
      if (known && stop.formerVehicle !== vehicle.id) cost += weights.moved ?? 0
    }
  }
  const finish = run.trips.at(-1)?.finish ?? 0
  const overtime = Math.max(0, finish - (vehicle.shift.overtimeFrom ?? vehicle.shift.to))
  return cost + overtime * (weights.overtimeSecond ?? 0)
}
