import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let m: Market
let b: Base
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  b = await testBase(t, 'base', m.hub.id)
})
afterAll(() => t.close())

const demand = async (days = 5) =>
  well(await t.call('production.demand', { query: { orgId: b.org.id, days } }, b.lister))

test('orders on planned lots ask for batches, intermediates and what must be bought', async () => {
  const [flour, pork] = [await b.material(), await b.material({ name: '猪肉', category: 'A5' })]
  const wrapper = await b.sku({ allergens: [] }, 'C2')
  const dumpling = await b.sku({})
  await b.recipe(wrapper.id, 1000, [[flour, 800]])
  const recipe = await b.recipe(dumpling.id, 10_000, [
    [wrapper.id, 5000],
    [pork, 6000],
  ])
  await b.buy(flour, 10_000)
  const lotId = newId()
  const declared = {
    skuId: dumpling.id,
    hubId: m.hub.id,
    stage: 'planned' as const,
    quantity: 100_000,
    readyDay: addDays(b.today, 1),
    useByDay: addDays(b.today, 60),
  }
  well(await t.call('stock.declareLot', { params: { id: lotId }, body: declared }, b.lister))
  expect((await demand()).make).toEqual([])
  const shop = await m.shop()
  const order = { params: { id: newId() }, body: m.body(shop, [[dumpling, 3]]) }
  well(await t.call('orders.place', order, shop.guest))

  const told = await demand()
  expect(
    told.make.map((one) => [one.skuId, one.ordered, one.quantity, one.lotId, one.hubId === null]),
  ).toEqual([
    [dumpling.id, 30_000, 100_000, lotId, false],
    [wrapper.id, 50_000, 50_000, null, true],
  ])
  expect(told.buy.map((one) => [one.skuId, one.needed, one.onHand, one.missing])).toEqual(
    expect.arrayContaining([
      [flour, 40_000, 10_000, 30_000],
      [pork, 60_000, 0, 60_000],
    ]),
  )
  // Planned, the batch is no suggestion any more, but what it needs still is.
  await b.plan(recipe, 100_000, { lotId })
  const after = await demand()
  expect(after.make.map((one) => [one.skuId, one.quantity])).toEqual([[wrapper.id, 50_000]])
  expect(after.buy.find((one) => one.skuId === pork)).toMatchObject({ missing: 60_000 })
  expect((await demand(1)).make.some((one) => one.lotId === lotId)).toBe(false)
})

test('nobody reads another maker’s demand', async () => {
  const stranger = await testBase(t)
  const told = well(await t.call('production.demand', { query: { orgId: b.org.id } }, stranger.lister))
  expect([told.make, told.buy]).toEqual([[], []])
})
