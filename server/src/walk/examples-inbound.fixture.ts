import type { Examples } from './example.fixture.ts'
import { inDays } from './goods.fixture.ts'

/** A hub's people read call-offs and loads that come to them, not what suppliers mean to harvest. */
const hubPeople = ['receiver', 'picker', 'dispatcher', 'lead'] as const
const anyHub = 'a supplier may send its goods to any hub'

const cutOff = (hubId: string) => ({
  hubId,
  buyerClass: 'snack_shop' as const,
  daysBefore: 1,
  minutes: 1200,
  minimumFen: 0,
  validFrom: inDays(25),
  validTo: '2099-12-31',
})

export const inboundExamples = {
  'forecasts.read': {
    touches: 'rows',
    blind: hubPeople,
    free: { 'query.hubId': anyHub },
    input: ({ orgs, hub }) => ({ query: { orgId: orgs.coop.id, hubId: hub.id } }),
  },
  'forecasts.write': { touches: 'rows', input: ({ inbound }) => ({ body: inbound.forecast }) },
  'forecasts.listConfidence': {
    touches: 'rows',
    blind: hubPeople,
    input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }),
  },
  'forecasts.readConfidence': {
    touches: 'rows',
    blind: hubPeople,
    input: ({ inbound }) => ({ params: { skuId: inbound.sku.id } }),
  },
  'forecasts.overrideConfidence': {
    touches: 'rows',
    input: ({ inbound }) => ({
      params: { skuId: inbound.sku.id },
      body: { bp: 6000, reason: '示例', until: inDays(9) },
    }),
  },
  'timeline.read': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'timeline.check': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'timeline.writeStep': {
    touches: 'rows',
    input: ({ hub, inbound }) => ({
      params: { id: inbound.sku.id },
      body: { hubId: hub.id, step: 'answer', minutes: 0, validFrom: '2024-01-01', validTo: '2024-01-02' },
    }),
  },
  'timeline.writeCutOff': {
    touches: 'rows',
    input: ({ hub, inbound }) => ({ params: { id: inbound.sku.id }, body: cutOff(hub.id) }),
  },
  'timeline.listMakingLeads': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'timeline.writeMakingLead': {
    touches: 'rows',
    input: ({ inbound }) => ({ params: { skuId: inbound.sku.id }, body: { makingHours: 0 } }),
  },
  'offers.list': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'offers.make': { touches: 'rows', input: ({ inbound }) => inbound.made },
  'offers.decide': {
    touches: 'rows',
    input: ({ inbound }) => ({ params: inbound.toDecide.params, body: { accept: false, note: '示例' } }),
  },
  'offers.withdraw': { touches: 'rows', input: ({ inbound }) => ({ params: inbound.toWithdraw.params }) },
  'legs.read': { touches: 'rows', input: ({ inbound }) => ({ params: { id: inbound.load } }) },
  'legs.write': {
    touches: 'rows',
    input: ({ inbound }) => ({ params: { id: inbound.load }, body: inbound.way }),
  },
  'legs.handOver': { touches: 'rows', input: ({ inbound }) => inbound.handover },
  'docks.slots': {
    touches: 'everyone',
    input: ({ hub }) => ({ params: { hubId: hub.id }, query: { day: inDays(2) } }),
  },
  'docks.request': { touches: 'rows', input: ({ inbound }) => inbound.appointment },
  'docks.cancel': { touches: 'rows', input: ({ inbound }) => ({ params: inbound.toCancel.params }) },
} satisfies Partial<Examples>
