import { type Layouts, layoutTables } from './layouts.ts'
import type { Problem } from './model.ts'
import { travelTables } from './travel.ts'
import { vehicleClasses, windowTables } from './windows.ts'

/** The problem as flat typed arrays, the only form the search reads. */
export type Tables = ReturnType<typeof tablesOf>

/**
 * Node numbering: stops are `0 … n-1`; trip slot `r` has a start node `n + 2r` and an end node
 * `n + 2r + 1`. A vehicle with second trips owns several slots in a row.
 */
export function tablesOf(problem: Problem) {
  const n = problem.stops.length
  const slots = slotTables(problem)
  const size = n + 2 * slots.trips
  const travel = travelTables(problem)
  const place = new Int32Array(size)
  for (let x = 0; x < n; x++) place[x] = x
  for (let r = 0; r < slots.trips; r++) {
    const vehicle = problem.vehicles[slots.vehicleOf[r]!]!
    place[n + 2 * r] = travel.rowOf(vehicle.start)
    place[n + 2 * r + 1] = travel.rowOf(vehicle.end)
  }
  const classes = vehicleClasses(problem)
  const windows = windowTables(problem, classes, size)
  const layouts = layoutTables(problem)
  const pairs = pairTables(problem)
  const service = new Int32Array(size)
  const promised = new Int32Array(n).fill(NEVER)
  const penalty = new Float64Array(n)
  problem.stops.forEach((stop, x) => {
    service[x] = stop.serviceSeconds
    if (stop.promisedBy !== undefined) promised[x] = stop.promisedBy
    penalty[x] = problem.weights.unserved * 10 ** (stop.priority ?? 0)
  })
  const vehicles = vehicleTables(problem)
  for (let r = 0; r < slots.trips; r++) {
    const v = slots.vehicleOf[r]!
    windows.open[n + 2 * r] = vehicles.shiftFrom[v]!
    windows.close[n + 2 * r + 1] = vehicles.shiftTo[v]!
  }
  const tables = {
    n,
    size,
    place,
    service,
    promised,
    penalty,
    classOf: classes.classOf,
    mayServe: classes.mayServe,
    ...slots,
    ...travel,
    ...windows,
    ...layouts,
    ...pairs,
    ...vehicles,
    lateWeight: problem.weights.lateSecond ?? 0,
    overtimeWeight: problem.weights.overtimeSecond ?? 0,
    idleWeight: problem.weights.idleSecond ?? 0,
    movedWeight: problem.weights.moved ?? 0,
    plain: false,
    timeless: false,
  }
  tables.plain = isPlain(problem, layouts, classes)
  tables.timeless = tables.plain && isTimeless(tables)
  return tables
}

/** Whatever the order, nobody waits and nothing is late: then no times need be kept. */
function isTimeless(
  t: Pick<Tables, 'n' | 'm' | 'time' | 'open' | 'close' | 'service' | 'shiftFrom' | 'shiftTo'>,
) {
  let end = t.shiftFrom[0]!
  for (let a = 0; a < t.m; a++) {
    let longest = 0
    for (let b = 0; b < t.m; b++) longest = Math.max(longest, t.time[a * t.m + b]!)
    end += longest + (a < t.n ? t.service[a]! : 0)
  }
  for (let x = 0; x < t.n; x++) if (t.open[x]! > t.shiftFrom[0]! || t.close[x]! < end) return false
  return t.shiftTo[0]! >= end
}

/** Larger than any clock time, small enough that sums stay in 32 bits. */
export const NEVER = 1_000_000_000

/** One kind of vehicle with one load space, one zone, one window a stop and no further rule. */
function isPlain(problem: Problem, layouts: Layouts, classes: ReturnType<typeof vehicleClasses>): boolean {
  const weights = problem.weights
  const first = problem.vehicles[0]
  if (!first || layouts.zoneCount !== 1 || classes.samples.length > 1 || classes.mayServe.includes(0))
    return false
  if (weights.lateSecond || weights.overtimeSecond || weights.idleSecond || weights.moved) return false
  if (problem.clashes?.length || problem.apart?.length || problem.together?.length) return false
  const same = problem.vehicles.every(
    (v) =>
      v.start === first.start &&
      v.end === first.end &&
      v.shift.from === first.shift.from &&
      v.shift.to === first.shift.to &&
      v.shift.maxSeconds === undefined &&
      !v.rest &&
      (v.trips ?? 1) === 1 &&
      !v.locked?.length &&
      v.fixedCost === first.fixedCost &&
      v.layouts.length === 1 &&
      v.maxStops === undefined &&
      v.layouts[0]!.length === 1 &&
      v.layouts[0]![0]!.kg === first.layouts[0]![0]!.kg &&
      v.layouts[0]![0]!.m3 === first.layouts[0]![0]!.m3 &&
      v.maxKg === first.maxKg,
  )
  return (
    same &&
    problem.stops.every(
      (s) => s.windows.length === 1 && !s.onlyVehicle && !s.bans?.length && !s.needs?.length,
    )
  )
}

function slotTables(problem: Problem) {
  const vehicleOf: number[] = []
  const firstTrip = new Int32Array(problem.vehicles.length + 1)
  problem.vehicles.forEach((vehicle, v) => {
    firstTrip[v] = vehicleOf.length
    for (let k = 0; k < (vehicle.trips ?? 1); k++) vehicleOf.push(v)
  })
  firstTrip[problem.vehicles.length] = vehicleOf.length
  return { trips: vehicleOf.length, vehicleOf: Int32Array.from(vehicleOf), firstTrip }
}

function vehicleTables(problem: Problem) {
  const { vehicles, weights } = problem
  const soft = Boolean(weights.lateSecond || weights.idleSecond)
  const int = (pick: (v: (typeof vehicles)[number]) => number) => Int32Array.from(vehicles, pick)
  return {
    vehicleCount: vehicles.length,
    fixed: Float64Array.from(vehicles, (v) => v.fixedCost),
    shiftFrom: int((v) => v.shift.from),
    shiftTo: int((v) => v.shift.to),
    overtimeFrom: int((v) => v.shift.overtimeFrom ?? v.shift.to),
    maxSeconds: int((v) => v.shift.maxSeconds ?? NEVER),
    restAfter: int((v) => v.rest?.afterWork ?? NEVER),
    restSeconds: int((v) => v.rest?.seconds ?? 0),
    maxStops: int((v) => v.maxStops ?? NEVER),
    reload: int((v) => v.reloadSeconds ?? 0),
    /** 1: arc costs and windows are not the whole story, the run must be timed exactly. */
    timed: Uint8Array.from(vehicles, (v) =>
      soft || v.rest || v.shift.maxSeconds !== undefined || v.shift.overtimeFrom !== undefined ? 1 : 0,
    ),
    kindOf: vehicleKinds(vehicles),
  }
}

/** Vehicles that differ in nothing but their name share a kind; only one empty one need be tried. */
function vehicleKinds(vehicles: Problem['vehicles']): Int32Array {
  const seen = new Map<string, number>()
  return Int32Array.from(vehicles, (v) => {
    const key = JSON.stringify({ ...v, id: '' })
    const kind = seen.get(key) ?? seen.size
    seen.set(key, kind)
    return kind
  })
}

/** Pairs as compressed rows: the others that must stay apart from (or together with) a stop. */
function pairTables(problem: Problem) {
  const n = problem.stops.length
  const at = new Map(problem.stops.map((stop, x) => [stop.id, x]))
  const vehicleAt = new Map(problem.vehicles.map((vehicle, v) => [vehicle.id, v]))
  const rows = (pairs: [string, string][] = []) => {
    const lists: number[][] = Array.from({ length: n }, () => [])
    for (const [a, b] of pairs) {
      const x = at.get(a)
      const y = at.get(b)
      if (x === undefined || y === undefined) continue
      lists[x]!.push(y)
      lists[y]!.push(x)
    }
    const first = new Int32Array(n + 1)
    for (let x = 0; x < n; x++) first[x + 1] = first[x]! + lists[x]!.length
    return { first, list: Int32Array.from(lists.flat()) }
  }
  const goods = [...new Set(problem.stops.flatMap((stop) => stop.goods ?? []))]
  const mask = (names: string[]) => names.reduce((bits, name) => bits | (1 << goods.indexOf(name)), 0)
  const clash = (name: string) =>
    (problem.clashes ?? [])
      .flatMap(([a, b]) => (a === name ? [b] : b === name ? [a] : []))
      .filter((g) => goods.includes(g))
  if (goods.length > 31) throw new RangeError('at most 31 classes of goods')
  return {
    apart: rows(problem.apart),
    together: rows(problem.together),
    goodsCount: goods.length,
    goodsMask: Int32Array.from(problem.stops, (stop) => mask(stop.goods ?? [])),
    clashMask: Int32Array.from(problem.stops, (stop) => mask((stop.goods ?? []).flatMap(clash))),
    only: Int32Array.from(problem.stops, (s) =>
      s.onlyVehicle === undefined ? -1 : (vehicleAt.get(s.onlyVehicle) ?? -2),
    ),
    former: Int32Array.from(problem.stops, (s) =>
      s.formerVehicle === undefined ? -1 : (vehicleAt.get(s.formerVehicle) ?? -1),
    ),
    locks: problem.vehicles.map((v) =>
      (v.locked ?? []).map((id) => at.get(id)).filter((x) => x !== undefined),
    ),
    stopAt: at,
  }
}
