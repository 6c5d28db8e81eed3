import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cbvWords } from './cbv-words.ts'
import { canonicalLink } from './digital-link.ts'
import { unpack } from './epcis-document.ts'
import { eventHash } from './event-hash.ts'
import { plainNumber, utcMillis } from './hash-values.ts'
import { isObject, type JsonObject, listOf } from './json-tree.ts'

const files = globSync('fixtures/examples-gs1/**/*.jsonld', { cwd: import.meta.dirname }).toSorted()
const all = files.flatMap((file) => {
  const { events, contexts } = unpack(
    JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as JsonObject,
  )
  return events.map(({ event }) => ({ event, contexts }))
})

/** Members and list items in another order, on every level. */
function shuffled(value: unknown, seed: () => number): unknown {
  const mix = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => [seed(), item] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, item]) => item)
  if (Array.isArray(value)) return mix(value.map((one) => shuffled(one, seed)))
  if (!isObject(value)) return value
  return Object.fromEntries(mix(Object.entries(value)).map(([key, one]) => [key, shuffled(one, seed)]))
}

test('the order of members and list items changes no hash', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.infiniteStream(fc.nat()), ({ event, contexts }, stream) => {
      const next = () => stream.next().value as number
      const other = shuffled(event, next) as JsonObject
      expect(eventHash(other, contexts)).toBe(eventHash(event, contexts))
    }),
    { numRuns: 200 },
  )
})

test('other ways of writing the same words, times and ids change no hash', () => {
  const urns = { bizStep: 'urn:epcglobal:cbv:bizstep:', disposition: 'urn:epcglobal:cbv:disp:' }
  for (const { event, contexts } of all) {
    const same = eventHash(event, contexts)
    for (const [key, urn] of Object.entries(urns)) {
      const word = event[key]
      const iri = typeof word === 'string' ? cbvWords[key]?.get(word) : undefined
      if (typeof word !== 'string' || !iri) continue
      const curie = iri.replace('https://ref.gs1.org/cbv/', 'cbv:')
      for (const way of [urn + word, iri, curie])
        expect(eventHash({ ...event, [key]: way }, contexts)).toBe(same)
    }
    const at = new Date(String(event['eventTime']))
    expect(eventHash({ ...event, eventTime: at.toISOString() }, contexts)).toBe(same)
    const links = listOf(event['epcList']).map((epc) => canonicalLink(String(epc)) ?? epc)
    if (links.length > 0) expect(eventHash({ ...event, epcList: links }, contexts)).toBe(same)
    const left = {
      recordTime: '2030-01-01T00:00:00Z',
      eventID: 'urn:x:other',
      certificationInfo: 'https://x.example',
    }
    expect(eventHash({ ...event, ...left }, contexts)).toBe(same)
  }
})

test('any other value changes the hash', () => {
  const seen = new Set<string>()
  for (const { event, contexts } of all) {
    const before = eventHash(event, contexts)
    const changes: JsonObject[] = [
      { ...event, eventTime: '1999-01-01T00:00:00.000Z' },
      { ...event, eventTimeZoneOffset: '-11:00' },
      { ...event, 'ext:new': 'value' },
      ...Object.keys(event)
        .filter(
          (key) =>
            !/^(type|eventID|recordTime|errorDeclaration|certificationInfo|@context|rdfs:comment)$/.test(key),
        )
        .map((key) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== key))),
    ]
    for (const change of changes) {
      // An empty list says nothing, so leaving it out changes nothing.
      const lost = Object.keys(event).find((key) => !(key in change))
      if (lost !== undefined && listOf(event[lost]).length === 0) continue
      expect([lost, eventHash(change, contexts)]).not.toEqual([lost, before])
    }
    seen.add(before)
  }
  expect(seen.size).toBeGreaterThan(40)
})

test.each([
  ['1.0', '1'],
  ['0.3434000', '0.3434'],
  ['+7', '7'],
  ['007', '7'],
  ['-0.50', '-0.5'],
  ['-0', '0'],
  ['1e3', '1000'],
  ['12e-4', '0.0012'],
  ['.5', '0.5'],
  ['98765432109876543210.10', '98765432109876543210.1'],
  ['1e99999', '1e99999'],
  ['+08:00', '+08:00'],
  ['12 kg', '12 kg'],
  ['', ''],
])('the number %s is written %s', (given, expected) => {
  expect(plainNumber(given)).toBe(expected)
})

test.each([
  ['2023-01-18T11:04:03.1415Z', '2023-01-18T11:04:03.142Z'],
  ['2023-01-18T11:04:03.1414Z', '2023-01-18T11:04:03.141Z'],
  ['2023-01-18T23:59:59.9996+01:00', '2023-01-18T23:00:00.000Z'],
  ['2005-04-03T20:33:31-06:00', '2005-04-04T02:33:31.000Z'],
  ['2005-04-03', '2005-04-03'],
])('the instant %s is written %s', (given, expected) => {
  expect(utcMillis(given)).toBe(expected)
})

test.each([
  ['urn:epc:id:sgtin:4012345.098765.12345', '/01/04012345987652/21/12345'],
  ['urn:epc:class:lgtin:4012345.012345.998877', '/01/04012345123456/10/998877'],
  ['urn:epc:id:sscc:4012345.0000000333', '/00/040123450000003338'],
  ['urn:epc:id:sgln:0614141.07346.1234', '/414/0614141073467/254/1234'],
  ['urn:epc:id:sgln:4012345.00005.0', '/414/4012345000054'],
  ['urn:epc:id:grai:4012345.55555.987', '/8003/04012345555554987'],
  ['urn:epc:id:giai:4000001.111', '/8004/4000001111'],
  ['urn:epc:id:gdti:4012345.11111.123', '/253/4012345111118123'],
  ['urn:epc:id:pgln:4012345.00000', '/417/4012345000009'],
  ['urn:epc:id:sgcn:4012345.67890.1234', '/255/40123456789011234'],
  ['urn:epc:id:cpi:0614141.11111A.1234', '/8010/061414111111A/8011/1234'],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', '/401/0614141xyz47%2F11'],
  ['urn:epc:id:upui:1234567.089456.51qIgY)', '/01/01234567894560/235/51qIgY%29'],
  ['urn:epc:idpat:sgtin:4012345.012345.*', '/01/04012345123456'],
  ['https://example.org/a/01/4012345123456/22/2A/10/998877?17=261231', '/01/04012345123456/10/998877'],
  ['https://example.org/gtin/4012345123456/lot/A/ser/7', '/01/04012345123456/21/7'],
  ['https://id.gs1.org/8004/401234599999', '/8004/401234599999'],
])('%s is %s', (given, path) => {
  expect(canonicalLink(given)).toBe(`https://id.gs1.org${path}`)
})

test.each([
  'urn:epc:id:sgtin:4012345.98765.12345',
  'urn:epc:id:sscc:4012345.33',
  'urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8',
  'https://example.org/po/01/12',
  'https://www.ncbi.nlm.nih.gov/taxonomy/1126011',
  'not a uri',
])('%s is no GS1 key and stays as it is', (given) => {
  expect(canonicalLink(given)).toBeNull()
})
