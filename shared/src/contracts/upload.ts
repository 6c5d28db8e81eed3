import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, pageOf, pageQuery, textField } from '../fields.ts'

export const uploadKinds = ['in', 'out', 'archive'] as const
export const uploadShows = ['open', 'late', 'waiting', 'rejected', 'accepted', 'all'] as const

export const uploadShape = z.object({
  id: idField,
  kind: z.enum(uploadKinds),
  org: z.string(),
  hub: z.string().nullable(),
  /** What is sent, by the names of the record's fields. */
  record: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  eventAt: instantField,
  dueAt: instantField,
  late: z.boolean(),
  status: z.enum(['waiting', 'accepted', 'rejected']),
  attempts: z.int(),
  nextTryAt: instantField,
  receiptNo: z.string(),
  acceptedAt: instantField.nullable(),
  lastError: z.string(),
  isSample: z.boolean(),
})

const filters = {
  show: z.enum(uploadShows).default('open'),
  kind: z.enum(uploadKinds).optional(),
  search: textField(60).optional(),
}

const ids = z.array(idField).min(1).max(200)

export const uploadContracts = {
  'upload.list': contract({
    method: 'GET',
    path: '/api/uploads',
    access: 'upload.read',
    summary: 'What is due at the city’s trace platform, and what has been taken',
    query: z.object({ ...pageQuery, ...filters }),
    reply: pageOf(uploadShape).extend({
      counts: z.object({
        waiting: z.int(),
        late: z.int(),
        rejected: z.int(),
        acceptedToday: z.int(),
        acceptedLate: z.int(),
      }),
      /** How records leave: by themselves over HTTP, into a folder, or by hand as a table. */
      way: z.enum(['http', 'folder', 'hand']),
    }),
  }),
  'upload.export': contract({
    method: 'GET',
    path: '/api/uploads/export/:format',
    access: 'upload.read',
    summary: 'The same records as a table, CSV or XLSX, with the field names of the official forms',
    params: z.object({ format: z.enum(['csv', 'xlsx']) }),
    query: z.object({ ...filters, kind: z.enum(uploadKinds).default('in') }),
    reply: z.any(),
    raw: 'stream',
  }),
  'upload.confirm': contract({
    method: 'POST',
    path: '/api/uploads/confirm',
    access: 'upload.write',
    summary: 'Records handed in by hand were taken, under this receipt number',
    body: z.object({ ids, receiptNo: textField(60, 1) }),
    reply: z.object({ confirmed: z.int() }),
    problems: ['wrong_state'],
  }),
  'upload.retry': contract({
    method: 'POST',
    path: '/api/uploads/retry',
    access: 'upload.write',
    summary: 'Try refused or waiting records again now, with their data read anew',
    body: z.object({ ids }),
    reply: z.object({ retried: z.int() }),
  }),
} as const
