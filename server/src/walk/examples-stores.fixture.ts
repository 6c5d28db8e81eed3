import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const anyPack = 'a hub may ask for any pack'
const anyHub = 'a hub may ask any other hub for goods'

export const storesExamples = {
  'stock.stopLot': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.toStop.id), body: { reason: '异味' } }),
  },
  'storing.listBins': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.writeBin': {
    touches: 'rows',
    input: ({ hub, stores: { bins } }) => ({
      ...byId(bins.spare.id),
      body: {
        hubId: hub.id,
        code: bins.spare.code,
        zone: 'ambient' as const,
        kind: 'reserve' as const,
        sequence: 9,
      },
    }),
  },
  'storing.closeBin': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.bins.spare.id), body: { closed: true } }),
  },
  'storing.listStock': {
    touches: 'rows',
    input: ({ hub, stores }) => ({ query: { hubId: hub.id, lotId: stores.move.body.lotId } }),
  },
  'storing.listMovements': {
    touches: 'rows',
    input: ({ hub, stores }) => ({ query: { hubId: hub.id, lotId: stores.move.body.lotId } }),
  },
  'storing.scan': {
    touches: 'rows',
    input: ({ hub, stores }) => ({ params: { hubId: hub.id }, query: { code: stores.near.code } }),
  },
  'storing.move': {
    touches: 'rows',
    input: ({ stores: { move } }) => ({ ...byId(move.id), body: move.body }),
  },
  'storing.listReplenishments': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.quarantine': {
    touches: 'rows',
    input: ({ stores: { quarantine } }) => ({ ...byId(quarantine.id), body: quarantine.body }),
  },
  'storing.listQuarantines': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.testQuarantine': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.toTest.id), body: { note: '送检' } }),
  },
  'storing.decideQuarantine': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.toRelease.id), body: { release: true, reason: '复检合格' } }),
  },
  'storing.setApart': {
    touches: 'rows',
    input: ({ stores: { setApart } }) => ({ ...byId(setApart.setApart), body: setApart.body }),
  },
  'storing.takeBack': {
    touches: 'rows',
    input: ({ hub, stores }) => ({
      ...byId(stores.returned.id),
      body: { hubId: hub.id, lotId: stores.returned.lotId, quantity: 100, reason: '门店退回' },
    }),
  },
  'storing.listReturns': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.writeDisposal': {
    touches: 'rows',
    input: ({ stores: { disposal } }) => ({ ...byId(disposal.id), body: disposal.body }),
  },
  'storing.witnessDisposal': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.toWitness.id), body: {} }),
  },
  'storing.cancelDisposal': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.toCancel.id), body: { reason: '尚未处理' } }),
  },
  'storing.listDisposals': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.listNearExpiry': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.actOnNearExpiry': {
    touches: 'rows',
    input: ({ stores }) => ({
      ...byId(stores.near.id),
      body: { action: 'markdown' as const, markdownBp: 3000, note: '' },
    }),
  },
  'storing.askTransfer': {
    touches: 'rows',
    free: { 'body.fromHubId': anyHub, 'body.lines.0.skuId': anyPack },
    input: ({ stores: { transfers } }) => ({ ...byId(transfers.asked.id), body: transfers.asked.body }),
  },
  'storing.listTransfers': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.readTransfer': { touches: 'rows', input: ({ stores }) => byId(stores.transfers.asked.id) },
  'storing.cancelTransfer': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.transfers.toCancel.id), body: { reason: '不需要了' } }),
  },
  'storing.shipTransfer': {
    touches: 'rows',
    free: { 'body.lots.0.id': 'the sender makes the id' },
    input: ({ stores: { transfers, shipBody } }) => ({
      ...byId(transfers.toShip.id),
      body: shipBody(transfers.toShip.load),
    }),
  },
  'storing.receiveTransfer': {
    touches: 'rows',
    input: ({ stores: { transfers } }) => ({
      ...byId(transfers.shipped.id),
      body: { sealOk: true, lots: [{ id: transfers.shipped.load.id, received: 50_000 }] },
    }),
  },
  'storing.openCounts': {
    touches: 'rows',
    input: ({ hub, stores }) => ({ body: { hubId: hub.id, counts: [stores.newCount] } }),
  },
  'storing.listCounts': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'storing.readCount': { touches: 'rows', input: ({ stores }) => byId(stores.counts.open) },
  'storing.submitCount': {
    touches: 'rows',
    input: ({ stores }) => ({
      ...byId(stores.counts.open),
      body: { startedAt: new Date().toISOString(), lines: [{ lotId: stores.near.id, quantity: 100 }] },
    }),
  },
  'storing.decideCount': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.counts.toDecide), body: { approve: true, reason: '确认短少' } }),
  },
  'storing.cancelCount': {
    touches: 'rows',
    input: ({ stores }) => ({ ...byId(stores.counts.toCancel), body: { reason: '不盘了' } }),
  },
} satisfies Partial<Examples>
