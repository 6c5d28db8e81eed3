import type { Compartment, Problem } from './model.ts'

/**
 * Loads are rows of `dims` whole numbers per stop: grams and litres by zone, or grams alone when
 * there is one zone and nobody counts volume. A vehicle carries a load when one of its boxes rows
 * holds it; a row is one layout with every zone put into one compartment.
 */
export type Layouts = ReturnType<typeof layoutTables>

const GRAMS = 1000
const LITRES = 1000

export function layoutTables(problem: Problem) {
  const zones = [
    ...new Set(problem.stops.flatMap((s) => s.loads.filter((l) => l.kg > 0 || l.m3 > 0).map((l) => l.zone))),
  ].sort()
  const zoneCount = Math.max(1, zones.length)
  const volume = problem.stops.some((s) => s.loads.some((l) => l.m3 > 0))
  const simple = zoneCount === 1 && !volume
  const dims = simple ? 1 : 2 * zoneCount
  const n = problem.stops.length
  const load = new Int32Array(n * dims)
  problem.stops.forEach((stop, x) => {
    for (const part of stop.loads) {
      const z = zones.indexOf(part.zone)
      if (z < 0) continue
      load[x * dims + z]! += Math.ceil(part.kg * GRAMS - 1e-6)
      if (!simple) load[x * dims + zoneCount + z]! += Math.ceil(part.m3 * LITRES - 1e-6)
    }
  })
  const boxes = problem.vehicles.map((v) => v.layouts.flatMap((layout) => assignments(layout, zones)))
  const first = new Int32Array(boxes.length + 1)
  for (let v = 0; v < boxes.length; v++) first[v + 1] = first[v]! + boxes[v]!.length
  const all = boxes.flat()
  return {
    zones,
    zoneCount,
    dims,
    load,
    boxFirst: first,
    /** Per row and zone: the compartment its goods go to (index into the two limit rows). */
    boxOf: Int32Array.from(all.flatMap((b) => b.of)),
    boxKg: Int32Array.from(all.flatMap((b) => b.kg)),
    boxLitres: Int32Array.from(all.flatMap((b) => b.litres)),
    maxGrams: Int32Array.from(problem.vehicles, (v) => Math.floor((v.maxKg ?? 2_000_000) * GRAMS + 1e-6)),
  }
}

type Assignment = { of: number[]; kg: number[]; litres: number[] }

/** Every way to give each zone one compartment that takes it; rows have one column a zone. */
function assignments(layout: Compartment[], zones: string[]): Assignment[] {
  const spaces = merged(layout)
  let ways: number[][] = [[]]
  for (const zone of zones) {
    // -1: this layout has no room for the zone; the row then only serves loads without it.
    const takers = spaces.flatMap((space, i) => (space.zones.includes(zone) ? [i] : []))
    ways = ways.flatMap((way) => (takers.length ? takers : [-1]).map((i) => [...way, i]))
  }
  return ways.map((way) => {
    // Columns are numbered by the first zone that uses the compartment, so every row is zone-wide.
    const column = way.map((space) => (space < 0 ? -1 : way.indexOf(space)))
    const limit = (i: number, key: 'kg' | 'm3', unit: number) =>
      column[i] === i ? Math.floor(Math.min(spaces[way[i]!]![key] * unit + 1e-6, 2_000_000_000)) : 0
    return {
      of: zones.length ? column : [0],
      kg: zones.length ? zones.map((_, i) => limit(i, 'kg', GRAMS)) : [0],
      litres: zones.length ? zones.map((_, i) => limit(i, 'm3', LITRES)) : [0],
    }
  })
}

/** Compartments with the same zones are one space. */
function merged(layout: Compartment[]): Compartment[] {
  const byZones = new Map<string, Compartment>()
  for (const part of layout) {
    const key = [...part.zones].sort().join('|')
    const held = byZones.get(key)
    byZones.set(key, held ? { ...held, kg: held.kg + part.kg, m3: held.m3 + part.m3 } : part)
  }
  return [...byZones.values()]
}

/** What the one load space of plain problems takes: grams, and litres where volume is counted. */
export function plainLimits(t: Layouts): Int32Array {
  const row = t.boxFirst[0]!
  const grams = Math.min(t.boxKg[row] ?? 0, t.maxGrams[0] ?? 0)
  return Int32Array.from(t.dims === 1 ? [grams] : [grams, t.boxLitres[row] ?? 0])
}

/** Does vehicle `v` carry the trip load at `loads[at …]` with stop load `x` added (x < 0: nothing)? */
export function carries(t: Layouts, v: number, loads: Int32Array, at: number, x: number): boolean {
  const { dims, zoneCount: zones, boxOf, load } = t
  let grams = 0
  for (let z = 0; z < zones; z++) grams += loads[at + z]! + (x < 0 ? 0 : load[x * dims + z]!)
  if (grams > t.maxGrams[v]!) return false
  for (let row = t.boxFirst[v]!; row < t.boxFirst[v + 1]!; row++) {
    let holds = true
    for (let c = 0; c < zones && holds; c++) {
      let kg = 0
      let litres = 0
      for (let z = 0; z < zones; z++) {
        const box = boxOf[row * zones + z]!
        const zoneKg = loads[at + z]! + (x < 0 ? 0 : load[x * dims + z]!)
        const zoneLitres = dims === 1 ? 0 : loads[at + zones + z]! + (x < 0 ? 0 : load[x * dims + zones + z]!)
        if (box < 0 && c === 0 && zoneKg + zoneLitres > 0) holds = false
        if (box !== c) continue
        kg += zoneKg
        litres += zoneLitres
      }
      if (kg > t.boxKg[row * zones + c]! || litres > t.boxLitres[row * zones + c]!) holds = false
    }
    if (holds) return true
  }
  return false
}
