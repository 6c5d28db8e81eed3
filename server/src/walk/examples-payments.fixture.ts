import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'
import { signedNotice, statementFile } from './payments.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const reason = '示例'

export const paymentExamples = {
  'payments.options': { touches: 'own', input: () => ({}) },
  'payments.start': {
    touches: 'rows',
    openedBy: 'nothing',
    input: ({ payments: { begun } }) => ({ ...byId(begun.id), body: begun.body }),
  },
  'payments.list': { touches: 'own', input: () => ({}) },
  'payments.read': { touches: 'rows', input: ({ payments }) => byId(payments.made) },
  'payments.check': { touches: 'rows', input: ({ payments }) => byId(payments.made) },
  'payments.cancel': {
    touches: 'rows',
    input: ({ payments }) => ({ ...byId(payments.toCancel), body: { version: 1 } }),
  },
  'payments.receipt': { touches: 'rows', input: ({ payments }) => byId(payments.made) },
  'payments.export': { touches: 'own', input: () => ({}) },
  'payments.webhook': { touches: 'everyone', input: () => ({}), raw: signedNotice },
  'bank.import': { touches: 'everyone', input: () => byId(newId()), raw: statementFile },
  'bank.imports': { touches: 'everyone', input: () => ({}) },
  'bank.lines': { touches: 'everyone', input: () => ({}) },
  'bank.assign': {
    touches: 'rows',
    free: { 'body.orgId': 'operations say whose money it is' },
    input: ({ payments, orgs }) => ({
      ...byId(payments.toAssign),
      body: { orgId: orgs.buyer.id, version: 1 },
    }),
  },
  'bank.ignore': {
    touches: 'rows',
    input: ({ payments }) => ({ ...byId(payments.toIgnore), body: { reason, version: 1 } }),
  },
  'bank.askReturn': {
    touches: 'rows',
    input: ({ payments }) => ({ ...byId(payments.toReturn), body: { reason, version: 1 } }),
  },
  'bank.decideReturn': {
    touches: 'rows',
    input: ({ payments }) => ({ ...byId(payments.toDecide), body: { approve: true, version: 2 } }),
  },
  'bank.settleReturn': {
    touches: 'rows',
    input: ({ payments }) => ({
      ...byId(payments.toSettle),
      body: { arrived: true, reference: 'WALK-BACK', version: 3 },
    }),
  },
  'refunds.ask': {
    touches: 'rows',
    free: { 'body.paymentId': 'operations see all payments' },
    input: ({ payments: { asked } }) => ({ ...byId(asked.id), body: asked.body }),
  },
  'refunds.decide': {
    touches: 'rows',
    input: ({ payments }) => ({ ...byId(payments.asked.id), body: { approve: true, version: 1 } }),
  },
  'refunds.settle': {
    touches: 'rows',
    input: ({ payments }) => ({
      ...byId(payments.pending),
      body: { arrived: true, reference: 'WALK-OUT', version: 3 },
    }),
  },
  'connect.list': { touches: 'everyone', input: () => ({}) },
  'connect.open': { touches: 'rows', input: ({ payments }) => ({ params: { orgId: payments.party } }) },
  'connect.link': { touches: 'rows', input: ({ payments }) => ({ params: { orgId: payments.party } }) },
  'refunds.list': { touches: 'everyone', input: () => ({}) },
  'disputes.list': { touches: 'everyone', input: () => ({}) },
} satisfies Partial<Examples>
