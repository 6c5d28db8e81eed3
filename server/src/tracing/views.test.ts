import { makeSupplier } from '@huming/db/factories'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, testApp } from '../test-app.ts'

const t = await testApp()
afterAll(t.close)

const event = (name: string, over: object = {}) => ({
  type: 'ObjectEvent',
  eventID: `urn:x:${name}`,
  eventTime: '2026-11-20T08:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  epcList: [`urn:epc:id:sgtin:4012345.011111.${name.length}`],
  ...over,
})
const document = (...eventList: object[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ex.org/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-20T08:00:00+08:00',
  epcisBody: { eventList },
})

let who: Guest
let stranger: Guest
beforeAll(async () => {
  who = await t.guest(await makeSupplier(t.db), ['lister', 'quality'])
  stranger = await t.guest(await makeSupplier(t.db), ['lister', 'quality'])
  const place = (n: number) => ({ readPoint: { id: `urn:epc:id:sgln:4012345.0001${n}.0` } })
  const body = document(
    event('a', { bizStep: 'shipping', ...place(1), disposition: 'in_transit' }),
    event('bb', { bizStep: 'https://ex.org/bagging', ...place(2) }),
    event('ccc', { bizStep: 'shipping', ...place(3) }),
  )
  expect((await t.call('epcis.capture', { body }, who)).body.success).toBe(true)
})

/** What any of these doors may say. */
type Told = { code: string; member: string[] } & Found
type Found = {
  epcisBody: { queryResults: { queryName: string; resultsBody: { eventList: { eventID: string }[] } } }
}
const get = async (path: string, guest = who) => {
  const answer = await t.app.inject({ url: `/api/epcis${path}`, headers: { cookie: guest.cookie } })
  const body: Told = answer.json()
  return { status: answer.statusCode, headers: answer.headers, body }
}
const idsOf = ({ body }: { body: Found }) =>
  body.epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID)
const value = encodeURIComponent

test('collections list what stands in events one may read, a page at a time', async () => {
  expect((await get('/eventTypes')).body).toEqual({
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    type: 'Collection',
    member: [
      'AggregationEvent',
      'AssociationEvent',
      'ObjectEvent',
      'TransactionEvent',
      'TransformationEvent',
    ],
  })
  const steps = (await get('/bizSteps?perPage=100')).body.member
  expect(steps).toEqual(expect.arrayContaining(['shipping', 'receiving', 'https://ex.org/bagging']))
  expect(new Set(steps).size).toBe(steps.length)
  expect((await get('/bizSteps?perPage=100', stranger)).body.member).not.toContain('https://ex.org/bagging')
  expect((await get('/dispositions?perPage=100')).body.member).toContain('in_transit')
  const [p1, p2, p3] = [1, 2, 3].map((n) => `https://id.gs1.org/414/40123450001${n}${[5, 2, 9][n - 1]}`)
  const first = await get('/readPoints?perPage=2')
  expect(first.body.member).toEqual([p1, p2])
  const [, next = ''] = /<\/api\/epcis(.+)>; rel="next"/.exec(String(first.headers['link'])) ?? []
  const second = await get(next)
  expect([second.body.member, second.headers['link']]).toEqual([[p3], undefined])
  expect((await get('/bizLocations')).body.member).toEqual([])
  const epcs = (await get('/epcs')).body.member
  expect(epcs).toEqual(expect.arrayContaining(['https://id.gs1.org/01/04012345111118/21/1']))
  expect((await get('/epcs', stranger)).body.member).toEqual([])
})

test('a member leads to its events, narrowed by the parameters of a query', async () => {
  const epc = value('urn:epc:id:sgtin:4012345.011111.2')
  expect((await get(`/epcs/${epc}`)).body.member).toEqual(['events'])
  expect((await get(`/epcs/${epc}`, stranger)).status).toBe(404)
  expect((await get('/bizSteps/nothing_such')).status).toBe(404)
  expect((await get('/eventTypes/StrangeEvent')).body.code).toBe('epcis_query_bad')
  expect(idsOf(await get(`/epcs/${epc}/events`))).toEqual(['urn:x:bb'])
  expect(idsOf(await get('/bizSteps/shipping/events'))).toEqual(['urn:x:a', 'urn:x:ccc'])
  expect(idsOf(await get('/bizSteps/shipping/events?EQ_disposition=in_transit'))).toEqual(['urn:x:a'])
  expect((await get('/bizSteps/shipping/events?EQ_nothing=1')).body.code).toBe('epcis_query_bad')
  for (const path of ['/planets', '/planets/mars', '/planets/mars/events'])
    expect((await get(path)).body.code).toBe('not_found')
})

test('a query gets a name, is polled under it, and ends', async () => {
  const name = 'shipped'
  const query = { EQ_bizStep: ['shipping', 'receiving'], eventType: ['ObjectEvent'] }
  const write = (body: object, guest = who) => t.call('epcis.nameQuery', { body: body as never }, guest)
  const bad = await write({ name, query: { EQ_nothing: '1' } })
  expect([bad.status, bad.problem.code]).toEqual([400, 'epcis_query_bad'])
  expect((await write({ name, query: { nextPageToken: 'x' } })).problem.code).toBe('epcis_query_bad')
  expect((await write({ name: 'two words', query })).problem.code).toBe('bad_input')
  expect((await write({ name, query: { EQ_bizStep: { a: 1 } } })).problem.code).toBe('bad_input')
  const made = await write({ name, query })
  expect([made.status, made.headers['location']]).toEqual([201, '/api/epcis/queries/shipped'])
  expect((await write({ name, query })).body).toEqual(made.body)
  expect((await write({ name, query: { eventType: ['ObjectEvent'] } })).problem.code).toBe('epcis_exists')
  expect((await get('/queries')).body).toEqual([made.body])
  expect((await get('/queries/shipped')).body).toEqual(made.body)
  expect((await get('/queries', stranger)).body).toEqual([])
  expect((await get('/queries/shipped/events', stranger)).status).toBe(404)

  const first = await get('/queries/shipped/events?perPage=1')
  expect([first.body.epcisBody.queryResults.queryName, idsOf(first)]).toEqual([name, ['urn:x:a']])
  const [, next = ''] = /<\/api\/epcis(.+)>; rel="next"/.exec(String(first.headers['link'])) ?? []
  expect(idsOf(await get(next))).toEqual(['urn:x:ccc'])
  expect((await get('/queries/shipped/events?EQ_bizStep=packing')).body.code).toBe('epcis_query_bad')

  const since = value(new Date().toISOString())
  expect(idsOf(await get(`/queries/shipped/events?GE_recordTime=${since}`))).toEqual([])
  await t.call(
    'epcis.captureEvent',
    {
      body: {
        ...document(),
        ...event('later', { bizStep: 'receiving' }),
        epcisBody: undefined,
        schemaVersion: undefined,
        creationDate: undefined,
      },
    },
    who,
  )
  expect(idsOf(await get(`/queries/shipped/events?GE_recordTime=${since}`))).toEqual(['urn:x:later'])

  const drop = (guest = who) =>
    t.app.inject({ method: 'DELETE', url: '/api/epcis/queries/shipped', headers: { cookie: guest.cookie } })
  expect((await drop(stranger)).statusCode).toBe(404)
  const dropped = await drop()
  expect([dropped.statusCode, dropped.body]).toEqual([204, ''])
  expect((await drop()).statusCode).toBe(404)
})

test('an organisation names so many queries and no more', async () => {
  const guest = await t.guest(await makeSupplier(t.db), ['lister'])
  await t.sql`insert into epcis_queries (id, org_id, name, query, created_at)
    select gen_random_uuid(), ${guest.orgId}, 'q' || n, '{}', now() from generate_series(1, 200) n`
  const more = await t.call('epcis.nameQuery', { body: { name: 'more', query: {} } }, guest)
  expect([more.status, more.problem.code]).toEqual([413, 'epcis_limit'])
  const options = await t.app.inject({ method: 'OPTIONS', url: '/api/epcis/queries' })
  expect([options.statusCode, options.headers['allow'], options.headers['gs1-extensions']]).toEqual([
    204,
    'OPTIONS, GET, POST',
    'huming=https://id.huming.example/voc/',
  ])
})
