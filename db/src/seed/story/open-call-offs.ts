import { addDays, instantAt, type ServiceDay } from '@huming/shared/days'
import { skuId } from '../cast/goods.ts'
import { supplierId } from '../cast/parties.ts'
import { diceOf, sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Lot } from './lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

/** Latest instants for a day whose first window opens at midnight, by the sample's own step times. */
export function byOf(day: ServiceDay, makingHours = 0) {
  const before = (hours: number) => new Date(instantAt(day, 0).getTime() - hours * 3_600_000)
  return {
    windowFrom: 0,
    dockBy: before(5.5),
    shipBy: before(18.5),
    makeBy: before(20),
    startBy: before(20 + makingHours),
  }
}

/**
 * What is called off now: lots made today that orders of the day after tomorrow wait for. A third is answered; one
 * supplier offers another lot, which operations are to decide.
 */
export function noteOpenCallOffs(scene: Scene, lots: readonly Lot[], today: ServiceDay): void {
  const { book, now } = scene
  const day = addDays(today, 2)
  const waiting = waitingFor(scene, day)
  const createdAt = new Date(now.getTime() - 40 * 60_000)
  const asked = lots.filter((lot) => lot.stage === 'made' && (waiting.get(lot.id) ?? 0) > 0)
  let offered = false
  for (const lot of asked) {
    const orgId = supplierId(lot.product.supplier)
    const id = sampleId(`call-off open ${lot.code}`, createdAt)
    const quantity = waiting.get(lot.id) ?? 0
    const answered = diceOf(id).chance(33)
    const lister = oneOf(orgId, 'lister')
    book.callOffs.push({
      id,
      orgId,
      hubId: lot.hubId,
      day,
      skuId: skuId(lot.pack),
      quantity,
      confirmedQuantity: answered ? quantity : null,
      status: answered ? 'confirmed' : 'asked',
      answerNote: '',
      answeredBy: answered ? lister : null,
      answeredAt: answered ? new Date(now.getTime() - 15 * 60_000) : null,
      createdAt,
      ...byOf(day),
    })
    tell(book, {
      type: 'callOff.asked',
      at: createdAt,
      subjectId: id,
      orgId,
      hubId: lot.hubId,
      payload: { day, skuId: skuId(lot.pack), quantity },
    })
    offered ||= !answered && noteOffer(scene, lots, lot, id, Math.min(quantity, 2 * lot.pack.order[1]), today)
  }
}

/** Base units of lots that orders of the day hold. */
function waitingFor({ book }: Scene, day: ServiceDay): Map<string, number> {
  const orders = new Set(
    book.orders
      .filter((one) => one.day === day && ['placed', 'frozen'].includes(one.status))
      .map((one) => one.id),
  )
  const lines = new Set(book.orderLines.filter((one) => orders.has(one.orderId)).map((one) => one.id))
  const sums = new Map<string, number>()
  for (const { orderLineId, lotId, quantity } of book.promises)
    if (lines.has(orderLineId)) sums.set(lotId, (sums.get(lotId) ?? 0) + quantity)
  return sums
}

/** The next harvest of the pack is offered for a later day; false when there is none. */
function noteOffer(
  { book, now }: Scene,
  lots: readonly Lot[],
  lot: Lot,
  callOffId: string,
  quantity: number,
  today: ServiceDay,
): boolean {
  const next = lots.find(
    (one) =>
      one.pack === lot.pack && one.hubId === lot.hubId && one.stage === 'planned' && one.madeOn > today,
  )
  if (!next) return false
  const orgId = supplierId(lot.product.supplier)
  const createdAt = new Date(now.getTime() - 20 * 60_000)
  book.callOffOffers.push({
    id: sampleId(`offer ${callOffId}`, createdAt),
    callOffId,
    orgId,
    hubId: lot.hubId,
    kind: 'later_day',
    lotId: next.id,
    quantity,
    day: next.readyDay,
    status: 'offered',
    note: '早上下雨，这部分改明天采收（示例）',
    offeredBy: oneOf(orgId, 'lister'),
    createdAt,
  })
  return true
}
