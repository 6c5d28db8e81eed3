import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, okReply, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { payFenField, reasonField } from './payment.ts'

export const bankLineStatuses = [
  'unmatched',
  'proposed',
  'matched',
  'returning',
  'returned',
  'sent_back',
  'ignored',
] as const
export const refundStatuses = ['asked', 'refused', 'approved', 'pending', 'succeeded', 'failed'] as const
export const disputeStatuses = ['open', 'won', 'lost'] as const

const who = z.object({ id: idField, name: z.string() }).nullable()

export const bankLineShape = z.object({
  id: idField,
  serial: z.string(),
  day: serviceDayField,
  payer: z.string(),
  payerAccount: z.string(),
  amountFen: z.int(),
  memo: z.string(),
  status: z.enum(bankLineStatuses),
  /** Whom name and amount point to. */
  proposed: who,
  /** Whose payment it became. */
  matched: who,
  paymentId: idField.nullable(),
  reason: z.string(),
  askedBy: who,
  decidedBy: who,
  version: z.int(),
  isSample: z.boolean(),
})

export const refundShape = z.object({
  id: idField,
  paymentId: idField,
  orgId: idField,
  buyer: z.string(),
  method: z.string(),
  amountFen: z.int(),
  reason: z.string(),
  status: z.enum(refundStatuses),
  failure: z.string(),
  askedBy: who,
  decidedBy: who,
  askedAt: instantField,
  endedAt: instantField.nullable(),
  version: z.int(),
  isSample: z.boolean(),
})

const change = { params: z.object({ id: idField }), reply: okReply } as const
const version = z.int().min(1)

export const paymentDeskContracts = {
  'bank.import': contract({
    method: 'PUT',
    path: '/api/bank-imports/:id',
    access: 'payment.desk',
    summary:
      'Take in a bank statement (CSV or XLSX), whole or not at all; lines already known are passed over',
    params: z.object({ id: idField }),
    query: z.object({ name: textField(120).default('') }),
    reply: z.object({
      lines: z.int(),
      fresh: z.int(),
      freshFen: z.int(),
      matched: z.int(),
      proposed: z.int(),
      unmatched: z.int(),
    }),
    bodyBytes: 5 * 1024 * 1024,
    raw: 'upload',
    problems: [
      'unsupported_media',
      'bank_columns_missing',
      'bank_lines_bad',
      'bank_serial_differs',
      'id_reused',
    ],
  }),
  'bank.imports': contract({
    method: 'GET',
    path: '/api/bank-imports',
    access: 'payment.desk',
    summary: 'Bank statements taken in, newest first',
    query: z.object(pageQuery),
    reply: pageOf(
      z.object({
        id: idField,
        name: z.string(),
        lines: z.int(),
        fresh: z.int(),
        freshFen: z.int(),
        importedAt: instantField,
        importedBy: who,
        isSample: z.boolean(),
      }),
    ),
  }),
  'bank.lines': contract({
    method: 'GET',
    path: '/api/bank-lines',
    access: 'payment.desk',
    summary: 'Money that came to the bank account, newest first',
    query: z.object({ ...pageQuery, status: z.enum(bankLineStatuses).optional() }),
    reply: pageOf(bankLineShape),
  }),
  'bank.assign': contract({
    ...change,
    method: 'POST',
    path: '/api/bank-lines/:id/assign',
    access: 'payment.desk',
    summary: 'Say whose payment a line of the bank is, or confirm whom it was taken for',
    body: z.object({ orgId: idField, version }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'bank.ignore': contract({
    ...change,
    method: 'POST',
    path: '/api/bank-lines/:id/ignore',
    access: 'payment.desk',
    summary: 'Set a line aside that is nobody’s payment, with the reason',
    body: z.object({ reason: reasonField, version }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'bank.askReturn': contract({
    ...change,
    method: 'POST',
    path: '/api/bank-lines/:id/return',
    access: 'payment.desk',
    summary: 'Ask that money goes back to its sender; a second person decides',
    body: z.object({ reason: reasonField, version }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'bank.decideReturn': contract({
    ...change,
    method: 'POST',
    path: '/api/bank-lines/:id/decide',
    access: 'payment.desk',
    summary: 'Let money go back to its sender, or not; not for who asked',
    body: z.object({ approve: z.boolean(), version }),
    problems: ['wrong_state', 'stale_version', 'second_person_needed'],
  }),
  'bank.settleReturn': contract({
    ...change,
    method: 'POST',
    path: '/api/bank-lines/:id/settle',
    access: 'payment.desk',
    summary: 'Write down that returned money has left the account, or has come back',
    body: z.object({ arrived: z.boolean(), reference: textField(64, 1), version }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'refunds.ask': contract({
    ...change,
    method: 'PUT',
    path: '/api/refunds/:id',
    access: 'payment.desk',
    summary: 'Ask that a payment, or a part of it, goes back to its payer. Safe to repeat',
    body: z.object({ paymentId: idField, amountFen: payFenField, reason: reasonField }),
    problems: ['wrong_state', 'refund_too_large', 'refund_too_late', 'id_reused'],
  }),
  'refunds.decide': contract({
    ...change,
    method: 'POST',
    path: '/api/refunds/:id/decide',
    access: 'payment.desk',
    summary: 'Let a refund go out, or refuse it; not for who asked',
    body: z.object({ approve: z.boolean(), version }),
    problems: [
      'wrong_state',
      'stale_version',
      'second_person_needed',
      'refund_too_large',
      'payment_method_off',
    ],
  }),
  'refunds.settle': contract({
    ...change,
    method: 'POST',
    path: '/api/refunds/:id/settle',
    access: 'payment.desk',
    summary: 'Write down that a refund by bank transfer has left, or has come back',
    body: z.object({ arrived: z.boolean(), reference: textField(64, 1), version }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'refunds.list': contract({
    method: 'GET',
    path: '/api/refunds',
    access: 'payment.desk',
    summary: 'Refunds, newest first',
    query: z.object({ ...pageQuery, status: z.enum(refundStatuses).optional() }),
    reply: pageOf(refundShape),
  }),
  'disputes.list': contract({
    method: 'GET',
    path: '/api/disputes',
    access: 'payment.desk',
    summary: 'Payments that a payer’s bank took back or asks for, newest first',
    query: z.object({ ...pageQuery, status: z.enum(disputeStatuses).optional() }),
    reply: pageOf(
      z.object({
        id: idField,
        paymentId: idField,
        orgId: idField,
        buyer: z.string(),
        amountFen: z.int(),
        reason: z.string(),
        status: z.enum(disputeStatuses),
        dueBy: instantField.nullable(),
        openedAt: instantField,
        closedAt: instantField.nullable(),
        isSample: z.boolean(),
      }),
    ),
  }),
} as const

export const connectStates = ['none', 'asked', 'failed', 'onboarding', 'ready'] as const

export const connectContracts = {
  'connect.list': contract({
    method: 'GET',
    path: '/api/connect-accounts',
    access: 'payment.desk',
    summary: 'Parties that are paid, and how far each is with an account at the payment provider',
    reply: z.object({
      items: z.array(
        z.object({
          orgId: idField,
          name: z.string(),
          kind: z.enum(['coop', 'base', 'broker', 'carrier']),
          /** `none`, asked for, refused by the provider, to be told about by the party, or ready to be paid. */
          state: z.enum(connectStates),
          accountId: z.string().nullable(),
          /** What the provider said when it refused. */
          failure: z.string(),
          createdAt: instantField.nullable(),
        }),
      ),
    }),
  }),
  'connect.open': contract({
    method: 'PUT',
    path: '/api/connect-accounts/:orgId',
    access: 'payment.desk',
    summary: 'Open an account at the payment provider for a party that may have one. Safe to repeat',
    params: z.object({ orgId: idField }),
    reply: okReply,
    problems: ['payment_method_off', 'connect_not_possible'],
  }),
  'connect.link': contract({
    method: 'POST',
    path: '/api/connect-accounts/:orgId/link',
    access: 'payment.desk',
    summary: 'A link, good for minutes, at which the party tells the provider about itself',
    params: z.object({ orgId: idField }),
    reply: z.object({ url: z.string() }),
    problems: ['payment_method_off', 'provider_unreachable'],
  }),
} as const
