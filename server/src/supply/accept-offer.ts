import { callOffOffers } from '@huming/db/schema/inbound'
import { callOffs } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify, notifyAll } from '../kernel/notice.ts'
import { lowerLots } from './lower-lots.ts'
import { heldOf, lockWaiting, movePromises } from './move-promises.ts'
import { takeFrom } from './offer-rules.ts'
import { repackLot } from './repack-lot.ts'

type Offer = typeof callOffOffers.$inferSelect
type CallOff = typeof callOffs.$inferSelect

/**
 * Takes an offer whose row and call-off are locked: promises move to the offered lot (of another pack: to a lot
 * packed over from it), or, for a later day, are cut for this one and the buyers told when the goods come.
 */
export async function acceptOffer(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { byRule, note }: { byRule: boolean; note: string },
): Promise<void> {
  const [row] = await tx.select().from(callOffOffers).where(eq(callOffOffers.id, id))
  const offer = found(row)
  const [called] = await tx.select().from(callOffs).where(eq(callOffs.id, offer.callOffId))
  const callOff = found(called)
  const status = nextStatus('offer', offer.status, 'accept')
  if (!status) throw new Fault('wrong_state')
  await lockWaiting(tx, callOff)
  const moved = await carryOut(tx, ctx, offer, callOff)
  if (moved === 0)
    throw new Fault('offer_unfit', 'nothing_moves', {
      pointers: [{ pointer: '/body/lotId', reason: 'nothing_moves' }],
    })
  await tx
    .update(callOffOffers)
    .set({
      status,
      movedQuantity: moved,
      decidedAt: ctx.now,
      decidedBy: byRule ? null : personIdOf(ctx),
      decideNote: note,
    })
    .where(eq(callOffOffers.id, id))
  const { orgId, hubId, kind, lotId } = offer
  await emit(tx, ctx, {
    type: 'offer.accepted',
    subjectId: id,
    orgId,
    hubId,
    payload: { callOffId: callOff.id, kind, lotId, quantity: moved, byRule },
  })
  if (!byRule) await tellDecided(tx, ctx, offer, 'notice.offer_accepted', note)
}

async function carryOut(tx: Tx, ctx: Ctx, offer: Offer, callOff: CallOff): Promise<number> {
  if (offer.kind === 'other_lot') {
    const moved = await movePromises(tx, callOff, offer.lotId, offer.quantity)
    return moved
  }
  if (offer.kind === 'other_pack') {
    const waiting = (await heldOf(tx, callOff, offer.lotId)).reduce((sum, one) => sum + one.quantity, 0)
    const lotId = await repackLot(tx, ctx, offer.lotId, callOff, Math.min(offer.quantity, waiting))
    return lotId ? movePromises(tx, callOff, lotId, offer.quantity) : 0
  }
  return postpone(tx, ctx, offer, callOff)
}

/** Cuts the day's lines by what comes later, answers the call-off so, and tells the buyers the day. */
async function postpone(tx: Tx, ctx: Ctx, offer: Offer, callOff: CallOff): Promise<number> {
  const held = takeFrom(await heldOf(tx, callOff, offer.lotId), offer.quantity)
  const cut = held.reduce((sum, one) => sum + one.moved, 0)
  if (cut === 0) return 0
  const buyers = await tx.execute<{ orgId: string; orderId: string; number: string; name: string }>(sql`
    select distinct o.org_id as "orgId", o.id as "orderId", o.number, p.name
    from order_lines n join orders o on o.id = n.order_id join skus k on k.id = n.sku_id
    join products p on p.id = k.product_id
    where n.id = any(${`{${[...new Set(held.map((one) => one.held.lineId))].join(',')}}`}::uuid[]) order by o.id`)
  await lowerLots(tx, ctx, callOff, cut, 'late_supply')
  await notifyAll(
    tx,
    [...buyers].map((buyer) => ({
      orgId: buyer.orgId,
      key: 'notice.comes_later',
      params: { number: buyer.number, name: buyer.name, day: offer.day },
      subjectId: buyer.orderId,
      at: ctx.now,
    })),
  )
  if (callOff.status === 'asked')
    await tx
      .update(callOffs)
      .set({
        status: found(nextStatus('callOff', callOff.status, 'cut')),
        confirmedQuantity: callOff.quantity - cut,
        answerNote: offer.note,
        answeredBy: offer.offeredBy,
        answeredAt: ctx.now,
      })
      .where(eq(callOffs.id, callOff.id))
  return cut
}

/** The supplier is told what became of its offer. */
export async function tellDecided(tx: Tx, ctx: Ctx, offer: Offer, key: string, note: string): Promise<void> {
  const [named] = await tx.execute<{ name: string; day: string }>(sql`
    select p.name, f.day from call_offs f join skus k on k.id = f.sku_id join products p on p.id = k.product_id
    where f.id = ${offer.callOffId}`)
  const { name, day } = found(named)
  await notify(tx, {
    orgId: offer.orgId,
    key,
    params: { name, day, note },
    subjectId: offer.callOffId,
    at: ctx.now,
  })
}
