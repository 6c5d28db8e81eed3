import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { BaseUnit } from '@huming/shared/units'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import { packJoins, packOf } from './rows.ts'
import type { Recipe } from './rules.ts'

export type RecipeDoc = ContractReply<Contracts['production.readRecipe']>

/** Recipe `r` is the newest of its pack that has begun by `today` and is not retired. */
export const isInForce = (today: string): SQL => sql`(r.retired_at is null and r.valid_from <= ${today}
  and not exists (select 1 from recipes n where n.sku_id = r.sku_id and n.retired_at is null
    and n.valid_from <= ${today} and n.version > r.version))`

/** Whole recipes over `recipes r`. */
export const recipeQuery = (today: string, where: SQL, tail: SQL = sql``): SQL => sql`
  select r.id, r.org_id as "orgId", ${packOf}, r.version, r.kind, r.batch_quantity as "batchQuantity",
    r.tolerance_bp as "toleranceBp", r.valid_from as "validFrom", r.note, r.retired_at is not null as retired,
    ${isInForce(today)} as "inForce", r.is_sample as "isSample", k.allergens,
    (select coalesce(json_agg(to_json(i) order by i.seq), '[]') from (
      select x.seq, x.quantity, x.loss_bp as "lossBp",
        ceil(x.quantity::numeric * 10000 / (10000 - x.loss_bp))::int8 as gross, ik.allergens,
        ik.id as "skuId", ik.code as "skuCode", ip.name, ip.name_en as "nameEn", ik.spec, io.short_name as supplier,
        ik.base_unit as "baseUnit", ik.order_unit as "orderUnit", ik.base_per_order_unit as "basePerOrderUnit"
      from recipe_inputs x join skus ik on ik.id = x.sku_id join products ip on ip.id = ik.product_id
      join organisations io on io.id = ik.org_id where x.recipe_id = r.id) i) as inputs,
    (select coalesce(json_agg(json_build_object('seq', s.seq, 'name', s.name, 'minutes', s.minutes,
      'minDeciC', s.min_deci_c, 'maxDeciC', s.max_deci_c) order by s.seq), '[]')
      from recipe_steps s where s.recipe_id = r.id) as steps
  from recipes r ${packJoins(sql`r.sku_id`)} where ${where} ${tail}`

/** One version of a recipe under a condition; `not_found` when there is none. */
export async function recipeDoc(db: Db | Tx, id: string, today: string, scope: SQL): Promise<RecipeDoc> {
  const [doc] = await docs<RecipeDoc>(db, recipeQuery(today, sql`r.id = ${id} and ${scope}`))
  return found(doc)
}

type Row = {
  id: string
  skuId: string
  batchQuantity: number
  toleranceBp: number
  inputs: Recipe['inputs']
}

/** The recipes in force on the day of these packs of the organisation and of all that goes into them, by pack. */
export async function recipesInForce(
  db: Db | Tx,
  ask: { orgId: string; day: string },
): Promise<Map<string, Recipe & { id: string }>> {
  const rows = await docs<Row>(
    db,
    sql`select r.id, r.sku_id as "skuId", r.batch_quantity as "batchQuantity", r.tolerance_bp as "toleranceBp",
        (select json_agg(json_build_object('skuId', x.sku_id, 'baseUnit', k.base_unit, 'quantity', x.quantity,
          'lossBp', x.loss_bp) order by x.seq) from recipe_inputs x join skus k on k.id = x.sku_id
          where x.recipe_id = r.id) as inputs
      from recipes r where r.org_id = ${ask.orgId} and ${isInForce(ask.day)} limit 2000`,
  )
  return new Map(rows.map(({ skuId, ...recipe }) => [skuId, recipe]))
}

/** A recipe's amounts, whatever its state. */
export async function recipeAmounts(db: Db | Tx, recipeId: string): Promise<Recipe> {
  const [row] = await docs<Recipe>(
    db,
    sql`select r.batch_quantity as "batchQuantity", r.tolerance_bp as "toleranceBp",
        (select json_agg(json_build_object('skuId', x.sku_id, 'baseUnit', k.base_unit, 'quantity', x.quantity,
          'lossBp', x.loss_bp) order by x.seq) from recipe_inputs x join skus k on k.id = x.sku_id
          where x.recipe_id = r.id) as inputs
      from recipes r where r.id = ${recipeId}`,
  )
  return found(row)
}

/** What a pack is, for the rules of production. */
export type PackFacts = {
  skuId: string
  orgId: string
  code: string
  name: string
  category: string
  baseUnit: BaseUnit
  zone: string
  storage: string
  shelfLifeDays: number
  allergens: string[]
  /** `ingredient`, `additive`, `packaging`, or null for a pack that is offered. */
  materialKind: string | null
  additiveClass: string | null
}

export async function packFacts(db: Db | Tx, skuIds: readonly string[]): Promise<Map<string, PackFacts>> {
  const rows = await docs<PackFacts>(
    db,
    sql`select k.id as "skuId", k.org_id as "orgId", k.code, p.name, p.category, k.base_unit as "baseUnit", k.zone,
        k.storage, k.shelf_life_days as "shelfLifeDays", k.allergens, m.kind as "materialKind",
        m.additive_class as "additiveClass"
      from skus k join products p on p.id = k.product_id left join materials m on m.sku_id = k.id
      where k.id = ${anyOf(skuIds)} and k.archived_at is null and p.archived_at is null`,
  )
  return new Map(rows.map((row) => [row.skuId, row]))
}
