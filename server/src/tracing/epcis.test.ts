import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { makeOrg, makeSupplier } from '@huming/db/factories'
import { captureBytesMax, captureEventsMax } from '@huming/shared/contracts/tracing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, testApp } from '../test-app.ts'
import { unpack } from './epcis-document.ts'
import { type JsonObject, namespacesOf } from './json-tree.ts'
import { flawsOf } from './validate.ts'

const t = await testApp()
afterAll(t.close)

let lister: Guest
let stranger: Guest
beforeAll(async () => {
  lister = await t.guest(await makeSupplier(t.db), ['lister'])
  stranger = await t.guest(await makeSupplier(t.db), ['lister'])
})

const examples = globSync('fixtures/examples-gs1/**/*.jsonld', { cwd: import.meta.dirname }).toSorted()
const read = (file: string): JsonObject =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as JsonObject
const plain = () => structuredClone(read('fixtures/examples-gs1/Example_9.6.1-ObjectEvent.jsonld'))

type Doc = {
  epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } }
  '@context': unknown[]
}
const eventsIn = (body: unknown) => (body as Doc).epcisBody.queryResults.resultsBody.eventList
const capture = (body: unknown, who = lister, headers = {}) =>
  t.call('epcis.capture', { body }, who, { headers })
const query = (parameters: Record<string, unknown>, who = lister) =>
  t.call('epcis.events', { query: parameters }, who)

/** An event without what a repository sets. */
const said = (event: JsonObject) => ({ ...event, eventID: '', recordTime: '' })

test.each([
  ['action', 'LOOK', '/epcisBody/eventList/0/action'],
  ['bizStep', 'eating', '/epcisBody/eventList/0/bizStep'],
  ['eventTime', 'yesterday', '/epcisBody/eventList/0/eventTime'],
  ['eventTimeZoneOffset', '8', '/epcisBody/eventList/0/eventTimeZoneOffset'],
  ['readPoint', { id: 'no uri' }, '/epcisBody/eventList/0/readPoint/id'],
  ['epcList', ['no uri'], '/epcisBody/eventList/0/epcList/0'],
  ['madeUp', 1, '/epcisBody/eventList/0/madeUp'],
])('a document whose %s is wrong is refused with the path of the fault', async (key, value, pointer) => {
  const document = plain()
  const body = document['epcisBody'] as { eventList: Record<string, unknown>[] }
  ;(body.eventList[0] as Record<string, unknown>)[key] = value
  const before = await t.sql`select count(*) as n from epcis_events`
  const { status, problem, headers } = await capture(document)
  expect([status, problem.type, problem.code]).toEqual([
    400,
    'epcisException:ValidationException',
    'epcis_invalid',
  ])
  expect(problem.pointers?.[0]?.pointer).toBe(pointer)
  expect(headers['content-type']).toContain('application/problem+json')
  expect(await t.sql`select count(*) as n from epcis_events`).toEqual(before)
})

test('what is no document, too much, too new or not signed in is refused in the words of the binding', async () => {
  const ask = async (...[body, who, headers]: Parameters<typeof capture>) => {
    const { status, problem } = await capture(body, who, headers)
    return [status, problem.type.replace('epcisException:', ''), problem.code]
  }
  expect(await ask([])).toEqual([400, 'ValidationException', 'epcis_invalid'])
  expect(await ask({ type: 'EPCISDocument' })).toEqual([400, 'ValidationException', 'epcis_invalid'])
  expect(await ask(plain(), lister, { 'gs1-epcis-version': '1.2' })).toEqual([
    406,
    'NotAcceptableException',
    'epcis_not_acceptable',
  ])
  expect(await ask(plain(), lister, { 'gs1-capture-error-behaviour': 'maybe' })).toEqual([
    406,
    'NotAcceptableException',
    'epcis_not_acceptable',
  ])
  expect(await ask(plain(), undefined as never, { cookie: '' })).toEqual([
    401,
    'SecurityException',
    'unauthenticated',
  ])
  const [event] = (plain()['epcisBody'] as { eventList: JsonObject[] }).eventList
  const many = {
    ...plain(),
    epcisBody: { eventList: Array.from({ length: captureEventsMax + 1 }, () => event) },
  }
  expect(await ask(many)).toEqual([413, 'CaptureLimitExceededException', 'epcis_limit'])
  const heavy = { ...plain(), 'example:pad': 'x'.repeat(captureBytesMax) }
  expect(await ask(heavy)).toEqual([413, 'CaptureLimitExceededException', 'body_too_large'])
  const text = await t.app.inject({
    method: 'POST',
    url: '/api/epcis/capture',
    headers: { cookie: lister.cookie, 'content-type': 'text/csv' },
    payload: 'a;b',
  })
  expect([text.statusCode, text.json().type]).toEqual([415, 'epcisException:UnsupportedMediaTypeException'])
})

test.each(examples)('%s is accepted and comes back with the same meaning', async (file) => {
  const who = await t.guest(await makeSupplier(t.db), ['lister'])
  const document = read(file)
  const { events, contexts } = unpack(document)
  expect(events.length).toBeGreaterThan(0)
  if (document['type'] !== 'EPCISDocument' && document['type'] !== 'EPCISQueryDocument') {
    const { status, headers } = await t.call('epcis.captureEvent', { body: document }, who)
    expect([status, headers['location']]).toEqual([201, expect.stringContaining('/api/epcis/events/')])
  } else {
    const { status, headers, body } = await capture(document, who)
    expect([status, body.success, body.running, body.errors]).toEqual([202, true, false, []])
    expect(headers['location']).toBe(`/api/epcis/capture/${body.captureID}`)
  }
  const got = await query({ perPage: 200 }, who)
  expect(flawsOf(got.body)).toEqual([])
  expect(got.headers).toMatchObject({ 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0' })
  const back = eventsIn(got.body)
  const distinct = [...new Map(events.map(({ event }) => [JSON.stringify(event), event])).values()]
  expect(back.map(said)).toEqual(distinct.map(said))
  const names = (all: readonly unknown[]) => [...namespacesOf(...all)].toSorted()
  expect(names((got.body as Doc)['@context'])).toEqual(names(contexts))
  for (const [i, event] of distinct.entries()) {
    if (event['eventID'] !== undefined) expect(back[i]?.['eventID']).toBe(event['eventID'])
    else expect(back[i]?.['eventID']).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/)
  }
})

test('there are as many examples as the standard has', () => {
  expect(examples.map((file) => basename(file))).toHaveLength(47)
})

test('the same again changes nothing; another event under a used id is refused whole or alone', async () => {
  const document = plain()
  const first = await capture(document)
  expect(first.body.success).toBe(true)
  expect((await capture(document)).body.success).toBe(true)
  const count = async () => eventsIn((await query({ perPage: 200 })).body).length
  const before = await count()
  const { eventList } = document['epcisBody'] as { eventList: JsonObject[] }
  const changed = {
    ...document,
    epcisBody: {
      eventList: [
        { ...eventList[0], bizStep: 'loading' },
        { ...eventList[1], eventID: 'urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8' },
      ],
    },
  }
  const whole = (await capture(changed)).body
  expect([whole.success, whole.errors[0]?.pointer, await count()]).toEqual([
    false,
    '/epcisBody/eventList/0/eventID',
    before,
  ])
  const alone = (await capture(changed, lister, { 'gs1-capture-error-behaviour': 'proceed' })).body
  expect([alone.success, alone.captureErrorBehaviour, await count()]).toEqual([false, 'proceed', before + 1])
  const job = await t.call('epcis.readCapture', { params: { id: alone.captureID } }, lister)
  expect(job.body).toEqual(alone)
  expect((await t.call('epcis.readCapture', { params: { id: alone.captureID } }, stranger)).status).toBe(404)
})

test('proceed keeps the valid events of a document and says where the others are wrong', async () => {
  const who = await t.guest(await makeSupplier(t.db), ['lister'])
  const document = plain()
  const { eventList } = document['epcisBody'] as { eventList: JsonObject[] }
  const mixed = { ...document, epcisBody: { eventList: [{ ...eventList[0], action: 'LOOK' }, eventList[1]] } }
  const { status, body } = await capture(mixed, who, { 'gs1-capture-error-behaviour': 'proceed' })
  expect([status, body.success, body.errors[0]?.pointer]).toEqual([
    202,
    false,
    '/epcisBody/eventList/0/action',
  ])
  expect(eventsIn((await query({}, who)).body)).toHaveLength(1)
})

test('an event may be read by who captured it and by operations, by nobody else', async () => {
  const ops = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  const who = await t.guest(await makeSupplier(t.db), ['lister'])
  await capture(plain(), who)
  const [event] = eventsIn((await query({}, who)).body)
  const id = String(event?.['eventID'])
  expect((await t.call('epcis.event', { params: { id } }, stranger)).status).toBe(404)
  expect((await t.call('epcis.event', { params: { id } }, who)).status).toBe(200)
  expect((await query({ EQ_eventID: id }, stranger)).body).toMatchObject({
    epcisBody: { queryResults: { resultsBody: { eventList: [] } } },
  })
  expect(eventsIn((await query({ EQ_eventID: id }, ops)).body).length).toBeGreaterThan(0)
})

test('an error declaration repeats the id of its event and comes back beside it', async () => {
  const who = await t.guest(await makeSupplier(t.db), ['lister'])
  const document = plain()
  const { eventList } = document['epcisBody'] as { eventList: JsonObject[] }
  const declared = {
    ...document,
    epcisBody: {
      eventList: [
        {
          ...eventList[0],
          errorDeclaration: { declarationTime: '2020-01-15T00:00:00.000+01:00', reason: 'incorrect_data' },
        },
      ],
    },
  }
  await capture(document, who)
  expect((await capture(declared, who)).body.success).toBe(true)
  const both = await t.call('epcis.event', { params: { id: String(eventList[0]?.['eventID']) } }, who)
  expect(eventsIn(both.body)).toHaveLength(2)
  expect(eventsIn((await query({ EXISTS_errorDeclaration: true }, who)).body)).toHaveLength(1)
  expect(eventsIn((await query({ EQ_errorReason: 'incorrect_data' }, who)).body)).toHaveLength(1)
})

test('one event is captured at once; another one under its id is refused', async () => {
  const { eventList } = plain()['epcisBody'] as { eventList: JsonObject[] }
  const body = { '@context': plain()['@context'], ...eventList[0], eventID: 'urn:x:once' }
  const one = (event: JsonObject) => t.call('epcis.captureEvent', { body: event }, lister)
  expect((await one(body)).status).toBe(201)
  expect((await one(body)).status).toBe(201)
  const { status, problem } = await one({ ...body, action: 'DELETE' })
  expect([status, problem.code]).toEqual([409, 'epcis_exists'])
  expect((await one(plain())).problem.code).toBe('epcis_invalid')
})

test('OPTIONS tells limits and versions', async () => {
  const answer = await t.app.inject({ method: 'OPTIONS', url: '/api/epcis/capture' })
  expect(answer.statusCode).toBe(204)
  expect(answer.headers).toMatchObject({
    allow: 'OPTIONS, GET, POST',
    'gs1-epcis-capture-limit': String(captureEventsMax),
    'gs1-epcis-capture-file-size-limit': String(captureBytesMax),
  })
})
