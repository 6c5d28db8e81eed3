import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'
import { linkToken } from './live.fixture.ts'

export const liveExamples = {
  'live.board': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'live.readTolerances': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'live.writeTolerance': {
    touches: 'rows',
    free: { 'params.id': 'an id of one’s own making' },
    input: ({ hub }) => ({
      params: { id: newId() },
      body: {
        hubId: hub.id,
        buyerClass: null,
        minutes: 20,
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        source: '示例',
      },
    }),
  },
  'live.relay': {
    touches: 'rows',
    free: { 'params.id': 'a new thing, whatever its id' },
    input: ({ roads, live }) => ({
      params: { id: live.relayId },
      body: { fromRunId: roads.toRelay, vehicleId: live.vehicleId, reason: '示例：爆胎' },
    }),
  },
  'live.decideDoor': {
    touches: 'rows',
    free: { 'params.id': 'a new thing, whatever its id' },
    input: ({ roads }) => ({
      params: { id: roads.toDecide.id },
      body: { stopId: roads.toDecide.stopId, choice: 'back' as const, note: '示例' },
    }),
  },
  'live.arrival': { touches: 'rows', input: ({ roads }) => ({ params: { id: roads.delivered } }) },
  'live.makeLink': {
    touches: 'rows',
    free: { 'params.id': 'a new thing, whatever its id' },
    input: ({ orders }) => ({
      params: { id: newId() },
      body: { orderId: orders.open.id, token: linkToken() },
    }),
  },
  'live.endLink': { touches: 'rows', input: ({ live }) => ({ params: { id: live.toEnd } }) },
  'live.track': { touches: 'everyone', input: ({ live }) => ({ params: { token: live.token } }) },
} satisfies Partial<Examples>
