import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, instantField, okReply, pageOf, pageQuery, textField } from '../fields.ts'

export const paymentMethods = ['transfer', 'card', 'alipay', 'wechat_pay'] as const
export const paymentPurposes = ['statement', 'order', 'prepay'] as const
export const paymentStatuses = ['asked', 'open', 'processing', 'succeeded', 'cancelled'] as const

/** From one fen up: nothing is no payment. */
export const payFenField = fenField.min(1).max(1_000_000_000)

export const paymentBrief = z.object({
  id: idField,
  orgId: idField,
  buyer: z.string(),
  method: z.enum(paymentMethods),
  purpose: z.enum(paymentPurposes),
  subjectId: idField.nullable(),
  amountFen: z.int(),
  receivedFen: z.int().nullable(),
  refundedFen: z.int(),
  status: z.enum(paymentStatuses),
  /** A dispute is open on it, or it was lost. */
  dispute: z.enum(['open', 'won', 'lost']).nullable(),
  payCode: z.string(),
  failure: z.string(),
  createdAt: instantField,
  completedAt: instantField.nullable(),
  expiresAt: instantField,
  version: z.int(),
  isSample: z.boolean(),
})

export const paymentShape = paymentBrief.extend({
  /** Fen the provider keeps; shown to operations only. */
  feeFen: z.int().nullable(),
  /** What it paid: statements, and the prepaid rest. */
  allocations: z.array(z.object({ statementId: idField, fen: z.int() })),
  prepaidFen: z.int(),
  /** How the payer goes on at the provider; null when there is nothing to do there. */
  goOn: z
    .object({
      publishableKey: z.string(),
      clientSecret: z.string(),
      /** Page of the provider to pay on, when it has one of its own. */
      pageUrl: z.string().nullable(),
      /** The same as a code to scan, as SVG. */
      qr: z.string().nullable(),
    })
    .nullable(),
})

const account = z.object({ holder: z.string(), bank: z.string(), number: z.string() })

export const paymentContracts = {
  'payments.options': contract({
    method: 'GET',
    path: '/api/payment-options',
    access: 'payment.write',
    summary: 'How my organisation may pay: methods, account and pay code for a transfer, what is owed',
    query: z.object({ statementId: idField.optional() }),
    reply: z.object({
      methods: z.array(z.enum(paymentMethods)),
      /** Whether paying online is set up here, and with sample money only. */
      online: z.enum(['off', 'live', 'sample']),
      account: account.nullable(),
      payCode: z.string(),
      owedFen: z.int(),
      heldFen: z.int(),
      prepaidFen: z.int(),
      limitFen: z.int().nullable(),
      availableFen: z.int().nullable(),
    }),
  }),
  'payments.start': contract({
    method: 'PUT',
    path: '/api/payments/:id',
    access: 'payment.write',
    summary: 'Begin a payment: a top-up, a statement, an order. Safe to repeat',
    params: z.object({ id: idField }),
    body: z.object({
      method: z.enum(paymentMethods),
      purpose: z.enum(paymentPurposes),
      subjectId: idField.nullable().default(null),
      amountFen: payFenField,
    }),
    reply: paymentBrief.pick({ id: true, status: true, version: true, payCode: true }),
    problems: ['payment_method_off', 'payment_subject_wrong', 'id_reused'],
  }),
  'payments.list': contract({
    method: 'GET',
    path: '/api/payments',
    access: 'payment.read',
    summary: 'Payments one may see, newest first',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      status: z.enum(paymentStatuses).optional(),
      method: z.enum(paymentMethods).optional(),
    }),
    reply: pageOf(paymentBrief),
  }),
  'payments.read': contract({
    method: 'GET',
    path: '/api/payments/:id',
    access: 'payment.read',
    summary: 'One payment, what it paid, and how to go on',
    params: z.object({ id: idField }),
    reply: paymentShape,
  }),
  'payments.check': contract({
    method: 'POST',
    path: '/api/payments/:id/check',
    access: 'payment.read',
    summary: 'Ask the provider now how a payment stands, as when its payer comes back',
    params: z.object({ id: idField }),
    reply: paymentBrief.pick({ id: true, status: true, version: true }),
    problems: ['provider_unreachable'],
  }),
  'payments.cancel': contract({
    method: 'POST',
    path: '/api/payments/:id/cancel',
    access: 'payment.write',
    summary: 'Give a payment up that has not been made; money that comes all the same is booked',
    params: z.object({ id: idField }),
    body: z.object({ version: z.int() }),
    reply: paymentBrief.pick({ id: true, status: true, version: true }),
    problems: ['wrong_state', 'stale_version'],
  }),
  'payments.receipt': contract({
    method: 'GET',
    path: '/api/payments/:id/receipt',
    access: 'payment.read',
    summary: 'Receipt of a payment that was made, as PDF',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
    problems: ['wrong_state'],
  }),
  'payments.export': contract({
    method: 'GET',
    path: '/api/payments-file',
    access: 'payment.read',
    summary: 'Payments one may see, as a table for Excel',
    query: z.object({ orgId: idField.optional(), status: z.enum(paymentStatuses).optional() }),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'payments.webhook': contract({
    method: 'POST',
    path: '/api/payments/webhook',
    access: 'public',
    summary: 'What the payment provider tells; signed over the raw body',
    reply: okReply,
    bodyBytes: 512 * 1024,
    raw: 'upload',
    problems: ['payment_method_off', 'webhook_not_signed'],
  }),
} as const

/** Why money is returned, refunded or set aside. */
export const reasonField = textField(300, 2)
