import { z } from 'zod'
import { contract } from '../contract.ts'
import { deciCelsiusField, idField, quantityField } from '../fields.ts'
import { consignmentShape, sealStates } from './supply.ts'

/** Why goods were not taken in. `missing`: declared but not in the vehicle. */
export const refuseReasons = [
  'missing',
  'damaged',
  'temperature',
  'quality',
  'expired',
  'wrong_goods',
  'papers',
] as const

const gramsField = z.int().min(0).max(100_000_000)

export const receivingContracts = {
  'receiving.arrive': contract({
    method: 'POST',
    path: '/api/consignments/:id/arrive',
    access: 'receipt.write',
    summary: 'The vehicle is at the dock: seal checked, air temperature read',
    params: z.object({ id: idField }),
    body: z.object({ sealOk: z.enum(sealStates), airDeciC: deciCelsiusField.nullable().default(null) }),
    reply: consignmentShape,
    problems: ['wrong_state', 'temperature_missing'],
  }),
  'receiving.receiveLine': contract({
    method: 'PUT',
    path: '/api/consignments/:id/lines/:lineId/receipt',
    access: 'receipt.write',
    summary: 'Count, weigh and measure one lot; accepted plus refused must be what was shipped',
    params: z.object({ id: idField, lineId: idField }),
    body: z.object({
      accepted: quantityField,
      refused: quantityField.default(0),
      refuseReason: z.enum(refuseReasons).nullable().default(null),
      /** Catch weight: gross less tare is what is on hand. */
      grossGrams: gramsField.nullable().default(null),
      tareGrams: gramsField.nullable().default(null),
      surfaceDeciC: deciCelsiusField.nullable().default(null),
      photoFileIds: z.array(idField).max(6).default([]),
    }),
    reply: consignmentShape,
    problems: [
      'wrong_state',
      'receipt_mismatch',
      'reason_missing',
      'temperature_missing',
      'too_warm',
      'lot_expired',
      'licence_expired',
      'weight_out_of_tolerance',
    ],
  }),
  'receiving.finish': contract({
    method: 'POST',
    path: '/api/consignments/:id/finish',
    access: 'receipt.write',
    summary: 'All lots are in or refused: close the receipt',
    params: z.object({ id: idField }),
    reply: consignmentShape,
    problems: ['wrong_state', 'lines_open'],
  }),
} as const
