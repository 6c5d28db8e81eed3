import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, serviceDayField, textField } from '../fields.ts'
import { placeShape, planShape, unassignedReasons, windowShape } from './routes.ts'

export const proposalStatuses = ['asked', 'running', 'done', 'failed', 'cancelled', 'adopted'] as const
export const proposalBrief = z.object({
  id: idField,
  waveId: idField,
  hubId: idField,
  day: serviceDayField,
  kind: z.enum(['first', 'again', 'night']),
  status: z.enum(proposalStatuses),
  seconds: z.int(),
  /** What is known while it is being searched. */
  progress: z
    .object({ seconds: z.number(), costFen: z.int(), unassigned: z.int(), steps: z.int() })
    .nullable(),
  costFen: z.int().nullable(),
  runs: z.int().nullable(),
  stops: z.int().nullable(),
  metres: z.int().nullable(),
  unassigned: z.int().nullable(),
  matrixSource: z.string().nullable(),
  failure: z.string().nullable(),
  reason: z.string(),
  askedBy: z.string().nullable(),
  askedAt: instantField,
  doneAt: instantField.nullable(),
})
export const proposalShape = proposalBrief.extend({
  keep: z.object({ runIds: z.array(idField), stopIds: z.array(idField) }),
  /** Vehicles, distance, time, lateness … in fen. */
  costParts: z.record(z.string(), z.int()).nullable(),
  runList: z.array(
    z.object({
      vehicleId: idField,
      plate: z.string(),
      runId: idField.nullable(),
      departAt: instantField,
      returnAt: instantField,
      metres: z.int(),
      costFen: z.int(),
      rests: z.array(z.object({ from: instantField, to: instantField })),
      stops: z.array(
        z.object({
          ...placeShape,
          orderIds: z.array(idField),
          trip: z.int(),
          ...windowShape,
          arriveAt: instantField,
          startAt: instantField,
          leaveAt: instantField,
          /** The vehicle it rides on in the plan in force; null when it has none there. */
          nowOn: z.string().nullable(),
        }),
      ),
    }),
  ),
  unassignedList: z.array(
    z.object({ orderId: idField, number: z.string(), site: z.string(), reason: z.enum(unassignedReasons) }),
  ),
})

/** Plans reckoned beside the one in force, to compare and take. */
export const proposalContracts = {
  'routes.propose': contract({
    method: 'PUT',
    path: '/api/proposals/:id',
    access: 'plan.write',
    summary:
      'Ask the planner for a plan of a wave, leaving what is kept as it is; it works in the background',
    params: z.object({ id: idField }),
    body: z.object({
      waveId: idField,
      seconds: z.int().min(1).max(120).default(10),
      seed: z.int().min(0).max(2_147_483_647).default(1),
      keep: z
        .object({ runIds: z.array(idField).max(200), stopIds: z.array(idField).max(2000) })
        .default({ runIds: [], stopIds: [] }),
      reason: textField(200).default(''),
    }),
    reply: proposalShape,
    problems: ['wrong_state', 'wave_empty', 'id_reused'],
  }),
  'routes.listProposals': contract({
    method: 'GET',
    path: '/api/waves/:waveId/proposals',
    access: 'run.read',
    summary: 'Plans proposed for a wave, newest first',
    params: z.object({ waveId: idField }),
    reply: z.object({ items: z.array(proposalBrief) }),
  }),
  'routes.readProposal': contract({
    method: 'GET',
    path: '/api/proposals/:id',
    access: 'run.read',
    summary: 'A proposed plan with its progress, and its runs and stops once it is done',
    params: z.object({ id: idField }),
    reply: proposalShape,
  }),
  'routes.cancelProposal': contract({
    method: 'POST',
    path: '/api/proposals/:id/cancel',
    access: 'plan.write',
    summary: 'Stop planning; what was found so far is dropped',
    params: z.object({ id: idField }),
    reply: proposalShape,
    problems: ['wrong_state'],
  }),
  'routes.adoptProposal': contract({
    method: 'POST',
    path: '/api/proposals/:id/adopt',
    access: 'plan.write',
    summary: 'Make a proposal the plan of its wave; refused when the runs it changes have changed meanwhile',
    params: z.object({ id: idField }),
    reply: planShape,
    problems: ['wrong_state', 'proposal_outdated'],
  }),
} as const
