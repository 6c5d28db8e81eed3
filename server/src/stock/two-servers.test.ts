import { tmpdir } from 'node:os'
import { openDb } from '@huming/db/client'
import { makeBuyer, makeHub, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import type { ContractInput, ContractReply } from '@huming/shared/contract'
import type { Contracts, RouteId } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { type Guest, requestOf, type TestApp, testApp } from '../test-app.ts'

/** One server is the test's own, the other has connections and a memory of its own. */
let t: TestApp
let second: Awaited<ReturnType<typeof buildApp>>
let opened: ReturnType<typeof openDb>
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
let siteId: string
let shop: Guest
let lister: Guest
beforeAll(async () => {
  t = await testApp()
  opened = openDb(t.url, { max: 3 })
  second = await buildApp({ db: opened.db, sql: opened.sql, sample: true, filesDir: tmpdir() })
  hub = await makeHub(t.db)
  coop = await makeSupplier(t.db)
  const buyer = await makeBuyer(t.db)
  siteId = (await makeSite(t.db, buyer.id, hub.id)).id
  shop = await t.guest(buyer, ['purchaser'])
  lister = await t.guest(coop, ['lister', 'quality'])
})
afterAll(async () => {
  await second.close()
  await opened.close()
  await t.close()
})

async function ask<Id extends RouteId>(
  app: TestApp['app'],
  id: Id,
  input: ContractInput<Contracts[Id]>,
  who: Guest,
): Promise<ContractReply<Contracts[Id]>> {
  const response = await app.inject({ ...requestOf(id, input as never), headers: { cookie: who.cookie } })
  expect([id, response.statusCode, response.statusCode === 200 ? '' : response.body]).toEqual([id, 200, ''])
  return JSON.parse(response.body)
}

test('what one server writes is in the very next answers of the other', async () => {
  const sku = await makeSku(t.db, coop.id)
  const today = serviceDayOf(new Date())
  const day = addDays(today, 2)
  const offerAt = async (app: TestApp['app']) => {
    const page = await ask(app, 'catalogue.browse', { query: { siteId, day, search: sku.code } }, shop)
    return page.items[0] as NonNullable<(typeof page.items)[0]>
  }
  const write = <Id extends RouteId>(app: TestApp['app'], id: Id, input: ContractInput<Contracts[Id]>) =>
    ask(app, id, input, lister)
  const { app: first } = t
  // Both know the pack before anything changes.
  const before = await offerAt(first)
  expect(await offerAt(second)).toEqual(before)
  expect(before).toMatchObject({ availableUnits: 0, tiers: [{ centifen: 500_000, reason: 'list' }] })

  const price = { validFrom: today, buyerClass: 'snack_shop' as const }
  await write(first, 'catalogue.writePrices', {
    params: { id: sku.id },
    body: { ...price, tiers: [{ fromUnits: 1, centifen: 410_000 }] },
  })
  expect((await offerAt(second)).tiers).toEqual([{ fromUnits: 1, centifen: 410_000, reason: 'class' }])

  const product = { orgId: coop.id, name: '改名板鸭', category: 'C1', countyCode: '350405', version: 1 }
  await write(second, 'catalogue.writeProduct', { params: { id: sku.productId }, body: product })
  expect(await offerAt(first)).toMatchObject({ name: '改名板鸭', category: 'C1', countyCode: '350405' })

  const pack = { ...sku, spec: '新规格' } as ContractInput<Contracts['catalogue.writeSku']>['body']
  await write(first, 'catalogue.writeSku', { params: { id: sku.id }, body: pack })
  expect((await offerAt(second)).spec).toBe('新规格')

  await t.sql`update organisations set short_name = '新名社' where id = ${coop.id}`
  expect((await offerAt(second)).supplier).toBe('新名社')

  const lot = { skuId: sku.id, hubId: hub.id, stage: 'made' as const, madeOn: today, certificate: '示例-1' }
  await write(second, 'stock.declareLot', {
    params: { id: newId() },
    body: { ...lot, quantity: 7 * sku.basePerOrderUnit, readyDay: day, useByDay: addDays(day, 10) },
  })
  expect((await offerAt(first)).availableUnits).toBe(7)

  const order = {
    siteId,
    day,
    windowFrom: 60,
    windowTo: 390,
    expectedTotalFen: 2 * 41_000,
    lines: [{ skuId: sku.id, units: 2 }],
  }
  const orderId = newId()
  await ask(first, 'orders.place', { params: { id: orderId }, body: order }, shop)
  expect((await offerAt(second)).availableUnits).toBe(5)
  await ask(second, 'orders.cancel', { params: { id: orderId }, body: { reason: '示例原因' } }, shop)
  expect((await offerAt(first)).availableUnits).toBe(7)
  expect(await offerAt(second)).toEqual(await offerAt(first))
})
