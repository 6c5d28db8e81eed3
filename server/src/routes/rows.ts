import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'
import type { Forecast } from './progress.ts'

export type Plan = ContractReply<Contracts['routes.readPlan']>
export type Run = Plan['runs'][number]
export type Stop = Run['stops'][number]
export type RunBrief = ContractReply<Contracts['routes.listRuns']>['items'][number]

/** What is or will be aboard for a line: picked, or ordered less what was cut. */
const carried = sql`coalesce(l.picked_quantity, l.quantity - l.cut_quantity)`

/** Weight, volume and zones per order, over the orders given; `loads` has them by zone. */
export const loadsOf = (orderIds: SQL): SQL => sql`
  select z.order_id, sum(z.grams)::bigint as grams, sum(z.millilitres)::bigint as millilitres,
    array_agg(z.zone order by z.zone) as zones,
    json_agg(json_build_object('zone', z.zone, 'grams', z.grams, 'millilitres', z.millilitres) order by z.zone) as loads
  from (
    select l.order_id, k.zone,
      sum(ceil(${carried}::numeric * k.gross_grams_per_unit / k.base_per_order_unit))::bigint as grams,
      sum(ceil(${carried}::numeric * k.millilitres_per_unit / k.base_per_order_unit))::bigint as millilitres
    from order_lines l join skus k on k.id = l.sku_id
    where l.order_id = ${orderIds} and ${carried} > 0
    group by l.order_id, k.zone) z
  group by z.order_id`

/** Over `sites t`, `organisations b`: where it goes. */
export const placeColumns = sql`t.id as "siteId", t.name as site, t.district_code as "districtCode",
  t.lng_e6 as "lngE6", t.lat_e6 as "latE6", b.short_name as buyer`

const stopColumns = sql`s.id, s.run_id as "runId", s.seq, s.trip, ${placeColumns}, t.address, s.status,
  s.window_from_at as "windowFromAt", s.window_to_at as "windowToAt", s.planned_arrive_at as "plannedArriveAt",
  s.arrived_at as "arrivedAt", s.finished_at as "finishedAt", s.version, t.service_seconds as "serviceSeconds",
  coalesce(x.grams, 0) as grams, coalesce(x.millilitres, 0) as millilitres, coalesce(x.zones, '{}') as zones,
  (select count(*) from totes c join stop_orders so on so.order_id = c.order_id
    where so.stop_id = s.id and c.status <> 'empty') as totes,
  (select coalesce(json_agg(json_build_object('id', o.id, 'number', o.number, 'status', o.status) order by o.id), '[]')
    from stop_orders so join orders o on o.id = so.order_id where so.stop_id = s.id) as orders`

export type StopDoc = Omit<Stop, keyof Forecast> & { runId: string }

/** Stops of runs in their order; `more` adds columns over `s` and `t`. */
export const stopDocs = <T = unknown>(
  tx: Db | Tx,
  runIds: readonly string[],
  more: SQL = sql``,
): Promise<(StopDoc & T)[]> =>
  docs(
    tx,
    sql`select ${stopColumns}${more}
      from stops s join sites t on t.id = s.site_id join organisations b on b.id = t.org_id
      left join lateral (
        select sum(q.grams) as grams, sum(q.millilitres) as millilitres,
          (select array_agg(distinct z order by z) from stop_orders so2, lateral (${loadsOf(sql`so2.order_id`)}) w, unnest(w.zones) z
            where so2.stop_id = s.id) as zones
        from stop_orders so, lateral (${loadsOf(sql`so.order_id`)}) q where so.stop_id = s.id) x on true
      where s.run_id = ${anyOf(runIds)} order by s.run_id, s.seq`,
  )

/** Over `runs r`, `vehicles v`. */
const runColumns = sql`r.id, r.plan_id as "planId", r.hub_id as "hubId", r.day, r.seq, r.status,
  r.vehicle_id as "vehicleId", v.plate, v.kind as "vehicleKind", r.driver_person_id as "driverPersonId",
  (select p.name from people p where p.id = r.driver_person_id) as driver,
  r.depart_at as "departAt", r.finished_at as "finishedAt", r.metres, r.version,
  r.trips_gone as "tripsGone", v.reload_minutes as "reloadMinutes",
  (select json_build_object('lngE6', h.lng_e6, 'latE6', h.lat_e6) from hubs h where h.id = r.hub_id) as hub,
  v.capacity_grams as "capacityGrams", v.capacity_millilitres as "capacityMillilitres", v.zones as "vehicleZones",
  (select count(*) from totes c join stop_orders so on so.order_id = c.order_id join stops s on s.id = so.stop_id
    where s.run_id = r.id and c.status in ('loaded', 'delivered', 'returned')) as "totesLoaded"`

export type RunDoc = Omit<
  Run,
  | 'stops'
  | 'stopCount'
  | 'stopsDone'
  | 'stopsFailed'
  | 'lateStops'
  | 'delayMinutes'
  | 'grams'
  | 'millilitres'
  | 'totes'
> & { hub: { lngE6: number; latE6: number }; reloadMinutes: number }

export const runDocs = (tx: Db | Tx, where: SQL, tail: SQL = sql`order by r.seq`): Promise<RunDoc[]> =>
  docs(
    tx,
    sql`select ${runColumns} from runs r join vehicles v on v.id = r.vehicle_id where ${where} ${tail}`,
  )
