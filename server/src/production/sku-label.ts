import { isDeepStrictEqual } from 'node:util'
import { skuLabels } from '@huming/db/schema/production'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { checkSc } from '@huming/shared/identifiers/sc'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import { classifyDish, dishFlaws, knownAnswers } from '@huming/shared/reference/prepared-dish'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { contentsOfPacks } from './contents.ts'
import { dishClassOf, refuseDishFlaws } from './dish.ts'
import { proposedIngredients } from './proposed-ingredients.ts'
import { packFacts, recipesInForce } from './recipe-rows.ts'
import { packJoins, packOf } from './rows.ts'

type Label = ContractReply<Contracts['production.readLabel']>
type Body = ContractParsed<Contracts['production.writeLabel']>['body']

/** What the label of a pack says, what its recipe would put on it, and what speaks against it. */
export async function readLabel(ctx: Ctx, skuId: string): Promise<Label> {
  const pack = found((await packFacts(ctx.db, [skuId])).get(skuId))
  allow(ctx, 'production.read', { orgId: pack.orgId })
  return labelDoc(ctx.db, ctx, skuId)
}

/**
 * Writes the label data of a pack. Its 预制菜 class follows from the answers by the rules of the day. Refuses a wrong
 * SC number, and a preservative in a prepared dish.
 */
export async function writeLabel(ctx: Ctx, skuId: string, body: Body): Promise<Label> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, skuId)
    const pack = found((await packFacts(tx, [skuId])).get(skuId))
    allow(ctx, 'production.write', { orgId: pack.orgId })
    const [before] = await tx.select().from(skuLabels).where(eq(skuLabels.skuId, skuId))
    if (before && isRepeat(before, body)) return labelDoc(tx, ctx, skuId)
    if ((before?.version ?? 0) !== body.version) throw new Fault('stale_version')
    if (body.scNumber !== '' && !checkSc(body.scNumber).ok)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/scNumber', reason: 'check_digit' }] })
    const { ingredients, productStandard, scNumber, answers } = body
    const today = serviceDayOf(ctx.now)
    const preparedDishClass = dishClassOf(pack, { answers }, today)
    const added = ingredients.flatMap((one) =>
      one.additiveClass ? [{ name: one.name, additiveClass: one.additiveClass }] : [],
    )
    refuseDishFlaws(ctx, pack, preparedDishClass, added, today)
    const row = { ingredients, productStandard, scNumber, answers, preparedDishClass, writtenAt: ctx.now }
    await tx
      .insert(skuLabels)
      .values({ skuId, orgId: pack.orgId, ...row, version: body.version + 1 })
      .onConflictDoUpdate({ target: skuLabels.skuId, set: { ...row, version: body.version + 1 } })
    await emit(tx, ctx, {
      type: 'label.written',
      subjectId: skuId,
      orgId: pack.orgId,
      payload: { preparedDishClass, version: body.version + 1 },
    })
    return labelDoc(tx, ctx, skuId)
  })
}

function isRepeat(before: typeof skuLabels.$inferSelect, body: Body): boolean {
  const { ingredients, productStandard, scNumber, answers } = before
  const { version, ...wanted } = body
  return (
    before.version === version + 1 &&
    isDeepStrictEqual({ ingredients, productStandard, scNumber, answers }, JSON.parse(JSON.stringify(wanted)))
  )
}

async function labelDoc(db: Db | Tx, ctx: Ctx, skuId: string): Promise<Label> {
  const pack = found((await packFacts(db, [skuId])).get(skuId))
  const [row] = await db.select().from(skuLabels).where(eq(skuLabels.skuId, skuId))
  const [named] = await docs<{ name: string; nameEn: string; spec: string }>(
    db,
    sql`select ${packOf} from (select ${skuId}::uuid as id) w ${packJoins(sql`w.id`)}`,
  )
  const today = serviceDayOf(ctx.now)
  const recipe = (await recipesInForce(db, { orgId: pack.orgId, day: today })).get(skuId)
  const answers = { ...knownAnswers(pack.category), ...row?.answers }
  const preparedDishClass = dishClassOf(pack, row ?? null, today)
  const inside = recipe
    ? await contentsOfPacks(
        db,
        recipe.inputs.map((input) => input.skuId),
      )
    : null
  const additives = [...(inside?.additives ?? []), ...(row?.ingredients ?? [])].flatMap(
    (one) => one.additiveClass ?? [],
  )
  const isPacked = isCategoryId(pack.category) && categoryOf(pack.category).nature === 'prepackaged'
  const isOpen = 'open' in classifyDish(pack.category, answers, today)
  const flaws = dishFlaws(
    { dishClass: preparedDishClass, additives, shelfLifeDays: pack.shelfLifeDays },
    today,
  )
  return {
    skuId,
    name: found(named).name,
    nameEn: found(named).nameEn,
    spec: found(named).spec,
    ingredients: (row?.ingredients ?? []) as Label['ingredients'],
    proposed: recipe ? ((await proposedIngredients(db, recipe)) as Label['proposed']) : [],
    allergens: pack.allergens as Label['allergens'],
    productStandard: row?.productStandard ?? '',
    scNumber: row?.scNumber ?? '',
    storage: pack.storage,
    shelfLifeDays: pack.shelfLifeDays,
    answers,
    preparedDishClass,
    warnings: [
      ...(flaws.some((flaw) => flaw.effect === 'warn') ? (['shelf_life_over_year'] as const) : []),
      ...(isOpen ? (['question_open'] as const) : []),
      ...(isPacked && !row?.productStandard ? (['standard_missing'] as const) : []),
      ...(isPacked && !row?.scNumber ? (['licence_missing'] as const) : []),
    ],
    version: row?.version ?? 0,
  }
}
