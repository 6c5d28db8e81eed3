import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, serviceDayField, textField } from '../fields.ts'
import { ZONE_IDS } from '../reference/zones.ts'

const zoneField = z.enum(ZONE_IDS)
const fenField = z.int().min(0).max(100_000_000)
const centimetres = z.int().min(100).max(3000).nullable()
const grossKgField = z.int().min(100).max(60_000)
const skillField = z.string().regex(/^[a-z][a-z_]{1,29}$/)
/** Minutes of the day. */
const minuteField = z.int().min(0).max(1440)
const spanField = z
  .object({ from: minuteField, to: minuteField })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'to_before_from' })
const datesShape = { validFrom: serviceDayField, validTo: serviceDayField }
const sizesShape = { lengthCm: centimetres, heightCm: centimetres, grossKg: grossKgField.nullable() }

const layoutsField = z
  .array(
    z
      .array(
        z.object({
          zones: z.array(zoneField).min(1).max(6),
          grams: z.int().min(1).max(60_000_000),
          millilitres: z.int().min(1).max(100_000_000),
        }),
      )
      .min(1)
      .max(4),
  )
  .max(6)
  .nullable()

const factsShape = {
  /** Ways to divide the load space; null: one space for all zones of the vehicle. */
  layouts: layoutsField,
  ...sizesShape,
  skills: z.array(skillField).max(12),
  shiftFrom: z.int().min(0).max(2880),
  shiftTo: z.int().min(0).max(2880),
  restAfterMinutes: z.int().min(1).max(1440),
  restMinutes: z.int().min(0).max(600),
  trips: z.int().min(1).max(6),
  reloadMinutes: z.int().min(0).max(600),
  fixedFen: fenField,
}
const vehicleRules = z.object({ id: idField, plate: z.string(), kind: z.string(), ...factsShape })

const siteShape = {
  /** Times a truck may come, within the delivery window; none: any of it. */
  windows: z.array(spanField).max(6),
  largestLengthCm: centimetres,
  largestHeightCm: centimetres,
  largestGrossKg: grossKgField.nullable(),
  needs: z.array(skillField).max(12),
  /** 0 is normal; a higher one is left out last. */
  planPriority: z.int().min(0).max(3),
}
const siteRulesShape = z.object({
  id: idField,
  site: z.string(),
  buyer: z.string(),
  districtCode: z.string(),
  ...siteShape,
})

const banBody = {
  name: textField(60, 1),
  /** The whole district, or a circle. */
  districtCode: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
  lngE6: z.int().min(-180_000_000).max(180_000_000).nullable(),
  latE6: z.int().min(-90_000_000).max(90_000_000).nullable(),
  radiusMetres: z.int().min(1).max(100_000).nullable(),
  fromMinute: minuteField,
  toMinute: minuteField,
  /** 1 = Monday … 7 = Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  minGrossKg: grossKgField,
  unlessSkill: skillField.nullable(),
  ...datesShape,
  /** The notice it comes from. */
  source: textField(300, 1),
}
const weightsBody = {
  fenPerKm: fenField,
  fenPerHour: fenField,
  lateFenPerMinute: fenField,
  overtimeFenPerHour: fenField,
  movedFen: fenField,
  unservedFen: fenField.min(1),
  ...datesShape,
}
const pairBody = {
  kind: z.enum(['apart', 'together']),
  siteId: idField,
  otherSiteId: idField,
  reason: textField(200, 1),
  ...datesShape,
}
const ordered = (body: { validFrom: string; validTo: string }): boolean => body.validFrom <= body.validTo
const datesWrong = { path: ['validTo'], message: 'to_before_from' }

const banShape = z.object({ id: idField, ...banBody, isSample: z.boolean() })
const weightsShape = z.object({ id: idField, ...weightsBody, isSample: z.boolean() })
const pairShape = z.object({ id: idField, ...pairBody, site: z.string(), otherSite: z.string() })

/** What the planner goes by: facts of vehicles and sites, bans, weights, pairs. */
export const planningRuleContracts = {
  'routes.readRules': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/planning-rules',
    access: 'run.read',
    summary:
      'What planning goes by at a hub: vehicles, bans in the city, weights of the cost, pairs of sites',
    params: z.object({ hubId: idField }),
    reply: z.object({
      vehicles: z.array(vehicleRules),
      bans: z.array(banShape),
      weights: z.array(weightsShape),
      pairs: z.array(pairShape),
    }),
  }),
  'routes.listSiteRules': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/site-rules',
    access: 'run.read',
    summary: 'Sites of a hub with what they ask of a truck, found by name',
    params: z.object({ hubId: idField }),
    query: z.object({ search: textField(60).optional() }),
    reply: z.object({ items: z.array(siteRulesShape) }),
  }),
  'routes.writeVehicleFacts': contract({
    method: 'PUT',
    path: '/api/vehicles/:id/facts',
    access: 'planRule.write',
    summary: 'Write what planning knows of a vehicle: compartments, size, permits, shift, rest, trips, cost',
    params: z.object({ id: idField }),
    body: z.object(factsShape).refine(({ shiftFrom, shiftTo }) => shiftFrom < shiftTo, {
      path: ['shiftTo'],
      message: 'to_before_from',
    }),
    reply: vehicleRules,
    problems: ['layout_over_capacity'],
  }),
  'routes.writeSiteRules': contract({
    method: 'PUT',
    path: '/api/sites/:id/truck-rules',
    access: 'planRule.write',
    summary: 'Write what a site asks of a truck: times, largest size, equipment, priority',
    params: z.object({ id: idField }),
    body: z.object(siteShape),
    reply: siteRulesShape,
  }),
  'routes.writeBan': contract({
    method: 'PUT',
    path: '/api/access-bans/:id',
    access: 'accessBan.write',
    summary: 'Write where and when heavier trucks may not stop without a permit',
    params: z.object({ id: idField }),
    body: z
      .object(banBody)
      .refine(ordered, datesWrong)
      .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, {
        path: ['toMinute'],
        message: 'to_before_from',
      })
      .refine(
        ({ districtCode, lngE6, latE6, radiusMetres }) =>
          districtCode !== null || (lngE6 !== null && latE6 !== null && radiusMetres !== null),
        { path: ['districtCode'], message: 'district_or_circle' },
      ),
    reply: banShape,
  }),
  'routes.writeWeights': contract({
    method: 'PUT',
    path: '/api/planning-weights/:id',
    access: 'planRule.write',
    summary: 'Write what a plan of a hub costs, from a day on; the latest that holds counts',
    params: z.object({ id: idField }),
    body: z.object({ hubId: idField, ...weightsBody }).refine(ordered, datesWrong),
    reply: weightsShape,
  }),
  'routes.writePair': contract({
    method: 'PUT',
    path: '/api/pair-rules/:id',
    access: 'planRule.write',
    summary: 'Write which two sites must, or must not, share a vehicle',
    params: z.object({ id: idField }),
    body: z
      .object({ hubId: idField, ...pairBody })
      .refine(ordered, datesWrong)
      .refine(({ siteId, otherSiteId }) => siteId !== otherSiteId, {
        path: ['otherSiteId'],
        message: 'same_site',
      }),
    reply: pairShape,
  }),
  'routes.loadingList': contract({
    method: 'GET',
    path: '/api/runs/:id/loading-list',
    access: 'run.read',
    summary: 'Totes of a run as a PDF in the order of loading: trip by trip, the last stop first, by zone',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
  }),
} as const
