import { z } from 'zod'
import { contract } from '../contract.ts'
import { failReasons, refuseReasons } from '../door-reasons.ts'
import {
  deciCelsiusField,
  idField,
  instantField,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'
import { crateCounts } from './crates.ts'
import { doorRuleShape, evidenceField, placeField, tripItemShape } from './driving.ts'
import { plannedStopShape, runStatuses } from './routes.ts'

/** When it happened, by the driver's device: actions made offline are sent later. */
const happenedAt = instantField.optional()
/** What the device's clock said when it sent this; tells how far that clock is off. */
const sentAt = instantField.optional()
const photos = z.array(idField).max(8).default([])
/** Crates by type: left at the door and taken back. */
const crates = z
  .array(
    z.object({
      typeId: idField,
      out: z.int().min(0).max(500).default(0),
      back: z.int().min(0).max(500).default(0),
    }),
  )
  .max(20)
  .refine((all) => new Set(all.map((one) => one.typeId)).size === all.length, { message: 'type_twice' })
  .default([])

const runLine = z.object({
  orderLineId: idField,
  lotId: idField,
  lotCode: z.string(),
  skuCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  zone: z.string(),
  useByDay: serviceDayField,
  /** Aboard for this line from this lot, in base units. */
  quantity: z.int(),
  /** Weighed goods: at the door they may be weighed again. */
  catchWeight: z.boolean(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: z.enum(UNIT_IDS),
  basePerOrderUnit: z.int(),
  /** Recalled: not to be handed over; comes back as refused. */
  barred: z.boolean(),
  /** Held for a temperature alarm until food safety decides, or called back: not to be handed over. */
  warmHold: z.enum(['held', 'return', 'dispose']).nullable(),
  delivered: z.int().nullable(),
  refused: z.int(),
  refuseReason: z.enum([...refuseReasons, ...failReasons]).nullable(),
})

export const runStopShape = plannedStopShape.extend({
  gateNote: z.string(),
  keyDrop: z.boolean(),
  contactName: z.string(),
  /** Middle digits hidden; the full number is shown on asking, and that is recorded. */
  contactPhone: z.string(),
  /** What the door asks here on this day, by the class of the buyer. */
  rule: doorRuleShape.nullable(),
  /** A temperature must be read at hand-over. */
  readingRequired: z.boolean(),
  /** From the site's point, as the phone said on arriving; null: it did not say, or it is forgotten. */
  metresOff: z.int().nullable(),
  failReason: z.enum(failReasons).nullable(),
  receiverName: z.string(),
  signatureFileId: idField.nullable(),
  photoFileIds: z.array(idField),
  temperatureDeciC: z.int().nullable(),
  cratesOut: z.int(),
  cratesBack: z.int(),
  note: z.string(),
  /** What was put right after it closed. */
  corrections: z.array(z.object({ id: idField, text: z.string(), by: z.string(), at: instantField })),
  toteList: z.array(
    z.object({
      id: idField,
      code: z.string(),
      /** The label's number: the phone knows its totes by it without a network, too. */
      sscc: z.string().nullable(),
      zone: z.string(),
      status: z.string(),
    }),
  ),
  /** By order; within an order by line and lot. */
  goods: z.array(
    z.object({ orderId: idField, number: z.string(), note: z.string(), lines: z.array(runLine) }),
  ),
})

export const runShape = z.object({
  id: idField,
  day: serviceDayField,
  seq: z.int(),
  status: z.enum(runStatuses),
  plate: z.string(),
  hub: z.object({ name: z.string(), address: z.string(), lngE6: z.int(), latE6: z.int() }),
  driverPersonId: idField.nullable(),
  driver: z.string().nullable(),
  departAt: instantField,
  metres: z.int(),
  preCoolDeciC: z.int().nullable(),
  /** What is asked of every run on this day before it leaves. */
  rule: doorRuleShape.nullable(),
  tripItems: z.array(tripItemShape),
  tripCheckedAt: instantField.nullable(),
  /** Names of points that keep the run from leaving. */
  tripOpen: z.array(z.string()),
  /** Kinds of crates in use, and how many of each the driver has now. */
  crateTypes: z.array(
    z.object({
      id: idField,
      code: z.string(),
      name: z.string(),
      nameEn: z.string(),
      aboard: z.int(),
    }),
  ),
  /** Coldest zone aboard that asks for a reading; null when nothing is cold. */
  coldestZone: z.string().nullable(),
  stopsDone: z.int(),
  delayMinutes: z.int(),
  finishedAt: instantField.nullable(),
  totes: z.int(),
  totesLoaded: z.int(),
  /** Trips that have left the hub; the next one is loaded when every stop of these is closed. */
  tripsGone: z.int(),
  version: z.int(),
  stops: z.array(runStopShape),
})

const stopDone = z.object({
  stop: runStopShape,
  /** True when an earlier stop of the run is still waiting: a note for the driver, not a refusal. */
  outOfOrder: z.boolean(),
})
const runState = z.object({ id: idField, status: z.enum(runStatuses), version: z.int() })

export const deliveryContracts = {
  'delivery.loadTote': contract({
    method: 'POST',
    path: '/api/runs/:id/load',
    access: 'run.load',
    summary: 'A tote is put aboard, by its code. Last stop first is asked for, not forced',
    params: z.object({ id: idField }),
    body: z.object({ code: textField(40, 1), at: happenedAt }),
    reply: z.object({
      toteId: idField,
      code: z.string(),
      zone: z.string(),
      stopSeq: z.int(),
      site: z.string(),
      /** It was aboard already: nothing changed. */
      already: z.boolean(),
      /** It is of the stop whose turn it is, counted from the last. */
      inOrder: z.boolean(),
      loaded: z.int(),
      total: z.int(),
      /** The stop whose totes come next, the last one of the route first; null when all are aboard. */
      nextStopSeq: z.int().nullable(),
      nextSite: z.string().nullable(),
    }),
    problems: ['wrong_state', 'tote_recalled', 'tote_not_on_run', 'tote_of_later_trip', 'stops_open'],
  }),
  'delivery.depart': contract({
    method: 'POST',
    path: '/api/runs/:id/depart',
    access: 'run.drive',
    summary: 'Leave the dock: all totes aboard, and the box’s pre-cool temperature when cold goods are',
    params: z.object({ id: idField }),
    body: z.object({
      /** The trip that leaves, counted from 1: a truck that came back goes out again. */
      trip: z.int().min(1).max(9).default(1),
      preCoolDeciC: deciCelsiusField.nullable().default(null),
      /** Crates counted into the truck. */
      crates: crateCounts.default([]),
      /** The box's thermometer. */
      photoFileIds: photos,
      at: happenedAt,
    }),
    reply: runState.extend({ temperature: z.enum(['fine', 'warn', 'reject']).nullable() }),
    problems: [
      'wrong_state',
      'tote_recalled',
      'pre_cool_missing',
      'crate_type_closed',
      'totes_not_loaded',
      'stops_open',
      'trip_check_incomplete',
      'proof_missing',
      'licence_missing',
      'licence_expired',
    ],
  }),
  'delivery.arrive': contract({
    method: 'POST',
    path: '/api/stops/:id/arrive',
    access: 'run.drive',
    summary: 'At the door; where the phone is, if its driver lets it say so',
    params: z.object({ id: idField }),
    body: z.object({ at: happenedAt, place: placeField.nullable().default(null) }),
    reply: stopDone,
    problems: ['wrong_state', 'trip_not_gone'],
  }),
  'delivery.deliver': contract({
    method: 'POST',
    path: '/api/stops/:id/deliver',
    access: 'run.drive',
    summary: 'Hand over, line by line and lot by lot: delivered and refused make what is aboard',
    params: z.object({ id: idField }),
    body: z.object({
      lines: z
        .array(
          z
            .object({
              orderLineId: idField,
              lotId: idField,
              delivered: quantityField,
              refused: quantityField.default(0),
              reason: z.enum(refuseReasons).nullable().default(null),
            })
            .refine((line) => line.refused === 0 || line.reason !== null, {
              path: ['reason'],
              message: 'required',
            }),
        )
        .min(1)
        .max(1000),
      receiverName: textField(40).default(''),
      signatureFileId: idField.nullable().default(null),
      photoFileIds: photos,
      temperatureDeciC: deciCelsiusField.nullable().default(null),
      crates,
      /** The receiver's number, told instead of signing. */
      receiverPin: z
        .string()
        .regex(/^\d{6}$/)
        .nullable()
        .default(null),
      evidence: evidenceField.prefault({}),
      note: textField(300).default(''),
      at: happenedAt,
      sentAt,
    }),
    reply: stopDone,
    problems: [
      'wrong_state',
      'delivery_mismatch',
      'proof_missing',
      'temperature_missing',
      'crate_type_closed',
      'goods_recalled',
      'goods_held_warm',
      'pin_wrong',
      'pin_locked',
      'tote_not_here',
    ],
  }),
  'delivery.fail': contract({
    method: 'POST',
    path: '/api/stops/:id/fail',
    access: 'run.drive',
    summary: 'The stop could not be served: its goods go back as refused at the door',
    params: z.object({ id: idField }),
    body: z.object({
      reason: z.enum(failReasons),
      photoFileIds: photos,
      evidence: evidenceField.prefault({}),
      note: textField(300).default(''),
      at: happenedAt,
      sentAt,
    }),
    reply: stopDone,
    problems: ['wrong_state', 'wait_longer', 'proof_missing'],
  }),
  'delivery.finishRun': contract({
    method: 'POST',
    path: '/api/runs/:id/finish',
    access: 'run.drive',
    summary: 'Back at the hub: every stop is closed',
    params: z.object({ id: idField }),
    body: z.object({ at: happenedAt }),
    reply: runState.extend({ delivered: z.int(), partial: z.int(), refused: z.int(), failed: z.int() }),
    problems: ['wrong_state', 'stops_open'],
  }),
} as const
