import { addDays, dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { ForecastWeek } from './confidence-rules.ts'
import { weekOf } from './forecast-rules.ts'

/** A supplier's pack. */
export type SupplierPack = { readonly orgId: string; readonly skuId: string }
export type WeekRow = ForecastWeek & { readonly week: ServiceDay }

/**
 * Weeks that are over, newest first: what was said of each when it began, what was called off of the pack with a
 * making day in it (two days before delivery where none was reckoned), and what docks accepted of lots made in it.
 * A week's last loads are still on the road for some days, so a week counts from the Thursday after it.
 */
export async function readWeeks(
  db: Db | Tx,
  packs: readonly SupplierPack[],
  now: Date,
  weeksBack: number,
): Promise<Map<string, WeekRow[]>> {
  const today = serviceDayOf(now)
  const thisWeek = weekOf(addDays(today, -3))
  const first = addDays(thisWeek, -7 * weeksBack)
  const skuIds = sql`any(${bareArray(packs.map((pack) => pack.skuId))}::uuid[])`
  const rows = await db.execute<{
    skuId: string
    week: ServiceDay
    said: number
    asked: number
    brought: number
  }>(sql`
    with said as (
      select f.sku_id, f.week, sum(f.said_quantity)::int8 as quantity from forecasts f join lots l on l.id = f.lot_id
      where f.sku_id = ${skuIds} and f.week >= ${first} and f.week < ${thisWeek}
      group by 1, 2)
    select s.sku_id as "skuId", s.week, s.quantity as said,
      coalesce((select sum(c.quantity) from call_offs c where c.sku_id = s.sku_id and ${makingDay} >= s.week
        and ${makingDay} <= ${weekEnd}), 0)::int8 as asked,
      coalesce((select sum(x.received_quantity) from lots l join consignment_lines x on x.lot_id = l.id
        where l.sku_id = s.sku_id and l.made_on >= s.week and l.made_on <= ${weekEnd}), 0)::int8 as brought
    from said s order by s.week desc`)
  const weeks = [...rows].map(({ skuId, week, said, asked, brought }) => ({
    skuId,
    row: { week, said, asked, brought, ago: Math.floor(dayDiff(week, thisWeek) / 7) },
  }))
  const bySku = Map.groupBy(weeks, (one) => one.skuId)
  return new Map([...bySku].map(([skuId, list]) => [skuId, list.map((one) => one.row)]))
}

/** Over `call_offs c`: the Shanghai day on which the goods are made. */
const makingDay: SQL = sql`coalesce(to_char(c.make_by at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
  to_char(c.day::date - 2, 'YYYY-MM-DD'))`
/** Over `said s`: the week's Sunday. */
const weekEnd: SQL = sql`to_char(s.week::date + 6, 'YYYY-MM-DD')`
