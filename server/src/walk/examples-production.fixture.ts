import type { Examples } from './example.fixture.ts'
import { today } from './goods.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const reason = { reason: '示例' }

export const productionExamples = {
  'production.listMaterials': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'production.writeMaterial': {
    touches: 'rows',
    input: ({ makers: { material } }) => ({ ...byId(material.id), body: material.body }),
  },
  'production.listRecipes': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'production.readRecipe': { touches: 'rows', input: ({ makers }) => byId(makers.recipe.id) },
  'production.writeRecipe': {
    touches: 'rows',
    input: ({ makers: { recipe } }) => ({ ...byId(recipe.id), body: recipe.body }),
  },
  'production.retireRecipe': {
    touches: 'rows',
    input: ({ makers }) => ({ ...byId(makers.retired), body: reason }),
  },
  'production.readLabel': {
    touches: 'rows',
    input: ({ makers }) => ({ params: { skuId: makers.label.skuId } }),
  },
  'production.writeLabel': {
    touches: 'rows',
    input: ({ makers: { label } }) => ({ params: { skuId: label.skuId }, body: label.body }),
  },
  'production.demand': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'production.listBatches': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'production.readBatch': { touches: 'rows', input: ({ makers }) => byId(makers.batches.toFinish) },
  'production.planBatch': {
    touches: 'rows',
    free: { 'body.hubId': 'goods may be made for any hub' },
    input: ({ makers: { batches } }) => ({ ...byId(batches.toPlan.id), body: batches.toPlan.body }),
  },
  'production.startBatch': {
    touches: 'rows',
    input: ({ makers }) => ({ ...byId(makers.batches.toStart), body: {} }),
  },
  'production.takeInput': {
    touches: 'rows',
    free: { 'params.inputId': 'the id of a new record' },
    input: ({ makers: { batches, lot } }) => ({ params: batches.toTake, body: { lot, quantity: 10 } }),
  },
  'production.readStep': {
    touches: 'rows',
    free: { 'params.readingId': 'the id of a new record' },
    input: ({ makers }) => ({ params: makers.batches.toRead, body: { seq: 1 } }),
  },
  'production.finishBatch': {
    touches: 'rows',
    input: ({ makers }) => ({
      ...byId(makers.batches.toFinish),
      body: { quantity: 1000, madeOn: today },
    }),
  },
  'production.inspectBatch': {
    touches: 'rows',
    free: { 'params.inspectionId': 'the id of a new record' },
    input: ({ makers }) => ({
      params: makers.batches.toInspect,
      body: { items: [{ item: '感官', value: '正常', passed: true }], inspectedOn: today },
    }),
  },
  'production.cancelBatch': {
    touches: 'rows',
    input: ({ makers }) => ({ ...byId(makers.batches.toCancel), body: reason }),
  },
  'production.listReceipts': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'production.listStores': { touches: 'everyone', input: () => ({}) },
  'production.sendMaterial': {
    touches: 'rows',
    free: { 'body.toOrgId': 'goods may be sent to any maker' },
    input: ({ makers: { sent } }) => ({ ...byId(sent.id), body: sent.body }),
  },
  'production.cancelSending': {
    touches: 'rows',
    input: ({ makers }) => ({ ...byId(makers.sent.id), body: reason }),
  },
  'production.receiveMaterial': {
    touches: 'rows',
    input: ({ makers: { receipt } }) => ({ ...byId(receipt.id), body: receipt.body }),
  },
  'production.genealogy': { touches: 'rows', input: ({ lots }) => byId(lots.stock[0]?.id as string) },
  'production.productLabels': {
    touches: 'everyone',
    input: ({ lots }) => byId(lots.ambient.productId),
  },
  'production.lotLabel': { touches: 'rows', input: ({ lots }) => byId(lots.stock[0]?.id as string) },
  'production.printLabel': { touches: 'rows', input: ({ lots }) => byId(lots.stock[0]?.id as string) },
} satisfies Partial<Examples>
