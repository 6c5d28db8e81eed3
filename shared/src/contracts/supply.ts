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
import { ZONE_IDS } from '../reference/zones.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'
import { lotStages } from './stock.ts'

export const callOffStatuses = ['asked', 'confirmed', 'cut'] as const
export const consignmentStatuses = ['draft', 'shipped', 'arrived', 'received', 'cancelled'] as const
export const transportModes = ['road', 'rail', 'air'] as const
export const sealStates = ['ok', 'broken', 'none'] as const

/** The pack as screens of supply and warehouse show it beside quantities in base units. */
export const packFields = {
  skuId: idField,
  skuCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  picture: z.string(),
  zone: z.enum(ZONE_IDS),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
  catchWeight: z.boolean(),
  toleranceBp: z.int(),
}

export const callOffShape = z.object({
  id: idField,
  orgId: idField,
  supplier: z.string(),
  hubId: idField,
  hub: z.string(),
  day: serviceDayField,
  ...packFields,
  quantity: z.int(),
  confirmedQuantity: z.int().nullable(),
  status: z.enum(callOffStatuses),
  answerNote: z.string(),
  answeredAt: instantField.nullable(),
  createdAt: instantField,
  /** Reckoned backwards from the earliest window of the orders; null where the hub's steps are not timed. */
  dockBy: instantField.nullable(),
  shipBy: instantField.nullable(),
  makeBy: instantField.nullable(),
  startBy: instantField.nullable(),
  /** Offers of the supplier that are open. */
  openOffers: z.int(),
  /** Lots of the pack that could serve it and are not yet on the way. */
  lots: z.array(
    z.object({
      id: idField,
      code: z.string(),
      stage: z.enum(lotStages),
      quantity: z.int(),
      promised: z.int(),
      readyDay: serviceDayField,
      useByDay: serviceDayField,
    }),
  ),
})

export const consignmentBrief = z.object({
  id: idField,
  number: z.string(),
  orgId: idField,
  supplier: z.string(),
  hubId: idField,
  hub: z.string(),
  status: z.enum(consignmentStatuses),
  plate: z.string(),
  mode: z.enum(transportModes),
  setPointDeciC: z.int().nullable(),
  departsAt: instantField.nullable(),
  expectedAt: instantField.nullable(),
  arrivedAt: instantField.nullable(),
  receivedAt: instantField.nullable(),
  createdAt: instantField,
  zones: z.array(z.enum(ZONE_IDS)),
  lineCount: z.int(),
  receivedLines: z.int(),
  refusedLines: z.int(),
  version: z.int(),
  isSample: z.boolean(),
})

export const consignmentLineShape = z.object({
  id: idField,
  lotId: idField,
  lotCode: z.string(),
  lotStage: z.enum(lotStages),
  ...packFields,
  quantity: z.int(),
  madeOn: serviceDayField.nullable(),
  readyDay: serviceDayField,
  useByDay: serviceDayField,
  certificate: z.string(),
  /** Counted (weighed, for catch weight) and accepted; null until received. */
  receivedQuantity: z.int().nullable(),
  refusedQuantity: z.int(),
  refuseReason: z.string().nullable(),
  grossGrams: z.int().nullable(),
  tareGrams: z.int().nullable(),
  surfaceDeciC: z.int().nullable(),
  photoFileIds: z.array(idField),
  receivedAt: instantField.nullable(),
})

export const consignmentShape = consignmentBrief.extend({
  driverName: z.string(),
  driverPhone: z.string(),
  sealNumber: z.string(),
  sealOk: z.enum(sealStates).nullable(),
  arrivalDeciC: z.int().nullable(),
  note: z.string(),
  lines: z.array(consignmentLineShape),
})

/** Vehicle and times: free while it is a draft, complete when it ships. */
const transportFields = {
  plate: textField(12).default(''),
  driverName: textField(30).default(''),
  driverPhone: z
    .string()
    .regex(/^(1[3-9]\d{9})?$/)
    .default(''),
  sealNumber: textField(30).default(''),
  setPointDeciC: deciCelsiusField.nullable().default(null),
  mode: z.enum(transportModes).default('road'),
  departsAt: instantField.nullable().default(null),
  expectedAt: instantField.nullable().default(null),
  note: textField(300).default(''),
}

export const supplyContracts = {
  'supply.listCallOffs': contract({
    method: 'GET',
    path: '/api/call-offs',
    access: 'supply.read',
    summary: 'What suppliers are asked to ship, newest day first',
    query: z.object({
      ...pageQuery,
      day: serviceDayField.optional(),
      orgId: idField.optional(),
      status: z.enum(callOffStatuses).optional(),
    }),
    reply: pageOf(callOffShape),
  }),
  'supply.answerCallOff': contract({
    method: 'POST',
    path: '/api/call-offs/:id/answer',
    access: 'supply.write',
    summary: 'Confirm a call-off whole, or cut it to what can be shipped and say why',
    params: z.object({ id: idField }),
    body: z.object({ confirmedQuantity: quantityField, note: textField(200).default('') }),
    reply: callOffShape,
    problems: [
      'wrong_state',
      'over_call_off',
      'reason_missing',
      'licence_missing',
      'licence_expired',
      'licence_out_of_scope',
      'edible_basis_missing',
    ],
  }),
  'supply.listConsignments': contract({
    method: 'GET',
    path: '/api/consignments',
    access: 'supply.read',
    summary: 'Consignments one may see, newest first; a warehouse sees them from shipping on',
    query: z.object({
      ...pageQuery,
      status: z.enum(consignmentStatuses).optional(),
      /** `expected`: shipped or arrived, next arrival first. */
      view: z.enum(['all', 'expected']).default('all'),
      orgId: idField.optional(),
      hubId: idField.optional(),
      search: textField(40).optional(),
    }),
    reply: pageOf(consignmentBrief),
  }),
  'supply.readConsignment': contract({
    method: 'GET',
    path: '/api/consignments/:id',
    access: 'supply.read',
    summary: 'One consignment with its lots',
    params: z.object({ id: idField }),
    reply: consignmentShape,
  }),
  'supply.writeConsignment': contract({
    method: 'PUT',
    path: '/api/consignments/:id',
    access: 'supply.write',
    summary: 'Write the draft of a consignment: lots made, their quantities, vehicle and times',
    params: z.object({ id: idField }),
    body: z.object({
      orgId: idField,
      hubId: idField,
      ...transportFields,
      lines: z
        .array(z.object({ lotId: idField, quantity: quantityField.min(1) }))
        .max(100)
        .default([]),
      /** 0 for a new one; the version seen when changing it. */
      version: z.int().min(0).default(0),
    }),
    reply: consignmentShape,
    problems: [
      'wrong_state',
      'stale_version',
      'id_reused',
      'lot_already_shipped',
      'lot_wrong_stage',
      'lot_not_enough',
    ],
  }),
  'supply.shipConsignment': contract({
    method: 'POST',
    path: '/api/consignments/:id/ship',
    access: 'supply.write',
    summary: 'Ship it: plate, seal, set point, times; its lots are on the way from now on',
    params: z.object({ id: idField }),
    body: z.object({
      plate: textField(12, 5),
      driverName: textField(30).default(''),
      driverPhone: z
        .string()
        .regex(/^(1[3-9]\d{9})?$/)
        .default(''),
      sealNumber: textField(30, 1),
      setPointDeciC: deciCelsiusField.nullable().default(null),
      mode: z.enum(transportModes).default('road'),
      departsAt: instantField,
      expectedAt: instantField,
      note: textField(300).default(''),
      version: z.int().min(1),
    }),
    reply: consignmentShape,
    problems: [
      'wrong_state',
      'stale_version',
      'consignment_empty',
      'licence_expired',
      'licence_missing',
      'licence_out_of_scope',
      'edible_basis_missing',
      'certificate_expired',
      'certificate_short',
      'certificate_missing',
      'lot_wrong_stage',
      'lot_days_wrong',
      'set_point_wrong',
      'times_wrong',
    ],
  }),
  'supply.cancelConsignment': contract({
    method: 'POST',
    path: '/api/consignments/:id/cancel',
    access: 'supply.write',
    summary: 'Drop a draft',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200).default('') }),
    reply: consignmentShape,
    problems: ['wrong_state'],
  }),
} as const
