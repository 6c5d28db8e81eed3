import { z } from 'zod'
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
import { BIN_KIND_IDS } from '../reference/bins.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { lotStages } from './stock.ts'
import { packFields } from './supply.ts'

/**
 * Why goods moved. Into the house: `receive`, `transfer_in`, `return` (from a buyer), `count` (found). Within:
 * `put`, `replenish`, `move`, `hold`, `release`, `set_apart`. Out of it: `pick`, `transfer_out`, `loss`, `destroy`,
 * `count` (missing).
 */
export const movementKinds = [
  'receive',
  'transfer_in',
  'return',
  'unpick',
  'put',
  'replenish',
  'move',
  'hold',
  'release',
  'set_apart',
  'pick',
  'transfer_out',
  'loss',
  'count',
  'destroy',
] as const

const byId = z.object({ id: idField })

export const binShape = z.object({
  id: idField,
  hubId: idField,
  code: z.string(),
  zone: z.enum(ZONE_IDS),
  kind: z.enum(BIN_KIND_IDS),
  /** Walking order. */
  sequence: z.int(),
  closedAt: instantField.nullable(),
  /** Lots lying in it. */
  lots: z.int(),
  countedAt: instantField.nullable(),
})

/** What a lot is, for lists of stock. */
export const goodsFields = {
  lotId: idField,
  lotCode: z.string(),
  stage: z.enum(lotStages),
  supplier: z.string(),
  ...packFields,
  useByDay: serviceDayField,
}

export const binStockShape = z.object({
  ...goodsFields,
  hubId: idField,
  binId: idField,
  bin: z.string(),
  binKind: z.enum(BIN_KIND_IDS),
  /** In this bin, base units. */
  quantity: z.int(),
  /** Of the lot, in all sellable bins, and what of it is promised. */
  onHand: z.int(),
  promised: z.int(),
})

export const movementShape = z.object({
  id: idField,
  lotId: idField,
  lotCode: z.string(),
  ...packFields,
  kind: z.enum(movementKinds).or(z.string()),
  quantity: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string(),
  at: instantField,
  person: z.string().nullable(),
})

const stockQuery = {
  ...pageQuery,
  hubId: idField.optional(),
  zone: z.enum(ZONE_IDS).optional(),
  search: textField(60).optional(),
}

export const storingContracts = {
  'storing.listBins': contract({
    method: 'GET',
    path: '/api/bins',
    access: 'stock.read',
    summary: 'Bins in walking order',
    query: z.object({
      ...stockQuery,
      kind: z.enum(BIN_KIND_IDS).optional(),
      closed: z.stringbool().optional(),
    }),
    reply: pageOf(binShape),
  }),
  'storing.writeBin': contract({
    method: 'PUT',
    path: '/api/bins/:id',
    access: 'bin.write',
    summary: 'Open a bin, or change its walking order; code, zone and kind stay for ever',
    params: byId,
    body: z.object({
      hubId: idField,
      code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,19}$/),
      zone: z.enum(ZONE_IDS),
      kind: z.enum(BIN_KIND_IDS),
      sequence: z.int().min(0).max(999_999),
    }),
    reply: binShape,
    problems: ['bin_code_taken', 'bin_fixed'],
  }),
  'storing.closeBin': contract({
    method: 'POST',
    path: '/api/bins/:id/close',
    access: 'bin.write',
    summary: 'Close an empty bin, or open it again',
    params: byId,
    body: z.object({ closed: z.boolean() }),
    reply: binShape,
    problems: ['bin_not_empty'],
  }),
  'storing.listStock': contract({
    method: 'GET',
    path: '/api/bin-stock',
    access: 'stock.read',
    summary: 'What lies where: by bin in walking order, or the bins of one lot',
    query: z.object({
      ...stockQuery,
      binId: idField.optional(),
      lotId: idField.optional(),
      kind: z.enum(BIN_KIND_IDS).optional(),
    }),
    reply: pageOf(binStockShape),
  }),
  'storing.listMovements': contract({
    method: 'GET',
    path: '/api/movements',
    access: 'stock.read',
    summary: 'Goods movements, newest first',
    query: z.object({
      ...pageQuery,
      hubId: idField.optional(),
      lotId: idField.optional(),
      binId: idField.optional(),
      kind: z.enum(movementKinds).optional(),
    }),
    reply: pageOf(movementShape),
  }),
  'storing.scan': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/stock-scan',
    access: 'stock.read',
    summary: 'The bin or lot that a scanned or typed code names, with what lies there',
    params: z.object({ hubId: idField }),
    query: z.object({ code: textField(200, 1) }),
    reply: z.object({ bin: binShape.nullable(), stock: z.array(binStockShape) }),
  }),
  'storing.move': contract({
    method: 'PUT',
    path: '/api/stock-moves/:id',
    access: 'stock.move',
    summary: 'Carry goods of a lot from one sellable bin to another of the same zone',
    params: byId,
    body: z.object({
      lotId: idField,
      fromBinId: idField,
      toBinId: idField,
      quantity: quantityField.min(1),
      reason: textField(200).default(''),
    }),
    reply: z.object({ stock: z.array(binStockShape) }),
    problems: ['bin_short', 'bin_closed', 'bin_move_forbidden', 'bin_wrong_zone', 'id_reused'],
  }),
  'storing.listReplenishments': contract({
    method: 'GET',
    path: '/api/replenishments',
    access: 'stock.read',
    summary: 'What to bring from the reserve to the pick face: what is promised and not there yet',
    query: z.object({ hubId: idField }),
    reply: z.object({
      items: z.array(
        z.object({
          ...goodsFields,
          fromBinId: idField,
          from: z.string(),
          toBinId: idField.nullable(),
          to: z.string().nullable(),
          quantity: z.int(),
          /** Open picks of a released wave wait for it. */
          urgent: z.boolean(),
        }),
      ),
    }),
  }),
} as const
