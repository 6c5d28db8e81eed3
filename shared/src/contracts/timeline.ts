import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, instantField, okReply, serviceDayField } from '../fields.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { transportModes } from './supply.ts'

export type TransportMode = (typeof transportModes)[number]

/** From the call-off to the door: the supplier answers, makes, loads; the road; dock, wave, delivery at the hub. */
export const timelineSteps = ['answer', 'load', 'line_haul', 'dock', 'wave', 'delivery'] as const
/** Steps that can fail: those timed by the hub's rows, and making, which each pack says for itself. */
export const failingSteps = [...timelineSteps, 'making'] as const
export type TimelineStep = (typeof failingSteps)[number]

export const buyerClassField = z.enum(BUYER_CLASS_IDS)
const cutOffFields = { daysBefore: z.int().min(0).max(14), minutes: z.int().min(0).max(1439) }
const datedFields = { validFrom: serviceDayField, validTo: serviceDayField }

const stepShape = z.object({
  id: idField,
  step: z.enum(timelineSteps),
  buyerClass: buyerClassField.nullable(),
  zone: z.enum(ZONE_IDS).nullable(),
  mode: z.enum(transportModes).nullable(),
  countyCode: z.string().nullable(),
  /** How long the step takes. */
  minutes: z.int(),
  ...datedFields,
})

export const failureShape = z.object({
  step: z.enum(failingSteps),
  /** Null where nobody has timed the step. */
  lateMinutes: z.int().nullable(),
  /** The latest instant at which the goods could be called off; null where it cannot be reckoned. */
  latest: instantField.nullable(),
  /** The goods that fail: an example and how many packs share its fate; empty for the hub's own steps. */
  name: z.string(),
  packs: z.int(),
})

const checkShape = z.object({
  buyerClass: buyerClassField,
  day: serviceDayField,
  cutOffAt: instantField,
  /** When goods at the bases are called off: their own time, or the cut-off. */
  callOffAt: instantField,
  /** Begin of the earliest delivery window among the class's doors. */
  windowFrom: z.int(),
  /** Latest begin of each step for the goods with the longest way; null when nothing comes from a base. */
  way: z
    .object({
      callBy: instantField,
      startBy: instantField,
      makeBy: instantField,
      shipBy: instantField,
      dockBy: instantField,
      waveBy: instantField,
      departBy: instantField,
    })
    .nullable(),
  failures: z.array(failureShape),
})

export const timelineContracts = {
  'timeline.read': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/timeline',
    access: 'board.read',
    summary: 'How long each step from the base to the door takes at a hub, and when goods are called off',
    params: z.object({ hubId: idField }),
    reply: z.object({
      steps: z.array(stepShape),
      callOffTimes: z.array(
        z.object({ id: idField, buyerClass: buyerClassField, ...cutOffFields, ...datedFields }),
      ),
    }),
  }),
  'timeline.writeStep': contract({
    method: 'PUT',
    path: '/api/timeline-steps/:id',
    access: 'supply.plan',
    summary: 'Say how long a step takes, from a day on; what is in force already is closed by a later row',
    params: z.object({ id: idField }),
    body: z.object({
      hubId: idField,
      step: z.enum(timelineSteps),
      buyerClass: buyerClassField.nullable().default(null),
      zone: z.enum(ZONE_IDS).nullable().default(null),
      mode: z.enum(transportModes).nullable().default(null),
      countyCode: z
        .string()
        .regex(/^3504\d\d$/)
        .nullable()
        .default(null),
      minutes: z.int().min(0).max(20_160),
      ...datedFields,
    }),
    reply: okReply,
    problems: ['id_reused'],
  }),
  'timeline.check': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/cut-off-check',
    access: 'board.read',
    summary: 'Can the goods meet the cut-offs of a day? Per class, with the step that fails',
    params: z.object({ hubId: idField }),
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({ items: z.array(checkShape) }),
  }),
  'timeline.writeCutOff': contract({
    method: 'PUT',
    path: '/api/cut-off-rules/:id',
    access: 'calendar.write',
    summary:
      'Set the cut-off of a hub and class from a day on; refused when goods cannot meet it, with the step',
    params: z.object({ id: idField }),
    body: z.object({
      hubId: idField,
      buyerClass: buyerClassField,
      ...cutOffFields,
      minimumFen: fenField,
      /** When goods still at the bases are called off; null = with the cut-off. */
      callOff: z.object(cutOffFields).nullable().default(null),
      ...datedFields,
    }),
    reply: okReply,
    problems: [
      'id_reused',
      'cut_off_unreachable',
      'call_off_after_cut_off',
      'timeline_missing',
      'cut_off_begun',
    ],
  }),
  'timeline.listMakingLeads': contract({
    method: 'GET',
    path: '/api/making-leads',
    access: 'catalogue.manage',
    summary: 'Hours from call-off to goods made of every pack of a supplier; null where none was said',
    query: z.object({ orgId: idField }),
    reply: z.object({
      items: z.array(
        z.object({
          skuId: idField,
          name: z.string(),
          nameEn: z.string(),
          spec: z.string(),
          zone: z.enum(ZONE_IDS),
          makingHours: z.int().nullable(),
          mode: z.enum(transportModes),
        }),
      ),
    }),
  }),
  'timeline.writeMakingLead': contract({
    method: 'PUT',
    path: '/api/skus/:skuId/making-lead',
    access: 'product.write',
    summary:
      'Hours from call-off to goods made, and how they travel; refused when the call-off leaves less time',
    params: z.object({ skuId: idField }),
    body: z.object({ makingHours: z.int().min(0).max(720), mode: z.enum(transportModes).default('road') }),
    reply: okReply,
    problems: ['making_too_long'],
  }),
} as const
