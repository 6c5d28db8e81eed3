import { reckonedTimes } from '@huming/server/routes/matrix'
import type {
  Ban,
  RoutingOrder,
  RoutingProblem,
  RoutingVehicle,
  SiteRules,
  VehicleFacts,
} from '@huming/server/routes/routing-problem'
import { pointOf } from '@huming/shared/geo'
import { expect, test } from 'vitest'
import { planRoutes } from '../solver/plan-in-workers.ts'
import { asProblem } from './as-problem.ts'
import { asResult } from './as-result.ts'

const hour = 3600
const hub = pointOf(121.2616, 31.3765)
const points = [hub, ...Array.from({ length: 6 }, (_, i) => pointOf(121.3 + i * 0.02, 31.3 - i * 0.01))]
const weights = {
  fenPerKm: 180,
  fenPerHour: 4500,
  lateFenPerMinute: 300,
  overtimeFenPerHour: 3000,
  movedFen: 1500,
  unservedFen: 2_000_000,
}
const anySize = { lengthCm: null, heightCm: null, grossKg: null }
const rules = (over: Partial<SiteRules> = {}): SiteRules => ({
  windows: [],
  largest: anySize,
  needs: [],
  bans: [],
  priority: 0,
  ...over,
})
const order = (n: number, over: Partial<RoutingOrder> = {}): RoutingOrder => ({
  orderId: `o${n}`,
  siteId: `s${n}`,
  point: n,
  windowFrom: hour,
  windowTo: 6 * hour,
  serviceSeconds: 480,
  grams: 100_000,
  millilitres: 400_000,
  zones: ['ambient'],
  loads: [{ zone: 'ambient', grams: 100_000, millilitres: 400_000 }],
  rules: rules(),
  ...over,
})
const facts = (over: Partial<VehicleFacts> = {}): VehicleFacts => ({
  layouts: [],
  size: { lengthCm: 599, heightCm: 250, grossKg: 4495 },
  skills: [],
  shift: { from: 0, to: 12 * hour },
  rest: { afterSeconds: 4 * hour, seconds: 1200 },
  trips: 1,
  reloadSeconds: 2400,
  fixedFen: 20_000,
  ...over,
})
const vehicle = (
  n: number,
  over: Partial<VehicleFacts> = {},
  space: Partial<RoutingVehicle> = {},
): RoutingVehicle => ({
  vehicleId: `v${n}`,
  grams: 1_500_000,
  millilitres: 8_000_000,
  zones: ['ambient', 'frozen'],
  facts: facts(over),
  ...space,
})

async function planOf(night: Partial<RoutingProblem>) {
  const problem: RoutingProblem = {
    orders: [],
    vehicles: [vehicle(1)],
    travel: reckonedTimes(points, { departHour: 3 }),
    earliestDeparture: 0,
    latestReturn: 12 * hour,
    shiftSeconds: 9 * hour,
    stopsMax: 35,
    ...night,
  }
  const asked = asProblem(problem, weights)
  return asResult(problem, asked, await planRoutes(asked.problem, { seconds: 1, seed: 1 }))
}
const reasonsOf = (result: Awaited<ReturnType<typeof planOf>>) =>
  Object.fromEntries(result.unassigned.map(({ orderId, reason }) => [orderId, reason]))

test('what cannot be served is left out with its reason, the rest is planned', async () => {
  const ban: Ban = { id: 'b', from: 0, to: 24 * hour, minGrossKg: 4000, unlessSkill: 'city_pass' }
  const result = await planOf({
    orders: [
      order(1),
      order(2, { zones: ['live'], loads: [{ zone: 'live', grams: 1, millilitres: 1 }] }),
      order(3, { rules: rules({ needs: ['tail_lift'] }) }),
      order(4, { rules: rules({ largest: { ...anySize, heightCm: 200 } }) }),
      order(5, { rules: rules({ bans: [ban] }) }),
      order(6, { rules: rules({ windows: [{ from: 10 * hour, to: 11 * hour }] }) }),
    ],
  })
  expect(reasonsOf(result)).toEqual({ o2: 'zone', o3: 'permit', o4: 'permit', o5: 'permit', o6: 'window' })
  expect(result.runs.map((run) => run.stops.map((stop) => stop.orderIds))).toEqual([[['o1']]])
})

test('a permit, a lighter truck and the hours of a ban let goods through', async () => {
  const ban: Ban = { id: 'b', from: 0, to: 5 * hour, minGrossKg: 4000, unlessSkill: 'city_pass' }
  const orders = [order(1, { rules: rules({ bans: [ban] }) })]
  const [afterwards] = (await planOf({ orders })).runs
  expect(afterwards?.stops[0]?.startAt).toBeGreaterThanOrEqual(5 * hour)
  for (const over of [{ skills: ['city_pass'] }, { size: { ...anySize, grossKg: 2500 } }]) {
    const [run] = (
      await planOf({ orders: [order(1, { ...orders[0], windowTo: 2 * hour })], vehicles: [vehicle(1, over)] })
    ).runs
    expect(run?.stops[0]?.startAt).toBeLessThanOrEqual(2 * hour)
  }
})

test('compartments, second trips and pairs are kept', async () => {
  const frozen = {
    zones: ['frozen'],
    loads: [{ zone: 'frozen', grams: 300_000, millilitres: 900_000 }],
    grams: 300_000,
    millilitres: 900_000,
  }
  const layouts = [
    [
      { zones: ['frozen'], grams: 400_000, millilitres: 2_000_000 },
      { zones: ['ambient'], grams: 1_000_000, millilitres: 6_000_000 },
    ],
  ]
  const orders = [order(1, frozen), order(2, frozen), order(3)]
  const once = await planOf({ orders, vehicles: [vehicle(1, { layouts })] })
  expect(once.unassigned).toHaveLength(1)
  const twice = await planOf({ orders, vehicles: [vehicle(1, { layouts, trips: 2 })] })
  expect(twice.unassigned).toEqual([])
  expect(new Set(twice.runs[0]?.stops.map((stop) => stop.trip))).toEqual(new Set([1, 2]))
  const apart = await planOf({
    orders: [order(1), order(2)],
    vehicles: [vehicle(1), vehicle(2)],
    pairs: [{ kind: 'apart', a: 's1', b: 's2' }],
  })
  expect(apart.runs).toHaveLength(2)
})

test('a plan with no vehicle, and one with nothing to do, say so', async () => {
  expect(reasonsOf(await planOf({ orders: [order(1)], vehicles: [] }))).toEqual({ o1: 'no_vehicle' })
  expect(await planOf({})).toEqual({ method: 'sisr', runs: [], unassigned: [] })
})

test('a run leaves as late as no door suffers, and rests where a rest is then due', async () => {
  // Half an hour before the first door opens is early enough; six doors of an hour each ask for a rest on the way.
  const orders = [1, 2, 3, 4, 5, 6].map((n) =>
    order(n, { windowFrom: 5 * hour, windowTo: 11 * hour, serviceSeconds: 2700 }),
  )
  const result = await planOf({ orders, shiftSeconds: 12 * hour })
  expect(result.unassigned).toEqual([])
  const [run] = result.runs
  expect(result.runs).toHaveLength(1)
  const stops = run?.stops ?? []
  expect(run?.departAt).toBeGreaterThan(4 * hour)
  expect(run?.rests.length).toBeGreaterThan(0)
  for (const stop of stops) {
    expect(stop.arriveAt).toBeGreaterThanOrEqual(5 * hour - 1)
    expect(stop.startAt).toBeLessThanOrEqual(11 * hour)
  }
  expect(run?.returnAt).toBeLessThanOrEqual(12 * hour)
})
