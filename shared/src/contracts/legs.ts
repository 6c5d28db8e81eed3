import { z } from 'zod'
import { contract } from '../contract.ts'
import { deciCelsiusField, idField, instantField, serviceDayField, textField } from '../fields.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { sealStates, transportModes } from './supply.ts'

export const appointmentStatuses = ['requested', 'confirmed', 'arrived', 'missed', 'cancelled'] as const
export const minuteOfDay = z.int().min(0).max(1440)

const zoneReading = z.object({ zone: z.enum(ZONE_IDS), deciC: deciCelsiusField })

const legShape = z.object({
  id: idField,
  seq: z.int(),
  mode: z.enum(transportModes),
  fromPlace: z.string(),
  toPlace: z.string(),
  carrier: z.string(),
  /** Plate, train or flight number. */
  vehicle: z.string(),
  waybill: z.string(),
  departsAt: instantField,
  arrivesAt: instantField,
  departedAt: instantField.nullable(),
  arrivedAt: instantField.nullable(),
})

const handoverShape = z.object({
  id: idField,
  /** The point before leg `seq`. */
  seq: z.int(),
  place: z.string(),
  at: instantField,
  sealFound: z.enum(sealStates).nullable(),
  sealNumber: z.string(),
  readings: z.array(zoneReading.extend({ judged: z.enum(['fine', 'warn', 'reject']) })),
  takenBy: z.string(),
  note: z.string(),
  photoFileIds: z.array(idField),
  /** Name of who recorded it. */
  recordedBy: z.string(),
})

export const appointmentShape = z.object({
  id: idField,
  hubId: idField,
  hub: z.string(),
  orgId: idField,
  supplier: z.string(),
  consignmentId: idField,
  number: z.string(),
  plate: z.string(),
  day: serviceDayField,
  fromMinute: z.int(),
  toMinute: z.int(),
  status: z.enum(appointmentStatuses),
  /** Door of the dock, given by the warehouse. */
  dock: z.string(),
  note: z.string(),
  requestedAt: instantField,
  arrivedAt: instantField.nullable(),
  version: z.int(),
})

export const wayShape = z.object({
  consignmentId: idField,
  status: z.string(),
  /** Coldest first. What the goods' zone needs at most, and what the vehicle is set to; null = not set. */
  zones: z.array(
    z.object({
      zone: z.enum(ZONE_IDS),
      setPointDeciC: z.int().nullable(),
      maxDeciC: z.int(),
      readingRequired: z.boolean(),
    }),
  ),
  legs: z.array(legShape),
  handovers: z.array(handoverShape),
  appointment: appointmentShape.nullable(),
})

export const legContracts = {
  'legs.read': contract({
    method: 'GET',
    path: '/api/consignments/:id/way',
    access: 'supply.read',
    summary: 'Legs of a consignment, set points by zone, hand-overs and its place at the dock',
    params: z.object({ id: idField }),
    reply: wayShape,
  }),
  'legs.write': contract({
    method: 'PUT',
    path: '/api/consignments/:id/way',
    access: 'supply.write',
    summary: 'Plan the way: legs by road, rail or air one after the other, set points by zone',
    params: z.object({ id: idField }),
    body: z.object({
      zones: z
        .array(z.object({ zone: z.enum(ZONE_IDS), setPointDeciC: deciCelsiusField }))
        .max(6)
        .default([]),
      legs: z
        .array(
          z.object({
            id: idField,
            mode: z.enum(transportModes),
            fromPlace: textField(60, 1),
            toPlace: textField(60, 1),
            carrier: textField(60).default(''),
            vehicle: textField(20).default(''),
            waybill: textField(40).default(''),
            departsAt: instantField,
            arrivesAt: instantField,
          }),
        )
        .min(1)
        .max(6),
    }),
    reply: wayShape,
    problems: ['wrong_state', 'legs_broken', 'set_point_wrong', 'id_reused'],
  }),
  'legs.handOver': contract({
    method: 'PUT',
    path: '/api/consignments/:id/hand-overs/:handoverId',
    access: 'supply.write',
    summary: 'Goods pass to the carrier of leg seq: seal found and put on, temperature of each cold zone',
    params: z.object({ id: idField, handoverId: idField }),
    body: z.object({
      seq: z.int().min(1).max(6),
      at: instantField,
      sealFound: z.enum(sealStates).nullable().default(null),
      sealNumber: textField(30, 1),
      readings: z.array(zoneReading).max(6).default([]),
      takenBy: textField(40, 1),
      note: textField(300).default(''),
      photoFileIds: z.array(idField).max(6).default([]),
    }),
    reply: wayShape,
    problems: [
      'wrong_state',
      'id_reused',
      'handover_order',
      'temperature_missing',
      'reason_missing',
      'times_wrong',
    ],
  }),
  'docks.slots': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/dock-slots',
    access: 'signedIn',
    summary: 'When the dock of a hub takes trucks on a day, and how many more',
    params: z.object({ hubId: idField }),
    query: z.object({ day: serviceDayField }),
    reply: z.object({
      items: z.array(
        z.object({
          fromMinute: z.int(),
          toMinute: z.int(),
          capacity: z.int(),
          free: z.int(),
          past: z.boolean(),
        }),
      ),
    }),
  }),
  'docks.request': contract({
    method: 'PUT',
    path: '/api/dock-appointments/:id',
    access: 'supply.write',
    summary: 'Ask for a place at the dock for a consignment; asked again it moves',
    params: z.object({ id: idField }),
    body: z.object({
      consignmentId: idField,
      day: serviceDayField,
      fromMinute: minuteOfDay,
      note: textField(200).default(''),
      version: z.int().min(0).default(0),
    }),
    reply: appointmentShape,
    problems: ['id_reused', 'stale_version', 'wrong_state', 'slot_unknown', 'slot_full', 'slot_past'],
  }),
  'docks.cancel': contract({
    method: 'POST',
    path: '/api/dock-appointments/:id/cancel',
    access: 'supply.write',
    summary: 'Give the place at the dock back',
    params: z.object({ id: idField }),
    reply: appointmentShape,
    problems: ['wrong_state'],
  }),
} as const
