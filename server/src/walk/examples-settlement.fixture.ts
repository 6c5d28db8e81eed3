import type { Role } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'
import { today } from './goods.fixture.ts'
import type { Side } from './world.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const ownId = 'a new id is free'

/** Whose money a role looks at: its own, operations the supplier's. */
const partyOf = ({ orgs }: Side, role: Role): string => (role === 'broker' ? orgs.broker.id : orgs.coop.id)

export const settlementExamples = {
  'settlement.money': {
    touches: 'rows',
    input: (side, role) => ({ params: { orgId: partyOf(side, role) } }),
  },
  'settlement.lines': {
    touches: 'rows',
    input: (side, role) => ({ params: { orgId: partyOf(side, role) }, query: {} }),
  },
  'settlement.file': {
    touches: 'rows',
    input: (side, role) => ({ params: { orgId: partyOf(side, role), format: 'xlsx' }, query: {} }),
  },
  'settlement.writeBankAccount': {
    touches: 'rows',
    free: { 'params.id': ownId },
    input: (side, role) => ({
      params: { orgId: partyOf(side, role), id: side.settled.newIds.bank },
      body: { holder: '示例', bankName: '示例银行', bankCode: '105395000012', number: '6222020200112233445' },
    }),
  },
  'settlement.terms': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'settlement.writeTerms': {
    touches: 'rows',
    input: ({ settled }) => ({ ...byId(settled.termsId), body: settled.terms }),
  },
  'settlement.suppliers': { touches: 'everyone', input: () => ({ query: {} }) },
  'payouts.list': { touches: 'everyone', input: () => ({ query: {} }) },
  'payouts.listFile': { touches: 'everyone', input: () => ({}) },
  'payouts.read': { touches: 'everyone', input: ({ settled }) => byId(settled.toConfirm.id) },
  'payouts.propose': {
    touches: 'everyone',
    input: ({ settled, orgs }) => ({
      ...byId(settled.newIds.batch),
      body: {
        throughDay: today,
        way: 'bank',
        parties: [{ orgId: orgs.coop.id, purpose: 'payable' }],
        expectedTotalFen: settled.owedFen,
        note: '',
      },
    }),
  },
  'payouts.approve': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toApprove.id), body: { version: 1 } }),
  },
  'payouts.cancel': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toCancel.id), body: { version: 1, reason: '示例' } }),
  },
  'payouts.approveNewAccount': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toVerify.payoutId), body: { how: '示例' } }),
  },
  'payouts.file': {
    touches: 'everyone',
    input: ({ settled }) => ({ params: { id: settled.toFile.id, encoding: 'utf8' } }),
  },
  'payouts.send': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toSend.id), body: { version: 1 } }),
  },
  'payouts.confirm': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toConfirm.payoutId), body: { railReference: 'B-1' } }),
  },
  'payouts.return': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.toReturn.payoutId), body: { reason: '示例' } }),
  },
  'commission.mandates': { touches: 'own', input: () => ({}) },
  'commission.writeMandate': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.newIds.mandate), body: settled.mandate }),
  },
  'commission.endMandate': {
    touches: 'everyone',
    input: ({ settled }) => ({ ...byId(settled.mandateId), body: { validTo: today } }),
  },
  'commission.orders': {
    touches: 'rows',
    input: ({ orgs }) => ({ params: { orgId: orgs.coop.id }, query: {} }),
  },
  'commission.contests': { touches: 'own', input: () => ({ query: {} }) },
  'commission.contest': {
    touches: 'rows',
    free: { 'params.id': ownId },
    input: ({ settled }) => ({
      ...byId(settled.newIds.contest),
      body: { settlementLineId: settled.commissionLine, reason: '重量不符' },
    }),
  },
  'commission.answer': {
    touches: 'everyone',
    input: ({ settled }) => ({
      ...byId(settled.toAnswer),
      body: { uphold: true, answer: '已补', addedFen: 100 },
    }),
  },
} satisfies Partial<Examples>
