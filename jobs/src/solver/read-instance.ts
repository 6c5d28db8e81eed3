import type { Problem, Stop } from './model.ts'

/** A benchmark instance as a problem; cost is distance only, in tenths (VRPTW) or whole units (CVRP). */
export type Instance = { name: string; problem: Problem; scale: number }

const LOAD_ZONE = 'ambient'

/** Reads either kind of file by its look. */
export function readInstance(text: string): Instance {
  return /^\s*CAPACITY\s*:/m.test(text) ? readCvrp(text) : readVrptw(text)
}

/** Solomon and Gehring–Homberger text, DIMACS convention: distance = floor(10 · euclid). */
export function readVrptw(text: string): Instance {
  const lines = text.split(/\r?\n/)
  const rows = lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length > 1 && !row.some(Number.isNaN))
  const [fleet, ...nodes] = rows
  if (!fleet || fleet.length !== 2 || nodes.some((row) => row.length !== 7))
    throw new SyntaxError('not a Solomon file')
  const [vehicles, capacity] = fleet as [number, number]
  const depot = nodes[0]!
  const metres = distances(
    nodes.map((row) => [row[1]!, row[2]!]),
    (d) => Math.floor(10 * d),
  )
  const stops = nodes
    .slice(1)
    .map((row, i): Stop => stopOf(i + 1, row[3]!, row[4]! * 10, row[5]! * 10, row[6]! * 10))
  return {
    name: lines[0]!.trim(),
    scale: 10,
    problem: problemOf(metres, nodes.length, stops, vehicles, capacity, depot[4]! * 10, depot[5]! * 10),
  }
}

/** CVRPLIB text (set X): distance = nearest whole number; as many vehicles as stops. */
export function readCvrp(text: string): Instance {
  const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'm').exec(text)?.[1]
  const section = (name: string) =>
    (new RegExp(`${name}\\s*\\n([\\d\\s.eE+-]+)`).exec(text)?.[1] ?? '')
      .trim()
      .split('\n')
      .map((l) => l.trim().split(/\s+/).map(Number))
  const points = section('NODE_COORD_SECTION').map((row) => [row[1]!, row[2]!] as [number, number])
  const demands = section('DEMAND_SECTION').map((row) => row[1]!)
  const capacity = Number(field('CAPACITY'))
  if (!points.length || demands.length !== points.length || !capacity)
    throw new SyntaxError('not a CVRPLIB file')
  const horizon = 100_000_000
  const stops = points.slice(1).map((_, i) => stopOf(i + 1, demands[i + 1]!, 0, horizon, 0))
  const total = demands.reduce((a, b) => a + b)
  const fleet = Math.min(stops.length, Math.ceil((1.5 * total) / capacity) + 10)
  const metres = distances(points, (d) => Math.floor(d + 0.5))
  return {
    name: field('NAME') ?? '?',
    scale: 1,
    problem: problemOf(metres, points.length, stops, fleet, capacity, 0, horizon),
  }
}

function stopOf(number: number, demand: number, from: number, to: number, serviceSeconds: number): Stop {
  const loads = [{ zone: LOAD_ZONE, kg: demand, m3: 0 }]
  return { id: String(number), place: number, loads, windows: [{ from, to }], serviceSeconds }
}

function problemOf(
  metres: Int32Array,
  places: number,
  stops: Stop[],
  count: number,
  capacity: number,
  from: number,
  to: number,
): Problem {
  const layouts = [[{ zones: [LOAD_ZONE], kg: capacity, m3: 0 }]]
  const vehicles = Array.from({ length: count }, (_, v) => ({
    id: String(v + 1),
    start: 0,
    end: 0,
    shift: { from, to },
    layouts,
    fixedCost: 0,
  }))
  return { places, metres, seconds: metres, stops, vehicles, weights: { metre: 1, second: 0, unserved: 1e7 } }
}

function distances(points: number[][], round: (d: number) => number): Int32Array {
  const out = new Int32Array(points.length ** 2)
  points.forEach(([ax, ay], a) =>
    points.forEach(([bx, by], b) => {
      out[a * points.length + b] = round(Math.hypot(ax! - bx!, ay! - by!))
    }),
  )
  return out
}
