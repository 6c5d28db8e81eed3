import { z } from 'zod'
import { claimKinds, claimParties } from '../claiming.ts'
import { contract } from '../contract.ts'
import {
  idField,
  instantField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'

export const claimStatuses = ['sent', 'decided', 'contested', 'withdrawn'] as const
const kindField = z.enum(claimKinds)
const partyField = z.enum(claimParties)
const byId = z.object({ id: idField })

const goods = {
  orderLineId: idField,
  lotId: idField,
  lotCode: z.string(),
  skuId: idField,
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  picture: z.string(),
  zone: z.string(),
  supplier: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
  catchWeight: z.boolean(),
}

const claimableLine = z.object({
  ...goods,
  delivered: z.int(),
  /** Delivered less what earlier claims ask for or were given. */
  left: z.int(),
  kinds: z.array(z.object({ kind: kindField, until: instantField, photosMin: z.int(), source: z.string() })),
})

export const claimLineShape = z.object({
  id: idField,
  ...goods,
  supplierOrgId: idField,
  kind: kindField,
  quantity: z.int(),
  photoFileIds: z.array(idField),
  note: z.string(),
  askedFen: z.int(),
  acceptedQuantity: z.int().nullable(),
  acceptedFen: z.int().nullable(),
  responsibleParty: partyField.nullable(),
  decisionReason: z.string(),
  contestedAt: instantField.nullable(),
  contestReason: z.string(),
  contestOutcome: z.enum(['upheld', 'changed']).nullable(),
  contestAnswer: z.string(),
  /** Only for who decides. */
  proposal: z
    .object({ party: partyField, why: z.array(z.string()), ruleSource: z.string(), autoUpToFen: z.int() })
    .nullable(),
})

export const claimBrief = z.object({
  id: idField,
  number: z.string(),
  orderId: idField,
  orderNumber: z.string(),
  buyer: z.string(),
  site: z.string(),
  status: z.enum(claimStatuses),
  kinds: z.array(kindField),
  lineCount: z.int(),
  askedFen: z.int(),
  acceptedFen: z.int().nullable(),
  madeAt: instantField,
  decidedAt: instantField.nullable(),
  decidedHow: z.enum(['rule', 'person']).nullable(),
  isSample: z.boolean(),
})

export const claimShape = claimBrief.extend({
  orgId: idField,
  deliveredAt: instantField,
  saidAt: instantField,
  note: z.string(),
  reason: z.string(),
  contestUntil: instantField.nullable(),
  version: z.int(),
  lines: z.array(claimLineShape),
  creditNote: z.object({ id: idField, number: z.string(), totalFen: z.int(), taxFen: z.int() }).nullable(),
  /** What is known of the goods' way; only for who decides. */
  evidence: z
    .object({
      runId: idField.nullable(),
      proof: z.string().nullable(),
      totes: z.int(),
      totesScanned: z.int(),
      alarms: z.array(
        z.object({
          id: idField,
          kind: z.string(),
          zone: z.string(),
          worstDeciC: z.int().nullable(),
          limitDeciC: z.int().nullable(),
          startedAt: instantField,
          endedAt: instantField,
        }),
      ),
      readings: z.array(z.object({ zone: z.string(), deciC: z.int() })),
      photoFileIds: z.array(idField),
      receipts: z.array(
        z.object({
          lotId: idField,
          accepted: z.int(),
          refused: z.int(),
          refuseReason: z.string().nullable(),
          exceptions: z.array(z.string()),
          surfaceDeciC: z.int().nullable(),
        }),
      ),
    })
    .nullable(),
})

const listFilters = {
  status: z.enum(claimStatuses).optional(),
  orderId: idField.optional(),
  from: serviceDayField.optional(),
  to: serviceDayField.optional(),
}

export const claimContracts = {
  'claims.choices': contract({
    method: 'GET',
    path: '/api/orders/:id/claimable',
    access: 'claim.write',
    summary: 'Goods of a delivered order that may still be claimed, with the time and photos each kind needs',
    params: byId,
    reply: z.object({ orderNumber: z.string(), deliveredAt: instantField, lines: z.array(claimableLine) }),
    problems: ['wrong_state'],
  }),
  'claims.send': contract({
    method: 'PUT',
    path: '/api/claims/:id',
    access: 'claim.write',
    summary: 'Claim goods of one order; sent again it is the same claim',
    params: byId,
    body: z.object({
      orderId: idField,
      /** When the buyer wrote it, where the device had no network; believed for a day. */
      saidAt: instantField.optional(),
      note: textField(500).default(''),
      lines: z
        .array(
          z.object({
            id: idField,
            orderLineId: idField,
            lotId: idField,
            kind: kindField,
            quantity: quantityField.min(1),
            photoFileIds: z.array(idField).max(6).default([]),
            note: textField(500).default(''),
          }),
        )
        .min(1)
        .max(50)
        .refine(
          (lines) =>
            new Set(lines.map((one) => `${one.orderLineId} ${one.lotId} ${one.kind}`)).size === lines.length,
          { message: 'line_twice' },
        ),
    }),
    reply: claimShape,
    problems: ['wrong_state', 'id_reused', 'claim_too_late', 'claim_above_delivered', 'photo_missing'],
  }),
  'claims.list': contract({
    method: 'GET',
    path: '/api/claims',
    access: 'claim.read',
    summary: 'Claims, newest first: a buyer’s own, those on a supplier’s goods, or all',
    query: z.object({ ...pageQuery, ...listFilters }),
    reply: pageOf(claimBrief),
  }),
  'claims.read': contract({
    method: 'GET',
    path: '/api/claims/:id',
    access: 'claim.read',
    summary: 'One claim; a supplier sees the lines on its goods',
    params: byId,
    reply: claimShape,
  }),
  'claims.withdraw': contract({
    method: 'POST',
    path: '/api/claims/:id/withdraw',
    access: 'claim.write',
    summary: 'The buyer takes a claim back that is not decided',
    params: byId,
    body: z.object({}),
    reply: claimShape,
    problems: ['wrong_state'],
  }),
  'claims.decide': contract({
    method: 'POST',
    path: '/api/claims/:id/decide',
    access: 'claim.decide',
    summary: 'Decide every line: how much is credited and who bears it',
    params: byId,
    body: z.object({
      version: z.int(),
      reason: textField(500, 1),
      lines: z
        .array(
          z.object({
            id: idField,
            acceptedQuantity: quantityField,
            party: partyField.nullable(),
            reason: textField(300).default(''),
          }),
        )
        .min(1)
        .max(50),
    }),
    reply: claimShape,
    problems: ['wrong_state', 'stale_version', 'reason_missing', 'claim_above_delivered'],
  }),
  'claims.contest': contract({
    method: 'POST',
    path: '/api/claims/:id/contest',
    access: 'claim.contest',
    summary: 'A supplier objects to bearing a line; the buyer’s credit stays',
    params: byId,
    body: z.object({ lineId: idField, reason: textField(500, 1) }),
    reply: claimShape,
    problems: ['wrong_state', 'contest_too_late'],
  }),
  'claims.answerContest': contract({
    method: 'POST',
    path: '/api/claims/:id/answer-contest',
    access: 'claim.decide',
    summary: 'Answer a supplier: it stays, or another party bears the line',
    params: byId,
    body: z.object({ lineId: idField, party: partyField, answer: textField(500, 1) }),
    reply: claimShape,
    problems: ['wrong_state'],
  }),
  'claims.export': contract({
    method: 'GET',
    path: '/api/claims/export/:format',
    access: 'claim.read',
    summary: 'Claims by line as a table or a paper, in Chinese',
    params: z.object({ format: z.enum(['xlsx', 'csv', 'pdf']) }),
    query: z.object(listFilters),
    reply: z.any(),
    raw: 'stream',
  }),
} as const
