import { openDb } from '@huming/db/client'
import { makeSku, makeSupplier } from '@huming/db/factories'
import { prices, products, skus } from '@huming/db/schema/catalogue'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { catalogueAt } from './snapshot.ts'

let t: TestApp
let coop: Awaited<ReturnType<typeof makeSupplier>>
beforeAll(async () => {
  t = await testApp()
  coop = await makeSupplier(t.db)
})
afterAll(() => t.close())

async function current(db: Pick<TestApp, 'sql'> = t) {
  const [row] = await db.sql<{ version: number }[]>`select version from catalogue_state`
  return catalogueAt(db.sql, row?.version)
}

/** The catalogue as a process sees it that starts now. */
async function readAnew() {
  const fresh = openDb(t.url, { max: 1 })
  try {
    return await current(fresh)
  } finally {
    await fresh.close()
  }
}

test('only what changed is read again', async () => {
  const [one, two] = [await makeSku(t.db, coop.id), await makeSku(t.db, coop.id)]
  const before = await current()
  await t.db.update(prices).set({ centifen: 1234 }).where(eq(prices.skuId, one.id))
  const after = await current()
  expect(after.byId.get(one.id)?.prices[0]?.centifen).toBe(1234)
  expect(before.byId.get(one.id)?.prices[0]?.centifen).toBe(500_000)
  expect(after.byId.get(two.id)).toBe(before.byId.get(two.id))
})

test('a whole transaction counts as one version, one rolled back as none', async () => {
  const sku = await makeSku(t.db, coop.id)
  const { version } = await current()
  await t.db.transaction(async (tx) => {
    await tx.update(products).set({ name: '新名' }).where(eq(products.id, sku.productId))
    await tx.update(skus).set({ spec: '新规格' }).where(eq(skus.id, sku.id))
    await tx.update(prices).set({ centifen: 1 }).where(eq(prices.skuId, sku.id))
  })
  expect((await current()).version).toBe(version + 1)
  const undone = t.db.transaction(async (tx) => {
    await tx.delete(prices).where(eq(prices.skuId, sku.id))
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect((await current()).version).toBe(version + 1)
})

test('of two writers the later one waits, so that no version is seen before an earlier one', async () => {
  const [one, two] = [await makeSku(t.db, coop.id), await makeSku(t.db, coop.id)]
  let go = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  let written = () => {}
  const isWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const first = t.db.transaction(async (tx) => {
    await tx.update(skus).set({ spec: '先' }).where(eq(skus.id, one.id))
    written()
    await held
  })
  await isWritten
  const second = t.db.update(skus).set({ spec: '后' }).where(eq(skus.id, two.id))
  const waiting = second.execute()
  const whileHeld = await current()
  expect([whileHeld.byId.get(one.id)?.fixed.spec, whileHeld.byId.get(two.id)?.fixed.spec]).toEqual([
    one.spec,
    two.spec,
  ])
  go()
  await Promise.all([first, waiting])
  const inOrder = await t.sql<{ id: string }[]>`
    select id from skus where id in (${one.id}, ${two.id}) order by changed_in`
  expect(inOrder.map(({ id }) => id)).toEqual([one.id, two.id])
  const after = await current()
  expect([after.byId.get(one.id)?.fixed.spec, after.byId.get(two.id)?.fixed.spec]).toEqual(['先', '后'])
})

test('after any writes the copy is what a new process would read', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => makeSku(t.db, coop.id)))
  let seed = 11
  const random = (below: number): number => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % below
  }
  const sku = () => made[random(made.length)] as (typeof made)[number]
  const price = (skuId: string) => ({
    id: newId(),
    skuId,
    fromUnits: 2 + random(9000),
    centifen: 1 + random(9000),
    validFrom: '2026-01-01',
    validTo: '2099-12-31',
    createdAt: new Date(),
  })
  const gone = () => (random(2) === 0 ? new Date() : null)
  const writes: (() => PromiseLike<unknown>)[] = [
    () => t.db.update(skus).set({ archivedAt: gone() }).where(eq(skus.id, sku().id)),
    () =>
      t.db
        .update(skus)
        .set({ basePerOrderUnit: 1 + random(50) })
        .where(eq(skus.id, sku().id)),
    () => t.db.update(products).set({ archivedAt: gone() }).where(eq(products.id, sku().productId)),
    () =>
      t.db
        .update(products)
        .set({ pinyinFull: `p${random(9)}` })
        .where(eq(products.id, sku().productId)),
    () => t.db.insert(prices).values(price(sku().id)),
    () => t.db.delete(prices).where(eq(prices.skuId, sku().id)),
    () =>
      t.db
        .update(prices)
        .set({ skuId: sku().id, fromUnits: 9999 })
        .where(sql`id = (select id from prices
      where from_units between 2 and 9998 and not exists (select from prices where from_units = 9999) limit 1)`),
    () => t.sql`update organisations set short_name = ${`s${random(99)}`} where id = ${coop.id}`,
    () => t.sql`update organisations set suspended_at = ${gone()} where id = ${coop.id}`,
    async () => void made.push(await makeSku(t.db, coop.id)),
    async () => {
      const one = made.length > 4 ? made.splice(random(made.length), 1)[0] : undefined
      if (!one) return
      await t.db.delete(prices).where(eq(prices.skuId, one.id))
      await t.db.delete(skus).where(eq(skus.id, one.id))
    },
  ]
  for (let round = 0; round < 25; round++) {
    for (let n = 1 + random(4); n > 0; n--) await writes[random(writes.length)]?.()
    expect(inOrder(await current())).toEqual(inOrder(await readAnew()))
  }
})

/** Prices have no order of their own. */
const inOrder = ({ version, packs }: Awaited<ReturnType<typeof catalogueAt>>) => ({
  version,
  packs: packs.map((pack) => ({
    ...pack,
    prices: pack.prices.toSorted((a, b) => a.fromUnits - b.fromUnits || a.centifen - b.centifen),
  })),
})

test('a product, its packs and their prices written at once never wait for each other in a ring', async () => {
  const own = await makeSupplier(t.db)
  const lister = await t.guest(own, ['lister'])
  const { productId, ...sku } = await makeSku(t.db, own.id)
  const product = (version: number) => ({
    params: { id: productId },
    body: { orgId: own.id, name: `改名${version}`, category: 'C5', countyCode: '350405', version },
  })
  const pack = () => ({
    params: { id: newId() },
    body: {
      productId,
      code: `R${newId().slice(-12).toUpperCase()}`,
      spec: '1 kg',
      baseUnit: 'g' as const,
      orderUnit: 'carton' as const,
      basePerOrderUnit: 1000,
      priceUnit: 'kg' as const,
      basePerPriceUnit: 1000,
      zone: 'ambient' as const,
      shelfLifeDays: 270,
      taxClass: 'processed_food' as const,
      grossGramsPerUnit: 1100,
      millilitresPerUnit: 1200,
    },
  })
  const price = (centifen: number) => ({
    params: { id: sku.id },
    body: { validFrom: '2026-01-01', tiers: [{ fromUnits: 1, centifen }] },
  })
  for (let round = 1; round <= 12; round++) {
    const answers = await Promise.all([
      t.call('catalogue.writeProduct', product(round), lister),
      t.call('catalogue.writeSku', pack(), lister),
      t.call('catalogue.writePrices', price(round), lister),
      t.call('catalogue.writeSku', pack(), lister),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
  }
  await t.sql`select pg_stat_force_next_flush()`
  const [stat] = await t.sql`select deadlocks from pg_stat_database where datname = current_database()`
  expect(Number(stat?.['deadlocks'])).toBe(0)
})
