import { organisations } from '@huming/db/schema/accounts'
import { papers } from '@huming/db/schema/papers'
import { baseReceipts } from '@huming/db/schema/production'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { sayableNumber } from '@huming/shared/ids'
import { and, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockLot } from '../stock/rows.ts'
import { makerOf } from './lot-label.ts'
import { putOnMade, takeOffMade } from './material-stock.ts'
import { type ReceiptDoc, receiptDoc } from './receipt-rows.ts'
import { packFacts } from './recipe-rows.ts'
import { ensureStore } from './store.ts'

type Body = ContractParsed<Contracts['production.sendMaterial']>['body']

/**
 * Sends a part of a made lot to another maker as material: the seller's lot is smaller by it from now on, and the
 * buyer is told. The papers of the goods must be as for shipping (`refuseGate`).
 */
export async function sendMaterial(ctx: Ctx, id: string, body: Body): Promise<ReceiptDoc> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const lot = await lockLot(tx, body.lotId)
    allow(ctx, 'supply.write', { orgId: lot.orgId })
    if (await isRepeat(tx, id, body)) return receiptDoc(tx, ctx, id)
    if (body.toOrgId === lot.orgId)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/toOrgId', reason: 'own' }] })
    const hubId = await ensureStore(tx, body.toOrgId)
    const today = serviceDayOf(ctx.now)
    if (lot.useByDay < today)
      throw new Fault('input_expired', lot.code, { params: { lot: lot.code, day: lot.useByDay } })
    await takeOffMade(tx, ctx, lot, body.quantity)
    await refuseGate(tx, ctx, 'ship', { lotIds: [lot.id], quantities: new Map([[lot.id, body.quantity]]) })
    const seller = await makerOf(tx, lot.orgId)
    await tx.insert(baseReceipts).values({
      id,
      number: sayableNumber('M', id),
      orgId: body.toOrgId,
      hubId,
      skuId: lot.skuId,
      status: 'sent',
      supplierOrgId: lot.orgId,
      sourceLotId: lot.id,
      quantity: body.quantity,
      supplierName: seller.name,
      supplierAddress: seller.address,
      supplierContact: seller.contact,
      supplierLicence: await licenceOf(tx, lot.orgId, today),
      supplierLotCode: lot.code,
      madeOn: lot.madeOn,
      useByDay: lot.useByDay,
      certificate: lot.certificate,
      fileIds: [],
      sentBy: personIdOf(ctx),
      sentAt: ctx.now,
      createdAt: ctx.now,
    })
    await emit(tx, ctx, {
      type: 'material.sent',
      subjectId: id,
      orgId: lot.orgId,
      payload: { lotId: lot.id, toOrgId: body.toOrgId, quantity: body.quantity },
    })
    const name = found((await packFacts(tx, [lot.skuId])).get(lot.skuId)).name
    await notify(tx, {
      orgId: body.toOrgId,
      key: 'notice.material_sent',
      params: { supplier: seller.name, name },
      subjectId: id,
      at: ctx.now,
    })
    return receiptDoc(tx, ctx, id)
  })
}

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(baseReceipts).where(eq(baseReceipts.id, id))
  if (!row) return false
  const same = row.sourceLotId === body.lotId && row.orgId === body.toOrgId && row.quantity === body.quantity
  if (!same) throw new Fault('id_reused')
  return true
}

/** The production licence in force, or for goods of the field the business licence. */
async function licenceOf(tx: Tx, orgId: string, today: string): Promise<string> {
  const [paper] = await tx
    .select({ number: papers.number })
    .from(papers)
    .where(
      and(
        eq(papers.orgId, orgId),
        eq(papers.status, 'valid'),
        inArray(papers.kind, ['production_licence', 'business_licence']),
        lte(papers.validFrom, today),
        gte(papers.validTo, today),
      ),
    )
    .orderBy(desc(papers.kind))
    .limit(1)
  if (paper) return paper.number
  const [org] = await tx
    .select({ uscc: organisations.uscc })
    .from(organisations)
    .where(eq(organisations.id, orgId))
  return org?.uscc ?? ''
}

/** Takes back what has not been received: the goods are on the seller's lot again. A repeat changes nothing. */
export async function cancelSending(ctx: Ctx, id: string, reason: string): Promise<ReceiptDoc> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(baseReceipts).where(eq(baseReceipts.id, id)).for('update')
    const { supplierOrgId, sourceLotId, status, quantity } = found(row)
    allow(ctx, 'supply.write', { orgId: found(supplierOrgId) })
    if (status === 'cancelled') return receiptDoc(tx, ctx, id)
    const next = nextStatus('baseReceipt', status, 'cancel')
    if (!next) throw new Fault('wrong_state')
    const lot = await lockLot(tx, found(sourceLotId))
    await putOnMade(tx, lot.id, quantity)
    await tx.update(baseReceipts).set({ status: next, refuseReason: reason }).where(eq(baseReceipts.id, id))
    await emit(tx, ctx, {
      type: 'material.taken_back',
      subjectId: id,
      orgId: supplierOrgId,
      payload: { lotId: lot.id, quantity, reason },
    })
    return receiptDoc(tx, ctx, id)
  })
}
