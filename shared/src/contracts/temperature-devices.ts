import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  deciCelsiusField,
  idField,
  instantField,
  pageOf,
  pageQuery,
  serviceDayField,
  textField,
} from '../fields.ts'
import { deviceKinds, deviceStates } from '../reference/cold-watch.ts'
import { byId, limits, zone } from './temperature.ts'

const serialField = z.string().regex(/^[A-Z0-9-]{4,40}$/)

export const deviceShape = z.object({
  id: idField,
  serial: z.string(),
  name: z.string(),
  kind: z.enum(deviceKinds),
  hubId: idField,
  hub: z.string(),
  vehicleId: idField.nullable(),
  plate: z.string().nullable(),
  zone,
  everyMinutes: z.int(),
  calibratedOn: serviceDayField.nullable(),
  calibrationDue: serviceDayField.nullable(),
  calibrationFileId: idField.nullable(),
  /** A secret has been given out. */
  paired: z.boolean(),
  revokedAt: instantField.nullable(),
  lastAt: instantField.nullable(),
  lastDeciC: z.int().nullable(),
  clockOffsetSeconds: z.int(),
  state: z.enum(deviceStates),
  limits: limits.nullable(),
  openAlarms: z.int(),
  /** The run it rides on now. */
  runId: idField.nullable(),
  version: z.int(),
})

/** Devices that measure, and the door they send through. */
export const temperatureDeviceContracts = {
  'temperature.send': contract({
    method: 'POST',
    path: '/api/temperature/readings',
    access: 'public',
    summary:
      'A device hands in readings, signed: HMAC-SHA256 (hex) by its secret over `serial\\nsentAt\\nnonce\\n` and `at,probe,deciC,humidity\\n` for each reading, humidity empty when there is none',
    body: z.object({
      serial: serialField,
      /** Its clock when it sends, and a number used once. */
      sentAt: instantField,
      nonce: z.string().regex(/^[A-Za-z0-9_-]{12,64}$/),
      readings: z
        .array(
          z.object({
            at: instantField,
            probe: z.int().min(0).max(15).default(0),
            deciC: deciCelsiusField,
            humidity: z.int().min(0).max(100).nullable().default(null),
          }),
        )
        .min(1)
        .max(500),
      signature: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    reply: z.object({
      stored: z.int(),
      duplicates: z.int(),
      /** Its clock less ours. */
      clockOffsetSeconds: z.int(),
    }),
    problems: [
      'device_unknown',
      'device_revoked',
      'device_signature_wrong',
      'device_clock_off',
      'device_replayed',
      'readings_out_of_time',
    ],
  }),
  'temperature.listDevices': contract({
    method: 'GET',
    path: '/api/temperature/devices',
    access: 'temperature.read',
    summary: 'Devices of one’s hubs with what they read last and how that is',
    query: z.object({ ...pageQuery, hubId: idField.optional(), kind: z.enum(deviceKinds).optional() }),
    reply: pageOf(deviceShape),
  }),
  'temperature.writeDevice': contract({
    method: 'PUT',
    path: '/api/temperature/devices/:id',
    access: 'temperature.device',
    summary: 'Register a device or write where it is, and its calibration (GB 31605-2020 §3.1)',
    params: byId,
    body: z.object({
      serial: serialField,
      name: textField(60).default(''),
      kind: z.enum(deviceKinds),
      hubId: idField,
      vehicleId: idField.nullable().default(null),
      zone,
      everyMinutes: z.int().min(1).max(60).default(5),
      calibratedOn: serviceDayField.nullable().default(null),
      calibrationDue: serviceDayField.nullable().default(null),
      calibrationFileId: idField.nullable().default(null),
      version: z.int().min(0),
    }),
    reply: deviceShape,
    problems: ['stale_version', 'device_serial_taken', 'device_place_wrong'],
  }),
  'temperature.renewSecret': contract({
    method: 'POST',
    path: '/api/temperature/devices/:id/secret',
    access: 'temperature.device',
    summary: 'A new secret for a device, told this once; the old one ends',
    params: byId,
    reply: z.object({ serial: z.string(), secret: z.string() }),
    problems: ['device_revoked'],
  }),
  'temperature.revokeDevice': contract({
    method: 'POST',
    path: '/api/temperature/devices/:id/revoke',
    access: 'temperature.device',
    summary: 'A device is lost or gone: nothing is taken from it any more',
    params: byId,
    reply: deviceShape,
  }),
} as const
