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
import { ZONE_IDS } from '../reference/zones.ts'
import {
  batchStatuses,
  pickMethods,
  scanField,
  shortReasons,
  taskShape,
  toteParams,
  toteShape,
  waveParams,
} from './picking.ts'
import { packFields } from './supply.ts'

/** A lot's goods for all stores of the wave. */
export const batchShape = z.object({
  id: idField,
  waveId: idField,
  ...packFields,
  method: z.enum(pickMethods),
  lotId: idField,
  lotCode: z.string(),
  useByDay: serviceDayField,
  binCode: z.string().nullable(),
  wallCode: z.string().nullable(),
  quantity: z.int(),
  fetchedQuantity: z.int().nullable(),
  status: z.enum(batchStatuses),
  fetchedBy: z.string().nullable(),
  sites: z.int(),
  openTasks: z.int(),
  /** Still at the wall. */
  atWall: z.int(),
})

/** What is in a tote, who had it, how it was checked. */
export const toteDetail = toteShape.extend({
  expectedGrams: z.int(),
  leastGrams: z.int(),
  mostGrams: z.int(),
  contents: z.array(taskShape),
  passes: z.array(
    z.object({
      id: idField,
      from: z.string().nullable(),
      to: z.string().nullable(),
      place: z.string(),
      openTasks: z.int(),
      at: instantField,
    }),
  ),
  checks: z.array(
    z.object({
      id: idField,
      by: z.string().nullable(),
      at: instantField,
      grossGrams: z.int().nullable(),
      expectedGrams: z.int(),
      result: z.enum(['fine', 'weight_off', 'count_off']),
      counts: z.array(z.object({ taskId: idField, quantity: z.int(), counted: z.int() })),
      note: z.string(),
    }),
  ),
})

/** Totes in hand: hand-over, check, and goods fetched for all stores at once. */
export const pickingTotesContracts = {
  'picking.readTote': contract({
    method: 'GET',
    path: '/api/totes/:code',
    access: 'picking.read',
    summary: 'A tote by its code or SSCC: contents, hand-overs, checks and the weight to expect',
    params: toteParams,
    reply: toteDetail,
  }),
  'picking.takeTote': contract({
    method: 'POST',
    path: '/api/totes/:code/take',
    access: 'pick.write',
    summary: 'Take a tote over: from now on only I put goods of by-order picks into it',
    params: toteParams,
    body: z.object({ id: idField }),
    reply: toteShape,
    problems: ['wrong_state'],
  }),
  'picking.passTote': contract({
    method: 'POST',
    path: '/api/totes/:code/pass',
    access: 'pick.write',
    summary: 'Put my tote down at a hand-over place for the picker of the next zone',
    params: toteParams,
    body: z.object({ id: idField, place: textField(40, 1) }),
    reply: toteShape,
    problems: ['wrong_state', 'tote_held'],
  }),
  'picking.checkTote': contract({
    method: 'POST',
    path: '/api/totes/:code/check',
    access: 'pick.write',
    summary: 'Weigh a tote again, or count what is in it, before it is sealed',
    params: toteParams,
    body: z.object({
      id: idField,
      grossGrams: quantityField.nullable().default(null),
      counts: z
        .array(z.object({ taskId: idField, counted: quantityField }))
        .max(200)
        .default([]),
      note: textField(100).default(''),
    }),
    reply: toteDetail,
    problems: ['wrong_state', 'tote_unfinished', 'needs_second_person', 'count_incomplete'],
  }),
  'picking.listBatches': contract({
    method: 'GET',
    path: '/api/waves/:id/batches',
    access: 'picking.read',
    summary: 'Lots fetched once for all stores of the wave, in walking order',
    params: waveParams,
    query: z.object({
      ...pageQuery,
      zone: z.enum(ZONE_IDS).optional(),
      method: z.enum(pickMethods).optional(),
      status: z.enum(batchStatuses).optional(),
    }),
    reply: pageOf(batchShape),
  }),
  'picking.fetchBatch': contract({
    method: 'POST',
    path: '/api/put-batches/:id/fetch',
    access: 'pick.write',
    summary: 'Bring a lot from its bin to the put wall for all stores; less than asked needs a reason',
    params: z.object({ id: idField }),
    body: z.object({
      lot: scanField,
      quantity: quantityField.min(0),
      reason: z.enum(shortReasons).nullable().default(null),
      at: instantField.optional(),
    }),
    reply: batchShape,
    problems: ['wrong_state', 'wrong_lot', 'over_pick', 'off_step', 'reason_missing', 'lot_wrong_stage'],
  }),
  'picking.putBack': contract({
    method: 'POST',
    path: '/api/put-batches/:id/put-back',
    access: 'pick.write',
    summary: 'Take what is left at the put wall back to the pick face',
    params: z.object({ id: idField }),
    body: z.object({}),
    reply: batchShape,
    problems: ['wrong_state'],
  }),
} as const
