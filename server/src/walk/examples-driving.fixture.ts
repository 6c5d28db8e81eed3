import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const anyWords = 'the correction is new: its id is free'

export const drivingExamples = {
  'delivery.checkTrip': {
    touches: 'rows',
    input: ({ roads }) => ({
      ...byId(roads.toCheck),
      body: { answers: [{ code: 'brakes', ok: true }] },
    }),
  },
  'delivery.correct': {
    touches: 'rows',
    free: { 'params.correctionId': anyWords },
    input: ({ roads }) => ({
      params: { id: roads.closedStop, correctionId: roads.correctionId },
      body: { text: '示例：收货人姓名写错' },
    }),
  },
  'delivery.readProof': { touches: 'rows', input: ({ roads }) => byId(roads.closedStop) },
  'files.readProof': {
    touches: 'rows',
    input: ({ roads }) => ({ params: { id: roads.closedStop, fileId: roads.signatureFileId } }),
  },
  'delivery.disinfect': {
    touches: 'rows',
    free: { 'params.id': 'whoever acts makes the id', 'body.photoFileId': 'a picture of the actor’s own' },
    input: ({ roads }) => ({
      params: { id: newId() },
      body: { vehicleId: roads.vehicleId, means: 'chlorine', photoFileId: roads.signatureFileId },
    }),
  },
  'doorRules.list': { touches: 'everyone', input: () => ({}) },
  'doorRules.write': {
    touches: 'everyone',
    input: () => ({
      params: { id: newId() },
      body: {
        buyerClass: 'wholesale',
        proofs: ['photo'],
        tripCheck: false,
        preCoolPhoto: false,
        unloadScan: false,
        zoneReadings: false,
        refusePhoto: false,
        keyDropSet: false,
        waitMinutes: 5,
        waitReasons: [],
        weighToleranceBp: 0,
        washDays: 7,
        validFrom: '2098-01-01',
        validTo: '2098-12-31',
        source: '示例',
      },
    }),
  },
  'delivery.receiverPin': { touches: 'rows', input: ({ roads }) => byId(roads.pinned) },
  'driverLinks.make': {
    touches: 'rows',
    free: { 'params.id': 'a new link has a free id' },
    input: ({ roads }) => ({ params: { id: newId() }, body: { runId: roads.toLoad.run.id } }),
  },
  'driverLinks.send': { touches: 'rows', input: ({ roads }) => byId(roads.link) },
  'driverLinks.list': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'driverLinks.revoke': { touches: 'rows', input: ({ roads }) => byId(roads.linkToEnd) },
  'driverLinks.askCode': {
    touches: 'everyone',
    input: ({ roads }) => ({ body: { token: roads.tokenToAsk } }),
  },
  'driverLinks.open': {
    touches: 'everyone',
    input: ({ roads }) => ({ body: roads.openLink }),
  },
} satisfies Partial<Examples>
