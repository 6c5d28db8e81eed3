import { openDb } from '@huming/db/client'
import { makeBuyer, makeHub, makeLot, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { organisations } from '@huming/db/schema/accounts'
import { catalogueState, prices, products, skus } from '@huming/db/schema/catalogue'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueAt } from '../catalogue/snapshot.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let other: ReturnType<typeof openDb>
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
let shop: Guest
beforeAll(async () => {
  t = await testApp()
  // What another process would write by.
  other = openDb(t.url, { max: 3 })
  hub = await makeHub(t.db)
  coop = await makeSupplier(t.db)
  const buyer = await makeBuyer(t.db)
  await makeSite(t.db, buyer.id, hub.id)
  shop = await t.guest(buyer, ['purchaser'])
})
afterAll(async () => {
  await other.close()
  await t.close()
})

const offerOf = async (skuId: string) =>
  (await t.call('catalogue.browse', { query: { skuIds: skuId } }, shop)).body.items[0]
const versionOf = async () => (await t.db.select().from(catalogueState))[0]?.version ?? 0

test('what another process commits is on the very next page, what it rolls back never is', async () => {
  const sku = await makeSku(t.db, coop.id)
  expect((await offerOf(sku.id))?.tiers[0]?.centifen).toBe(500_000)
  await other.db.update(prices).set({ centifen: 480_000 }).where(eq(prices.skuId, sku.id))
  expect((await offerOf(sku.id))?.tiers[0]?.centifen).toBe(480_000)
  const undone = other.db.transaction(async (tx) => {
    await tx.update(prices).set({ centifen: 1 }).where(eq(prices.skuId, sku.id))
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect((await offerOf(sku.id))?.tiers[0]?.centifen).toBe(480_000)
})

test('a change not yet committed is not shown, and is shown from its commit on', async () => {
  const sku = await makeSku(t.db, coop.id)
  let commit = () => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  let written = () => {}
  const isWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const writing = other.db.transaction(async (tx) => {
    await tx.update(skus).set({ spec: '新规格' }).where(eq(skus.id, sku.id))
    written()
    await held
  })
  await isWritten
  expect((await offerOf(sku.id))?.spec).toBe('10 kg箱')
  commit()
  await writing
  expect((await offerOf(sku.id))?.spec).toBe('新规格')
})

test('every table an offer is made of moves the version', async () => {
  const sku = await makeSku(t.db, coop.id)
  const changes = [
    () => other.db.update(products).set({ story: '新' }).where(eq(products.id, sku.productId)),
    () => other.db.update(skus).set({ storage: '新' }).where(eq(skus.id, sku.id)),
    () => other.db.update(prices).set({ validTo: '2098-12-31' }).where(eq(prices.skuId, sku.id)),
    () => other.db.delete(prices).where(eq(prices.skuId, sku.id)),
    () => other.db.update(organisations).set({ shortName: '新' }).where(eq(organisations.id, coop.id)),
  ]
  for (const change of changes) {
    const before = await versionOf()
    await change()
    expect(await versionOf()).toBe(before + 1)
  }
  await other.db.update(organisations).set({ suspendedAt: new Date() }).where(eq(organisations.id, coop.id))
  expect(await offerOf(sku.id)).toBeUndefined()
  await other.db.update(organisations).set({ suspendedAt: null }).where(eq(organisations.id, coop.id))
})

test('goods promised meanwhile are gone from the next page without any change of the catalogue', async () => {
  const sku = await makeSku(t.db, coop.id)
  const lot = await makeLot(t.db, sku, hub.id, 50_000)
  const before = await versionOf()
  expect((await offerOf(sku.id))?.availableUnits).toBe(5)
  await other.sql`update lots set promised = 35000 where id = ${lot.id}`
  expect((await offerOf(sku.id))?.availableUnits).toBe(1)
  expect(await versionOf()).toBe(before)
})

test('the filter in SQL keeps exactly the offers that the rule calls available', async () => {
  // A small generator with a fixed seed: the same goods in every run.
  let seed = 7
  const random = <T>(...of: T[]): T => {
    seed = (seed * 16_807) % 2_147_483_647
    return of[seed % of.length] as T
  }
  const today = serviceDayOf(new Date())
  const made = new Set<string>()
  for (let i = 0; i < 60; i++) {
    const over = { minUnits: random(1, 2, 3), stepUnits: random(1, 2), minRemainingDays: random(0, 2, 5) }
    const sku = await makeSku(
      t.db,
      coop.id,
      { ...over, basePerOrderUnit: random(10, 30) },
      { priceCentifen: null },
    )
    made.add(sku.id)
    for (let n = random(0, 1, 2, 3); n > 0; n--)
      await makeLot(t.db, sku, hub.id, random(40, 90, 200), {
        promised: random(0, 10),
        readyDay: addDays(today, random(0, 1, 2)),
        useByDay: addDays(today, random(2, 3, 8)),
        stage: random('received', 'made', 'held'),
      })
    for (let n = random(0, 1, 2); n > 0; n--)
      await t.db.insert(prices).values({
        id: newId(),
        skuId: sku.id,
        buyerClass: random(null, 'snack_shop'),
        fromUnits: random(1, 2, 5),
        centifen: random(1000, 2000),
        validFrom: addDays(today, -n * 10),
        validTo: random<string>(today, '2099-12-31'),
        createdAt: new Date(),
      })
  }
  const ids = async (available: 'true' | 'false') => {
    const page = await t.call('catalogue.browse', { query: { limit: 200, available } }, shop)
    return page.body.items.map((offer) => offer.skuId).filter((id) => made.has(id))
  }
  const all = (await t.call('catalogue.browse', { query: { limit: 200 } }, shop)).body.items
  const told = (enough: boolean) =>
    all
      .filter((offer) => made.has(offer.skuId) && (offer.unavailableReason === null) === enough)
      .map((offer) => offer.skuId)
  expect(told(true).length).toBeGreaterThan(5)
  expect(told(false).length).toBeGreaterThan(5)
  expect(await ids('true')).toEqual(told(true))
  expect(await ids('false')).toEqual(told(false))
})

test('pages stay right while the catalogue is written without a pause', async () => {
  const sku = await makeSku(t.db, coop.id)
  let last = 500_000
  const state = { writing: true }
  const writer = (async () => {
    for (let n = 1; state.writing; n++) {
      await other.db.update(prices).set({ centifen: n }).where(eq(prices.skuId, sku.id))
      last = n
    }
  })()
  for (let i = 0; i < 25; i++) {
    const before = last === 500_000 ? 0 : last
    const seen = (await offerOf(sku.id))?.tiers[0]?.centifen ?? 0
    expect(seen === 500_000 ? before === 0 : seen >= before).toBe(true)
  }
  state.writing = false
  await writer
  expect((await offerOf(sku.id))?.tiers[0]?.centifen).toBe(last)
})

test('the copy is read once for many requests, and not again while nothing changes', async () => {
  await makeSku(t.db, coop.id, { id: newId() })
  const version = await versionOf()
  const copies = await Promise.all(Array.from({ length: 20 }, () => catalogueAt(t.sql, version)))
  expect(new Set(copies).size).toBe(1)
  await Promise.all(copies.map(() => t.call('catalogue.browse', { query: { limit: 1 } }, shop)))
  expect(await catalogueAt(t.sql)).toBe(copies[0])
})
