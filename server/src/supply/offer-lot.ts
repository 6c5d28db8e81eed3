import { callOffOffers } from '@huming/db/schema/inbound'
import { callOffs } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { acceptOffer } from './accept-offer.ts'
import { heldOf } from './move-promises.ts'
import { type Offer, offerDoc, readAsked, readOffered, readOfferRules } from './offer-rows.ts'
import { offerKindOf, takenByRule } from './offer-rules.ts'

type Body = ContractParsed<Contracts['offers.make']>['body']

/**
 * A supplier offers another lot for what is called off: of the same pack, the same on a later day, or another pack
 * of the product. Where the rule says so it is taken at once and the promises move; else operations decide. A
 * repeat gives the same.
 */
export async function offerLot(ctx: Ctx, id: string, body: Body): Promise<Offer> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [callOff] = await tx.select().from(callOffs).where(eq(callOffs.id, body.callOffId)).for('update')
    const called = found(callOff)
    allow(ctx, 'supply.write', { orgId: called.orgId })
    if (await isRepeat(tx, id, body)) return offerDoc(tx, id)
    const today = serviceDayOf(ctx.now)
    if (called.day < today) throw new Fault('wrong_state')
    if (body.quantity > called.quantity)
      throw new Fault('over_call_off', '', { params: { quantity: called.quantity } })
    const [asked, lot] = [await readAsked(tx, called.id), await readOffered(tx, body.lotId, called)]
    const offer = offerKindOf(asked, lot, body.quantity, ctx.now)
    if (typeof offer === 'string') throw unfit(offer)
    if (offer.kind !== 'later_day' && lot.free < body.quantity)
      throw new Fault('lot_not_enough', '', { params: { available: lot.free } })
    if ((await heldOf(tx, called, body.lotId)).length === 0) throw unfit('nothing_waits')
    await refuseGate(tx, ctx, 'promise', { skuIds: [...new Set([asked.skuId, lot.skuId])], day: offer.day })
    const { callOffId, lotId, quantity, note } = body
    await tx.insert(callOffOffers).values({
      id,
      callOffId,
      orgId: called.orgId,
      hubId: called.hubId,
      ...offer,
      lotId,
      quantity,
      note,
      status: 'offered',
      offeredBy: personIdOf(ctx),
      createdAt: ctx.now,
    })
    const { orgId, hubId } = called
    const payload = { callOffId, lotId, quantity, ...offer }
    await emit(tx, ctx, { type: 'offer.made', subjectId: id, orgId, hubId, payload })
    if (takenByRule(await readOfferRules(tx), offer, { ...lot, ...asked, useByDay: lot.useByDay }, today))
      await acceptOffer(tx, ctx, id, { byRule: true, note: '' })
    return offerDoc(tx, id)
  })
}

const unfit = (reason: string): Fault =>
  new Fault('offer_unfit', reason, { pointers: [{ pointer: '/body/lotId', reason }] })

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [before] = await tx.select().from(callOffOffers).where(eq(callOffOffers.id, id))
  if (!before) return false
  if (!(Object.keys(body) as (keyof Body)[]).every((name) => before[name] === body[name]))
    throw new Fault('id_reused')
  return true
}

/** Takes an offer back that nobody has decided. A repeat gives the same. */
export async function withdrawOffer(ctx: Ctx, id: string): Promise<Offer> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(callOffOffers).where(eq(callOffOffers.id, id)).for('update')
    const { orgId, hubId, status } = found(before)
    allow(ctx, 'supply.write', { orgId })
    if (status === 'withdrawn') return offerDoc(tx, id)
    const next = nextStatus('offer', status, 'withdraw')
    if (!next) throw new Fault('wrong_state')
    await tx.update(callOffOffers).set({ status: next }).where(eq(callOffOffers.id, id))
    await emit(tx, ctx, { type: 'offer.withdrawn', subjectId: id, orgId, hubId })
    return offerDoc(tx, id)
  })
}
