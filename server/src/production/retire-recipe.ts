import { recipes } from '@huming/db/schema/recipes'
import { serviceDayOf } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type RecipeDoc, recipeDoc } from './recipe-rows.ts'
import { productionScope } from './rows.ts'

/** Takes a version out of use; batches planned or running by it go on. A repeat changes nothing. */
export async function retireRecipe(ctx: Ctx, id: string, reason: string): Promise<RecipeDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(recipes).where(eq(recipes.id, id)).for('update')
    const { orgId, retiredAt, skuId, version } = found(row)
    allow(ctx, 'production.write', { orgId })
    if (!retiredAt) {
      await tx.update(recipes).set({ retiredAt: ctx.now }).where(eq(recipes.id, id))
      await emit(tx, ctx, {
        type: 'recipe.retired',
        subjectId: id,
        orgId,
        payload: { skuId, version, reason },
      })
    }
    return recipeDoc(tx, id, serviceDayOf(ctx.now), productionScope(ctx, sql`r`))
  })
}
