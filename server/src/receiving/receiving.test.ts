import { makeHub } from '@huming/db/factories'
import { makeCrateType } from '@huming/db/factories-dock'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Dock, dock } from './test-dock.ts'

let t: TestApp
let d: Dock
beforeAll(async () => {
  t = await testApp()
  d = await dock(t)
})
afterAll(() => t.close())

test('only the hub the goods are bound for may take them in, and only once they are there', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  const otherHub = await makeHub(t.db)
  const stranger = await t.guest({ id: otherHub.orgId, kind: 'warehouse' }, ['receiver'])
  expect((await d.arrive(id, {}, stranger)).problem.code).toBe('not_found')
  expect((await d.arrive(id, {}, d.lister)).problem.code).toBe('forbidden')
  expect((await d.receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('wrong_state')
  expect((await d.finish(id)).problem.code).toBe('wrong_state')
  const draft = newId()
  const other = await d.madeGoods()
  const lines = [{ lotId: other.lot.id, quantity: 1000 }]
  const body = { orgId: d.m.supplier.id, hubId: d.m.hub.id, lines }
  await t.call('supply.writeConsignment', { params: { id: draft }, body }, d.lister)
  expect((await d.arrive(draft)).problem.code).toBe('not_found')
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'shipped', on_hand: 0 })
})

test('cold goods need a reading at the dock and at the pack; too warm means refused', async () => {
  const goods = await d.madeGoods({ zone: 'frozen' })
  const { id, lineOf } = await d.shipped(goods)
  const line = lineOf(goods)
  expect((await d.arrive(id, { airDeciC: null })).problem.code).toBe('temperature_missing')
  expect((await d.arrive(id)).body).toMatchObject({ status: 'arrived', arrivalDeciC: -185 })
  expect((await d.arrive(id)).status).toBe(200)
  expect((await d.arrive(id, { airDeciC: -100 })).problem.code).toBe('wrong_state')
  expect((await d.receive(id, line, { accepted: 100_000, surfaceDeciC: -180 })).problem).toMatchObject({
    code: 'trip_log_missing',
    params: { zone: '冷冻' },
  })
  await d.goodTrip(id)
  expect((await d.receive(id, line, { accepted: 100_000 })).problem.code).toBe('temperature_missing')
  const warm = await d.receive(id, line, { accepted: 100_000, surfaceDeciC: -115 })
  expect([warm.status, warm.problem.code, warm.problem.params]).toEqual([
    422,
    'too_warm',
    { zone: '冷冻', limit: '−12.0 ℃' },
  ])
  const refused = {
    accepted: 0,
    refused: 100_000,
    refuseReason: 'temperature',
    refusedTo: 'driver',
    surfaceDeciC: -115,
  }
  expect((await d.receive(id, line, refused)).status).toBe(200)
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'destroyed', on_hand: 0, promisable: 0 })
  expect(await d.movedOf(goods)).toBe(0)
})

test('the count must add up and a refusal needs its reason', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await d.arrive(id)
  const line = lineOf(goods)
  const short = await d.receive(id, line, { accepted: 90_000 })
  expect(short.problem).toMatchObject({ code: 'receipt_mismatch', params: { expected: 100_000 } })
  expect((await d.receive(id, line, { accepted: 90_000, refused: 10_000 })).problem.code).toBe(
    'reason_missing',
  )
  expect((await d.receive(id, line, { accepted: -1, refused: 100_001 })).problem.code).toBe('bad_input')
  expect((await d.receive(id, newId(), { accepted: 100_000 })).problem.code).toBe('not_found')
  expect((await d.finish(id)).problem).toMatchObject({ code: 'lines_open', params: { open: 1 } })
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'shipped', on_hand: 0 })
})

test('goods taken in are on hand, once, and the receipt closes', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await d.arrive(id)
  const body = { accepted: 100_000 }
  const one = await d.receive(id, lineOf(goods), body)
  expect(one.body.lines[0]).toMatchObject({
    receivedQuantity: 100_000,
    refusedQuantity: 0,
    lotStage: 'received',
  })
  expect((await d.receive(id, lineOf(goods), body)).body).toEqual(one.body)
  const other = {
    accepted: 90_000,
    refused: 10_000,
    refuseReason: 'damaged',
    refusedTo: 'driver',
    photoFileIds: [d.photo],
  }
  expect((await d.receive(id, lineOf(goods), other)).problem.code).toBe('wrong_state')
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'received', on_hand: 100_000, promisable: 100_000 })
  expect(await d.movedOf(goods)).toBe(100_000)
  const closed = await d.finish(id)
  expect([closed.body.status, (await d.finish(id)).body.status]).toEqual(['received', 'received'])
})

test('what is refused leaves promises without goods: they move to another lot, the rest is cut', async () => {
  const goods = await d.madeGoods()
  const buyer = await d.m.shop()
  const order = await d.m.place(buyer, [[goods.sku, 9]])
  const { id, lineOf } = await d.shipped(goods)
  await d.arrive(id)
  const body = {
    accepted: 50_000,
    refused: 50_000,
    refuseReason: 'damaged',
    refusedTo: 'driver',
    photoFileIds: [d.photo],
  }
  expect((await d.receive(id, lineOf(goods), body)).status).toBe(200)
  expect(await d.lotOf(goods)).toMatchObject({
    stage: 'received',
    on_hand: 50_000,
    promisable: 50_000,
    promised: 50_000,
  })
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${order.id}`
  expect(line).toEqual({ cut_quantity: 40_000, cut_reason: 'refused_at_receipt' })
  const notices =
    await t.sql`select key from notices where org_id in (${buyer.org.id}, ${d.m.supplier.id}) order by key`
  expect(notices.map((n) => n['key'])).toEqual(
    expect.arrayContaining(['notice.goods_refused', 'notice.line_cut']),
  )
  await expectSound(t)
})

test('weighed goods are on hand by the sum of their weighings, near what was declared', async () => {
  const goods = await d.madeGoods({ catchWeight: true, orderUnit: 'basket' })
  const type = await makeCrateType(t.db, { tareGrams: 2000 })
  const { id, lineOf } = await d.arrived(goods)
  const line = lineOf(goods)
  const accept = () => d.receive(id, line, { accepted: 100_000 })
  expect((await accept()).problem.code).toBe('weight_missing')
  const crates = [{ typeId: type.id, count: 2 }]
  expect((await d.weigh(id, line, { grossGrams: 4000, crates })).problem.code).toBe('net_not_positive')
  const unknown = [{ typeId: newId(), count: 1 }]
  expect((await d.weigh(id, line, { grossGrams: 9000, crates: unknown })).problem.code).toBe(
    'crate_type_closed',
  )
  const first = newId()
  const one = await d.weigh(id, line, { grossGrams: 64_000, crates }, first)
  expect(one.body.lines[0]).toMatchObject({ netGrams: 60_000, tareGrams: 4000 })
  expect((await d.weigh(id, line, { grossGrams: 64_000, crates }, first)).body).toEqual(one.body)
  expect((await d.weigh(id, line, { grossGrams: 64_001, crates }, first)).problem.code).toBe('id_reused')
  const wrong = newId()
  await d.weigh(id, line, { grossGrams: 26_000, otherTareGrams: 500 }, wrong)
  expect((await accept()).problem).toMatchObject({
    code: 'weight_out_of_tolerance',
    params: { min: 95_000, max: 105_000 },
  })
  const strike = () =>
    t.call('receiving.strikeWeighing', { params: { id, lineId: line, weighingId: wrong } }, d.receiver)
  expect((await strike()).body.lines[0]).toMatchObject({ netGrams: 60_000 })
  expect((await strike()).status).toBe(200)
  await d.weigh(id, line, { grossGrams: 42_000, otherTareGrams: 500 })
  const taken = await accept()
  expect(taken.body.lines[0]).toMatchObject({ grossGrams: 106_000, tareGrams: 4500 })
  expect((await d.weigh(id, line, { grossGrams: 1000 })).problem.code).toBe('wrong_state')
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'received', on_hand: 101_500, promisable: 101_500 })
  expect(await d.movedOf(goods)).toBe(101_500)
})

test('a lot stopped on its way is counted and stays stopped', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await t.sql`update lots set stage = 'held', promisable = 0, hold_reason = '复检' where id = ${goods.lot.id}`
  await d.arrive(id)
  expect((await d.receive(id, lineOf(goods), { accepted: 100_000 })).status).toBe(200)
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'held', on_hand: 100_000, promisable: 0 })
})

test('an expired lot is refused', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await t.sql`update lots set use_by_day = '2020-01-01' where id = ${goods.lot.id}`
  await d.arrive(id)
  expect((await d.receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('lot_expired')
})

test('goods of a seller whose licence ran out on the way can only be refused', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await d.arrive(id)
  const until = (day: string) =>
    t.sql`update papers set valid_to = ${day} where org_id = ${d.m.supplier.id} and kind = 'business_licence'`
  await until('2021-01-01')
  expect((await d.receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('licence_expired')
  const body = { accepted: 0, refused: 100_000, refuseReason: 'papers', refusedTo: 'driver' }
  expect((await d.receive(id, lineOf(goods), body)).status).toBe(200)
  await until('2099-12-31')
})

test('two receivers of one lot: one wins, nothing is counted twice', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.shipped(goods)
  await d.arrive(id)
  const second = await t.guest({ id: d.m.hub.orgId, kind: 'warehouse' }, ['receiver'])
  const [a, b] = await Promise.all([
    d.receive(id, lineOf(goods), { accepted: 100_000 }),
    d.receive(id, lineOf(goods), { accepted: 80_000, refused: 20_000, refuseReason: 'missing' }, second),
  ])
  expect([a.status, b.status].sort()).toEqual([200, 409])
  expect(await d.movedOf(goods)).toBe((await d.lotOf(goods))?.['on_hand'])
})
