import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import {
  pickMethods,
  taskShape,
  taskStatuses,
  toteParams,
  toteShape,
  toteStatuses,
  waveBrief,
  waveParams,
} from './picking.ts'
import { packFields } from './supply.ts'

/** Totes of a wave, and the list to pick by. */
export const pickingListContracts = {
  'picking.listTotes': contract({
    method: 'GET',
    path: '/api/waves/:id/totes',
    access: 'picking.read',
    summary: 'Totes of a wave, for sealing and for labels',
    params: waveParams,
    query: z.object({
      ...pageQuery,
      zone: z.enum(ZONE_IDS).optional(),
      status: z.enum(toteStatuses).optional(),
      search: textField(60).optional(),
    }),
    reply: pageOf(toteShape),
  }),
  'picking.sealTote': contract({
    method: 'POST',
    path: '/api/totes/:code/seal',
    access: 'pick.write',
    summary: 'Close and seal a tote once all its tasks are done',
    params: toteParams,
    body: z.object({ sealNumber: textField(30).default('') }),
    reply: toteShape,
    problems: ['wrong_state', 'tote_recalled', 'tote_unfinished', 'tote_unchecked', 'tote_stopped_lot'],
  }),
  'picking.pickList': contract({
    method: 'GET',
    path: '/api/waves/:id/pick-list',
    access: 'picking.read',
    summary:
      'The printable pick list: along the walk by zone and bin, each lot with its method, total and totes',
    params: waveParams,
    query: z.object({ zone: z.enum(ZONE_IDS).optional() }),
    reply: z.object({
      wave: waveBrief,
      printedAt: instantField,
      rows: z.array(
        z.object({
          ...packFields,
          lotId: idField,
          lotCode: z.string(),
          useByDay: serviceDayField,
          /** Where to take it: the bin, or the wall that a batch was brought to; null where nothing lies. */
          binCode: z.string().nullable(),
          method: z.enum(pickMethods),
          quantity: z.int(),
          parts: z.array(z.object({ toteCode: z.string(), site: z.string(), quantity: z.int() })),
        }),
      ),
    }),
  }),
  'picking.listTasks': contract({
    method: 'GET',
    path: '/api/waves/:id/tasks',
    access: 'picking.read',
    summary: 'Pick tasks of a wave in picking order: zone, pack, lot, order',
    params: waveParams,
    query: z.object({
      ...pageQuery,
      zone: z.enum(ZONE_IDS).optional(),
      status: z.enum(taskStatuses).optional(),
      orderId: idField.optional(),
      batchId: idField.optional(),
      toteId: idField.optional(),
    }),
    reply: pageOf(taskShape),
  }),
  'picking.nextTask': contract({
    method: 'GET',
    path: '/api/waves/:id/next-task',
    access: 'pick.write',
    summary: 'The next open task for me: first what I was picking, then what nobody else is at',
    params: waveParams,
    query: z.object({
      zone: z.enum(ZONE_IDS).optional(),
      method: z.enum(pickMethods).optional(),
      after: idField.optional(),
    }),
    reply: z.object({ task: taskShape.nullable(), open: z.int(), total: z.int() }),
  }),
} as const
