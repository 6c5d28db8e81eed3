import { batchInputs } from '@huming/db/schema/production'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, inArray } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockLot } from '../stock/rows.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { type BatchDoc, batchDoc, certifiesBy } from './batch-doc.ts'
import { contentsOf, refuseUnnamedAllergens } from './contents.ts'
import { lotCodesIn } from './lot-codes.ts'
import { putBack, takeOut } from './material-stock.ts'
import { packFacts, recipeAmounts } from './recipe-rows.ts'
import { lockBatch, takenLots } from './rows.ts'
import { needsOf } from './rules.ts'

type Body = ContractParsed<Contracts['production.takeInput']>['body']
type Batch = Awaited<ReturnType<typeof lockBatch>>
type Lot = Awaited<ReturnType<typeof lockLot>>

/**
 * Takes so much of a lot into a running batch, or puts it back (negative, with a reason). The lot's row is locked and
 * the statement that takes is guarded, so two batches never take the same goods. What the batch makes is linked to the
 * lot from this moment on: a recall of the material reaches goods that are still being made.
 */
export async function takeInput(ctx: Ctx, batchId: string, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'production.write')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, batchId)
    allow(ctx, 'production.write', { orgId: batch.orgId })
    const lot = await lockNamed(tx, batch.orgId, body.lot)
    if (await isRepeat(tx, id, batchId, lot.id, body)) return batchDoc(tx, ctx, batchId)
    if (!nextStatus('productionBatch', batch.status, 'take')) throw new Fault('wrong_state')
    if (body.quantity > 0) await refuseInput(tx, ctx, batch, lot)
    else await refusePutBack(tx, batchId, lot.id, body)
    const { orgId, lotId } = batch
    const eventId = await emit(tx, ctx, {
      type: body.quantity > 0 ? 'batch.took' : 'batch.put_back',
      subjectId: batchId,
      orgId,
      payload: { lotId: lot.id, lotCode: lot.code, quantity: body.quantity, outputLotId: lotId },
    })
    const move = { lot, quantity: Math.abs(body.quantity), subjectId: batchId, reason: body.reason, eventId }
    if (body.quantity > 0) await takeOut(tx, ctx, move)
    else await putBack(tx, ctx, move)
    const { quantity, reason } = body
    await tx.insert(batchInputs).values({
      id,
      batchId,
      lotId: lot.id,
      quantity,
      reason,
      takenBy: personIdOf(ctx),
      at: ctx.now,
    })
    await linkGoods(tx, [
      {
        kind: 'made_of',
        fromId: lot.id,
        toId: lotId,
        quantity,
        toQuantity: await standsFor(tx, batch, lot.skuId, quantity),
        eventId,
        at: ctx.now,
      },
    ])
    return batchDoc(tx, ctx, batchId)
  })
}

/** The organisation's lot that a scan or a typed code names, locked. */
async function lockNamed(tx: Tx, orgId: string, text: string): Promise<Lot> {
  const [named] = await tx
    .select({ id: lots.id })
    .from(lots)
    .where(and(eq(lots.orgId, orgId), inArray(lots.code, lotCodesIn(text))))
    .limit(1)
  return lockLot(tx, found(named).id)
}

async function isRepeat(tx: Tx, id: string, batchId: string, lotId: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(batchInputs).where(eq(batchInputs.id, id))
  if (!row) return false
  const same = row.batchId === batchId && row.lotId === lotId && row.quantity === body.quantity
  if (!same || row.reason !== body.reason) throw new Fault('id_reused')
  return true
}

/** What stands against using the lot: its day, the recipe, its papers, its allergens, its own descent. */
async function refuseInput(tx: Tx, ctx: Ctx, batch: Batch, lot: Lot): Promise<void> {
  const today = serviceDayOf(ctx.now)
  const packs = await packFacts(tx, [batch.skuId, lot.skuId])
  const pack = found(packs.get(batch.skuId))
  const recipe = await recipeAmounts(tx, batch.recipeId)
  if (!recipe.inputs.some((input) => input.skuId === lot.skuId))
    throw new Fault('not_in_recipe', lot.code, { params: { name: packs.get(lot.skuId)?.name ?? lot.code } })
  if (lot.useByDay < today)
    throw new Fault('input_expired', lot.code, { params: { lot: lot.code, day: lot.useByDay } })
  // 无证不得收购: goods without a certificate are not mixed or packed anew (农业农村部令2025年第4号).
  const isPackaging = packs.get(lot.skuId)?.materialKind === 'packaging'
  if (certifiesBy(pack.category) === 'form_2' && !isPackaging && lot.certificate === '')
    throw new Fault('certificate_missing', lot.code, { params: { lot: lot.code, paper: '承诺达标合格证' } })
  const contents = await contentsOf(tx, [lot.id])
  if (contents.lotIds.has(batch.lotId)) throw new Fault('genealogy_cycle', lot.code)
  refuseUnnamedAllergens(ctx, pack.allergens, contents.allergens)
}

async function refusePutBack(tx: Tx, batchId: string, lotId: string, body: Body): Promise<void> {
  if (body.reason === '')
    throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/reason', reason: 'missing' }] })
  const most = (await takenLots(tx, batchId)).find((one) => one.lotId === lotId)?.quantity ?? 0
  if (-body.quantity > most) throw new Fault('over_put_back', '', { params: { most }, most })
}

/**
 * How much of the planned lot stands for what is taken now, as the recipe has it; made exact when the batch is
 * finished. Putting back takes the same share away again.
 */
async function standsFor(tx: Tx, batch: Batch, skuId: string, quantity: number): Promise<number> {
  const needed = needsOf(await recipeAmounts(tx, batch.recipeId), batch.plannedQuantity).get(skuId) ?? 1
  const part = Number(
    (BigInt(batch.plannedQuantity) * BigInt(Math.abs(quantity)) * 2n + BigInt(needed)) /
      (BigInt(needed) * 2n),
  )
  return Math.sign(quantity) * Math.max(1, part)
}
