import { addDays, dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type ConfidenceTerms, type ForecastWeek, standardTerms } from './confidence-rules.ts'
import { weekOf } from './forecast-rules.ts'

/** The terms of learning in force on a day; of several the one begun last. */
export async function readTerms(db: Db | Tx, day: string): Promise<ConfidenceTerms> {
  const [row] = await db.execute<ConfidenceTerms>(sql`
    select prior_bp as "priorBp", prior_weight as "priorWeight", half_life_weeks as "halfLifeWeeks",
      weeks_back as "weeksBack", floor_bp as "floorBp", ceiling_bp as "ceilingBp"
    from confidence_rules where valid_from <= ${day} and valid_to >= ${day} order by valid_from desc, id desc limit 1`)
  return row ?? standardTerms
}

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

export type ConfidenceRow = SupplierPack & {
  readonly learnedBp: number
  readonly evidence: number
  readonly learnedAt: Date
  readonly overrideBp: number | null
  readonly overrideReason: string
  readonly overrideUntil: string | null
}

/** What is kept of these packs. */
export async function readConfidences(
  db: Db | Tx,
  skuIds: readonly string[],
): Promise<Map<string, ConfidenceRow>> {
  const rows = await db.execute<ConfidenceRow>(sql`
    select org_id as "orgId", sku_id as "skuId", learned_bp as "learnedBp", evidence, learned_at as "learnedAt",
      override_bp as "overrideBp", override_reason as "overrideReason", override_until as "overrideUntil"
    from confidences where sku_id = any(${bareArray(skuIds)}::uuid[])`)
  return new Map([...rows].map((row) => [row.skuId, row]))
}

/** What holds of a pack on a day: set by operations, else learned, else what is believed of a stranger. */
export function effectiveOf(
  row: ConfidenceRow | undefined,
  terms: ConfidenceTerms,
  day: string,
): { bp: number; source: 'override' | 'learned' | 'prior' } {
  if (row && row.overrideBp !== null && (row.overrideUntil ?? '') >= day)
    return { bp: row.overrideBp, source: 'override' }
  return row && row.evidence > 0
    ? { bp: row.learnedBp, source: 'learned' }
    : { bp: terms.priorBp, source: 'prior' }
}
