import { stops } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** A run of two trips with one stop each, dispatched and not yet loaded. */
async function twoTrips() {
  const d = await road(t, { sites: [{}, {}], until: 'loading' })
  const [first, second] = (await d.read()).stops
  await t.db
    .update(stops)
    .set({ trip: 2 })
    .where(eq(stops.id, second?.id as string))
  const codeOf = (stop: typeof first) =>
    d.orders.find((order) => order.id === stop?.orders[0]?.id)?.toteCodes[0] as string
  const load = (stop: typeof first) =>
    t.call('delivery.loadTote', { params: { id: d.runId }, body: { code: codeOf(stop) } }, d.driver)
  const depart = (trip?: number) =>
    t.call('delivery.depart', { params: { id: d.runId }, body: trip ? { trip } : {} }, d.driver)
  const arrive = (stop: typeof first) =>
    t.call('delivery.arrive', { params: { id: stop?.id as string }, body: {} }, d.driver)
  const fail = (stop: typeof first) =>
    t.call(
      'delivery.fail',
      { params: { id: stop?.id as string }, body: { reason: 'closed', note: '示例' } },
      d.driver,
    )
  return { ...d, first, second, load, depart, arrive, fail }
}

test('goods of the second trip wait at the hub, and so do its doors', async () => {
  const d = await twoTrips()
  const early = await d.load(d.second)
  expect([early.problem.code, early.problem['params']]).toEqual(['tote_of_later_trip', { trip: 2 }])
  expect((await d.depart(2)).problem.code).toBe('wrong_state')
  expect((await d.depart()).problem.code).toBe('totes_not_loaded')
  const loaded = await d.load(d.first)
  expect([loaded.body.loaded, loaded.body.total, loaded.body.nextSite]).toEqual([1, 1, null])
  expect((await d.depart()).status).toBe(200)
  for (const act of [d.arrive, d.fail]) expect((await act(d.second)).problem.code).toBe('trip_not_gone')
  expect((await d.load(d.second)).problem).toMatchObject({ code: 'stops_open', params: { count: 1 } })
  expect((await d.depart(2)).problem.code).toBe('stops_open')
  expect((await d.read()).tripsGone).toBe(1)
})

test('back at the hub the truck is loaded again and leaves again; a repeat changes nothing', async () => {
  const d = await twoTrips()
  await d.load(d.first)
  await d.depart()
  expect((await d.fail(d.first)).status).toBe(200)
  expect((await d.depart(2)).problem.code).toBe('totes_not_loaded')
  expect((await d.load(d.second)).body).toMatchObject({ loaded: 1, total: 1, inOrder: true })
  const left = await d.depart(2)
  expect([left.status, left.body.status]).toEqual([200, 'on_road'])
  expect(await d.depart(2)).toMatchObject({ status: 200, body: left.body })
  expect((await d.depart(1)).problem.code).toBe('wrong_state')
  expect((await d.depart(3)).problem.code).toBe('wrong_state')
  const run = await d.read()
  expect([run.tripsGone, run.version]).toEqual([2, left.body.version])
  expect(run.stops.map((stop) => [stop.trip, stop.orders[0]?.status])).toEqual([
    [1, 'failed'],
    [2, 'loaded'],
  ])
  expect((await d.arrive(d.second)).status).toBe(200)
  const told = await t.sql`select payload from events where type = 'run.departed' and subject_id = ${d.runId}`
  expect(told.map((event) => event['payload'].trip).toSorted()).toEqual([1, 2])
})
