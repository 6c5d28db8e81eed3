import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { type RecipeDoc, recipeDoc, recipeQuery } from './recipe-rows.ts'
import { productionScope } from './rows.ts'

type List = Contracts['production.listRecipes']

/** Recipes one may see, newest first. */
export async function listRecipes(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  const rows = await docs<RecipeDoc>(
    ctx.db,
    recipeQuery(
      serviceDayOf(ctx.now),
      sql`${productionScope(ctx, sql`r`)}
        and ${query.orgId ? sql`r.org_id = ${query.orgId}` : sql`true`}
        and ${query.skuId ? sql`r.sku_id = ${query.skuId}` : sql`true`}
        and ${query.cursor ? sql`r.id < ${query.cursor}::uuid` : sql`true`}`,
      sql`order by r.id desc limit ${query.limit + 1}`,
    ),
  )
  return page(rows, query.limit, (row) => row.id)
}

/** One version of a recipe. */
export const readRecipe = (ctx: Ctx, id: string): Promise<RecipeDoc> =>
  recipeDoc(ctx.db, id, serviceDayOf(ctx.now), productionScope(ctx, sql`r`))
