import type { Examples } from './example.fixture.ts'
import { today } from './goods.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const ownId = 'whoever acts makes the id'

export const floorExamples = {
  'picking.readTote': {
    touches: 'rows',
    input: ({ orders }) => ({ params: { code: orders.tasks.toPick.toteCode } }),
  },
  'picking.takeTote': {
    touches: 'rows',
    free: { 'body.id': ownId },
    input: ({ floor }) => ({ params: { code: floor.totes.open }, body: { id: floor.takeId } }),
  },
  'picking.passTote': {
    touches: 'rows',
    free: { 'body.id': ownId },
    input: ({ orders, floor }) => ({
      params: { code: orders.tasks.toPick.toteCode },
      body: { id: floor.passId, place: '二号交接点' },
    }),
  },
  'picking.checkTote': {
    touches: 'rows',
    free: { 'body.id': ownId },
    input: ({ floor }) => ({
      params: { code: floor.totes.picked },
      body: { id: floor.checkId, grossGrams: 12_700 },
    }),
  },
  'picking.listBatches': { touches: 'rows', input: ({ floor }) => byId(floor.put) },
  'picking.fetchBatch': {
    touches: 'rows',
    input: ({ floor: { open } }) => ({
      ...byId(open.id),
      body: { lot: open.lotCode, quantity: open.quantity },
    }),
  },
  'picking.putBack': { touches: 'rows', input: ({ floor }) => ({ ...byId(floor.done.id), body: {} }) },
  'picking.chooseMethod': {
    touches: 'rows',
    free: { 'params.choiceId': ownId },
    input: ({ floor }) => ({
      params: { id: floor.toPart, choiceId: floor.choiceId },
      body: { method: 'by_order', reason: '示例' },
    }),
  },
  'picking.splitWave': {
    touches: 'rows',
    free: { 'body.id': ownId },
    input: ({ floor }) => ({ ...byId(floor.toPart), body: { id: floor.newWaveId, districts: ['310151'] } }),
  },
  'picking.hubRules': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'picking.writeHubRules': {
    touches: 'rows',
    input: ({ hub }) => ({
      params: { hubId: hub.id },
      body: {
        shortageRule: 'contract_first',
        classOrder: ['canteen_university', '*'],
        ssccPrefix: '69300001',
        checkRule: 'none',
        checkToleranceBp: 300,
        toteKinds: [{ kind: 'crate', grams: 25_000, millilitres: 60_000, tareGrams: 2200 }],
        version: 0,
      },
    }),
  },
  'picking.writePickRule': {
    touches: 'rows',
    free: { 'params.id': ownId },
    input: ({ hub, floor }) => ({
      params: { hubId: hub.id, id: floor.ruleId },
      body: {
        sequence: 10,
        method: 'put_to_store',
        zone: null,
        category: null,
        buyerClass: null,
        catchWeight: null,
        atDock: null,
        minSites: 30,
        maxPacks: 120,
        note: '示例',
        validFrom: today,
        validTo: '2099-12-31',
      },
    }),
  },
} satisfies Partial<Examples>
