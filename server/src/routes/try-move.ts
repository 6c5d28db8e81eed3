import { waveOrders } from '@huming/db/schema/picking'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { type BoardState, type BoardStop, type BoardVehicle, readBoardState } from './board-state.ts'
import { planOf, shiftTrouble } from './read-board.ts'
import { instantOf, stopsMax } from './rules.ts'
import type { RunTimes } from './run-clock.ts'
import { costOfRun, stopTroubles, sumParts, type Trouble, vehicleTroubles } from './run-cost.ts'
import { putAt, renumbered, tripsAt } from './trips.ts'

type Reply = ContractReply<Contracts['routes.tryMove']>
type Target = Reply['targets'][number]
type Place = Target['places'][number]

/**
 * What it would do to put a stop, or an order without a vehicle, at each place of each run that may still change:
 * nothing is written. Times are those `routes.moveStop` would write.
 */
export async function tryMove(
  ctx: Ctx,
  input: { id: string; stopId?: string | undefined; orderId?: string | undefined },
): Promise<Reply> {
  const plan = await planOf(ctx, input.id, 'plan.write')
  const orderId = input.stopId === undefined ? input.orderId : undefined
  if (orderId !== undefined) await orderOfWave(ctx, plan.waveId, orderId)
  const state = await readBoardState(ctx, plan, orderId)
  const from = state.runs.find(({ stops }) => stops.some((stop) => stop.stopId === input.stopId)) ?? null
  const moving = from?.stops.find((stop) => stop.stopId === input.stopId) ?? state.added
  const stop = found(moving)
  if (from && from.run.status !== 'planned') throw new Fault('wrong_state')
  const open = state.runs.filter(
    ({ run }) => run.status === 'planned' || (from === null && run.status === 'loading'),
  )
  const source = from && { ...from, rest: from.stops.filter((one) => one !== stop) }
  return {
    targets: [
      ...open.map((one) => targetOf(state, stop, source, one)),
      ...state.idle.map((vehicle) => targetOf(state, stop, source, { run: null, vehicle, stops: [] })),
    ],
  }
}

async function orderOfWave(ctx: Ctx, waveId: string, orderId: string): Promise<void> {
  const [row] = await ctx.db
    .select({ id: waveOrders.orderId })
    .from(waveOrders)
    .where(and(eq(waveOrders.waveId, waveId), eq(waveOrders.orderId, orderId)))
  found(row)
}

type Run = { run: { id: string; status: string } | null; vehicle: BoardVehicle; stops: BoardStop[] }
type Source = (Run & { rest: BoardStop[] }) | null

function targetOf(state: BoardState, stop: BoardStop, source: Source, target: Run): Target {
  const same = source !== null && target.run?.id === source.run?.id
  const others = same ? source.rest : target.stops
  const before = same ? [target] : [target, ...(source ? [source] : [])]
  const left = same || !source ? null : reckon(state, source.vehicle, source.rest)
  const now = sumOf(before.map((one) => reckon(state, one.vehicle, one.stops)))
  const spots = Array.from({ length: others.length + 1 }, (_, i) =>
    tripsAt(others, i, target.vehicle.facts.trips).map((trip) => ({ i, trip })),
  ).flat()
  const tried = spots.map(({ i, trip }) => {
    const stops = renumbered(putAt(others, stop, i, trip))
    const run = reckon(state, target.vehicle, stops)
    const then = sumOf(left ? [run, left] : [run])
    const load = vehicleTroubles(target.vehicle, stops, { stopsMax, pairs: state.pairs })
    const { troubles, ...text } = placeText(state, target.vehicle, stop, run.times, i)
    const place = {
      seq: i + 1,
      trip,
      refused: load.some(isRefused),
      deltaFen: then.fen - now.fen,
      deltaMetres: then.metres - now.metres,
      lateStops: then.late - now.late,
      ...text,
    }
    return { place, load, troubles }
  })
  const troubles = (tried[0]?.load ?? []).filter((one) => tried.every(({ load }) => load.includes(one)))
  return {
    runId: target.run?.id ?? null,
    vehicleId: target.vehicle.id,
    plate: target.vehicle.plate,
    status: (target.run?.status ?? null) as Target['status'],
    troubles,
    refused: tried.every(({ place }) => place.refused),
    places: tried.map(
      ({ place, load, troubles: own }): Place => ({
        ...place,
        troubles: [...load.filter((one) => !troubles.includes(one)), ...own],
      }),
    ),
  }
}

const isRefused = (trouble: Trouble): boolean => trouble === 'zone' || trouble === 'capacity'

/** Times, cost and late stops of a run as it would be driven from now. */
function reckon(state: BoardState, vehicle: BoardVehicle, stops: readonly BoardStop[]) {
  const times = state.clock(vehicle, stops)
  return {
    times,
    fen: sumParts(costOfRun(times, vehicle.facts, state.weights)),
    metres: times.metres,
    late: times.stops.filter((stop) => stop.lateSeconds > 0).length,
  }
}

const sumOf = (runs: readonly { fen: number; metres: number; late: number }[]) => ({
  fen: runs.reduce((sum, run) => sum + run.fen, 0),
  metres: runs.reduce((sum, run) => sum + run.metres, 0),
  late: runs.reduce((sum, run) => sum + run.late, 0),
})

function placeText(state: BoardState, vehicle: BoardVehicle, stop: BoardStop, times: RunTimes, i: number) {
  const at = (seconds: number): string => instantOf(state.plan.day, seconds).toISOString()
  const { startAt, arriveAt, lateSeconds } = times.stops[i] as RunTimes['stops'][number]
  return {
    arriveAt: at(arriveAt),
    lateSeconds,
    returnAt: at(times.returnAt),
    troubles: [
      ...stopTroubles(vehicle.facts, stop.rules, startAt, lateSeconds),
      ...shiftTrouble(times, vehicle.facts.shift),
    ],
  }
}
