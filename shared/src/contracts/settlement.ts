import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { commissionBases, payoutRhythms } from '../settling.ts'
import { BASE_UNITS } from '../units.ts'

const byOrg = z.object({ orgId: idField })
const byId = z.object({ id: idField })
const bpField = z.int().min(0).max(10_000)
const rhythmField = z.enum(payoutRhythms)

const termsFields = {
  validFrom: serviceDayField,
  feeBp: bpField,
  /** By category of the product, e.g. `{ "C1": 250 }`. */
  feeBpByCategory: z
    .record(z.string().regex(/^[A-Z]\d{0,2}$/), bpField)
    .refine((rates) => Object.keys(rates).length <= 40, { message: 'too_many' }),
  /** 1/100 fen per kg. */
  deliveryFeeCentifen: z.int().min(0).max(1_000_000),
  retentionBp: z.int().min(0).max(3000),
  retentionMonths: z.int().min(0).max(36),
  rhythm: rhythmField,
  waitDays: z.int().min(0).max(60),
  note: textField(300),
}
export const termsShape = z.object({
  id: idField,
  supplierOrgId: idField,
  supplier: z.string(),
  ...termsFields,
  at: instantField,
  isSample: z.boolean(),
})

/** Why a payout of a party is not possible now. */
export const payoutBlocks = [
  'negative',
  'nothing_due',
  'bank_missing',
  'suspended',
  'open_payout',
  'stripe_missing',
] as const
export const payoutPurposes = ['payable', 'commission'] as const
export const payoutStatuses = ['proposed', 'approved', 'sent', 'confirmed', 'returned', 'cancelled'] as const

export const bankAccountShape = z.object({
  id: idField,
  holder: z.string(),
  bankName: z.string(),
  bankCode: z.string(),
  /** The number but for its last four digits is never told. */
  lastFour: z.string(),
  at: instantField,
  isSample: z.boolean(),
})

const partyPayout = z.object({
  id: idField,
  purpose: z.enum(payoutPurposes),
  amountFen: z.int(),
  status: z.enum(payoutStatuses),
  throughDay: serviceDayField,
  sentAt: instantField.nullable(),
  endedAt: instantField.nullable(),
  returnReason: z.string().nullable(),
  lastFour: z.string().nullable(),
})

/** What is owed to a party, from when, and why not yet. Fen; below zero: it owes. */
export const partyMoneyShape = z.object({
  orgId: idField,
  party: z.string(),
  side: z.enum(['supplier', 'broker']),
  balances: z.object({
    payableFen: z.int(),
    retentionFen: z.int(),
    depositFen: z.int(),
    commissionFen: z.int(),
    /** Sent to the bank, not yet confirmed. */
    inFlightFen: z.int(),
  }),
  dueFen: z.int(),
  /** What becomes due (or free) on which day. */
  upcoming: z.array(z.object({ day: serviceDayField, amountFen: z.int() })),
  retentions: z.array(z.object({ day: serviceDayField, amountFen: z.int() })),
  blocks: z.array(z.enum(payoutBlocks)),
  terms: termsShape.nullable(),
  bankAccount: bankAccountShape.nullable(),
  payouts: z.array(partyPayout),
})

/** A settled lot: from the weighing to the money, or what was taken back of it. */
export const settlementLineShape = z.object({
  id: idField,
  kind: z.enum(['sale', 'reversal']),
  day: serviceDayField,
  orderId: idField,
  orderNumber: z.string(),
  /** The claim that took it back. */
  claimNumber: z.string().nullable(),
  lotId: idField,
  lotCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  priceUnit: z.string(),
  quantity: z.int(),
  priceCentifen: z.int(),
  grossFen: z.int(),
  taxFen: z.int(),
  feeFen: z.int(),
  feeBp: z.int().nullable(),
  deliveryFeeCentifen: z.int().nullable(),
  retentionFen: z.int(),
  retentionBp: z.int().nullable(),
  commissionSupplierFen: z.int(),
  commissionPlatformFen: z.int(),
  netFen: z.int(),
  supplierOrgId: idField,
  supplier: z.string(),
  broker: z.string().nullable(),
  commissionBasis: z.enum(commissionBases).nullable(),
  commissionRate: z.int().nullable(),
  dueOn: serviceDayField,
  releaseOn: serviceDayField.nullable(),
  frozenUntil: serviceDayField.nullable(),
  contest: z
    .object({
      id: idField,
      status: z.enum(['open', 'upheld', 'rejected']),
      reason: z.string(),
      answer: z.string().nullable(),
      addedFen: z.int(),
    })
    .nullable(),
})

const lineQuery = { from: serviceDayField.optional(), to: serviceDayField.optional() }

export const settlementContracts = {
  'settlement.money': contract({
    method: 'GET',
    path: '/api/money/:orgId',
    access: 'money.read',
    summary: 'What a supplier or broker is owed: due now, becoming due, held back, on its way',
    params: byOrg,
    reply: partyMoneyShape,
  }),
  'settlement.lines': contract({
    method: 'GET',
    path: '/api/money/:orgId/lines',
    access: 'money.read',
    summary: 'Settled lots of a supplier or broker, newest first: weighing, price, fee, commission, net',
    params: byOrg,
    query: z.object({ ...pageQuery, ...lineQuery }),
    reply: pageOf(settlementLineShape),
  }),
  'settlement.file': contract({
    method: 'GET',
    path: '/api/money/:orgId/lines/:format',
    access: 'money.read',
    summary: 'Settled lots as a workbook or a paper (结算明细)',
    params: byOrg.extend({ format: z.enum(['xlsx', 'pdf']) }),
    query: z.object(lineQuery),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'settlement.writeBankAccount': contract({
    method: 'PUT',
    path: '/api/money/:orgId/bank-accounts/:id',
    access: 'bankAccount.write',
    summary: 'Tells a new account to be paid into; within a day of it a payout needs a second approval',
    params: byOrg.extend({ id: idField }),
    body: z.object({
      holder: textField(80, 2),
      bankName: textField(80, 2),
      /** 联行号. */
      bankCode: z.string().regex(/^\d{12}$/),
      number: z.string().regex(/^\d{8,30}$/),
    }),
    reply: bankAccountShape,
    problems: ['id_reused'],
  }),
  'settlement.terms': contract({
    method: 'GET',
    path: '/api/supplier-terms',
    access: 'terms.read',
    summary: 'Terms of suppliers, newest first; a supplier sees its own',
    query: z.object({ orgId: idField.optional() }),
    reply: z.object({ items: z.array(termsShape) }),
  }),
  'settlement.writeTerms': contract({
    method: 'PUT',
    path: '/api/supplier-terms/:id',
    access: 'terms.write',
    summary: 'Agrees terms from a day on, today at the earliest; orders placed before keep theirs',
    params: byId,
    body: z.object({ supplierOrgId: idField, ...termsFields }),
    reply: termsShape,
    problems: ['id_reused', 'terms_too_early'],
  }),
  'settlement.suppliers': contract({
    method: 'GET',
    path: '/api/money',
    access: 'payout.read',
    summary: 'Suppliers and brokers with what they are owed and what is due',
    query: z.object({ throughDay: serviceDayField.optional() }),
    reply: z.object({
      throughDay: serviceDayField,
      items: z.array(
        z.object({
          orgId: idField,
          party: z.string(),
          purpose: z.enum(payoutPurposes),
          balanceFen: z.int(),
          dueFen: z.int(),
          blocks: z.array(z.enum(payoutBlocks)),
          /** The account was told within a day. */
          freshBank: z.boolean(),
          lastFour: z.string().nullable(),
          hasTerms: z.boolean(),
          /** Has an account at Stripe that can be paid. */
          hasStripe: z.boolean(),
        }),
      ),
    }),
  }),
} as const
