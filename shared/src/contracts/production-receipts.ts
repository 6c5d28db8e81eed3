import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  deciCelsiusField,
  idField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { receiptShape, receiptStates, someField } from './production-shapes.ts'

/** Materials that come to a maker: sent by another, bought, counted in. */
export const productionReceiptContracts = {
  'production.listReceipts': contract({
    method: 'GET',
    path: '/api/production/receipts',
    access: 'production.read',
    summary: 'Materials bought into the store, and what one sent to other makers’ stores',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      side: z.enum(['bought', 'sold']).default('bought'),
      status: z.enum(receiptStates).optional(),
    }),
    reply: pageOf(receiptShape),
  }),
  'production.listStores': contract({
    method: 'GET',
    path: '/api/production/stores',
    access: 'supply.write',
    summary: 'Makers that goods can be sent to as materials',
    reply: z.object({
      items: z.array(z.object({ orgId: idField, name: z.string(), address: z.string() })),
    }),
  }),
  'production.sendMaterial': contract({
    method: 'PUT',
    path: '/api/production/sendings/:id',
    access: 'supply.write',
    summary: 'Send a part of a made lot to another maker as material',
    params: z.object({ id: idField }),
    body: z.object({ lotId: idField, toOrgId: idField, quantity: someField }),
    reply: receiptShape,
    problems: [
      'id_reused',
      'input_short',
      'lot_wrong_stage',
      'input_expired',
      'certificate_missing',
      'store_missing',
    ],
  }),
  'production.cancelSending': contract({
    method: 'POST',
    path: '/api/production/sendings/:id/cancel',
    access: 'supply.write',
    summary: 'Take back what was sent and has not been received',
    params: z.object({ id: idField }),
    body: z.object({ reason: textField(200, 1) }),
    reply: receiptShape,
    problems: ['wrong_state'],
  }),
  'production.receiveMaterial': contract({
    method: 'PUT',
    path: '/api/production/receipts/:id',
    access: 'production.write',
    summary: 'Receive material: what a supplier sent, or what was bought elsewhere',
    params: z.object({ id: idField }),
    body: z.object({
      orgId: idField,
      accepted: quantityField,
      refused: quantityField.default(0),
      refuseReason: textField(200).default(''),
      deciC: deciCelsiusField.nullable().default(null),
      fileIds: z.array(idField).max(8).default([]),
      /** For goods from outside the platform: what they are and who sold them. */
      bought: z
        .object({
          skuId: idField,
          supplierName: textField(60, 1),
          supplierAddress: textField(120, 1),
          supplierContact: textField(40, 1),
          supplierLicence: textField(40).default(''),
          supplierLotCode: textField(40, 1),
          madeOn: serviceDayField.nullable().default(null),
          useByDay: serviceDayField,
          certificate: textField(40).default(''),
        })
        .nullable()
        .default(null),
    }),
    reply: receiptShape,
    problems: [
      'id_reused',
      'wrong_state',
      'receipt_mismatch',
      'reason_missing',
      'temperature_missing',
      'too_warm',
      'lot_expired',
      'lot_days_wrong',
      'certificate_missing',
      'store_missing',
    ],
  }),
} as const
