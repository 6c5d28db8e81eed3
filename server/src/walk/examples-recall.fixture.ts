import type { Role } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'
import type { Side } from './world.fixture.ts'

const byId = (id: string | undefined) => ({ params: { id: id as string } })
const suppliers: readonly Role[] = ['lister', 'quality', 'broker']
const noticeFor = ({ recalls }: Side, role: Role) =>
  suppliers.includes(role) ? recalls.supplierNotice : recalls.buyerNotice

export const recallExamples = {
  'recall.list': { touches: 'everyone', input: () => ({ query: {} }) },
  'recall.read': { touches: 'rows', input: ({ recalls }) => byId(recalls.told) },
  'recall.open': {
    touches: 'rows',
    free: { 'body.lotIds.0': 'food safety recalls the lots of everybody' },
    input: ({ recalls: { draft } }) => ({ ...byId(draft.id), body: { ...draft.body, level: 1, version: 1 } }),
  },
  'recall.stop': { touches: 'rows', input: ({ recalls }) => byId(recalls.toStop) },
  'recall.addLots': {
    touches: 'rows',
    free: { 'body.lotIds.0': 'food safety recalls the lots of everybody' },
    input: ({ recalls: { toWiden } }) => ({
      ...byId(toWiden.id),
      body: { lotIds: [toWiden.lotId], reason: '示例' },
    }),
  },
  'recall.computeScope': { touches: 'rows', input: ({ recalls }) => byId(recalls.toScope) },
  'recall.notify': { touches: 'rows', input: ({ recalls }) => byId(recalls.toNotify) },
  'recall.reportIncident': {
    touches: 'rows',
    input: ({ recalls }) => ({ ...byId(recalls.incident), body: { note: '示例' } }),
  },
  'recall.call': {
    touches: 'rows',
    input: ({ recalls }) => ({ ...byId(recalls.buyerNotice?.id), body: { note: '示例' } }),
  },
  'recall.dispose': {
    touches: 'rows',
    input: ({ recalls }) => ({ ...byId(recalls.toDispose), body: recalls.evidence }),
  },
  'recall.report': {
    touches: 'rows',
    input: ({ recalls }) => ({ ...byId(recalls.toReport), body: { conclusion: '示例' } }),
  },
  'recall.readReport': { touches: 'rows', input: ({ recalls }) => byId(recalls.told) },
  'recall.close': { touches: 'rows', input: ({ recalls }) => byId(recalls.toClose) },
  'recall.withdraw': {
    touches: 'rows',
    input: ({ recalls }) => ({ ...byId(recalls.toWithdraw), body: { reason: '示例' } }),
  },
  'recall.myNotices': { touches: 'own', input: () => ({ query: {} }) },
  'recall.readNotice': { touches: 'rows', input: (side, role) => byId(noticeFor(side, role)?.id) },
  'recall.answer': {
    touches: 'rows',
    input: (side, role) => ({
      ...byId(noticeFor(side, role)?.id),
      body: {
        goods: (noticeFor(side, role)?.goods ?? []).map(({ lotId, quantity }) => ({
          lotId,
          kept: 0,
          used: quantity,
        })),
      },
    }),
  },
  'recall.tasks': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'recall.doTask': {
    touches: 'rows',
    input: ({ recalls: { task } }) => ({ ...byId(task?.id), body: { quantity: task?.quantity ?? 0 } }),
  },
  'upload.list': { touches: 'everyone', input: () => ({ query: {} }) },
  'upload.export': { touches: 'everyone', input: () => ({ params: { format: 'csv' }, query: {} }) },
  'upload.confirm': {
    touches: 'rows',
    input: ({ recalls }) => ({ body: { ids: [recalls.uploadId], receiptNo: '示例回执' } }),
  },
  'upload.retry': { touches: 'rows', input: ({ recalls }) => ({ body: { ids: [recalls.uploadId] } }) },
} satisfies Partial<Examples>
