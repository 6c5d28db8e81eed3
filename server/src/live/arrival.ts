import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, type ServiceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { progressOf } from '../routes/progress.ts'
import { runDocs, stopDocs } from '../routes/rows.ts'

type Reply = ContractReply<Contracts['live.arrival']>
export type Arrival = ContractReply<Contracts['live.track']>

type Row = {
  orgId: string
  status: string
  day: ServiceDay
  site: string
  windowFrom: number
  windowTo: number
  stopId: string | null
  runId: string | null
}

/** When an order arrives as it looks now, for its buyer, with the links that still show it to others. */
export async function readArrival(ctx: Ctx, orderId: string): Promise<Reply> {
  allow(ctx, 'order.read')
  const row = found(await readRow(ctx.db, orderId))
  allow(ctx, 'order.read', { orgId: row.orgId })
  const links = await docs<Reply['links'][number]>(
    ctx.db,
    sql`select id, made_at as "madeAt", expires_at as "expiresAt" from tracking_links
      where order_id = ${orderId} and revoked_at is null and expires_at > ${ctx.now.toISOString()}::timestamptz
      order by made_at, id limit 20`,
  )
  return { ...(await arrivalOf(ctx, row)), links }
}

/** The same for whoever may see it by a link. */
export const arrivalOfOrder = async (ctx: Ctx, orderId: string): Promise<Arrival> =>
  arrivalOf(ctx, found(await readRow(ctx.db, orderId)))

/** The stop counts only once its truck is sent: before that the plan may change every minute. */
async function readRow(db: Db, orderId: string): Promise<Row | undefined> {
  const [row] = await docs<Row>(
    db,
    sql`select t.org_id as "orgId", o.status, o.day, t.name as site, o.window_from as "windowFrom",
        o.window_to as "windowTo", s.id as "stopId", r.id as "runId"
      from orders o join sites t on t.id = o.site_id
      left join stop_orders so on so.order_id = o.id
      left join stops s on s.id = so.stop_id and exists (
        select 1 from runs x where x.id = s.run_id and x.dispatched_at is not null)
      left join runs r on r.id = s.run_id where o.id = ${orderId}`,
  )
  return row
}

async function arrivalOf(ctx: Ctx, row: Row): Promise<Arrival> {
  const base = {
    day: row.day,
    site: row.site,
    windowFromAt: instantAt(row.day, row.windowFrom).toISOString(),
    windowToAt: instantAt(row.day, row.windowTo).toISOString(),
  }
  const none = { earliestAt: null, latestAt: null, late: false, stopsBefore: null, arrivedAt: null }
  if (row.status === 'cancelled') return { ...base, ...none, state: 'cancelled' }
  const [run] = row.runId ? await runDocs(ctx.db, sql`r.id = ${row.runId}`) : []
  if (!run) return { ...base, ...none, state: 'preparing' }
  const stops = await stopDocs(ctx.db, [run.id])
  const place = stops.findIndex((stop) => stop.id === row.stopId)
  const stop = found(stops[place])
  const expected = found(progressOf(run, stops, ctx.now).forecasts[place])
  const state = stateOf(run.status, stop.status)
  const open = state === 'planned' || state === 'on_the_way'
  return {
    ...base,
    state,
    earliestAt: open ? fiveMinutes(expected.earliestAt, Math.floor) : null,
    latestAt: open ? fiveMinutes(expected.latestAt, Math.ceil) : null,
    late: expected.late,
    stopsBefore: open ? stops.filter((one) => one.seq < stop.seq && one.finishedAt === null).length : null,
    arrivedAt: stop.arrivedAt,
  }
}

function stateOf(run: string, stop: string): Arrival['state'] {
  if (stop === 'arrived') return 'arrived'
  if (stop === 'delivered' || stop === 'partial') return 'delivered'
  if (stop === 'failed' || stop === 'refused') return 'not_delivered'
  return run === 'on_road' ? 'on_the_way' : 'planned'
}

const step = 300_000
const fiveMinutes = (at: string, round: (x: number) => number): string =>
  new Date(round(Date.parse(at) / step) * step).toISOString()
