import { callOffOffers } from '@huming/db/schema/inbound'
import { callOffs } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { acceptOffer, tellDecided } from './accept-offer.ts'
import { type Offer, offerDoc, readAsked, readOffered } from './offer-rows.ts'
import { offerKindOf } from './offer-rules.ts'

/**
 * Operations accept an offer, so that promises move to it, or refuse it with a reason the supplier is told. What has
 * changed since it was made is looked at again. A repeat of the same decision gives the same.
 */
export async function decideOffer(
  ctx: Ctx,
  id: string,
  { accept, note }: { accept: boolean; note: string },
): Promise<Offer> {
  allow(ctx, 'supply.plan')
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(callOffOffers).where(eq(callOffOffers.id, id))
    const { callOffId } = found(known)
    const [callOff] = await tx.select().from(callOffs).where(eq(callOffs.id, callOffId)).for('update')
    const [row] = await tx.select().from(callOffOffers).where(eq(callOffOffers.id, id)).for('update')
    const [offer, called] = [found(row), found(callOff)]
    if (offer.status === (accept ? 'accepted' : 'refused')) return offerDoc(tx, id)
    if (!nextStatus('offer', offer.status, accept ? 'accept' : 'refuse')) throw new Fault('wrong_state')
    if (accept) {
      const [asked, lot] = [await readAsked(tx, callOffId), await readOffered(tx, offer.lotId, called)]
      const now = offerKindOf(asked, lot, offer.quantity, ctx.now)
      const reason = typeof now === 'string' ? now : now.kind === offer.kind ? null : 'changed'
      if (reason) throw new Fault('offer_unfit', reason, { pointers: [{ pointer: '/body/accept', reason }] })
      await acceptOffer(tx, ctx, id, { byRule: false, note })
      return offerDoc(tx, id)
    }
    if (note === '')
      throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/note', reason: 'required' }] })
    await tx
      .update(callOffOffers)
      .set({ status: 'refused', decidedAt: ctx.now, decidedBy: personIdOf(ctx), decideNote: note })
      .where(eq(callOffOffers.id, id))
    await emit(tx, ctx, {
      type: 'offer.refused',
      subjectId: id,
      orgId: offer.orgId,
      hubId: offer.hubId,
      payload: { callOffId, note },
    })
    await tellDecided(tx, ctx, offer, 'notice.offer_refused', note)
    return offerDoc(tx, id)
  })
}
