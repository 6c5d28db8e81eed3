import { availableParallelism } from 'node:os'
import type { ProposalResult } from '@huming/db/schema/planning'
import type { Base } from '@huming/server/kernel/ctx'
import { nearestNeighbour } from '@huming/server/routes/nearest-neighbour'
import type { Around } from '@huming/server/routes/plan-around'
import type { ProposalRow } from '@huming/server/routes/proposal-rows'
import type { PlanningWeights, RoutingPlan, RoutingProblem } from '@huming/server/routes/routing-problem'
import { planRoutes } from '../solver/plan-in-workers.ts'
import { asEarlier } from './as-earlier.ts'
import { asProblem } from './as-problem.ts'
import { asResult } from './as-result.ts'

type Searching = {
  night: RoutingProblem
  weights: PlanningWeights
  around: Around
  seconds: number
  seed: number
  signal: AbortSignal
  onProgress: (progress: NonNullable<ProposalRow['progress']>) => void
}

/** Threads of one search: as many as help, and never all of a big machine. */
const workersMax = 2

/** Searches in threads of its own; should the solver fail, the plain planner's plan stands. */
export async function searchPlan(base: Base, searching: Searching): Promise<ProposalResult> {
  const { night, weights, around, seconds, seed, signal } = searching
  try {
    const asked = asProblem(night, weights)
    const plan = await planRoutes(asked.problem, {
      seconds,
      seed,
      workers: Math.min(workersMax, availableParallelism()),
      earlier: asEarlier(asked, around),
      signal,
      onProgress: follow(searching, asked.problem.stops.length),
    })
    return asResult(night, asked, plan)
  } catch (error) {
    base.log.error({ err: error }, 'solver failed: the plain plan stands in')
    return asPlain(night, await nearestNeighbour(night))
  }
}

type Told = { share: number; cost: number; served: number; steps: number; worker: number }

/** The best of all threads, with the work of all. */
function follow({ seconds, onProgress }: Searching, stops: number): (told: Told) => void {
  const threads = new Map<number, Told>()
  return (told) => {
    threads.set(told.worker, told)
    const all = [...threads.values()]
    const best = all.reduce((a, b) => (b.cost < a.cost ? b : a))
    onProgress({
      seconds: Math.round(Math.max(...all.map((one) => one.share)) * seconds * 10) / 10,
      costFen: Math.round(best.cost),
      unassigned: stops - best.served,
      steps: all.reduce((sum, one) => sum + one.steps, 0),
    })
  }
}

/** A plan of the plain planner as a proposal. */
function asPlain(night: RoutingProblem, plan: RoutingPlan): ProposalResult {
  const service = new Map(night.orders.map((order) => [order.orderId, order.serviceSeconds]))
  return {
    method: plan.method,
    unassigned: [...plan.unassigned],
    runs: plan.runs.map((run) => ({
      vehicleId: run.vehicleId,
      runId: null,
      departAt: run.departAt,
      returnAt: run.returnAt,
      metres: run.metres,
      costFen: 0,
      rests: [],
      stops: run.stops.map((stop) => ({
        siteId: stop.siteId,
        orderIds: [...stop.orderIds],
        trip: 1,
        windowFrom: stop.windowFrom,
        windowTo: stop.windowTo,
        arriveAt: stop.startAt,
        startAt: stop.startAt,
        leaveAt: stop.startAt + Math.max(0, ...stop.orderIds.map((id) => service.get(id) ?? 0)),
      })),
    })),
  }
}
