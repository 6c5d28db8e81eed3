import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'

const byId = z.object({ id: idField })
/** 数电票: twenty digits, no separate code. */
const number20 = z.string().regex(/^\d{20}$/)
export const invoiceStatuses = ['draft', 'issued', 'reddened'] as const

export const invoiceShape = z.object({
  id: idField,
  statementId: idField,
  statementNumber: z.string(),
  seller: z.string(),
  sellerUscc: z.string().nullable(),
  buyer: z.string(),
  buyerUscc: z.string().nullable(),
  status: z.enum(invoiceStatuses),
  kind: z.enum(['special', 'ordinary']),
  specialType: z.enum(['12', '16']).nullable(),
  number20: z.string().nullable(),
  issuedOn: serviceDayField.nullable(),
  netFen: z.int(),
  taxFen: z.int(),
  totalFen: z.int(),
  redOf: idField.nullable(),
  redConfirmation: z.string().nullable(),
  remark: z.string(),
  isSample: z.boolean(),
})

const invoiceLineShape = z.object({
  lineNo: z.int(),
  item: z.string(),
  spec: z.string(),
  unit: z.string(),
  milliUnits: z.int(),
  taxRateBp: z.int(),
  exempt: z.boolean(),
  netFen: z.int(),
  taxFen: z.int(),
  grossFen: z.int(),
})

const filters = { statementId: idField.optional(), status: z.enum(invoiceStatuses).optional() }

export const invoiceContracts = {
  'invoices.list': contract({
    method: 'GET',
    path: '/api/invoices',
    access: 'statement.read',
    summary: 'Invoices of one’s statements, or all',
    query: z.object({ ...pageQuery, ...filters }),
    reply: pageOf(invoiceShape),
  }),
  'invoices.read': contract({
    method: 'GET',
    path: '/api/invoices/:id',
    access: 'statement.read',
    summary: 'One invoice with its lines',
    params: byId,
    reply: invoiceShape.extend({ lines: z.array(invoiceLineShape) }),
  }),
  'invoices.prepare': contract({
    method: 'POST',
    path: '/api/statements/:id/invoices',
    access: 'statement.manage',
    summary: 'Make the invoice data of a confirmed statement, one per seller',
    params: byId,
    body: z.object({ kind: z.enum(['special', 'ordinary']).default('special') }),
    reply: z.object({ made: z.int() }),
    problems: ['wrong_state', 'nothing_to_invoice'],
  }),
  'invoices.issue': contract({
    method: 'POST',
    path: '/api/invoices/:id/issue',
    access: 'statement.manage',
    summary: 'Enter the number the tax platform gave',
    params: byId,
    body: z.object({ number20, issuedOn: serviceDayField }),
    reply: invoiceShape,
    problems: ['wrong_state', 'invoice_number_taken'],
  }),
  'invoices.redden': contract({
    method: 'POST',
    path: '/api/invoices/:id/redden',
    access: 'statement.manage',
    summary: 'Take an issued invoice back by a red one, under a 红字确认单',
    params: byId,
    body: z.object({ id: idField, confirmation: textField(40, 1), remark: textField(200).default('') }),
    reply: invoiceShape,
    problems: ['wrong_state', 'id_reused'],
  }),
  'invoices.export': contract({
    method: 'GET',
    path: '/api/invoices/export/:format',
    access: 'statement.read',
    summary: 'Invoice data by line, with the field names of the tax platform',
    params: z.object({ format: z.enum(['xlsx', 'csv']) }),
    query: z.object(filters),
    reply: z.any(),
    raw: 'stream',
  }),
  'invoices.import': contract({
    method: 'PUT',
    path: '/api/invoices/numbers',
    access: 'statement.manage',
    summary:
      'Numbers given by the tax platform: our exported file (CSV or XLSX) with them filled in; all or nothing',
    reply: z.object({
      /** Invoices that got their number now, and those that had it already. */
      issued: z.int(),
      already: z.int(),
    }),
    bodyBytes: 5 * 1024 * 1024,
    raw: 'upload',
    problems: ['unsupported_media', 'invoice_columns_missing', 'invoice_rows_bad', 'invoice_number_taken'],
  }),
} as const
