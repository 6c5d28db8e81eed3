import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { type formulas, made, recipeId, stepsOf, storeId } from '../cast/kitchen.ts'
import { supplierId } from '../cast/parties.ts'
import { ingredients } from '../content/kitchen.ts'
import { suppliers } from '../content/suppliers.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import { codeOf, type LotRow, labelled, moved } from './kitchen-lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

type What = keyof typeof formulas
export type Used = { readonly lot: LotRow; readonly quantity: number }
const hour = 3_600_000

/** A batch from nothing to a released lot in the maker's own house. */
export function whole(
  scene: Scene,
  what: 'wrapper' | 'filling',
  quantity: number,
  used: readonly Used[],
  hoursAgo: number,
): LotRow {
  const at = new Date(scene.now.getTime() - hoursAgo * hour)
  const { owner, skuId } = made(what)
  const day = serviceDayOf(at)
  const lot: LotRow = {
    id: sampleId(`kitchen made ${what} ${hoursAgo}`, at),
    code: `YL-${what.toUpperCase()}-M${codeOf(day)}-${at.getUTCHours()}`,
    skuId,
    orgId: supplierId(owner),
    hubId: storeId(owner),
    stage: 'made',
    quantity,
    promisable: quantity,
    promised: 0,
    onHand: 0,
    capBp: 8000,
    madeOn: day,
    readyDay: day,
    useByDay: addDays(day, ingredients[what].lifeDays),
    certificate: '',
    holdReason: null,
    isSample: true,
    createdAt: at,
    version: 1,
    originLotId: null,
  }
  scene.book.lots.push(lot)
  labelled(scene, lot, what)
  batchOf(scene, what, lot, 'released', at, used)
  return lot
}

/** A batch with what it took, its readings, its check, and the edges between lots. */
export function batchOf(
  scene: Scene,
  what: What,
  lot: LotRow,
  status: 'planned' | 'running' | 'released',
  at: Date,
  used: readonly Used[],
): void {
  const { book } = scene
  const id = sampleId(`kitchen batch ${lot.id}`, at)
  const orgId = lot.orgId
  const lister = oneOf(orgId, 'lister')
  const isMade = status === 'released'
  const later = (minutes: number) =>
    new Date(Math.min(at.getTime() + minutes * 60_000, scene.now.getTime() - 60_000))
  book.productionBatches.push({
    id,
    number: sayableNumber('B', id),
    orgId,
    recipeId: recipeId(what),
    skuId: lot.skuId,
    lotId: lot.id,
    ownsLot: what !== 'dumpling' || status === 'running',
    status,
    plannedDay:
      lot.madeOn ?? (status === 'planned' ? addDays(lot.readyDay as ServiceDay, -2) : serviceDayOf(at)),
    plannedQuantity: lot.quantity,
    startedAt: status === 'planned' ? null : at,
    finishedAt: isMade ? later(100) : null,
    madeQuantity: isMade ? lot.quantity : null,
    expectedQuantity: isMade ? lot.quantity : null,
    wasteGrams: isMade ? 0 : null,
    reason: '',
    createdBy: lister,
    createdAt: at,
    isSample: true,
    version: isMade ? 4 : status === 'running' ? 2 : 1,
  })
  const eventId = tell(book, {
    type: `batch.${isMade ? 'released' : status === 'running' ? 'started' : 'planned'}`,
    at,
    subjectId: id,
    orgId,
    personId: lister,
    actorOrgId: orgId,
    payload: { lotId: lot.id },
  })
  took(scene, { id, lot, eventId, at, later, lister }, used)
  if (status === 'planned') return
  stepsOf(what).forEach(([, , minDeciC = null, maxDeciC = null], i) => {
    if (status === 'running' && i > 0) return
    const deciC = minDeciC !== null ? minDeciC + 30 : maxDeciC !== null ? maxDeciC - 12 : null
    book.batchReadings.push({
      id: sampleId(`kitchen reading ${id} ${i}`, at),
      batchId: id,
      seq: i + 1,
      deciC,
      withinLimits: true,
      action: '',
      readBy: lister,
      at: later(20 + i),
    })
  })
  if (isMade) checked(scene, lot, id, later(110))
}

/** The factory inspection under which the lot went out. */
function checked({ book }: Scene, lot: LotRow, batchId: string, at: Date): void {
  const id = sampleId(`kitchen inspection ${batchId}`, at)
  const number = lot.certificate ? lot.certificate : sayableNumber('Q', id)
  const known = book.lotPapers.some((paper) => paper.lotId === lot.id)
  lot.certificate = number
  book.inspections.push({
    id,
    number: sayableNumber('Q', id),
    orgId: lot.orgId,
    batchId,
    lotId: lot.id,
    kind: 'factory_inspection',
    passed: true,
    items: [
      { item: '感官', limit: '色泽、气味、形态正常，无异物', value: '正常', passed: true },
      { item: '净含量', limit: '≥ 标示值', value: '符合', passed: true },
      { item: '菌落总数', limit: '≤ 10^5 CFU/g', value: '1.2×10^3 CFU/g', passed: true },
    ],
    basis: [],
    parents: [],
    fileIds: [],
    note: '示例',
    inspectedBy: oneOf(lot.orgId, 'quality'),
    inspectedOn: lot.madeOn ?? serviceDayOf(at),
    at,
    isSample: true,
  })
  if (known) return
  book.lotPapers.push({
    id: sampleId(`kitchen paper ${lot.id}`, at),
    lotId: lot.id,
    kind: 'factory_inspection',
    number,
    form: null,
    basis: [],
    quantity: lot.quantity,
    origin: '沙县',
    issuer: suppliers.shaxianFrozen.name,
    issuedOn: lot.madeOn ?? serviceDayOf(at),
    createdAt: at,
    isSample: true,
  })
}

type Taking = {
  id: string
  lot: LotRow
  eventId: string
  at: Date
  later: (minutes: number) => Date
  lister: string
}

/** What the batch took, off the lots, with the edges between them. */
function took(scene: Scene, { id, lot, eventId, at, later, lister }: Taking, used: readonly Used[]): void {
  const { book } = scene
  used.forEach(({ lot: from, quantity }, i) => {
    book.batchInputs.push({
      id: sampleId(`kitchen input ${id} ${from.id}`, at),
      batchId: id,
      lotId: from.id,
      quantity,
      reason: '',
      takenBy: lister,
      at: later(i),
    })
    if (from.stage === 'made') from.quantity -= quantity
    else {
      from.onHand = (from.onHand ?? 0) - quantity
      moved(scene, from, 'consume', -quantity, { at: later(i), eventId, subjectId: id })
    }
    from.promisable -= quantity
    if ((from.stage === 'made' ? from.quantity : from.onHand) === 0) from.stage = 'used_up'
    book.traceEdges.push({
      fromId: from.id,
      toId: lot.id,
      kind: 'made_of',
      lotId: null,
      quantity,
      toQuantity: lot.quantity,
      eventId,
      at: later(i),
    })
  })
}
