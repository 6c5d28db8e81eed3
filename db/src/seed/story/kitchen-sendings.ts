import type { ServiceDay } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { storeId } from '../cast/kitchen.ts'
import { supplierId } from '../cast/parties.ts'
import { suppliers } from '../content/suppliers.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import { type LotRow, stored } from './kitchen-lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const hour = 3_600_000

/** Wrappers from 夏茂 to the frozen-food base: a sending, a receipt, a lot in the store, and the edge between. */
export function sent(scene: Scene, source: LotRow, quantity: number, hoursAgo: number): LotRow {
  const at = new Date(scene.now.getTime() - hoursAgo * hour)
  const id = sampleId('kitchen sending wrapper', at)
  source.quantity -= quantity
  source.promisable -= quantity
  if (source.quantity === 0) source.stage = 'used_up'
  const lot = stored(scene, 'wrapper', 'shaxianFrozen', {
    quantity,
    at,
    useByDay: source.useByDay,
    madeOn: source.madeOn ?? '',
    subjectId: id,
    certificate: source.certificate ?? '',
  })
  scene.book.baseReceipts.push({
    ...sending(scene, source, quantity, id, at),
    lotId: lot.id,
    status: 'received',
    receivedQuantity: quantity,
    refusedQuantity: 0,
    deciC: 28,
    receivedBy: oneOf(lot.orgId, 'lister'),
    receivedAt: at,
  })
  scene.book.traceEdges.push({
    fromId: source.id,
    toId: lot.id,
    kind: 'moved',
    lotId: null,
    quantity,
    toQuantity: quantity,
    eventId: sampleId(`kitchen edge ${lot.id}`, at),
    at,
  })
  return lot
}

/** A sending that nobody has received yet. */
export function onTheWay(scene: Scene, source: LotRow, today: ServiceDay): void {
  const at = new Date(scene.now.getTime() - 3 * hour)
  const quantity = Math.min(20_000, source.quantity)
  if (quantity <= 0 || source.useByDay < today) return
  source.quantity -= quantity
  source.promisable -= quantity
  const id = sampleId('kitchen sending under way', at)
  scene.book.baseReceipts.push(sending(scene, source, quantity, id, at))
  tell(scene.book, {
    type: 'material.sent',
    at,
    subjectId: id,
    orgId: source.orgId,
    personId: oneOf(source.orgId, 'lister'),
    actorOrgId: source.orgId,
    payload: { lotId: source.id, quantity },
  })
}

function sending(
  { book }: Scene,
  source: LotRow,
  quantity: number,
  id: string,
  at: Date,
): (typeof book.baseReceipts)[number] {
  const seller = suppliers.xiamao
  return {
    id,
    number: sayableNumber('M', id),
    orgId: supplierId('shaxianFrozen'),
    hubId: storeId('shaxianFrozen'),
    skuId: source.skuId,
    supplierOrgId: source.orgId,
    sourceLotId: source.id,
    lotId: null,
    status: 'sent',
    quantity,
    receivedQuantity: null,
    refusedQuantity: null,
    refuseReason: null,
    supplierName: seller.name,
    supplierAddress: seller.address,
    supplierContact: '19900009002',
    supplierLicence: seller.licence.number,
    supplierLotCode: source.code,
    madeOn: source.madeOn ?? null,
    useByDay: source.useByDay,
    certificate: source.certificate ?? '',
    deciC: null,
    fileIds: [],
    sentBy: oneOf(source.orgId, 'lister'),
    sentAt: at,
    receivedBy: null,
    receivedAt: null,
    createdAt: at,
    isSample: true,
  }
}
