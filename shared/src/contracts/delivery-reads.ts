import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, serviceDayField } from '../fields.ts'
import { runShape } from './delivery.ts'
import { runStatuses } from './routes.ts'

/** Runs as drivers and the board see them. */
export const deliveryReadContracts = {
  'delivery.myRuns': contract({
    method: 'GET',
    path: '/api/my-runs',
    access: 'run.drive',
    summary: 'The driver’s dispatched runs: open ones, and those finished within this shift',
    reply: z.object({
      items: z.array(
        z.object({
          id: idField,
          day: serviceDayField,
          seq: z.int(),
          status: z.enum(runStatuses),
          plate: z.string(),
          hub: z.string(),
          departAt: instantField,
          metres: z.int(),
          stopCount: z.int(),
          stopsDone: z.int(),
          totes: z.int(),
          totesLoaded: z.int(),
        }),
      ),
      /** Trucks the driver drives, and how long their disinfection counts; null: there is none. */
      vehicles: z.array(z.object({ id: idField, plate: z.string(), cleanTo: serviceDayField.nullable() })),
    }),
  }),
  'delivery.readRun': contract({
    method: 'GET',
    path: '/api/runs/:id',
    access: 'run.read',
    summary: 'A run with its stops in order: address, gate note, masked phone, totes, lines and lots',
    params: z.object({ id: idField }),
    reply: runShape,
  }),
  'delivery.askContact': contract({
    method: 'POST',
    path: '/api/stops/:id/contact',
    access: 'run.drive',
    summary: 'The phone number of a stop’s contact, to call while on the road; each asking is recorded',
    params: z.object({ id: idField }),
    reply: z.object({ name: z.string(), phone: z.string() }),
    problems: ['wrong_state'],
  }),
  'delivery.lateStops': contract({
    method: 'GET',
    path: '/api/late-stops',
    access: 'run.read',
    summary: 'Stops that will miss their window, or have, while nobody has arrived',
    query: z.object({ hubId: idField.optional(), day: serviceDayField.optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          stopId: idField,
          runId: idField,
          runSeq: z.int(),
          seq: z.int(),
          plate: z.string(),
          driver: z.string().nullable(),
          site: z.string(),
          buyer: z.string(),
          windowToAt: instantField,
          expectedAt: instantField,
          lateMinutes: z.int(),
          noticedAt: instantField.nullable(),
        }),
      ),
    }),
  }),
} as const
