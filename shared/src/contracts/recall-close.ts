import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, textField } from '../fields.ts'
import { disposalMethods } from '../recall-words.ts'
import { byId, recallShape } from './recall.ts'

/** How a recall ends: goods disposed of, reported, closed or withdrawn. */
export const recallCloseContracts = {
  'recall.dispose': contract({
    method: 'POST',
    path: '/api/recalls/:id/dispose',
    access: 'recall.write',
    summary:
      'All that was fetched has been destroyed, with evidence; or relabelled where only the label was at fault',
    params: byId,
    body: z.object({
      method: z.enum(disposalMethods).nullable().default(null),
      place: textField(120, 1),
      witnesses: textField(120, 1),
      photoFileIds: z.array(idField).min(1).max(8),
      note: textField(300).default(''),
    }),
    reply: recallShape,
    problems: ['wrong_state', 'recall_tasks_open', 'reason_missing', 'proof_missing'],
  }),
  'recall.report': contract({
    method: 'POST',
    path: '/api/recalls/:id/report',
    access: 'recall.write',
    summary: 'The report is final: what was made, found, recovered, destroyed, and what is unexplained',
    params: byId,
    body: z.object({ conclusion: textField(1000, 1) }),
    reply: recallShape,
    problems: ['wrong_state', 'recall_not_witnessed'],
  }),
  'recall.readReport': contract({
    method: 'GET',
    path: '/api/recalls/:id/report.pdf',
    access: 'recall.read',
    summary: 'The report as PDF in Chinese',
    params: byId,
    reply: z.any(),
    raw: 'stream',
  }),
  'recall.close': contract({
    method: 'POST',
    path: '/api/recalls/:id/close',
    access: 'recall.write',
    summary: 'Nothing more is to be done',
    params: byId,
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.withdraw': contract({
    method: 'POST',
    path: '/api/recalls/:id/withdraw',
    access: 'recall.write',
    summary: 'The recall was wrong: its lots go back to where they stood, everybody told is told so',
    params: byId,
    body: z.object({ reason: textField(500, 1) }),
    reply: recallShape,
    problems: ['wrong_state'],
  }),
} as const
