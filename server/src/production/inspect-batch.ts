import { isDeepStrictEqual } from 'node:util'
import { inspections, productionBatches } from '@huming/db/schema/production'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { sayableNumber } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { writeHold } from '../stock/hold-lot.ts'
import { lockLot } from '../stock/rows.ts'
import { type BatchDoc, batchDoc, certifiesBy } from './batch-doc.ts'
import { issuePaper, type Parent, parentsOf } from './issue-paper.ts'
import { packFacts } from './recipe-rows.ts'
import { lockBatch } from './rows.ts'

type Body = ContractParsed<Contracts['production.inspectBatch']>['body']
type Batch = Awaited<ReturnType<typeof lockBatch>>
type Lot = Awaited<ReturnType<typeof lockLot>>
type Kind = ReturnType<typeof certifiesBy>

/**
 * Checks a batch that is made. Passed, its lot is made under the number of the inspection and may go out; failed, the
 * lot is held and its promises are freed (食品安全法 Art. 52; 农产品质量安全法 Art. 34). Goods of the field that were mixed
 * or packed anew get a collector's certificate, Form 2, which stands on the certificates of what went in. A failed
 * batch may be checked again.
 */
export async function inspectBatch(ctx: Ctx, batchId: string, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'production.inspect')
  return inTransaction(ctx, async (tx) => {
    const batch = await lockBatch(tx, batchId)
    allow(ctx, 'production.inspect', { orgId: batch.orgId })
    if (await isRepeat(tx, id, batchId, body)) return batchDoc(tx, ctx, batchId)
    const pack = found((await packFacts(tx, [batch.skuId])).get(batch.skuId))
    const kind = certifiesBy(pack.category)
    const passed = body.items.every((item) => item.passed)
    const status = nextStatus('productionBatch', batch.status, passed ? 'pass' : 'fail')
    if (!status) throw new Fault('wrong_state')
    refuseFlaws(ctx, batch, kind, body)
    if (passed) await refuseOffLimit(tx, ctx, batch)
    const lot = await lockLot(tx, batch.lotId)
    const number = sayableNumber(kind === 'form_2' ? 'H' : 'Q', id)
    const parents = kind === 'form_2' ? await parentsOf(tx, batchId) : []
    await tx.insert(inspections).values({
      id,
      number,
      orgId: batch.orgId,
      batchId,
      lotId: lot.id,
      kind,
      passed,
      items: body.items,
      basis: body.basis,
      fileIds: body.fileIds,
      note: body.note,
      parents: parents.map(({ lotId, lotCode, certificate }) => ({ lotId, lotCode, certificate })),
      inspectedBy: personIdOf(ctx),
      inspectedOn: body.inspectedOn,
      at: ctx.now,
    })
    await tx
      .update(productionBatches)
      .set({ status, version: sql`${productionBatches.version} + 1` })
      .where(eq(productionBatches.id, batchId))
    if (passed) await release(tx, ctx, lot, { number, kind, body, category: pack.category, parents })
    else await hold(tx, ctx, lot, body)
    await emit(tx, ctx, {
      type: passed ? 'batch.released' : 'batch.rejected',
      subjectId: batchId,
      orgId: batch.orgId,
      payload: { lotId: lot.id, number, kind },
    })
    return batchDoc(tx, ctx, batchId)
  })
}

async function isRepeat(tx: Tx, id: string, batchId: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(inspections).where(eq(inspections.id, id))
  if (!row) return false
  const { items, basis, inspectedOn, note, fileIds } = row
  const same =
    row.batchId === batchId && isDeepStrictEqual({ items, basis, inspectedOn, note, fileIds }, { ...body })
  if (!same) throw new Fault('id_reused')
  return true
}

function refuseFlaws(ctx: Ctx, batch: Batch, kind: Kind, body: Body): void {
  if (kind === 'factory_inspection' && body.items.length === 0) throw new Fault('inspection_empty')
  if (kind === 'form_2' && body.basis.length === 0) throw new Fault('basis_missing')
  const today = serviceDayOf(ctx.now)
  const made = batch.finishedAt ? serviceDayOf(batch.finishedAt) : today
  if (body.inspectedOn > today || body.inspectedOn < made)
    throw new Fault('lot_days_wrong', '', {
      pointers: [
        { pointer: '/body/inspectedOn', reason: body.inspectedOn > today ? 'future' : 'before_made' },
      ],
    })
}

/** Critical control points whose newest reading is beyond the limit: such goods are not released (GB 14881, HACCP). */
async function refuseOffLimit(tx: Tx, ctx: Ctx, batch: Batch): Promise<void> {
  const off = await tx.execute<{ name: string }>(sql`
    select s.name from recipe_steps s join lateral (
      select d.within_limits from batch_readings d where d.batch_id = ${batch.id} and d.seq = s.seq
      order by d.at desc, d.id desc limit 1) r on not r.within_limits
    where s.recipe_id = ${batch.recipeId} order by s.seq`)
  if (off.length === 0) return
  const names = [...off].map((step) => step.name)
  throw new Fault('critical_limit_off', '', {
    params: { names: names.join(ctx.locale === 'zh' ? '、' : ', ') },
  })
}

type Release = { number: string; kind: Kind; body: Body; category: string; parents: readonly Parent[] }

/** The lot goes on in its normal life, under the certificate. */
async function release(tx: Tx, ctx: Ctx, lot: Lot, made: Release): Promise<void> {
  const stage = nextStatus('lot', lot.stage, lot.stage === 'held' ? 'release_made' : 'make')
  if (!stage) throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code, stage: lot.stage })
  if (lot.useByDay < serviceDayOf(ctx.now)) throw new Fault('lot_expired', lot.code)
  const short = Math.max(0, lot.promised - lot.quantity)
  await tx
    .update(lots)
    .set({
      stage,
      certificate: made.number,
      holdReason: null,
      // As when any lot is made: never below what is promised; `lot.made_short` frees the rest.
      promisable: lot.quantity + short,
      version: lot.version + 1,
    })
    .where(eq(lots.id, lot.id))
  await issuePaper(tx, ctx, lot, made)
  const event = { subjectId: lot.id, orgId: lot.orgId, hubId: lot.hubId }
  const { quantity, madeOn, useByDay, promised } = lot
  await emitAll(tx, ctx, [
    {
      ...event,
      type: 'lot.made',
      payload: { quantity, madeOn, useByDay, certificate: made.number, planned: quantity, promised },
    },
    ...(short > 0 ? [{ ...event, type: 'lot.made_short', payload: { quantity, short } }] : []),
  ])
}

/** A failed inspection holds the lot as made. */
async function hold(tx: Tx, ctx: Ctx, lot: Lot, body: Body): Promise<void> {
  if (lot.stage === 'held') return
  const made = nextStatus('lot', lot.stage, 'make')
  const stage = made && nextStatus('lot', made, 'hold' satisfies FlowAction<'lot'>)
  if (!stage) throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code, stage: lot.stage })
  const failed = body.items.filter((item) => !item.passed).map((item) => `${item.item} ${item.value}`)
  const reason = `检验不合格：${failed.join('、')}`.slice(0, 200)
  await writeHold(tx, ctx, lot, { stage, from: 'made', reason })
}
