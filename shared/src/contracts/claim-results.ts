import { z } from 'zod'
import { claimKinds, goodsClasses } from '../claiming.ts'
import { contract } from '../contract.ts'
import { fenField, idField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'

const byId = z.object({ id: idField })

const creditNoteBrief = z.object({
  id: idField,
  number: z.string(),
  claimId: idField,
  claimNumber: z.string(),
  orderId: idField,
  orderNumber: z.string(),
  buyer: z.string(),
  day: serviceDayField,
  totalFen: z.int(),
  taxFen: z.int(),
  isSample: z.boolean(),
})

const ruleFields = {
  goodsClass: z.enum(goodsClasses),
  kind: z.enum(claimKinds).nullable().default(null),
  skuId: idField.nullable().default(null),
  hours: z.int().min(1).max(2160),
  photosMin: z.int().min(0).max(6),
  autoUpToFen: fenField,
  contestHours: z.int().min(0).max(2160),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  source: textField(200, 1),
}

/** What claims lead to, credit notes and quality scores, and the rules they go by. */
export const claimResultContracts = {
  'claims.creditNotes': contract({
    method: 'GET',
    path: '/api/credit-notes',
    access: 'claim.read',
    summary: 'Credit notes, newest first',
    query: z.object({ ...pageQuery, orderId: idField.optional() }),
    reply: pageOf(creditNoteBrief),
  }),
  'claims.creditNoteFile': contract({
    method: 'GET',
    path: '/api/credit-notes/:id/pdf',
    access: 'claim.read',
    summary: 'A credit note as a paper (扣款通知单)',
    params: byId,
    reply: z.any(),
    raw: 'stream',
  }),
  'claims.quality': contract({
    method: 'GET',
    path: '/api/quality-scores',
    access: 'quality.read',
    summary: 'Suppliers’ quality scores: claims borne per 1,000 delivered lines, weighted by kind',
    query: z.object({ orgId: idField.optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          orgId: idField,
          supplier: z.string(),
          day: serviceDayField,
          days: z.int(),
          deliveredLines: z.int(),
          byKind: z.record(z.string(), z.object({ lines: z.int(), weight: z.int() })),
          /** Hundredths. */
          perThousand: z.int(),
          history: z.array(z.object({ day: serviceDayField, perThousand: z.int() })),
        }),
      ),
    }),
  }),
  'claims.rules': contract({
    method: 'GET',
    path: '/api/claim-rules',
    access: 'claim.read',
    summary: 'The dated rules of claims',
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({ items: z.array(z.object({ id: idField, ...ruleFields, isSample: z.boolean() })) }),
  }),
  'claims.writeRule': contract({
    method: 'PUT',
    path: '/api/claim-rules/:id',
    access: 'claim.rule',
    summary: 'Write a rule that begins on a day to come; a rule in force is never changed',
    params: byId,
    body: z.object(ruleFields),
    reply: z.object({ id: idField }),
    problems: ['rule_not_ahead', 'id_reused'],
  }),
} as const
