import { makeLot } from '@huming/db/factories'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { rebalanceLot } from './rebalance-lot.ts'
import { expectSound, type Market, testMarket } from './test-market.ts'

let t: TestApp
let m: Market
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
})
afterAll(() => t.close())

const rebalance = (lotId: string, promisable: number) =>
  t.db.transaction((tx) => rebalanceLot(tx, t.system(), lotId, { promisable, reason: 'refused_at_receipt' }))
const lotOf = async (id: string) => {
  const [row] = await t.sql`select promised, promisable from lots where id = ${id}`
  return [row?.['promised'], row?.['promisable']]
}

test('a lot that still keeps its promises only changes its limit', async () => {
  const buyer = await m.shop()
  const { sku, lot } = await m.goods(10)
  await m.place(buyer, [[sku, 4]])
  expect(await rebalance(lot.id, 50_000)).toEqual({ cut: 0, stuck: 0 })
  expect(await lotOf(lot.id)).toEqual([40_000, 50_000])
  await expectSound(t)
})

test('what another lot can serve moves without anybody noticing', async () => {
  const buyer = await m.shop()
  const { sku, lot } = await m.goods(10)
  const order = await m.place(buyer, [[sku, 4]])
  const spare = await makeLot(t.db, sku, m.hub.id, 100_000)
  expect(await rebalance(lot.id, 10_000)).toEqual({ cut: 0, stuck: 0 })
  expect([await lotOf(lot.id), await lotOf(spare.id)]).toEqual([
    [10_000, 10_000],
    [30_000, 100_000],
  ])
  expect(
    await t.sql`select 1 from events where subject_id = ${order.id} and type <> 'order.placed'`,
  ).toHaveLength(0)
  await expectSound(t)
})

test('what no lot can serve is cut from the newest order, with reason, event and notice', async () => {
  const [early, late] = [await m.shop(), await m.shop()]
  const { sku, lot } = await m.goods(10)
  const first = await m.place(early, [[sku, 5]])
  const second = await m.place(late, [[sku, 5]])
  // 6.5 cartons are left: 3.5 must go, so the later order loses four whole ones.
  expect(await rebalance(lot.id, 65_000)).toEqual({ cut: 40_000, stuck: 0 })
  const cut = async (who: typeof early, id: string) =>
    (await t.call('orders.read', { params: { id } }, who.guest)).body
  expect((await cut(early, first.id)).lines[0]).toMatchObject({ cutQuantity: 0, cutReason: null })
  const changed = await cut(late, second.id)
  expect(changed.lines[0]).toMatchObject({ cutQuantity: 40_000, cutReason: 'refused_at_receipt' })
  expect(changed.timeline.map((one) => one.type)).toEqual(['order.placed', 'order.line_cut'])
  const told = await t.call('accounts.listNotices', {}, late.guest)
  expect(told.body.items).toMatchObject([
    {
      key: 'notice.line_cut',
      params: { number: second.number, reason: 'refused_at_receipt' },
      subjectId: second.id,
    },
  ])
  await expectSound(t)
})

test('an order of which nothing is left ends, and its credit is free again', async () => {
  const buyer = await m.shop({ creditFen: 200_000 })
  const { sku, lot } = await m.goods(4)
  const order = await m.place(buyer, [[sku, 4]])
  await rebalance(lot.id, 0)
  const read = await t.call('orders.read', { params: { id: order.id } }, buyer.guest)
  expect(read.body).toMatchObject({ status: 'cancelled', cancelReason: 'nothing_left' })
  const other = await m.goods(4)
  expect((await m.put(buyer, m.body(buyer, [[other.sku, 4]]))).status).toBe(200)
  await expectSound(t)
})

test('orders being picked keep their promises; the lot tells how much is stuck', async () => {
  const [picked, open] = [await m.shop(), await m.shop()]
  const { sku, lot } = await m.goods(10)
  const order = await m.place(picked, [[sku, 5]])
  await m.place(open, [[sku, 5]])
  await t.sql`update orders set status = 'picking', frozen_at = now() where id = ${order.id}`
  expect(await rebalance(lot.id, 20_000)).toEqual({ cut: 50_000, stuck: 30_000 })
  expect(await lotOf(lot.id)).toEqual([50_000, 50_000])
  await expectSound(t)
})
