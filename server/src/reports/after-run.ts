import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { dayDiff, serviceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow, visibleHubIds } from '../kernel/allow.ts'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { readWeights } from '../routes/read-rules.ts'
import { anyOf } from '../supply/rows.ts'
import {
  type Factor,
  factorFor,
  factorRows,
  type OrderRow,
  orderRows,
  type RunRow,
  runRows,
} from './after-run-rows.ts'
import { costOf, emissionsOf, onTimeToleranceMinutes, sharesOf, tonneMetresOf } from './after-run-rules.ts'

type Reply = ContractReply<Contracts['reports.afterRun']>
type Figures = Reply['runs'][number]
type OneRun = ContractReply<Contracts['reports.afterRunOrders']>
export type Range = { hubId?: string | undefined; from: string; to: string }

/** Days of one asking. */
const daysMost = 31

/** What the runs of one's hubs came to between two delivery days, by run and by day. */
export async function readAfterRun(ctx: Ctx, range: Range): Promise<Reply> {
  const { figures } = await figuresIn(ctx, range)
  const factors = (await factorRows(ctx.db)).filter(
    (one) => one.validFrom <= range.to && one.validTo >= range.from,
  )
  return { days: byDay(figures), runs: figures, toleranceMinutes: onTimeToleranceMinutes, factors }
}

/** One run with what falls on each of its orders. */
export async function readRunOrders(ctx: Ctx, runId: string): Promise<OneRun> {
  allow(ctx, 'board.read')
  const [row] = await runRows(ctx.db, sql`r.id = ${runId}`)
  allow(ctx, 'board.read', { hubId: found(row).hubId })
  const { figures, orders } = await reckon(ctx.db, [found(row)])
  return { run: found(figures[0]), orders: orderFigures(figures, orders) }
}

/** Figures of runs in a range and the orders they carried. */
export async function figuresIn(ctx: Ctx, { hubId, from, to }: Range) {
  allow(ctx, 'board.read')
  const days = dayDiff(serviceDay(from), serviceDay(to))
  if (days < 0 || days >= daysMost)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/query/to', reason: 'range' }] })
  const hubIds = visibleHubIds(ctx, 'board.read')
  const rows = await runRows(
    ctx.db,
    sql`r.day between ${from} and ${to} ${hubIds === 'all' ? sql`` : sql`and r.hub_id = ${anyOf(hubIds)}`}
      ${hubId === undefined ? sql`` : sql`and r.hub_id = ${hubId}`}`,
  )
  return reckon(ctx.db, rows)
}

/** Figures of these runs; the caller has asked `allow`. */
export async function reckon(db: Db, rows: readonly RunRow[]) {
  const orders = await orderRows(
    db,
    rows.map((row) => row.runId),
  )
  const byRun = Map.groupBy(orders, (order) => order.runId)
  const factors = await factorRows(db)
  const weights = new Map<string, Awaited<ReturnType<typeof readWeights>>>()
  const figures: Figures[] = []
  for (const row of rows) {
    const key = `${row.hubId} ${row.day}`
    const own = weights.get(key) ?? (await readWeights(db, row.hubId, row.day))
    weights.set(key, own)
    figures.push(figuresOf(row, byRun.get(row.runId) ?? [], own, factors))
  }
  return { figures, orders }
}

function figuresOf(
  row: RunRow,
  orders: readonly OrderRow[],
  { fenPerKm, fenPerHour }: { fenPerKm: number; fenPerHour: number },
  factors: readonly Factor[],
): Figures {
  const { outKm, backKm, grossKg, fixedFen, hours, ...rest } = row
  const actualMetres = outKm !== null && backKm !== null ? (backKm - outKm) * 1000 : null
  const metres = actualMetres ?? row.plannedMetres
  const factor = factorFor(factors, row.drive, grossKg, row.day)
  const coolingBp = orders.some((order) => order.cold) ? (factor?.coolingBp ?? 0) : 0
  const facts = {
    metres,
    hours,
    fixedFen,
    fenPerKm,
    fenPerHour,
    gramsPerKm: factor?.gramsPerKm ?? 0,
    coolingBp,
  }
  return {
    ...rest,
    orders: orders.length,
    grams: orders.reduce((sum, order) => sum + order.grams, 0),
    actualMetres,
    odometer: outKm === null ? null : { outKm, backKm },
    metres,
    tonneMetres: orders.reduce((sum, order) => sum + tonneMetresOf(order), 0),
    costFen: costOf(facts),
    gramsCo2e: emissionsOf(facts),
    factor: factor && {
      gramsPerKm: factor.gramsPerKm,
      coolingBp,
      source: factor.source,
      certainty: factor.certainty,
    },
  }
}

/** What of each run falls on its orders: shares by tonne-kilometres that sum to the run. */
export function orderFigures(figures: readonly Figures[], orders: readonly OrderRow[]): OneRun['orders'] {
  const byRun = Map.groupBy(orders, (order) => order.runId)
  return figures.flatMap((run) => {
    const own = byRun.get(run.runId) ?? []
    const shares = own.length === 0 ? [] : sharesOf(run, own)
    return own.map((order, i) => ({ ...publicPart(order), ...found(shares[i]) }))
  })
}

/** Without what only the reckoning needs. */
function publicPart(order: OrderRow) {
  const { orderId, number, buyer, site, runId, day, stopSeq, grams, onTime, dropSeconds } = order
  return { orderId, number, buyer, site, runId, day, stopSeq, grams, onTime, dropSeconds }
}

const sumKeys = [
  'orders',
  'stops',
  'arrived',
  'onTime',
  'dropSeconds',
  'dropStops',
  'grams',
  'plannedMetres',
  'metres',
  'tonneMetres',
  'costFen',
  'gramsCo2e',
] as const

function byDay(figures: readonly Figures[]): Reply['days'] {
  return [...Map.groupBy(figures, (one) => `${one.day} ${one.hubId}`).values()].map((runs) => {
    const { hubId, hub, day } = found(runs[0])
    const sums = Object.fromEntries(
      sumKeys.map((key) => [key, runs.reduce((sum, one) => sum + one[key], 0)]),
    ) as Record<(typeof sumKeys)[number], number>
    const known = runs.every((one) => one.actualMetres !== null)
    const actualMetres = known ? runs.reduce((sum, one) => sum + (one.actualMetres ?? 0), 0) : null
    return { hubId, hub, day, runs: runs.length, ...sums, actualMetres }
  })
}

/** Sums of all hubs, for the governments' report. */
export async function transportSums(ctx: Ctx, { from, to }: { from: string; to: string }) {
  const rows = await runRows(ctx.db, sql`r.day between ${from} and ${to}`)
  const { figures } = await reckon(ctx.db, rows)
  const sum = (key: (typeof sumKeys)[number]) => figures.reduce((all, one) => all + one[key], 0)
  return { metres: sum('metres'), tonneMetres: sum('tonneMetres'), gramsCo2e: sum('gramsCo2e') }
}
