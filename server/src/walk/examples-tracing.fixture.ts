import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'
import { documentAbout, eventAbout } from './tracing.fixture.ts'

const buyers = ['purchaser', 'approver', 'acceptor', 'buyer_finance'] as const
const warehouse = ['receiver', 'picker', 'dispatcher', 'lead'] as const
const suppliers = ['lister', 'quality', 'broker'] as const

export const tracingExamples = {
  'epcis.events': { touches: 'own', input: () => ({ query: { perPage: 5 } }) },
  'epcis.event': {
    touches: 'rows',
    // The supplier captured it: it is nobody else's record.
    blind: [...buyers, ...warehouse],
    input: ({ traced }) => ({ params: { id: traced.eventId } }),
  },
  'epcis.capture': { touches: 'own', input: ({ traced }) => ({ body: documentAbout(traced.lotCode) }) },
  'epcis.captures': { touches: 'own', input: () => ({ query: {} }) },
  'epcis.readCapture': {
    touches: 'rows',
    blind: ['lead'],
    input: ({ traced }) => ({ params: { id: traced.captureId } }),
  },
  'epcis.captureEvent': {
    touches: 'own',
    input: ({ traced }) => ({
      body: {
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
        ...eventAbout(traced.lotCode),
      },
    }),
  },
  'epcis.collection': { touches: 'own', input: () => ({ params: { collection: 'bizSteps' }, query: {} }) },
  'epcis.member': {
    touches: 'own',
    input: () => ({ params: { collection: 'eventTypes', value: 'ObjectEvent' } }),
  },
  'epcis.memberEvents': {
    touches: 'own',
    input: () => ({ params: { collection: 'eventTypes', value: 'ObjectEvent' }, query: { perPage: 5 } }),
  },
  'epcis.queries': { touches: 'own', input: () => ({ query: {} }) },
  'epcis.nameQuery': {
    touches: 'own',
    input: () => ({ body: { name: newId(), query: { EQ_bizStep: ['inspecting'] } } }),
  },
  'epcis.namedQuery': { touches: 'own', input: ({ traced }) => ({ params: { name: traced.queryName } }) },
  'epcis.namedEvents': {
    touches: 'own',
    input: ({ traced }) => ({ params: { name: traced.queryName }, query: {} }),
  },
  'epcis.dropQuery': {
    touches: 'own',
    ends: true,
    input: ({ traced }) => ({ params: { name: traced.queryName } }),
  },
  'tracing.lot': {
    touches: 'rows',
    blind: buyers,
    input: ({ lots }) => ({ params: { key: lots.received.id } }),
  },
  'tracing.order': {
    touches: 'rows',
    blind: suppliers,
    input: ({ roads }) => ({ params: { key: roads.delivered } }),
  },
  'tracing.publicLot': {
    touches: 'everyone',
    input: ({ lots }) => ({ params: { code: lots.received.code }, query: {} }),
  },
} satisfies Partial<Examples>
