import { readFileSync } from 'node:fs'
import { makeSupplier } from '@huming/db/factories'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, testApp } from '../test-app.ts'
import type { JsonObject } from './json-tree.ts'

const t = await testApp()
afterAll(t.close)

const base = { eventTimeZoneOffset: '+08:00', type: 'ObjectEvent', action: 'OBSERVE' } as const
const lot = 'https://id.gs1.org/01/06901234567892/10/L1'
/** One event for each thing that can be asked; `eventID` is its name. */
const events: JsonObject[] = [
  {
    ...base,
    eventID: 'urn:x:shipping',
    eventTime: '2026-11-20T08:00:00+08:00',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList: ['urn:epc:id:sgtin:4012345.011111.9876'],
    readPoint: { id: 'https://id.gs1.org/414/4012345000115' },
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00011.dock1' },
    bizTransactionList: [{ type: 'po', bizTransaction: 'https://example.org/po/7' }],
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
    destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:0614141.00777.0' }],
    persistentDisposition: { set: ['completeness_verified'], unset: ['recalled'] },
    'ex:size': 12.5,
    'ex:box': { 'ex:colour': 'blue' },
  },
  {
    ...base,
    eventID: 'urn:x:warm',
    eventTime: '2026-11-21T08:00:00+08:00',
    action: 'ADD',
    bizStep: 'sensor_reporting',
    quantityList: [{ epcClass: lot, quantity: 40, uom: 'KGM' }],
    readPoint: { id: 'https://id.gs1.org/414/4012345000115/254/cold' },
    sensorElementList: [
      {
        sensorMetadata: {
          startTime: '2026-11-21T06:00:00+08:00',
          endTime: '2026-11-21T08:00:00+08:00',
          deviceID: 'urn:epc:id:giai:4000001.111',
        },
        sensorReport: [
          {
            type: 'Temperature',
            minValue: 1.5,
            maxValue: 9.5,
            meanValue: 4,
            uom: 'CEL',
            booleanValue: true,
            stringValue: 'warm',
          },
        ],
      },
    ],
    ilmd: { 'ex:grade': 'A', 'ex:field': { 'ex:name': 'north' }, 'ex:brix': 18 },
  },
  {
    type: 'TransformationEvent',
    eventTimeZoneOffset: '+08:00',
    eventID: 'urn:x:made',
    eventTime: '2026-11-22T08:00:00+08:00',
    transformationID: 'https://example.org/batch/9',
    inputQuantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/06901234567892/10/L2', quantity: 9, uom: 'KGM' }],
    inputEPCList: ['urn:epc:id:sgtin:4012345.011111.1'],
    outputEPCList: ['urn:epc:id:sgtin:4012345.022222.2'],
    bizStep: 'commissioning',
  },
  {
    ...base,
    type: 'AggregationEvent',
    eventID: 'urn:x:packed',
    eventTime: '2026-11-23T08:00:00+08:00',
    action: 'ADD',
    bizStep: 'packing',
    parentID: 'urn:epc:id:sscc:4012345.0000000333',
    childEPCs: ['urn:epc:id:sgtin:4012345.011111.5'],
  },
]

let who: Guest
beforeAll(async () => {
  who = await t.guest(await makeSupplier(t.db), ['lister'])
  const document = {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { ex: 'https://ns.example.com/epcis/' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-24T00:00:00Z',
    epcisBody: { eventList: events },
  }
  const { problem, body } = await t.call('epcis.capture', { body: document }, who)
  expect(problem.pointers ?? body.errors).toEqual([])
})

type Doc = { epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } } }
const ask = (query: Record<string, unknown>) => t.call('epcis.events', { query }, who)
const names = async (query: Record<string, unknown>) => {
  const { status, body, problem } = await ask(query)
  if (status !== 200) return `${status} ${problem.type} ${problem.pointers?.[0]?.pointer}`
  return (body as unknown as Doc).epcisBody.queryResults.resultsBody.eventList.map((event) =>
    String(event['eventID']).replace('urn:x:', ''),
  )
}

const all = ['shipping', 'warm', 'made', 'packed']
test.each<[Record<string, unknown>, string[]]>([
  [{}, all],
  [{ eventType: 'TransformationEvent' }, ['made']],
  [{ eventType: 'TransformationEvent|AggregationEvent' }, ['made', 'packed']],
  [{ GE_eventTime: '2026-11-21T00:00:00Z' }, ['warm', 'made', 'packed']],
  [{ GE_eventTime: '2026-11-21T08:00:00+08:00', LT_eventTime: '2026-11-22T08:00:00+08:00' }, ['warm']],
  [{ GE_recordTime: '2099-01-01T00:00:00Z' }, []],
  [{ LT_recordTime: '2099-01-01T00:00:00Z' }, all],
  [{ EQ_action: 'ADD' }, ['warm', 'packed']],
  [{ EQ_bizStep: 'shipping' }, ['shipping']],
  [{ EQ_bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }, ['shipping']],
  [{ EQ_bizStep: 'https://ref.gs1.org/cbv/BizStep-packing|cbv:BizStep-shipping' }, ['shipping', 'packed']],
  [{ EQ_disposition: 'in_transit' }, ['shipping']],
  [{ EQ_persistentDisposition_set: 'completeness_verified' }, ['shipping']],
  [{ EQ_persistentDisposition_set: 'recalled' }, []],
  [{ EQ_persistentDisposition_unset: 'recalled' }, ['shipping']],
  [{ EQ_readPoint: 'urn:epc:id:sgln:4012345.00011.0' }, ['shipping']],
  [{ WD_readPoint: 'urn:epc:id:sgln:4012345.00011.0' }, ['shipping', 'warm']],
  [{ EQ_bizLocation: 'https://id.gs1.org/414/4012345000115/254/dock1' }, ['shipping']],
  [{ WD_bizLocation: 'https://id.gs1.org/414/4012345000115' }, ['shipping']],
  [{ EQ_bizTransaction_po: 'https://example.org/po/7' }, ['shipping']],
  [{ EQ_bizTransaction_inv: 'https://example.org/po/7' }, []],
  [{ EQ_source_owning_party: 'https://id.gs1.org/417/4012345000009' }, ['shipping']],
  [{ EQ_destination_location: 'urn:epc:id:sgln:0614141.00777.0' }, ['shipping']],
  [{ EQ_transformationID: 'https://example.org/batch/9' }, ['made']],
  [{ MATCH_epc: 'https://id.gs1.org/01/04012345111118/21/9876' }, ['shipping']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:4012345.011111.*' }, ['shipping', 'packed']],
  [{ MATCH_anyEPC: 'urn:epc:idpat:sgtin:4012345.011111.*' }, ['shipping', 'made', 'packed']],
  [{ MATCH_parentID: 'urn:epc:id:sscc:4012345.0000000333' }, ['packed']],
  [{ MATCH_inputEPC: 'urn:epc:id:sgtin:4012345.011111.1' }, ['made']],
  [{ MATCH_outputEPC: 'urn:epc:id:sgtin:4012345.011111.1' }, []],
  [{ MATCH_epcClass: lot }, ['warm']],
  [{ MATCH_epcClass: 'https://id.gs1.org/01/06901234567892' }, ['warm']],
  [{ MATCH_inputEPCClass: lot }, ['made']],
  [{ MATCH_outputEPCClass: lot }, []],
  [{ MATCH_anyEPCClass: lot }, ['warm', 'made']],
  [{ GE_quantity: 40 }, ['warm']],
  [{ LT_quantity: 10 }, ['made']],
  [{ EQ_quantity: 40 }, ['warm']],
  [{ EQ_type: 'Temperature' }, ['warm']],
  [{ EQ_type: 'gs1:Temperature' }, ['warm']],
  [{ EQ_deviceID: 'https://id.gs1.org/8004/4000001111' }, ['warm']],
  [{ EQ_stringValue: 'warm' }, ['warm']],
  [{ EQ_booleanValue: true }, ['warm']],
  [{ GE_maxValue_CEL: 8 }, ['warm']],
  [{ GT_maxValue_CEL: 9.5 }, []],
  [{ LE_minValue_CEL: 2, EQ_bizStep: 'sensor_reporting' }, ['warm']],
  [{ GE_maxValue_FAH: 8 }, []],
  [{ GE_startTime: '2026-11-20T22:00:00Z' }, ['warm']],
  [{ LT_startTime: '2026-11-20T22:00:00Z' }, []],
  [{ LT_endTime: '2026-11-21T00:00:01Z' }, ['warm']],
  [{ EQ_eventID: 'urn:x:made' }, ['made']],
  [{ EXISTS_errorDeclaration: true }, []],
  [{ 'EQ_ILMD_https://ns.example.com/epcis/grade': 'A' }, ['warm']],
  [{ 'GT_ILMD_https://ns.example.com/epcis/brix': 9 }, ['warm']],
  [{ 'GT_ILMD_https://ns.example.com/epcis/brix': 18 }, []],
  [{ 'EQ_INNER_ILMD_https://ns.example.com/epcis/name': 'north' }, ['warm']],
  [{ 'EXISTS_ILMD_https://ns.example.com/epcis/grade': true }, ['warm']],
  [{ 'EQ_https://ns.example.com/epcis/size': '12.50' }, ['shipping']],
  [{ 'LT_https://ns.example.com/epcis/size': '100' }, ['shipping']],
  [{ 'EQ_INNER_https://ns.example.com/epcis/colour': 'blue' }, ['shipping']],
  [{ 'EXISTS_https://ns.example.com/epcis/size': true }, ['shipping']],
  [{ orderBy: 'eventTime' }, all.toReversed()],
  [{ orderBy: 'eventTime', orderDirection: 'ASC' }, all],
  [{ orderBy: 'eventTime', eventCountLimit: 2 }, ['packed', 'made']],
  [{ maxEventCount: 4 }, all],
])('%j gives %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected)
})

test.each<[Record<string, unknown>, string]>([
  [{ EQ_colour: 'red' }, 'EQ_colour'],
  [{ MATCH_colour: 'urn:x:y' }, 'MATCH_colour'],
  [{ GE_eventTime: 'yesterday' }, 'GE_eventTime'],
  [{ GE_quantity: 'many' }, 'GE_quantity'],
  [{ EQ_action: 'LOOK' }, 'EQ_action'],
  [{ eventType: 'Party' }, 'eventType'],
  [{ perPage: 0 }, 'perPage'],
  [{ nextPageToken: 'x' }, 'nextPageToken'],
  [{ orderBy: 'colour' }, 'orderBy'],
  [{ orderBy: 'eventTime', orderDirection: 'UP' }, 'orderDirection'],
  [{ eventCountLimit: 2 }, 'eventCountLimit'],
  [{ orderBy: 'eventTime', eventCountLimit: 2, maxEventCount: 2 }, 'maxEventCount'],
  [{ EXISTS_errorDeclaration: 'perhaps' }, 'EXISTS_errorDeclaration'],
  [{ EQ_bizStep: '' }, 'EQ_bizStep'],
])('%j is refused', async (query, name) => {
  expect(await names(query)).toBe(`400 epcisException:QueryParameterException /query/${name}`)
})

test('more events than maxEventCount are refused', async () => {
  expect((await ask({ maxEventCount: 3 })).problem.code).toBe('epcis_query_large')
  expect((await ask({ EQ_colour: 'red' })).problem.code).toBe('epcis_query_bad')
  expect(await names({ maxEventCount: 3 })).toMatch('413 epcisException:QueryTooLargeException')
})

test.each<[Record<string, unknown>, string[]]>([
  [{ perPage: 1 }, all],
  [{ perPage: 3, orderBy: 'eventTime' }, all.toReversed()],
  [{ perPage: 2, orderBy: 'recordTime', orderDirection: 'ASC' }, all],
  [{ perPage: 2, orderBy: 'eventTime', eventCountLimit: 3 }, ['packed', 'made', 'warm']],
])('%j pages through everything once', async (query, expected) => {
  const got: string[] = []
  let url: string | undefined
  for (let page = 0; page < 9; page += 1) {
    const answer = url
      ? await t.app.inject({ url, headers: { cookie: who.cookie } })
      : await t.app.inject({
          url: `/api/epcis/events?${new URLSearchParams(query as Record<string, string>).toString()}`,
          headers: { cookie: who.cookie },
        })
    const list = answer.json<Doc>().epcisBody.queryResults.resultsBody.eventList
    got.push(...list.map((event) => String(event['eventID']).replace('urn:x:', '')))
    const link = answer.headers['link'] as string | undefined
    url = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1]
    if (!url) break
  }
  expect(got).toEqual(expected)
})

test('EPCs come as they were sent, or all as Digital Links', async () => {
  const get = async (format?: string) => {
    const { body, headers } = await t.call(
      'epcis.events',
      { query: { EQ_eventID: 'urn:x:shipping' } },
      who,
      format ? { headers: { 'gs1-epc-format': format } } : {},
    )
    const [event] = (body as unknown as Doc).epcisBody.queryResults.resultsBody.eventList
    return [headers['gs1-epc-format'], event?.['epcList'], event?.['sourceList']]
  }
  expect(await get()).toEqual([
    'Never_Translates',
    ['urn:epc:id:sgtin:4012345.011111.9876'],
    [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
  ])
  expect(await get('Always_GS1_Digital_Link')).toEqual([
    'Always_GS1_Digital_Link',
    ['https://id.gs1.org/01/04012345111118/21/9876'],
    [{ type: 'owning_party', source: 'https://id.gs1.org/417/4012345000009' }],
  ])
  expect(
    (await t.call('epcis.events', {}, who, { headers: { 'gs1-epc-format': 'Always_EPC_URN' } })).status,
  ).toBe(406)
})

test('capture jobs page newest first', async () => {
  const document = JSON.parse(
    readFileSync(new URL('fixtures/examples-gs1/Example_9.6.1-ObjectEvent.jsonld', import.meta.url), 'utf8'),
  )
  const ids = []
  for (let i = 0; i < 3; i += 1)
    ids.push((await t.call('epcis.capture', { body: document }, who)).body.captureID)
  const first = await t.call('epcis.captures', { query: { perPage: 2 } }, who)
  expect(first.body.map((job) => job.captureID)).toEqual(ids.toReversed().slice(0, 2))
  const token = new URL(String(first.headers['link']).slice(1).split('>')[0] as string, 'http://x')
    .searchParams
  const next = await t.call(
    'epcis.captures',
    { query: { perPage: 2, nextPageToken: token.get('nextPageToken') } },
    who,
  )
  expect(next.body[0]?.captureID).toBe(ids[0])
  expect((await t.call('epcis.captures', { query: { nextPageToken: 'x' } }, who)).status).toBe(400)
})
