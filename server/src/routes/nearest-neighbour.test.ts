import { pointOf } from '@huming/shared/geo'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reckonedTimes } from './matrix.ts'
import { nearestNeighbour } from './nearest-neighbour.ts'
import {
  carries,
  type PlannedRun,
  type RoutingOrder,
  type RoutingProblem,
  type RoutingVehicle,
  sumOf,
} from './routing-problem.ts'

const hub = pointOf(121.2616, 31.3765)
const hour = 3600
const zones = ['frozen', 'chilled', 'ambient'] as const

const places = fc.array(
  fc.record({
    lng: fc.double({ min: 121.1, max: 121.7, noNaN: true }),
    lat: fc.double({ min: 31.0, max: 31.5, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
)
const orderSpec = fc.record({
  place: fc.nat(11),
  grams: fc.integer({ min: 1, max: 900_000 }),
  millilitres: fc.integer({ min: 1, max: 2_000_000 }),
  from: fc.integer({ min: 0, max: 6 }),
  length: fc.integer({ min: 1, max: 5 }),
  zones: fc.subarray([...zones], { minLength: 1 }),
})
const vehicleSpec = fc.record({
  grams: fc.integer({ min: 100_000, max: 2_000_000 }),
  millilitres: fc.integer({ min: 500_000, max: 9_000_000 }),
  zones: fc.subarray([...zones], { minLength: 1 }),
})
const specs = fc.record({
  places,
  orders: fc.array(orderSpec, { maxLength: 40 }),
  vehicles: fc.array(vehicleSpec, { maxLength: 6 }),
})
type Spec = typeof specs extends fc.Arbitrary<infer T> ? T : never

const id = (kind: string, n: number): string => `${kind}${String(n).padStart(3, '0')}`

async function problemOf(spec: Spec): Promise<RoutingProblem> {
  const points = [hub, ...spec.places.map((p) => pointOf(p.lng, p.lat))]
  return {
    travel: reckonedTimes(points, { departHour: 3 }),
    orders: spec.orders.map((o, n): RoutingOrder => {
      const place = o.place % spec.places.length
      return {
        orderId: id('o', n),
        siteId: id('s', place),
        point: place + 1,
        windowFrom: o.from * hour,
        windowTo: (o.from + o.length) * hour,
        serviceSeconds: 480,
        grams: o.grams,
        millilitres: o.millilitres,
        zones: o.zones,
      }
    }),
    vehicles: spec.vehicles.map((v, n): RoutingVehicle => ({ ...v, vehicleId: id('v', n) })),
    earliestDeparture: 0,
    latestReturn: 11 * hour,
    shiftSeconds: 5 * hour,
    stopsMax: 8,
  }
}

const byId = <T, K extends keyof T>(list: readonly T[], key: K) => new Map(list.map((one) => [one[key], one]))

/** Everything that must hold of a run, recomputed from the problem alone. */
function checkRun(problem: RoutingProblem, run: PlannedRun): void {
  const vehicle = byId(problem.vehicles, 'vehicleId').get(run.vehicleId) as RoutingVehicle
  const orders = byId(problem.orders, 'orderId')
  const aboard = run.stops.flatMap((s) => s.orderIds.map((o) => orders.get(o) as RoutingOrder))
  const load = sumOf(aboard)
  expect(load.grams).toBeLessThanOrEqual(vehicle.grams)
  expect(load.millilitres).toBeLessThanOrEqual(vehicle.millilitres)
  expect(aboard.filter((o) => !carries(vehicle, o.zones))).toEqual([])
  expect(run.stops.length).toBeLessThanOrEqual(problem.stopsMax)
  let [at, clock] = [0, run.departAt]
  expect(clock).toBeGreaterThanOrEqual(problem.earliestDeparture)
  for (const stop of run.stops) {
    const first = orders.get(stop.orderIds[0] as string) as RoutingOrder
    const reached = clock + problem.travel.seconds(at, first.point)
    for (const o of stop.orderIds.map((x) => orders.get(x) as RoutingOrder)) {
      expect(o.siteId).toBe(stop.siteId)
      expect(stop.startAt).toBeGreaterThanOrEqual(o.windowFrom)
      expect(stop.startAt).toBeLessThanOrEqual(o.windowTo)
    }
    expect(stop.startAt).toBe(Math.max(reached, stop.windowFrom))
    clock = stop.startAt + first.serviceSeconds
    at = first.point
  }
  expect(run.returnAt).toBe(clock + problem.travel.seconds(at, 0))
  expect(run.returnAt).toBeLessThanOrEqual(problem.latestReturn)
  expect(run.returnAt - run.departAt).toBeLessThanOrEqual(problem.shiftSeconds)
}

test('plans of any problem are feasible, complete, and the same again', async () => {
  await fc.assert(
    fc.asyncProperty(specs, async (spec) => {
      const problem = await problemOf(spec)
      const plan = await nearestNeighbour(problem)
      for (const run of plan.runs) checkRun(problem, run)
      const placed = plan.runs.flatMap((run) => run.stops.flatMap((stop) => stop.orderIds))
      const all = [...placed, ...plan.unassigned.map((u) => u.orderId)]
      expect(all.toSorted()).toEqual(problem.orders.map((o) => o.orderId))
      const vehicles = plan.runs.map((run) => run.vehicleId)
      expect(new Set(vehicles).size).toBe(vehicles.length)
      const shuffled = {
        ...problem,
        orders: problem.orders.toReversed(),
        vehicles: problem.vehicles.toReversed(),
      }
      expect(await nearestNeighbour(shuffled)).toEqual(plan)
    }),
    { numRuns: 300 },
  )
})

const one = (over: Partial<Spec['orders'][number]> = {}) => ({
  place: 0,
  grams: 1000,
  millilitres: 1000,
  from: 1,
  length: 5,
  zones: ['ambient' as const],
  ...over,
})
const van = { grams: 1_000_000, millilitres: 5_000_000, zones: ['ambient' as const] }
const near = { lng: 121.3, lat: 31.35 }
const plan = async (spec: Spec) => await nearestNeighbour(await problemOf(spec))

test.each([
  ['no_vehicle', { places: [near], orders: [one()], vehicles: [] }],
  ['zone', { places: [near], orders: [one({ zones: ['frozen'] })], vehicles: [van] }],
  ['capacity', { places: [near], orders: [one({ grams: 1_000_001 })], vehicles: [van] }],
  ['window', { places: [near], orders: [one({ from: 11, length: 1 })], vehicles: [van] }],
] as const)('an order without a place says why: %s', async (reason, spec) => {
  const result = await plan(spec as unknown as Spec)
  expect(result.runs).toEqual([])
  expect(result.unassigned.map((u) => u.reason)).toEqual([reason])
})

test('orders of one site make one stop, its window the common one', async () => {
  const result = await plan({
    places: [near],
    orders: [one({ from: 1, length: 4 }), one({ from: 3, length: 4 })],
    vehicles: [van],
  })
  expect(result.runs).toHaveLength(1)
  const stops = result.runs[0]?.stops ?? []
  expect(stops.map((s) => s.orderIds)).toEqual([['o000', 'o001']])
  expect([stops[0]?.windowFrom, stops[0]?.windowTo]).toEqual([3 * hour, 5 * hour])
})

test('a site too heavy for one vehicle is split by order', async () => {
  const heavy = one({ grams: 600_000 })
  const result = await plan({ places: [near], orders: [heavy, heavy], vehicles: [van, van] })
  expect(result.unassigned).toEqual([])
  expect(result.runs.map((r) => r.stops.map((s) => s.orderIds))).toEqual([[['o000']], [['o001']]])
})

test('a cold vehicle is kept for cold goods', async () => {
  const cold = { ...van, grams: 1500, zones: ['frozen' as const, 'ambient' as const] }
  const result = await plan({
    places: [near],
    orders: [one({ grams: 1000 }), one({ grams: 1000, zones: ['frozen'] })],
    vehicles: [cold, van],
  })
  expect(result.unassigned).toEqual([])
  expect(Object.fromEntries(result.runs.map((r) => [r.vehicleId, r.stops[0]?.orderIds]))).toEqual({
    v001: ['o000'],
    v000: ['o001'],
  })
})

test('travel takes the detour, the speed of the hour and the parking', async () => {
  const points = [pointOf(121.4737, 31.2304), pointOf(121.4737, 31.2404)]
  const night = reckonedTimes(points, { departHour: 3 })
  const peak = reckonedTimes(points, { departHour: 8 })
  expect(night.metres(0, 1)).toBe(Math.round(1112 * 1.45))
  expect(night.seconds(0, 1)).toBe(Math.ceil((1612 * 3.6) / 34) + 90)
  expect(peak.seconds(0, 1)).toBe(Math.ceil((1612 * 3.6) / 18) + 90)
  expect([night.seconds(1, 1), night.metres(0, 0)]).toEqual([0, 0])
  expect(night.source).toBe('great-circle 2026-11')
})

test('compartments, sites apart and the hours of a driver bind the plain planner too', async () => {
  const order = {
    place: 0,
    grams: 100_000,
    millilitres: 100_000,
    from: 0,
    length: 6,
    zones: ['frozen' as const],
  }
  const wide = { grams: 1_000_000, millilitres: 9_000_000, zones: [...zones] }
  const doors = [
    { lng: 121.3, lat: 31.3 },
    { lng: 121.4, lat: 31.3 },
  ]
  const base = await problemOf({ places: doors, orders: [order, { ...order, place: 1 }], vehicles: [wide] })
  const loads = [{ zone: 'frozen', grams: 100_000, millilitres: 100_000 }]
  const facts = {
    layouts: [[{ zones: ['frozen'], grams: 150_000, millilitres: 900_000 }]],
    size: { lengthCm: null, heightCm: null, grossKg: null },
    skills: [],
    shift: { from: 0, to: 12 * hour },
    rest: { afterSeconds: 4 * hour, seconds: 1200 },
    trips: 1,
    reloadSeconds: 0,
    fixedFen: 0,
  }
  const served = async (over: Partial<typeof facts>, more: Partial<RoutingProblem> = {}) => {
    const made = await nearestNeighbour({
      ...base,
      orders: base.orders.map((each) => ({ ...each, loads })),
      vehicles: base.vehicles.map((each) => ({ ...each, facts: { ...facts, ...over } })),
      ...more,
    })
    return made.runs.flatMap((run) => run.stops).length
  }
  const [a, b] = base.orders.map((each) => each.siteId) as [string, string]
  expect(await served({ layouts: [] })).toBe(2)
  expect(await served({})).toBe(1)
  expect(await served({ layouts: [] }, { pairs: [{ kind: 'apart', a, b }] })).toBe(1)
  expect(await served({ layouts: [], shift: { from: 0, to: 600 } })).toBe(0)
})

const pairSpec = fc.array(
  fc.record({ kind: fc.constantFrom('apart' as const, 'together' as const), a: fc.nat(11), b: fc.nat(11) }),
  { minLength: 1, maxLength: 4 },
)

test('sites that must share a vehicle do, or none of them is brought; those apart never meet', async () => {
  await fc.assert(
    fc.asyncProperty(specs, pairSpec, async (spec, rules) => {
      const site = (n: number): string => id('s', n % spec.places.length)
      const pairs = rules
        .map(({ kind, a, b }) => ({ kind, a: site(a), b: site(b) }))
        .filter(({ a, b }) => a !== b)
      const problem = { ...(await problemOf(spec)), pairs }
      const made = await nearestNeighbour(problem)
      for (const run of made.runs) checkRun(problem, run)
      const orders = byId(problem.orders, 'orderId')
      const vehiclesOf = (siteId: string) => [
        ...new Set([
          ...made.runs
            .filter((run) => run.stops.some((s) => s.siteId === siteId))
            .map((run) => run.vehicleId),
          ...made.unassigned.filter((u) => orders.get(u.orderId)?.siteId === siteId).map(() => 'none'),
        ]),
      ]
      for (const { kind, a, b } of pairs) {
        const [those, others] = [vehiclesOf(a), vehiclesOf(b)]
        if (those.length === 0 || others.length === 0) continue
        if (kind === 'together') {
          expect([...new Set([...those, ...others])]).toHaveLength(1)
        } else expect(those.filter((v) => v !== 'none' && others.includes(v))).toEqual([])
      }
    }),
    { numRuns: 200 },
  )
})

test('what must share a vehicle goes past a nearer neighbour, and is left out whole when no vehicle takes it', async () => {
  const far = [near, { lng: 121.32, lat: 31.35 }, { lng: 121.4, lat: 31.3 }]
  const vans = [0, 1].map(() => ({ ...van, grams: 2000 }))
  const made = async (grams: number, pairs: RoutingProblem['pairs']) => {
    const spec = { places: far, orders: [0, 1, 2].map((place) => one({ place, grams })), vehicles: vans }
    const found = await nearestNeighbour({ ...(await problemOf(spec)), ...(pairs && { pairs }) })
    const sites = found.runs.map((run) => run.stops.map((stop) => stop.siteId).toSorted())
    return [sites, found.unassigned.map((u) => [u.orderId, u.reason])]
  }
  const pairs = [{ kind: 'together' as const, a: 's000', b: 's002' }]
  expect(await made(1000, undefined)).toEqual([[['s000', 's001'], ['s002']], []])
  expect(await made(1000, pairs)).toEqual([[['s000', 's002'], ['s001']], []])
  expect(await made(1500, pairs)).toEqual([
    [['s001']],
    [
      ['o000', 'pair'],
      ['o002', 'pair'],
    ],
  ])
})
