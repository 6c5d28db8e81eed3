import { addDays, instantAt, type ServiceDay } from '@huming/shared/days'
import { skuId } from '../cast/goods.ts'
import { supplierId } from '../cast/parties.ts'
import { diceOf, sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Lot } from './lots.ts'
import { byOf } from './open-call-offs.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

/** What suppliers were asked to ship for the last three days and what they answered; one in nine was cut. */
export function noteCallOffs({ book }: Scene, lots: readonly Lot[], today: ServiceDay): void {
  const asked = lots.filter(
    (lot) => lot.picked > 0 && lot.readyDay <= today && lot.readyDay > addDays(today, -3),
  )
  for (const lot of asked) {
    const { hubId, readyDay: day } = lot
    const orgId = supplierId(lot.product.supplier)
    const createdAt = instantAt(addDays(lot.madeOn, 0), 8 * 60)
    const id = sampleId(`call-off ${lot.code}`, createdAt)
    const answeredAt = new Date(createdAt.getTime() + 50 * 60_000)
    const cut = diceOf(id).chance(11)
    const unit = lot.pack.order[1]
    const confirmed = Math.ceil(lot.picked / unit) * unit
    const lister = oneOf(orgId, 'lister')
    book.callOffs.push({
      id,
      orgId,
      hubId,
      day,
      skuId: skuId(lot.pack),
      quantity: confirmed + (cut ? 2 * unit : 0),
      confirmedQuantity: confirmed,
      status: cut ? 'cut' : 'confirmed',
      answerNote: cut ? '产量不足（示例）' : '',
      answeredBy: lister,
      answeredAt,
      createdAt,
      ...byOf(day),
    })
    const about = { subjectId: id, orgId, hubId }
    tell(book, { type: 'callOff.asked', at: createdAt, ...about, payload: { day, skuId: skuId(lot.pack) } })
    const actor = { personId: lister, actorOrgId: orgId }
    tell(book, { type: 'callOff.answered', at: answeredAt, ...about, ...actor, payload: { day, confirmed } })
  }
}
