import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, pageOf, pageQuery, quantityField, textField } from '../fields.ts'
import { recallCauses } from '../recall-words.ts'
import { byId, levelField, noticeShape, photos, recallTaskShape } from './recall.ts'

/** A notice as the place that got it reads it. */
export const myNoticeShape = noticeShape
  .omit({ contactName: true, contactPhone: true, callSince: true, calledAt: true, callNote: true })
  .extend({
    recallNumber: z.string(),
    level: levelField,
    cause: z.enum(recallCauses),
    reason: z.string(),
    withdrawn: z.boolean(),
    withdrawReason: z.string().nullable(),
    hubName: z.string(),
  })

/** What places and warehouses are told of a recall, and what they answer. */
export const recallNoticeContracts = {
  'recall.myNotices': contract({
    method: 'GET',
    path: '/api/recall-notices',
    access: 'recallNotice.read',
    summary: 'Recall notices to one’s own sites or base, newest first',
    query: z.object({ ...pageQuery, show: z.enum(['open', 'all']).default('all') }),
    reply: pageOf(myNoticeShape).extend({ unanswered: z.int() }),
  }),
  'recall.readNotice': contract({
    method: 'GET',
    path: '/api/recall-notices/:id',
    access: 'recallNotice.read',
    summary: 'One recall notice',
    params: byId,
    reply: myNoticeShape,
  }),
  'recall.answer': contract({
    method: 'PUT',
    path: '/api/recall-notices/:id/answer',
    access: 'recallNotice.answer',
    summary: 'Acknowledge: how much is set aside for collection and how much was used or sold on already',
    params: byId,
    body: z.object({
      goods: z
        .array(z.object({ lotId: idField, kept: quantityField, used: quantityField }))
        .min(1)
        .max(200),
      photoFileIds: photos,
      note: textField(300).default(''),
    }),
    reply: myNoticeShape,
    problems: ['wrong_state', 'recall_quantities_wrong', 'proof_missing'],
  }),
  'recall.tasks': contract({
    method: 'GET',
    path: '/api/recall-tasks',
    access: 'recall.fetch',
    summary: 'What a hub has to fetch for recalls',
    query: z.object({ ...pageQuery, hubId: idField, show: z.enum(['open', 'done']).default('open') }),
    reply: pageOf(recallTaskShape),
  }),
  'recall.doTask': contract({
    method: 'POST',
    path: '/api/recall-tasks/:id/done',
    access: 'recall.fetch',
    summary: 'The goods were fetched and lie apart; fewer than expected needs a note',
    params: byId,
    body: z.object({ quantity: quantityField, note: textField(300).default(''), photoFileIds: photos }),
    reply: recallTaskShape,
    problems: ['wrong_state', 'recall_quantities_wrong', 'over_return', 'reason_missing', 'proof_missing'],
  }),
} as const
