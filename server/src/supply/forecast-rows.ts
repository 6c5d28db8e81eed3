import type { ServiceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { Season } from './forecast-rules.ts'
import { packColumns } from './rows.ts'

export type ForecastPack = {
  readonly skuId: string
  readonly productId: string
  readonly orgId: string
  readonly skuCode: string
  readonly shelfLifeDays: number
  readonly seasons: readonly Season[]
}

/** Packs of a supplier that are on sale, by name, with what a pack shows. */
export async function readPacks<T extends object>(
  db: Db | Tx,
  of: { orgId: string } | { skuIds: readonly string[] },
): Promise<(T & ForecastPack)[]> {
  const which = 'orgId' in of ? sql`k.org_id = ${of.orgId}` : sql`k.id = any(${bareArray(of.skuIds)}::uuid[])`
  const rows = await db.execute<Record<string, unknown>>(sql`
    select ${packColumns}, p.id as "productId", k.org_id as "orgId", k.shelf_life_days::int4 as "shelfLifeDays",
      p.seasons
    from skus k join products p on p.id = k.product_id
    where ${which} and k.archived_at is null and p.archived_at is null order by p.name, k.spec, k.id limit 300`)
  return [...rows] as (T & ForecastPack)[]
}

/** An open forecast: a planned lot of a harvest week. */
export type OpenForecast = {
  readonly lotId: string
  readonly skuId: string
  readonly week: ServiceDay
  readonly harvestDay: ServiceDay
  readonly quantity: number
  readonly promisable: number
  readonly promised: number
  readonly readyDay: string
  readonly copied: boolean
  readonly version: number
}

/** Open forecasts of packs at a hub in some weeks. */
export async function readOpen(
  db: Db | Tx,
  { hubId, skuIds, weeks }: { hubId: string; skuIds: readonly string[]; weeks: readonly string[] },
): Promise<OpenForecast[]> {
  const rows = await db.execute<OpenForecast>(sql`
    select f.lot_id as "lotId", f.sku_id as "skuId", f.week, f.harvest_day as "harvestDay", l.quantity, l.promisable,
      l.promised, l.ready_day as "readyDay", f.copied, l.version
    from forecasts f join lots l on l.id = f.lot_id
    where f.hub_id = ${hubId} and f.sku_id = any(${bareArray(skuIds)}::uuid[])
      and f.week = any(${bareArray(weeks)}::text[]) and l.stage = 'planned'
    order by f.harvest_day, f.lot_id`)
  return [...rows]
}

export type WeekSum = {
  readonly skuId: string
  readonly week: ServiceDay
  readonly said: { harvestDay: ServiceDay; quantity: number }[]
  readonly made: number
}

/** What was said of weeks at a hub by harvest day, and what was harvested in them. */
export async function readSums(
  db: Db | Tx,
  { hubId, skuIds, weeks }: { hubId: string; skuIds: readonly string[]; weeks: readonly string[] },
): Promise<WeekSum[]> {
  const rows = await db.execute<WeekSum>(sql`
    select k.id as "skuId", w.week,
      coalesce((select json_agg(json_build_object('harvestDay', d.day, 'quantity', d.said) order by d.day) from (
        select f.harvest_day as day, sum(f.said_quantity) as said from forecasts f
        where f.sku_id = k.id and f.hub_id = ${hubId} and f.week = w.week group by 1) d), '[]') as said,
      coalesce((select sum(l.quantity) from lots l where l.sku_id = k.id and l.hub_id = ${hubId}
        and l.made_on between w.week and to_char(w.week::date + 6, 'YYYY-MM-DD')
        and l.stage not in ('planned', 'withdrawn')), 0)::int8 as made
    from unnest(${bareArray(skuIds)}::uuid[]) as k(id), unnest(${bareArray(weeks)}::text[]) as w(week)`)
  return [...rows]
}
