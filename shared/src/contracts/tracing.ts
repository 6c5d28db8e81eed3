import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, serviceDayField, textField } from '../fields.ts'
import { BASE_UNITS } from '../units.ts'
import { lotStages } from './stock.ts'

/** Limits of the capture door, announced in its headers. */
export const captureEventsMax = 1000
export const captureBytesMax = 2 * 1024 * 1024

const captureJob = z.object({
  captureID: idField,
  createdAt: instantField,
  finishedAt: instantField,
  running: z.boolean(),
  success: z.boolean(),
  captureErrorBehaviour: z.enum(['rollback', 'proceed']),
  errors: z.array(z.object({ type: z.string(), title: z.string(), pointer: z.string() })),
})

/** A JSON document of EPCIS, checked against its own schema in the verb. */
const epcisDocument = z.record(z.string(), z.unknown())
/** EPCIS reads its own parameters: SimpleEventQuery has names with types, units and fields in them. */
const epcisQuery = z.looseObject({})
const eventId = z.object({ id: textField(2000, 1) })

/** A lot as the trace shows it. Quantities in base units. */
export const traceLot = z.object({
  id: idField,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  supplier: z.string(),
  orgId: idField,
  stage: z.enum(lotStages),
  quantity: z.int(),
  baseUnit: z.enum(BASE_UNITS),
  madeOn: serviceDayField.nullable(),
  useByDay: serviceDayField,
  certificate: z.string(),
  /** Steps from the lot asked for; negative towards its origin. */
  depth: z.int(),
})
export const traceStep = z.object({
  fromId: idField,
  toId: idField,
  kind: z.enum(['made_of', 'moved']),
  quantity: z.int(),
  toQuantity: z.int(),
})
/** What went into an order of a lot. */
export const traceOrder = z.object({
  orderId: idField,
  number: z.string(),
  lotId: idField,
  buyer: z.string(),
  site: z.string(),
  day: serviceDayField,
  status: z.string(),
  picked: z.int(),
  delivered: z.int(),
})
const traceReply = z.object({
  lots: z.array(traceLot),
  steps: z.array(traceStep),
  orders: z.array(traceOrder),
  /** All orders reached; `orders` shows the first of them. */
  orderCount: z.int(),
  siteCount: z.int(),
  /** Base units that reached buyers, over all lots reached, by lot. */
  delivered: z.array(z.object({ lotId: idField, picked: z.int(), delivered: z.int() })),
})

/** What anybody may know of a lot: nothing of people, buyers, prices or quantities. */
export const publicLot = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  picture: z.string(),
  category: z.string(),
  countyCode: z.string(),
  place: z.string(),
  producer: z.string(),
  gtin: z.string().nullable(),
  state: z.enum(['normal', 'recalled', 'held', 'expired', 'destroyed']),
  madeOn: serviceDayField.nullable(),
  useByDay: serviceDayField,
  storage: z.string(),
  allergens: z.array(z.string()),
  papers: z.array(
    z.object({ kind: z.string(), number: z.string(), day: serviceDayField.nullable(), result: z.string() }),
  ),
  /** Days the goods came into and first left the city warehouse. */
  inDay: serviceDayField.nullable(),
  outDay: serviceDayField.nullable(),
  hub: z.string(),
  /** Tenths of °C, as measured at hand-overs of this lot. */
  temperature: z.object({ lowest: z.int(), highest: z.int(), readings: z.int() }).nullable(),
  /** What it was made of, one step back. */
  madeOf: z.array(
    z.object({ name: z.string(), nameEn: z.string(), countyCode: z.string(), code: z.string() }),
  ),
  isSample: z.boolean(),
})

export const tracingContracts = {
  'epcis.events': contract({
    method: 'GET',
    path: '/api/epcis/events',
    access: 'epcis.read',
    summary: 'EPCIS 2.0 SimpleEventQuery: events one may read, as an EPCISQueryDocument',
    query: epcisQuery,
    reply: epcisDocument,
    problems: ['epcis_query_bad', 'epcis_query_large', 'epcis_not_acceptable'],
  }),
  'epcis.event': contract({
    method: 'GET',
    path: '/api/epcis/events/:id',
    access: 'epcis.read',
    summary: 'One EPCIS event with its error declarations, as an EPCISQueryDocument',
    params: eventId,
    reply: epcisDocument,
    problems: ['epcis_not_acceptable'],
  }),
  'epcis.capture': contract({
    method: 'POST',
    path: '/api/epcis/capture',
    access: 'epcis.capture',
    summary: 'Capture an EPCISDocument or EPCISQueryDocument: 202 and the address of the job',
    body: z.unknown(),
    bodyBytes: captureBytesMax,
    reply: captureJob,
    problems: ['epcis_invalid', 'epcis_limit', 'epcis_not_acceptable', 'body_too_large', 'unsupported_media'],
  }),
  'epcis.captures': contract({
    method: 'GET',
    path: '/api/epcis/capture',
    access: 'epcis.capture',
    summary: 'Capture jobs of one’s organisation, newest first',
    query: epcisQuery,
    reply: z.array(captureJob),
    problems: ['epcis_query_bad'],
  }),
  'epcis.readCapture': contract({
    method: 'GET',
    path: '/api/epcis/capture/:id',
    access: 'epcis.capture',
    summary: 'One capture job',
    params: z.object({ id: idField }),
    reply: captureJob,
  }),
  'epcis.captureEvent': contract({
    method: 'POST',
    path: '/api/epcis/events',
    access: 'epcis.capture',
    summary: 'Capture one event at once: 201 and its address',
    body: z.unknown(),
    bodyBytes: captureBytesMax,
    reply: epcisDocument,
    problems: [
      'epcis_invalid',
      'epcis_exists',
      'epcis_not_acceptable',
      'body_too_large',
      'unsupported_media',
    ],
  }),
  'tracing.lot': contract({
    method: 'GET',
    path: '/api/trace/lots/:key',
    access: 'trace.read',
    summary: 'A lot by code or id: what it was made of, what was made of it, where it went, with quantities',
    params: z.object({ key: textField(80, 1) }),
    reply: traceReply,
  }),
  'tracing.order': contract({
    method: 'GET',
    path: '/api/trace/orders/:key',
    access: 'trace.read',
    summary: 'An order by number or id: the lots in it and all they were made of, with quantities',
    params: z.object({ key: textField(80, 1) }),
    reply: traceReply,
  }),
  'tracing.publicLot': contract({
    method: 'GET',
    path: '/api/public/lots/:code',
    access: 'public',
    summary: 'What anybody may know of a lot, behind the QR code on it',
    params: z.object({ code: textField(80, 1) }),
    query: z.object({
      gtin: z
        .string()
        .regex(/^\d{8,14}$/)
        .optional(),
    }),
    reply: publicLot,
  }),
} as const
