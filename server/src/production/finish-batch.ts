import { productionBatches } from '@huming/db/schema/production'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { baseText } from '@huming/shared/quantity'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type BatchDoc, batchDoc } from './batch-doc.ts'
import { contentsOf, refuseUnnamedAllergens } from './contents.ts'
import { correctEdges, lockGoods, useUp, writeMade } from './finish-writes.ts'
import { refuseIncompleteLabel, writeLotLabel } from './lot-label.ts'
import { type PackFacts, packFacts, recipeAmounts } from './recipe-rows.ts'
import { bySku, lockBatch, type TakenLot, takenLots } from './rows.ts'
import { expectedFrom, offRecipe, type Recipe, yieldIsOff } from './rules.ts'

type Body = ContractParsed<Contracts['production.finishBatch']>['body']
type Batch = Awaited<ReturnType<typeof lockBatch>>

/**
 * A running batch is made. Every input must have been taken and every step recorded; a yield or a mixture away from
 * the recipe needs a reason; the label must name all that is in. The output lot takes the true quantity but waits as
 * planned until it is checked: nothing leaves a base unchecked (食品安全法 Art. 52).
 */
export async function finishBatch(ctx: Ctx, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, id)
    allow(ctx, 'production.write', { orgId: batch.orgId })
    if (isRepeat(batch, body)) return batchDoc(tx, ctx, id)
    const status = nextStatus('productionBatch', batch.status, 'finish')
    if (!status) throw new Fault('wrong_state')
    const used = await takenLots(tx, id)
    const lot = await lockGoods(tx, batch.lotId, used)
    const pack = found((await packFacts(tx, [batch.skuId])).get(batch.skuId))
    refuseDays(ctx, batch, body)
    const recipe = await recipeAmounts(tx, batch.recipeId)
    await refuseOpenWork(tx, ctx, batch, recipe, used)
    await refuseOff(tx, ctx, pack, recipe, used, body)
    const contents = await contentsOf(
      tx,
      used.map((one) => one.lotId),
    )
    refuseUnnamedAllergens(ctx, pack.allergens, contents.allergens)
    const label = await refuseIncompleteLabel(tx, ctx, pack, contents.additives, body.madeOn)
    const { quantity, wasteGrams, reason, madeOn } = body
    const useByDay = addDays(madeOn as ServiceDay, pack.shelfLifeDays)
    const expectedQuantity = expectedFrom(recipe, bySku(used))
    await writeMade(tx, lot, { quantity, madeOn, useByDay })
    await writeLotLabel(tx, lot.id, pack, label, contents)
    await tx
      .update(productionBatches)
      .set({
        status,
        madeQuantity: quantity,
        expectedQuantity,
        wasteGrams,
        reason,
        finishedAt: ctx.now,
        version: sql`${productionBatches.version} + 1`,
      })
      .where(eq(productionBatches.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'batch.made',
      subjectId: id,
      orgId: batch.orgId,
      payload: { lotId: lot.id, quantity, expectedQuantity, wasteGrams, reason, inputs: used },
    })
    await correctEdges(tx, ctx, lot.id, used, quantity, eventId)
    await useUp(tx, ctx, used)
    return batchDoc(tx, ctx, id)
  })
}

const isRepeat = (batch: Batch, body: Body): boolean =>
  (batch.status === 'made' || batch.status === 'released' || batch.status === 'rejected') &&
  batch.madeQuantity === body.quantity &&
  batch.wasteGrams === body.wasteGrams &&
  batch.reason === body.reason

function refuseDays(ctx: Ctx, batch: Batch, body: Body): void {
  const today = serviceDayOf(ctx.now)
  const begun = batch.startedAt ? serviceDayOf(batch.startedAt) : today
  const why = body.madeOn > today ? 'future' : body.madeOn < begun ? 'before_start' : null
  if (why) throw new Fault('lot_days_wrong', '', { pointers: [{ pointer: '/body/madeOn', reason: why }] })
}

/** Inputs that nothing was taken of, and steps without a record. */
async function refuseOpenWork(
  tx: Tx,
  ctx: Ctx,
  batch: Batch,
  recipe: Recipe,
  used: readonly TakenLot[],
): Promise<void> {
  const taken = bySku(used)
  const open = recipe.inputs.filter((input) => !taken.has(input.skuId)).map((input) => input.skuId)
  if (open.length > 0)
    throw new Fault('inputs_missing', '', { params: { names: await namesOf(tx, ctx, open) } })
  const steps = await tx.execute<{ name: string }>(sql`
    select s.name from recipe_steps s where s.recipe_id = ${batch.recipeId} and not exists (
      select 1 from batch_readings d where d.batch_id = ${batch.id} and d.seq = s.seq) order by s.seq`)
  if (steps.length > 0)
    throw new Fault('steps_open', '', {
      params: {
        names: joined(
          ctx,
          [...steps].map((step) => step.name),
        ),
      },
    })
}

/** Mass balance: what came out against what the recipe gives from what went in. */
async function refuseOff(
  tx: Tx,
  ctx: Ctx,
  pack: PackFacts,
  recipe: Recipe,
  used: readonly TakenLot[],
  body: Body,
): Promise<void> {
  if (body.reason !== '') return
  const taken = bySku(used)
  if (yieldIsOff(recipe, taken, body.quantity)) {
    const expected = expectedFrom(recipe, taken)
    throw new Fault('yield_out_of_tolerance', '', {
      params: { expected: baseText(expected, pack.baseUnit, ctx.locale) },
      expected,
      pointers: [{ pointer: '/body/reason', reason: 'missing' }],
    })
  }
  const off = offRecipe(recipe, taken)
  if (off.length > 0)
    throw new Fault('mixture_off_recipe', '', {
      params: { names: await namesOf(tx, ctx, off) },
      pointers: [{ pointer: '/body/reason', reason: 'missing' }],
    })
}

async function namesOf(tx: Tx, ctx: Ctx, skuIds: readonly string[]): Promise<string> {
  const packs = await packFacts(tx, skuIds)
  return joined(
    ctx,
    skuIds.map((skuId) => packs.get(skuId)?.name ?? skuId),
  )
}

const joined = (ctx: Ctx, names: readonly string[]): string => names.join(ctx.locale === 'zh' ? '、' : ', ')
