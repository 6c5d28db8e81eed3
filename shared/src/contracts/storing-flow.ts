import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  deciCelsiusField,
  idField,
  instantField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { BIN_KIND_IDS } from '../reference/bins.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { goodsFields } from './storing.ts'
import { packFields } from './supply.ts'

export const transferStatuses = ['asked', 'shipped', 'received', 'cancelled'] as const
export const countStatuses = ['open', 'recount', 'review', 'done', 'cancelled'] as const

const byId = z.object({ id: idField })

export const transferBrief = z.object({
  id: idField,
  number: z.string(),
  fromHubId: idField,
  fromHub: z.string(),
  toHubId: idField,
  toHub: z.string(),
  status: z.enum(transferStatuses),
  lines: z.int(),
  askedAt: instantField,
  shippedAt: instantField.nullable(),
  receivedAt: instantField.nullable(),
  /** Base units that did not arrive, over all lots. */
  short: z.int(),
})

export const transferShape = transferBrief.extend({
  note: z.string(),
  askedBy: z.string().nullable(),
  plate: z.string(),
  sealNumber: z.string(),
  departDeciC: z.int().nullable(),
  arriveDeciC: z.int().nullable(),
  sealOk: z.boolean().nullable(),
  shippedBy: z.string().nullable(),
  receivedBy: z.string().nullable(),
  cancelReason: z.string(),
  asked: z.array(
    z.object({
      id: idField,
      ...packFields,
      quantity: z.int(),
      /** Free lots at the sending hub, first to expire first. */
      offers: z.array(
        z.object({ lotId: idField, lotCode: z.string(), useByDay: serviceDayField, free: z.int() }),
      ),
    }),
  ),
  lots: z.array(
    z.object({
      id: idField,
      ...goodsFields,
      childLotId: idField,
      quantity: z.int(),
      departDeciC: z.int().nullable(),
      arriveDeciC: z.int().nullable(),
      laterLotReason: z.string(),
      receivedQuantity: z.int().nullable(),
      quarantinedQuantity: z.int(),
      shortReason: z.string(),
    }),
  ),
})

export const countBrief = z.object({
  id: idField,
  hubId: idField,
  binId: idField,
  bin: z.string(),
  zone: z.enum(ZONE_IDS),
  kind: z.enum(BIN_KIND_IDS),
  status: z.enum(countStatuses),
  reason: z.string(),
  openedAt: instantField,
  firstById: idField.nullable(),
  firstBy: z.string().nullable(),
  secondBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string(),
})

export const countShape = countBrief.extend({
  /** Quantities are shown to those who approve, once both counts are in; a counter sees only what to count. */
  lines: z.array(
    z.object({
      ...goodsFields,
      firstQuantity: z.int().nullable(),
      firstDifference: z.int().nullable(),
      secondQuantity: z.int().nullable(),
      secondDifference: z.int().nullable(),
      adjustedBy: z.int().nullable(),
    }),
  ),
})

export const storingFlowContracts = {
  'storing.askTransfer': contract({
    method: 'PUT',
    path: '/api/transfers/:id',
    access: 'transfer.write',
    summary: 'Ask another hub for goods',
    params: byId,
    body: z.object({
      fromHubId: idField,
      toHubId: idField,
      note: textField(200).default(''),
      lines: z
        .array(z.object({ skuId: idField, quantity: quantityField.min(1) }))
        .min(1)
        .max(100),
    }),
    reply: transferShape,
    problems: ['id_reused'],
  }),
  'storing.listTransfers': contract({
    method: 'GET',
    path: '/api/transfers',
    access: 'stock.read',
    summary: 'Transfers from and to a hub, newest first',
    query: z.object({ ...pageQuery, hubId: idField.optional(), status: z.enum(transferStatuses).optional() }),
    reply: pageOf(transferBrief),
  }),
  'storing.readTransfer': contract({
    method: 'GET',
    path: '/api/transfers/:id',
    access: 'stock.read',
    summary: 'A transfer with what was asked, sent and received',
    params: byId,
    reply: transferShape,
  }),
  'storing.cancelTransfer': contract({
    method: 'POST',
    path: '/api/transfers/:id/cancel',
    access: 'transfer.write',
    summary: 'Call off a transfer that has not left',
    params: byId,
    body: z.object({ reason: textField(200, 1) }),
    reply: transferShape,
    problems: ['wrong_state'],
  }),
  'storing.shipTransfer': contract({
    method: 'POST',
    path: '/api/transfers/:id/ship',
    access: 'transfer.write',
    summary: 'The goods leave: lots scanned, counted and measured, the door sealed',
    params: byId,
    body: z.object({
      plate: textField(20, 1),
      sealNumber: textField(40, 1),
      airDeciC: deciCelsiusField.nullable().default(null),
      lots: z
        .array(
          z.object({
            id: idField,
            lotId: idField,
            quantity: quantityField.min(1),
            surfaceDeciC: deciCelsiusField.nullable().default(null),
            laterLotReason: textField(200).default(''),
          }),
        )
        .min(1)
        .max(200),
    }),
    reply: transferShape,
    problems: [
      'wrong_state',
      'lot_wrong_stage',
      'goods_expired',
      'over_free',
      'over_transfer',
      'later_lot_first',
      'lot_on_the_way',
      'temperature_missing',
      'too_warm',
      'id_reused',
    ],
  }),
  'storing.receiveTransfer': contract({
    method: 'POST',
    path: '/api/transfers/:id/receive',
    access: 'transfer.write',
    summary:
      'The goods arrive: seal looked at, every lot counted and measured; what is missing is written down',
    params: byId,
    body: z.object({
      sealOk: z.boolean(),
      airDeciC: deciCelsiusField.nullable().default(null),
      lots: z
        .array(
          z.object({
            id: idField,
            received: quantityField,
            surfaceDeciC: deciCelsiusField.nullable().default(null),
            shortReason: textField(200).default(''),
          }),
        )
        .min(1)
        .max(200),
    }),
    reply: transferShape,
    problems: ['wrong_state', 'receipt_mismatch', 'reason_missing', 'temperature_missing'],
  }),
  'storing.openCounts': contract({
    method: 'POST',
    path: '/api/bin-counts',
    access: 'stock.approve',
    summary: 'Ask for bins to be counted',
    body: z.object({
      hubId: idField,
      reason: textField(200).default(''),
      counts: z
        .array(z.object({ id: idField, binId: idField }))
        .min(1)
        .max(100),
    }),
    reply: z.object({ items: z.array(countBrief) }),
    problems: ['count_open', 'id_reused'],
  }),
  'storing.listCounts': contract({
    method: 'GET',
    path: '/api/bin-counts',
    access: 'stock.read',
    summary: 'Counts in walking order of their bins; done ones newest first',
    query: z.object({
      ...pageQuery,
      hubId: idField.optional(),
      status: z.enum(countStatuses).optional(),
      open: z.stringbool().optional(),
    }),
    reply: pageOf(countBrief),
  }),
  'storing.readCount': contract({
    method: 'GET',
    path: '/api/bin-counts/:id',
    access: 'stock.read',
    summary: 'A count with the lots to look for; blind until both counts are in',
    params: byId,
    reply: countShape,
  }),
  'storing.submitCount': contract({
    method: 'POST',
    path: '/api/bin-counts/:id/submit',
    access: 'stock.count',
    summary: 'What was counted in the bin; a difference asks for a second count by somebody else',
    params: byId,
    body: z.object({
      /** When the counter began to look: movements since then are allowed for. */
      startedAt: instantField,
      lines: z.array(z.object({ lotId: idField, quantity: quantityField })).max(200),
    }),
    reply: countShape,
    problems: ['wrong_state', 'other_person_needed', 'times_wrong', 'lot_not_here'],
  }),
  'storing.decideCount': contract({
    method: 'POST',
    path: '/api/bin-counts/:id/decide',
    access: 'stock.approve',
    summary: 'The lead puts the books right with a reason, or has it counted again',
    params: byId,
    body: z.object({ approve: z.boolean(), reason: textField(200, 1) }),
    reply: countShape,
    problems: ['wrong_state', 'other_person_needed', 'picks_stand_on_it', 'bin_short'],
  }),
  'storing.cancelCount': contract({
    method: 'POST',
    path: '/api/bin-counts/:id/cancel',
    access: 'stock.approve',
    summary: 'This bin need not be counted after all',
    params: byId,
    body: z.object({ reason: textField(200, 1) }),
    reply: countShape,
    problems: ['wrong_state'],
  }),
} as const
