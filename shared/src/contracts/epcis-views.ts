import { z } from 'zod'
import { contract } from '../contract.ts'
import { instantField, textField } from '../fields.ts'

/** Collections of EPCIS 2.0 whose members are asked for by what stands in events. */
export const epcisCollections = [
  'eventTypes',
  'epcs',
  'bizSteps',
  'bizLocations',
  'readPoints',
  'dispositions',
] as const
export type EpcisCollection = (typeof epcisCollections)[number]

/** Named queries of one organisation. */
export const namedQueriesMax = 200

const document = z.record(z.string(), z.unknown())
const query = z.looseObject({})
/** One of `epcisCollections`; another is no resource, not a wrong input. */
const collection = z.object({ collection: textField(40, 1) })
const member = collection.extend({ value: textField(2000, 1) })
const queryValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const prefixes = z.record(z.string().max(100), z.string().max(2000))
const queryPart = z.union([queryValue, prefixes])
/**
 * SimpleEventQuery parameters as JSON: a value, or several of which one must hold. `@context` says what the prefixes
 * of extension members mean.
 */
const queryBody = z
  .record(z.string().min(1).max(300), z.union([queryPart, z.array(queryPart).min(1).max(200)]))
  .refine((body) => Object.keys(body).length <= 60, { message: 'too_many' })
  .refine(
    (body) =>
      Object.entries(body)
        .filter(([name]) => name !== '@context')
        .map(([, value]) => value)
        .flat()
        .every((one) => typeof one !== 'object' || one === null),
    { message: 'no_value' },
  )
const queryName = z.string().regex(/^[\w.~-]{1,100}$/)
const byName = z.object({ name: queryName })
const members = z.object({
  '@context': z.string(),
  type: z.literal('Collection'),
  member: z.array(z.string()),
})
const namedQuery = z.object({ name: queryName, query: document, createdAt: instantField })

export const epcisViewContracts = {
  'epcis.collection': contract({
    method: 'GET',
    path: '/api/epcis/:collection',
    access: 'epcis.read',
    summary: 'Values of one kind that stand in events one may read: types, steps, places, dispositions, EPCs',
    params: collection,
    query,
    reply: members,
    problems: ['epcis_query_bad', 'epcis_not_acceptable'],
  }),
  'epcis.member': contract({
    method: 'GET',
    path: '/api/epcis/:collection/:value',
    access: 'epcis.read',
    summary: 'What there is of one value of a collection: its events',
    params: member,
    reply: members,
    problems: ['epcis_not_acceptable'],
  }),
  'epcis.memberEvents': contract({
    method: 'GET',
    path: '/api/epcis/:collection/:value/events',
    access: 'epcis.read',
    summary: 'Events in which a value of a collection stands, narrowed by SimpleEventQuery parameters',
    params: member,
    query,
    reply: document,
    problems: ['epcis_query_bad', 'epcis_query_large', 'epcis_not_acceptable'],
  }),
  'epcis.queries': contract({
    method: 'GET',
    path: '/api/epcis/queries',
    access: 'epcis.read',
    summary: 'Named queries of one’s organisation',
    query,
    reply: z.array(namedQuery),
    problems: ['epcis_query_bad', 'epcis_not_acceptable'],
  }),
  'epcis.nameQuery': contract({
    method: 'POST',
    path: '/api/epcis/queries',
    access: 'epcis.read',
    summary: 'Give a query a name, to poll its events under it: 201 and its address',
    body: z.object({ name: queryName, query: queryBody }),
    reply: namedQuery,
    problems: ['epcis_query_bad', 'epcis_exists', 'epcis_limit', 'epcis_not_acceptable'],
  }),
  'epcis.namedQuery': contract({
    method: 'GET',
    path: '/api/epcis/queries/:name',
    access: 'epcis.read',
    summary: 'One named query',
    params: byName,
    reply: namedQuery,
    problems: ['epcis_not_acceptable'],
  }),
  'epcis.namedEvents': contract({
    method: 'GET',
    path: '/api/epcis/queries/:name/events',
    access: 'epcis.read',
    summary: 'Events of a named query now; GE_recordTime polls for what was recorded since',
    params: byName,
    query,
    reply: document,
    problems: ['epcis_query_bad', 'epcis_query_large', 'epcis_not_acceptable'],
  }),
  'epcis.dropQuery': contract({
    method: 'DELETE',
    path: '/api/epcis/queries/:name',
    access: 'epcis.read',
    summary: 'End a named query; a repeat finds none: 404',
    params: byName,
    reply: z.null(),
  }),
} as const
