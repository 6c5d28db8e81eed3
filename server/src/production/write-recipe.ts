import { isDeepStrictEqual } from 'node:util'
import { recipeInputs, recipeSteps, recipes } from '@huming/db/schema/recipes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import { asc, eq, max, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'
import { contentsOfPacks, refuseUnnamedAllergens } from './contents.ts'
import { type PackFacts, packFacts, type RecipeDoc, recipeDoc } from './recipe-rows.ts'
import { productionScope } from './rows.ts'

type Body = ContractParsed<Contracts['production.writeRecipe']>['body']

/** All recipes are written one after the other: two of them could close a cycle together. */
const recipesLock = 'recipes'

/**
 * Writes a new version of the recipe of a pack, in force from a day on until a newer one is. Versions are never
 * changed: what was made by one can always be explained by it.
 */
export async function writeRecipe(ctx: Ctx, id: string, body: Body): Promise<RecipeDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, recipesLock)
    const packs = await packFacts(tx, [body.skuId, ...body.inputs.map((input) => input.skuId)])
    const pack = found(packs.get(body.skuId))
    allow(ctx, 'production.write', { orgId: pack.orgId })
    const today = serviceDayOf(ctx.now)
    const scope = productionScope(ctx, sql`r`)
    if (await isRepeat(tx, id, body)) return recipeDoc(tx, id, today, scope)
    refuseFlaws(body, today)
    refuseInputs(body, pack, packs)
    await refuseCycle(tx, body)
    const inputIds = body.inputs.map((input) => input.skuId)
    refuseUnnamedAllergens(ctx, pack.allergens, (await contentsOfPacks(tx, inputIds)).allergens)
    const [last] = await tx
      .select({ version: max(recipes.version) })
      .from(recipes)
      .where(eq(recipes.skuId, body.skuId))
    const { skuId, kind, batchQuantity, toleranceBp, validFrom, note } = body
    const version = (last?.version ?? 0) + 1
    await tx.insert(recipes).values({
      id,
      orgId: pack.orgId,
      skuId,
      version,
      kind,
      batchQuantity,
      toleranceBp,
      validFrom,
      note,
      createdBy: personIdOf(ctx),
      createdAt: ctx.now,
    })
    await tx
      .insert(recipeInputs)
      .values(body.inputs.map((input, i) => ({ recipeId: id, seq: i + 1, ...input })))
    if (body.steps.length > 0)
      await tx
        .insert(recipeSteps)
        .values(body.steps.map((step, i) => ({ recipeId: id, seq: i + 1, ...step })))
    await emit(tx, ctx, {
      type: 'recipe.written',
      subjectId: id,
      orgId: pack.orgId,
      payload: { skuId, version, validFrom, inputs: inputIds },
    })
    return recipeDoc(tx, id, today, scope)
  })
}

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(recipes).where(eq(recipes.id, id))
  if (!row) return false
  const inputs = await tx
    .select({ skuId: recipeInputs.skuId, quantity: recipeInputs.quantity, lossBp: recipeInputs.lossBp })
    .from(recipeInputs)
    .where(eq(recipeInputs.recipeId, id))
    .orderBy(asc(recipeInputs.seq))
  const steps = await tx
    .select()
    .from(recipeSteps)
    .where(eq(recipeSteps.recipeId, id))
    .orderBy(asc(recipeSteps.seq))
  const { skuId, kind, batchQuantity, toleranceBp, validFrom, note } = row
  const before = {
    skuId,
    kind,
    batchQuantity,
    toleranceBp,
    validFrom,
    note,
    inputs,
    steps: steps.map(({ name, minutes, minDeciC, maxDeciC }) => ({ name, minutes, minDeciC, maxDeciC })),
  }
  if (!isDeepStrictEqual(before, JSON.parse(JSON.stringify(body)))) throw new Fault('id_reused')
  return true
}

function refuseFlaws(body: Body, today: string): void {
  const pointers = [
    ...(body.validFrom < today ? [{ pointer: '/body/validFrom', reason: 'past' }] : []),
    ...body.inputs.flatMap((input, i) =>
      body.inputs.findIndex((one) => one.skuId === input.skuId) < i
        ? [{ pointer: `/body/inputs/${i}/skuId`, reason: 'twice' }]
        : [],
    ),
    ...body.steps.flatMap((step, i) =>
      step.minDeciC !== null && step.maxDeciC !== null && step.minDeciC > step.maxDeciC
        ? [{ pointer: `/body/steps/${i}/minDeciC`, reason: 'above_maximum' }]
        : [],
    ),
  ]
  if (pointers.length > 0) throw new Fault('bad_input', '', { pointers })
}

/** Inputs are one's own packs and materials, or packs that others offer; repacking stays within one kind of goods. */
function refuseInputs(body: Body, pack: PackFacts, packs: ReadonlyMap<string, PackFacts>): void {
  const inputs = body.inputs.map((input) => found(packs.get(input.skuId)))
  if (inputs.some((input) => input.materialKind !== null && input.orgId !== pack.orgId))
    throw new Fault('not_found')
  if (body.kind !== 'repack') return
  const group = groupOf(pack.category)
  const goods = inputs.filter(
    (input) => input.materialKind !== 'packaging' && groupOf(input.category) !== 'D1',
  )
  const alike = goods.every((input) => groupOf(input.category) === group && input.baseUnit === pack.baseUnit)
  if (!isAgri(pack.category) || goods.length === 0 || !alike) throw new Fault('repack_other_goods')
}

function groupOf(category: string): string {
  if (!isCategoryId(category)) return category
  const { id, parent } = categoryOf(category)
  return parent ?? id
}

const isAgri = (category: string): boolean =>
  isCategoryId(category) && categoryOf(category).nature === 'edible_agri'

async function refuseCycle(tx: Tx, body: Body): Promise<void> {
  const inputs = body.inputs.map((input) => input.skuId)
  const rows = await tx.execute(sql`
    with recursive within(id) as (
      select k.id from skus k where k.id = ${anyOf(inputs)}
      union select x.sku_id from within join recipes r on r.sku_id = within.id and r.retired_at is null
        join recipe_inputs x on x.recipe_id = r.id)
    select 1 from within where id = ${body.skuId}`)
  if (rows.length > 0) throw new Fault('recipe_cycle')
}
