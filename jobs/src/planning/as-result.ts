import type { ProposalResult, ProposedRun } from '@huming/db/schema/planning'
import {
  openSpans,
  type RoutingProblem,
  type UnassignedReason,
  type Visit,
} from '@huming/server/routes/routing-problem'
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
  return {
    vehicleId: run.vehicle,
    runId: null,
    departAt: Math.round(trips[0]?.depart ?? 0),
    returnAt: Math.round(trips.at(-1)?.finish ?? 0),
    metres: trips.reduce((sum, trip) => sum + metresOf(night, visits, trip), 0),
    costFen: Math.round(run.cost),
    rests: run.rests.map(({ from, to }) => ({ from: Math.round(from), to: Math.round(to) })),
    stops: trips.flatMap((trip, i) =>
      trip.visits.map(({ stop, arrive, start, leave }) => {
        const visit = visits.get(stop)
        if (!visit) throw new Error(`the solver named an unknown stop ${stop}`)
        return {
          siteId: visit.siteId,
          orderIds: [...visit.orderIds],
          trip: i + 1,
          windowFrom: visit.windowFrom,
          windowTo: visit.windowTo,
          arriveAt: Math.round(arrive),
          startAt: Math.round(start),
          leaveAt: Math.round(leave),
        }
      }),
    ),
  }
}

function metresOf(night: RoutingProblem, visits: Asked['visits'], trip: Trip): number {
  const points = [0, ...trip.visits.map(({ stop }) => visits.get(stop)?.point ?? 0), 0]
  return points.slice(1).reduce((sum, to, i) => sum + night.travel.metres(points[i] as number, to), 0)
}
