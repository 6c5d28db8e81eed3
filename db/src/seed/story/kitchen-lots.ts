import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { lotPapers } from '@huming/shared/reference/categories'
import { binId } from '../cast/bins.ts'
import { type IngredientKey, ingredientId, storeId } from '../cast/kitchen.ts'
import { supplierId } from '../cast/parties.ts'
import { ingredients } from '../content/kitchen.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

export type LotRow = Scene['book']['lots'][number]
const hour = 3_600_000
/** The day as lot codes have it. */
export const codeOf = (day: ServiceDay): string => day.slice(2).replaceAll('-', '')

/** Bought outside: a receipt with its seller, and a lot in the store. */
export function bought(scene: Scene, key: IngredientKey, quantity: number, hoursAgo: number): LotRow {
  const at = new Date(scene.now.getTime() - hoursAgo * hour)
  const day = serviceDayOf(at)
  const one = ingredients[key]
  const orgId = supplierId(one.owner)
  const id = sampleId(`kitchen receipt ${key}`, at)
  const useByDay = addDays(day, one.lifeDays)
  const lot = stored(scene, key, one.owner, {
    quantity,
    at,
    useByDay,
    madeOn: addDays(day, -1),
    subjectId: id,
    certificate: `CJ-示例-${codeOf(day)}`,
  })
  scene.book.baseReceipts.push({
    id,
    number: sayableNumber('M', id),
    orgId,
    hubId: lot.hubId,
    skuId: lot.skuId,
    supplierOrgId: null,
    sourceLotId: null,
    lotId: lot.id,
    status: 'received',
    quantity,
    receivedQuantity: quantity,
    refusedQuantity: 0,
    refuseReason: null,
    supplierName: '三明示例农贸批发部（示例）',
    supplierAddress: '三明市三元区示例市场12号',
    supplierContact: '19900009001',
    supplierLicence: 'JY13504040900019',
    supplierLotCode: `SL${codeOf(day)}`,
    madeOn: addDays(day, -1),
    useByDay,
    certificate: lot.certificate ?? '',
    deciC: one.zone === 'ambient' ? null : 32,
    fileIds: [],
    sentBy: null,
    sentAt: null,
    receivedBy: oneOf(orgId, 'lister'),
    receivedAt: at,
    createdAt: at,
    isSample: true,
  })
  return lot
}

type Stored = {
  quantity: number
  at: Date
  useByDay: string
  madeOn: string
  subjectId: string
  certificate: string
}

export function stored(scene: Scene, key: IngredientKey, owner: SupplierKey, goods: Stored): LotRow {
  const { at, quantity } = goods
  const hubId = storeId(owner)
  const lot: LotRow = {
    id: sampleId(`kitchen lot ${key} ${owner}`, at),
    code: `YL-${key.toUpperCase()}-${owner === 'xiamao' ? 'X' : 'S'}${codeOf(serviceDayOf(at))}-${at.getUTCHours()}`,
    skuId: ingredientId(key),
    orgId: supplierId(owner),
    hubId,
    stage: 'received',
    quantity,
    promisable: quantity,
    promised: 0,
    onHand: quantity,
    capBp: 0,
    madeOn: goods.madeOn,
    readyDay: serviceDayOf(at),
    useByDay: goods.useByDay,
    certificate: goods.certificate,
    holdReason: null,
    isSample: true,
    createdAt: at,
    version: 1,
    originLotId: null,
  }
  scene.book.lots.push(lot)
  const eventId = tell(scene.book, {
    type: 'material.received',
    at,
    subjectId: goods.subjectId,
    orgId: lot.orgId,
    hubId,
    personId: oneOf(lot.orgId, 'lister'),
    actorOrgId: lot.orgId,
    payload: { lotId: lot.id, accepted: quantity },
  })
  moved(scene, lot, 'receive', quantity, { at, eventId, subjectId: goods.subjectId })
  labelled(scene, lot, key)
  withPapers(scene, lot, key)
  return lot
}

/** The papers that goods of the category come with. */
function withPapers({ book }: Scene, lot: LotRow, key: IngredientKey): void {
  for (const kind of lotPapers(ingredients[key].category)[0] ?? []) {
    const conformity = kind === 'conformity_certificate'
    book.lotPapers.push({
      id: sampleId(`kitchen paper ${lot.id} ${kind}`, lot.createdAt),
      lotId: lot.id,
      kind,
      number: `${kind.slice(0, 2).toUpperCase()}-${lot.certificate}`,
      form: conformity ? 'producer' : null,
      basis: conformity ? ['controlled'] : [],
      quantity: lot.quantity,
      origin: '三明',
      issuer: '示例签发单位',
      issuedOn: lot.madeOn ?? lot.readyDay,
      createdAt: lot.createdAt,
      isSample: true,
    })
  }
}

type Cause = { at: Date; eventId: string; subjectId: string }

/** Into the store's reserve (positive) or out of it. */
export function moved({ book }: Scene, lot: LotRow, kind: string, quantity: number, cause: Cause): void {
  const key = (Object.keys(ingredients) as IngredientKey[]).find((one) => ingredientId(one) === lot.skuId)
  const bin = binId(lot.hubId, key ? ingredients[key].zone : 'ambient', 'reserve')
  book.movements.push({
    id: sampleId(`kitchen ${kind} ${lot.id} ${cause.subjectId}`, cause.at),
    lotId: lot.id,
    hubId: lot.hubId,
    kind,
    quantity,
    fromBinId: quantity < 0 ? bin : null,
    toBinId: quantity < 0 ? null : bin,
    subjectId: cause.subjectId,
    reason: '',
    eventId: cause.eventId,
    at: cause.at,
  })
}

export function labelled({ book }: Scene, lot: LotRow, key: IngredientKey): void {
  const one = ingredients[key]
  const owner = suppliers[one.owner]
  book.lotLabels.push({
    lotId: lot.id,
    orgId: lot.orgId,
    allergens: 'allergens' in one ? [...one.allergens] : [],
    ingredients: [],
    productStandard: '',
    scNumber: 'licence' in owner ? owner.licence.number : '',
    storage: 'storage' in one ? one.storage : '',
    producer: owner.name,
    producerAddress: owner.address,
    shelfLifeDays: one.lifeDays,
    preparedDishClass: null,
  })
}
