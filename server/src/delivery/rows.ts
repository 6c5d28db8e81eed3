import { sites } from '@huming/db/schema/accounts'
import { runs, stops } from '@huming/db/schema/routes'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
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
  allow(ctx, 'run.drive', { driverPersonId: locked.run.driverPersonId })
  return locked
}

/** Locks a run for its driver. */
export async function lockRun(tx: Tx, ctx: Ctx, id: string): Promise<RunRow> {
  const [row] = await tx.select().from(runs).where(eq(runs.id, id)).for('update')
  const run = found(row)
  allow(ctx, 'run.drive', { driverPersonId: run.driverPersonId })
  return run
}

/** Only a run on the road arrives and delivers. */
export function refuseOffRoad(run: RunRow): void {
  if (run.status !== 'on_road') throw new Fault('wrong_state')
}

/** What is aboard for a stop, by line and lot, as it was picked. */
export async function aboardOf(tx: Tx, stopId: string): Promise<Aboard[]> {
  const rows = await tx.execute<Aboard>(sql`
    select p.order_id as "orderId", p.order_line_id as "orderLineId", p.lot_id as "lotId",
      array_agg(distinct p.tote_id) as "toteIds", min(p.zone) as zone, sum(p.picked_quantity)::bigint as quantity
    from pick_tasks p join stop_orders so on so.order_id = p.order_id
    where so.stop_id = ${stopId} and p.picked_quantity > 0
    group by p.order_id, p.order_line_id, p.lot_id order by p.order_line_id, p.lot_id`)
  return [...rows]
}

/** True when an earlier stop of the run is still waiting: the driver skipped it and may come back. */
export async function isOutOfOrder(tx: Pick<Tx, 'execute'>, stop: StopRow): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from stops where run_id = ${stop.runId} and seq < ${stop.seq} and status = 'waiting' limit 1`)
  return rows.length > 0
}
