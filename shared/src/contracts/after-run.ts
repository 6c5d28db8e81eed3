import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, serviceDayField } from '../fields.ts'

/** Sums of a run, an order, a hub's day: money in fen, distances in metres, mass in grams. */
const sums = {
  grams: z.int(),
  plannedMetres: z.int(),
  /** By the odometer; null where it was not written down. */
  actualMetres: z.int().nullable(),
  /** Metres the cost and emissions are reckoned from: actual, else planned. */
  metres: z.int(),
  /** Mass × distance from the hub, gram-metres divided by 10⁹: tonne-metres. */
  tonneMetres: z.int(),
  costFen: z.int(),
  gramsCo2e: z.int(),
}
const times = {
  stops: z.int(),
  arrived: z.int(),
  onTime: z.int(),
  /** Sum over the stops served, seconds between arriving and closing. */
  dropSeconds: z.int(),
  dropStops: z.int(),
}

export const dayFigures = z.object({
  hubId: idField,
  hub: z.string(),
  day: serviceDayField,
  runs: z.int(),
  orders: z.int(),
  ...times,
  ...sums,
})
export const runFigures = z.object({
  runId: idField,
  hubId: idField,
  hub: z.string(),
  day: serviceDayField,
  seq: z.int(),
  plate: z.string(),
  drive: z.string(),
  driver: z.string().nullable(),
  status: z.string(),
  finishedAt: instantField.nullable(),
  orders: z.int(),
  ...times,
  ...sums,
  /** As written down, kilometres. */
  odometer: z.object({ outKm: z.int(), backKm: z.int().nullable() }).nullable(),
  /** The emission factor used; null when none is in force. */
  factor: z
    .object({ gramsPerKm: z.int(), coolingBp: z.int(), source: z.string(), certainty: z.string() })
    .nullable(),
})
export const orderFigures = z.object({
  orderId: idField,
  number: z.string(),
  buyer: z.string(),
  site: z.string(),
  runId: idField,
  day: serviceDayField,
  stopSeq: z.int(),
  grams: z.int(),
  tonneMetres: z.int(),
  onTime: z.boolean().nullable(),
  dropSeconds: z.int().nullable(),
  costFen: z.int(),
  gramsCo2e: z.int(),
})

const factorShape = z.object({
  drive: z.string(),
  /** Holds from this gross weight of the vehicle on. */
  minGrossKg: z.int(),
  gramsPerKm: z.int(),
  coolingBp: z.int(),
  certainty: z.string(),
  source: z.string(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
})

const range = { hubId: idField.optional(), from: serviceDayField, to: serviceDayField }

export const afterRunContracts = {
  'reports.afterRun': contract({
    method: 'GET',
    path: '/api/reports/after-run',
    access: 'board.read',
    summary:
      'What the runs of up to 31 days came to: punctuality, drop time, distance, cost and CO₂e, by day and run',
    query: z.object(range),
    reply: z.object({
      days: z.array(dayFigures),
      runs: z.array(runFigures),
      toleranceMinutes: z.int(),
      /** Emission factors in force within these days. */
      factors: z.array(factorShape),
    }),
  }),
  'reports.afterRunOrders': contract({
    method: 'GET',
    path: '/api/runs/:id/figures',
    access: 'board.read',
    summary: 'A run’s cost and CO₂e shared among its orders by tonne-kilometres; the shares sum to the run',
    params: z.object({ id: idField }),
    reply: z.object({ run: runFigures, orders: z.array(orderFigures) }),
  }),
  'reports.afterRunFile': contract({
    method: 'GET',
    path: '/api/reports/after-run/file',
    access: 'board.read',
    summary: 'The same as a workbook',
    query: z.object({ ...range, rows: z.enum(['days', 'runs', 'orders']).default('runs') }),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'reports.writeOdometer': contract({
    method: 'PUT',
    path: '/api/runs/:id/odometer',
    access: 'run.load',
    summary:
      'The odometer when leaving and when back, kilometres: by the run’s driver or the desk of its hub',
    params: z.object({ id: idField }),
    body: z.object({
      outKm: z.int().min(0).max(5_000_000),
      backKm: z.int().min(0).max(5_000_000).nullable().default(null),
    }),
    reply: z.object({ runId: idField, outKm: z.int(), backKm: z.int().nullable() }),
    problems: ['odometer_backwards', 'wrong_state'],
  }),
} as const
