import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, textField } from '../fields.ts'

const monthParam = z.object({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/) })

export const monthChecks = [
  'deliveries_settled',
  'bank_matched',
  'claims_decided',
  'statements_made',
  'statements_confirmed',
  'books_clean',
] as const

export const monthShape = z.object({
  month: z.string(),
  status: z.enum(['never', 'closed', 'opening', 'open']),
  over: z.boolean(),
  checklist: z.array(z.object({ name: z.enum(monthChecks), open: z.int() })),
  closer: z.string().nullable(),
  closedAt: instantField.nullable(),
  openAskedBy: idField.nullable(),
  openAsker: z.string().nullable(),
  openReason: z.string(),
  openedAt: instantField.nullable(),
  version: z.int(),
})

export const monthContracts = {
  'months.list': contract({
    method: 'GET',
    path: '/api/months',
    access: 'month.close',
    summary: 'The last months and how their books stand',
    reply: z.object({
      items: z.array(
        monthShape.pick({ month: true, status: true, closedAt: true, closer: true, over: true }),
      ),
    }),
  }),
  'months.read': contract({
    method: 'GET',
    path: '/api/months/:month',
    access: 'month.close',
    summary: 'What is still open before the books of a month can be closed',
    params: monthParam,
    reply: monthShape,
  }),
  'months.close': contract({
    method: 'POST',
    path: '/api/months/:month/close',
    access: 'month.close',
    summary: 'Close the books of a month: no entry may come into it any more',
    params: monthParam,
    body: z.object({}),
    reply: monthShape,
    problems: ['wrong_state', 'month_not_over', 'month_not_ready'],
  }),
  'months.askOpen': contract({
    method: 'POST',
    path: '/api/months/:month/ask-open',
    access: 'month.close',
    summary: 'Ask that closed books be opened again, with the reason',
    params: monthParam,
    body: z.object({ reason: textField(500, 1) }),
    reply: monthShape,
    problems: ['wrong_state'],
  }),
  'months.decideOpen': contract({
    method: 'POST',
    path: '/api/months/:month/decide-open',
    access: 'month.close',
    summary: 'A second person opens the books again, or keeps them closed',
    params: monthParam,
    body: z.object({ approve: z.boolean() }),
    reply: monthShape,
    problems: ['wrong_state', 'second_person_needed'],
  }),
  'months.file': contract({
    method: 'GET',
    path: '/api/months/:month/file/:format',
    access: 'month.close',
    summary: 'The checklist and sums of a month as a workbook or a paper, in Chinese',
    params: z.object({ month: monthParam.shape.month, format: z.enum(['xlsx', 'pdf']) }),
    reply: z.any(),
    raw: 'stream',
  }),
} as const
