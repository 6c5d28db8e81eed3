import { addDays, instantAt } from '@huming/shared/days'
import { districtOf } from '@huming/shared/districts'
import { sayableNumber } from '@huming/shared/ids'
import { categoryOf, lotPapers, statutoryPaper } from '@huming/shared/reference/categories'
import { ZONES } from '@huming/shared/reference/zones'
import { skuId } from '../cast/goods.ts'
import { samplePhone } from '../cast/names.ts'
import { houseId, supplierId } from '../cast/parties.ts'
import { supplierSiteRows } from '../cast/places.ts'
import { suppliers } from '../content/suppliers.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import { noteCount, noteTrip } from './counted.ts'
import { type Lot, promisableOf } from './lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'
import { noteStocked } from './stocking.ts'
import { noteWay } from './ways.ts'

const warehouse = houseId('warehouse')

/** 承诺达标合格证 of farm goods, factory inspection of packed ones; nothing while it is only planned. */
function certificateOf(lot: Lot): string {
  if (lot.stage === 'planned' || lot.stage === 'withdrawn') return ''
  const { county, category } = lot.product
  const word = categoryOf(category).scClass ? 'CJ' : 'HGZ'
  return `${word}-${county}-${lot.madeOn.slice(2).replaceAll('-', '')}-${lot.id.slice(-4).toUpperCase()}`
}

const isReceived = (lot: Lot): boolean =>
  ['received', 'held', 'recalled', 'expired', 'destroyed'].includes(lot.stage)

/** What the dock took in: all that was picked since and all that is left. */
const receivedQuantity = (lot: Lot): number => lot.picked + lot.left

/** Notes lots as they are now, with what happened to them on the way; received ones came by consignment. */
export function noteLots(scene: Scene, lots: readonly Lot[]): void {
  for (const lot of lots) noteLot(scene, lot)
  const loads = Map.groupBy(
    lots.filter(isReceived),
    (lot) => `${lot.product.supplier} ${lot.hubId} ${lot.madeOn}`,
  )
  for (const load of loads.values()) noteReceived(scene, load)
}

function noteLot({ book }: Scene, lot: Lot): void {
  const orgId = supplierId(lot.product.supplier)
  const { hubId } = lot
  const empty = lot.stage === 'received' && lot.left === 0
  const gone = lot.stage === 'destroyed'
  book.lots.push({
    id: lot.id,
    code: lot.code,
    skuId: skuId(lot.pack),
    orgId,
    hubId,
    stage: empty ? 'used_up' : lot.stage,
    quantity: isReceived(lot) ? receivedQuantity(lot) : lot.left,
    promisable: promisableOf(lot),
    promised: lot.promised,
    onHand: isReceived(lot) && !gone ? lot.left : 0,
    capBp: lot.capBp,
    madeOn: lot.stage === 'planned' || lot.stage === 'withdrawn' ? null : lot.madeOn,
    readyDay: lot.readyDay,
    useByDay: lot.useByDay,
    certificate: certificateOf(lot),
    holdReason: lot.holdReason,
    isSample: true,
    createdAt: lot.createdAt,
    version: 1,
    originLotId: null,
  })
  noteLotPapers(book, lot)
  const lister = { personId: oneOf(orgId, 'lister'), actorOrgId: orgId }
  const payload = {
    code: lot.code,
    skuId: skuId(lot.pack),
    stage: lot.stage === 'planned' ? 'planned' : 'made',
  }
  tell(book, { type: 'lot.declared', at: lot.createdAt, subjectId: lot.id, orgId, hubId, ...lister, payload })
}

/** Every paper the lot's goods need; the road checkpoint stamps meat on its way. */
function noteLotPapers(book: Scene['book'], lot: Lot): void {
  const number = certificateOf(lot)
  if (number === '') return
  const { category, county, supplier } = lot.product
  const needed = lotPapers(category)[0] ?? []
  const kinds = lot.stage === 'made' ? needed.filter((kind) => kind !== 'checkpoint_stamp') : needed
  for (const kind of kinds) {
    const conformity = kind === 'conformity_certificate'
    const covered = Math.max(lot.left, isReceived(lot) ? shippedQuantity(lot) : 0, 1)
    book.lotPapers.push({
      id: sampleId(`lot paper ${lot.id} ${kind}`, lot.createdAt),
      lotId: lot.id,
      kind,
      number: kind === statutoryPaper(category) ? number : `${kind.slice(0, 2).toUpperCase()}-${number}`,
      form: conformity ? 'producer' : null,
      basis: conformity ? ['controlled', 'self_tested'] : [],
      quantity: covered,
      origin: districtOf(county)?.name.zh ?? county,
      issuer: suppliers[supplier].name,
      issuedOn: lot.madeOn,
      createdAt: lot.createdAt,
      isSample: true,
    })
  }
}

/** A load that arrived and was taken in. */
function noteReceived(scene: Scene, load: readonly Lot[]): void {
  const { book, now } = scene
  const [first] = load as [Lot]
  const departsAt = instantAt(first.madeOn, 20 * 60)
  const late = (minutes: number, ago: number) =>
    new Date(Math.min(instantAt(addDays(first.madeOn, 1), minutes).getTime(), now.getTime() - ago * 60_000))
  const arrivedAt = late(7 * 60 + 40, 90)
  const receivedAt = late(9 * 60, 20)
  const id = noteConsignment(scene, load, {
    status: 'received',
    departsAt,
    expectedAt: late(8 * 60, 80),
    arrivedAt,
    receivedAt,
  })
  const orgId = supplierId(first.product.supplier)
  const { hubId } = first
  const actor = { personId: oneOf(warehouse, 'receiver'), actorOrgId: warehouse }
  for (const lot of load) {
    const payload = { consignmentId: id, shipped: shippedQuantity(lot), onHand: receivedQuantity(lot) }
    const eventId = tell(book, {
      type: 'lot.received',
      at: receivedAt,
      subjectId: lot.id,
      orgId,
      hubId,
      ...actor,
      payload,
    })
    if (lot.refused > 0) noteRefusal(scene, lot, id, receivedAt)
    noteStocked(scene, lot, { consignmentId: id, at: receivedAt, eventId })
  }
  tell(book, {
    type: 'consignment.received',
    at: receivedAt,
    subjectId: id,
    orgId,
    hubId,
    ...actor,
    payload: { lots: load.length },
  })
}

/** The supplier is told what the dock did not take. */
function noteRefusal({ book }: Scene, lot: Lot, consignmentId: string, at: Date): void {
  book.notices.push({
    id: sampleId(`notice ${lot.id}`, at),
    orgId: supplierId(lot.product.supplier),
    key: 'notice.goods_refused',
    params: {
      lot: lot.code,
      name: lot.product.name,
      number: sayableNumber('C', consignmentId),
      quantity: lot.refused * lot.pack.order[1],
      reason: 'damaged',
    },
    subjectId: consignmentId,
    at,
    readAt: null,
  })
}

/** How far a load has come. */
export type Way = {
  readonly status: 'draft' | 'shipped' | 'arrived' | 'received'
  readonly departsAt: Date
  readonly expectedAt: Date
  readonly arrivedAt?: Date
  readonly receivedAt?: Date
}

const shippedQuantity = (lot: Lot): number => receivedQuantity(lot) + lot.refused * lot.pack.order[1]

/** Notes a truck load with its lots, and the events of its way so far. Gives its id. */
export function noteConsignment(scene: Scene, load: readonly Lot[], way: Way): string {
  const { book } = scene
  const [first] = load as [Lot]
  const { hubId } = first
  const { supplier, county } = first.product
  const orgId = supplierId(supplier)
  const createdAt = new Date(way.departsAt.getTime() - 3 * 3_600_000)
  const id = sampleId(`consignment ${load.map((lot) => lot.code).join(' ')}`, createdAt)
  const lister = { personId: oneOf(orgId, 'lister'), actorOrgId: orgId }
  const gone = way.status !== 'draft'
  const cold = load.map((lot) => ZONES[lot.pack.zone]).filter((zone) => zone.readingRequired)
  const warmest = cold.length > 0 ? Math.min(...cold.map((zone) => zone.target.max)) : null
  book.consignments.push({
    id,
    number: sayableNumber('C', id),
    orgId,
    hubId,
    status: way.status,
    plate: gone ? `闽G00${county.slice(-3)}` : '',
    driverName: gone ? '干线司机（示例）' : '',
    driverPhone: gone ? samplePhone(30_000 + Number(county.slice(-2))) : '',
    sealNumber: gone ? `F${id.slice(-6).toUpperCase()}` : '',
    setPointDeciC: warmest === null ? null : warmest - 20,
    mode: 'road',
    departsAt: gone ? way.departsAt : null,
    expectedAt: gone ? way.expectedAt : null,
    arrivedAt: way.arrivedAt ?? null,
    sealOk: way.arrivedAt ? 'ok' : null,
    arrivalDeciC: way.arrivedAt && warmest !== null ? warmest - 12 : null,
    receivedAt: way.receivedAt ?? null,
    note: '',
    createdBy: lister.personId,
    createdAt,
    isSample: true,
    version: ['draft', 'shipped', 'arrived', 'received'].indexOf(way.status) + 1,
  })
  noteWay(
    scene,
    {
      id,
      orgId,
      hubId,
      from: supplierSiteRows().find((site) => site.orgId === orgId)?.name ?? '三明基地（示例）',
      plate: `闽G00${county.slice(-3)}`,
      seal: `F${id.slice(-6).toUpperCase()}`,
      zones: load.map((lot) => lot.pack.zone),
      createdAt,
    },
    way,
  )
  const about = { subjectId: id, orgId, hubId }
  if (gone) {
    const lots = load.map((lot) => ({ lotId: lot.id, quantity: shippedQuantity(lot) }))
    tell(book, { type: 'consignment.shipped', at: way.departsAt, ...about, ...lister, payload: { lots } })
  }
  if (way.arrivedAt) {
    const { departsAt, arrivedAt } = way
    tell(book, { type: 'consignment.arrived', at: arrivedAt, ...about })
    if (way.status === 'received')
      noteTrip(book, { id, zones: load.map((lot) => lot.pack.zone), departsAt, arrivedAt })
  }
  for (const lot of load) noteConsignmentLine(scene, id, lot, way)
  return id
}

function noteConsignmentLine({ book }: Scene, consignmentId: string, lot: Lot, { receivedAt }: Way): void {
  const weighed = lot.pack.catchWeight && receivedAt
  const line: (typeof book.consignmentLines)[number] = {
    id: sampleId(`consignment line ${lot.id}`, lot.createdAt),
    consignmentId,
    lotId: lot.id,
    quantity: shippedQuantity(lot),
    receivedQuantity: receivedAt ? receivedQuantity(lot) : null,
    refusedQuantity: receivedAt ? lot.refused * lot.pack.order[1] : 0,
    refuseReason: receivedAt && lot.refused > 0 ? 'damaged' : null,
    grossGrams: weighed ? receivedQuantity(lot) + 12_000 : null,
    tareGrams: weighed ? 12_000 : null,
    surfaceDeciC:
      receivedAt && ZONES[lot.pack.zone].readingRequired ? ZONES[lot.pack.zone].target.max - 10 : null,
    photoFileIds: [],
    receivedBy: receivedAt ? oneOf(warehouse, 'receiver') : null,
    receivedAt: receivedAt ?? null,
  }
  book.consignmentLines.push(line)
  noteCount(book, line, lot)
}
