import { newId } from '@huming/shared/ids'
import type { OrgKind } from '@huming/shared/permissions'
import { isCategoryId, lotPapers as neededPapers } from '@huming/shared/reference/categories'
import type { PaperId } from '@huming/shared/reference/papers'
import { eq } from 'drizzle-orm'
import type { OpenDb } from './client.ts'
import { products, skus } from './schema/catalogue.ts'
import { lotPapers, papers } from './schema/papers.ts'
import type { lots } from './schema/stock.ts'

/** Papers for tests: what the other makers make may be sold, shipped and taken in unless a test takes it away. */
type Db = OpenDb['db']
type Over = Partial<typeof papers.$inferInsert>

const everyClass = Array.from({ length: 31 }, (_, i) => `1${String(i + 1).padStart(2, '0')}`)
const ofSupplier: [PaperId, string[]][] = [
  ['business_licence', []],
  ['production_licence', everyClass],
  ['trading_licence', ['1']],
  ['animal_health_permit', []],
]
/** What an organisation of a kind needs to trade anything at all. */
const papersOfKind: Partial<Record<OrgKind, [PaperId, string[]][]>> = {
  coop: ofSupplier,
  base: ofSupplier,
  warehouse: [['storage_filing', []]],
  carrier: [['road_transport_permit', []]],
}

export async function makeHolderPapers(db: Db, orgId: string, kind: OrgKind): Promise<void> {
  const held = (papersOfKind[kind] ?? []).map(([paper, scope]) => paperRow(orgId, paper, { scope }))
  if (held.length > 0) await db.insert(papers).values(held)
}

/** Type inspection and food contact test of a product. */
export async function makeReports(db: Db, orgId: string, productId: string): Promise<void> {
  const kinds = ['type_inspection', 'food_contact_test'] as const
  await db.insert(papers).values(kinds.map((kind) => paperRow(orgId, kind, { productIds: [productId] })))
}

/** A reviewed paper, in force from 2020 to 2099 and checked until its end, unless told otherwise. */
export async function makePaper(db: Db, orgId: string, kind: PaperId, over: Over = {}) {
  const rows = await db
    .insert(papers)
    .values(paperRow(orgId, kind, over))
    .returning()
  return rows[0] as (typeof rows)[number]
}

function paperRow(orgId: string, kind: PaperId, over: Over) {
  const id = newId()
  return {
    id,
    orgId,
    kind,
    number: `示例${id.slice(-8).toUpperCase()}`,
    scope: [],
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    status: 'valid',
    verifiedOn: '2099-07-01',
    isSample: true,
    ...over,
  }
}

/** What a vehicle needs to leave with goods: 行驶证 and a disinfection. */
export async function makeVehiclePapers(db: Db, orgId: string, vehicleId: string): Promise<void> {
  const kinds = ['vehicle_licence', 'disinfection_record'] as const
  await db.insert(papers).values(kinds.map((kind) => paperRow(orgId, kind, { vehicleId })))
}

/** The 健康证 of a driver of the organisation. */
export async function makeHealthCertificate(db: Db, orgId: string, personId: string): Promise<void> {
  await db.insert(papers).values(paperRow(orgId, 'health_certificate', { personId }))
}

/** Every paper goods of the lot's category need, covering all of it. */
export async function makeLotPapers(db: Db, lot: typeof lots.$inferSelect): Promise<void> {
  const [product] = await db
    .select({ category: products.category })
    .from(products)
    .innerJoin(skus, eq(skus.productId, products.id))
    .where(eq(skus.id, lot.skuId))
  const category = product?.category ?? ''
  const kinds = isCategoryId(category) ? (neededPapers(category)[0] ?? []) : []
  for (const kind of kinds) {
    const conformity = kind === 'conformity_certificate'
    await db.insert(lotPapers).values({
      id: newId(),
      lotId: lot.id,
      kind,
      number: lot.certificate,
      form: conformity ? 'producer' : null,
      basis: conformity ? ['controlled'] : [],
      quantity: Math.max(lot.quantity, 1),
      issuedOn: lot.madeOn ?? lot.readyDay,
      createdAt: new Date(),
      isSample: true,
    })
  }
}
