import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { commissionBases } from '../settling.ts'
import { BASE_UNITS } from '../units.ts'
import { orderStatuses } from './orders.ts'

const byId = z.object({ id: idField })

export const mandateShape = z.object({
  id: idField,
  brokerOrgId: idField,
  broker: z.string(),
  principalOrgId: idField,
  principal: z.string(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  commissionBasis: z.enum(commissionBases).nullable(),
  /** 1/100 fen per kg, basis points of the goods, or fen per order. */
  commissionRate: z.int(),
  supplierPaysBp: z.int(),
  writtenAt: instantField,
})
export const contestShape = z.object({
  id: idField,
  settlementLineId: idField,
  broker: z.string(),
  orderNumber: z.string(),
  lotCode: z.string(),
  name: z.string(),
  principal: z.string(),
  commissionFen: z.int(),
  reason: z.string(),
  raisedAt: instantField,
  status: z.enum(['open', 'upheld', 'rejected']),
  answer: z.string().nullable(),
  addedFen: z.int(),
  answeredAt: instantField.nullable(),
})

export const commissionContracts = {
  'commission.mandates': contract({
    method: 'GET',
    path: '/api/mandates',
    access: 'mandate.read',
    summary: 'Mandates of brokers with their commission; broker and principal see their own',
    reply: z.object({ items: z.array(mandateShape) }),
  }),
  'commission.writeMandate': contract({
    method: 'PUT',
    path: '/api/mandates/:id',
    access: 'mandate.write',
    summary: 'Gives a broker a mandate from today or later; once given only its last day may change',
    params: byId,
    body: z.object({
      brokerOrgId: idField,
      principalOrgId: idField,
      validFrom: serviceDayField,
      validTo: serviceDayField,
      commissionBasis: z.enum(commissionBases).nullable(),
      commissionRate: z.int().min(0).max(10_000_000),
      supplierPaysBp: z.int().min(0).max(10_000),
    }),
    reply: mandateShape,
    problems: ['id_reused', 'mandate_too_early', 'mandate_overlaps'],
  }),
  'commission.endMandate': contract({
    method: 'POST',
    path: '/api/mandates/:id/end',
    access: 'mandate.write',
    summary: 'Changes the last day of a mandate, yesterday at the earliest',
    params: byId,
    body: z.object({ validTo: serviceDayField }),
    reply: mandateShape,
    problems: ['mandate_too_early', 'mandate_overlaps'],
  }),
  'commission.orders': contract({
    method: 'GET',
    path: '/api/principals/:orgId/orders',
    access: 'principalOrder.read',
    summary: 'Lines ordered of a principal’s goods, newest delivery day first',
    params: z.object({ orgId: idField }),
    query: z.object({ ...pageQuery }),
    reply: pageOf(
      z.object({
        orderLineId: idField,
        orderNumber: z.string(),
        status: z.enum(orderStatuses),
        day: serviceDayField,
        buyerClass: z.string(),
        district: z.string(),
        name: z.string(),
        nameEn: z.string(),
        spec: z.string(),
        baseUnit: z.enum(BASE_UNITS),
        quantity: z.int(),
        amountFen: z.int(),
      }),
    ),
  }),
  'commission.contests': contract({
    method: 'GET',
    path: '/api/commission-contests',
    access: 'commission.read',
    summary: 'Objections to commissions, open ones first; a broker sees its own',
    query: z.object({ ...pageQuery }),
    reply: pageOf(contestShape),
  }),
  'commission.contest': contract({
    method: 'PUT',
    path: '/api/commission-contests/:id',
    access: 'commission.contest',
    summary: 'A broker objects to its commission of one settled lot',
    params: byId,
    body: z.object({ settlementLineId: idField, reason: textField(300, 4) }),
    reply: contestShape,
    problems: ['id_reused', 'commission_contested', 'commission_contest_late'],
  }),
  'commission.answer': contract({
    method: 'POST',
    path: '/api/commission-contests/:id/answer',
    access: 'commission.answer',
    summary: 'Answers an objection; what was missing is added out of the platform’s fees',
    params: byId,
    body: z
      .object({ uphold: z.boolean(), answer: textField(300, 2), addedFen: fenField })
      .refine((body) => body.uphold || body.addedFen === 0, { message: 'only_when_upheld' }),
    reply: contestShape,
    problems: ['wrong_state'],
  }),
} as const
