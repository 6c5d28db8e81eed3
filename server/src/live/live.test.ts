import { makeBuyer, makeHub } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { arrivalTolerances, trackingLinks } from '@huming/db/schema/arrivals'
import { notices } from '@huming/db/schema/events'
import { orders } from '@huming/db/schema/orders'
import { runs, stops, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { tellArrivals } from './tell-arrivals.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const minute = 60_000
const token = (): string => `${newId()}${newId()}`.replaceAll('-', '').slice(0, 43)
const three = { sites: [{}, {}, {}] }
/** Another truck of the same carrier with a driver, at the hub. */
async function spare(world: Awaited<ReturnType<typeof road>>, over = {}) {
  const driver = await t.guest({ id: world.carrier.id, kind: 'carrier' }, ['driver'])
  const vehicle = await makeVehicle(t.db, world.hub.id, world.carrier.id, {
    driverPersonId: driver.personId,
    zones: ['ambient', 'chilled', 'frozen'],
    ...over,
  })
  return { vehicle, driver }
}

test('only the hub’s dispatcher hands a run over, and only one that is on the road', async () => {
  const atDock = await road(t, { until: 'loading' })
  const out = await road(t)
  const other = await makeHub(t.db)
  const stranger = await t.guest({ id: other.orgId, kind: 'warehouse' }, ['dispatcher'])
  const { vehicle } = await spare(out)
  const body = { fromRunId: out.runId, vehicleId: vehicle.id, reason: '爆胎' }
  const asks = (who: typeof stranger, over = {}) =>
    t.call('live.relay', { params: { id: newId() }, body: { ...body, ...over } }, who)
  expect((await asks(stranger)).status).toBe(404)
  expect((await asks(out.driver)).status).toBe(403)
  const dock = await asks(atDock.dispatcher, { fromRunId: atDock.runId })
  expect(dock.problem.code).toBe('wrong_state')
  expect((await asks(out.dispatcher, { vehicleId: null, toRunId: out.runId })).problem.code).toBe(
    'wrong_state',
  )
  expect((await asks(out.dispatcher, { vehicleId: newId() })).problem.code).toBe('no_vehicles')
})

test('a vehicle that cannot carry it does not take over', async () => {
  const out = await road(t, { zones: ['frozen'] })
  const ask = async (over: object) => {
    const { vehicle } = await spare(out, over)
    const body = { fromRunId: out.runId, vehicleId: vehicle.id, reason: '爆胎' }
    return (await t.call('live.relay', { params: { id: newId() }, body }, out.dispatcher)).problem.code
  }
  expect(await ask({ zones: ['ambient'] })).toBe('zone_not_carried')
  expect(await ask({ capacityGrams: 1000 })).toBe('over_capacity')
  expect(await ask({ driverPersonId: null })).toBe('driver_missing')
  expect(await ask({ driverPersonId: out.driver.personId })).toBe('driver_busy')
  const left = await t.db.select().from(stops).where(eq(stops.runId, out.runId))
  expect(left).toHaveLength(1)
})

test('another truck brings what a broken one still carries; the first driver keeps the door he reached', async () => {
  const out = await road(t, three)
  const [first, second, third] = (await out.read()).stops
  await t.call('delivery.arrive', { params: { id: first?.id as string }, body: {} }, out.driver)
  const { vehicle, driver } = await spare(out)
  const id = newId()
  const body = { fromRunId: out.runId, vehicleId: vehicle.id, reason: '发动机故障' }
  const twice = await Promise.all(
    [1, 2].map(() => t.call('live.relay', { params: { id }, body }, out.dispatcher)),
  )
  expect(twice.map((one) => one.status)).toEqual([200, 200])
  const made = twice[0]?.body
  expect(made).toEqual(twice[1]?.body)
  expect(made).toMatchObject({ stops: 2, totes: 2 })
  const changed = await t.call(
    'live.relay',
    { params: { id }, body: { ...body, reason: '别的' } },
    out.dispatcher,
  )
  expect(changed.problem.code).toBe('id_reused')
  const [broken] = await t.db
    .select()
    .from(vehicles)
    .innerJoin(runs, eq(runs.vehicleId, vehicles.id))
    .where(eq(runs.id, out.runId))
  expect(broken?.vehicles.outOfService).toBe('发动机故障')

  // The old phone, offline meanwhile, knows nothing of it: its act is refused, not lost on the wrong run.
  const old = await t.call('delivery.arrive', { params: { id: second?.id as string }, body: {} }, out.driver)
  expect(old.status).toBe(404)
  expect((await out.read()).stops.map((stop) => stop.id)).toEqual([first?.id])

  const toRunId = made?.toRunId as string
  const rescue = (await t.call('delivery.readRun', { params: { id: toRunId } }, driver)).body
  expect(rescue.stops.map((stop) => stop.id)).toEqual([second?.id, third?.id])
  expect(rescue.totesLoaded).toBe(2)
  const left = await t.call(
    'delivery.depart',
    { params: { id: toRunId }, body: { preCoolDeciC: -200 } },
    driver,
  )
  expect(left.status).toBe(200)
  const photo = await picture(t, driver)
  for (const stop of rescue.stops) {
    await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, driver)
    const lines = stop.goods.flatMap((goods) =>
      goods.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
    )
    const hand = { lines, receiverName: '示例', signatureFileId: photo, photoFileIds: [photo] }
    expect((await t.call('delivery.deliver', { params: { id: stop.id }, body: hand }, driver)).status).toBe(
      200,
    )
  }
  expect((await t.call('delivery.finishRun', { params: { id: toRunId }, body: {} }, driver)).status).toBe(200)
})

test('what was to ride on a later trip is fetched at the hub, on a trip of its own', async () => {
  const out = await road(t, { ...three, until: 'loading' })
  const [first, second, third] = (await out.read()).stops
  await t.db
    .update(stops)
    .set({ trip: 2 })
    .where(eq(stops.id, third?.id as string))
  const codeOf = (stop: typeof first) => stop?.toteList[0]?.code as string
  const load = (runId: string, stop: typeof first, who = out.driver) =>
    t.call('delivery.loadTote', { params: { id: runId }, body: { code: codeOf(stop) } }, who)
  for (const stop of [first, second]) expect((await load(out.runId, stop)).status).toBe(200)
  await t.call('delivery.depart', { params: { id: out.runId }, body: {} }, out.driver)
  const { vehicle, driver } = await spare(out, { capacityGrams: 15_000 })
  const ask = () =>
    t.call(
      'live.relay',
      {
        params: { id: newId() },
        body: { fromRunId: out.runId, vehicleId: vehicle.id, reason: '示例：爆胎' },
      },
      out.dispatcher,
    )
  // Two of 10 kg aboard, the third on its own: each trip must fit, not all of them at once.
  expect((await ask()).problem.code).toBe('over_capacity')
  await t.db.update(vehicles).set({ capacityGrams: 25_000 }).where(eq(vehicles.id, vehicle.id))
  const made = await ask()
  expect(made.status).toBe(200)
  const toRunId = made.body.toRunId
  const read = async () => (await t.call('delivery.readRun', { params: { id: toRunId } }, driver)).body
  const rescue = await read()
  expect(rescue.stops.map((stop) => [stop.id, stop.trip])).toEqual([
    [first?.id, 1],
    [second?.id, 1],
    [third?.id, 2],
  ])
  const [, b, c] = rescue.stops.map((stop) => Date.parse(stop.plannedArriveAt))
  expect((c ?? 0) - (b ?? 0)).toBeGreaterThan(40 * minute)
  expect((await load(toRunId, third, driver)).problem.code).toBe('tote_of_later_trip')
  const leave = (trip: number) =>
    t.call('delivery.depart', { params: { id: toRunId }, body: { trip } }, driver)
  expect((await leave(1)).status).toBe(200)
  expect((await leave(2)).problem.code).toBe('stops_open')
})

test('the board shows each run as it is, what is not aboard, and doors that failed', async () => {
  const out = await road(t, three)
  const day = (await out.read()).day
  const [first, second] = (await out.read()).stops
  await t.call(
    'delivery.fail',
    { params: { id: first?.id as string }, body: { reason: 'closed' } },
    out.driver,
  )
  await t.db
    .update(stops)
    .set({
      plannedArriveAt: new Date(Date.now() - 40 * minute),
      windowToAt: new Date(Date.now() - 5 * minute),
    })
    .where(eq(stops.id, second?.id as string))
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  const ask = (who: typeof stranger) =>
    t.call('live.board', { params: { hubId: out.hub.id }, query: { day } }, who)
  expect((await ask(stranger)).status).toBe(404)
  expect((await ask(out.driver)).status).toBe(403)
  const board = (await ask(out.dispatcher)).body
  expect(board.stopsByStatus).toMatchObject({ failed: 1, waiting: 2 })
  expect(board.failed.map((one) => [one.stopId, one.reason, one.onRoad])).toEqual([
    [first?.id, 'closed', true],
  ])
  expect(board.runs[0]?.stops.find((stop) => stop.id === second?.id)).toMatchObject({
    late: true,
    risk: 'high',
    riskReason: 'late_already',
  })
  expect(board.totesOpen).toBe(0)
  const dock = await road(t, { until: 'loading' })
  const waiting = await t.call(
    'live.board',
    { params: { hubId: dock.hub.id }, query: { day } },
    dock.dispatcher,
  )
  expect(waiting.body.totes.map((tote) => [tote.status, tote.plate])).toEqual([
    ['sealed', waiting.body.runs[0]?.plate],
  ])
})

test('orders that were cut in the night are named, whole ones first, with the reason', async () => {
  const out = await road(t, { sites: [{}, {}, {}], until: 'loading' })
  const { day } = await out.read()
  const ask = async () =>
    (await t.call('live.board', { params: { hubId: out.hub.id }, query: { day } }, out.dispatcher)).body.cut
  expect(await ask()).toEqual([])
  const [short, gone] = out.orders
  await t.sql`update order_lines set cut_quantity = 2000, cut_reason = 'held' where order_id = ${short?.id as string}`
  await t.db
    .update(orders)
    .set({ status: 'cancelled', cancelledAt: new Date(), cancelReason: 'emptied' })
    .where(eq(orders.id, gone?.id as string))
  // Never in a wave: nothing that the night lost.
  await t.sql`delete from wave_orders where order_id = ${out.orders[2]?.id as string}`
  await t.sql`update order_lines set cut_quantity = 2000, cut_reason = 'held' where order_id = ${out.orders[2]?.id as string}`
  const cut = await ask()
  const { plate } = (await out.read()) as { plate: string }
  expect(cut.map((one) => [one.orderId, one.cancelled, one.linesCut, one.lines, one.reasons])).toEqual([
    [gone?.id, true, 0, 1, ['emptied']],
    [short?.id, false, 1, 1, ['held']],
  ])
  expect(cut[1]?.plate).toBe(plate)
})

test('a buyer sees when the truck comes; strangers see nothing, holders of a link only the time', async () => {
  const out = await road(t, three)
  const orderId = out.orders[1]?.id as string
  const buyer = await t.guest({ id: out.buyer.id, kind: 'buyer' }, ['purchaser'])
  const stranger = await t.guest({ id: (await makeBuyer(t.db)).id, kind: 'buyer' }, ['purchaser'])
  const params = { id: orderId }
  expect((await t.call('live.arrival', { params }, stranger)).status).toBe(404)
  const seen = (await t.call('live.arrival', { params }, buyer)).body
  expect(seen.state).toBe('on_the_way')
  expect(seen.stopsBefore).toBeGreaterThanOrEqual(0)
  expect(Date.parse(seen.earliestAt ?? '')).toBeLessThanOrEqual(Date.parse(seen.latestAt ?? ''))

  const [id, secret] = [newId(), token()]
  const make = (who: typeof buyer, over = {}) =>
    t.call('live.makeLink', { params: { id }, body: { orderId, token: secret, ...over } }, who)
  expect((await make(stranger)).status).toBe(404)
  expect((await make(buyer, { token: 'short' })).status).toBe(422)
  const made = await make(buyer)
  expect(made.status).toBe(200)
  expect((await make(buyer)).body).toEqual(made.body)
  expect((await make(buyer, { token: token() })).problem.code).toBe('id_reused')
  const track = (word: string) => t.call('live.track', { params: { token: word } })
  expect((await track(token())).status).toBe(404)
  const told = (await track(secret)).body
  expect(told).toMatchObject({ state: 'on_the_way', stopsBefore: seen.stopsBefore })
  expect(JSON.stringify(told)).not.toMatch(/1\d{10}|driver|plate|number/i)
  // Nowhere is the token itself.
  const [row] = await t.db.select().from(trackingLinks).where(eq(trackingLinks.id, id))
  expect(JSON.stringify(row)).not.toContain(secret)

  const end = (who: typeof buyer) => t.call('live.endLink', { params: { id } }, who)
  expect((await end(stranger)).status).toBe(404)
  expect((await end(buyer)).status).toBe(200)
  expect((await end(buyer)).status).toBe(200)
  expect((await track(secret)).status).toBe(404)
})

test('an expired link shows nothing, and a cancelled order gets none', async () => {
  const out = await road(t)
  const buyer = await t.guest({ id: out.buyer.id, kind: 'buyer' }, ['purchaser'])
  const orderId = out.orders[0]?.id as string
  const [id, secret] = [newId(), token()]
  await t.call('live.makeLink', { params: { id }, body: { orderId, token: secret } }, buyer)
  await t.db
    .update(trackingLinks)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(trackingLinks.id, id))
  expect((await t.call('live.track', { params: { token: secret } })).status).toBe(404)
  await t.db.update(orders).set({ status: 'cancelled' }).where(eq(orders.id, orderId))
  const again = { params: { id: newId() }, body: { orderId, token: token() } }
  expect((await t.call('live.makeLink', again, buyer)).problem.code).toBe('wrong_state')
})

test('an arrival that moves by more than the tolerance is told once, and again when it comes back', async () => {
  const out = await road(t)
  const [stop] = (await out.read()).stops
  const stopId = stop?.id as string
  await t.db.insert(arrivalTolerances).values({
    id: newId(),
    hubId: out.hub.id,
    buyerClass: null,
    minutes: 30,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    source: 'test',
  })
  const planned = Date.parse(stop?.plannedArriveAt as string)
  const at = (minutes: number) => t.system(new Date(planned + minutes * minute))
  const told = async () => {
    const rows = await t.db.select().from(notices).where(eq(notices.orgId, out.buyer.id)).orderBy(notices.id)
    return rows.filter((row) => row.key.startsWith('notice.arrival')).map((row) => row.key)
  }
  await tellArrivals(at(25))
  expect(await told()).toEqual([])
  await Promise.all([tellArrivals(at(35)), tellArrivals(at(35))])
  await tellArrivals(at(36))
  expect(await told()).toEqual(['notice.arrival_later'])
  // The dispatcher puts it right: it is expected as planned again.
  await tellArrivals(at(0))
  await tellArrivals(at(0))
  expect(await told()).toEqual(['notice.arrival_later', 'notice.arrival_earlier'])
  await t.db.update(stops).set({ status: 'arrived', arrivedAt: new Date() }).where(eq(stops.id, stopId))
  await tellArrivals(at(200))
  expect(await told()).toHaveLength(2)
  await t.db.update(runs).set({ status: 'finished' }).where(eq(runs.id, out.runId))
})

test('without a tolerance in force nobody is told', async () => {
  const out = await road(t)
  const [stop] = (await out.read()).stops
  await t.db.update(runs).set({ day: '2019-01-01' }).where(eq(runs.id, out.runId))
  await tellArrivals(t.system(new Date(Date.parse(stop?.plannedArriveAt as string) + 90 * minute)))
  expect(await t.db.select().from(notices).where(eq(notices.orgId, out.buyer.id))).toEqual([])
})

test('a hub writes its own tolerance for a class; the row of all hubs and of other hubs stays', async () => {
  const out = await road(t, { until: 'loading' })
  const other = await road(t, { until: 'loading' })
  const general = newId()
  const dates = { validFrom: '2020-01-01', validTo: '2099-12-31', source: '示例' }
  await t.db
    .insert(arrivalTolerances)
    .values({ id: general, hubId: null, buyerClass: null, minutes: 15, ...dates })
  const id = newId()
  const write = (who: typeof out.dispatcher, over: object = {}, of = id) =>
    t.call(
      'live.writeTolerance',
      {
        params: { id: of },
        body: { hubId: out.hub.id, buyerClass: 'canteen_office', minutes: 40, ...dates, ...over } as never,
      },
      who,
    )
  expect((await write(other.dispatcher)).status).toBe(404)
  expect((await write(out.driver)).status).toBe(403)
  expect((await write(out.dispatcher, {}, general)).status).toBe(404)
  expect((await write(out.dispatcher, { minutes: 0 })).problem.code).toBe('bad_input')
  expect((await write(out.dispatcher, { validTo: '2019-01-01' })).problem.code).toBe('bad_input')
  const [kept] = await t.db.select().from(arrivalTolerances).where(eq(arrivalTolerances.id, general))
  expect(kept?.minutes).toBe(15)
  expect((await write(out.dispatcher)).body).toMatchObject({ id, minutes: 40, buyerClass: 'canteen_office' })
  // A repeat changes nothing; the same row is ended by its last day.
  expect((await write(out.dispatcher)).status).toBe(200)
  expect((await write(out.dispatcher, { validTo: '2026-11-01' })).body.validTo).toBe('2026-11-01')
  const read = async (of: typeof out) =>
    (await t.call('live.readTolerances', { params: { hubId: of.hub.id } }, of.dispatcher)).body.items
  expect((await read(out)).map((one) => one.id)).toEqual(expect.arrayContaining([id, general]))
  expect((await read(other)).map((one) => one.id)).not.toContain(id)
  await t.db.delete(arrivalTolerances).where(eq(arrivalTolerances.id, general))
})
