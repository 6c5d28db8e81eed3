import { makeHub } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type Dock, dock, type Goods } from './test-dock.ts'

let t: TestApp
let d: Dock
beforeAll(async () => {
  t = await testApp()
  d = await dock(t)
})
afterAll(() => t.close())

async function received(sku: object = {}, lot: object = {}): Promise<Goods> {
  const goods = await d.madeGoods(sku, lot)
  const { id, lineOf } = await d.arrived(goods)
  const taken = await d.receive(id, lineOf(goods), { accepted: 100_000 })
  expect(taken.problem?.code).toBeUndefined()
  return goods
}
const list = async (goods: Goods) =>
  (
    await t.call(
      'receiving.listPutAway',
      { params: { hubId: d.m.hub.id }, query: { search: goods.lot.code } },
      d.receiver,
    )
  ).body.items[0]
const put = (goods: Goods, body: object, id: string = newId(), who = d.receiver) =>
  t.call(
    'receiving.putAway',
    {
      params: { id },
      body: {
        hubId: d.m.hub.id,
        lotId: goods.lot.id,
        fromBin: 'AM-D01',
        toBin: 'AM-R01',
        quantity: 100_000,
        ...body,
      },
    },
    who,
  )

test('wrong bins take nothing: unknown, of another zone, not for sale, the dock itself', async () => {
  const goods = await received()
  const chilled = { code: 'CH-R09', zone: 'chilled', kind: 'reserve' }
  const returns = { code: 'AM-T09', zone: 'ambient', kind: 'returns' }
  for (const bin of [chilled, returns])
    await t.sql`insert into bins ${t.sql({ id: newId(), hub_id: d.m.hub.id, sequence: 9, ...bin })}`
  expect((await put(goods, { toBin: 'NO-BIN' })).problem).toMatchObject({
    code: 'bin_unknown',
    params: { bin: 'NO-BIN' },
  })
  expect((await put(goods, { toBin: chilled.code })).problem).toMatchObject({
    code: 'bin_wrong_zone',
    params: { zone: '常温', bin: chilled.code },
  })
  expect((await put(goods, { toBin: returns.code })).problem.code).toBe('bin_move_forbidden')
  expect((await put(goods, { toBin: 'AM-D01' })).problem.code).toBe('bin_move_forbidden')
  expect((await put(goods, { quantity: 100_001 })).problem.code).toBe('bin_short')
  expect((await put(goods, { quantity: 0 })).problem.code).toBe('bad_input')
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['receiver'])
  expect((await put(goods, {}, newId(), stranger)).problem.code).toBe('not_found')
  expect((await put(goods, { lotId: newId() })).problem.code).toBe('not_found')
  expect(await list(goods)).toMatchObject({ quantity: 100_000, bin: 'AM-D01' })
})

test('goods are carried once, in parts, and what is left still stands at the dock', async () => {
  const goods = await received()
  const id = newId()
  const first = await put(goods, { quantity: 60_000, toBin: 'am-r01' }, id)
  expect(first.body).toEqual({ id, toBin: 'AM-R01', quantity: 60_000, left: 40_000 })
  expect((await put(goods, { quantity: 60_000 }, id)).body).toEqual(first.body)
  expect((await put(goods, { quantity: 50_000 }, id)).problem.code).toBe('id_reused')
  const both = await Promise.all([put(goods, { quantity: 30_000 }), put(goods, { quantity: 30_000 })])
  expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  expect(await list(goods)).toMatchObject({ quantity: 10_000 })
  expect(await d.lotOf(goods)).toMatchObject({ on_hand: 100_000 })
  expect((await put(goods, { quantity: 10_000 })).body.left).toBe(0)
  expect(await list(goods)).toBeUndefined()
})

test('the bin is suggested by zone and FEFO; goods that tonight takes whole stay for cross-docking', async () => {
  const first = await received({}, { useByDay: '2099-01-02' })
  const suggested = await list(first)
  expect(suggested).toMatchObject({ advice: 'pick_face', bins: [{ code: 'AM-P01' }] })
  await put(first, { toBin: 'AM-P01' })
  const later = await d.m.goods(10, {}, { stage: 'made', readyDay: d.m.day, useByDay: '2099-02-02' })
  await t.sql`update lots set sku_id = ${first.sku.id} where id = ${later.lot.id}`
  const { id, lineOf } = await d.arrived(later)
  await d.receive(id, lineOf(later), { accepted: 100_000 })
  expect(await list(later)).toMatchObject({ advice: 'reserve' })

  const tonight = await received()
  const shop = await d.m.shop()
  const order = await d.m.place(shop, [[tonight.sku, 10]])
  expect(await list(tonight)).toMatchObject({ promisedTonight: 0 })
  await t.sql`update orders set day = ${d.m.today} where id = ${order.id}`
  expect(await list(tonight)).toMatchObject({ advice: 'cross_dock', promisedTonight: 100_000 })
})
