import { addDays, instantAt, type ServiceDay } from '@huming/shared/days'
import { type DatedMark, marksOf, type PaperRule, saleDays } from '@huming/shared/gates'
import { buildJy } from '@huming/shared/identifiers/jy'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import { categoryOf } from '@huming/shared/reference/categories'
import type { PaperId } from '@huming/shared/reference/papers'
import type { papers } from '../../schema/papers.ts'
import { sampleBuyers } from '../content/buyers.ts'
import type { Product } from '../content/kinds.ts'
import { sampleProducts } from '../content/products.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleId } from '../ids.ts'
import { vehicleRows } from './fleet.ts'
import { productId } from './goods.ts'
import { soldIngredients } from './kitchen.ts'
import { buyerId, houseId, supplierId } from './parties.ts'

type PaperRow = Required<Omit<typeof papers.$inferInsert, 'warnedDays' | 'version'>>

/** What differs from a licence of five years that was reviewed and has been checked again this half year. */
type Over = Partial<PaperRow> & { readonly left: number }

const inspector = '市场监督管理局（示例）'

function paper(
  today: ServiceDay,
  orgId: string,
  kind: PaperId,
  number: string,
  { left, ...over }: Over,
): PaperRow {
  const submittedAt = new Date(instantAt(addDays(today, -120), 600))
  return {
    id: sampleId(`paper ${orgId} ${kind} ${number}`),
    orgId,
    kind,
    number,
    issuer: inspector,
    scope: [],
    productIds: [],
    vehicleId: null,
    personId: null,
    validFrom: addDays(today, left - 1825),
    validTo: addDays(today, left),
    confirmedOn: null,
    fileId: null,
    status: 'valid',
    submittedBy: null,
    submittedAt,
    reviewedBy: null,
    reviewedAt: submittedAt,
    reviewNote: '',
    verifiedOn: addDays(today, -60),
    isSample: true,
    ...over,
  }
}

/** Not looked at yet: it waits at the review desk. */
const pending = (today: ServiceDay) => ({
  status: 'pending',
  submittedAt: new Date(instantAt(addDays(today, -1), 930)),
  reviewedAt: null,
  verifiedOn: null,
})

/** Days left of production licences that run out soon, or ran out. */
const licenceLeft: Partial<Record<SupplierKey, number>> = { xiamao: 12, oldTofu: -20, shaxianMeat: 55 }

function supplierPapers(today: ServiceDay, key: SupplierKey): PaperRow[] {
  const one = suppliers[key]
  const orgId = supplierId(key)
  const own = (kind: PaperId, number: string, over: Over) => paper(today, orgId, kind, number, over)
  const goods = sampleProducts.filter((product) => product.supplier === key)
  const has = (test: (category: ReturnType<typeof categoryOf>) => boolean) =>
    goods.some((product) => test(categoryOf(product.category)))
  const rows = [
    // One that sells nothing just now has not been checked against the register for more than half a year.
    own('business_licence', one.uscc, {
      left: 4000,
      validFrom: '2016-03-01',
      ...(key === 'oldTofu' ? { verifiedOn: addDays(today, -200) } : {}),
    }),
  ]
  if ('licence' in one) {
    const { number, classes } = one.licence
    const scope = [...classes]
    rows.push(own('production_licence', number, { left: licenceLeft[key] ?? 900, scope }))
    if (key === 'xiamao') {
      const renewal = { left: 1837, validFrom: addDays(today, 13), scope, ...pending(today) }
      rows.push({ ...own('production_licence', number, renewal), id: sampleId(`paper ${orgId} renewal`) })
    }
  }
  if (has(({ parent, id }) => (parent ?? id) === 'A5'))
    rows.push(own('animal_health_permit', `${one.county}防合字示例001`, { left: 600 }))
  if (has(({ papers: kind }) => kind === 'pork'))
    rows.push(own('trading_licence', buildJy(1, one.county, 900_050), { left: 420, scope: ['1'] }))
  return [...rows, ...goods.flatMap((product) => productPapers(today, orgId, product))]
}

/** Type inspection each half year, food contact tests, and certificates behind the marks. */
function productPapers(today: ServiceDay, orgId: string, product: Product): PaperRow[] {
  const productIds = [productId(product)]
  const code = product.packs[0]?.code ?? ''
  const kind = categoryOf(product.category).papers
  const rows: PaperRow[] = []
  const tested = { left: 170, validFrom: addDays(today, -12), issuer: '检测机构（示例）', productIds }
  if (kind === 'prepackaged') rows.push(paper(today, orgId, 'type_inspection', `XS-示例-${code}`, tested))
  if (kind === 'packaging') rows.push(paper(today, orgId, 'food_contact_test', `JC-示例-${code}`, tested))
  for (const mark of product.marks) {
    const number = mark.note
    const over = { left: 900, validFrom: addDays(today, -700), issuer: '', productIds }
    // What is not confirmed from public sources waits for review and is not shown.
    const standing = mark.sure ? {} : pending(today)
    const confirmedOn = mark.kind === 'named_special' ? addDays(today, mark.lapsed ? -380 : -150) : null
    rows.push({
      ...paper(today, orgId, mark.kind, number, { ...over, ...standing, confirmedOn }),
      id: sampleId(`paper ${product.name} ${mark.kind} ${number}`),
    })
  }
  return rows
}

const business: Partial<Record<BuyerClass, 1 | 2 | 3>> = {
  snack_shop: 2,
  breakfast: 2,
  canteen_university: 3,
  canteen_office: 3,
  fresh_platform: 1,
  community: 1,
}

/** What bases make for other makers is tested like all that is sold. */
const kitchenPapers = (today: ServiceDay): PaperRow[] =>
  soldIngredients.map(({ id, owner, key }) => {
    const tested = { left: 160, validFrom: addDays(today, -20), issuer: '检测机构（示例）', productIds: [id] }
    return paper(today, supplierId(owner), 'type_inspection', `XS-示例-${key}`, tested)
  })

/**
 * 行驶证 and a disinfection of every vehicle, a 健康证 of every driver. The van that is off the road has a 行驶证 that
 * ran out; one driver's certificate runs out in twenty days.
 */
function fleetPapers(today: ServiceDay): PaperRow[] {
  const carrier = houseId('carrier')
  return vehicleRows().flatMap(({ id: vehicleId, plate, driverPersonId = null, outOfService }, i) => {
    const own = (kind: PaperId, number: string, over: Over) => paper(today, carrier, kind, number, over)
    const healthy = i === 3 ? 20 : 60 + ((i * 17) % 280)
    return [
      own('vehicle_licence', plate, { left: outOfService ? -8 : 120 + ((i * 13) % 600), vehicleId }),
      own('disinfection_record', `${plate} 消毒`, {
        left: 28,
        validFrom: addDays(today, -2),
        issuer: '清洗消毒站（示例）',
        vehicleId,
      }),
      own('health_certificate', `沪健示例${String(i + 1).padStart(5, '0')}`, {
        left: healthy,
        validFrom: addDays(today, healthy - 365),
        issuer: '疾病预防控制中心（示例）',
        personId: driverPersonId,
      }),
    ]
  })
}

/** Papers of all: one licence runs out in twelve days with its renewal under review, one ran out. */
export function paperRows(today: ServiceDay): PaperRow[] {
  const [warehouse, carrier] = [houseId('warehouse'), houseId('carrier')]
  const storage = ['冷藏', '冷冻', '常温']
  return [
    ...(Object.keys(suppliers) as SupplierKey[]).flatMap((key) => supplierPapers(today, key)),
    ...kitchenPapers(today),
    paper(today, warehouse, 'trading_licence', 'JY13101149000017', { left: 700, scope: ['1'] }),
    paper(today, warehouse, 'storage_filing', '沪嘉贮备示例0001', { left: 400, scope: storage }),
    paper(today, carrier, 'road_transport_permit', '沪交运示例310114000001', { left: 500 }),
    paper(today, carrier, 'storage_filing', '沪嘉运备示例0002', { left: 400, scope: ['冷藏', '冷冻'] }),
    ...fleetPapers(today),
    ...sampleBuyers.flatMap((buyer, i) => {
      const kind = business[buyer.buyerClass]
      const number = kind && buildJy(kind, buyer.districts[0], 900_100 + i)
      const over = { left: 200 + ((i * 37) % 1200), scope: [String(kind)] }
      return number ? [paper(today, buyerId(buyer), 'trading_licence', number, over)] : []
    }),
  ]
}

/** What the papers make of each product: the marks it shows and the days on which it is sold. */
export type Standing = (product: Product) => {
  readonly marks: DatedMark[]
  readonly sale: { readonly from: string; readonly until: string } | null
}

export function standingOf(
  rules: readonly PaperRule[],
  rows: readonly PaperRow[],
  today: ServiceDay,
): Standing {
  const heldBy = Map.groupBy(rows, (row) => row.orgId)
  return (product) => {
    const id = productId(product)
    const held = heldBy.get(supplierId(product.supplier)) ?? []
    const goods = { category: product.category, productId: id, edibleBasis: product.edibleBasis ?? null }
    return { marks: marksOf(held, id, today), sale: saleDays(rules, held, goods, today) }
  }
}
