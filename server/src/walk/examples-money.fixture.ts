import type { Role } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'
import { inDays, today } from './goods.fixture.ts'
import { fileOf, type Side } from './world.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const ownId = 'a new id is free'

/** The statement of a role's own organisation; of operations the buyer's. */
function statementOf(side: Side, role: Role): string {
  const { buyer, coop, broker } = side.money.statementOf
  if (role === 'broker') return broker
  return role === 'lister' || role === 'quality' ? coop : buyer
}

/** Nobody has filled a number in yet. */
const numbersFile = {
  payload: '发票流水号,数电票号码,开票日期\n',
  headers: { 'content-type': 'text/csv' },
}

export const claimExamples = {
  'claims.choices': { touches: 'rows', input: ({ roads }) => byId(roads.delivered) },
  'claims.send': {
    touches: 'rows',
    free: { 'params.id': ownId, 'body.lines.0.id': ownId },
    input: (side, role) => {
      const { params, body } = side.money.toSend
      const lines = body.lines.map((line) => ({ ...line, photoFileIds: [fileOf(side, role)] }))
      return { params, body: { ...body, lines } }
    },
  },
  'claims.list': { touches: 'rows', input: ({ roads }) => ({ query: { orderId: roads.delivered } }) },
  'claims.read': { touches: 'rows', input: ({ money }) => byId(money.toDecide.params.id) },
  'claims.withdraw': { touches: 'rows', input: ({ money }) => ({ ...byId(money.toWithdraw), body: {} }) },
  'claims.decide': { touches: 'rows', input: ({ money }) => money.toDecide },
  'claims.contest': { touches: 'rows', input: ({ money }) => money.toContest },
  'claims.answerContest': { touches: 'rows', input: ({ money }) => money.toAnswer },
  'claims.export': { touches: 'rows', input: () => ({ params: { format: 'csv' }, query: {} }) },
  'claims.creditNotes': {
    touches: 'rows',
    blind: ['lister', 'quality', 'broker'],
    input: ({ roads }) => ({ query: { orderId: roads.delivered } }),
  },
  'claims.creditNoteFile': {
    touches: 'rows',
    blind: ['lister', 'quality', 'broker'],
    input: ({ money }) => byId(money.creditNoteId),
  },
  'claims.quality': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'claims.rules': { touches: 'everyone', input: () => ({ query: { day: today } }) },
  'claims.writeRule': {
    touches: 'everyone',
    input: ({ money }) => ({
      ...byId(money.newRuleId),
      body: {
        goodsClass: 'dry',
        hours: 100,
        photosMin: 1,
        autoUpToFen: 0,
        contestHours: 24,
        validFrom: inDays(40),
        validTo: '2099-12-31',
        source: '示例',
      },
    }),
  },
} satisfies Partial<Examples>

export const statementExamples = {
  'statements.list': {
    touches: 'rows',
    input: (side, role) => ({
      query: { orgId: side.orgOf(role).kind === 'operations' ? side.orgs.buyer.id : side.orgOf(role).id },
    }),
  },
  'statements.read': { touches: 'rows', input: (side, role) => byId(statementOf(side, role)) },
  'statements.lines': { touches: 'rows', input: (side, role) => byId(statementOf(side, role)) },
  'statements.file': {
    touches: 'rows',
    input: (side, role) => ({ params: { id: statementOf(side, role), format: 'xlsx' } }),
  },
  'statements.makeDue': { touches: 'everyone', input: () => ({ body: {} }) },
  'statements.sendOpen': { touches: 'everyone', input: () => ({ body: {} }) },
  'statements.send': {
    touches: 'rows',
    input: ({ money }) => ({ ...byId(money.toStateSend), body: { version: 1 } }),
  },
  'statements.dispute': {
    touches: 'rows',
    blind: ['lister', 'broker'],
    free: { 'body.id': ownId },
    input: ({ money }) => money.toDispute,
  },
  'statements.answerDispute': { touches: 'rows', input: ({ money }) => money.toAnswerDispute },
  'statements.confirm': {
    touches: 'rows',
    blind: ['lister', 'broker'],
    input: ({ money }) => ({ ...byId(money.toConfirm), body: { version: 1 } }),
  },
  'statements.askWriteOff': { touches: 'rows', input: ({ money }) => money.toAskWriteOff },
  'statements.decideWriteOff': { touches: 'rows', input: ({ money }) => money.toDecideWriteOff },
  'statements.ageing': { touches: 'everyone', input: () => ({ query: {} }) },
  'statements.ageingFile': { touches: 'everyone', input: () => ({ params: { format: 'xlsx' }, query: {} }) },
  'statements.terms': { touches: 'everyone', input: () => ({ query: {} }) },
  'statements.checkTerms': {
    touches: 'everyone',
    input: () => ({ query: { debtorKind: 'public_body', dueDays: 30, day: today } }),
  },
  'statements.writeTerms': {
    touches: 'rows',
    input: ({ money, orgs }) => ({
      ...byId(money.newTermsId),
      body: {
        side: 'buyer',
        orgId: orgs.buyer.id,
        rhythm: 'monthly',
        cutDay: 31,
        dueDays: 30,
        debtorKind: 'public_body',
        autoConfirmDays: null,
        interest: false,
        validFrom: inDays(60),
        validTo: '2099-12-31',
      },
    }),
  },
  'invoices.list': {
    touches: 'rows',
    input: ({ money }) => ({ query: { statementId: money.invoiced } }),
  },
  'invoices.read': { touches: 'rows', blind: ['broker'], input: ({ money }) => byId(money.toIssue) },
  'invoices.prepare': { touches: 'rows', input: ({ money }) => ({ ...byId(money.invoiced), body: {} }) },
  'invoices.issue': {
    touches: 'rows',
    input: ({ money }) => ({
      ...byId(money.toIssue),
      body: { number20: money.numbers[0] as string, issuedOn: today },
    }),
  },
  'invoices.redden': {
    touches: 'rows',
    free: { 'body.id': ownId },
    input: ({ money }) => ({ ...byId(money.toRedden), body: { id: money.redId, confirmation: 'HZ-1' } }),
  },
  'invoices.export': { touches: 'rows', input: () => ({ params: { format: 'csv' }, query: {} }) },
  'invoices.import': { touches: 'everyone', input: () => ({}), raw: numbersFile },
  'months.list': { touches: 'everyone', input: () => ({}) },
  'months.read': { touches: 'everyone', input: () => ({ params: { month: '2024-01' } }) },
  'months.close': { touches: 'everyone', input: () => ({ params: { month: '2024-01' }, body: {} }) },
  'months.askOpen': {
    touches: 'everyone',
    input: () => ({ params: { month: '2024-02' }, body: { reason: '示例' } }),
  },
  'months.decideOpen': {
    touches: 'everyone',
    input: () => ({ params: { month: '2024-03' }, body: { approve: true } }),
  },
  'months.file': { touches: 'everyone', input: () => ({ params: { month: '2024-01', format: 'xlsx' } }) },
} satisfies Partial<Examples>
