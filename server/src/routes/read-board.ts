import { sites } from '@huming/db/schema/accounts'
import { orders } from '@huming/db/schema/orders'
import { plans } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { Action } from '@huming/shared/permissions'
import { and, eq, inArray } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type BoardRun, type BoardState, readBoardState } from './board-state.ts'
import type { PlanRow } from './lock-plan.ts'
import { instantOf, secondsOf, stopsMax } from './rules.ts'
import type { RunTimes } from './run-clock.ts'
import {
  addParts,
  costOfRun,
  type Parts,
  stopTroubles,
  sumParts,
  type Trouble,
  vehicleTroubles,
  zoneLoads,
} from './run-cost.ts'

type Board = ContractReply<Contracts['routes.readBoard']>

/** The plan in force with its times, rests, loads by zone, cost and what speaks against it. */
export async function readBoard(ctx: Ctx, id: string): Promise<Board> {
  const plan = await planOf(ctx, id, 'run.read')
  const state = await readBoardState(ctx, plan)
  const runs = state.runs.map((run) => boardRun(state, run))
  const costParts = addParts([
    ...runs.map((run) => run.parts),
    ...(await missedPriorities(ctx, plan)).map((n) => ({ unserved: state.weights.unservedFen * 10 ** n })),
  ])
  return {
    planId: plan.id,
    costFen: sumParts(costParts),
    costParts,
    runs: runs.map(({ parts, ...run }) => ({ ...run, costFen: sumParts(parts), costParts: parts })),
  }
}

/** Priorities of the orders without a vehicle that are still to be brought: each step is ten times as dear. */
async function missedPriorities(ctx: Ctx, plan: PlanRow): Promise<number[]> {
  const rows = await ctx.db
    .select({ priority: sites.planPriority })
    .from(orders)
    .innerJoin(sites, eq(sites.id, orders.siteId))
    .where(
      and(
        inArray(
          orders.id,
          plan.unassigned.map((miss) => miss.orderId),
        ),
        inArray(orders.status, ['picking', 'picked']),
      ),
    )
  return rows.map((row) => row.priority)
}

/** A plan of one's own hub; somebody else's is `not_found`. */
export async function planOf(ctx: Ctx, id: string, action: Action): Promise<PlanRow> {
  allow(ctx, action)
  const [row] = await ctx.db.select().from(plans).where(eq(plans.id, id))
  const plan = found(row)
  allow(ctx, action, { hubId: plan.hubId })
  return plan
}

type TimedRun = Omit<Board['runs'][number], 'costFen' | 'costParts'> & { parts: Parts }

function boardRun(state: BoardState, { run, vehicle, stops }: BoardRun): TimedRun {
  const { day } = state.plan
  const at = (seconds: number): string => instantOf(day, seconds).toISOString()
  const times = state.clock(vehicle, stops, secondsOf(day, run.departAt))
  const troubles = vehicleTroubles(vehicle, stops, { stopsMax, pairs: state.pairs })
  return {
    runId: run.id,
    vehicleId: vehicle.id,
    departAt: at(times.departAt),
    returnAt: at(times.returnAt),
    metres: times.metres,
    parts: costOfRun(times, vehicle.facts, state.weights),
    rests: times.rests.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    reloads: times.reloads.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    loads: zoneLoads(stops.flatMap((stop) => stop.loads)),
    troubles: [...troubles, ...shiftTrouble(times, vehicle.facts.shift)],
    stops: stops.map((stop, i) => {
      const { arriveAt, startAt, leaveAt, lateSeconds } = times.stops[i] as RunTimes['stops'][number]
      return {
        stopId: stop.stopId,
        trip: stop.trip,
        arriveAt: at(arriveAt),
        startAt: at(startAt),
        leaveAt: at(leaveAt),
        lateSeconds,
        locked: stop.locked,
        troubles: stopTroubles(vehicle.facts, stop.rules, startAt, lateSeconds),
      }
    }),
  }
}

/** Out before the driver's shift begins, or back after it ends. */
export const shiftTrouble = (times: RunTimes, shift: { from: number; to: number }): Trouble[] =>
  times.stops.length > 0 && (times.departAt < shift.from || times.returnAt > shift.to) ? ['shift'] : []
