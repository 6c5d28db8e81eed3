import {
  makeBuyer,
  makeHub,
  makeLot,
  makeOrg,
  makePerson,
  makeSite,
  makeSku,
  makeSupplier,
} from '@huming/db/factories'
import { makePickedOrder, makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { sites } from '@huming/db/schema/accounts'
import { accessBans } from '@huming/db/schema/planning'
import { stops, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** A planned wave of orders of 10 kg along a road, on vans of 25 kg, and a dispatcher. */
async function planned({ count = 3, vans = 2, zone = 'ambient' } = {}) {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const dispatcher = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['dispatcher'])
  for (let i = 0; i < vans; i++) {
    const driver = await makePerson(t.db, carrier.id, ['driver'])
    await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id, capacityGrams: 25_000 })
  }
  const supplier = await makeSupplier(t.db)
  const sku = await makeSku(t.db, supplier.id, { zone, grossGramsPerUnit: 10_000 })
  const lot = await makeLot(t.db, sku, hub.id, 1_000_000)
  const wave = await makeWave(t.db, hub.id)
  const buyer = await makeBuyer(t.db)
  const orders = []
  for (let i = 0; i < count; i++) {
    const site = await makeSite(t.db, buyer.id, hub.id, { lngE6: 121_400_000 + i * 10_000 })
    orders.push(await makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }]))
  }
  const reply = await t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher)
  return { hub, dispatcher, plan: reply.body, orders }
}
type Made = Awaited<ReturnType<typeof planned>>

const tried = async ({ plan, dispatcher }: Made, query: { stopId?: string; orderId?: string }) =>
  (await t.call('routes.tryMove', { params: { id: plan.id }, query }, dispatcher)).body
const board = async ({ plan, dispatcher }: Made) =>
  (await t.call('routes.readBoard', { params: { id: plan.id } }, dispatcher)).body

test('nobody tries a move in a plan of another hub, nor with a stop or order that is not in it', async () => {
  const made = await planned()
  const other = await planned()
  const stopId = made.plan.runs[0]?.stops[0]?.id as string
  const ask = (of: Made, query: object, who = made.dispatcher) =>
    t.call('routes.tryMove', { params: { id: of.plan.id }, query }, who)
  expect((await ask(other, { stopId })).problem.code).toBe('not_found')
  expect((await ask(made, { stopId }, other.dispatcher)).problem.code).toBe('not_found')
  expect((await ask(made, { stopId: other.plan.runs[0]?.stops[0]?.id })).problem.code).toBe('not_found')
  expect((await ask(made, { orderId: other.orders[0]?.id })).problem.code).toBe('not_found')
  expect((await ask(made, {})).problem.code).toBe('bad_input')
  const driver = await t.guest({ id: made.hub.orgId, kind: 'warehouse' }, ['picker'])
  expect((await ask(made, { stopId }, driver)).problem.code).toBe('forbidden')
})

test('a run that has left the draft is not tried any more', async () => {
  const made = await planned()
  const stopId = made.plan.runs[0]?.stops[0]?.id as string
  await t.call('routes.dispatch', { params: { id: made.plan.id }, body: {} }, made.dispatcher)
  const reply = await t.call(
    'routes.tryMove',
    { params: { id: made.plan.id }, query: { stopId } },
    made.dispatcher,
  )
  expect(reply.problem.code).toBe('wrong_state')
})

test('what is foretold for a place is what moving there brings', async () => {
  const made = await planned({ count: 4, vans: 3 })
  const before = await board(made)
  const stop = made.plan.runs[0]?.stops[0]
  const { targets } = await tried(made, { stopId: stop?.id })
  // Two runs and a van that stays at home.
  expect(targets.map((target) => target.runId === null)).toEqual([false, false, true])
  const idle = targets.find((target) => target.runId === null)
  const place = idle?.places[0]
  expect(idle?.places).toHaveLength(1)
  expect(place?.deltaFen).toBeGreaterThan(0)
  await t.call(
    'routes.moveStop',
    {
      params: { id: stop?.id as string },
      body: { vehicleId: idle?.vehicleId, seq: 1, version: stop?.version as number },
    },
    made.dispatcher,
  )
  const after = await board(made)
  expect(after.costFen - before.costFen).toBe(place?.deltaFen)
  const run = after.runs.find((one) => one.vehicleId === idle?.vehicleId)
  expect(run?.returnAt).toBe(place?.returnAt)
  expect(run?.stops[0]?.arriveAt).toBe(place?.arriveAt)
})

test('a place in the same run changes the order, never the load; the place it has costs nothing', async () => {
  const made = await planned({ count: 2, vans: 1 })
  const run = made.plan.runs[0]
  const { targets } = await tried(made, { stopId: run?.stops[0]?.id })
  const [same] = targets
  expect(same?.troubles).toEqual([])
  expect(same?.places.map((place) => place.seq)).toEqual([1, 2])
  expect(same?.places[0]).toMatchObject({ deltaFen: 0, deltaMetres: 0, lateStops: 0 })
  expect(Date.parse(same?.places[1]?.arriveAt ?? '')).toBeGreaterThan(
    Date.parse(same?.places[0]?.arriveAt ?? ''),
  )
})

test('overload and a zone that is not carried are refused; size, equipment and pairs are told', async () => {
  const made = await planned({ count: 4, vans: 2 })
  const [one, two] = made.plan.runs
  const stopId = one?.stops[0]?.id as string
  const target = async () => (await tried(made, { stopId })).targets.find((found) => found.runId === two?.id)
  expect(await target()).toMatchObject({ refused: true, troubles: ['capacity'] })
  const into = eq(vehicles.id, two?.vehicleId as string)
  await t.db.update(vehicles).set({ capacityGrams: 90_000 }).where(into)
  expect(await target()).toMatchObject({ refused: false, troubles: [] })
  await t.db
    .update(vehicles)
    .set({ layouts: [[{ zones: ['ambient'], grams: 20_000, millilitres: 9_000_000 }]] })
    .where(into)
  expect(await target()).toMatchObject({ refused: true, troubles: ['capacity'] })
  await t.db
    .update(vehicles)
    .set({ layouts: null, zones: ['frozen'] })
    .where(into)
  expect(await target()).toMatchObject({ refused: true, troubles: ['zone'] })
  await t.db
    .update(vehicles)
    .set({ zones: ['ambient'], lengthCm: 900 })
    .where(into)
  const siteId = one?.stops[0]?.siteId as string
  await t.db
    .update(sites)
    .set({ largestLengthCm: 600, needs: ['tail_lift'] })
    .where(eq(sites.id, siteId))
  expect(await target()).toMatchObject({ refused: false, troubles: ['size', 'skill'] })
})

test('a ban in force, a closed door and lateness are told at the place', async () => {
  const made = await planned({ count: 2, vans: 1 })
  const run = made.plan.runs[0]
  const [first] = run?.stops ?? []
  const here = async () => (await tried(made, { stopId: first?.id })).targets[0]?.places[0]
  expect((await here())?.troubles).toEqual([])
  await t.db.insert(accessBans).values({
    id: newId(),
    name: '示例禁行',
    districtCode: first?.districtCode as string,
    fromMinute: 0,
    toMinute: 1440,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    minGrossKg: 4500,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    source: '示例',
  })
  expect((await here())?.troubles).toEqual([])
  await t.db
    .update(vehicles)
    .set({ grossKg: 7000 })
    .where(eq(vehicles.id, run?.vehicleId as string))
  expect((await here())?.troubles).toEqual(['ban'])
  await t.db.delete(accessBans)
  await t.db
    .update(sites)
    .set({ windows: [{ from: 0, to: 10 }] })
    .where(eq(sites.id, first?.siteId as string))
  expect((await here())?.troubles).toEqual(['closed'])
  await t.sql`update stops set window_to_at = window_from_at - interval '30 minutes',
    window_from_at = window_from_at - interval '9 hours' where id = ${first?.id as string}`
  const late = await here()
  expect(late?.troubles).toContain('late')
  expect(late?.lateSeconds).toBeGreaterThan(0)
})

test('an order without a vehicle is tried with its own goods', async () => {
  const made = await planned({ count: 3, vans: 1 })
  const [miss] = made.plan.unassigned
  const { targets } = await tried(made, { orderId: miss?.orderId })
  expect(targets).toHaveLength(1)
  expect(targets[0]).toMatchObject({ refused: true, troubles: ['capacity'] })
  await t.db.update(vehicles).set({ capacityGrams: 90_000 }).where(eq(vehicles.hubId, made.hub.id))
  const again = await tried(made, { orderId: miss?.orderId })
  expect(again.targets[0]).toMatchObject({ refused: false, troubles: [] })
  expect(again.targets[0]?.places).toHaveLength(3)
})

test('the board times a second trip by way of the hub, and sums loads and cost', async () => {
  const made = await planned({ count: 2, vans: 1 })
  const one = await board(made)
  expect(one.costFen).toBe(Object.values(one.costParts).reduce((sum, fen) => sum + fen, 0))
  expect(one.runs[0]?.loads).toEqual([{ zone: 'ambient', grams: 20_000, millilitres: expect.any(Number) }])
  await t.db
    .update(stops)
    .set({ trip: 2 })
    .where(eq(stops.id, made.plan.runs[0]?.stops[1]?.id as string))
  const two = await board(made)
  const [first, second] = two.runs[0]?.stops ?? []
  const gap = Date.parse(second?.arriveAt ?? '') - Date.parse(first?.leaveAt ?? '')
  expect(gap).toBeGreaterThanOrEqual(40 * 60_000)
  expect(two.runs[0]?.troubles).toEqual(['trips'])
  expect(two.runs[0]?.metres).toBeGreaterThan(one.runs[0]?.metres as number)
})

test('stops are locked and let go all or none, and only by a dispatcher of the hub', async () => {
  const made = await planned()
  const other = await planned()
  const ids = made.plan.runs.flatMap((run) => run.stops.map((stop) => stop.id))
  const lock = (stopIds: string[], locked: boolean, who = made.dispatcher) =>
    t.call('routes.lockStops', { params: { id: made.plan.id }, body: { stopIds, locked } }, who)
  const strange = other.plan.runs[0]?.stops[0]?.id as string
  expect((await lock(ids, true, other.dispatcher)).problem.code).toBe('not_found')
  expect((await lock([...ids, strange], true)).problem.code).toBe('not_found')
  const locks = async () => (await board(made)).runs.flatMap((run) => run.stops.map((stop) => stop.locked))
  expect(await locks()).toEqual([false, false, false])
  expect((await lock([ids[0] as string], true)).body.locked).toBe(1)
  expect((await locks()).filter(Boolean)).toHaveLength(1)
  expect((await lock(ids, true)).body.locked).toBe(3)
  expect((await lock(ids, false)).body.locked).toBe(0)
})

/** One van that takes two orders at a time and may go twice, and three orders: the last has no place yet. */
async function twice(trips = 2) {
  const made = await planned({ count: 3, vans: 1 })
  const run = made.plan.runs[0]
  await t.db
    .update(vehicles)
    .set({ trips, restAfterMinutes: 1440, restMinutes: 0 })
    .where(eq(vehicles.id, run?.vehicleId as string))
  const orderId = made.plan.unassigned[0]?.orderId as string
  const assign = (body: object) =>
    t.call(
      'routes.assignOrder',
      { params: { id: made.plan.id }, body: { orderId, runId: run?.id ?? null, ...body } },
      made.dispatcher,
    )
  return { ...made, run, orderId, assign }
}

test('a full van takes what is left on a second trip, as foretold, and its load is that of a trip', async () => {
  const made = await twice()
  const { targets } = await tried(made, { orderId: made.orderId })
  const places = targets[0]?.places ?? []
  expect(places.map((place) => [place.seq, place.trip, place.refused])).toEqual([
    [1, 1, true],
    [2, 1, true],
    [3, 1, true],
    [3, 2, false],
  ])
  expect(targets[0]).toMatchObject({ refused: false, troubles: [] })
  expect(places[0]?.troubles).toContain('capacity')
  expect((await made.assign({ seq: 3, trip: 1 })).problem.code).toBe('over_capacity')
  expect((await made.assign({ seq: 1, trip: 2 })).problem.code).toBe('wrong_state')
  const done = await made.assign({ seq: 3, trip: 2 })
  expect([done.status, done.body.unassigned]).toEqual([200, []])
  const [run] = (await board(made)).runs
  expect(run?.stops.map((stop) => stop.trip)).toEqual([1, 1, 2])
  expect(run?.troubles).toEqual([])
  expect([run?.stops[2]?.arriveAt, run?.returnAt]).toEqual([places[3]?.arriveAt, places[3]?.returnAt])
  // Between leaving the second door and the third: home, 40 minutes of reloading and out again.
  const gap = Date.parse(run?.stops[2]?.arriveAt ?? '') - Date.parse(run?.stops[1]?.leaveAt ?? '')
  expect(gap).toBeGreaterThan(40 * 60_000)
})

test('the best place of an order is a trip with room; a van that goes once has none', async () => {
  const once = await twice(1)
  expect((await once.assign({})).problem.code).toBe('over_capacity')
  const made = await twice()
  const done = await made.assign({})
  expect(done.status).toBe(200)
  expect((await board(made)).runs[0]?.stops.map((stop) => stop.trip)).toEqual([1, 1, 2])
})

test('a stop changes its trip at its place; too much on a trip changes nothing, and an empty trip is gone', async () => {
  const made = await twice()
  const filled = (await made.assign({})).body.runs[0]
  const [first, second, third] = filled?.stops ?? []
  const move = (stop: typeof first, body: object) =>
    t.call(
      'routes.moveStop',
      {
        params: { id: stop?.id as string },
        body: { runId: filled?.id ?? null, version: stop?.version as number, ...body } as never,
      },
      made.dispatcher,
    )
  const trips = async () => (await board(made)).runs[0]?.stops.map((stop) => [stop.stopId, stop.trip])
  const before = await trips()
  expect((await move(third, { seq: 3, trip: 1 })).problem.code).toBe('over_capacity')
  expect((await move(third, { seq: 2, trip: 2 })).problem.code).toBe('wrong_state')
  expect(await trips()).toEqual(before)
  const moved = await move(second, { seq: 2, trip: 2 })
  expect(moved.status).toBe(200)
  expect(await trips()).toEqual([
    [first?.id, 1],
    [second?.id, 2],
    [third?.id, 2],
  ])
  const [own] = moved.body.runs[0]?.stops ?? []
  expect((await move(own, { seq: 3, trip: 2 })).problem.code).toBe('over_capacity')
  await t.db
    .update(vehicles)
    .set({ capacityGrams: 90_000 })
    .where(eq(vehicles.id, filled?.vehicleId as string))
  expect((await move(own, { seq: 3, trip: 2 })).status).toBe(200)
  expect((await trips())?.map(([, trip]) => trip)).toEqual([1, 1, 1])
})
