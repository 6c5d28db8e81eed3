import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  idField,
  instantField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { BIN_KIND_IDS } from '../reference/bins.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { appointmentShape, minuteOfDay } from './legs.ts'
import { lotStages } from './stock.ts'
import { consignmentStatuses, packFields } from './supply.ts'

/** Where goods at the dock should go. `cross_dock`: they stay, tonight's orders take them all. */
export const putAwayAdvice = ['cross_dock', 'pick_face', 'reserve', 'near_expiry'] as const

const putAwayShape = z.object({
  lotId: idField,
  lotCode: z.string(),
  ...packFields,
  supplier: z.string(),
  stage: z.enum(lotStages),
  useByDay: serviceDayField,
  bin: z.string(),
  binId: idField,
  quantity: z.int(),
  since: instantField.nullable(),
  /** Promised for deliveries until tomorrow: what tonight's wave takes. */
  promisedTonight: z.int(),
  advice: z.enum(putAwayAdvice),
  /** Best bin first. */
  bins: z.array(
    z.object({
      code: z.string(),
      kind: z.enum(BIN_KIND_IDS as [string, ...string[]]),
      /** `same_lot`, `same_pack`, `free`, `shared`. */
      why: z.enum(['same_lot', 'same_pack', 'free', 'shared']),
    }),
  ),
})

const boardEntry = appointmentShape.extend({
  consignmentStatus: z.enum(consignmentStatuses),
  zones: z.array(z.enum(ZONE_IDS)),
  lineCount: z.int(),
  /** Minutes after the slot's end (late) or, below 0, before its beginning (early); 0 within it, null while it is ahead. */
  offMinutes: z.int().nullable(),
})

/** The board of the dock, and goods carried from it to their bins. */
export const receivingBoardContracts = {
  'receiving.dockBoard': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/dock-board',
    access: 'hub.read',
    summary:
      'A day at the dock: slots with their trucks by door, early and late ones, and trucks without a place',
    params: z.object({ hubId: idField }),
    query: z.object({ day: serviceDayField }),
    reply: z.object({
      day: serviceDayField,
      slots: z.array(
        z.object({
          fromMinute: z.int(),
          toMinute: z.int(),
          capacity: z.int(),
          free: z.int(),
          trucks: z.array(boardEntry),
        }),
      ),
      /** Expected this day without a place at the dock, next arrival first. */
      unbooked: z.array(
        z.object({
          consignmentId: idField,
          number: z.string(),
          supplier: z.string(),
          plate: z.string(),
          status: z.enum(consignmentStatuses),
          expectedAt: instantField,
          lineCount: z.int(),
        }),
      ),
    }),
  }),
  'receiving.decideAppointment': contract({
    method: 'POST',
    path: '/api/dock-appointments/:id/decide',
    access: 'dock.plan',
    summary: 'Keep a truck’s place at a door, move it to another slot, or note that it did not come',
    params: z.object({ id: idField }),
    body: z.object({
      decision: z.enum(['confirm', 'miss']),
      dock: textField(12).default(''),
      day: serviceDayField,
      fromMinute: minuteOfDay,
      version: z.int().min(1),
    }),
    reply: appointmentShape,
    problems: [
      'wrong_state',
      'stale_version',
      'slot_unknown',
      'slot_full',
      'slot_past',
      'door_taken',
      'reason_missing',
    ],
  }),
  'receiving.listPutAway': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/put-away',
    access: 'hub.read',
    summary: 'What stands at the docks, with the best bins for it; goods for tonight stay for cross-docking',
    params: z.object({ hubId: idField }),
    query: z.object({ ...pageQuery, search: textField(60).optional() }),
    reply: pageOf(putAwayShape),
  }),
  'receiving.putAway': contract({
    method: 'PUT',
    path: '/api/put-aways/:id',
    access: 'receipt.write',
    summary: 'Goods were carried from a bin of the dock to the bin scanned',
    params: z.object({ id: idField }),
    body: z.object({
      hubId: idField,
      lotId: idField,
      fromBin: textField(30, 1),
      toBin: textField(30, 1),
      quantity: quantityField.min(1),
    }),
    reply: z.object({ id: idField, toBin: z.string(), quantity: z.int(), left: z.int() }),
    problems: ['bin_unknown', 'bin_wrong_zone', 'bin_short', 'bin_closed', 'bin_move_forbidden', 'id_reused'],
  }),
} as const
