import { makeSupplier } from '@huming/db/factories'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, testApp } from '../test-app.ts'
import { patternShape } from './epc-patterns.ts'
import type { JsonObject } from './json-tree.ts'

const t = await testApp()
afterAll(t.close)

const gln = 'urn:epc:id:sgln:4012345.00011.0'
const event = (name: string, over: object = {}): JsonObject => ({
  type: 'ObjectEvent',
  eventID: `urn:x:${name}`,
  eventTime: '2026-11-20T08:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  ...over,
})
const report = { type: 'Temperature', value: 4, percRank: 50, percValue: 12.5, uom: 'CEL', 'ex:cv': '7' }
const events = [
  event('warm', {
    epcList: ['urn:epc:id:sgtin:4012345.011111.9'],
    readPoint: { id: gln, 'ex:door': 3, 'ex:wall': { 'ex:side': 'north' } },
    'ex:rank': 9,
    sensorElementList: [
      {
        sensorMetadata: { time: '2026-11-20T08:00:00+08:00', 'ex:probe': 'P1' },
        sensorReport: [report],
        'ex:extra': { 'ex:raw': 'deadbeef' },
      },
    ],
  }),
  event('heavy', {
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.022222.L1', quantity: 40, uom: 'KGM' }],
    bizLocation: { id: 'urn:epc:id:sgln:0614141.00777.0', 'ex:floor': 'b' },
    'ex:rank': 100,
  }),
  event('wrong', {
    epcList: ['urn:epc:id:sscc:4012345.0000000333'],
    errorDeclaration: {
      declarationTime: '2026-11-21T08:00:00Z',
      reason: 'did_not_occur',
      'ex:by': 'foreman',
      'ex:code': { 'ex:nr': 44 },
    },
    'ex:rank': -5,
  }),
]
const masterData = {
  epcisMasterData: {
    vocabularyList: [
      {
        type: 'urn:epcglobal:epcis:vtype:ReadPoint',
        vocabularyElementList: [
          {
            id: gln,
            attributes: [
              { id: 'cbvmda:sst', attribute: '201' },
              { id: 'urn:epcglobal:cbv:mda:city', attribute: 'Shanghai' },
            ],
          },
        ],
      },
      {
        type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
        vocabularyElementList: [
          { id: 'urn:epc:id:sgln:9521321.00000.0', children: ['urn:epc:id:sgln:9521321.00001.0'] },
          { id: 'urn:epc:id:sgln:9521321.00001.0', children: ['urn:epc:id:sgln:0614141.00777.0'] },
        ],
      },
    ],
  },
}
const document = (eventList: readonly JsonObject[], header?: object) => ({
  '@context': [
    'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    { ex: 'https://ns.example.com/epcis/' },
  ],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-24T00:00:00Z',
  ...(header ? { epcisHeader: header } : {}),
  epcisBody: { eventList },
})

let who: Guest
let stranger: Guest
beforeAll(async () => {
  who = await t.guest(await makeSupplier(t.db), ['lister'])
  stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  const { body, problem } = await t.call('epcis.capture', { body: document(events, masterData) }, who)
  expect(problem.pointers ?? body.errors).toEqual([])
})

type Doc = { epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } } }
const headers = { 'gs1-extensions': 'ex=https://ns.example.com/epcis/' }
const namesIn = (body: unknown) =>
  (body as Doc).epcisBody.queryResults.resultsBody.eventList.map((one) =>
    String(one['eventID']).replace('urn:x:', ''),
  )
const ask = async (query: Record<string, unknown>, guest = who) => {
  const { status, body, problem } = await t.call('epcis.events', { query }, guest, { headers })
  return status === 200 ? namesIn(body) : `${status} ${problem.pointers?.[0]?.pointer}`
}

test.each<[Record<string, unknown>, string[]]>([
  [{ EQ_quantity: '39|40' }, ['heavy']],
  [{ GE_quantity_KGM: 40 }, ['heavy']],
  [{ GE_quantity_LTR: 1 }, []],
  [{ EQ_value_CEL: '3|4' }, ['warm']],
  [{ EQ_value_FAH: 4 }, []],
  [{ GE_percRank: 50, LE_percValue_CEL: 12.5 }, ['warm']],
  [{ GT_percRank: 50 }, []],
  [{ EXISTS_sensorElementList: '' }, ['warm']],
  [{ EXISTS_errorDeclaration: '' }, ['wrong']],
  [{ GE_errorDeclaration_Time: '2026-11-21T08:00:00Z' }, ['wrong']],
  [{ LT_errorDeclarationTime: '2026-11-21T08:00:00Z' }, []],
  [{ 'EQ_ERROR_DECLARATION_ex:by': 'foreman' }, ['wrong']],
  [{ 'GT_INNER_ERROR_DECLARATION_ex:nr': 43 }, ['wrong']],
  [{ 'EXISTS_ERROR_DECLARATION_ex:by': true }, ['wrong']],
  [{ 'EQ_readPoint_ex:door': 3 }, ['warm']],
  [{ 'EQ_INNER_readPoint_ex:side': 'north' }, ['warm']],
  [{ 'EQ_bizLocation_ex:floor': 'b' }, ['heavy']],
  [{ 'EQ_SENSORMETADATA_ex:probe': 'P1' }, ['warm']],
  [{ 'GE_SENSORREPORT_ex:cv': 7 }, ['warm']],
  [{ 'LT_SENSORREPORT_ex:cv': 7 }, []],
  [{ 'EXISTS_SENSORELEMENT_ex:extra': true }, ['warm']],
  [{ 'EQ_INNER_SENSORELEMENT_ex:raw': 'deadbeef' }, ['warm']],
  [{ 'EQ_INNER_SENSORREPORT_ex:raw': 'deadbeef' }, []],
  [{ 'GE_ex:rank': 9 }, ['warm', 'heavy']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:4012345.*.*' }, ['warm']],
  [{ MATCH_anyEPC: 'urn:epc:idpat:*:*.*.*|urn:epc:id:sscc:4012345.0000000333' }, ['400 /query/MATCH_anyEPC']],
  [{ MATCH_anyEPC: 'urn:epc:idpat:sscc:4012345.*|urn:epc:id:sgtin:4012345.011111.9' }, ['warm', 'wrong']],
  [{ MATCH_epcClass: 'urn:epc:idpat:sgtin:*.*.*' }, ['heavy']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:0614141.*.*' }, []],
  [{ HASATTR_readPoint: 'cbvmda:sst' }, ['warm']],
  [{ HASATTR_readPoint: 'urn:epcglobal:cbv:mda#city' }, ['warm']],
  [{ HASATTR_readPoint: 'cbvmda:street' }, []],
  [{ HASATTR_bizLocation: 'cbvmda:sst' }, []],
  [{ 'EQATTR_readPoint_cbvmda:city': 'Sanming|Shanghai' }, ['warm']],
  [{ 'EQ_ATTR_readPoint_cbvmda:city': 'Sanming' }, []],
  [{ WD_bizLocation: 'urn:epc:id:sgln:9521321.00000.0' }, ['heavy']],
  [{ WD_bizLocation: 'urn:epc:id:sgln:9521321.00009.0' }, []],
  [{ orderBy: 'ex:rank', orderDirection: 'ASC' }, ['wrong', 'warm', 'heavy']],
  [{ orderBy: 'ex:rank' }, ['heavy', 'warm', 'wrong']],
])('%j gives %j', async (query, expected) => {
  expect([await ask(query)].flat()).toEqual(expected)
})

test.each<[Record<string, unknown>, string]>([
  [{ EXISTS_errorDeclaration: false }, 'EXISTS_errorDeclaration'],
  [{ 'EXISTS_ILMD_ex:grade': 'A' }, 'EXISTS_ILMD_ex:grade'],
  [{ GE_quantity: '1|2' }, 'GE_quantity'],
  [{ GE_value: 1 }, 'GE_value'],
  [{ HASATTR_parentID: 'cbvmda:sst' }, 'HASATTR_parentID'],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:*.011111.*' }, 'MATCH_epc'],
  [{ orderBy: 'eventTime', nextPageToken: Buffer.from('1..warm').toString('base64url') }, 'nextPageToken'],
])('%j is refused', async (query, name) => {
  expect(await ask(query)).toBe(`400 /query/${name}`)
})

test('events sorted by a member of theirs page through everything once', async () => {
  const got: string[] = []
  let url: string | undefined = '/api/epcis/events?orderBy=ex:rank&orderDirection=ASC&perPage=1'
  for (let page = 0; page < 9 && url; page += 1) {
    const answer: { json: () => unknown; headers: Record<string, unknown> } = await t.app.inject({
      url,
      headers: { cookie: who.cookie, ...headers },
    })
    got.push(...namesIn(answer.json()))
    url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers['link']))?.[1]
  }
  expect(got).toEqual(['wrong', 'warm', 'heavy'])
})

test('a named query brings what its prefixes mean', async () => {
  const query = { '@context': { ex: 'https://ns.example.com/epcis/' }, 'EQ_readPoint_ex:door': 3 }
  const made = await t.call('epcis.nameQuery', { body: { name: 'doors', query } }, who)
  expect([made.status, made.body.query]).toEqual([201, query])
  const { body } = await t.call('epcis.namedEvents', { params: { name: 'doors' } }, who)
  expect(namesIn(body)).toEqual(['warm'])
  const bare = { name: 'bare', query: { 'EQ_readPoint_ex:door': 3 } }
  await t.call('epcis.nameQuery', { body: bare }, who)
  expect(namesIn((await t.call('epcis.namedEvents', { params: { name: 'bare' } }, who)).body)).toEqual([])
})

test('master data is read by whom it was captured for; a later word takes its place', async () => {
  await t.call('epcis.capture', { body: document(events) }, stranger)
  expect(await ask({ HASATTR_readPoint: 'cbvmda:sst' }, stranger)).toEqual([])
  const list = (attribute: string) => ({
    epcisMasterData: {
      vocabularyList: [
        {
          type: 'urn:epcglobal:epcis:vtype:ReadPoint',
          vocabularyElementList: [{ id: gln, attributes: [{ id: 'cbvmda:city', attribute }] }],
        },
      ],
    },
  })
  const city = 'EQATTR_readPoint_cbvmda:city'
  await t.call('epcis.capture', { body: document(events, list('Sanming')) }, stranger)
  expect(await ask({ [city]: 'Sanming' }, stranger)).toEqual(['warm'])
  await t.call('epcis.capture', { body: document(events, list('Shanghai')) }, stranger)
  expect([await ask({ [city]: 'Sanming' }, stranger), await ask({ [city]: 'Shanghai' }, stranger)]).toEqual([
    [],
    ['warm'],
  ])
})

test('the other name of the error behaviour is heard, too', async () => {
  const mixed = document([event('odd', { action: 'LOOK' }), event('even', { epcList: ['urn:x:1'] })])
  const proceed = { 'gs1-epcis-capture-error-behaviour': 'proceed' }
  const { status, body } = await t.call('epcis.capture', { body: mixed }, who, { headers: proceed })
  expect([status, body.captureErrorBehaviour, body.errors[0]?.pointer]).toEqual([
    202,
    'proceed',
    '/epcisBody/eventList/0/action',
  ])
  const wrong = { 'gs1-epcis-capture-error-behaviour': 'perhaps' }
  expect((await t.call('epcis.capture', { body: mixed }, who, { headers: wrong })).status).toBe(406)
})

test.each([
  ['urn:epc:idpat:sscc:4012345.*', 'https://id.gs1.org/00/340123450000003332', true],
  ['urn:epc:idpat:sgln:4012345.*.*', 'https://id.gs1.org/414/4012345000115/254/dock1', true],
  ['urn:epc:idpat:giai:4012345.*', 'https://id.gs1.org/8004/4012345111', true],
  ['urn:epc:idpat:grai:4012345.*.*', 'https://id.gs1.org/8003/04012345111112777', true],
  ['urn:epc:idpat:sgtin:4012345.*.*', 'https://id.gs1.org/01/04099999111118', false],
])('%s stands for %s: %s', (pattern, link, is) => {
  expect(new RegExp(`^${patternShape(pattern)}$`).test(link)).toBe(is)
})
