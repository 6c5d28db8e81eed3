import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'

export const planStatuses = ['draft', 'dispatched'] as const
export const runStatuses = ['planned', 'loading', 'on_road', 'finished'] as const
export const stopStatuses = ['waiting', 'arrived', 'delivered', 'partial', 'refused', 'failed'] as const
/** Danger of coming late, and what most of it comes from. */
export const risks = ['low', 'medium', 'high'] as const
export const riskReasons = [
  'on_plan',
  'tight_plan',
  'left_late',
  'slow_doors',
  'slow_roads',
  'late_already',
] as const
/** Why an order found no place in a plan. */
export const unassignedReasons = [
  'capacity',
  'window',
  'zone',
  'permit',
  'shift',
  'pair',
  'no_vehicle',
] as const

const loadShape = { grams: z.int(), millilitres: z.int() }
export const placeShape = {
  siteId: idField,
  site: z.string(),
  districtCode: z.string(),
  lngE6: z.int(),
  latE6: z.int(),
}
export const windowShape = { windowFromAt: instantField, windowToAt: instantField }

export const vehicleShape = z.object({
  id: idField,
  plate: z.string(),
  kind: z.string(),
  capacityGrams: z.int(),
  capacityMillilitres: z.int(),
  zones: z.array(z.string()),
  driverPersonId: idField.nullable(),
  driver: z.string().nullable(),
  carrier: z.string(),
  outOfService: z.string().nullable(),
})

export const plannedStopShape = z.object({
  id: idField,
  seq: z.int(),
  /** 1 for the first trip of the run; a higher one follows a reload at the hub. */
  trip: z.int(),
  ...placeShape,
  buyer: z.string(),
  address: z.string(),
  status: z.enum(stopStatuses),
  ...windowShape,
  plannedArriveAt: instantField,
  /** By the pace the run has shown so far; four in five such arrivals lie between the earliest and the latest. */
  expectedAt: instantField,
  earliestAt: instantField,
  latestAt: instantField,
  /** It came, or will come, after the window. */
  late: z.boolean(),
  /** Chance of that in basis points, and where it comes from. */
  lateChanceBp: z.int(),
  risk: z.enum(risks),
  riskReason: z.enum(riskReasons),
  /** Planned time at the door. */
  serviceSeconds: z.int(),
  arrivedAt: instantField.nullable(),
  finishedAt: instantField.nullable(),
  ...loadShape,
  zones: z.array(z.string()),
  totes: z.int(),
  orders: z.array(z.object({ id: idField, number: z.string(), status: z.string() })),
  version: z.int(),
})

const runBrief = z.object({
  id: idField,
  planId: idField,
  hubId: idField,
  day: serviceDayField,
  seq: z.int(),
  status: z.enum(runStatuses),
  vehicleId: idField,
  plate: z.string(),
  vehicleKind: z.string(),
  driverPersonId: idField.nullable(),
  driver: z.string().nullable(),
  departAt: instantField,
  finishedAt: instantField.nullable(),
  metres: z.int(),
  stopCount: z.int(),
  stopsDone: z.int(),
  stopsFailed: z.int(),
  lateStops: z.int(),
  /** How far behind its plan the run is now; 0 when on time or early. */
  delayMinutes: z.int(),
  totes: z.int(),
  totesLoaded: z.int(),
  /** Trips that have left the hub. */
  tripsGone: z.int(),
  version: z.int(),
})

export const plannedRunShape = runBrief.extend({
  ...loadShape,
  capacityGrams: z.int(),
  capacityMillilitres: z.int(),
  vehicleZones: z.array(z.string()),
  stops: z.array(plannedStopShape),
})

export const planShape = z.object({
  id: idField,
  hubId: idField,
  hub: z.object({ name: z.string(), lngE6: z.int(), latE6: z.int() }),
  day: serviceDayField,
  waveId: idField,
  waveSeq: z.int(),
  waveStatus: z.string(),
  status: z.enum(planStatuses),
  method: z.string(),
  /** Source and version of the travel times. */
  matrixSource: z.string(),
  metres: z.int(),
  createdAt: instantField,
  dispatchedAt: instantField.nullable(),
  runs: z.array(plannedRunShape),
  unassigned: z.array(
    z.object({
      orderId: idField,
      number: z.string(),
      buyer: z.string(),
      ...placeShape,
      ...windowShape,
      ...loadShape,
      zones: z.array(z.string()),
      reason: z.enum(unassignedReasons),
    }),
  ),
})

/** A run of the plan, or a vehicle that has none yet. */
const target = {
  runId: idField.nullable().default(null),
  vehicleId: idField.nullable().default(null),
}
/** The trip it is to ride on, as far as its place allows; null: that of the stop before it. */
const tripField = z.int().min(1).max(9).nullable().default(null)
const oneTarget = (body: { runId: string | null; vehicleId: string | null }): boolean =>
  (body.runId === null) !== (body.vehicleId === null)

export const routeContracts = {
  'routes.listVehicles': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/vehicles',
    access: 'run.read',
    summary: 'Vehicles of a hub, and the drivers of their carriers',
    params: z.object({ hubId: idField }),
    reply: z.object({
      items: z.array(vehicleShape),
      drivers: z.array(z.object({ id: idField, name: z.string(), phone: z.string(), carrier: z.string() })),
    }),
  }),
  'routes.setVehicleService': contract({
    method: 'POST',
    path: '/api/vehicles/:id/service',
    access: 'plan.write',
    summary: 'Take a vehicle out of service with a reason, or back with null',
    params: z.object({ id: idField }),
    body: z.object({ outOfService: textField(60, 1).nullable() }),
    reply: z.object({ id: idField, outOfService: z.string().nullable() }),
  }),
  'routes.listPlans': contract({
    method: 'GET',
    path: '/api/plans',
    access: 'run.read',
    summary: 'Released waves of a delivery day with their plan, if there is one',
    query: z.object({ hubId: idField.optional(), day: serviceDayField.optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          waveId: idField,
          waveSeq: z.int(),
          waveStatus: z.string(),
          hubId: idField,
          hub: z.string(),
          day: serviceDayField,
          orders: z.int(),
          plan: z
            .object({
              id: idField,
              status: z.enum(planStatuses),
              runs: z.int(),
              runsLeft: z.int(),
              unassigned: z.int(),
              metres: z.int(),
            })
            .nullable(),
        }),
      ),
    }),
  }),
  'routes.readPlan': contract({
    method: 'GET',
    path: '/api/plans/:id',
    access: 'run.read',
    summary: 'A plan by its own id or its wave’s: runs, stops, loads, what has no vehicle and why',
    params: z.object({ id: idField }),
    reply: planShape,
  }),
  'routes.plan': contract({
    method: 'POST',
    path: '/api/waves/:waveId/plan',
    access: 'plan.write',
    summary: 'Plan the routes of a wave that is picking or picked; a draft is planned anew',
    params: z.object({ waveId: idField }),
    reply: planShape,
    problems: ['wrong_state', 'wave_empty'],
  }),
  'routes.moveStop': contract({
    method: 'POST',
    path: '/api/stops/:id/move',
    access: 'plan.write',
    summary:
      'Move a stop to another place of its run, another run, or a free vehicle; times are computed again',
    params: z.object({ id: idField }),
    body: z
      .object({ ...target, seq: z.int().min(1).max(500), trip: tripField, version: z.int() })
      .refine(oneTarget, { path: ['runId'], message: 'one_target' }),
    reply: planShape,
    problems: ['wrong_state', 'stale_version', 'over_capacity', 'zone_not_carried', 'no_vehicles'],
  }),
  'routes.assignOrder': contract({
    method: 'POST',
    path: '/api/plans/:id/assign',
    access: 'plan.write',
    summary: 'Put an order that has no vehicle on a run by hand; lateness is allowed, overload is not',
    params: z.object({ id: idField }),
    body: z
      .object({
        orderId: idField,
        ...target,
        seq: z.int().min(1).max(500).nullable().default(null),
        trip: tripField,
      })
      .refine(oneTarget, { path: ['runId'], message: 'one_target' }),
    reply: planShape,
    problems: ['wrong_state', 'over_capacity', 'zone_not_carried', 'no_vehicles'],
  }),
  'routes.assignDriver': contract({
    method: 'POST',
    path: '/api/runs/:id/driver',
    access: 'plan.write',
    summary: 'Give a run a driver, until it is on the road',
    params: z.object({ id: idField }),
    body: z.object({ driverPersonId: idField, version: z.int() }),
    reply: planShape,
    problems: ['wrong_state', 'stale_version', 'driver_busy'],
  }),
  'routes.dispatch': contract({
    method: 'POST',
    path: '/api/plans/:id/dispatch',
    access: 'run.dispatch',
    summary: 'Send the runs of a plan, or one of them, to be loaded; every order must be picked',
    params: z.object({ id: idField }),
    body: z.object({ runId: idField.nullable().default(null) }),
    reply: planShape,
    problems: [
      'wrong_state',
      'orders_not_picked',
      'driver_missing',
      'driver_busy',
      'over_capacity',
      'licence_missing',
      'licence_expired',
    ],
  }),
  'routes.listRuns': contract({
    method: 'GET',
    path: '/api/runs',
    access: 'run.read',
    summary: 'Runs one may see, with progress and delay, latest first',
    query: z.object({
      ...pageQuery,
      hubId: idField.optional(),
      day: serviceDayField.optional(),
      status: z.enum(runStatuses).optional(),
    }),
    reply: pageOf(runBrief),
  }),
} as const
