import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  idField,
  instantField,
  okReply,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { conformityBases, conformityForms, paperStandings } from '../paper-rules.ts'
import { BASE_UNITS } from '../units.ts'

const paperFields = {
  orgId: idField,
  kind: textField(40, 1),
  number: textField(60, 1),
  issuer: textField(60).default(''),
  /** Classes of a production licence (`111`), the first digit of a trading licence, else what the paper says. */
  scope: z.array(textField(20, 1)).max(40).default([]),
  productIds: z.array(idField).max(100).default([]),
  /** Whose it is, of papers of a vehicle or a person. */
  vehicleId: idField.nullable().default(null),
  personId: idField.nullable().default(null),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  /** Last yearly confirmation, of 全国名特优新农产品. */
  confirmedOn: serviceDayField.nullable().default(null),
  fileId: idField.nullable().default(null),
}

/** A paper of an organisation as its holder and operations see it. */
export const paperShape = z.object({
  ...paperFields,
  id: idField,
  holder: z.string(),
  products: z.array(z.string()),
  /** Plate of the vehicle or name of the person it speaks of; else empty. */
  about: z.string(),
  standing: z.enum(paperStandings),
  /** The last day it counts, yearly confirmation reckoned in, and how many days are left. */
  lastDay: serviceDayField,
  daysLeft: z.int(),
  /** When it is to be checked against the register again; null when it is not. */
  verifyDueOn: serviceDayField.nullable(),
  verifyOverdue: z.boolean(),
  submittedAt: instantField.nullable(),
  reviewedAt: instantField.nullable(),
  reviewNote: z.string(),
  isSample: z.boolean(),
  version: z.int(),
})

const lotPaperFields = {
  lotId: idField,
  kind: textField(40, 1),
  number: textField(60, 1),
  form: z.enum(conformityForms).nullable().default(null),
  basis: z.array(z.enum(conformityBases)).max(3).default([]),
  /** 用什么药、检什么药, where the basis is a test. */
  tested: textField(200).default(''),
  /** Base units it covers. */
  quantity: quantityField.min(1),
  origin: textField(60).default(''),
  issuer: textField(60).default(''),
  contact: textField(40).default(''),
  issuedOn: serviceDayField,
  validTo: serviceDayField.nullable().default(null),
  fileId: idField.nullable().default(null),
  /** Of a collector's certificate: those it stands on. */
  fromPaperIds: z.array(idField).max(20).default([]),
}
export const lotPaperShape = z.object({
  ...lotPaperFields,
  id: idField,
  /** False when its last day is over. */
  counts: z.boolean(),
  createdAt: instantField,
  voidedAt: instantField.nullable(),
  voidReason: z.string(),
  isSample: z.boolean(),
})
const lackShape = z.object({
  paper: z.string(),
  why: z.enum(['missing', 'pending', 'not_yet', 'expired', 'scope', 'short']),
})

export const paperContracts = {
  'papers.list': contract({
    method: 'GET',
    path: '/api/papers',
    access: 'paper.read',
    summary:
      'Licences, certificates and reports; by view what waits for review, runs out or is to be checked again',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      view: z.enum(['all', 'review', 'expiring', 'verify']).default('all'),
    }),
    reply: pageOf(paperShape).extend({
      counts: z.object({ review: z.int(), expiring: z.int(), verify: z.int() }),
    }),
  }),
  'papers.write': contract({
    method: 'PUT',
    path: '/api/papers/:id',
    access: 'paper.write',
    summary: 'Hand in a paper for review, or correct one that is not reviewed yet or was refused',
    params: z.object({ id: idField }),
    body: z.object({ ...paperFields, version: z.int().min(0).default(0) }),
    reply: paperShape,
    problems: ['wrong_state', 'stale_version', 'id_reused'],
  }),
  'papers.subjects': contract({
    method: 'GET',
    path: '/api/organisations/:id/paper-subjects',
    access: 'paper.read',
    summary: 'Vehicles and drivers of an organisation that need papers, with what each still lacks',
    params: z.object({ id: idField }),
    reply: z.object({
      vehicles: z.array(z.object({ id: idField, plate: z.string(), lack: lackShape.nullable() })),
      people: z.array(z.object({ id: idField, name: z.string(), lack: lackShape.nullable() })),
    }),
  }),
  'papers.withdraw': contract({
    method: 'POST',
    path: '/api/papers/:id/withdraw',
    access: 'paper.write',
    summary: 'Take a paper back; what stood on it is off sale at once',
    params: z.object({ id: idField }),
    body: z.object({ version: z.int().min(1) }),
    reply: paperShape,
    problems: ['wrong_state', 'stale_version'],
  }),
  'papers.review': contract({
    method: 'POST',
    path: '/api/papers/:id/review',
    access: 'paper.review',
    summary: 'Approve, refuse or revoke a paper, or note that it was checked against the register again',
    params: z.object({ id: idField }),
    body: z.object({
      decision: z.enum(['approve', 'refuse', 'verify', 'revoke']),
      note: textField(200).default(''),
      confirmedOn: serviceDayField.nullable().default(null),
      version: z.int().min(1),
    }),
    reply: paperShape,
    problems: ['wrong_state', 'stale_version', 'reason_missing'],
  }),
  'papers.needs': contract({
    method: 'GET',
    path: '/api/organisations/:id/paper-needs',
    access: 'catalogue.manage',
    summary: 'Each pack with the last day its papers let it be sold, or what is lacking today',
    params: z.object({ id: idField }),
    reply: z.object({
      items: z.array(
        z.object({
          skuId: idField,
          productId: idField,
          name: z.string(),
          spec: z.string(),
          archived: z.boolean(),
          saleUntil: serviceDayField.nullable(),
          lack: lackShape.nullable(),
        }),
      ),
    }),
  }),
  'papers.licences': contract({
    method: 'GET',
    path: '/api/sellers/:id/licences',
    access: 'public',
    summary: 'Licences and certificates in force of a seller, shown to everybody (电子商务法 Art. 15)',
    params: z.object({ id: idField }),
    reply: z.object({
      id: idField,
      name: z.string(),
      uscc: z.string().nullable(),
      divisionCode: z.string(),
      isSample: z.boolean(),
      day: serviceDayField,
      papers: z.array(
        z.object({
          kind: z.string(),
          number: z.string(),
          issuer: z.string(),
          scope: z.array(z.string()),
          products: z.array(z.string()),
          validFrom: serviceDayField,
          lastDay: serviceDayField,
        }),
      ),
    }),
  }),
  'papers.sellerRegister': contract({
    method: 'GET',
    path: '/api/sellers/register/:format',
    access: 'paper.review',
    summary: 'Register of sellers for the market regulator, CSV or XLSX (电子商务法 Art. 27, 28)',
    params: z.object({ format: z.enum(['csv', 'xlsx']) }),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'lotPapers.list': contract({
    method: 'GET',
    path: '/api/lots/:id/papers',
    access: 'lot.read',
    summary: 'Papers of a lot, and what it still lacks to be shipped and taken in',
    params: z.object({ id: idField }),
    reply: z.object({
      quantity: z.int(),
      baseUnit: z.enum(BASE_UNITS),
      items: z.array(lotPaperShape),
      lacks: z.object({ ship: lackShape.nullable(), receive: lackShape.nullable() }),
    }),
  }),
  'lotPapers.write': contract({
    method: 'PUT',
    path: '/api/lot-papers/:id',
    access: 'lot.certify',
    summary: 'Enter a paper of a lot: 承诺达标合格证 in either form, inspection, quarantine, test',
    params: z.object({ id: idField }),
    body: z.object(lotPaperFields),
    reply: lotPaperShape,
    problems: ['id_reused', 'lot_wrong_stage'],
  }),
  'lotPapers.void': contract({
    method: 'POST',
    path: '/api/lot-papers/:id/void',
    access: 'lot.certify',
    summary: 'Void a paper of a lot entered by mistake or found false',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: okReply,
    problems: ['wrong_state'],
  }),
} as const
