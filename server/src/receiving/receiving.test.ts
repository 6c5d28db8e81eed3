import { makeHub } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from '../delivery/test-road.ts'
import { expectSound, type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let m: Market
let lister: Guest
let receiver: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
})
afterAll(() => t.close())

type Goods = Awaited<ReturnType<Market['goods']>>
const madeGoods = (sku: object = {}, lot: object = {}): Promise<Goods> =>
  m.goods(10, sku, { stage: 'made', readyDay: m.day, ...lot })

/** A consignment of these goods on its way, whole lots. */
async function shipped(...goods: Goods[]) {
  const id = newId()
  const lines = goods.map(({ lot }) => ({ lotId: lot.id, quantity: lot.quantity }))
  const body = { orgId: m.supplier.id, hubId: m.hub.id, lines }
  await t.call('supply.writeConsignment', { params: { id }, body }, lister)
  const now = Date.now()
  const trip = {
    plate: '闽G12345',
    sealNumber: 'S-1',
    setPointDeciC: -180,
    departsAt: new Date(now).toISOString(),
    expectedAt: new Date(now + 12 * 3_600_000).toISOString(),
  }
  const sent = await t.call(
    'supply.shipConsignment',
    { params: { id }, body: { ...trip, version: 1 } },
    lister,
  )
  expect(sent.problem?.code).toBeUndefined()
  return { id, lineOf: (g: Goods) => sent.body.lines.find((line) => line.lotId === g.lot.id)?.id ?? '' }
}
const arrive = (id: string, body: object = {}, who = receiver) =>
  t.call('receiving.arrive', { params: { id }, body: { sealOk: 'ok', airDeciC: -185, ...body } }, who)
const receive = (id: string, lineId: string, body: object, who = receiver) =>
  t.call('receiving.receiveLine', { params: { id, lineId }, body: { accepted: 0, ...body } }, who)
const finish = (id: string) => t.call('receiving.finish', { params: { id } }, receiver)
const lotOf = async (g: Goods) =>
  (await t.sql`select stage, quantity, promisable, promised, on_hand from lots where id = ${g.lot.id}`)[0]
const movedOf = async (g: Goods) =>
  (await t.sql`select coalesce(sum(quantity), 0)::int8 as n from movements where lot_id = ${g.lot.id}`)[0]?.[
    'n'
  ]

test('only the hub the goods are bound for may take them in, and only once they are there', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  const otherHub = await makeHub(t.db)
  const stranger = await t.guest({ id: otherHub.orgId, kind: 'warehouse' }, ['receiver'])
  expect((await arrive(id, {}, stranger)).problem.code).toBe('not_found')
  expect((await arrive(id, {}, lister)).problem.code).toBe('forbidden')
  expect((await receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('wrong_state')
  expect((await finish(id)).problem.code).toBe('wrong_state')
  const draft = newId()
  const other = await madeGoods()
  const lines = [{ lotId: other.lot.id, quantity: 1000 }]
  const body = { orgId: m.supplier.id, hubId: m.hub.id, lines }
  await t.call('supply.writeConsignment', { params: { id: draft }, body }, lister)
  expect((await arrive(draft)).problem.code).toBe('not_found')
  expect(await lotOf(goods)).toMatchObject({ stage: 'shipped', on_hand: 0 })
})

test('cold goods need a reading at the dock and at the pack; too warm means refused', async () => {
  const goods = await madeGoods({ zone: 'frozen' })
  const { id, lineOf } = await shipped(goods)
  const line = lineOf(goods)
  expect((await arrive(id, { airDeciC: null })).problem.code).toBe('temperature_missing')
  expect((await arrive(id)).body).toMatchObject({ status: 'arrived', arrivalDeciC: -185 })
  expect((await arrive(id)).status).toBe(200)
  expect((await arrive(id, { airDeciC: -100 })).problem.code).toBe('wrong_state')
  expect((await receive(id, line, { accepted: 100_000 })).problem.code).toBe('temperature_missing')
  const warm = await receive(id, line, { accepted: 100_000, surfaceDeciC: -115 })
  expect([warm.status, warm.problem.code, warm.problem.params]).toEqual([
    422,
    'too_warm',
    { limit: '−12.0 ℃' },
  ])
  const refused = { accepted: 0, refused: 100_000, refuseReason: 'temperature', surfaceDeciC: -115 }
  expect((await receive(id, line, refused)).status).toBe(200)
  expect(await lotOf(goods)).toMatchObject({ stage: 'destroyed', on_hand: 0, promisable: 0 })
  expect(await movedOf(goods)).toBe(0)
})

test('the count must add up and a refusal needs its reason', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const line = lineOf(goods)
  const short = await receive(id, line, { accepted: 90_000 })
  expect([short.problem.code, short.problem.params]).toEqual(['receipt_mismatch', { expected: 100_000 }])
  expect((await receive(id, line, { accepted: 90_000, refused: 10_000 })).problem.code).toBe('reason_missing')
  expect((await receive(id, line, { accepted: -1, refused: 100_001 })).problem.code).toBe('bad_input')
  expect((await receive(id, newId(), { accepted: 100_000 })).problem.code).toBe('not_found')
  expect((await finish(id)).problem).toMatchObject({ code: 'lines_open', params: { open: 1 } })
  expect(await lotOf(goods)).toMatchObject({ stage: 'shipped', on_hand: 0 })
})

test('goods taken in are on hand, once, and the receipt closes', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const body = { accepted: 100_000 }
  const one = await receive(id, lineOf(goods), body)
  expect(one.body.lines[0]).toMatchObject({
    receivedQuantity: 100_000,
    refusedQuantity: 0,
    lotStage: 'received',
  })
  expect((await receive(id, lineOf(goods), body)).body).toEqual(one.body)
  const other = { accepted: 90_000, refused: 10_000, refuseReason: 'damaged' }
  expect((await receive(id, lineOf(goods), other)).problem.code).toBe('wrong_state')
  expect(await lotOf(goods)).toMatchObject({ stage: 'received', on_hand: 100_000, promisable: 100_000 })
  expect(await movedOf(goods)).toBe(100_000)
  const closed = await finish(id)
  expect([closed.body.status, (await finish(id)).body.status]).toEqual(['received', 'received'])
})

test('what is refused leaves promises without goods: they move to another lot, the rest is cut', async () => {
  const goods = await madeGoods()
  const buyer = await m.shop()
  const order = await m.place(buyer, [[goods.sku, 9]])
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const body = {
    accepted: 50_000,
    refused: 50_000,
    refuseReason: 'damaged',
    photoFileIds: [await picture(t, receiver)],
  }
  expect((await receive(id, lineOf(goods), body)).status).toBe(200)
  expect(await lotOf(goods)).toMatchObject({
    stage: 'received',
    on_hand: 50_000,
    promisable: 50_000,
    promised: 50_000,
  })
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${order.id}`
  expect(line).toEqual({ cut_quantity: 40_000, cut_reason: 'refused_at_receipt' })
  const notices =
    await t.sql`select key from notices where org_id in (${buyer.org.id}, ${m.supplier.id}) order by key`
  expect(notices.map((n) => n['key'])).toEqual(
    expect.arrayContaining(['notice.goods_refused', 'notice.line_cut']),
  )
  await expectSound(t)
})

test('weighed goods are on hand by their net weight, near what was declared', async () => {
  const goods = await madeGoods({ catchWeight: true, orderUnit: 'basket' })
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const weighed = (grossGrams: number) =>
    receive(id, lineOf(goods), { accepted: 100_000, grossGrams, tareGrams: 2000 })
  expect((await weighed(96_000)).problem).toMatchObject({
    code: 'weight_out_of_tolerance',
    params: { min: 95_000, max: 105_000 },
  })
  expect((await weighed(103_500)).status).toBe(200)
  expect(await lotOf(goods)).toMatchObject({ stage: 'received', on_hand: 101_500, promisable: 101_500 })
  expect(await movedOf(goods)).toBe(101_500)
})

test('a lot stopped on its way is counted and stays stopped', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await t.sql`update lots set stage = 'held', promisable = 0, hold_reason = '复检' where id = ${goods.lot.id}`
  await arrive(id)
  expect((await receive(id, lineOf(goods), { accepted: 100_000 })).status).toBe(200)
  expect(await lotOf(goods)).toMatchObject({ stage: 'held', on_hand: 100_000, promisable: 0 })
})

test('an expired lot is refused', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await t.sql`update lots set use_by_day = '2020-01-01' where id = ${goods.lot.id}`
  await arrive(id)
  expect((await receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('lot_expired')
})

test('goods of a seller whose licence ran out on the way can only be refused', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const until = (day: string) =>
    t.sql`update papers set valid_to = ${day} where org_id = ${m.supplier.id} and kind = 'business_licence'`
  await until('2021-01-01')
  expect((await receive(id, lineOf(goods), { accepted: 100_000 })).problem.code).toBe('licence_expired')
  const body = { accepted: 0, refused: 100_000, refuseReason: 'papers' }
  expect((await receive(id, lineOf(goods), body)).status).toBe(200)
  await until('2099-12-31')
})

test('two receivers of one lot: one wins, nothing is counted twice', async () => {
  const goods = await madeGoods()
  const { id, lineOf } = await shipped(goods)
  await arrive(id)
  const second = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
  const [a, b] = await Promise.all([
    receive(id, lineOf(goods), { accepted: 100_000 }),
    receive(id, lineOf(goods), { accepted: 80_000, refused: 20_000, refuseReason: 'missing' }, second),
  ])
  expect([a.status, b.status].sort()).toEqual([200, 409])
  expect(await movedOf(goods)).toBe((await lotOf(goods))?.['on_hand'])
})
