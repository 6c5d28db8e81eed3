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
import { alarmDecisions, alarmKinds, holdStatuses } from '../reference/cold-watch.ts'
import { ZONE_IDS } from '../reference/zones.ts'

export const byId = z.object({ id: idField })
export const zone = z.enum(ZONE_IDS as [(typeof ZONE_IDS)[number], ...(typeof ZONE_IDS)[number][]])
const alarmStatuses = ['open', 'acknowledged', 'decided'] as const

/** Limits in force, tenths of °C. */
export const limits = z.object({
  warnAbove: z.int(),
  warnMinutes: z.int(),
  rejectAbove: z.int().nullable(),
  warnBelow: z.int().nullable(),
})

export const alarmShape = z.object({
  id: idField,
  kind: z.enum(alarmKinds),
  status: z.enum(alarmStatuses),
  deviceId: idField,
  serial: z.string(),
  device: z.string(),
  hubId: idField,
  hub: z.string(),
  zone,
  runId: idField.nullable(),
  runSeq: z.int().nullable(),
  plate: z.string().nullable(),
  startedAt: instantField,
  endedAt: instantField,
  openedAt: instantField,
  limitDeciC: z.int().nullable(),
  worstDeciC: z.int().nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: instantField.nullable(),
  note: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instantField.nullable(),
  decision: z.enum(alarmDecisions).nullable(),
  reason: z.string(),
  /** Lots, and orders aboard, that it concerns. */
  lots: z.int(),
  orders: z.int(),
  isSample: z.boolean(),
})

const goodsShape = z.object({
  lotId: idField,
  lotCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  orderId: idField.nullable(),
  number: z.string().nullable(),
  site: z.string().nullable(),
  stopSeq: z.int().nullable(),
  bin: z.string().nullable(),
  quantity: z.int(),
  baseUnit: z.string(),
  orderUnit: z.string(),
  basePerOrderUnit: z.int(),
  status: z.enum(holdStatuses),
})

const ruleShape = z.object({
  id: idField,
  zone,
  skuId: idField.nullable(),
  sku: z.string().nullable(),
  ...limits.shape,
  silentMinutes: z.int(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  source: z.string(),
})

const seriesShape = z.object({
  deviceId: idField,
  serial: z.string(),
  name: z.string(),
  zone,
  probe: z.int(),
  limits: limits.nullable(),
  /** Milliseconds since 1970 and tenths of °C; long stretches are thinned, highs and lows kept. */
  points: z.array(z.tuple([z.int(), z.int()])),
})

/** What was measured around goods between loading and hand-over, in tenths of °C. */
export const evidenceShape = z.object({
  stopId: idField,
  stopSeq: z.int(),
  site: z.string(),
  zone,
  fromAt: instantField,
  toAt: instantField,
  lowest: z.int(),
  highest: z.int(),
  mean: z.int(),
  readings: z.int(),
  minutesOut: z.int(),
})

export const temperatureContracts = {
  'temperature.listAlarms': contract({
    method: 'GET',
    path: '/api/temperature/alarms',
    access: 'temperature.read',
    summary: 'Alarms of one’s hubs, newest first',
    query: z.object({
      ...pageQuery,
      hubId: idField.optional(),
      runId: idField.optional(),
      open: z.stringbool().optional(),
    }),
    reply: pageOf(alarmShape),
  }),
  'temperature.readAlarm': contract({
    method: 'GET',
    path: '/api/temperature/alarms/:id',
    access: 'temperature.read',
    summary: 'An alarm with the goods it concerns and the readings around it',
    params: byId,
    reply: alarmShape.extend({ goods: z.array(goodsShape), series: z.array(seriesShape) }),
  }),
  'temperature.acknowledge': contract({
    method: 'POST',
    path: '/api/temperature/alarms/:id/acknowledge',
    access: 'temperature.acknowledge',
    summary: 'Somebody has seen it and says what is being done',
    params: byId,
    body: z.object({ note: textField(300, 1) }),
    reply: alarmShape,
    problems: ['wrong_state'],
  }),
  'temperature.decide': contract({
    method: 'POST',
    path: '/api/temperature/alarms/:id/decide',
    access: 'temperature.decide',
    summary: 'Food safety decides on the goods held: deliver them, bring them back, or destroy them',
    params: byId,
    body: z.object({ decision: z.enum(alarmDecisions), reason: textField(300, 1) }),
    reply: alarmShape,
    problems: ['wrong_state'],
  }),
  'temperature.runChart': contract({
    method: 'GET',
    path: '/api/runs/:id/temperature',
    access: 'temperature.read',
    summary: 'Readings aboard a run with its stops, and what each hand-over can prove',
    params: byId,
    reply: z.object({
      runId: idField,
      plate: z.string(),
      fromAt: instantField.nullable(),
      toAt: instantField.nullable(),
      series: z.array(seriesShape),
      stops: z.array(
        z.object({
          seq: z.int(),
          site: z.string(),
          arrivedAt: instantField.nullable(),
          finishedAt: instantField.nullable(),
        }),
      ),
      evidence: z.array(evidenceShape),
      alarms: z.array(alarmShape),
    }),
  }),
  'temperature.deviceChart': contract({
    method: 'GET',
    path: '/api/temperature/devices/:id/chart',
    access: 'temperature.read',
    summary: 'Readings of a device over the last hours',
    params: byId,
    query: z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) }),
    reply: z.object({ fromAt: instantField, toAt: instantField, series: z.array(seriesShape) }),
  }),
  'temperature.listRules': contract({
    method: 'GET',
    path: '/api/temperature/rules',
    access: 'temperature.read',
    summary: 'Limits by zone and pack, those in force and to come',
    reply: z.object({ items: z.array(ruleShape) }),
  }),
  'temperature.writeRule': contract({
    method: 'PUT',
    path: '/api/temperature/rules/:id',
    access: 'temperature.rule',
    summary: 'Limits of a zone or a pack from a day on; the row before ends the day before',
    params: byId,
    body: z.object({
      zone,
      skuId: idField.nullable().default(null),
      warnAbove: deciCelsiusField,
      warnMinutes: z.int().min(0).max(720),
      rejectAbove: deciCelsiusField.nullable().default(null),
      warnBelow: deciCelsiusField.nullable().default(null),
      silentMinutes: z.int().min(1).max(720),
      validFrom: serviceDayField,
      source: textField(200, 1),
    }),
    reply: ruleShape,
    problems: ['temperature_limits_wrong', 'rule_not_ahead', 'id_reused'],
  }),
} as const
