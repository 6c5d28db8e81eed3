import type { Ban, Problem, Size, Vehicle, Window } from './model.ts'

const NEVER = 1_000_000_000

/** Vehicles that may do the same things at the same sites and hours form one class. */
export function vehicleClasses(problem: Problem) {
  const seen = new Map<string, number>()
  const samples: Vehicle[] = []
  const classOf = Int32Array.from(problem.vehicles, (vehicle) => {
    const key = JSON.stringify([[...(vehicle.skills ?? [])].sort(), vehicle.size ?? {}])
    if (!seen.has(key)) {
      seen.set(key, samples.length)
      samples.push(vehicle)
    }
    return seen.get(key)!
  })
  const n = problem.stops.length
  const mayServe = new Uint8Array(samples.length * n)
  samples.forEach((vehicle, c) => {
    problem.stops.forEach((stop, x) => {
      const skilled = (stop.needs ?? []).every((need) => vehicle.skills?.includes(need))
      if (skilled && fitsSite(vehicle.size, stop.largestVehicle)) mayServe[c * n + x] = 1
    })
  })
  return { classOf, mayServe, samples }
}

/** A site limit on an unknown vehicle size is a refusal: better no truck than a stuck one. */
export function fitsSite(size: Size = {}, limit: Size = {}): boolean {
  const within = (key: keyof Size) => limit[key] === undefined || (size[key] ?? Infinity) <= limit[key]
  return within('lengthCm') && within('heightCm') && within('grossKg')
}

/** Windows minus the hours in which this vehicle is banned there. Sorted, merged, maybe empty. */
export function openHours(windows: Window[], bans: Ban[] = [], skills: string[] = []): Window[] {
  const sorted = [...windows].sort((a, b) => a.from - b.from)
  let open: Window[] = []
  for (const w of sorted) {
    const last = open.at(-1)
    if (last && w.from <= last.to) last.to = Math.max(last.to, w.to)
    else open.push({ ...w })
  }
  for (const ban of bans) {
    if (skills.includes(ban.unlessSkill)) continue
    open = open.flatMap((w) => [
      { from: w.from, to: Math.min(w.to, ban.from - 1) },
      { from: Math.max(w.from, ban.to), to: w.to },
    ])
    open = open.filter((w) => w.from <= w.to)
  }
  return open
}

/**
 * Windows by class and stop. `open`/`close` are first opening and last closing; `gapAt` is the
 * row in `gaps` when there are several, else -1. Stops of locked prefixes are never refused.
 */
export function windowTables(problem: Problem, classes: ReturnType<typeof vehicleClasses>, size: number) {
  const n = problem.stops.length
  const count = classes.samples.length
  const stride = size
  const open = new Int32Array(count * stride)
  const close = new Int32Array(count * stride).fill(NEVER)
  const gapAt = new Int32Array(count * stride).fill(-1)
  const gapFirst: number[] = [0]
  const gapOpen: number[] = []
  const gapClose: number[] = []
  const locked = new Set(problem.vehicles.flatMap((v) => v.locked ?? []))
  classes.samples.forEach((vehicle, c) => {
    problem.stops.forEach((stop, x) => {
      const at = c * stride + x
      if (locked.has(stop.id)) return
      const hours = openHours(stop.windows, stop.bans, vehicle.skills)
      if (hours.length === 0) classes.mayServe[c * n + x] = 0
      open[at] = hours[0]?.from ?? 0
      close[at] = hours.at(-1)?.to ?? -1
      if (hours.length < 2) return
      gapAt[at] = gapFirst.length - 1
      for (const w of hours) {
        gapOpen.push(w.from)
        gapClose.push(w.to)
      }
      gapFirst.push(gapOpen.length)
    })
  })
  return {
    stride,
    open,
    close,
    gapAt,
    gapFirst: Int32Array.from(gapFirst),
    gapOpen: Int32Array.from(gapOpen),
    gapClose: Int32Array.from(gapClose),
  }
}

type WindowTables = ReturnType<typeof windowTables>

/** First moment service can start when arriving at `arrive`, or `NEVER`. `at` = class row + stop. */
export function startFrom(w: WindowTables, at: number, arrive: number): number {
  if (arrive <= w.open[at]!) return w.open[at]!
  if (arrive > w.close[at]!) return NEVER
  const gap = w.gapAt[at]!
  if (gap < 0) return arrive
  for (let i = w.gapFirst[gap]!; i < w.gapFirst[gap + 1]!; i++) {
    if (arrive <= w.gapClose[i]!) return arrive > w.gapOpen[i]! ? arrive : w.gapOpen[i]!
  }
  return NEVER
}

/** Latest arrival after which service can still start by `start`, or -1. */
export function arriveBy(w: WindowTables, at: number, start: number): number {
  if (start < w.open[at]!) return -1
  const gap = w.gapAt[at]!
  if (gap < 0) return start < w.close[at]! ? start : w.close[at]!
  for (let i = w.gapFirst[gap + 1]! - 1; i >= w.gapFirst[gap]!; i--) {
    if (w.gapOpen[i]! <= start) return start < w.gapClose[i]! ? start : w.gapClose[i]!
  }
  return -1
}
