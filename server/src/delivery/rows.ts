import { sites } from '@huming/db/schema/accounts'
import { runs, stops } from '@huming/db/schema/routes'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { barredGoods, stoppedBy } from '../picking/recalled-goods.ts'
import type { Aboard } from './rules.ts'

export type RunRow = typeof runs.$inferSelect
export type StopRow = typeof stops.$inferSelect
export type StopOnRoad = { stop: StopRow; run: RunRow; site: typeof sites.$inferSelect }

/** Locks a stop for its driver; anybody else's is `not_found`. */
export async function lockStop(tx: Tx, ctx: Ctx, id: string): Promise<StopOnRoad> {
  const [row] = await tx
    .select({ stop: stops, run: runs, site: sites })
    .from(stops)
    .innerJoin(runs, eq(runs.id, stops.runId))
    .innerJoin(sites, eq(sites.id, stops.siteId))
    .where(eq(stops.id, id))
    .for('update', { of: stops })
  const locked = found(row)
  allow(ctx, 'run.drive', { driverPersonId: locked.run.driverPersonId, runId: locked.run.id })
  return locked
}

/** Locks a run for its driver. */
export async function lockRun(tx: Tx, ctx: Ctx, id: string): Promise<RunRow> {
  const [row] = await tx.select().from(runs).where(eq(runs.id, id)).for('update')
  const run = found(row)
  allow(ctx, 'run.drive', { driverPersonId: run.driverPersonId, runId: run.id })
  return run
}

/** Only a run on the road arrives and delivers. */
export function refuseOffRoad(run: RunRow): void {
  if (run.status !== 'on_road') throw new Fault('wrong_state')
}

/** Trips of a run that have left the hub: 0 while the first is being loaded. */
export const tripsGone = (run: RunRow): number =>
  run.status === 'on_road' ? Math.max(1, run.tripsGone) : run.tripsGone

/** A trip is begun when every stop of those before it is closed. */
export async function refuseOpenStops(tx: Tx, runId: string, trip: number): Promise<void> {
  const own = await tx.select().from(stops).where(eq(stops.runId, runId))
  const count = own.filter((stop) => stop.trip < trip && stop.finishedAt === null).length
  if (count > 0) throw new Fault('stops_open', '', { params: { count } })
}

/** Goods of a later trip still stand at the hub. */
export function refuseLaterTrip(run: RunRow, stop: StopRow): void {
  if (stop.trip > tripsGone(run)) throw new Fault('trip_not_gone', '', { params: { trip: stop.trip } })
}

/** Locks the orders of a stop in id order: a recall locks them, too, before their goods are barred. */
export async function lockOrdersAt(tx: Tx, stopId: string): Promise<void> {
  await tx.execute(sql`
    select o.id from orders o join stop_orders so on so.order_id = o.id
    where so.stop_id = ${stopId} order by o.id for update of o`)
}

/** What is aboard for a stop, by line and lot, as it was picked. */
export async function aboardOf(tx: Tx, stopId: string): Promise<Aboard[]> {
  const rows = await tx.execute<Aboard>(sql`
    select t.order_id as "orderId", t.order_line_id as "orderLineId", t.lot_id as "lotId",
      array_agg(distinct t.tote_id) as "toteIds", min(t.zone) as zone, sum(t.picked_quantity)::bigint as quantity,
      l.code as "lotCode", ${barredGoods(sql`t.lot_id`)} as barred,
      ${stoppedBy(sql`t.order_id`, sql`t.lot_id`)} as "stoppedAt", bool_or(k.catch_weight) as "catchWeight"
    from pick_tasks t join stop_orders so on so.order_id = t.order_id join lots l on l.id = t.lot_id
    join skus k on k.id = l.sku_id
    where so.stop_id = ${stopId} and t.picked_quantity > 0
    group by t.order_id, t.order_line_id, t.lot_id, l.id order by t.order_line_id, t.lot_id`)
  return [...rows]
}

/** True when an earlier stop of the run is still waiting: the driver skipped it and may come back. */
export async function isOutOfOrder(tx: Pick<Tx, 'execute'>, stop: StopRow): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from stops where run_id = ${stop.runId} and seq < ${stop.seq} and status = 'waiting' limit 1`)
  return rows.length > 0
}
