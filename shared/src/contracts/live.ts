import { z } from 'zod'
import { contract } from '../contract.ts'
import { failReasons } from '../door-reasons.ts'
import { idField, instantField, serviceDayField, textField } from '../fields.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { riskReasons, risks, runStatuses, stopStatuses } from './routes.ts'

const liveStop = z.object({
  id: idField,
  seq: z.int(),
  site: z.string(),
  buyer: z.string(),
  status: z.enum(stopStatuses),
  windowFromAt: instantField,
  windowToAt: instantField,
  plannedArriveAt: instantField,
  expectedAt: instantField,
  earliestAt: instantField,
  latestAt: instantField,
  arrivedAt: instantField.nullable(),
  finishedAt: instantField.nullable(),
  late: z.boolean(),
  lateChanceBp: z.int(),
  risk: z.enum(risks),
  riskReason: z.enum(riskReasons),
})

const liveRun = z.object({
  id: idField,
  planId: idField,
  seq: z.int(),
  status: z.enum(runStatuses),
  plate: z.string(),
  vehicleId: idField,
  /** The vehicle cannot go on, and why. */
  outOfService: z.string().nullable(),
  driver: z.string().nullable(),
  /** For the people of the hub, who call and text; null when nobody drives. */
  driverPhone: z.string().nullable(),
  departAt: instantField,
  finishedAt: instantField.nullable(),
  delayMinutes: z.int(),
  totes: z.int(),
  totesLoaded: z.int(),
  stops: z.array(liveStop),
})

export const doorChoices = ['again', 'back', 'tomorrow'] as const

/** A door that did not take its goods: somebody must speak to the buyer. */
const failedStop = z.object({
  stopId: idField,
  runId: idField,
  plate: z.string(),
  site: z.string(),
  buyer: z.string(),
  contactName: z.string(),
  contactPhone: z.string(),
  status: z.enum(['failed', 'refused']),
  reason: z.enum(failReasons).nullable(),
  finishedAt: instantField,
  /** The truck has not come back: it could still be sent. */
  onRoad: z.boolean(),
  /** Those whose goods are still out or back; gone over to the new stop when tried again. */
  orders: z.array(z.object({ id: idField, number: z.string() })),
  /** The latest decision; null while there is none. */
  decided: z
    .object({
      choice: z.enum(doorChoices),
      at: instantField,
      note: z.string(),
      /** The truck that goes there again. */
      plate: z.string().nullable(),
    })
    .nullable(),
})

/** An order of the night's waves of which something, or all, will not come. */
const cutOrder = z.object({
  orderId: idField,
  number: z.string(),
  site: z.string(),
  buyer: z.string(),
  /** Nothing of it is left. */
  cancelled: z.boolean(),
  linesCut: z.int(),
  lines: z.int(),
  /** Why: of the lines cut, or what was said when it was cancelled. */
  reasons: z.array(z.string()),
  /** The truck that brings the rest. */
  plate: z.string().nullable(),
})

/** What an order's buyer, or the holder of its link, may know of its arrival. */
const arrivalShape = z.object({
  state: z.enum(['preparing', 'planned', 'on_the_way', 'arrived', 'delivered', 'not_delivered', 'cancelled']),
  day: serviceDayField,
  site: z.string(),
  windowFromAt: instantField,
  windowToAt: instantField,
  /** Four in five such arrivals lie between these, in whole five minutes; null while no truck is sent. */
  earliestAt: instantField.nullable(),
  latestAt: instantField.nullable(),
  late: z.boolean(),
  /** Doors before this one. */
  stopsBefore: z.int().nullable(),
  arrivedAt: instantField.nullable(),
})

const toleranceBody = {
  hubId: idField,
  /** Null: every class that has no row of its own. */
  buyerClass: z.enum(BUYER_CLASS_IDS).nullable(),
  minutes: z.int().min(1).max(240),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  /** Who agreed to it, or why. */
  source: textField(300, 1),
}
const toleranceShape = z.object({
  id: idField,
  ...toleranceBody,
  /** Null: in force at every hub. */
  hubId: idField.nullable(),
})

export const liveContracts = {
  'live.readTolerances': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/arrival-tolerances',
    access: 'board.read',
    summary:
      'By how many minutes an expected arrival must move before the buyer is told, at a hub; the newest first',
    params: z.object({ hubId: idField }),
    reply: z.object({ items: z.array(toleranceShape) }),
  }),
  'live.writeTolerance': contract({
    method: 'PUT',
    path: '/api/arrival-tolerances/:id',
    access: 'planRule.write',
    summary:
      'Write from which day on buyers of a class are told of moves of so many minutes; also ends such a row',
    params: z.object({ id: idField }),
    body: z.object(toleranceBody).refine(({ validFrom, validTo }) => validFrom <= validTo, {
      path: ['validTo'],
      message: 'to_before_from',
    }),
    reply: toleranceShape,
  }),
  'live.board': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/live',
    access: 'board.read',
    summary:
      'The night as it is now: every run planned against actual, danger of lateness, what needs a person',
    params: z.object({ hubId: idField }),
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({
      hubId: idField,
      hub: z.string(),
      day: serviceDayField,
      at: instantField,
      stopsByStatus: z.record(z.string(), z.int()),
      /** Of the stops reached: how many within their window. */
      reached: z.int(),
      reachedInTime: z.int(),
      inDanger: z.int(),
      runs: z.array(liveRun),
      failed: z.array(failedStop),
      /** Whole orders first. */
      cut: z.array(cutOrder),
      /** Totes of the day that are not aboard yet, runs nearest to leaving first. */
      totesOpen: z.int(),
      totes: z.array(
        z.object({
          code: z.string(),
          zone: z.string(),
          status: z.string(),
          order: z.string(),
          site: z.string(),
          plate: z.string().nullable(),
        }),
      ),
    }),
  }),
  'live.relay': contract({
    method: 'PUT',
    path: '/api/relays/:id',
    access: 'run.dispatch',
    summary:
      'A truck on the road cannot go on: its waiting stops and what is aboard for them go to another run, or to a free vehicle',
    params: z.object({ id: idField }),
    body: z
      .object({
        fromRunId: idField,
        toRunId: idField.nullable().default(null),
        vehicleId: idField.nullable().default(null),
        driverPersonId: idField.nullable().default(null),
        reason: textField(60, 1),
      })
      .refine((body) => (body.toRunId === null) !== (body.vehicleId === null), {
        path: ['toRunId'],
        message: 'one_target',
      }),
    reply: z.object({ id: idField, fromRunId: idField, toRunId: idField, stops: z.int(), totes: z.int() }),
    problems: [
      'wrong_state',
      'id_reused',
      'over_capacity',
      'zone_not_carried',
      'no_vehicles',
      'driver_missing',
      'driver_busy',
    ],
  }),
  'live.decideDoor': contract({
    method: 'PUT',
    path: '/api/door-decisions/:id',
    access: 'run.dispatch',
    summary:
      'A door failed: its goods go there again tonight, come back, or come back and are ordered anew for tomorrow',
    params: z.object({ id: idField }),
    body: z
      .object({
        stopId: idField,
        choice: z.enum(doorChoices),
        /** By which run of the plan, `again` only; null: the one whose truck carries the goods. */
        toRunId: idField.nullable().default(null),
        note: textField(200).default(''),
      })
      .refine((body) => body.toRunId === null || body.choice === 'again', {
        path: ['toRunId'],
        message: 'again_only',
      }),
    reply: z.object({
      id: idField,
      stopId: idField,
      choice: z.enum(doorChoices),
      newStopId: idField.nullable(),
    }),
    problems: [
      'wrong_state',
      'id_reused',
      'no_vehicles',
      'over_capacity',
      'zone_not_carried',
      'tote_recalled',
      'credit_exceeded',
    ],
  }),
  'live.arrival': contract({
    method: 'GET',
    path: '/api/orders/:id/arrival',
    access: 'order.read',
    summary: 'When an order arrives, as it looks now, and the links by which others see it',
    params: z.object({ id: idField }),
    reply: arrivalShape.extend({
      links: z.array(z.object({ id: idField, madeAt: instantField, expiresAt: instantField })),
    }),
  }),
  'live.makeLink': contract({
    method: 'PUT',
    path: '/api/tracking-links/:id',
    access: 'order.edit',
    summary:
      'A link that shows the arrival of one order without signing in, until twelve hours after its window',
    params: z.object({ id: idField }),
    body: z.object({
      orderId: idField,
      /** 32 random bytes by the caller, base64url; only its hash is kept. */
      token: z.string().regex(/^[\w-]{43}$/),
    }),
    reply: z.object({ id: idField, madeAt: instantField, expiresAt: instantField }),
    problems: ['wrong_state', 'id_reused'],
  }),
  'live.endLink': contract({
    method: 'POST',
    path: '/api/tracking-links/:id/end',
    access: 'order.edit',
    summary: 'End a link at once',
    params: z.object({ id: idField }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  'live.track': contract({
    method: 'GET',
    path: '/api/public/deliveries/:token',
    access: 'public',
    summary: 'The arrival behind a link; one that ended or never was is not found',
    params: z.object({ token: z.string().regex(/^[\w-]{43}$/) }),
    reply: arrivalShape,
  }),
} as const
