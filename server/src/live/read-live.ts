import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, minutesOf, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { progressOf } from '../routes/progress.ts'
import { type RunDoc, runDocs, stopDocs } from '../routes/rows.ts'
import { forecast } from '../routes/run-view.ts'

type Board = ContractReply<Contracts['live.board']>
type LiveRun = Board['runs'][number]
type Vehicle = { id: string; outOfService: string | null; driverPhone: string | null }

/** From noon on, the night that matters is the coming one. */
const turnOfDayMinutes = 12 * 60
const totesMax = 100
const cutMax = 200
const runsMax = 300

/** The night of a hub as it is now. One statement for runs, one for stops, one each for what needs a person. */
export async function readLive(ctx: Ctx, hubId: string, wantedDay?: string): Promise<Board> {
  allow(ctx, 'board.read', { hubId })
  const today = serviceDayOf(ctx.now)
  const day = wantedDay ?? (minutesOf(ctx.now) >= turnOfDayMinutes ? addDays(today, 1) : today)
  const [hub] = await docs<{ name: string }>(ctx.db, sql`select name from hubs where id = ${hubId}`)
  const docsOfRuns = await runDocs(
    ctx.db,
    sql`r.hub_id = ${hubId} and r.day = ${day}`,
    sql`order by r.seq, r.id limit ${runsMax}`,
  )
  const [runs, failed, cut, totes, open] = await Promise.all([
    liveRuns(ctx, docsOfRuns),
    readFailed(ctx, hubId, day),
    readCut(ctx, hubId, day),
    readTotes(ctx, hubId, day),
    countTotes(ctx, hubId, day),
  ])
  const stops = runs.flatMap((run) => run.stops)
  const reached = stops.filter((stop) => stop.arrivedAt !== null)
  const waiting = runs.filter((run) => run.status !== 'finished').flatMap((run) => run.stops)
  return {
    hubId,
    hub: found(hub).name,
    day,
    at: ctx.now.toISOString(),
    stopsByStatus: Object.fromEntries(
      [...Map.groupBy(stops, (stop) => stop.status)].map(([key, of]) => [key, of.length]),
    ),
    reached: reached.length,
    reachedInTime: reached.filter((stop) => !stop.late).length,
    inDanger: waiting.filter((stop) => stop.status === 'waiting' && stop.risk !== 'low').length,
    runs,
    failed,
    cut,
    totesOpen: open,
    totes,
  }
}

async function liveRuns(ctx: Ctx, runs: readonly RunDoc[]): Promise<LiveRun[]> {
  const ids = runs.map((run) => run.id)
  const stops = Map.groupBy(await stopDocs(ctx.db, ids), (stop) => stop.runId)
  const facts = await docs<Vehicle>(
    ctx.db,
    sql`select r.id, v.out_of_service as "outOfService", p.phone as "driverPhone"
      from runs r join vehicles v on v.id = r.vehicle_id left join people p on p.id = r.driver_person_id
      where r.id = any(${sql.param(ids)}::uuid[])`,
  )
  const byRun = new Map(facts.map((one) => [one.id, one]))
  return runs.map((run) => {
    const own = stops.get(run.id) ?? []
    const progress = progressOf(run, own, ctx.now)
    return {
      ...run,
      outOfService: byRun.get(run.id)?.outOfService ?? null,
      driverPhone: byRun.get(run.id)?.driverPhone ?? null,
      delayMinutes: Math.round(progress.delayMs / 60_000),
      totes: own.reduce((sum, stop) => sum + stop.totes, 0),
      stops: forecast(own, progress),
    }
  })
}

/** Doors that took nothing: the newest first. */
async function readFailed(ctx: Ctx, hubId: string, day: string): Promise<Board['failed']> {
  const rows = await docs<Board['failed'][number]>(
    ctx.db,
    sql`select s.id as "stopId", r.id as "runId", v.plate, t.name as site, b.short_name as buyer,
        t.contact_name as "contactName", t.contact_phone as "contactPhone", s.status, s.fail_reason as reason,
        s.finished_at as "finishedAt", r.status = 'on_road' as "onRoad",
        (select coalesce(json_agg(json_build_object('id', o.id, 'number', o.number) order by o.id), '[]')
          from stop_orders so join orders o on o.id = so.order_id where so.stop_id = s.id) as orders,
        (select json_build_object('choice', d.choice, 'at', d.at, 'note', d.note, 'plate',
            (select w.plate from stops n join runs m on m.id = n.run_id join vehicles w on w.id = m.vehicle_id where n.id = d.new_stop_id))
          from door_decisions d where d.stop_id = s.id order by d.at desc, d.id desc limit 1) as decided
      from stops s join runs r on r.id = s.run_id join vehicles v on v.id = r.vehicle_id
      join sites t on t.id = s.site_id join organisations b on b.id = t.org_id
      where r.hub_id = ${hubId} and r.day = ${day} and s.status in ('failed', 'refused')
      order by s.finished_at desc, s.id limit 100`,
  )
  return rows
}

/** Orders that were in a wave of the night and lost lines, or all of them. */
const readCut = (ctx: Ctx, hubId: string, day: string): Promise<Board['cut']> =>
  docs(
    ctx.db,
    sql`select o.id as "orderId", o.number, t.name as site, b.short_name as buyer, o.status = 'cancelled' as cancelled,
        l.cut as "linesCut", l.lines,
        case when o.status = 'cancelled' and o.cancel_reason is not null then array[o.cancel_reason] else l.reasons end as reasons,
        (select v.plate from stop_orders so join stops s on s.id = so.stop_id join runs r on r.id = s.run_id
          join vehicles v on v.id = r.vehicle_id where so.order_id = o.id) as plate
      from orders o join sites t on t.id = o.site_id join organisations b on b.id = o.org_id
      cross join lateral (
        select count(*)::int4 as lines, (count(*) filter (where x.cut_quantity > 0))::int4 as cut,
          coalesce(array_agg(distinct x.cut_reason) filter (where x.cut_quantity > 0 and x.cut_reason is not null), '{}') as reasons
        from order_lines x where x.order_id = o.id) l
      where o.hub_id = ${hubId} and o.day = ${day} and (o.status = 'cancelled' or l.cut > 0)
        and exists (select 1 from wave_orders w where w.order_id = o.id)
      order by o.status = 'cancelled' desc, o.id limit ${cutMax}`,
  )

const openTotes = (hubId: string, day: string) => sql`
  from totes c join orders o on o.id = c.order_id join sites t on t.id = o.site_id
  left join stop_orders so on so.order_id = o.id left join stops s on s.id = so.stop_id
  left join runs r on r.id = s.run_id left join vehicles v on v.id = r.vehicle_id
  where o.hub_id = ${hubId} and o.day = ${day} and c.status in ('open', 'sealed')`

const readTotes = (ctx: Ctx, hubId: string, day: string): Promise<Board['totes']> =>
  docs(
    ctx.db,
    sql`select c.code, c.zone, c.status, o.number as "order", t.name as site, v.plate ${openTotes(hubId, day)}
      order by r.depart_at nulls last, c.code limit ${totesMax}`,
  )

async function countTotes(ctx: Ctx, hubId: string, day: string): Promise<number> {
  const [row] = await docs<{ n: number }>(ctx.db, sql`select count(*)::int4 as n ${openTotes(hubId, day)}`)
  return row?.n ?? 0
}
