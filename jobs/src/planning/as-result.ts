import type { ProposalResult, ProposedRun } from '@huming/db/schema/planning'
import {
  free,
  openSpans,
  type RoutingProblem,
  type UnassignedReason,
  type VehicleFacts,
  type Visit,
} from '@huming/server/routes/routing-problem'
import { leavingLate, runClock } from '@huming/server/routes/run-clock'
import type { PlannedRun, Reason, RoutePlan, Trip } from '../solver/model.ts'
import type { Asked } from './as-problem.ts'

const reasons: Record<Reason, UnassignedReason> = {
  capacity: 'capacity',
  window: 'window',
  zone: 'zone',
  permit: 'permit',
  shift: 'shift',
  pair: 'pair',
  fleet: 'no_vehicle',
}

/** The solver's plan in words of the trade: sites, orders, times after midnight, fen. */
export function asResult(night: RoutingProblem, { problem, visits }: Asked, plan: RoutePlan): ProposalResult {
  return {
    method: 'sisr',
    runs: plan.runs
      .filter((run) => run.trips.some((trip) => trip.visits.length > 0))
      .map((run) => runOf(night, { problem, visits }, run)),
    unassigned: plan.unserved.flatMap(({ stop, reason }) =>
      (visits.get(stop)?.orderIds ?? []).map((orderId) => ({
        orderId,
        reason: problem.vehicles.length === 0 ? 'no_vehicle' : reasonOf(visits.get(stop), reason),
      })),
    ),
  }
}

/** A window that only bans leave no room in wants a permit, not another hour. */
function reasonOf(visit: Visit | undefined, reason: Reason): UnassignedReason {
  const rules = visit?.rules
  if (reason === 'window' && visit && rules && openSpans(visit, rules, []).length > 0) {
    if (openSpans(visit, rules, rules.bans).length === 0) return 'permit'
  }
  return reasons[reason]
}

function runOf(night: RoutingProblem, { visits }: Asked, run: PlannedRun): ProposedRun {
  const trips = run.trips.filter((trip) => trip.visits.length > 0)
  const calls = trips.flatMap((trip, i) =>
    trip.visits.map((call) => {
      const visit = visits.get(call.stop)
      if (!visit) throw new Error(`the solver named an unknown stop ${call.stop}`)
      return { ...call, visit, trip: i + 1 }
    }),
  )
  const times = leavingLater(night, run, calls)
  return {
    vehicleId: run.vehicle,
    runId: null,
    departAt: Math.round(times.departAt),
    returnAt: Math.round(times.returnAt),
    metres: trips.reduce((sum, trip) => sum + metresOf(night, visits, trip), 0),
    costFen: Math.round(run.cost),
    rests: times.rests.map(({ from, to }) => ({ from: Math.round(from), to: Math.round(to) })),
    stops: calls.map(({ visit, trip }, i) => {
      const { arriveAt, startAt, leaveAt } = times.stops[i] as (typeof times.stops)[number]
      return {
        siteId: visit.siteId,
        orderIds: [...visit.orderIds],
        trip,
        windowFrom: visit.windowFrom,
        windowTo: visit.windowTo,
        arriveAt: Math.round(arriveAt),
        startAt: Math.round(startAt),
        leaveAt: Math.round(leaveAt),
      }
    }),
  }
}

type Call = PlannedRun['trips'][number]['visits'][number] & { visit: Visit; trip: number }

/**
 * The solver takes a long wait at a door for the driver's rest and lets the run leave when the shift begins. Here it
 * leaves as late as no door suffers, with rests where they are then due; each door within the hours the solver chose.
 */
function leavingLater(night: RoutingProblem, run: PlannedRun, calls: readonly Call[]) {
  const departAt = run.trips.find((trip) => trip.visits.length > 0)?.depart ?? 0
  const facts = night.vehicles.find((vehicle) => vehicle.vehicleId === run.vehicle)?.facts
  const rules = {
    earliestDeparture: departAt,
    reloadSeconds: facts?.reloadSeconds ?? 0,
    ...(facts && { rest: facts.rest, latestReturn: facts.shift.to }),
  }
  const stops = calls.map(({ visit, start, trip }) => ({ ...visit, ...hoursOf(visit, facts, start), trip }))
  const asSolved = {
    departAt,
    returnAt: run.trips.findLast((trip) => trip.visits.length > 0)?.finish ?? departAt,
    rests: run.rests,
    stops: calls.map(({ arrive, start, leave }) => ({ arriveAt: arrive, startAt: start, leaveAt: leave })),
  }
  const same = runClock(stops, night.travel, { ...rules, departAt }).stops.every(
    (stop, i) => Math.abs(stop.startAt - (calls[i]?.start ?? 0)) <= 1,
  )
  return same ? leavingLate(stops, night.travel, rules, departAt) : asSolved
}

/** The hours of the place in which a vehicle is served when it begins then, as windows of the clock. */
function hoursOf(visit: Visit, facts: VehicleFacts | undefined, start: number) {
  const { rules } = visit
  if (!rules) return {}
  const bans = facts ? rules.bans.filter((ban) => !free(facts, ban)) : rules.bans
  const span = openSpans(visit, rules, bans).find(({ from, to }) => from <= start && start <= to)
  return { windowFrom: span?.from ?? start, windowTo: span?.to ?? start }
}

function metresOf(night: RoutingProblem, visits: Asked['visits'], trip: Trip): number {
  const points = [0, ...trip.visits.map(({ stop }) => visits.get(stop)?.point ?? 0), 0]
  return points.slice(1).reduce((sum, to, i) => sum + night.travel.metres(points[i] as number, to), 0)
}
