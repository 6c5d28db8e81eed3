import { makeOrg } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { type Market, type Shop, stateOf, testMarket } from './test-market.ts'

let t: TestApp
let m: Market
let admin: Guest
let buyer: Shop
let stranger: Shop
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  buyer = await m.shop()
  stranger = await m.shop()
})
afterAll(() => t.close())

test('a list pages through one’s own orders, newest first; operations see all', async () => {
  const { sku } = await m.goods(100)
  const placed: string[] = []
  for (let i = 0; i < 5; i++) placed.push((await m.place(buyer, [[sku, 1]])).id)
  const other = await m.place(stranger, [[sku, 1]], { day: addDays(m.day, 1) })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const list = await t.call('orders.list', { query: { limit: 2, cursor } }, buyer.guest)
    expect(list.body.items.length).toBeLessThanOrEqual(2)
    seen.push(...list.body.items.map((one) => one.id))
    cursor = list.body.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual([...placed].reverse())
  const all = await t.call('orders.list', {}, admin)
  expect(all.body.items.map((one) => one.id)).toEqual([other.id, ...seen])
  const byDay = await t.call('orders.list', { query: { day: addDays(m.day, 1) } }, admin)
  expect(byDay.body.items.map((one) => one.id)).toEqual([other.id])
  const byNumber = await t.call('orders.list', { query: { search: other.number.toLowerCase() } }, admin)
  expect(byNumber.body.items).toMatchObject([{ id: other.id, lineCount: 1, cutLines: 0, finalFen: null }])
  const byName = await t.call('orders.list', { query: { search: stranger.site.name } }, admin)
  expect(byName.body.items.map((one) => one.id)).toEqual([other.id])
  expect((await t.call('orders.list', { query: { search: other.number } }, buyer.guest)).body.items).toEqual(
    [],
  )
  const bad = await t.call('orders.list', { query: { cursor: "1' or '1'='1" } }, buyer.guest)
  expect([bad.status, bad.problem.code]).toEqual([422, 'bad_input'])
})

test('an order is read by its buyer and operations only', async () => {
  const { sku } = await m.goods(10)
  const { id } = await m.place(buyer, [[sku, 2]])
  const read = await t.call('orders.read', { params: { id } }, buyer.guest)
  expect(read.body).toMatchObject({
    id,
    buyer: buyer.org.name,
    lines: [{ units: 2, orderUnit: 'carton', priceReason: 'list', lots: [] }],
    delivery: null,
    acceptancesNeeded: 1,
    timeline: [{ type: 'order.placed', by: '示例人员' }],
  })
  expect((await t.call('orders.read', { params: { id } }, admin)).status).toBe(200)
  expect((await t.call('orders.read', { params: { id } }, stranger.guest)).problem.code).toBe('not_found')
  const lead = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  expect((await t.call('orders.read', { params: { id } }, lead)).problem.code).toBe('forbidden')
  expect((await t.call('orders.read', { params: { id: newId() } }, admin)).problem.code).toBe('not_found')
})

test('the guide holds what is pinned, then what is ordered most', async () => {
  const own = await m.shop()
  const [often, once, pinned, never] = [
    await m.goods(50),
    await m.goods(50),
    await m.goods(50),
    await m.goods(50),
  ]
  await m.place(own, [[often.sku, 2]])
  await m.place(own, [
    [often.sku, 3],
    [once.sku, 1],
  ])
  const cancelled = await m.place(own, [[never.sku, 1]])
  await t.call('orders.cancel', { params: { id: cancelled.id }, body: {} }, own.guest)
  const pin = (skuId: string, body: { pinned: boolean; parUnits: number | null }, who = own.guest) =>
    t.call('orders.pinGuideItem', { params: { siteId: own.site.id, skuId }, body }, who)
  expect((await pin(pinned.sku.id, { pinned: true, parUnits: 4 })).status).toBe(200)
  expect((await pin(pinned.sku.id, { pinned: true, parUnits: 4 }, stranger.guest)).problem.code).toBe(
    'not_found',
  )
  expect((await pin(newId(), { pinned: true, parUnits: 4 })).problem.code).toBe('not_found')
  const guide = () => t.call('orders.guide', { params: { siteId: own.site.id } }, own.guest)
  const first = await guide()
  expect(
    first.body.items.map((one) => [
      one.offer.skuId,
      one.pinned,
      one.parUnits,
      one.lastUnits,
      one.timesOrdered,
    ]),
  ).toEqual([
    [pinned.sku.id, true, 4, null, 0],
    [often.sku.id, false, null, 3, 2],
    [once.sku.id, false, null, 1, 1],
  ])
  expect(first.body.items[1]).toMatchObject({
    lastPriceCentifen: 500_000,
    lastDay: m.day,
    offer: { availableUnits: 45 },
  })
  await pin(pinned.sku.id, { pinned: false, parUnits: null })
  expect((await guide()).body.items.map((one) => one.offer.skuId)).toEqual([often.sku.id, once.sku.id])
  const theirs = await t.call('orders.guide', { params: { siteId: own.site.id } }, stranger.guest)
  expect(theirs.problem.code).toBe('not_found')
})

test('a quote tells what placing would say and writes nothing', async () => {
  const own = await m.shop({ org: { approvalAboveFen: 100_000 }, creditFen: 160_000 })
  const [a, b] = [await m.goods(5), await m.goods(1)]
  const quote = (lines: (readonly [typeof a.sku, number])[], over: object = {}) => {
    const { siteId, day, lines: asked } = m.body(own, lines)
    return t.call('orders.quote', { body: { siteId, day, lines: asked, ...over } }, own.guest)
  }
  const state = await stateOf(t)
  const fine = await quote([[a.sku, 3]])
  expect(fine.body).toMatchObject({
    totalFen: 150_000,
    needsApproval: true,
    creditAvailableFen: 160_000,
    problem: null,
    lines: [{ amountFen: 150_000, availableUnits: 5, problem: null }],
  })
  const short = await quote([
    [a.sku, 1],
    [b.sku, 2],
  ])
  expect(short.body).toMatchObject({
    problem: 'not_available',
    lines: [{ problem: null }, { problem: 'not_available', availableUnits: 1 }],
  })
  expect((await quote([[a.sku, 4]])).body.problem).toBe('credit_exceeded')
  expect((await quote([])).body.problem).toBe('order_empty')
  expect((await quote([[a.sku, 1]], { day: m.today })).body.problem).toBe('cut_off_passed')
  expect((await quote([[a.sku, 1]], { day: addDays(m.today, 40) })).body.problem).toBe('day_out_of_range')
  expect(
    (
      await quote([
        [a.sku, 1],
        [a.sku, 1],
      ])
    ).problem.code,
  ).toBe('bad_input')
  expect((await quote([[a.sku, 1]], { siteId: stranger.site.id })).problem.code).toBe('not_found')
  expect(await stateOf(t)).toBe(state)
  // An order being changed may keep what it holds.
  const order = await m.place(own, [[a.sku, 3]])
  expect((await quote([[a.sku, 3]])).body.problem).toBe('not_available')
  expect((await quote([[a.sku, 3]], { orderId: order.id })).body).toMatchObject({
    problem: null,
    creditAvailableFen: 160_000,
    lines: [{ availableUnits: 5 }],
  })
})

test('cut-offs of a hub show what is open, and close early', async () => {
  const own = await testMarket(t)
  const shop = await own.shop()
  const { sku } = await own.goods(10)
  await own.place(shop, [[sku, 1]])
  const list = async () => {
    const answer = await t.call(
      'orders.listCutOffs',
      { params: { hubId: own.hub.id }, query: { days: 4 } },
      admin,
    )
    expect(answer.body.items).toHaveLength(28)
    return answer.body.items.find((one) => one.day === own.day && one.buyerClass === 'snack_shop')
  }
  expect(await list()).toMatchObject({ openOrders: 1, frozenOrders: 0, closedAt: null })
  const close = (who: Guest) =>
    t.call(
      'orders.closeCutOff',
      { params: { hubId: own.hub.id }, body: { day: own.day, buyerClass: 'snack_shop' } },
      who,
    )
  expect((await close(shop.guest)).problem.code).toBe('forbidden')
  expect((await close(admin)).body).toEqual({ frozenOrders: 1, lapsedOrders: 0 })
  expect((await close(admin)).body).toEqual({ frozenOrders: 0, lapsedOrders: 0 })
  expect(await list()).toMatchObject({ openOrders: 0, frozenOrders: 1, closedAt: expect.any(String) })
  const lead = await t.guest({ id: own.hub.orgId, kind: 'warehouse' }, ['lead'])
  const theirs = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  const params = { hubId: own.hub.id }
  expect((await t.call('orders.listCutOffs', { params }, lead)).status).toBe(200)
  expect((await t.call('orders.listCutOffs', { params }, theirs)).problem.code).toBe('not_found')
  expect((await t.call('orders.hubs', {}, shop.guest)).body.items.map((one) => one.id)).toContain(own.hub.id)
})

test('credit is seen by its own finance and by operations', async () => {
  const own = await m.shop({ creditFen: 200_000 })
  const { sku } = await m.goods(10)
  await m.place(own, [[sku, 1]])
  const finance = await t.guest(own.org, ['buyer_finance'])
  const whole = { orgId: own.org.id, limitFen: 200_000, heldFen: 50_000, owedFen: 0, availableFen: 150_000 }
  expect((await t.call('orders.credit', {}, finance)).body).toEqual(whole)
  const query = { orgId: own.org.id }
  expect((await t.call('orders.credit', { query }, admin)).body).toEqual(whole)
  expect((await t.call('orders.credit', {}, own.guest)).problem.code).toBe('forbidden')
  const theirs = await t.guest(stranger.org, ['buyer_finance'])
  expect((await t.call('orders.credit', { query }, theirs)).problem.code).toBe('not_found')
})
