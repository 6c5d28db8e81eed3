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
import { BASE_UNITS, UNIT_IDS } from '../units.ts'

export const lotStages = [
  'planned',
  'made',
  'shipped',
  'received',
  'held',
  'recalled',
  'expired',
  'used_up',
  'destroyed',
  'withdrawn',
] as const

export const lotShape = z.object({
  id: idField,
  code: z.string(),
  skuId: idField,
  skuCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  picture: z.string(),
  orgId: idField,
  supplier: z.string(),
  hubId: idField,
  stage: z.enum(lotStages),
  /** Base units. */
  quantity: z.int(),
  promisable: z.int(),
  promised: z.int(),
  onHand: z.int(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
  madeOn: serviceDayField.nullable(),
  readyDay: serviceDayField,
  useByDay: serviceDayField,
  certificate: z.string(),
  holdReason: z.string().nullable(),
  isSample: z.boolean(),
  version: z.int(),
})

export const stockContracts = {
  'stock.listLots': contract({
    method: 'GET',
    path: '/api/lots',
    access: 'lot.read',
    summary: 'Lots one may see, newest first',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      hubId: idField.optional(),
      skuId: idField.optional(),
      stage: z.enum(lotStages).optional(),
      search: textField(60).optional(),
    }),
    reply: pageOf(lotShape),
  }),
  'stock.readLot': contract({
    method: 'GET',
    path: '/api/lots/:id',
    access: 'lot.read',
    summary: 'One lot with its movements and timeline',
    params: z.object({ id: idField }),
    reply: lotShape.extend({
      movements: z.array(
        z.object({ id: idField, kind: z.string(), quantity: z.int(), reason: z.string(), at: instantField }),
      ),
      events: z.array(
        z.object({
          id: idField,
          type: z.string(),
          at: instantField,
          payload: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
  'stock.declareLot': contract({
    method: 'PUT',
    path: '/api/lots/:id',
    access: 'lot.write',
    summary: 'Declare a lot: planned (forecast) or made (with certificate)',
    params: z.object({ id: idField }),
    body: z.object({
      skuId: idField,
      hubId: idField,
      /** Left out: a code is made from supplier, pack and day. */
      code: z
        .string()
        .regex(/^[A-Z0-9][A-Z0-9-]{3,39}$/)
        .optional(),
      stage: z.enum(['planned', 'made']),
      quantity: quantityField.min(1),
      capBp: z.int().min(0).max(10_000).default(7000),
      madeOn: serviceDayField.nullable().default(null),
      readyDay: serviceDayField,
      useByDay: serviceDayField,
      certificate: textField(40).default(''),
    }),
    reply: lotShape,
    problems: ['lot_code_taken', 'certificate_missing', 'lot_days_wrong', 'id_reused'],
  }),
  'stock.makeLot': contract({
    method: 'POST',
    path: '/api/lots/:id/make',
    access: 'lot.write',
    summary: 'A planned lot has been harvested or made: the true quantity and its certificate',
    params: z.object({ id: idField }),
    body: z.object({
      quantity: quantityField.min(1),
      madeOn: serviceDayField,
      useByDay: serviceDayField,
      certificate: textField(40).default(''),
    }),
    reply: lotShape,
    problems: ['lot_in_production', 'wrong_state', 'lot_days_wrong', 'certificate_missing'],
  }),
  'stock.withdrawLot': contract({
    method: 'POST',
    path: '/api/lots/:id/withdraw',
    access: 'lot.write',
    summary: 'Withdraw a planned or made lot that nothing is promised from',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: lotShape,
    problems: ['lot_in_production', 'wrong_state', 'lot_promised', 'lot_already_shipped'],
  }),
  'stock.holdLot': contract({
    method: 'POST',
    path: '/api/lots/:id/hold',
    access: 'lot.hold',
    summary: 'Stop promising and picking a lot',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: lotShape,
    problems: ['wrong_state'],
  }),
  'stock.stopLot': contract({
    method: 'POST',
    path: '/api/lots/:id/stop',
    access: 'stock.hold',
    summary: 'The warehouse stops a whole lot of its hub at once',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: lotShape,
    problems: ['wrong_state'],
  }),
  'stock.releaseLot': contract({
    method: 'POST',
    path: '/api/lots/:id/release',
    access: 'lot.hold',
    summary: 'Let a held lot be promised and picked again; once in the house only food safety does',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: lotShape,
    problems: ['lot_in_production', 'wrong_state'],
  }),
} as const
