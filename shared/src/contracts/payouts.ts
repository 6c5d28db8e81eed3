import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { payoutPurposes, payoutStatuses } from './settlement.ts'

const byId = z.object({ id: idField })
const versioned = z.object({ version: z.int().min(1) })
/** How money leaves: a file for the bank, or transfers within Stripe. */
export const payoutWays = ['bank', 'stripe'] as const
export const batchStatuses = ['proposed', 'approved', 'sent', 'done', 'cancelled'] as const

export const payoutShape = z.object({
  id: idField,
  partyOrgId: idField,
  party: z.string(),
  purpose: z.enum(payoutPurposes),
  amountFen: z.int(),
  status: z.enum(payoutStatuses),
  bankName: z.string().nullable(),
  lastFour: z.string().nullable(),
  needsSecond: z.enum(['bank_changed']).nullable(),
  secondBy: z.string().nullable(),
  railReference: z.string().nullable(),
  returnReason: z.string().nullable(),
  endedAt: instantField.nullable(),
  version: z.int(),
})
export const batchBrief = z.object({
  id: idField,
  number: z.string(),
  throughDay: serviceDayField,
  way: z.enum(payoutWays),
  status: z.enum(batchStatuses),
  totalFen: z.int(),
  count: z.int(),
  openCount: z.int(),
  madeBy: z.string(),
  madeAt: instantField,
  checkedBy: z.string().nullable(),
  checkedAt: instantField.nullable(),
  sentAt: instantField.nullable(),
  note: z.string(),
  version: z.int(),
})
export const batchShape = batchBrief.extend({
  madeById: idField,
  payouts: z.array(payoutShape),
})

export const payoutContracts = {
  'payouts.list': contract({
    method: 'GET',
    path: '/api/payout-batches',
    access: 'payout.read',
    summary: 'Payout batches, newest first',
    query: z.object({ ...pageQuery, status: z.enum(batchStatuses).optional() }),
    reply: pageOf(batchBrief),
  }),
  'payouts.listFile': contract({
    method: 'GET',
    path: '/api/payout-batches-file',
    access: 'payout.read',
    summary: 'Every payout of every batch as a workbook, newest first',
    reply: z.any(),
    raw: 'stream',
  }),
  'payouts.read': contract({
    method: 'GET',
    path: '/api/payout-batches/:id',
    access: 'payout.read',
    summary: 'A batch with its payouts',
    params: byId,
    reply: batchShape,
  }),
  'payouts.propose': contract({
    method: 'PUT',
    path: '/api/payout-batches/:id',
    access: 'payout.write',
    summary: 'Proposes to pay parties what is due up to a day; another person approves',
    params: byId,
    body: z.object({
      throughDay: serviceDayField,
      way: z.enum(payoutWays),
      parties: z
        .array(z.object({ orgId: idField, purpose: z.enum(payoutPurposes) }))
        .min(1)
        .max(200),
      /** What the proposer saw; `payout_total_changed` when it is no longer so. */
      expectedTotalFen: fenField,
      note: textField(200),
    }),
    reply: batchShape,
    problems: ['id_reused', 'payout_total_changed', 'payout_blocked', 'due_in_future'],
  }),
  'payouts.approve': contract({
    method: 'POST',
    path: '/api/payout-batches/:id/approve',
    access: 'payout.write',
    summary: 'The second person approves a batch',
    params: byId,
    body: versioned,
    reply: batchShape,
    problems: ['same_person', 'wrong_state', 'stale_version', 'payout_not_covered'],
  }),
  'payouts.cancel': contract({
    method: 'POST',
    path: '/api/payout-batches/:id/cancel',
    access: 'payout.write',
    summary: 'Drops a batch that was not sent',
    params: byId,
    body: versioned.extend({ reason: textField(200, 2) }),
    reply: batchShape,
    problems: ['wrong_state', 'stale_version'],
  }),
  'payouts.approveNewAccount': contract({
    method: 'POST',
    path: '/api/payouts/:id/approve-account',
    access: 'payout.write',
    summary:
      'Second approval of a payout into an account told within a day, by another person than its proposer',
    params: byId,
    body: z.object({ how: textField(200, 2) }),
    reply: batchShape,
    problems: ['same_person', 'wrong_state'],
  }),
  'payouts.file': contract({
    method: 'GET',
    path: '/api/payout-batches/:id/file/:encoding',
    access: 'payout.write',
    summary: 'The file for the bank (CSV) of an approved batch, in GB 18030 or UTF-8',
    params: byId.extend({ encoding: z.enum(['gb18030', 'utf8']) }),
    reply: z.unknown(),
    raw: 'stream',
    problems: ['wrong_state', 'second_approval_missing'],
  }),
  'payouts.send': contract({
    method: 'POST',
    path: '/api/payout-batches/:id/send',
    access: 'payout.write',
    summary: 'The batch goes out: its money is on the way until confirmed or returned',
    params: byId,
    body: versioned,
    reply: batchShape,
    problems: ['wrong_state', 'stale_version', 'payout_not_covered', 'second_approval_missing'],
  }),
  'payouts.confirm': contract({
    method: 'POST',
    path: '/api/payouts/:id/confirm',
    access: 'payout.write',
    summary: 'The bank says that the money arrived',
    params: byId,
    body: z.object({ railReference: textField(60, 1) }),
    reply: batchShape,
    problems: ['wrong_state', 'id_reused'],
  }),
  'payouts.return': contract({
    method: 'POST',
    path: '/api/payouts/:id/return',
    access: 'payout.write',
    summary: 'The bank sent the money back: it is owed again',
    params: byId,
    body: z.object({ reason: textField(200, 2) }),
    reply: batchShape,
    problems: ['wrong_state', 'id_reused'],
  }),
} as const
