import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  fenField,
  idField,
  instantField,
  minuteField,
  okReply,
  pageOf,
  pageQuery,
  serviceDayField,
  textField,
} from '../fields.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'
import { priceBasisShape } from './pricing.ts'

export const orderStatuses = [
  'awaiting_approval',
  'placed',
  'frozen',
  'picking',
  'picked',
  'loaded',
  'delivered',
  'accepted',
  'failed',
  'cancelled',
] as const
export const shortageRules = ['partial', 'cancel_line'] as const
export const cutReasons = [
  'supply_short',
  'late_supply',
  'refused_at_receipt',
  'short_pick',
  'damaged',
  'held',
  'expired',
  'recalled',
] as const

const lineWrite = z.object({
  skuId: idField,
  /** Ordering units, e.g. cartons. */
  units: z.int().min(1).max(9999),
})

export const orderLineShape = z.object({
  id: idField,
  lineNo: z.int(),
  skuId: idField,
  productId: idField,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  picture: z.string(),
  zone: z.string(),
  supplier: z.string(),
  units: z.int(),
  quantity: z.int(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
  priceUnit: z.enum(UNIT_IDS),
  basePerPriceUnit: z.int(),
  priceCentifen: z.int(),
  priceReason: z.string(),
  priceBasis: priceBasisShape.nullable(),
  catchWeight: z.boolean(),
  taxRateBp: z.int(),
  amountFen: z.int(),
  cutQuantity: z.int(),
  cutReason: z.string().nullable(),
  /** How too little was shared between the buyers, where that cut it. */
  cutRule: z.string().nullable(),
  pickedQuantity: z.int().nullable(),
  deliveredQuantity: z.int().nullable(),
  refusedQuantity: z.int(),
  refuseReason: z.string().nullable(),
  finalFen: z.int().nullable(),
  /** Weighed above its tolerance: what is on the bill, and what the rest costs once the buyer agrees. */
  weight: z
    .object({
      billedQuantity: z.int(),
      excessFen: z.int(),
      status: z.enum(['asked', 'agreed', 'declined']),
      answerBy: instantField,
    })
    .nullable(),
  /** Lots behind the line, once fixed: code, quantity, use-by. */
  lots: z.array(z.object({ code: z.string(), quantity: z.int(), useByDay: serviceDayField })),
})

const orderBrief = z.object({
  id: idField,
  number: z.string(),
  orgId: idField,
  buyer: z.string(),
  buyerClass: z.string(),
  siteId: idField,
  site: z.string(),
  hubId: idField,
  day: serviceDayField,
  windowFrom: z.int(),
  windowTo: z.int(),
  status: z.enum(orderStatuses),
  totalFen: z.int(),
  /** What is owed after picking and delivery; null before. */
  finalFen: z.int().nullable(),
  lineCount: z.int(),
  cutLines: z.int(),
  placedAt: instantField,
  /** Until when it may be changed. */
  cutOffAt: instantField,
  version: z.int(),
  isSample: z.boolean(),
})

export const orderShape = orderBrief.extend({
  lines: z.array(orderLineShape),
  note: z.string(),
  shortageRule: z.enum(shortageRules),
  placedBy: z.string(),
  approvedBy: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** People who accepted so far, and how many are needed. */
  acceptances: z.array(z.object({ name: z.string(), at: instantField, note: z.string(), mine: z.boolean() })),
  acceptancesNeeded: z.int(),
  /** Where the goods are: planned and actual arrival, stop number, driver's first name and masked phone. */
  delivery: z
    .object({
      status: z.string(),
      seq: z.int(),
      stopsBefore: z.int(),
      plannedArriveAt: instantField,
      arrivedAt: instantField.nullable(),
      plate: z.string(),
      driver: z.string(),
      driverPhone: z.string(),
      receiverName: z.string(),
    })
    .nullable(),
  timeline: z.array(z.object({ type: z.string(), at: instantField, by: z.string().nullable() })),
})

export const orderContracts = {
  'orders.quote': contract({
    method: 'POST',
    path: '/api/orders/quote',
    access: 'order.place',
    summary: 'What a basket would cost and whether it can be placed: nothing is written',
    body: z.object({
      siteId: idField,
      day: serviceDayField,
      /** The order being changed: what it holds already counts as free. */
      orderId: idField.optional(),
      lines: z.array(lineWrite).max(200),
    }),
    reply: z.object({
      totalFen: z.int(),
      minimumFen: z.int(),
      missingFen: z.int(),
      creditAvailableFen: z.int().nullable(),
      cutOffAt: instantField,
      needsApproval: z.boolean(),
      lines: z.array(
        z.object({
          skuId: idField,
          units: z.int(),
          priceCentifen: z.int().nullable(),
          priceReason: z.string().nullable(),
          priceBasis: priceBasisShape.nullable(),
          /** Number of the contract that would have given the price, had it enough left. */
          contractSpent: z.string().nullable(),
          amountFen: z.int(),
          availableUnits: z.int(),
          problem: z.enum(['off_step', 'price_missing', 'not_available']).nullable(),
          /** A lot of the pack is being recalled: that is why so little of it is to be had. */
          recalled: z.boolean(),
        }),
      ),
      problem: z.string().nullable(),
    }),
  }),
  'orders.place': contract({
    method: 'PUT',
    path: '/api/orders/:id',
    access: 'order.place',
    summary:
      'Place an order, or change it until the cut-off. Safe to repeat: the same body gives the same answer',
    params: z.object({ id: idField }),
    body: z.object({
      siteId: idField,
      day: serviceDayField,
      windowFrom: minuteField,
      windowTo: minuteField,
      /** The sum the buyer saw; another sum is refused with the new one. */
      expectedTotalFen: fenField,
      /** 0 for a new order; the version seen when changing one. */
      version: z.int().min(0).default(0),
      shortageRule: z.enum(shortageRules).default('partial'),
      note: textField(300).default(''),
      lines: z.array(lineWrite).max(200),
    }),
    reply: z.object({
      id: idField,
      number: z.string(),
      status: z.enum(orderStatuses),
      version: z.int(),
      totalFen: z.int(),
      cutOffAt: instantField,
    }),
    problems: [
      'order_empty',
      'off_step',
      'price_missing',
      'total_changed',
      'not_available',
      'credit_exceeded',
      'below_minimum',
      'cut_off_passed',
      'day_closed',
      'day_not_served',
      'day_out_of_range',
      'window_not_offered',
      'stale_version',
      'wrong_state',
      'id_reused',
    ],
  }),
  'orders.cancel': contract({
    method: 'POST',
    path: '/api/orders/:id/cancel',
    access: 'order.cancel',
    summary: 'Cancel until the cut-off; goods and credit are given back',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200).default('') }),
    reply: z.object({ id: idField, status: z.enum(orderStatuses) }),
    problems: ['cut_off_passed', 'wrong_state'],
  }),
  'orders.approve': contract({
    method: 'POST',
    path: '/api/orders/:id/approve',
    access: 'order.approve',
    summary: 'Approve an order above the purchaser’s limit',
    params: z.object({ id: idField }),
    body: z.object({ version: z.int() }),
    reply: z.object({ id: idField, status: z.enum(orderStatuses) }),
    problems: ['cut_off_passed', 'wrong_state', 'stale_version'],
  }),
  'orders.list': contract({
    method: 'GET',
    path: '/api/orders',
    access: 'order.read',
    summary: 'Orders one may see, newest first',
    query: z.object({
      ...pageQuery,
      siteId: idField.optional(),
      day: serviceDayField.optional(),
      status: z.enum(orderStatuses).optional(),
      search: textField(40).optional(),
    }),
    reply: pageOf(orderBrief),
  }),
  'orders.read': contract({
    method: 'GET',
    path: '/api/orders/:id',
    access: 'order.read',
    summary: 'One order with lines, lots, delivery and timeline',
    params: z.object({ id: idField }),
    reply: orderShape,
  }),
  'orders.accept': contract({
    method: 'POST',
    path: '/api/orders/:id/accept',
    access: 'order.accept',
    summary: 'The buyer confirms what was delivered; canteens need two people',
    params: z.object({ id: idField }),
    body: z.object({ note: textField(300).default('') }),
    reply: z.object({ id: idField, status: z.enum(orderStatuses), accepted: z.int(), needed: z.int() }),
    problems: ['wrong_state', 'needs_second_person'],
  }),
  'orders.answerWeight': contract({
    method: 'POST',
    path: '/api/orders/:id/lines/:lineId/weight',
    access: 'order.accept',
    summary: 'The buyer agrees to a weight above the tolerance, which is then billed, or declines it',
    params: z.object({ id: idField, lineId: idField }),
    body: z.object({ agree: z.boolean() }),
    reply: okReply,
    problems: ['wrong_state', 'weight_answer_late'],
  }),
} as const
