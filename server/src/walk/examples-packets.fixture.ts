import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })

export const packetExamples = {
  'packets.deliveryNote': { touches: 'rows', input: ({ roads }) => byId(roads.delivered) },
  'packets.packet': { touches: 'rows', input: ({ roads }) => byId(roads.delivered) },
  'packets.runNotes': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'packets.lotLabels': {
    touches: 'rows',
    input: ({ lots }) => ({ ...byId(lots.received.id), query: { count: 2 } }),
  },
} satisfies Partial<Examples>
