import { z } from 'zod'
import { contract } from '../contract.ts'
import { failReasons } from '../door-reasons.ts'
import {
  deciCelsiusField,
  idField,
  instantField,
  latE6Field,
  lngE6Field,
  okReply,
  serviceDayField,
  textField,
} from '../fields.ts'
import { PROOFS } from '../proof.ts'
import { washMeans } from '../reference/wash-means.ts'

/** What a photo at the door shows. */
export const shotKinds = ['goods', 'thermometer', 'locked', 'refused', 'door', 'other'] as const

/** Where the phone was, as far as it knows. */
export const placeField = z.object({
  lngE6: lngE6Field,
  latE6: latE6Field,
  accuracyM: z.int().min(0).max(100_000),
})

/** Proof of a hand-over beyond name, signature and photos. */
export const evidenceField = z.object({
  doorOpenedAt: instantField.nullable().default(null),
  doorClosedAt: instantField.nullable().default(null),
  /** Where goods were left: freezer, shelf. */
  dropPoint: textField(60).default(''),
  shots: z
    .array(z.object({ fileId: idField, of: z.enum(shotKinds) }))
    .max(8)
    .default([]),
  readings: z
    .array(z.object({ zone: textField(20, 1), deciC: deciCelsiusField }))
    .max(6)
    .default([]),
  unload: z
    .object({
      /** Codes of totes scanned at the door. */
      scanned: z.array(textField(40, 1)).max(300).default([]),
      /** Counted by hand instead, and why. */
      counted: z.int().min(0).max(300).nullable().default(null),
      reason: textField(60).default(''),
    })
    .nullable()
    .default(null),
  place: placeField.nullable().default(null),
  /** When the receiver was called. */
  calledAt: instantField.nullable().default(null),
})

/** What the door asks of the driver on a day; null: only what every hand-over needs. */
export const doorRuleShape = z.object({
  /** Of these one proves that somebody took the goods. */
  proofs: z.array(z.enum(PROOFS)),
  tripCheck: z.boolean(),
  preCoolPhoto: z.boolean(),
  unloadScan: z.boolean(),
  zoneReadings: z.boolean(),
  refusePhoto: z.boolean(),
  keyDropSet: z.boolean(),
  /** Weighed goods that weigh less by no more than this are taken at their picked weight, basis points. */
  weighToleranceBp: z.int(),
  /** How long a disinfection that the driver notes himself lasts, days. */
  washDays: z.int(),
  waitMinutes: z.int(),
  waitReasons: z.array(z.string()),
})

export const tripItemShape = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  stopsRun: z.boolean(),
})

const tokenField = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

const linkShape = z.object({
  id: idField,
  runId: idField,
  driver: z.string(),
  madeAt: instantField,
  expiresAt: instantField,
  openedAt: instantField.nullable(),
  revokedAt: instantField.nullable(),
})

/** What a picture of a stop's proof shows; `signature` is drawn on the phone, `correction` came later. */
const pictureKinds = [...shotKinds, 'signature', 'correction'] as const

export const drivingContracts = {
  'delivery.readProof': contract({
    method: 'GET',
    path: '/api/stops/:id/proof',
    access: 'run.read',
    summary:
      'How a stop that is closed was proved: pictures, readings, totes, times of the phone and of ours',
    params: z.object({ id: idField }),
    reply: z.object({
      stopId: idField,
      site: z.string(),
      /** Null where the stop is open, or closed before proofs were kept. */
      kind: z.enum(['signature', 'pin', 'photo', 'key_drop', 'refused', 'failed']).nullable(),
      /** By the phone; when it was sent by the phone's clock; when it came here. */
      happenedAt: instantField.nullable(),
      sentAt: instantField.nullable(),
      receivedAt: instantField.nullable(),
      flags: z.array(z.string()),
      /** Over the whole request as received. */
      sha256: z.string(),
      receiverName: z.string(),
      note: z.string(),
      failReason: z.enum(failReasons).nullable(),
      readings: z.array(z.object({ zone: z.string(), deciC: z.int() })),
      /** Totes scanned and counted by hand, with the reason; null: neither. */
      unload: z.object({ scanned: z.int(), counted: z.int().nullable(), reason: z.string() }).nullable(),
      doorOpenedAt: instantField.nullable(),
      doorClosedAt: instantField.nullable(),
      dropPoint: z.string(),
      calledAt: instantField.nullable(),
      pictures: z.array(z.object({ fileId: idField, of: z.enum(pictureKinds) })),
      corrections: z.array(z.object({ id: idField, text: z.string(), by: z.string(), at: instantField })),
    }),
  }),
  'delivery.disinfect': contract({
    method: 'PUT',
    path: '/api/disinfections/:id',
    access: 'run.drive',
    summary:
      'The driver disinfected the box of his truck: a paper of the truck that counts at once (GB 31605-2020)',
    params: z.object({ id: idField }),
    body: z.object({
      vehicleId: idField,
      means: z.enum(washMeans),
      /** The clean box, or the ticket of the station. */
      photoFileId: idField,
      /** When it was done, by the driver's device. */
      at: instantField.optional(),
    }),
    reply: z.object({ id: idField, vehicleId: idField, validTo: serviceDayField }),
    problems: ['id_reused'],
  }),
  'delivery.checkTrip': contract({
    method: 'PUT',
    path: '/api/runs/:id/trip-check',
    access: 'run.drive',
    summary: 'The vehicle before its run, point by point (行车前检查)',
    params: z.object({ id: idField }),
    body: z.object({
      answers: z
        .array(z.object({ code: textField(40, 1), ok: z.boolean(), note: textField(200).default('') }))
        .min(1)
        .max(60),
      photoFileIds: z.array(idField).max(8).default([]),
      /** When it was done, by the driver's device. */
      at: instantField.optional(),
    }),
    reply: z.object({ id: idField, checkedAt: instantField, open: z.array(z.string()) }),
    problems: ['wrong_state', 'trip_check_incomplete'],
  }),
  'delivery.correct': contract({
    method: 'PUT',
    path: '/api/stops/:id/corrections/:correctionId',
    access: 'run.read',
    summary: 'Something about a closed stop is put right: added, the proof itself stays',
    params: z.object({ id: idField, correctionId: idField }),
    body: z.object({ text: textField(500, 1), photoFileIds: z.array(idField).max(8).default([]) }),
    reply: z.object({ id: idField, at: instantField }),
    problems: ['wrong_state', 'id_reused'],
  }),
  'delivery.receiverPin': contract({
    method: 'GET',
    path: '/api/orders/:id/receiver-pin',
    access: 'order.read',
    summary:
      'The number a receiver tells the driver instead of signing; null before the truck leaves and afterwards',
    params: z.object({ id: idField }),
    reply: z.object({ pin: z.string().nullable() }),
  }),
  'driverLinks.make': contract({
    method: 'PUT',
    path: '/api/driver-links/:id',
    access: 'run.dispatch',
    summary: 'A link that opens one run on the driver’s phone; earlier links of the run end',
    params: z.object({ id: idField }),
    body: z.object({ runId: idField }),
    reply: linkShape.extend({
      /** The only time the address is told. */
      url: z.string(),
      /** The address as a QR code (SVG). */
      qr: z.string(),
    }),
    problems: ['wrong_state', 'id_reused'],
  }),
  'driverLinks.send': contract({
    method: 'POST',
    path: '/api/driver-links/:id/send',
    access: 'run.dispatch',
    summary: 'A new address for the link goes to the driver’s phone by text message',
    params: z.object({ id: idField }),
    reply: z.object({ phone: z.string() }),
    problems: ['link_over'],
  }),
  'driverLinks.list': contract({
    method: 'GET',
    path: '/api/runs/:id/driver-links',
    access: 'run.dispatch',
    summary: 'Links of a run, the newest first',
    params: z.object({ id: idField }),
    reply: z.object({ items: z.array(linkShape) }),
  }),
  'driverLinks.revoke': contract({
    method: 'POST',
    path: '/api/driver-links/:id/revoke',
    access: 'run.dispatch',
    summary: 'Ends a link and the phone’s session that came by it',
    params: z.object({ id: idField }),
    reply: linkShape,
  }),
  'driverLinks.askCode': contract({
    method: 'POST',
    path: '/api/driver-links/ask-code',
    access: 'public',
    summary: 'Sends a one-time code to the phone of the link’s driver',
    body: z.object({ token: tokenField }),
    reply: z.object({
      /** Middle digits hidden. */
      phone: z.string(),
      expiresAt: instantField,
      /** Told on sample data only. */
      sampleCode: z.string().nullable(),
    }),
    problems: ['link_over', 'too_many_requests'],
  }),
  'driverLinks.open': contract({
    method: 'POST',
    path: '/api/driver-links/open',
    access: 'public',
    summary: 'Opens the run on this phone: sets a session that may drive this run and nothing else',
    body: z.object({ token: tokenField, code: z.string().regex(/^\d{6}$/) }),
    reply: okReply,
    problems: ['link_over', 'link_code_wrong', 'link_code_over'],
  }),
} as const
