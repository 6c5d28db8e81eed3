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
import { events } from '@huming/db/schema/events'
import { orders } from '@huming/db/schema/orders'
import { stopOrders, stops, vehicles } from '@huming/db/schema/routes'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { nearestNeighbour } from './nearest-neighbour.ts'
import { planRoutes } from './plan-routes.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** A hub with two vans and drivers, a dispatcher, and a picked wave of `sites` orders of 10 kg each. */
async function night(options: { sites?: number; vehicles?: number; grams?: number; zone?: string } = {}) {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const warehouse = { id: hub.orgId, kind: 'warehouse' }
  const dispatcher = await t.guest(warehouse, ['dispatcher'])
  const drivers = []
  for (let i = 0; i < (options.vehicles ?? 2); i++) {
    const driver = await makePerson(t.db, carrier.id, ['driver'])
    await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id, capacityGrams: 25_000 })
    drivers.push(driver)
  }
  const supplier = await makeSupplier(t.db)
  const sku = await makeSku(t.db, supplier.id, {
    zone: options.zone ?? 'ambient',
    grossGramsPerUnit: options.grams ?? 10_000,
  })
  const lot = await makeLot(t.db, sku, hub.id, 1_000_000)
  const wave = await makeWave(t.db, hub.id)
  const buyer = await makeBuyer(t.db)
  const made = []
  for (let i = 0; i < (options.sites ?? 3); i++) {
    const site = await makeSite(t.db, buyer.id, hub.id, { lngE6: 121_400_000 + i * 10_000 })
    made.push(await makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }]))
  }
  return { hub, carrier, warehouse, dispatcher, drivers, sku, lot, wave, buyer, orders: made }
}

const plan = (waveId: string, who: Guest) => t.call('routes.plan', { params: { waveId } }, who)
const stopsOf = (body: { runs: { stops: unknown[] }[] }) => body.runs.map((run) => run.stops.length)

test('only a dispatcher of the hub plans; others do not even find the wave', async () => {
  const { wave, hub, carrier } = await night()
  const other = await makeHub(t.db)
  const stranger = await t.guest({ id: other.orgId, kind: 'warehouse' }, ['dispatcher'])
  const picker = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['picker'])
  const driver = await t.guest(carrier, ['driver'])
  expect((await plan(wave.id, stranger)).problem.code).toBe('not_found')
  expect((await plan(wave.id, picker)).problem.code).toBe('forbidden')
  expect((await t.call('routes.readPlan', { params: { id: wave.id } }, driver)).problem.code).toBe(
    'not_found',
  )
})

test('a wave that is not released, or has nothing to carry, cannot be planned', async () => {
  const { hub, dispatcher } = await night()
  const waiting = await makeWave(t.db, hub.id, { seq: 2, status: 'planned' })
  const empty = await makeWave(t.db, hub.id, { seq: 3 })
  expect((await plan(waiting.id, dispatcher)).problem.code).toBe('wrong_state')
  expect((await plan(empty.id, dispatcher)).problem.code).toBe('wave_empty')
})

test('orders spread over the vans within their load; a van out of service is left out', async () => {
  const { wave, dispatcher, hub, orders: made } = await night({ sites: 4 })
  const full = await plan(wave.id, dispatcher)
  expect(full.status).toBe(200)
  expect(stopsOf(full.body)).toEqual([2, 2])
  expect(full.body.unassigned).toEqual([])
  const [run] = full.body.runs
  expect([run?.grams, run?.capacityGrams, run?.totes]).toEqual([20_000, 25_000, 2])
  expect(full.body.matrixSource).toBe('great-circle 2026-11')
  for (const stop of full.body.runs.flatMap((r) => r.stops)) {
    expect(Date.parse(stop.plannedArriveAt)).toBeGreaterThanOrEqual(Date.parse(stop.windowFromAt))
    expect(Date.parse(stop.plannedArriveAt)).toBeLessThanOrEqual(Date.parse(stop.windowToAt))
  }
  const [broken] = full.body.runs
  await t.db
    .update(vehicles)
    .set({ outOfService: '示例：检修' })
    .where(eq(vehicles.id, broken?.vehicleId as string))
  const half = await plan(wave.id, dispatcher)
  expect(half.body.id).toBe(full.body.id)
  expect(stopsOf(half.body)).toEqual([2])
  expect(half.body.unassigned.map((u) => u.reason)).toEqual(['capacity', 'capacity'])
  await t.db.update(vehicles).set({ outOfService: '示例：检修' }).where(eq(vehicles.hubId, hub.id))
  const none = await plan(wave.id, dispatcher)
  expect(none.body.runs).toEqual([])
  expect(none.body.unassigned.map((u) => u.reason)).toEqual(made.map(() => 'no_vehicle'))
})

test('goods of a zone that no van carries are left with that reason', async () => {
  const { wave, dispatcher } = await night({ sites: 1, zone: 'live' })
  expect((await plan(wave.id, dispatcher)).body.unassigned.map((u) => u.reason)).toEqual(['zone'])
})

test('the product plans a released wave once and leaves a dispatcher’s draft alone', async () => {
  const { wave, dispatcher } = await night()
  const made = await planRoutes(t.system(), { waveId: wave.id })
  const again = await planRoutes(t.system(), { waveId: wave.id })
  expect(again.runs.map((r) => r.id)).toEqual(made.runs.map((r) => r.id))
  const anew = await plan(wave.id, dispatcher)
  expect(anew.body.runs.map((r) => r.id)).not.toEqual(made.runs.map((r) => r.id))
  const listed = await t.call('routes.listPlans', { query: { day: wave.day } }, dispatcher)
  expect(listed.body.items.map((i) => [i.waveId, i.orders, i.plan?.runsLeft, i.plan?.unassigned])).toEqual([
    [wave.id, 3, 2, 0],
  ])
})

test('a draft that came while the product planned stays as it is', async () => {
  const { wave } = await night()
  let quicker: Awaited<ReturnType<typeof planRoutes>> | undefined
  const slower = await planRoutes(t.system(), { waveId: wave.id }, async (problem) => {
    quicker = await planRoutes(t.system(), { waveId: wave.id })
    return nearestNeighbour(problem)
  })
  expect(quicker?.runs.length).toBeGreaterThan(0)
  expect(slower).toEqual(quicker)
})

test('planning a draft anew keeps what is locked on its vehicle, and its lock', async () => {
  const { wave, dispatcher } = await night({ sites: 4, grams: 25_000 })
  const before = (await plan(wave.id, dispatcher)).body
  const [one, two] = before.runs
  const moved = one?.stops.at(-1)
  // Room for all on the first van: the plain planner would not use the other one.
  const raised = { capacityGrams: 90_000 }
  await t.db.update(vehicles).set(raised).where(eq(vehicles.hubId, wave.hubId))
  await t.call(
    'routes.moveStop',
    {
      params: { id: moved?.id as string },
      body: { runId: two?.id ?? null, seq: 1, version: moved?.version as number },
    },
    dispatcher,
  )
  await t.call(
    'routes.lockStops',
    { params: { id: before.id }, body: { stopIds: [moved?.id as string], locked: true } },
    dispatcher,
  )
  const anew = (await plan(wave.id, dispatcher)).body
  const run = anew.runs.find((r) => r.vehicleId === two?.vehicleId)
  expect(run?.stops.map((s) => s.siteId)).toContain(moved?.siteId)
  const board = await t.call('routes.readBoard', { params: { id: anew.id } }, dispatcher)
  const locked = board.body.runs.flatMap((r) => r.stops.filter((s) => s.locked).map((s) => s.stopId))
  expect(locked).toEqual([run?.stops.find((s) => s.siteId === moved?.siteId)?.id])
  expect(anew.unassigned).toEqual([])
})

test('planning twice at once leaves one plan with each order on one stop', async () => {
  const { wave, dispatcher, orders: made } = await night({ sites: 4 })
  const answers = await Promise.all([1, 2, 3].map(() => plan(wave.id, dispatcher)))
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200])
  const rows = await t.db.select().from(stopOrders)
  const own = rows.filter((row) => made.some((order) => order.id === row.orderId))
  expect(own).toHaveLength(4)
  const now = await t.call('routes.readPlan', { params: { id: wave.id } }, dispatcher)
  expect(now.body.runs.flatMap((r) => r.stops.flatMap((s) => s.orders.map((o) => o.id))).toSorted()).toEqual(
    made.map((o) => o.id).toSorted(),
  )
})

test('a move that overloads, is stale or targets a stranger’s run changes nothing', async () => {
  const { wave, dispatcher } = await night({ sites: 4 })
  const { body } = await plan(wave.id, dispatcher)
  const foreign = await night()
  const theirs = (await plan(foreign.wave.id, foreign.dispatcher)).body
  const [one, two] = body.runs
  const stop = one?.stops[0]
  const move = (over: object, who = dispatcher) =>
    t.call(
      'routes.moveStop',
      {
        params: { id: stop?.id as string },
        body: { runId: two?.id, seq: 1, version: stop?.version as number, ...over },
      },
      who,
    )
  expect((await move({})).problem.code).toBe('over_capacity')
  expect((await move({ version: 99 })).problem.code).toBe('stale_version')
  expect((await move({ runId: theirs.runs[0]?.id })).problem.code).toBe('not_found')
  expect((await move({}, foreign.dispatcher)).problem.code).toBe('not_found')
  expect((await move({ vehicleId: two?.vehicleId })).problem.code).toBe('bad_input')
  const theirVehicle = { runId: null, vehicleId: theirs.runs[0]?.vehicleId }
  expect((await move(theirVehicle)).problem.code).toBe('no_vehicles')
  const after = await t.call('routes.readPlan', { params: { id: body.id } }, dispatcher)
  expect(after.body.runs.map((r) => r.stops.map((s) => s.id))).toEqual(
    body.runs.map((r) => r.stops.map((s) => s.id)),
  )
})

test('a stop moves within its run and to a free vehicle, with new times and numbers', async () => {
  const { wave, dispatcher, hub, carrier } = await night({ sites: 3 })
  const { body } = await plan(wave.id, dispatcher)
  const run = body.runs.find((r) => r.stops.length === 2)
  const [a, b] = run?.stops ?? []
  const within = await t.call(
    'routes.moveStop',
    {
      params: { id: a?.id as string },
      body: { runId: run?.id, seq: 2, version: a?.version as number },
    },
    dispatcher,
  )
  const turned = within.body.runs.find((r) => r.id === run?.id)
  expect(turned?.stops.map((s) => [s.id, s.seq])).toEqual([
    [b?.id, 1],
    [a?.id, 2],
  ])
  expect(Date.parse(turned?.stops[1]?.plannedArriveAt ?? '')).toBeGreaterThan(
    Date.parse(turned?.stops[0]?.plannedArriveAt ?? ''),
  )
  const third = await makeVehicle(t.db, hub.id, carrier.id, { capacityGrams: 25_000, zones: ['frozen'] })
  const fourth = await makeVehicle(t.db, hub.id, carrier.id, { capacityGrams: 25_000 })
  const to = (vehicleId: string) =>
    t.call(
      'routes.moveStop',
      {
        params: { id: b?.id as string },
        body: { vehicleId, seq: 1, version: turned?.stops[0]?.version as number },
      },
      dispatcher,
    )
  expect((await to(third.id)).problem.code).toBe('zone_not_carried')
  const opened = await to(fourth.id)
  expect(opened.body.runs.map((r) => r.stops.length)).toEqual([1, 1, 1])
  expect(opened.body.metres).toBe(opened.body.runs.reduce((sum, r) => sum + r.metres, 0))
})

test('an order without a vehicle is put on a run by hand, once', async () => {
  const { wave, dispatcher, hub, carrier, orders: made } = await night({ sites: 2, vehicles: 0 })
  const { body } = await plan(wave.id, dispatcher)
  expect(body.unassigned).toHaveLength(2)
  const van = await makeVehicle(t.db, hub.id, carrier.id, { capacityGrams: 15_000 })
  const assign = (orderId: string) =>
    t.call(
      'routes.assignOrder',
      { params: { id: body.id }, body: { orderId, vehicleId: van.id } },
      dispatcher,
    )
  const first = await assign(made[0]?.id as string)
  expect(first.body.unassigned.map((u) => u.orderId)).toEqual([made[1]?.id])
  const again = await assign(made[0]?.id as string)
  expect(stopsOf(again.body)).toEqual([1])
  expect((await assign(made[1]?.id as string)).problem.code).toBe('over_capacity')
})

test('dispatch waits for picking, drivers and free drivers', async () => {
  const { wave, dispatcher, drivers, orders: made } = await night({ sites: 4 })
  const { body } = await plan(wave.id, dispatcher)
  const send = (runId: string | null = null) =>
    t.call('routes.dispatch', { params: { id: body.id }, body: { runId } }, dispatcher)
  await t.db
    .update(orders)
    .set({ status: 'picking' })
    .where(eq(orders.id, made[0]?.id as string))
  const early = await send()
  expect([early.problem.code, early.problem['params']]).toEqual(['orders_not_picked', { count: 1 }])
  await t.db
    .update(orders)
    .set({ status: 'picked' })
    .where(eq(orders.id, made[0]?.id as string))
  const [one, two] = body.runs
  const give = (run: typeof one, driverPersonId: string, version = run?.version as number) =>
    t.call(
      'routes.assignDriver',
      { params: { id: run?.id as string }, body: { driverPersonId, version } },
      dispatcher,
    )
  expect((await give(one, two?.driverPersonId as string)).problem.code).toBe('driver_busy')
  expect((await give(one, dispatcher.personId)).problem.code).toBe('not_found')
  await t.sql`update runs set driver_person_id = null where id = ${one?.id as string}`
  expect((await send()).problem.code).toBe('driver_missing')
  expect((await give(one, drivers[0]?.id as string, 99)).problem.code).toBe('stale_version')
  const free = drivers.find((d) => d.id !== two?.driverPersonId)
  expect((await give(one, free?.id as string)).status).toBe(200)
})

test('runs are dispatched one by one or all; the plan is then closed, and a repeat changes nothing', async () => {
  const { wave, dispatcher } = await night({ sites: 4 })
  const { body } = await plan(wave.id, dispatcher)
  const send = (runId: string | null) =>
    t.call('routes.dispatch', { params: { id: body.id }, body: { runId } }, dispatcher)
  const one = await send(body.runs[0]?.id as string)
  expect([one.body.status, ...one.body.runs.map((r) => r.status)]).toEqual(['draft', 'loading', 'planned'])
  expect((await plan(wave.id, dispatcher)).problem.code).toBe('wrong_state')
  const all = await send(null)
  expect([all.body.status, ...all.body.runs.map((r) => r.status)]).toEqual([
    'dispatched',
    'loading',
    'loading',
  ])
  await send(null)
  const sent = await t.db
    .select()
    .from(events)
    .where(and(eq(events.type, 'run.dispatched'), eq(events.hubId, body.hubId)))
  expect(sent).toHaveLength(2)
  const stop = all.body.runs[0]?.stops[0]
  const late = await t.call(
    'routes.moveStop',
    {
      params: { id: stop?.id as string },
      body: { runId: all.body.runs[1]?.id, seq: 1, version: stop?.version as number },
    },
    dispatcher,
  )
  expect(late.problem.code).toBe('wrong_state')
  const runs = await t.call('routes.listRuns', { query: { status: 'loading', limit: 1 } }, dispatcher)
  expect([runs.body.items.length, runs.body.nextCursor]).toEqual([1, runs.body.items[0]?.id])
})

test('what was cancelled after planning does not travel', async () => {
  const { wave, dispatcher, orders: made } = await night({ sites: 3 })
  const { body } = await plan(wave.id, dispatcher)
  const alone = body.runs.find((r) => r.stops.length === 1)
  const pair = body.runs.find((r) => r.stops.length === 2)
  for (const gone of [alone?.stops[0], pair?.stops[0]])
    await t.db
      .update(orders)
      .set({ status: 'cancelled' })
      .where(eq(orders.id, gone?.orders[0]?.id as string))
  const sent = await t.call('routes.dispatch', { params: { id: body.id }, body: {} }, dispatcher)
  expect(sent.body.runs.map((r) => r.stops.map((s) => s.seq))).toEqual([[1]])
  expect(sent.body.status).toBe('dispatched')
  const left = await t.db
    .select()
    .from(stops)
    .where(eq(stops.runId, alone?.id as string))
  expect(left).toEqual([])
  expect(made).toHaveLength(3)
})

test('vehicles are listed with drivers whose phones are masked', async () => {
  const { hub, dispatcher, drivers } = await night()
  const { body } = await t.call('routes.listVehicles', { params: { hubId: hub.id } }, dispatcher)
  expect(body.items).toHaveLength(2)
  expect(body.drivers.map((d) => d.id).toSorted()).toEqual(drivers.map((d) => d.id).toSorted())
  for (const driver of body.drivers) expect(driver.phone).toMatch(/^199\*{4}\d{4}$/)
})
