import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { ageBuckets, debtorKinds, statementRhythms, statementSides } from '../stating.ts'

export const statementStatuses = [
  'open',
  'sent',
  'disputed',
  'confirmed',
  'invoiced',
  'paid',
  'written_off',
] as const
const byId = z.object({ id: idField })
const sideField = z.enum(statementSides)

export const statementBrief = z.object({
  id: idField,
  number: z.string(),
  side: sideField,
  orgId: idField,
  party: z.string(),
  fromDay: serviceDayField,
  toDay: serviceDayField,
  dueOn: serviceDayField,
  status: z.enum(statementStatuses),
  openingFen: z.int(),
  increasesFen: z.int(),
  decreasesFen: z.int(),
  closingFen: z.int(),
  dueFen: z.int(),
  /** Payments told to this statement. */
  paidFen: z.int(),
  lineCount: z.int(),
  openDisputes: z.int(),
  confirmedHow: z.enum(['person', 'silence']).nullable(),
  version: z.int(),
  isSample: z.boolean(),
})

export const statementLineShape = z.object({
  transferId: idField,
  amountFen: z.int(),
  reason: z.string(),
  subjectId: idField,
  /** Number of the order, claim or payment it is for. */
  subject: z.string(),
  subjectKind: z.enum(['order', 'claim', 'statement', 'other']),
  site: z.string(),
  at: instantField,
  dispute: z
    .object({
      id: idField,
      reason: z.string(),
      madeAt: instantField,
      answer: z.string(),
      outcome: z.enum(['kept', 'corrected']).nullable(),
    })
    .nullable(),
})

export const statementShape = statementBrief.extend({
  madeAt: instantField,
  sentAt: instantField.nullable(),
  confirmedAt: instantField.nullable(),
  confirmer: z.string().nullable(),
  invoicedAt: instantField.nullable(),
  paidAt: instantField.nullable(),
  autoConfirmDays: z.int().nullable(),
  /** Sums by reason, signed. */
  byReason: z.array(z.object({ reason: z.string(), amountFen: z.int(), count: z.int() })),
  interestFen: z.int(),
  writeOff: z
    .object({ id: idField, amountFen: z.int(), reason: z.string(), askedBy: idField, asker: z.string() })
    .nullable(),
})

const termsFields = {
  side: sideField,
  orgId: idField.nullable(),
  rhythm: z.enum(statementRhythms),
  cutDay: z.int().min(1).max(31),
  dueDays: z.int().min(0).max(365),
  debtorKind: z.enum(debtorKinds),
  autoConfirmDays: z.int().min(1).max(60).nullable(),
  interest: z.boolean(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
}
const verdictShape = z.object({
  verdict: z.enum(['ok', 'warn', 'refused']),
  warnDays: z.int(),
  maxDays: z.int(),
  source: z.string(),
})

const listFilters = {
  side: sideField.optional(),
  status: z.enum(statementStatuses).optional(),
  orgId: idField.optional(),
}

export const statementContracts = {
  'statements.list': contract({
    method: 'GET',
    path: '/api/statements',
    access: 'statement.read',
    summary: 'Statements, newest first: one’s own, or all',
    query: z.object({ ...pageQuery, ...listFilters }),
    reply: pageOf(statementBrief),
  }),
  'statements.read': contract({
    method: 'GET',
    path: '/api/statements/:id',
    access: 'statement.read',
    summary: 'One statement with its sums',
    params: byId,
    reply: statementShape,
  }),
  'statements.lines': contract({
    method: 'GET',
    path: '/api/statements/:id/lines',
    access: 'statement.read',
    summary: 'The ledger entries of a statement, oldest first',
    params: byId,
    query: z.object(pageQuery),
    reply: pageOf(statementLineShape),
  }),
  'statements.file': contract({
    method: 'GET',
    path: '/api/statements/:id/file/:format',
    access: 'statement.read',
    summary: 'A statement as a workbook or a paper, in Chinese',
    params: z.object({ id: idField, format: z.enum(['xlsx', 'pdf']) }),
    reply: z.any(),
    raw: 'stream',
  }),
  'statements.makeDue': contract({
    method: 'POST',
    path: '/api/statements/make',
    access: 'statement.manage',
    summary: 'Make every statement whose cut date has passed; the clock does the same',
    body: z.object({}),
    reply: z.object({ made: z.int() }),
  }),
  'statements.sendOpen': contract({
    method: 'POST',
    path: '/api/statements/send-open',
    access: 'statement.manage',
    summary: 'Send every statement that is made and not sent',
    body: z.object({}),
    reply: z.object({ sent: z.int() }),
  }),
  'statements.send': contract({
    method: 'POST',
    path: '/api/statements/:id/send',
    access: 'statement.manage',
    summary: 'Send a statement to its party',
    params: byId,
    body: z.object({ version: z.int() }),
    reply: statementShape,
    problems: ['wrong_state', 'stale_version'],
  }),
  'statements.dispute': contract({
    method: 'POST',
    path: '/api/statements/:id/dispute',
    access: 'statement.answer',
    summary: 'The party does not agree with a line',
    params: byId,
    body: z.object({ id: idField, transferId: idField, reason: textField(500, 1) }),
    reply: statementShape,
    problems: ['wrong_state', 'id_reused', 'already_disputed'],
  }),
  'statements.answerDispute': contract({
    method: 'POST',
    path: '/api/statements/:id/answer-dispute',
    access: 'statement.manage',
    summary: 'Answer a disputed line',
    params: byId,
    body: z.object({ disputeId: idField, outcome: z.enum(['kept', 'corrected']), answer: textField(500, 1) }),
    reply: statementShape,
    problems: ['wrong_state'],
  }),
  'statements.confirm': contract({
    method: 'POST',
    path: '/api/statements/:id/confirm',
    access: 'statement.answer',
    summary: 'The party agrees with the statement',
    params: byId,
    body: z.object({ version: z.int() }),
    reply: statementShape,
    problems: ['wrong_state', 'stale_version', 'disputes_open'],
  }),
  'statements.askWriteOff': contract({
    method: 'POST',
    path: '/api/statements/:id/write-off',
    access: 'statement.manage',
    summary: 'Ask that what is left of a statement be written off',
    params: byId,
    body: z.object({ id: idField, reason: textField(500, 1) }),
    reply: statementShape,
    problems: ['wrong_state', 'id_reused', 'nothing_open'],
  }),
  'statements.decideWriteOff': contract({
    method: 'POST',
    path: '/api/statements/:id/decide-write-off',
    access: 'statement.manage',
    summary: 'A second person approves or refuses a write-off',
    params: byId,
    body: z.object({ writeOffId: idField, approve: z.boolean() }),
    reply: statementShape,
    problems: ['wrong_state', 'second_person_needed', 'nothing_open'],
  }),
  'statements.ageing': contract({
    method: 'GET',
    path: '/api/ageing',
    access: 'statement.manage',
    summary: 'What buyers owe by how late it is',
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({
      day: serviceDayField,
      items: z.array(
        z.object({
          orgId: idField,
          party: z.string(),
          buckets: z.record(z.enum(ageBuckets), z.int()),
          /** Not yet on a statement, and paid in advance (negative). */
          unstatedFen: z.int(),
          totalFen: z.int(),
        }),
      ),
    }),
  }),
  'statements.ageingFile': contract({
    method: 'GET',
    path: '/api/ageing/:format',
    access: 'statement.manage',
    summary: 'The ageing as a workbook or a paper, in Chinese',
    params: z.object({ format: z.enum(['xlsx', 'pdf']) }),
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.any(),
    raw: 'stream',
  }),
  'statements.terms': contract({
    method: 'GET',
    path: '/api/statement-terms',
    access: 'statement.manage',
    summary: 'Contract terms of accounts, newest first',
    query: z.object({ orgId: idField.optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          id: idField,
          ...termsFields,
          party: z.string().nullable(),
          verdict: z.enum(['ok', 'warn']),
          verdictSource: z.string(),
          isSample: z.boolean(),
        }),
      ),
    }),
  }),
  'statements.checkTerms': contract({
    method: 'GET',
    path: '/api/statement-terms/check',
    access: 'statement.manage',
    summary: 'How due days stand to the lawful limit',
    query: z.object({
      debtorKind: z.enum(debtorKinds),
      dueDays: z.coerce.number().int().min(0).max(365),
      day: serviceDayField,
    }),
    reply: verdictShape,
  }),
  'statements.writeTerms': contract({
    method: 'PUT',
    path: '/api/statement-terms/:id',
    access: 'statement.manage',
    summary: 'Agree terms from a day on; above the lawful limit they are refused with its source',
    params: byId,
    body: z.object({
      ...termsFields,
      /** The buyer has agreed in writing to more than the usual days. */ agreed: z.boolean().default(false),
    }),
    reply: verdictShape,
    problems: ['term_too_long', 'term_needs_agreement', 'id_reused', 'rule_not_ahead'],
  }),
} as const
