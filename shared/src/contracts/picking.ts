import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, quantityField, serviceDayField, textField } from '../fields.ts'
import { SEPARATION_IDS } from '../reference/handling.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { cutReasons, orderStatuses } from './orders.ts'
import { packFields } from './supply.ts'

export const waveStatuses = ['planned', 'picking', 'picked', 'cancelled'] as const
export const taskStatuses = ['open', 'done', 'short'] as const
export const toteStatuses = ['open', 'sealed', 'loaded', 'delivered', 'returned', 'empty'] as const
/** 播种, 摘果, 直通. */
export const pickMethods = ['put_to_store', 'by_order', 'cross_dock'] as const
export const shortageRules = ['contract_first', 'pro_rata', 'equal_share'] as const
export const toteCheckRules = ['none', 'weigh', 'weigh_other'] as const
export const batchStatuses = ['open', 'fetched', 'done'] as const
/** Why a pick fell short. */
export const shortReasons = ['missing', 'damaged', 'misplaced'] as const

export const zoneProgress = z.object({
  zone: z.enum(ZONE_IDS),
  tasks: z.int(),
  open: z.int(),
  done: z.int(),
  short: z.int(),
  totes: z.int(),
  sealed: z.int(),
})

export const waveBrief = z.object({
  id: idField,
  hubId: idField,
  hub: z.string(),
  day: serviceDayField,
  seq: z.int(),
  status: z.enum(waveStatuses),
  createdAt: instantField,
  releasedAt: instantField.nullable(),
  pickedAt: instantField.nullable(),
  orders: z.int(),
  lines: z.int(),
  cutLines: z.int(),
  zones: z.array(zoneProgress),
  summary: z.record(z.string(), z.int()),
})

export const taskShape = z.object({
  id: idField,
  waveId: idField,
  orderId: idField,
  orderNumber: z.string(),
  site: z.string(),
  orderLineId: idField,
  ...packFields,
  lotId: idField,
  lotCode: z.string(),
  useByDay: serviceDayField,
  /** False once the lot is stopped: then another lot is being found. */
  lotSellable: z.boolean(),
  method: z.enum(pickMethods),
  /** Where the goods lie, in walking order; null when nobody noted it. */
  binCode: z.string().nullable(),
  walk: z.int(),
  batchId: idField.nullable(),
  toteId: idField,
  toteCode: z.string(),
  toteSscc: z.string().nullable(),
  separation: z.enum(SEPARATION_IDS),
  loose: z.boolean(),
  quantity: z.int(),
  /** Net grams accepted without asking, for catch weight; else both are the quantity. */
  least: z.int(),
  most: z.int(),
  status: z.enum(taskStatuses),
  pickedQuantity: z.int().nullable(),
  netGrams: z.int().nullable(),
  shortReason: z.string().nullable(),
  pickedAt: instantField.nullable(),
  pickedBy: z.string().nullable(),
})

export const toteShape = z.object({
  id: idField,
  code: z.string(),
  /** 18 digits for the label's bar code. */
  sscc: z.string().nullable(),
  kind: z.string(),
  separation: z.enum(SEPARATION_IDS),
  /** The only lot in it, where its goods are loose. */
  looseLotCode: z.string().nullable(),
  /** The how manieth of the order's totes of this zone and class. */
  part: z.int(),
  parts: z.int(),
  holderId: idField.nullable(),
  holder: z.string().nullable(),
  /** Must it be checked before it is sealed, and was it? */
  needsCheck: z.boolean(),
  checkedAt: instantField.nullable(),
  grossGrams: z.int().nullable(),
  waveId: idField,
  orderId: idField,
  orderNumber: z.string(),
  buyer: z.string(),
  site: z.string(),
  address: z.string(),
  day: serviceDayField,
  windowFrom: z.int(),
  windowTo: z.int(),
  zone: z.enum(ZONE_IDS),
  status: z.enum(toteStatuses),
  sealNumber: z.string(),
  sealedAt: instantField.nullable(),
  tasks: z.int(),
  openTasks: z.int(),
})

/** Supply against demand of one pack in a wave. Base units. */
const shortage = z.object({
  ...packFields,
  demand: z.int(),
  supply: z.int(),
  cut: z.int(),
  lines: z.int(),
  cutLines: z.int(),
  reason: z.enum(cutReasons).nullable(),
  /** How its lines will be picked. */
  methods: z.record(z.enum(pickMethods), z.int()),
})

/** What the lead decided otherwise: for the whole wave, an order, a pack, or a pack of an order. */
export const methodChoice = z.object({
  id: idField,
  orderId: idField.nullable(),
  orderNumber: z.string().nullable(),
  skuId: idField.nullable(),
  sku: z.string().nullable(),
  method: z.enum(pickMethods),
  reason: z.string(),
  by: z.string(),
  at: instantField,
})

/** After a pick or short pick: the task, and what is still to do. */
const pickedReply = z.object({
  task: taskShape,
  openInTote: z.int(),
  openInWave: z.int(),
  orderStatus: z.enum(orderStatuses),
})

export const hubParams = z.object({ hubId: idField })
export const waveParams = z.object({ id: idField })
/** What the scanner read, or somebody typed: a lot code, bare or inside a label's text. */
export const scanField = textField(120, 1)
/** A tote's own code, its SSCC, or the text of its label. */
export const toteParams = z.object({ code: textField(60, 1) })

export const pickingContracts = {
  'picking.board': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/waves',
    access: 'picking.read',
    summary: 'Waves of a hub with progress by zone, and frozen orders that are in no wave yet',
    params: hubParams,
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({
      waves: z.array(waveBrief),
      waiting: z.array(z.object({ day: serviceDayField, orders: z.int(), lines: z.int() })),
    }),
  }),
  'picking.planWave': contract({
    method: 'POST',
    path: '/api/hubs/:hubId/waves',
    access: 'wave.release',
    summary: 'Put the frozen orders of a delivery day into its planned wave',
    params: hubParams,
    body: z.object({ day: serviceDayField }),
    reply: waveBrief,
    problems: ['wave_empty'],
  }),
  'picking.readWave': contract({
    method: 'GET',
    path: '/api/waves/:id',
    access: 'picking.read',
    summary: 'A wave with its orders; before release with the shortage to expect',
    params: waveParams,
    reply: waveBrief.extend({
      orderList: z.array(
        z.object({
          id: idField,
          number: z.string(),
          buyer: z.string(),
          site: z.string(),
          status: z.enum(orderStatuses),
          lines: z.int(),
          openTasks: z.int(),
          cutLines: z.int(),
        }),
      ),
      /** Packs of a planned wave, short ones first; empty once released. */
      preview: z.array(shortage),
      methods: z.array(methodChoice),
      /** Orders by district of their site: groups that a wave may be split into. */
      districts: z.array(z.object({ districtCode: z.string(), orders: z.int(), lines: z.int() })),
    }),
  }),
  'picking.releaseWave': contract({
    method: 'POST',
    path: '/api/waves/:id/release',
    access: 'wave.release',
    summary: 'Fix the lots, share what is short, make pick tasks and totes',
    params: waveParams,
    reply: waveBrief,
    problems: ['wrong_state', 'wave_empty'],
  }),
  'picking.pick': contract({
    method: 'POST',
    path: '/api/pick-tasks/:id/pick',
    access: 'pick.write',
    summary: 'Take the lot for the line and put it in the tote; the lot scanned must be the one named',
    params: z.object({ id: idField }),
    body: z.object({
      lot: scanField,
      /** Base units; for catch weight the net grams weighed. */
      quantity: quantityField.min(1),
      tote: scanField.optional(),
      /** Nothing lighter is there: a weight above the tolerance goes, and the buyer is asked. */
      overweight: z.boolean().default(false),
      /** Needed when another lot of the pack is taken. */
      otherLotReason: textField(100).default(''),
      /** When it was done, if the device could not say so at once. */
      at: instantField.optional(),
    }),
    reply: pickedReply,
    problems: [
      'wrong_state',
      'wrong_lot',
      'wrong_tote',
      'tote_mixes_handling',
      'tote_mixes_allergen',
      'tote_mixes_lots',
      'tote_other_zone',
      'tote_held',
      'later_lot_first',
      'over_pick',
      'under_pick',
      'weight_out_of_tolerance',
      'lot_wrong_stage',
    ],
  }),
  'picking.short': contract({
    method: 'POST',
    path: '/api/pick-tasks/:id/short',
    access: 'pick.write',
    summary: 'Less than asked is there: take that, say why; the rest comes from the next lot or is cut',
    params: z.object({ id: idField }),
    body: z.object({
      quantity: quantityField.default(0),
      reason: z.enum(shortReasons),
      at: instantField.optional(),
    }),
    reply: pickedReply.extend({
      /** A new task for the rest, from the next lot. */
      replacement: taskShape.nullable(),
      cutQuantity: z.int(),
    }),
    problems: ['wrong_state', 'over_pick', 'off_step', 'lot_wrong_stage'],
  }),
} as const
