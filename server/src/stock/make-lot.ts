import { isDeepStrictEqual } from 'node:util'
import { organisations } from '@huming/db/schema/accounts'
import { products, skus } from '@huming/db/schema/catalogue'
import { events } from '@huming/db/schema/events'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { and, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { certificateMissing } from './declare-lot.ts'
import { refuseInProduction } from './in-production.ts'
import { issueMakersPaper } from './lot-papers.ts'
import { type Lot, lockLot, readLotRow } from './rows.ts'
import { dayFlaws, makersPaperOf } from './rules.ts'

type Body = ContractParsed<Contracts['stock.makeLot']>['body']

/**
 * A planned lot has been harvested or made. Its true quantity is taken as it is, even when less than is already
 * promised: then nothing more is promised, and `lot.made_short` makes the orders give way until the promises fit.
 */
export async function makeLot(ctx: Ctx, id: string, body: Body): Promise<Lot> {
  allow(ctx, 'lot.write')
  return inTransaction(ctx, async (tx) => {
    const lot = await lockLot(tx, id)
    allow(ctx, 'lot.write', { orgId: lot.orgId })
    if (await isRepeat(tx, id, body)) return readLotRow(tx, id)
    const stage = nextStatus('lot', lot.stage, 'make')
    if (!stage) throw new Fault('wrong_state', '', { stage: lot.stage })
    await refuseInProduction(tx, id)
    const goods = await goodsOf(tx, lot.skuId)
    const paper = makersPaperOf(goods.category)
    if (body.certificate === '' && paper) throw certificateMissing(ctx, paper)
    const flaws = dayFlaws({
      ...body,
      made: true,
      readyDay: lot.readyDay < body.madeOn ? body.madeOn : lot.readyDay,
      shelfLifeDays: goods.shelfLifeDays,
      today: serviceDayOf(ctx.now),
    })
    if (flaws.length > 0) throw new Fault('lot_days_wrong', '', { pointers: flaws })
    const short = Math.max(0, lot.promised - body.quantity)
    await tx
      .update(lots)
      .set({
        ...body,
        stage,
        // Never below what is promised; who reacts to `lot.made_short` brings it down to the quantity.
        promisable: body.quantity + short,
        readyDay: lot.readyDay < body.madeOn ? body.madeOn : lot.readyDay,
        version: lot.version + 1,
      })
      .where(eq(lots.id, id))
    await issueMakersPaper(tx, ctx, {
      id,
      category: goods.category,
      quantity: body.quantity,
      number: body.certificate,
      issuer: goods.supplier,
      issuedOn: body.madeOn,
    })
    const event = { subjectId: id, orgId: lot.orgId, hubId: lot.hubId }
    const payload = { ...body, planned: lot.quantity, promised: lot.promised }
    await emitAll(tx, ctx, [
      { ...event, type: 'lot.made', payload },
      ...(short > 0
        ? [{ ...event, type: 'lot.made_short', payload: { quantity: body.quantity, short } }]
        : []),
    ])
    return readLotRow(tx, id)
  })
}

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [made] = await tx
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'lot.made')))
  if (!made) return false
  const { planned: _, promised: __, ...before } = made.payload
  return isDeepStrictEqual(before, { ...body })
}

async function goodsOf(tx: Tx, skuId: string) {
  const [row] = await tx
    .select({ shelfLifeDays: skus.shelfLifeDays, category: products.category, supplier: organisations.name })
    .from(skus)
    .innerJoin(products, eq(products.id, skus.productId))
    .innerJoin(organisations, eq(organisations.id, skus.orgId))
    .where(eq(skus.id, skuId))
  return found(row)
}
