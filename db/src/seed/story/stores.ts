import { addDays, serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { ZONES } from '@huming/shared/reference/zones'
import { binId } from '../cast/bins.ts'
import { skuId } from '../cast/goods.ts'
import { houseId, supplierId } from '../cast/parties.ts'
import { centralHubId, subHubId } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Lot } from './lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'
import { homeBin, noteMove } from './stocking.ts'

const warehouse = houseId('warehouse')
const staff = (role: 'receiver' | 'picker' | 'lead', turn = 0) => ({
  personId: oneOf(warehouse, role, turn),
  actorOrgId: warehouse,
})

/** Goods within the house as a newcomer finds them: some kept apart, returned, counted, and on their way to the sub-centre. */
export function noteStores(scene: Scene, lots: readonly Lot[]): void {
  const spare = lots.filter(
    (lot) =>
      lot.stage === 'received' &&
      lot.hubId === centralHubId &&
      lot.left - lot.promised >= 6 * lot.pack.order[1],
  )
  const [torn, warm, sent] = [
    spare[0],
    spare[1],
    spare.find((lot) => lot.pack.atSubCentre && lot !== spare[0] && lot !== spare[1]),
  ]
  if (torn) noteApart(scene, torn, { reason: '外箱挤破，待查内包装（示例）', status: 'waiting', minutes: 40 })
  if (warm)
    noteApart(scene, warm, { reason: '到货表面温度偏高，已送检（示例）', status: 'testing', minutes: 300 })
  for (const lot of lots
    .filter((one) => one.picked >= 2 * one.pack.order[1] && one.hubId === centralHubId)
    .slice(0, 2))
    noteReturn(scene, lot)
  if (sent) noteTransfer(scene, sent)
  noteAsked(scene, spare)
  noteCounts(scene, spare)
}

const minutesAgo = ({ now }: Scene, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

/** The lot's row in the book: what leaves its sellable bins is no longer on hand nor promisable. */
function takeOff({ book }: Scene, lot: Lot, quantity: number): void {
  const row = book.lots.find((one) => one.id === lot.id)
  if (!row) return
  row.onHand = (row.onHand ?? 0) - quantity
  row.promisable -= quantity
}

const aboutLot = (lot: Lot) => ({
  subjectId: lot.id,
  orgId: supplierId(lot.product.supplier),
  hubId: lot.hubId,
})

type Apart = { readonly reason: string; readonly status: 'waiting' | 'testing'; readonly minutes: number }

function noteApart(scene: Scene, lot: Lot, { reason, status, minutes }: Apart): void {
  const { book } = scene
  const at = minutesAgo(scene, minutes)
  const quantity = lot.pack.order[1]
  const id = sampleId(`quarantine ${lot.id}`, at)
  const who = staff('receiver')
  const payload = { quarantineId: id, quantity, reason }
  const eventId = tell(book, { type: 'stock.quarantined', at, ...aboutLot(lot), ...who, payload })
  const bin = binId(lot.hubId, lot.pack.zone, 'quarantine')
  noteMove(
    scene,
    lot,
    'hold',
    { from: homeBin(lot), to: bin, quantity },
    { at, eventId, subjectId: id, reason },
  )
  takeOff(scene, lot, quantity)
  const tested = status === 'testing'
  book.quarantines.push({
    id,
    hubId: lot.hubId,
    lotId: lot.id,
    binId: bin,
    quantity,
    status,
    reason,
    photoFileIds: [],
    openedBy: who.personId,
    openedAt: at,
    testedBy: tested ? who.personId : null,
    testedAt: tested ? new Date(at.getTime() + 600_000) : null,
    testNote: tested ? '菌落总数，报告明早出（示例）' : '',
    isSample: true,
  })
}

/** A shop gave a pack back. */
function noteReturn(scene: Scene, lot: Lot): void {
  const { book } = scene
  const at = minutesAgo(scene, 200)
  const quantity = lot.pack.order[1]
  const id = sampleId(`return ${lot.id}`, at)
  const who = staff('receiver')
  const reason = '门店验收不符，已签收后退回（示例）'
  const eventId = tell(book, {
    type: 'stock.returned',
    at,
    ...aboutLot(lot),
    ...who,
    payload: { returnId: id, quantity, reason },
  })
  const bin = binId(lot.hubId, lot.pack.zone, 'returns')
  noteMove(scene, lot, 'return', { from: null, to: bin, quantity }, { at, eventId, subjectId: id, reason })
  book.returnedGoods.push({
    id,
    hubId: lot.hubId,
    lotId: lot.id,
    binId: bin,
    quantity,
    reason,
    personId: who.personId,
    at,
    isSample: true,
  })
}

/** What the sub-centre asks for, as its row and line. */
function pushTransfer(
  { book }: Scene,
  {
    name,
    at,
    shippedAt,
    lot,
    units,
  }: { name: string; at: Date; shippedAt: Date | null; lot: Lot; units: number },
): { id: string; number: string; quantity: number } {
  const id = sampleId(`transfer ${name}`, at)
  const number = sayableNumber('D', id)
  const quantity = units * lot.pack.order[1]
  const gone = shippedAt !== null
  const cold = ZONES[lot.pack.zone].readingRequired
  book.transfers.push({
    id,
    number,
    fromHubId: centralHubId,
    toHubId: subHubId,
    status: gone ? 'shipped' : 'asked',
    note: '',
    requestHash: 'sample',
    askedBy: staff('lead').personId,
    askedAt: at,
    plate: gone ? '沪A00088' : '',
    sealNumber: gone ? `F${id.slice(-6).toUpperCase()}` : '',
    departDeciC: gone && cold ? ZONES[lot.pack.zone].target.max - 10 : null,
    shippedBy: gone ? staff('receiver').personId : null,
    shippedAt,
    isSample: true,
  })
  book.transferLines.push({
    id: sampleId(`transfer line ${id}`, at),
    transferId: id,
    skuId: skuId(lot.pack),
    quantity,
  })
  const payload = { number, toHubId: subHubId, lines: [{ skuId: skuId(lot.pack), quantity }] }
  tell(book, { type: 'transfer.asked', at, subjectId: id, hubId: centralHubId, ...staff('lead'), payload })
  return { id, number, quantity }
}

/** Left for the sub-centre half an hour ago: there the goods are a lot on its way under the same code. */
function noteTransfer(scene: Scene, lot: Lot): void {
  const { book } = scene
  const at = minutesAgo(scene, 30)
  const { id, number, quantity } = pushTransfer(scene, {
    name: 'on its way',
    at: minutesAgo(scene, 120),
    shippedAt: at,
    lot,
    units: 2,
  })
  const parent = book.lots.find((one) => one.id === lot.id)
  if (!parent) return
  const childId = sampleId(`child of ${lot.id}`, at)
  const lineId = sampleId(`transfer lot ${id}`, at)
  const payload = { toHubId: subHubId, lots: [{ lotId: lot.id, quantity }] }
  const eventId = tell(book, {
    type: 'transfer.shipped',
    at,
    subjectId: id,
    hubId: centralHubId,
    ...staff('receiver'),
    payload,
  })
  const tomorrow = addDays(serviceDayOf(at), 1)
  book.lots.push({
    ...parent,
    id: childId,
    hubId: subHubId,
    stage: 'shipped',
    quantity,
    promisable: quantity,
    promised: 0,
    onHand: 0,
    readyDay: lot.readyDay > tomorrow ? lot.readyDay : tomorrow,
    createdAt: at,
    originLotId: lot.id,
  })
  for (const paper of book.lotPapers.filter((one) => one.lotId === lot.id))
    book.lotPapers.push({ ...paper, id: sampleId(`copy of ${paper.id}`, at), lotId: childId })
  noteMove(
    scene,
    lot,
    'transfer_out',
    { from: homeBin(lot), to: null, quantity },
    { at, eventId, subjectId: lineId, reason: number },
  )
  takeOff(scene, lot, quantity)
  const cold = ZONES[lot.pack.zone].readingRequired
  book.transferLots.push({
    id: lineId,
    transferId: id,
    lotId: lot.id,
    childLotId: childId,
    quantity,
    departDeciC: cold ? ZONES[lot.pack.zone].target.max - 10 : null,
  })
  book.traceEdges.push({
    fromId: lot.id,
    toId: childId,
    kind: 'moved',
    lotId: null,
    quantity,
    toQuantity: quantity,
    eventId,
    at,
  })
}

/** Asked this morning and still to be loaded. */
function noteAsked(scene: Scene, spare: readonly Lot[]): void {
  const lot = spare.findLast((one) => one.pack.atSubCentre)
  if (lot) pushTransfer(scene, { name: 'asked', at: minutesAgo(scene, 90), shippedAt: null, lot, units: 3 })
}

/** Three bins to count, and one that two people found a pack short. */
function noteCounts(scene: Scene, spare: readonly Lot[]): void {
  const { book } = scene
  const at = minutesAgo(scene, 60)
  const places = [...new Set(spare.map(homeBin))].slice(3, 7)
  for (const [turn, bin] of places.entries()) {
    const id = sampleId(`count ${bin}`, at)
    const review = turn === 0
    const minutes = (count: number) => new Date(at.getTime() + count * 60_000)
    book.binCounts.push({
      id,
      hubId: centralHubId,
      binId: bin,
      status: review ? 'review' : 'open',
      reason: '周盘（示例）',
      openedBy: staff('lead').personId,
      openedAt: at,
      firstBy: review ? staff('receiver').personId : null,
      firstAt: review ? minutes(15) : null,
      secondBy: review ? staff('picker').personId : null,
      secondAt: review ? minutes(35) : null,
      isSample: true,
    })
    const lot = review ? spare.find((one) => homeBin(one) === bin) : undefined
    if (lot) noteShortLine(scene, id, lot, bin)
  }
}

function noteShortLine({ book }: Scene, countId: string, lot: Lot, bin: string): void {
  const lying = book.movements
    .filter((one) => one.lotId === lot.id)
    .reduce(
      (sum, one) =>
        sum + (one.toBinId === bin ? one.quantity : one.fromBinId === bin ? -Math.abs(one.quantity) : 0),
      0,
    )
  const less = lot.pack.order[1]
  book.binCountLines.push({
    id: sampleId(`count line ${countId}`, lot.createdAt),
    countId,
    lotId: lot.id,
    firstQuantity: lying - less,
    firstDifference: -less,
    secondQuantity: lying - less,
    secondDifference: -less,
  })
}
