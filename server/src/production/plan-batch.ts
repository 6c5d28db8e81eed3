import { hubs } from '@huming/db/schema/accounts'
import { productionBatches, skuLabels } from '@huming/db/schema/production'
import { recipes } from '@huming/db/schema/recipes'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'
import { and, eq, ne, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { promisableOf } from '../stock/allocation.ts'
import { capOf } from '../stock/confidence.ts'
import { lockLot } from '../stock/rows.ts'
import { dayFlaws, lotCodeOf } from '../stock/rules.ts'
import { type BatchDoc, batchDoc } from './batch-doc.ts'
import { contentsOfPacks, refuseUnnamedAllergens } from './contents.ts'
import { dishClassOf, refuseDishFlaws } from './dish.ts'
import { isInForce, type PackFacts, packFacts, recipeAmounts } from './recipe-rows.ts'
import { ensureStore } from './store.ts'

type Body = ContractParsed<Contracts['production.planBatch']>['body']

/**
 * Plans a batch. Its output lot exists from now on: a new planned lot, of which a share may be promised, or a planned
 * lot that orders stand on already. Refuses a recipe that is not in force on the day, and a pack whose label does not
 * fit what goes in.
 */
export async function planBatch(ctx: Ctx, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [recipe] = await tx.select().from(recipes).where(eq(recipes.id, body.recipeId))
    const { orgId, skuId } = found(recipe)
    allow(ctx, 'production.write', { orgId })
    if (await isRepeat(tx, id, body)) return batchDoc(tx, ctx, id)
    const inForce = await tx.execute(
      sql`select 1 from recipes r where r.id = ${body.recipeId} and ${isInForce(body.day)}`,
    )
    if (inForce.length === 0) throw new Fault('recipe_not_in_force')
    const pack = found((await packFacts(tx, [skuId])).get(skuId))
    await refuseLabel(tx, ctx, pack, body)
    const hubId = await boundFor(tx, orgId, body.hubId)
    const lotId = body.lotId ?? newId()
    if (body.lotId === null) await declare(tx, ctx, { lotId, hubId, pack, body })
    else await takeOver(tx, body.lotId, { skuId, hubId, orgId })
    await tx.insert(productionBatches).values({
      id,
      number: sayableNumber('B', id),
      orgId,
      recipeId: body.recipeId,
      skuId,
      lotId,
      ownsLot: body.lotId === null,
      status: 'planned',
      plannedDay: body.day,
      plannedQuantity: body.quantity,
      createdBy: personIdOf(ctx),
      createdAt: ctx.now,
    })
    const { quantity, day } = body
    await emitAll(tx, ctx, [
      ...(body.lotId === null
        ? [
            {
              type: 'lot.declared',
              subjectId: lotId,
              orgId,
              hubId,
              payload: { skuId, stage: 'planned', quantity, batchId: id },
            },
          ]
        : []),
      {
        type: 'batch.planned',
        subjectId: id,
        orgId,
        payload: { lotId, skuId, quantity, day, recipeId: body.recipeId },
      },
    ])
    return batchDoc(tx, ctx, id)
  })
}

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [row] = await tx
    .select({ batch: productionBatches, hubId: lots.hubId, hubKind: hubs.kind })
    .from(productionBatches)
    .innerJoin(lots, eq(lots.id, productionBatches.lotId))
    .innerJoin(hubs, eq(hubs.id, lots.hubId))
    .where(eq(productionBatches.id, id))
  if (!row) return false
  const { batch } = row
  const same =
    batch.recipeId === body.recipeId &&
    batch.plannedQuantity === body.quantity &&
    batch.plannedDay === body.day &&
    (body.hubId === null ? row.hubKind === 'store' : row.hubId === body.hubId) &&
    (body.lotId === null ? batch.ownsLot : batch.lotId === body.lotId)
  if (!same) throw new Fault('id_reused')
  return true
}

/** The hub it is bound for: one that serves buyers, or one's own store. */
async function boundFor(tx: Tx, orgId: string, hubId: string | null): Promise<string> {
  if (hubId === null) return ensureStore(tx, orgId)
  const [hub] = await tx.select().from(hubs).where(eq(hubs.id, hubId))
  const { kind, orgId: owner } = found(hub)
  if (kind === 'store' && owner !== orgId) throw new Fault('not_found')
  return hubId
}

async function refuseLabel(tx: Tx, ctx: Ctx, pack: PackFacts, body: Body): Promise<void> {
  const { inputs } = await recipeAmounts(tx, body.recipeId)
  const goods = await contentsOfPacks(
    tx,
    inputs.map((input) => input.skuId),
  )
  refuseUnnamedAllergens(ctx, pack.allergens, goods.allergens)
  const [label] = await tx.select().from(skuLabels).where(eq(skuLabels.skuId, pack.skuId))
  const own = await contentsOfPacks(tx, [pack.skuId])
  refuseDishFlaws(
    ctx,
    pack,
    dishClassOf(pack, label ?? null, body.day),
    [...goods.additives, ...own.additives],
    body.day,
  )
}

type Declared = { lotId: string; hubId: string; pack: PackFacts; body: Body }

async function declare(tx: Tx, ctx: Ctx, { lotId, hubId, pack, body }: Declared): Promise<void> {
  const useByDay = addDays(body.day as ServiceDay, pack.shelfLifeDays)
  const flaws = dayFlaws({
    made: false,
    madeOn: null,
    readyDay: body.day,
    useByDay,
    shelfLifeDays: pack.shelfLifeDays,
    today: serviceDayOf(ctx.now),
  })
  if (flaws.length > 0)
    throw new Fault('lot_days_wrong', '', { pointers: [{ pointer: '/body/day', reason: 'past' }] })
  const { quantity } = body
  const capBp = await capOf(tx, pack.skuId, serviceDayOf(ctx.now))
  await tx.insert(lots).values({
    id: lotId,
    code: lotCodeOf(pack.code, body.day, lotId),
    skuId: pack.skuId,
    orgId: pack.orgId,
    hubId,
    stage: 'planned',
    quantity,
    promisable: promisableOf('planned', { quantity, capBp, onHand: 0 }),
    capBp,
    madeOn: null,
    readyDay: body.day,
    useByDay,
    createdAt: ctx.now,
  })
}

/** A planned lot of the same pack, hub and maker, that no other batch makes. */
async function takeOver(
  tx: Tx,
  lotId: string,
  want: { skuId: string; hubId: string; orgId: string },
): Promise<void> {
  const lot = await lockLot(tx, lotId)
  if (lot.orgId !== want.orgId) throw new Fault('not_found')
  if (lot.skuId !== want.skuId || lot.hubId !== want.hubId)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/lotId', reason: 'other_goods' }] })
  if (lot.stage !== 'planned') throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code })
  const [taken] = await tx
    .select({ number: productionBatches.number })
    .from(productionBatches)
    .where(and(eq(productionBatches.lotId, lotId), ne(productionBatches.status, 'cancelled')))
  if (taken) throw new Fault('lot_in_production', '', { params: { number: taken.number } })
}
