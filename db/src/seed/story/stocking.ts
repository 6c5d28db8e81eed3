import { addDays, serviceDayOf } from '@huming/shared/days'
import { binFor, binId } from '../cast/bins.ts'
import { houseId } from '../cast/parties.ts'
import { sampleId } from '../ids.ts'
import type { Lot } from './lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const warehouse = houseId('warehouse')

/** Goods received within this time are partly not put away yet. */
const freshMs = 12 * 3_600_000

/** The pick face where a lot lies. */
export const homeBin = (lot: Lot): string => binFor(lot.hubId, lot.pack.zone, 'pick_face', lot.pack.code)

export type Moved = { readonly from: string | null; readonly to: string | null; readonly quantity: number }
export type Cause = {
  readonly at: Date
  readonly eventId: string
  readonly subjectId: string
  reason?: string
}

/** Notes one movement; nothing where nothing moves. */
export function noteMove(
  { book }: Scene,
  lot: Lot,
  kind: string,
  { from, to, quantity }: Moved,
  cause: Cause,
): void {
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
  noteMove(scene, lot, 'receive', { from: null, to: dock, quantity }, cause)
  if (lot.stage === 'destroyed') return
  const spare = Math.floor(lot.left / 2 / lot.pack.order[1]) * lot.pack.order[1]
  const reserve = binFor(lot.hubId, lot.pack.zone, 'reserve', lot.code)
  noteMove(scene, lot, 'put', { from: dock, to: homeBin(lot), quantity: quantity - spare }, cause)
  // Part of what came in today still stands at the dock, to be put away.
  if (scene.now.getTime() - at.getTime() < freshMs) return
  noteMove(scene, lot, 'put', { from: dock, to: reserve, quantity: spare }, cause)
}

/** Set apart and destroyed before two people: nothing is left of the lot, its record is. */
export function noteDestroyed(scene: Scene, lot: Lot, at: Date, eventId: string): void {
  const reason = '过期销毁（示例）'
  const id = sampleId(`disposal ${lot.id}`, at)
  const dock = binId(lot.hubId, lot.pack.zone, 'dock')
  const apart = binId(lot.hubId, lot.pack.zone, 'destroy')
  const cause = { at, eventId, subjectId: lot.id, reason }
  noteMove(scene, lot, 'set_apart', { from: dock, to: apart, quantity: lot.left }, cause)
  noteMove(scene, lot, 'destroy', { from: apart, to: null, quantity: lot.left }, { ...cause, subjectId: id })
  scene.book.disposals.push({
    id,
    hubId: lot.hubId,
    lotId: lot.id,
    binId: apart,
    quantity: lot.left,
    status: 'witnessed',
    method: 'dye',
    reason,
    place: '江桥仓销毁间（示例）',
    doneAt: at,
    photoFileIds: [],
    doneBy: oneOf(warehouse, 'receiver'),
    writtenAt: at,
    witnessBy: oneOf(warehouse, 'lead'),
    witnessedAt: at,
    keepUntil: addDays(serviceDayOf(at), 731),
    note: '照片见纸质档案（示例）',
    isSample: true,
  })
}
