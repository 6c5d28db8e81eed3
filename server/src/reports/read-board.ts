import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, minutesOf, serviceDayOf } from '@huming/shared/days'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

type Board = ContractReply<Contracts['reports.board']>

/** From noon on, the night that matters is the coming one. */
const turnOfDayMinutes = 12 * 60

/** The night of a hub: one statement per part, none of them larger than the hub's day. */
export async function readBoard(ctx: Ctx, hubId: string, wantedDay?: string): Promise<Board> {
  allow(ctx, 'board.read', { hubId })
  const today = serviceDayOf(ctx.now)
  const day = wantedDay ?? (minutesOf(ctx.now) >= turnOfDayMinutes ? addDays(today, 1) : today)
  const [hubs, orders, cuts, consignments, waves, runs, lateStops] = await Promise.all([
    ctx.sql<{ name: string }[]>`select name from hubs where id = ${hubId}`,
    ctx.sql<{ status: string; n: number; total: number; lines: number }[]>`
      select o.status, count(*) as n, coalesce(sum(o.total_fen), 0)::bigint as total,
        coalesce(sum((select count(*) from order_lines l where l.order_id = o.id)), 0)::bigint as lines
      from orders o where o.hub_id = ${hubId} and o.day = ${day} group by o.status`,
    ctx.sql<{ reason: string; n: number }[]>`
      select coalesce(l.cut_reason, 'supply_short') as reason, count(*) as n from order_lines l
      join orders o on o.id = l.order_id
      where o.hub_id = ${hubId} and o.day = ${day} and l.cut_quantity > 0 group by 1`,
    ctx.sql<{ status: string; n: number }[]>`
      select status, count(*) as n from consignments
      where hub_id = ${hubId} and (status in ('shipped', 'arrived') or (received_at at time zone 'Asia/Shanghai')::date::text >= ${addDays(today, -1)})
      group by status`,
    ctx.sql<Board['waves']>`
      select w.id, w.seq, w.status, count(t.id) as tasks, count(t.id) filter (where t.status = 'done') as done,
        count(t.id) filter (where t.status = 'short') as short
      from waves w left join pick_tasks t on t.wave_id = w.id
      where w.hub_id = ${hubId} and w.day = ${day} group by w.id order by w.seq`,
    readRuns(ctx, hubId, day),
    readLateStops(ctx, hubId, day),
  ])
  return {
    hubId,
    hub: found(hubs[0]).name,
    day,
    ordersByStatus: Object.fromEntries(orders.map((row) => [row.status, row.n])),
    totalFen: orders.filter((row) => row.status !== 'cancelled').reduce((sum, row) => sum + row.total, 0),
    lines: orders.filter((row) => row.status !== 'cancelled').reduce((sum, row) => sum + row.lines, 0),
    cutLines: cuts.reduce((sum, row) => sum + row.n, 0),
    cutsByReason: Object.fromEntries(cuts.map((row) => [row.reason, row.n])),
    consignmentsByStatus: Object.fromEntries(consignments.map((row) => [row.status, row.n])),
    waves: [...waves],
    runs: [...runs],
    lateStops: lateStops.map((row) => ({
      ...row,
      windowToAt: row.windowToAt.toISOString(),
      plannedArriveAt: row.plannedArriveAt.toISOString(),
    })),
  }
}

const readRuns = (ctx: Ctx, hubId: string, day: string) => ctx.sql<Board['runs']>`
  select r.id, r.seq, v.plate, p.name as driver, r.status, count(s.id) as stops,
    count(s.id) filter (where s.status in ('delivered', 'partial', 'refused', 'failed')) as finished,
    count(s.id) filter (where s.status = 'failed') as failed,
    count(s.id) filter (where s.late_noticed_at is not null) as late,
    (select si.name from stops n join sites si on si.id = n.site_id
      where n.run_id = r.id and n.status in ('waiting', 'arrived') order by n.seq limit 1) as "nextSite"
  from runs r join vehicles v on v.id = r.vehicle_id left join people p on p.id = r.driver_person_id
  left join stops s on s.run_id = r.id
  where r.hub_id = ${hubId} and r.day = ${day} group by r.id, v.plate, p.name order by r.seq limit 300`

const readLateStops = (ctx: Ctx, hubId: string, day: string) => ctx.sql<
  { stopId: string; site: string; plate: string; windowToAt: Date; plannedArriveAt: Date }[]
>`
  select s.id as "stopId", si.name as site, v.plate, s.window_to_at as "windowToAt", s.planned_arrive_at as "plannedArriveAt"
  from stops s join runs r on r.id = s.run_id join vehicles v on v.id = r.vehicle_id join sites si on si.id = s.site_id
  where r.hub_id = ${hubId} and r.day = ${day} and s.late_noticed_at is not null and s.finished_at is null
  order by s.window_to_at limit 100`
