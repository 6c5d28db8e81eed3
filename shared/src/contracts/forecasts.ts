import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, quantityField, serviceDayField, textField } from '../fields.ts'
import { lotStages } from './stock.ts'
import { packFields } from './supply.ts'

/** Whence the share of a forecast that may be sold ahead: nothing known yet, learned, or set by operations. */
export const confidenceSources = ['prior', 'learned', 'override'] as const

const basisPoints = z.int().min(0).max(10_000)

/** An open forecast of a harvest day. It is a planned lot. */
const forecastShape = z.object({
  lotId: idField,
  harvestDay: serviceDayField,
  /** Still expected, base units. */
  quantity: z.int(),
  /** First delivery day it can serve. */
  readyDay: serviceDayField,
  promisable: z.int(),
  promised: z.int(),
  copied: z.boolean(),
  version: z.int(),
})

const cellShape = z.object({
  week: serviceDayField,
  /** By harvest day. */
  forecasts: z.array(forecastShape),
  /** What was said of each harvest day when the week began (or now, while it lies ahead). */
  said: z.array(z.object({ harvestDay: serviceDayField, quantity: z.int() })),
  /** Harvested in the week already, base units. */
  made: z.int(),
  /** Is any day of the week in season? */
  inSeason: z.boolean(),
})

const rowShape = z.object({
  ...packFields,
  productId: idField,
  shelfLifeDays: z.int(),
  confidenceBp: basisPoints,
  source: z.enum(confidenceSources),
  cells: z.array(cellShape),
})

/** Cells of one request are saved together or not at all. */
const cellWrite = z.object({
  /** Id of the planned lot, made by the phone; the same for every change of it. */
  lotId: idField,
  skuId: idField,
  /** Monday of the harvest week. */
  week: serviceDayField,
  /** Base units; 0 takes the forecast back. */
  quantity: quantityField,
  harvestDay: serviceDayField,
  copied: z.boolean().default(false),
  /** 0 for a new one; the version seen when changing it. */
  version: z.int().min(0).default(0),
})

const gridReply = z.object({ weeks: z.array(serviceDayField), rows: z.array(rowShape) })

const weekShape = z.object({
  week: serviceDayField,
  /** Said when the week began, called off, and accepted at the dock; base units. */
  said: z.int(),
  asked: z.int(),
  brought: z.int(),
  /** What was to be expected of it, the share kept, and how much the week counts (hundredths). */
  expected: z.int(),
  keptBp: basisPoints,
  weight: z.int(),
})

const confidenceShape = z.object({
  orgId: idField,
  supplier: z.string(),
  ...packFields,
  bp: basisPoints,
  learnedBp: basisPoints,
  source: z.enum(confidenceSources),
  overrideReason: z.string(),
  overrideUntil: serviceDayField.nullable(),
  learnedAt: instantField.nullable(),
  /** Sum of the weeks' weights, hundredths. */
  evidence: z.int(),
})

const orgQuery = z.object({ orgId: idField.optional() })

export const forecastContracts = {
  'forecasts.read': contract({
    method: 'GET',
    path: '/api/forecasts',
    access: 'supply.read',
    summary: 'Packs of a supplier by harvest week: last week, this one and the next two',
    query: z.object({ orgId: idField, hubId: idField, week: serviceDayField.optional() }),
    reply: gridReply,
  }),
  'forecasts.write': contract({
    method: 'PUT',
    path: '/api/forecasts',
    access: 'lot.write',
    summary: 'Save cells of the forecast: planned lots made, changed or taken back, all together',
    body: z.object({ orgId: idField, hubId: idField, cells: z.array(cellWrite).min(1).max(100) }),
    reply: z.object({
      items: z.array(
        z.object({
          lotId: idField,
          stage: z.enum(lotStages),
          quantity: z.int(),
          promisable: z.int(),
          promised: z.int(),
          readyDay: serviceDayField,
          useByDay: serviceDayField,
          version: z.int(),
        }),
      ),
    }),
    problems: [
      'id_reused',
      'stale_version',
      'wrong_state',
      'lot_promised',
      'out_of_season',
      'forecast_past',
      'harvest_outside_week',
    ],
  }),
  'forecasts.listConfidence': contract({
    method: 'GET',
    path: '/api/confidence',
    access: 'supply.read',
    summary: 'How far the forecasts of each supplier and pack are trusted',
    query: orgQuery,
    reply: z.object({ items: z.array(confidenceShape) }),
  }),
  'forecasts.readConfidence': contract({
    method: 'GET',
    path: '/api/confidence/:skuId',
    access: 'supply.read',
    summary: 'Why the forecasts of a pack are trusted so far: week by week, said against brought',
    params: z.object({ skuId: idField }),
    reply: confidenceShape.extend({
      weeks: z.array(weekShape),
      terms: z.object({
        priorBp: basisPoints,
        floorBp: basisPoints,
        ceilingBp: basisPoints,
        weeksBack: z.int(),
      }),
    }),
  }),
  'forecasts.overrideConfidence': contract({
    method: 'PUT',
    path: '/api/confidence/:skuId/override',
    access: 'supply.plan',
    summary: 'Operations set how far forecasts of a pack are trusted until a day, or take it back (null)',
    params: z.object({ skuId: idField }),
    body: z.object({
      bp: basisPoints.nullable(),
      reason: textField(200, 2),
      until: serviceDayField.nullable().default(null),
    }),
    reply: confidenceShape,
    problems: ['bad_input'],
  }),
} as const
