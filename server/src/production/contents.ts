import { ALLERGENS, type Allergen } from '@huming/shared/reference/allergens'
import { sql } from 'drizzle-orm'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import { missingFrom } from './rules.ts'

/** An additive in goods, as their label or the material names it. */
export type Additive = { name: string; additiveClass: string }
/** What is in lots and in everything they were made of. */
export type Contents = {
  /** The lots themselves and all before them. */
  readonly lotIds: ReadonlySet<string>
  readonly allergens: readonly string[]
  readonly additives: readonly Additive[]
}

/** All lots before these (and these), by what was made of them and moved on; edges taken back do not count. */
const upstream = (lotIds: readonly string[]) => sql`up(id) as (
  select unnest(${`{${lotIds.join(',')}}`}::uuid[])
  union
  select e.from_id from up join lateral (
    select x.from_id from trace_edges x where x.to_id = up.id and x.kind in ('made_of', 'moved')
    group by x.from_id having sum(x.quantity) > 0) e on true)`

/**
 * The union of allergens and additives over the whole genealogy of lots: what their packs say, what the label of each
 * lot said when it was made, and what each material is.
 */
export async function contentsOf(tx: Db | Tx, lotIds: readonly string[]): Promise<Contents> {
  const [row] = await docs<{ lotIds: string[]; allergens: string[]; additives: Additive[] }>(
    tx,
    sql`with recursive ${upstream(lotIds)},
      goods as (select l.id, k.id as sku_id, k.allergens, p.name from up join lots l on l.id = up.id
        join skus k on k.id = l.sku_id join products p on p.id = k.product_id),
      named as (
        select i->>'name' as name, i->>'additiveClass' as class from goods g
        left join lot_labels t on t.lot_id = g.id left join sku_labels s on s.sku_id = g.sku_id
        cross join lateral jsonb_array_elements(coalesce(t.ingredients, s.ingredients, '[]')) i
        union select g.name, m.additive_class from goods g join materials m on m.sku_id = g.sku_id)
      select array(select id from up) as "lotIds",
        array(select distinct a from (select unnest(allergens) as a from goods
          union select unnest(t.allergens) from goods g join lot_labels t on t.lot_id = g.id) x order by a) as allergens,
        (select coalesce(json_agg(json_build_object('name', name, 'additiveClass', class) order by name), '[]')
          from named where class is not null) as additives`,
  )
  const { lotIds: ids = [], allergens = [], additives = [] } = row ?? {}
  return { lotIds: new Set(ids), allergens, additives }
}

/**
 * The same of packs, before there are lots: what they say themselves. A label must name the allergens of everything
 * that goes in, so one level is enough.
 */
export async function contentsOfPacks(
  tx: Db | Tx,
  skuIds: readonly string[],
): Promise<Omit<Contents, 'lotIds'>> {
  const [row] = await docs<{ allergens: string[]; additives: Additive[] }>(
    tx,
    sql`select
        array(select distinct unnest(k.allergens) from skus k where k.id = ${anyOf(skuIds)} order by 1) as allergens,
        (select coalesce(json_agg(json_build_object('name', x.name, 'additiveClass', x.class) order by x.name), '[]') from (
          select i->>'name' as name, i->>'additiveClass' as class from sku_labels s
            cross join lateral jsonb_array_elements(s.ingredients) i where s.sku_id = ${anyOf(skuIds)}
          union select p.name, m.additive_class from materials m join skus k on k.id = m.sku_id
            join products p on p.id = k.product_id where m.sku_id = ${anyOf(skuIds)}) x
          where x.class is not null) as additives`,
  )
  return { allergens: row?.allergens ?? [], additives: row?.additives ?? [] }
}

/** Refuses a pack whose label names fewer allergens than its goods hold (GB 7718; 食品安全法 Art. 67). */
export function refuseUnnamedAllergens(
  ctx: Pick<Ctx, 'locale'>,
  label: readonly string[],
  goods: readonly string[],
): void {
  const missing = missingFrom(label, goods)
  if (missing.length === 0) return
  const names = missing.map((one) => ALLERGENS[one as Allergen]?.[ctx.locale] ?? one)
  throw new Fault('allergens_missing', missing.join(', '), {
    params: { allergens: names.join(ctx.locale === 'zh' ? '、' : ', ') },
    allergens: missing,
  })
}
