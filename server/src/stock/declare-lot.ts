import { isDeepStrictEqual } from 'node:util'
import { hubs, organisations } from '@huming/db/schema/accounts'
import { products, skus } from '@huming/db/schema/catalogue'
import { events } from '@huming/db/schema/events'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { PAPERS, type PaperId } from '@huming/shared/reference/papers'
import { and, eq, isNull } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'
import { promisableOf } from './allocation.ts'
import { capOf } from './confidence.ts'
import { issueMakersPaper } from './lot-papers.ts'
import { type Lot, readLotRow } from './rows.ts'
import { dayFlaws, lotCodeOf, makersPaperOf } from './rules.ts'

type Body = ContractParsed<Contracts['stock.declareLot']>['body']

/**
 * Declares a lot for a hub: a forecast, of which a capped share may be promised, or goods that are made. The same
 * declaration again answers with the lot as it now is, whatever has happened to it; another one is `id_reused`.
 */
export async function declareLot(ctx: Ctx, id: string, body: Body): Promise<Lot> {
  allow(ctx, 'lot.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const sku = await readSku(tx, body.skuId)
    allow(ctx, 'lot.write', { orgId: sku.orgId })
    if (await isRepeat(tx, id, body)) return readLotRow(tx, id)
    const [hub] = await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, body.hubId))
    found(hub)
    refuseFlaws(ctx, body, sku)
    const { skuId, hubId, stage, quantity, madeOn, readyDay, useByDay, certificate } = body
    // A supplier may promise less of its forecast than it is trusted for, never more.
    const capBp = Math.min(body.capBp, await capOf(tx, skuId, serviceDayOf(ctx.now)))
    const code = body.code ?? lotCodeOf(sku.code, madeOn ?? readyDay, id)
    const promisable = promisableOf(stage, { quantity, capBp, onHand: 0 })
    await insertLot(tx, {
      id,
      code,
      skuId,
      orgId: sku.orgId,
      hubId,
      stage,
      quantity,
      promisable,
      capBp,
      madeOn,
      readyDay,
      useByDay,
      certificate,
      createdAt: ctx.now,
    })
    if (stage === 'made')
      await issueMakersPaper(tx, ctx, {
        id,
        category: sku.category,
        quantity,
        number: certificate,
        issuer: sku.supplier,
        issuedOn: madeOn,
      })
    await emit(tx, ctx, {
      type: 'lot.declared',
      subjectId: id,
      orgId: sku.orgId,
      hubId,
      payload: { ...body, lotCode: code },
    })
    return readLotRow(tx, id)
  })
}

async function readSku(tx: Tx, skuId: string) {
  const [row] = await tx
    .select({
      orgId: skus.orgId,
      code: skus.code,
      shelfLifeDays: skus.shelfLifeDays,
      category: products.category,
      supplier: organisations.name,
    })
    .from(skus)
    .innerJoin(products, eq(products.id, skus.productId))
    .innerJoin(organisations, eq(organisations.id, skus.orgId))
    .where(and(eq(skus.id, skuId), isNull(skus.archivedAt), isNull(products.archivedAt)))
  return found(row)
}

/** Compares with the declaration as it was recorded, for the lot itself moves on. */
async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [lot] = await tx.select({ id: lots.id }).from(lots).where(eq(lots.id, id))
  if (!lot) return false
  const [declared] = await tx
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'lot.declared')))
  const { lotCode: _, ...before } = declared?.payload ?? {}
  if (!isDeepStrictEqual(before, JSON.parse(JSON.stringify(body)))) throw new Fault('id_reused')
  return true
}

function refuseFlaws(ctx: Ctx, body: Body, sku: { shelfLifeDays: number; category: string }): void {
  const made = body.stage === 'made'
  const paper = makersPaperOf(sku.category)
  if (made && body.certificate === '' && paper) throw certificateMissing(ctx, paper)
  const flaws = dayFlaws({ ...body, made, shelfLifeDays: sku.shelfLifeDays, today: serviceDayOf(ctx.now) })
  if (flaws.length > 0) throw new Fault('lot_days_wrong', '', { pointers: flaws })
}

/** The field where the number of the maker's paper is missing. */
export const certificateMissing = (ctx: Ctx, paper: PaperId): Fault =>
  new Fault('certificate_missing', '', {
    params: { paper: PAPERS[paper][ctx.locale] },
    pointers: [{ pointer: '/body/certificate', reason: 'missing' }],
  })

async function insertLot(tx: Tx, row: typeof lots.$inferInsert): Promise<void> {
  await tx
    .insert(lots)
    .values(row)
    .catch((error: unknown) => {
      if (violatedConstraint(error)?.includes('code')) throw new Fault('lot_code_taken')
      throw error
    })
}
