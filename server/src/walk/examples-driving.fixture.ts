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
