import { makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { makePaper } from '@huming/db/factories-papers'
import { products, skus } from '@huming/db/schema/catalogue'
import { papers } from '@huming/db/schema/papers'
import { materials } from '@huming/db/schema/production'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { lockPapers, reckonSales } from './sale-days.ts'

let t: TestApp
let m: Market
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
const reckon = (orgId: string) =>
  t.db.transaction(async (tx) => {
    await lockPapers(tx, orgId)
    return reckonSales(tx, t.system(), orgId)
  })
/** A seller of its own with goods at the hub of the market. */
async function seller() {
  const org = await makeSupplier(t.db)
  const sku = await makeSku(t.db, org.id)
  await makeLot(t.db, sku, m.hub.id, 1_000_000)
  const licence = (set: Partial<typeof papers.$inferInsert>) =>
    t.db
      .update(papers)
      .set(set)
      .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'business_licence')))
  return { org, sku, licence }
}
const saleOf = async (skuId: string) => {
  const [row] = await t.db
    .select({ from: skus.saleFrom, until: skus.saleUntil })
    .from(skus)
    .where(eq(skus.id, skuId))
  return row
}
const offered = async (who: Guest, siteId: string, skuId: string, day: string) => {
  const { body } = await t.call('catalogue.browse', { query: { siteId, day, skuIds: skuId } }, who)
  return body.items.length === 1
}

test('goods whose papers are in order keep their days: nothing is written', async () => {
  const { org } = await seller()
  expect(await reckon(org.id)).toBe(0)
})

test('an order for a day after the licence ends is refused, one for its last day is placed', async () => {
  const { org, sku, licence } = await seller()
  const shop = await m.shop()
  await licence({ validTo: m.day })
  expect(await reckon(org.id)).toBe(1)
  expect(await saleOf(sku.id)).toEqual({ from: '2000-01-01', until: m.day })
  expect((await m.put(shop, m.body(shop, [[sku, 1]]))).status).toBe(200)
  const late = await m.put(shop, m.body(shop, [[sku, 1]], { day: addDays(m.day, 1) }))
  expect([late.status, late.problem.code]).toEqual([409, 'not_available'])
  expect(await offered(shop.guest, shop.site.id, sku.id, m.day)).toBe(true)
  expect(await offered(shop.guest, shop.site.id, sku.id, addDays(m.day, 1))).toBe(false)
})

test('an expired or revoked licence takes the goods out of sale, a renewal brings them back', async () => {
  const { org, sku, licence } = await seller()
  const shop = await m.shop()
  const seen = () => offered(shop.guest, shop.site.id, sku.id, m.day)
  const order = async () => (await m.put(shop, m.body(shop, [[sku, 1]]))).status
  expect([await seen(), await order()]).toEqual([true, 200])
  await licence({ validTo: addDays(today, -1) })
  await reckon(org.id)
  expect([await seen(), await order()]).toEqual([false, 409])
  await makePaper(t.db, org.id, 'business_licence', { validFrom: today })
  await reckon(org.id)
  expect([await seen(), await order()]).toEqual([true, 200])
  await t.db.update(papers).set({ status: 'revoked' }).where(eq(papers.orgId, org.id))
  await reckon(org.id)
  expect(await saleOf(sku.id)).toEqual({ from: '', until: '' })
  expect([await seen(), await order()]).toEqual([false, 409])
})

test('a licence that begins tomorrow sells nothing today', async () => {
  const { org, sku, licence } = await seller()
  const shop = await m.shop()
  await licence({ validFrom: addDays(today, 1) })
  await reckon(org.id)
  expect(await saleOf(sku.id)).toEqual({ from: addDays(today, 1), until: '2099-12-31' })
  expect((await m.put(shop, m.body(shop, [[sku, 1]]))).status).toBe(409)
  expect(await offered(shop.guest, shop.site.id, sku.id, m.day)).toBe(false)
})

test('a pack is listed only with its papers, and a draft can be written before', async () => {
  const org = await makeSupplier(t.db)
  const lister = await t.guest(org, ['lister'])
  const product = { orgId: org.id, name: '示例花生酱', category: 'C5', countyCode: '350405' }
  const productId = newId()
  await t.call('catalogue.writeProduct', { params: { id: productId }, body: product }, lister)
  const id = newId()
  const body = {
    productId,
    code: `P${id.slice(-8).toUpperCase()}`,
    spec: '5 kg桶',
    baseUnit: 'g',
    orderUnit: 'carton',
    basePerOrderUnit: 5000,
    priceUnit: 'kg',
    basePerPriceUnit: 1000,
    zone: 'ambient',
    shelfLifeDays: 300,
    taxClass: 'processed_food',
    grossGramsPerUnit: 5400,
    millilitresPerUnit: 9000,
  } as const
  const write = (over: object) =>
    t.call('catalogue.writeSku', { params: { id }, body: { ...body, ...over } }, lister)
  const refused = await write({})
  expect([refused.status, refused.problem.code, refused.problem['paper']]).toEqual([
    409,
    'licence_missing',
    'type_inspection',
  ])
  expect((await write({ archived: true })).status).toBe(200)
  expect((await write({ archived: false, version: 1 })).problem.code).toBe('licence_missing')
  await makePaper(t.db, org.id, 'type_inspection', { productIds: [productId], validTo: '2027-06-30' })
  expect((await write({ archived: false, version: 1 })).status).toBe(200)
  expect(await saleOf(id)).toEqual({ from: '2000-01-01', until: '2027-06-30' })
})

test('a product moved to another class loses its sale by itself', async () => {
  const org = await makeSupplier(t.db)
  const lister = await t.guest(org, ['lister'])
  const sku = await makeSku(t.db, org.id)
  const body = { orgId: org.id, name: '示例黄精', category: 'A8', countyCode: '350405', version: 1 }
  const write = (over: object) =>
    t.call('catalogue.writeProduct', { params: { id: sku.productId }, body: { ...body, ...over } }, lister)
  expect((await write({})).status).toBe(200)
  expect(await saleOf(sku.id)).toEqual({ from: '', until: '' })
  expect((await write({ edibleBasis: 'dual_use_list', version: 2 })).status).toBe(200)
  expect(await saleOf(sku.id)).toEqual({ from: '2000-01-01', until: '2099-12-31' })
})

test('a mark is shown only with a certificate in force for that product', async () => {
  const { org, sku } = await seller()
  const other = await makeSku(t.db, org.id)
  const shop = await m.shop()
  const marks = async () => {
    const query = { siteId: shop.site.id, day: m.day }
    const { body } = await t.call(
      'catalogue.readProduct',
      { params: { id: sku.productId }, query },
      shop.guest,
    )
    return [
      body.marks.map((mark) => mark.type),
      body.offers.flatMap((offer) => offer.marks.map((mark) => mark.type)),
    ]
  }
  const cert = (kind: 'gi_product' | 'named_special' | 'haccp' | 'organic', over = {}) =>
    makePaper(t.db, org.id, kind, { productIds: [sku.productId], ...over })
  await makePaper(t.db, org.id, 'green_food', { productIds: [other.productId] })
  await cert('organic', { status: 'pending' })
  await cert('gi_product', { validTo: addDays(today, -1) })
  await reckon(org.id)
  expect(await marks()).toEqual([[], []])
  await cert('gi_product', { number: '示例1' })
  await cert('haccp', { productIds: [] })
  await cert('named_special', { validFrom: '2023-01-01', validTo: '2099-01-01' })
  await reckon(org.id)
  expect(await marks()).toEqual([
    ['gi_product', 'haccp'],
    ['gi_product', 'haccp'],
  ])
  await t.db.update(papers).set({ confirmedOn: today }).where(eq(papers.kind, 'named_special'))
  await reckon(org.id)
  expect((await marks())[0]).toContain('named_special')
  // Days are compared when a page is read: a mark that ends tomorrow is not shown for a later day.
  await t.db
    .update(products)
    .set({ marks: [{ type: 'gap', text: '示例', from: today, until: addDays(today, 1) }] })
    .where(eq(products.id, sku.productId))
  expect(await marks()).toEqual([['gap'], []])
})

test('what a maker only uses is never on sale, whatever its papers', async () => {
  const { org, sku } = await seller()
  await t.db.insert(materials).values({ skuId: sku.id, orgId: org.id, kind: 'ingredient' })
  await reckon(org.id)
  expect(await saleOf(sku.id)).toEqual({ from: '', until: '' })
  const officer = await t.guest(org, ['lister'])
  const needs = await t.call('papers.needs', { params: { id: org.id } }, officer)
  expect(needs.body.items).toEqual([])
})

test('days reckoned agree with the gate, whoever changed a paper last', async () => {
  const { org, sku, licence } = await seller()
  const ends = Array.from({ length: 6 }, (_, i) => addDays(today, i + 1))
  await Promise.all(
    ends.map((validTo) =>
      t.db.transaction(async (tx) => {
        await lockPapers(tx, org.id)
        await tx
          .update(papers)
          .set({ validTo })
          .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'business_licence')))
        await reckonSales(tx, t.system(), org.id)
      }),
    ),
  )
  const [row] = await t.db
    .select({ validTo: papers.validTo })
    .from(papers)
    .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'business_licence')))
  expect((await saleOf(sku.id))?.until).toBe(row?.validTo)
  await licence({ validTo: '2099-12-31' })
})
