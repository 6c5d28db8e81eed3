import type { Problem, Stop, Vehicle, Window } from './model.ts'
import { Random } from './random.ts'

const HOUR = 3600

/** For tests: a small made-up problem that uses every rule of the model at once. */
export function randomProblem(seed: number, size = 14): Problem {
  const random = new Random(seed)
  const travel = randomTravel(random, size + 2)
  const stops = Array.from({ length: size }, (_, i) => randomStop(random, i))
  const vehicles = Array.from({ length: 4 }, (_, v) => randomVehicle(random, v))
  return {
    ...travel,
    stops,
    vehicles,
    weights: {
      metre: 0.3,
      second: 0.5,
      lateSecond: 1,
      overtimeSecond: 2,
      idleSecond: 0.25,
      moved: 500,
      unserved: 1_000_000,
    },
    clashes: [['seafood', 'cake']],
    apart: [['s0', 's1']],
    together: [['s2', 's3']],
  }
}

const between = (random: Random, low: number, high: number) => low + random.below(high - low + 1)

function randomTravel(random: Random, places: number) {
  const points = Array.from({ length: places }, () => [random.below(20_000), random.below(20_000)])
  const metres = new Int32Array(places * places)
  const seconds = new Int32Array(places * places)
  for (let a = 0; a < places; a++) {
    for (let b = 0; b < places; b++) {
      if (a === b) continue
      metres[a * places + b] = Math.round(
        Math.hypot(points[a]![0]! - points[b]![0]!, points[a]![1]! - points[b]![1]!),
      )
      // Streets are not symmetric.
      seconds[a * places + b] = Math.round(metres[a * places + b]! / 8 + between(random, 30, 90))
    }
  }
  return { places, metres, seconds }
}

function randomWindow(random: Random): Window {
  const from = between(random, 0, 7 * HOUR)
  return { from, to: from + between(random, 1, 3) * HOUR }
}

function randomStop(random: Random, i: number): Stop {
  const chance = (share: number) => random.unit() < share
  const zones = ['chilled', 'frozen'].slice(0, between(random, 1, 2))
  return {
    id: `s${i}`,
    place: i + 2,
    loads: zones.map((zone) => ({ zone, kg: between(random, 50, 300), m3: between(random, 1, 10) / 10 })),
    windows: Array.from({ length: chance(0.3) ? 2 : 1 }, () => randomWindow(random)),
    serviceSeconds: between(random, 200, 900),
    priority: chance(0.2) ? 1 : 0,
    ...(chance(0.5) ? { promisedBy: between(random, HOUR, 7 * HOUR) } : {}),
    ...(chance(0.2) ? { needs: ['tailLift'] } : {}),
    ...(chance(0.2) ? { largestVehicle: { lengthCm: 600 } } : {}),
    ...(chance(0.3) ? { bans: [{ from: 3 * HOUR, to: 5 * HOUR, unlessSkill: 'cityPass' }] } : {}),
    ...(chance(0.4) ? { goods: [chance(0.5) ? 'seafood' : 'cake'] } : {}),
    ...(chance(0.3) ? { formerVehicle: `v${random.below(4)}` } : {}),
    ...(chance(0.1) ? { onlyVehicle: `v${random.below(4)}` } : {}),
  }
}

function randomVehicle(random: Random, v: number): Vehicle {
  const chance = (share: number) => random.unit() < share
  const longest = chance(0.5) ? { maxSeconds: 7 * HOUR } : {}
  return {
    id: `v${v}`,
    start: v % 2,
    end: v === 3 ? null : v % 2,
    shift: {
      from: between(random, 0, HOUR),
      to: between(random, 9, 11) * HOUR,
      overtimeFrom: 8 * HOUR,
      ...longest,
    },
    ...(chance(0.6) ? { rest: { afterWork: between(random, 2, 4) * HOUR, seconds: 1200 } } : {}),
    layouts: [
      [
        { zones: ['chilled'], kg: 700, m3: 3 },
        { zones: ['frozen'], kg: 500, m3: 2 },
      ],
      [{ zones: ['chilled', 'frozen'], kg: 1000, m3: 4 }],
    ],
    maxKg: 1100,
    skills: ['tailLift', 'cityPass'].filter(() => chance(0.7)),
    size: { lengthCm: chance(0.5) ? 580 : 700 },
    fixedCost: between(random, 500, 3000),
    ...(v < 2 ? { trips: 2, reloadSeconds: 900 } : {}),
    ...(chance(0.3) ? { maxStops: between(random, 3, 6) } : {}),
  }
}
