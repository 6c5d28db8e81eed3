import { binFor, binId } from '../cast/bins.ts'
import { sampleId } from '../ids.ts'
import type { Lot } from './lots.ts'
import type { Scene } from './orders.ts'

/** The pick face where a lot lies. */
export const homeBin = (lot: Lot): string => binFor(lot.hubId, lot.pack.zone, 'pick_face', lot.pack.code)

type Moved = { readonly from: string | null; readonly to: string | null; readonly quantity: number }
type Cause = { readonly at: Date; readonly eventId: string; readonly subjectId: string; reason?: string }

function move({ book }: Scene, lot: Lot, kind: string, { from, to, quantity }: Moved, cause: Cause): void {
  if (quantity === 0) return
  book.movements.push({
    id: sampleId(`${kind} ${lot.id} ${from} ${to}`, cause.at),
    lotId: lot.id,
    hubId: lot.hubId,
    kind,
    quantity: to === null ? -quantity : quantity,
    fromBinId: from,
    toBinId: to,
    subjectId: cause.subjectId,
    reason: cause.reason ?? '',
    eventId: cause.eventId,
    at: cause.at,
  })
}

/** Received at the dock and put away: what is left in half packs goes to the reserve, the rest to the pick face. */
export function noteStocked(
  scene: Scene,
  lot: Lot,
  { consignmentId, at, eventId }: { consignmentId: string; at: Date; eventId: string },
): void {
  const cause = { at, eventId, subjectId: consignmentId }
  const quantity = lot.picked + lot.left
  const dock = binId(lot.hubId, lot.pack.zone, 'dock')
  move(scene, lot, 'receive', { from: null, to: dock, quantity }, cause)
  if (lot.stage === 'destroyed') return
  const spare = Math.floor(lot.left / 2 / lot.pack.order[1]) * lot.pack.order[1]
  const reserve = binFor(lot.hubId, lot.pack.zone, 'reserve', lot.code)
  move(scene, lot, 'put', { from: dock, to: homeBin(lot), quantity: quantity - spare }, cause)
  move(scene, lot, 'put', { from: dock, to: reserve, quantity: spare }, cause)
}

/** Set apart and destroyed: nothing is left of the lot. */
export function noteDestroyed(scene: Scene, lot: Lot, at: Date, eventId: string): void {
  const cause = { at, eventId, subjectId: lot.id, reason: '过期销毁（示例）' }
  const [dock, apart] = [binId(lot.hubId, lot.pack.zone, 'dock'), binId(lot.hubId, lot.pack.zone, 'destroy')]
  move(scene, lot, 'move', { from: dock, to: apart, quantity: lot.left }, cause)
  move(scene, lot, 'destroy', { from: apart, to: null, quantity: lot.left }, cause)
}
