import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, okReply, pageOf, pageQuery, textField } from '../fields.ts'
import { recallCauses, recallClocks, recallStatuses, recallTaskKinds } from '../recall-words.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'
import { lotStages } from './stock.ts'

export const byId = z.object({ id: idField })
export const photos = z.array(idField).max(8).default([])
export const levelField = z.int().min(1).max(3)
const lotIds = z.array(idField).min(1).max(50)

export const packShape = {
  lotId: idField,
  lotCode: z.string(),
  skuId: idField,
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
}

const clockShape = z.object({
  clock: z.enum(recallClocks),
  dueAt: instantField,
  doneAt: instantField.nullable(),
  late: z.boolean(),
})

/** A recall in a list. */
export const recallBrief = z.object({
  id: idField,
  number: z.string(),
  drill: z.boolean(),
  level: levelField,
  cause: z.enum(recallCauses),
  reason: z.string(),
  remedy: z.enum(['destroy', 'relabel']),
  status: z.enum(recallStatuses),
  knownAt: instantField,
  createdAt: instantField,
  clocks: z.array(clockShape),
  /** Names of the lots' goods, the named ones first. */
  goods: z.array(z.string()),
  lots: z.int(),
  places: z.int(),
  answered: z.int(),
  callsDue: z.int(),
  tasksOpen: z.int(),
  isSample: z.boolean(),
  version: z.int(),
})

/** Where the goods of a lot are, base units; they sum to `entered`, with the rest nobody can explain. */
export const balanceShape = z.object({
  ...packShape,
  entered: z.int(),
  onShelf: z.int(),
  apart: z.int(),
  inTotes: z.int(),
  onTrucks: z.int(),
  backAtDoor: z.int(),
  withBuyers: z.int(),
  usedByBuyers: z.int(),
  notTold: z.int(),
  destroyed: z.int(),
  lost: z.int(),
  madeInto: z.int(),
  movedOn: z.int(),
  /** Came back from buyers so far; lies apart or is destroyed already. */
  recovered: z.int(),
  unexplained: z.int(),
})

const lotShape = z.object({
  ...packShape,
  named: z.boolean(),
  depth: z.int(),
  stage: z.enum(lotStages),
  stageBefore: z.enum(lotStages),
  hub: z.string(),
  supplier: z.string(),
  useByDay: z.string(),
  stoppedAt: instantField.nullable(),
})

const goodsShape = z.object({
  ...packShape,
  quantity: z.int(),
  keptQuantity: z.int().nullable(),
  usedQuantity: z.int().nullable(),
  recoveredQuantity: z.int(),
})

export const noticeShape = z.object({
  id: idField,
  kind: z.enum(['buyer', 'supplier']),
  orgId: idField,
  org: z.string(),
  place: z.string(),
  /** Whom to phone; null for those who may not see it. */
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  sentAt: instantField.nullable(),
  answerDueAt: instantField.nullable(),
  answeredAt: instantField.nullable(),
  answeredBy: z.string().nullable(),
  answerNote: z.string(),
  photoFileIds: z.array(idField),
  callSince: instantField.nullable(),
  calledAt: instantField.nullable(),
  callNote: z.string(),
  goods: z.array(goodsShape),
})

export const recallTaskShape = z.object({
  ...packShape,
  id: idField,
  recallId: idField,
  recallNumber: z.string(),
  level: levelField,
  hubId: idField,
  kind: z.enum(recallTaskKinds),
  /** Bin, tote, truck and stop, or the buyer's site. */
  place: z.string(),
  quantity: z.int(),
  status: z.enum(['open', 'done', 'void']),
  doneQuantity: z.int().nullable(),
  note: z.string(),
  doneBy: z.string().nullable(),
  doneAt: instantField.nullable(),
})

export const recallShape = recallBrief.extend({
  createdBy: z.string().nullable(),
  ruleVersion: z.string(),
  rules: z.array(z.object({ clock: z.string(), source: z.string(), verify: z.boolean() })),
  answerMinutes: z.int(),
  incidentNote: z.string(),
  withdrawReason: z.string().nullable(),
  conclusion: z.string(),
  /** When each step was reached. */
  steps: z.array(z.object({ status: z.enum(recallStatuses), at: instantField })),
  /** What the stop reached: lots, order lines, tasks, totes. */
  stopped: z.record(z.string(), z.int()),
  lotList: z.array(lotShape),
  notices: z.array(noticeShape),
  tasks: z.array(recallTaskShape),
  balance: z.array(balanceShape),
  timeline: z.array(
    z.object({
      id: idField,
      type: z.string(),
      at: instantField,
      by: z.string(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
})

export const recallContracts = {
  'recall.list': contract({
    method: 'GET',
    path: '/api/recalls',
    access: 'recall.read',
    summary: 'Recalls and drills, newest first',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'done', 'all']).default('all'),
      drill: z.enum(['true', 'false']).optional(),
    }),
    reply: pageOf(recallBrief),
  }),
  'recall.read': contract({
    method: 'GET',
    path: '/api/recalls/:id',
    access: 'recall.read',
    summary: 'One recall: clocks, lots, places, tasks and the balance of its goods',
    params: byId,
    reply: recallShape,
  }),
  'recall.open': contract({
    method: 'PUT',
    path: '/api/recalls/:id',
    access: 'recall.write',
    summary: 'Draft a recall, or change the draft; the same body again gives the same answer',
    params: byId,
    body: z
      .object({
        drill: z.boolean().default(false),
        level: levelField,
        cause: z.enum(recallCauses),
        reason: textField(500, 1),
        remedy: z.enum(['destroy', 'relabel']).default('destroy'),
        /** When the danger became known: the clocks run from here. */
        knownAt: instantField,
        /** A food-safety incident, to be reported within 2 hours (上海市食品安全条例 Art. 72). */
        incident: z.boolean().default(false),
        lotIds,
        version: z.int().min(0).default(0),
      })
      .refine((body) => body.remedy === 'destroy' || body.cause === 'label', {
        path: ['remedy'],
        message: 'only_label',
      }),
    reply: recallShape,
    problems: ['id_reused', 'stale_version', 'wrong_state', 'times_wrong'],
  }),
  'recall.stop': contract({
    method: 'POST',
    path: '/api/recalls/:id/stop',
    access: 'recall.write',
    summary:
      'Stop the sale everywhere, now: promises, baskets, picking, totes, trucks. A repeat changes nothing',
    params: byId,
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.addLots': contract({
    method: 'POST',
    path: '/api/recalls/:id/lots',
    access: 'recall.write',
    summary: 'Widen a running recall: the lots are stopped in the same transaction',
    params: byId,
    body: z.object({ lotIds, reason: textField(500, 1) }),
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.computeScope': contract({
    method: 'POST',
    path: '/api/recalls/:id/scope',
    access: 'recall.write',
    summary: 'Find every place the goods went to, with exact quantities',
    params: byId,
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.notify': contract({
    method: 'POST',
    path: '/api/recalls/:id/notify',
    access: 'recall.write',
    summary: 'Tell every place that is not told yet; a drill only measures the time',
    params: byId,
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.reportIncident': contract({
    method: 'POST',
    path: '/api/recalls/:id/incident-report',
    access: 'recall.write',
    summary: 'The regulator has been told of the incident',
    params: byId,
    body: z.object({ note: textField(300, 1) }),
    reply: recallShape,
    problems: ['wrong_state'],
  }),
  'recall.call': contract({
    method: 'POST',
    path: '/api/recall-notices/:id/call',
    access: 'recall.write',
    summary: 'Somebody phoned a place that did not acknowledge',
    params: byId,
    body: z.object({ note: textField(300, 1) }),
    reply: okReply,
    problems: ['wrong_state'],
  }),
} as const
