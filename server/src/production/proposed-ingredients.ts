import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'
import { grossOf, type Recipe } from './rules.ts'

type Ingredient = { name: string; additiveClass: string | null }
type Named = {
  skuId: string
  name: string
  kind: string | null
  additiveClass: string | null
  within: Ingredient[]
}

/**
 * The ingredients a recipe puts on the label, in falling order of weight (GB 7718 4.1.3). A bought pack that is itself
 * made of several is named with its own list in brackets; packaging is none.
 */
export async function proposedIngredients(db: Db | Tx, recipe: Recipe): Promise<Ingredient[]> {
  const rows = await docs<Named>(
    db,
    sql`select k.id as "skuId", p.name, m.kind, m.additive_class as "additiveClass", coalesce(s.ingredients, '[]') as within
      from skus k join products p on p.id = k.product_id left join materials m on m.sku_id = k.id
      left join sku_labels s on s.sku_id = k.id
      where k.id = ${anyOf(recipe.inputs.map((input) => input.skuId))} and p.category <> 'D1'`,
  )
  const byId = new Map(rows.map((row) => [row.skuId, row]))
  return [...recipe.inputs]
    .sort((a, b) => grossOf(b) - grossOf(a))
    .flatMap((input) => {
      const row = byId.get(input.skuId)
      if (!row || row.kind === 'packaging') return []
      const inner = row.within.map((one) => one.name).join('、')
      const name = inner === '' ? row.name : `${row.name}（${inner}）`
      return [{ name: name.slice(0, 60), additiveClass: row.additiveClass }]
    })
}
