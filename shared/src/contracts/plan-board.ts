import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField } from '../fields.ts'
import { costParts } from '../plan-costs.ts'
import { runStatuses } from './routes.ts'

/** What speaks against a run, or against a stop at its place. */
export const planTroubles = [
  'zone',
  'capacity',
  'size',
  'skill',
  'ban',
  'closed',
  'late',
  'pair',
  'shift',
  'stops',
  'trips',
] as const
const troubles = z.array(z.enum(planTroubles))

const parts = z.partialRecord(z.enum(costParts), z.int())

const timedStop = z.object({
  stopId: idField,
  trip: z.int(),
  arriveAt: instantField,
  startAt: instantField,
  leaveAt: instantField,
  /** Seconds after the window closes; 0 when in time. */
  lateSeconds: z.int(),
  locked: z.boolean(),
  troubles,
})

const timedRun = z.object({
  runId: idField,
  vehicleId: idField,
  departAt: instantField,
  returnAt: instantField,
  metres: z.int(),
  costFen: z.int(),
  costParts: parts,
  rests: z.array(z.object({ from: instantField, to: instantField })),
  /** Loading again at the hub, between two trips. */
  reloads: z.array(z.object({ from: instantField, to: instantField })),
  loads: z.array(z.object({ zone: z.string(), grams: z.int(), millilitres: z.int() })),
  troubles,
  stops: z.array(timedStop),
})

const place = z.object({
  /** Number among the run's other stops at which it would stand. */
  seq: z.int(),
  /** The trip it would ride on: between two trips a place belongs to either, at the end to a new one. */
  trip: z.int(),
  /** Refused by the product whatever the dispatcher wants: the zones or the trip's load. */
  refused: z.boolean(),
  /** What the plan costs more, fen; negative when it becomes cheaper. */
  deltaFen: z.int(),
  deltaMetres: z.int(),
  arriveAt: instantField,
  lateSeconds: z.int(),
  /** Stops late more (or fewer) than now, over the runs it touches. */
  lateStops: z.int(),
  returnAt: instantField,
  troubles,
})

/** The plan in force as the board draws it, and what a change by hand would do before it is made. */
export const planBoardContracts = {
  'routes.readBoard': contract({
    method: 'GET',
    path: '/api/plans/:id/board',
    access: 'run.read',
    summary: 'Times, rests, loads by zone, cost and rule breaches of a plan, run by run',
    params: z.object({ id: idField }),
    reply: z.object({ planId: idField, costFen: z.int(), costParts: parts, runs: z.array(timedRun) }),
  }),
  'routes.tryMove': contract({
    method: 'GET',
    path: '/api/plans/:id/places',
    access: 'plan.write',
    summary:
      'Every place a stop, or an order without a vehicle, could go: times, lateness, load, rules and cost; nothing is changed',
    params: z.object({ id: idField }),
    query: z
      // The stop is meant where both are given.
      .object({ stopId: idField.optional(), orderId: idField.optional() })
      .refine(({ stopId, orderId }) => stopId !== undefined || orderId !== undefined, {
        path: ['stopId'],
        message: 'one_target',
      }),
    reply: z.object({
      targets: z.array(
        z.object({
          /** Null for a vehicle that has no run yet. */
          runId: idField.nullable(),
          vehicleId: idField,
          plate: z.string(),
          status: z.enum(runStatuses).nullable(),
          /** What holds at every place of it. */
          troubles,
          /** Refused at every place. */
          refused: z.boolean(),
          places: z.array(place),
        }),
      ),
    }),
    problems: ['wrong_state'],
  }),
  'routes.lockStops': contract({
    method: 'POST',
    path: '/api/plans/:id/locks',
    access: 'plan.write',
    summary: 'Keep stops of a plan on their run when the rest is planned again, or let them go',
    params: z.object({ id: idField }),
    body: z.object({ stopIds: z.array(idField).min(1).max(2000), locked: z.boolean() }),
    reply: z.object({ id: idField, locked: z.int() }),
  }),
} as const
