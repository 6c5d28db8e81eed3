import { metresBetween } from '@huming/shared/geo'
import { coldestOf } from '@huming/shared/proof'
import { sql } from 'drizzle-orm'
import type { Db } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'
import { onTimeToleranceMinutes } from './after-run-rules.ts'

export type RunRow = {
  runId: string
  hubId: string
  hub: string
  day: string
  seq: number
  plate: string
  drive: string
  driver: string | null
  status: string
  finishedAt: string | null
  plannedMetres: number
  outKm: number | null
  backKm: number | null
  grossKg: number | null
  fixedFen: number
  hours: number
  stops: number
  arrived: number
  onTime: number
  dropSeconds: number
  dropStops: number
}

const late = sql`s.arrived_at <= s.window_to_at + make_interval(mins => ${onTimeToleranceMinutes}::int)`

/**
 * Runs that have left, over `runs r`; hours from leaving, by the driver's phone, to coming back, or to the last stop
 * closed.
 */
export const runRows = (db: Db, where: ReturnType<typeof sql>): Promise<RunRow[]> =>
  docs<RunRow>(
    db,
    sql`select r.id as "runId", r.hub_id as "hubId", h.name as hub, r.day, r.seq, v.plate, v.drive, p.name as driver, r.status,
        r.finished_at as "finishedAt", r.metres as "plannedMetres", m.out_km as "outKm", m.back_km as "backKm",
        v.gross_kg as "grossKg", v.fixed_fen as "fixedFen",
        greatest(0, extract(epoch from coalesce(r.finished_at, x.last, r.depart_at) - coalesce(e.at, r.depart_at)) / 3600)::float8 as hours,
        x.stops, x.arrived, x."onTime", x."dropSeconds", x."dropStops"
      from runs r join hubs h on h.id = r.hub_id join vehicles v on v.id = r.vehicle_id
      left join people p on p.id = r.driver_person_id left join run_odometers m on m.run_id = r.id
      left join lateral (
        select min((payload->>'at')::timestamptz) as at from events where subject_id = r.id and type = 'run.departed') e on true
      cross join lateral (
        select count(*)::int as stops, count(s.arrived_at)::int as arrived, count(*) filter (where ${late})::int as "onTime",
          coalesce(sum(extract(epoch from s.finished_at - s.arrived_at)) filter (where s.finished_at >= s.arrived_at), 0)::int as "dropSeconds",
          count(*) filter (where s.finished_at >= s.arrived_at)::int as "dropStops", max(s.finished_at) as last
        from stops s where s.run_id = r.id) x
      where r.status in ('on_road', 'finished') and ${where} order by r.day, h.name, r.seq limit 5000`,
  )

export type OrderRow = {
  orderId: string
  runId: string
  number: string
  buyer: string
  site: string
  day: string
  stopSeq: number
  grams: number
  metres: number
  cold: boolean
  onTime: boolean | null
  dropSeconds: number | null
}
type RawOrder = Omit<OrderRow, 'metres' | 'cold'> & { hub: Place; place: Place; zones: string[] }
type Place = { lngE6: number; latE6: number }

/** Orders of runs with what they weigh as picked, gross, and the great circle from hub to door (ISO 14083 allows it). */
export async function orderRows(db: Db, runIds: readonly string[]): Promise<OrderRow[]> {
  const rows = await docs<RawOrder>(
    db,
    sql`select o.id as "orderId", s.run_id as "runId", o.number, b.short_name as buyer, t.name as site, o.day, s.seq as "stopSeq",
        w.grams, w.zones, json_build_object('lngE6', h.lng_e6, 'latE6', h.lat_e6) as hub,
        json_build_object('lngE6', t.lng_e6, 'latE6', t.lat_e6) as place,
        case when s.arrived_at is not null then ${late} end as "onTime",
        case when s.finished_at >= s.arrived_at then extract(epoch from s.finished_at - s.arrived_at)::int end as "dropSeconds"
      from stops s join stop_orders so on so.stop_id = s.id join orders o on o.id = so.order_id
      join organisations b on b.id = o.org_id join sites t on t.id = s.site_id join hubs h on h.id = o.hub_id
      cross join lateral (
        select coalesce(sum(ceil(coalesce(l.picked_quantity, l.quantity - l.cut_quantity)::numeric
            * k.gross_grams_per_unit / k.base_per_order_unit)), 0)::bigint as grams, array_agg(distinct k.zone) as zones
        from order_lines l join skus k on k.id = l.sku_id where l.order_id = o.id) w
      where s.run_id = ${anyOf(runIds)} order by s.run_id, s.seq, o.id`,
  )
  return rows.map(({ hub, place, zones, ...row }) => ({
    ...row,
    metres: Math.round(metresBetween(hub, place)),
    cold: coldestOf(zones ?? []) !== null,
  }))
}

export type Factor = {
  drive: string
  minGrossKg: number
  gramsPerKm: number
  coolingBp: number
  source: string
  certainty: string
  validFrom: string
  validTo: string
}

export const factorRows = (db: Db): Promise<Factor[]> =>
  docs<Factor>(
    db,
    sql`select drive, min_gross_kg as "minGrossKg", grams_per_km as "gramsPerKm", cooling_bp as "coolingBp", source, certainty,
        valid_from as "validFrom", valid_to as "validTo" from emission_factors order by min_gross_kg, valid_from`,
  )

/** The row in force on a day for a vehicle; an unknown weight counts as that of a light truck. */
export const factorFor = (factors: readonly Factor[], drive: string, grossKg: number | null, day: string) =>
  factors.findLast(
    (one) =>
      one.drive === drive &&
      one.minGrossKg <= (grossKg ?? 4495) &&
      one.validFrom <= day &&
      one.validTo >= day,
  ) ?? null
