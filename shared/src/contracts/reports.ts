import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, okReply, serviceDayField, textField } from '../fields.ts'

const auditShape = z.object({
  at: instantField,
  checks: z.array(
    z.object({ name: z.string(), checked: z.int(), breachCount: z.int(), breaches: z.array(z.string()) }),
  ),
})

/** Sums of a night by hub: orders by status, waves, runs, stops by state. */
const boardShape = z.object({
  hubId: idField,
  hub: z.string(),
  day: serviceDayField,
  ordersByStatus: z.record(z.string(), z.int()),
  totalFen: z.int(),
  lines: z.int(),
  cutLines: z.int(),
  cutsByReason: z.record(z.string(), z.int()),
  consignmentsByStatus: z.record(z.string(), z.int()),
  waves: z.array(
    z.object({
      id: idField,
      seq: z.int(),
      status: z.string(),
      tasks: z.int(),
      done: z.int(),
      short: z.int(),
    }),
  ),
  runs: z.array(
    z.object({
      id: idField,
      seq: z.int(),
      plate: z.string(),
      driver: z.string().nullable(),
      status: z.string(),
      stops: z.int(),
      finished: z.int(),
      failed: z.int(),
      late: z.int(),
      nextSite: z.string().nullable(),
    }),
  ),
  lateStops: z.array(
    z.object({
      stopId: idField,
      site: z.string(),
      plate: z.string(),
      windowToAt: instantField,
      plannedArriveAt: instantField,
    }),
  ),
})

export const reportContracts = {
  'reports.board': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/board',
    access: 'board.read',
    summary: 'The night of a hub and delivery day at a glance',
    params: z.object({ hubId: idField }),
    query: z.object({ day: serviceDayField.optional() }),
    reply: boardShape,
  }),
  'reports.listAudits': contract({
    method: 'GET',
    path: '/api/audits',
    access: 'audit.read',
    summary: 'Results of the self-audit, newest first',
    reply: z.object({ items: z.array(auditShape) }),
  }),
  'reports.runAudit': contract({
    method: 'POST',
    path: '/api/audits',
    access: 'audit.run',
    summary: 'Prove the books now',
    reply: auditShape,
  }),
  'reports.queues': contract({
    method: 'GET',
    path: '/api/queues',
    access: 'queue.read',
    summary: 'Queues of the jobs process: counts, failed jobs, sign of life',
    reply: z.object({
      items: z.array(
        z.object({
          queue: z.string(),
          backend: z.string(),
          counts: z.record(z.string(), z.int()),
          failed: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              reason: z.string(),
              attempts: z.int(),
              at: instantField,
            }),
          ),
          at: instantField,
          alive: z.boolean(),
        }),
      ),
    }),
  }),
  'reports.retryJobs': contract({
    method: 'POST',
    path: '/api/queues/:queue/retry',
    access: 'queue.retry',
    summary: 'Ask the jobs process to try failed jobs again',
    params: z.object({ queue: z.enum(['events', 'clock', 'plans']) }),
    body: z.object({ jobIds: z.array(textField(100, 1)).min(1).max(50) }),
    reply: okReply,
  }),
  'reports.cooperation': contract({
    method: 'GET',
    path: '/api/reports/cooperation',
    access: 'report.read',
    summary:
      'Sums for both governments by county and district: value, weight, products, shops; never a single organisation',
    query: z.object({ from: serviceDayField, to: serviceDayField }),
    reply: z.object({
      from: serviceDayField,
      to: serviceDayField,
      counties: z.array(
        z.object({ code: z.string(), valueFen: z.int(), grams: z.int(), products: z.int(), orders: z.int() }),
      ),
      districts: z.array(z.object({ code: z.string(), valueFen: z.int(), sites: z.int(), orders: z.int() })),
      classes: z.array(
        z.object({ buyerClass: z.string(), valueFen: z.int(), sites: z.int(), orders: z.int() }),
      ),
      totalFen: z.int(),
      deliveredOrders: z.int(),
      onTimeStops: z.int(),
      stops: z.int(),
      /** Of all runs: distance, tonne-metres, grams CO₂e (estimated factors). */
      metres: z.int(),
      tonneMetres: z.int(),
      gramsCo2e: z.int(),
    }),
  }),
} as const
