import type { PlannedRun, Problem, Stop, Trip, Vehicle, Window } from './model.ts'

/**
 * For tests: times a run the plain way, with objects and no shortcuts, to compare the fast timing with.
 * Leaves as late as no visit suffers, found by trying. `null` when some rule of time is broken.
 */
export function slowRun(problem: Problem, vehicle: Vehicle, trips: Stop[][]): PlannedRun | null {
  const soon = drive(problem, vehicle, trips, 0)
  if (!soon) return null
  let low = 0
  let high = soon.wait
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const later = drive(problem, vehicle, trips, middle)
    if (later && sameButLater(problem, vehicle, soon.run, later.run)) low = middle
    else high = middle - 1
  }
  const run = drive(problem, vehicle, trips, low)!.run
  const length = run.trips.at(-1)!.finish - run.trips[0]!.depart
  return length > (vehicle.shift.maxSeconds ?? Infinity) ? null : run
}

/** No lateness added, no other window, rests by waiting still long enough, back at the same moment. */
function sameButLater(problem: Problem, vehicle: Vehicle, soon: PlannedRun, later: PlannedRun): boolean {
  if (later.trips.at(-1)!.finish !== soon.trips.at(-1)!.finish) return false
  const visits = (run: PlannedRun) => run.trips.flatMap((trip) => trip.visits)
  const before = visits(soon)
  return visits(later).every((visit, i) => {
    const old = before[i]!
    const stop = problem.stops.find((s) => s.id === visit.stop)!
    const rests = (one: typeof visit) =>
      vehicle.rest !== undefined && one.start - one.arrive >= vehicle.rest.seconds
    if (rests(old) && !rests(visit)) return false
    const due = stop.promisedBy ?? Infinity
    if (visit.start > old.start && visit.start > due) return false
    return hoursOf(stop, vehicle).some((w) => [old.start, visit.start].every((s) => w.from <= s && s <= w.to))
  })
}

function hours(stop: Stop, vehicle: Vehicle): Window[] {
  const minutes = new Set<number>()
  for (const w of stop.windows) for (let s = w.from; s <= w.to; s++) minutes.add(s)
  for (const ban of stop.bans ?? []) {
    if (!vehicle.skills?.includes(ban.unlessSkill)) for (let s = ban.from; s < ban.to; s++) minutes.delete(s)
  }
  const sorted = [...minutes].sort((a, b) => a - b)
  const out: Window[] = []
  for (const s of sorted) {
    const last = out.at(-1)
    if (last && last.to === s - 1) last.to = s
    else out.push({ from: s, to: s })
  }
  return out
}

const known = new WeakMap<Stop, Map<Vehicle, Window[]>>()
function hoursOf(stop: Stop, vehicle: Vehicle): Window[] {
  const byVehicle = known.get(stop) ?? new Map<Vehicle, Window[]>()
  known.set(stop, byVehicle)
  const held = byVehicle.get(vehicle) ?? hours(stop, vehicle)
  byVehicle.set(vehicle, held)
  return held
}

function drive(
  problem: Problem,
  vehicle: Vehicle,
  trips: Stop[][],
  delay: number,
): { run: PlannedRun; wait: number } | null {
  const travel = (a: number, b: number | null) => (b === null ? 0 : problem.seconds[a * problem.places + b]!)
  const rule = vehicle.rest ?? { afterWork: Infinity, seconds: 0 }
  const run: PlannedRun = { vehicle: vehicle.id, trips: [], rests: [], cost: 0 }
  let now = vehicle.shift.from + delay
  let work = 0
  let wait = 0
  const go = (from: number, to: number | null, service: number) => {
    const leg = travel(from, to)
    if (leg + service > rule.afterWork) return false
    if (work + leg + service > rule.afterWork) {
      run.rests.push({ from: now, to: now + rule.seconds })
      now += rule.seconds
      work = 0
    }
    now += leg
    work += leg
    return true
  }
  for (const [k, stops] of trips.entries()) {
    if (k > 0) {
      if ((vehicle.reloadSeconds ?? 0) > rule.afterWork) return null
      if (work + (vehicle.reloadSeconds ?? 0) > rule.afterWork) {
        run.rests.push({ from: now, to: now + rule.seconds })
        now += rule.seconds
        work = 0
      }
      now += vehicle.reloadSeconds ?? 0
      work += vehicle.reloadSeconds ?? 0
    }
    const trip: Trip = { depart: now, finish: now, visits: [] }
    let at = vehicle.start
    for (const stop of stops) {
      if (!go(at, stop.place, stop.serviceSeconds)) return null
      const window = hoursOf(stop, vehicle).find((w) => w.to >= now)
      if (!window) return null
      const start = Math.max(now, window.from)
      if (vehicle.rest && start - now >= rule.seconds) work = 0
      wait += start - now
      work += stop.serviceSeconds
      trip.visits.push({ stop: stop.id, arrive: now, start, leave: start + stop.serviceSeconds })
      now = start + stop.serviceSeconds
      at = stop.place
    }
    if (!go(at, vehicle.end, 0)) return null
    trip.finish = now
    run.trips.push(trip)
  }
  return now > vehicle.shift.to ? null : { run, wait }
}
