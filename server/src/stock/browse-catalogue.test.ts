import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { initialsOf, soundOf } from '@huming/db/pinyin'
import { prices } from '@huming/db/schema/catalogue'
import { closedDays } from '@huming/db/schema/orders'
import { addDays, type ServiceDay, serviceDayOf, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shortCodesOf } from '../catalogue/search.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
let shop: Guest
let siteId: string
const today = serviceDayOf(new Date())
const tomorrow = addDays(today, 1)

beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
  coop = await makeSupplier(t.db)
  const buyer = await makeBuyer(t.db)
  siteId = (await makeSite(t.db, buyer.id, hub.id)).id
  shop = await t.guest(buyer, ['purchaser'])
})
afterAll(() => t.close())

/** A product with the search words its verb would write. */
const named = (name: string, over: Record<string, unknown> = {}) => ({
  product: {
    name,
    pinyinFull: soundOf(name),
    pinyinInitials: initialsOf(name),
    shortCodes: shortCodesOf(name, []),
    ...over,
  },
})
const browse = (query: Parameters<typeof t.call<'catalogue.browse'>>[1]['query'], who = shop) =>
  t.call('catalogue.browse', { query: { siteId, ...query } }, who)
const offerOf = async (skuId: string, query: object = {}) => {
  const page = await browse({ skuIds: skuId, ...query })
  return page.body.items[0] as NonNullable<(typeof page.body.items)[0]>
}
const names = async (search: string) => (await browse({ search })).body.items.map((offer) => offer.name)

test('another buyer’s site, an unknown one and nobody are refused', async () => {
  const other = await makeBuyer(t.db)
  const theirs = await makeSite(t.db, other.id, hub.id)
  for (const site of [theirs.id, newId()]) {
    const answer = await browse({ siteId: site })
    expect([answer.status, answer.problem.code]).toEqual([404, 'not_found'])
  }
  expect((await t.call('catalogue.browse', {})).status).toBe(401)
  const lister = await t.guest(coop, ['lister'])
  expect((await t.call('catalogue.browse', {}, lister)).status).toBe(403)
})

test('wrong filters are refused with their place, not answered with an error of the server', async () => {
  const bad: [object, number, string][] = [
    [{ category: 'Z9' }, 422, 'unknown_category'],
    [{ day: '2026-02-30' }, 422, 'bad_input'],
    [{ day: addDays(today, 61) }, 409, 'day_out_of_range'],
    [{ cursor: "1'; drop table skus" }, 422, 'bad_input'],
    [{ cursor: '10001' }, 422, 'bad_input'],
    [{ skuIds: 'x,y' }, 422, 'bad_input'],
    [{ zone: 'hot' }, 422, 'bad_input'],
    [{ limit: 201 }, 422, 'bad_input'],

    [{ search: '\u0000' }, 422, 'bad_input'],
    [{ search: 'x'.repeat(61) }, 422, 'bad_input'],
  ]
  for (const [query, status, code] of bad) {
    const answer = await browse(query)
    expect([query, answer.status, answer.problem.code]).toEqual([query, status, code])
  }
})

test('wildcards, quotes and script in a search are plain text that finds nothing', async () => {
  await makeSku(t.db, coop.id, {}, named('通配商品'))
  for (const search of ['%', '_', "' or 1=1 --", '<script>alert(1)</script>', '\\', '"']) {
    expect([search, await names(search)]).toEqual([search, []])
  }
})

test('is found by Chinese, alias, pinyin, initials, short code and sound', async () => {
  const paste = await makeSku(
    t.db,
    coop.id,
    { code: 'SX-HS-91' },
    named('沙县拌面花生酱', { aliases: ['拌面酱'] }),
  )
  await makeSku(t.db, coop.id, {}, named('速冻扁肉', { aliases: ['馄饨', '扁食'] }))
  const finds: [string, string][] = [
    ['花生', '沙县拌面花生酱'],
    ['拌面酱', '沙县拌面花生酱'],
    ['馄饨', '速冻扁肉'],
    ['shaxianbanmian', '沙县拌面花生酱'],
    ['huasheng', '沙县拌面花生酱'],
    ['sxbm', '沙县拌面花生酱'],
    ['HSJ', '沙县拌面花生酱'],
    ['ｈｓｊ', '沙县拌面花生酱'],
    ['便肉', '速冻扁肉'],
    ['SX-HS-91', '沙县拌面花生酱'],
    ['沙县 花生', '沙县拌面花生酱'],
  ]
  for (const [search, name] of finds) expect([search, await names(search)]).toEqual([search, [name]])
  expect(await names('花生 馄饨')).toEqual([])
  expect((await browse({ search: 'hsj' })).body.items[0]?.skuId).toBe(paste.id)
})

test('the closer fit comes first: the whole name, its beginning, its middle, an alias, a sound', async () => {
  for (const name of ['红笋片', '鲜红笋', '红笋']) await makeSku(t.db, coop.id, {}, named(name))
  await makeSku(t.db, coop.id, {}, named('山珍礼盒', { aliases: ['红笋组合'] }))
  await makeSku(t.db, coop.id, {}, named('洪损测试'))
  expect(await names('红笋')).toEqual(['红笋', '红笋片', '鲜红笋', '山珍礼盒', '洪损测试'])
})

test('archived packs and products and those of suspended suppliers are not offered', async () => {
  const closed = await makeSupplier(t.db, { suspendedAt: new Date() })
  await makeSku(t.db, closed.id, {}, named('隐藏品甲'))
  await makeSku(t.db, coop.id, { archivedAt: new Date() }, named('隐藏品乙'))
  const gone = await makeSku(t.db, coop.id, {}, named('隐藏品丙', { archivedAt: new Date() }))
  expect(await names('隐藏品')).toEqual([])
  expect(await offerOf(gone.id)).toBeUndefined()
  const product = await t.call('catalogue.readProduct', { params: { id: gone.productId } }, shop)
  expect([product.status, product.problem.code]).toEqual([404, 'not_found'])
})

test('each buyer sees their own price and no other', async () => {
  const sku = await makeSku(t.db, coop.id, {}, { priceCentifen: 500_000 })
  const contractor = await makeBuyer(t.db, { buyerClass: 'wholesale' })
  const theirSite = await makeSite(t.db, contractor.id, hub.id)
  const row = { skuId: sku.id, validFrom: '2026-01-01', validTo: '2099-12-31', createdAt: new Date() }
  await t.db.insert(prices).values([
    { ...row, id: newId(), buyerClass: 'wholesale', centifen: 450_000 },
    { ...row, id: newId(), buyerOrgId: contractor.id, fromUnits: 10, centifen: 400_000 },
  ])
  expect((await offerOf(sku.id)).tiers).toEqual([{ fromUnits: 1, centifen: 500_000, reason: 'list' }])
  const who = await t.guest(contractor, ['purchaser'])
  const theirs = await browse({ siteId: theirSite.id, skuIds: sku.id }, who)
  expect(theirs.body.items[0]?.tiers).toEqual([
    { fromUnits: 1, centifen: 450_000, reason: 'class' },
    { fromUnits: 10, centifen: 400_000, reason: 'contract' },
  ])
  const operations = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const asList = await t.call('catalogue.browse', { query: { skuIds: sku.id } }, operations)
  expect(asList.body.items[0]?.tiers).toEqual([{ fromUnits: 1, centifen: 500_000, reason: 'list' }])
  const asTheirs = await browse({ siteId: theirSite.id, skuIds: sku.id }, operations)
  expect(asTheirs.body.items[0]?.tiers).toHaveLength(2)
})

test('why not today: no price, sold out, not yet ready, too short a life, out of season', async () => {
  const open = { unavailableReason: null, availableUnits: 3, nextDay: null, lifeLeftDays: 24 }
  const good = await makeSku(t.db, coop.id)
  await makeLot(t.db, good, hub.id, 39_999)
  expect(await offerOf(good.id, { day: tomorrow })).toMatchObject(open)

  const priceless = await makeSku(t.db, coop.id, {}, { priceCentifen: null })
  await makeLot(t.db, priceless, hub.id, 50_000)
  expect(await offerOf(priceless.id)).toMatchObject({ unavailableReason: 'no_price', tiers: [] })

  const sold = await makeSku(t.db, coop.id, { minUnits: 2 })
  await makeLot(t.db, sold, hub.id, 100_000, { promised: 90_000 })
  expect(await offerOf(sold.id)).toMatchObject({
    unavailableReason: 'sold_out',
    availableUnits: 1,
    nextDay: null,
  })

  const later = await makeSku(t.db, coop.id)
  await makeLot(t.db, later, hub.id, 50_000, { readyDay: addDays(today, 3) })
  expect(await offerOf(later.id)).toMatchObject({
    unavailableReason: 'not_yet_ready',
    nextDay: addDays(today, 3),
    availableUnits: 0,
  })

  const old = await makeSku(t.db, coop.id, { minRemainingDays: 5 })
  await makeLot(t.db, old, hub.id, 50_000, { useByDay: addDays(tomorrow, 4) })
  expect(await offerOf(old.id)).toMatchObject({ unavailableReason: 'short_life', lifeLeftDays: null })

  const past = addDays(tomorrow, -40).slice(5)
  const season = { from: past, to: addDays(tomorrow, -10).slice(5), peak: false }
  const off = await makeSku(t.db, coop.id, {}, named('过季品', { seasons: [season] }))
  expect(await offerOf(off.id)).toMatchObject({ unavailableReason: 'out_of_season', inSeason: false })
})

test('only lots of the site’s hub in a promisable stage count; the next day is one the site is served on', async () => {
  const sku = await makeSku(t.db, coop.id)
  const elsewhere = await makeHub(t.db)
  await makeLot(t.db, sku, elsewhere.id, 500_000)
  for (const stage of ['held', 'recalled', 'expired', 'withdrawn', 'destroyed', 'used_up'])
    await makeLot(t.db, sku, hub.id, 500_000, { stage, onHand: 0 })
  expect(await offerOf(sku.id)).toMatchObject({ availableUnits: 0, unavailableReason: 'sold_out' })
  for (const stage of ['planned', 'made', 'shipped']) await makeLot(t.db, sku, hub.id, 10_000, { stage })
  expect(await offerOf(sku.id)).toMatchObject({ availableUnits: 3 })

  const weekly = await makeBuyer(t.db)
  const ready = addDays(today, 2)
  const served = addDays(ready, 3)
  const site = await makeSite(t.db, weekly.id, hub.id, { deliveryWeekdays: [weekdayOf(served)] })
  const who = await t.guest(weekly, ['purchaser'])
  const future = await makeSku(t.db, coop.id)
  await makeLot(t.db, future, hub.id, 90_000, { readyDay: ready })
  const ask = () => browse({ siteId: site.id, skuIds: future.id, day: tomorrow }, who)
  expect((await ask()).body.items[0]?.nextDay).toBe(served)
  await t.db.insert(closedDays).values({ hubId: hub.id, day: served, reason: '示例停运' })
  expect((await ask()).body.items[0]?.nextDay).toBe(addDays(served, 7))
})

test('filters by county, category with its leaves, zone, season and availability; sorts; turns pages', async () => {
  const county = '350481'
  const make = (name: string, over: object, product: object) =>
    makeSku(t.db, coop.id, over, named(name, { countyCode: county, ...product }))
  const here = today.slice(5)
  const peak = { from: here, to: addDays(today, 20).slice(5), peak: true }
  const gone = { from: addDays(today, -60).slice(5), to: addDays(today, -30).slice(5), peak: false }
  const [a, b, c] = [
    await make('甲筛选', { zone: 'frozen', basePerOrderUnit: 20_000 }, { category: 'chilli' }),
    await make('乙筛选', {}, { seasons: [peak] }),
    await make('丙筛选', {}, { seasons: [gone], category: 'A2' }),
  ]
  await makeLot(t.db, a, hub.id, 20_000)
  await makeLot(t.db, b, hub.id, 9999)
  const ids = async (query: object) =>
    (await browse({ countyCode: county, ...query })).body.items.map((offer) => offer.skuId)
  expect(await ids({ category: 'A1' })).toEqual([b.id, a.id])
  expect(await ids({ category: 'chilli' })).toEqual([a.id])
  expect(await ids({ zone: 'frozen' })).toEqual([a.id])
  expect(await ids({ inSeason: true })).toEqual([b.id, a.id])
  expect(await ids({ inSeason: false })).toEqual([c.id])
  expect(await ids({ available: true })).toEqual([a.id])
  expect((await ids({ available: false })).sort()).toEqual([b.id, c.id].sort())
  expect(await ids({ sort: 'name' })).toEqual([c.id, a.id, b.id])
  expect(await ids({ sort: 'season' })).toEqual([b.id, a.id, c.id])
  const first = await browse({ countyCode: county, sort: 'name', limit: 2 })
  expect(first.body.items.map((offer) => offer.skuId)).toEqual([c.id, a.id])
  const cursor = first.body.nextCursor as string
  const second = await browse({ countyCode: county, sort: 'name', limit: 2, cursor })
  expect(second.body.items.map((offer) => offer.skuId)).toEqual([b.id])
  expect(second.body.nextCursor).toBeNull()
})

test('sorts by what the smallest order costs per base unit for the customer', async () => {
  const county = '350428'
  const make = (name: string, over: object, priceCentifen: number | null) =>
    makeSku(t.db, coop.id, over, { ...named(name, { countyCode: county }), priceCentifen })
  const none = await make('价无', {}, null)
  const dear = await make('价高', {}, 90_000)
  const jin = await make('价斤', { priceUnit: 'jin', basePerPriceUnit: 500 }, 40_000)
  const cheap = await make('价低', {}, 70_000)
  const found = await browse({ countyCode: county, sort: 'price' })
  expect(found.body.items.map((offer) => offer.skuId)).toEqual([cheap.id, jin.id, dear.id, none.id])
})

test('a product page shows its packs, smallest first, and no search words', async () => {
  const sku = await makeSku(t.db, coop.id, {}, named('页面商品', { story: '示例故事' }))
  const answer = await t.call(
    'catalogue.readProduct',
    { params: { id: sku.productId }, query: { siteId } },
    shop,
  )
  expect(answer.body).toMatchObject({ name: '页面商品', story: '示例故事', photoUrl: null })
  expect(answer.body.offers.map((offer) => offer.skuId)).toEqual([sku.id])
  expect(answer.body).not.toHaveProperty('pinyinFull')
  const unknown = await t.call('catalogue.readProduct', { params: { id: newId() } }, shop)
  expect(unknown.status).toBe(404)
})

test('the day left out is tomorrow', async () => {
  const answer = await browse({ limit: 1 })
  expect(answer.body.day satisfies string as ServiceDay).toBe(tomorrow)
})
