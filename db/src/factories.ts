import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { OrgKind, Role } from '@huming/shared/permissions'
import { type BinKind, binCodeOf, binSequenceOf } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import { and, eq } from 'drizzle-orm'
import type { OpenDb } from './client.ts'
import { makeHealthCertificate, makeHolderPapers, makeLotPapers, makeReports } from './factories-papers.ts'
import { hubs, memberships, organisations, people, sites } from './schema/accounts.ts'
import { bins } from './schema/bins.ts'
import { prices, products, skus } from './schema/catalogue.ts'
import { ledgerAccounts } from './schema/ledger.ts'
import { cutOffRules } from './schema/orders.ts'
import { binStock, lots, movements } from './schema/stock.ts'

/** Rows for tests: every maker fills what the test does not care about and returns the row it made. */
type Db = OpenDb['db']
type Over<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>

const first = <T>(rows: T[]): T => rows[0] as T
let serial = 0
const unique = (): string =>
  `${Date.now().toString(36)}${process.pid.toString(36)}${(serial++).toString(36)}`.toUpperCase()

/** A phone of a range that no operator gives out, no two the same in one process. */
export const freshPhone = (): string => `199${String((firstPhone + serial++) % 1e8).padStart(8, '0')}`
const firstPhone = Math.trunc(Math.random() * 1e8)

export async function makeOrg(db: Db, kind: OrgKind, over: Over<typeof organisations> = {}) {
  const name = `示例${kind}${unique()}`
  const buyerClass = kind === 'buyer' ? 'snack_shop' : null
  const row = {
    id: newId(),
    kind,
    name,
    shortName: name,
    buyerClass,
    divisionCode: '310114',
    createdAt: new Date(),
    isSample: true,
    ...over,
  }
  const org = first(await db.insert(organisations).values(row).returning())
  await makeHolderPapers(db, org.id, kind)
  return org
}

/** An organisation that may sell, buy or run goods, with its ledger account (credit limit in fen, null = none). */
export async function makeBuyer(
  db: Db,
  over: Over<typeof organisations> = {},
  creditLimitFen: number | null = 100_000_000,
) {
  const org = await makeOrg(db, 'buyer', over)
  await db
    .insert(ledgerAccounts)
    .values([{ id: newId(), orgId: org.id, purpose: 'receivable', creditLimitFen }])
  return org
}

export async function makeSupplier(db: Db, over: Over<typeof organisations> = {}) {
  return makeOrg(db, 'coop', { sellerTaxType: 'self_producer', divisionCode: '350426', ...over })
}

/** A hub with its warehouse organisation and cut-off rules at 23:59 the day before, minimum 0, for all classes. */
export async function makeHub(
  db: Db,
  over: Over<typeof hubs> = {},
  rule: Partial<typeof cutOffRules.$inferInsert> = {},
) {
  const org = await makeOrg(db, 'warehouse')
  const row = {
    id: newId(),
    orgId: org.id,
    kind: 'central',
    name: `示例仓${unique()}`,
    districtCode: '310114',
    address: '示例路1号',
    lngE6: 121_261_600,
    latE6: 31_376_500,
    isSample: true,
    ...over,
  }
  const hub = first(await db.insert(hubs).values(row).returning())
  const classes = [
    'snack_shop',
    'breakfast',
    'canteen_university',
    'canteen_office',
    'wholesale',
    'fresh_platform',
    'community',
  ]
  await db.insert(cutOffRules).values(
    classes.map((buyerClass) => ({
      id: newId(),
      hubId: hub.id,
      buyerClass,
      minutes: 1439,
      minimumFen: 0,
      validFrom: '2020-01-01',
      validTo: '2099-12-31',
      ...rule,
    })),
  )
  return hub
}

export async function makeSite(db: Db, orgId: string, hubId: string, over: Over<typeof sites> = {}) {
  const row = {
    id: newId(),
    orgId,
    hubId,
    name: `示例店${unique()}`,
    districtCode: '310109',
    address: '示例街2号',
    lngE6: 121_500_600,
    latE6: 31_266_100,
    contactName: '示例联系人',
    contactPhone: freshPhone(),
    deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
    windowFrom: 60,
    windowTo: 390,
    isSample: true,
    ...over,
  }
  return first(await db.insert(sites).values(row).returning())
}

/** A person holding roles in an organisation. The hash fits no password: tests open sessions directly. */
export async function makePerson(
  db: Db,
  orgId: string,
  roles: readonly Role[],
  over: Over<typeof people> = {},
) {
  const row = {
    id: newId(),
    phone: freshPhone(),
    name: '示例人员',
    passwordHash: 'none',
    createdAt: new Date(),
    isSample: true,
    ...over,
  }
  const person = first(await db.insert(people).values(row).returning())
  if (roles.length > 0)
    await db.insert(memberships).values(roles.map((role) => ({ personId: person.id, orgId, role })))
  if (roles.includes('driver')) await makeHealthCertificate(db, orgId, person.id)
  return person
}

/** A product with one pack of 10 kg cartons priced 50.00 yuan per kg unless told otherwise. */
export async function makeSku(
  db: Db,
  orgId: string,
  over: Over<typeof skus> = {},
  options: { product?: Over<typeof products>; priceCentifen?: number | null } = {},
) {
  const code = `T${unique()}`
  const product = first(
    await db
      .insert(products)
      .values({
        id: newId(),
        orgId,
        name: `示例商品${code}`,
        category: 'A1',
        countyCode: '350426',
        pinyinFull: 'shilishangpin',
        pinyinInitials: 'slsp',
        aliases: [],
        shortCodes: [],
        seasons: [],
        marks: [],
        isSample: true,
        createdAt: new Date(),
        ...options.product,
      })
      .returning(),
  )
  const row = {
    id: newId(),
    productId: product.id,
    orgId,
    code,
    spec: '10 kg箱',
    baseUnit: 'g',
    orderUnit: 'carton',
    basePerOrderUnit: 10_000,
    priceUnit: 'kg',
    basePerPriceUnit: 1000,
    zone: 'ambient',
    shelfLifeDays: 30,
    allergens: [],
    taxClass: 'agri',
    grossGramsPerUnit: 10_500,
    millilitresPerUnit: 24_000,
    saleFrom: '2000-01-01',
    saleUntil: '2099-12-31',
    isSample: true,
    ...over,
  }
  const sku = first(await db.insert(skus).values(row).returning())
  await makeReports(db, orgId, product.id)
  if (options.priceCentifen !== null) {
    await db.insert(prices).values({
      id: newId(),
      skuId: sku.id,
      centifen: options.priceCentifen ?? 500_000,
      validFrom: '2020-01-01',
      validTo: '2099-12-31',
      createdAt: new Date(),
    })
  }
  return sku
}

/** A lot at the hub; what is on hand lies at the dock with its receiving movement, so that all balances agree. */
export async function makeLot(
  db: Db,
  sku: { id: string; orgId: string },
  hubId: string,
  quantity: number,
  over: Over<typeof lots> = {},
) {
  const today = serviceDayOf(new Date())
  const stage = over.stage ?? 'received'
  const row = {
    id: newId(),
    code: `L${unique()}`,
    skuId: sku.id,
    orgId: sku.orgId,
    hubId,
    stage,
    quantity,
    promisable: quantity,
    onHand: stage === 'received' ? quantity : 0,
    madeOn: addDays(today, -1),
    readyDay: today,
    useByDay: addDays(today, 25),
    certificate: 'SL-0001',
    isSample: true,
    createdAt: new Date(),
    ...over,
  }
  const lot = first(await db.insert(lots).values(row).returning())
  if (stage !== 'planned' && lot.certificate !== '') await makeLotPapers(db, lot)
  if (lot.onHand > 0) await putAtDock(db, lot)
  return lot
}

/** Lays what is on hand of a lot at the dock of its zone, with the receiving movement. */
async function putAtDock(db: Db, lot: typeof lots.$inferSelect): Promise<void> {
  const [sku] = await db.select({ zone: skus.zone }).from(skus).where(eq(skus.id, lot.skuId))
  const bin = await makeBin(db, lot.hubId, { zone: sku?.zone as Zone, kind: 'dock' })
  await db.insert(binStock).values({ binId: bin.id, lotId: lot.id, quantity: lot.onHand })
  await db.insert(movements).values({
    id: newId(),
    lotId: lot.id,
    hubId: lot.hubId,
    kind: 'receive',
    quantity: lot.onHand,
    toBinId: bin.id,
    subjectId: lot.id,
    eventId: newId(),
    at: new Date(),
  })
}

/** A bin of a hub; the first of its zone and kind unless told otherwise, made once. */
export async function makeBin(
  db: Db,
  hubId: string,
  { zone, kind, nth = 1 }: { zone: Zone; kind: BinKind; nth?: number },
) {
  const row = {
    id: newId(),
    hubId,
    code: binCodeOf(zone, kind, nth),
    zone,
    kind,
    sequence: binSequenceOf(kind, nth),
  }
  await db.insert(bins).values(row).onConflictDoNothing()
  return first(
    await db
      .select()
      .from(bins)
      .where(and(eq(bins.hubId, hubId), eq(bins.code, row.code))),
  )
}
