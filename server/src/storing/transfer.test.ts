import { makeHub, makeLot, makeSite } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { expectGoodsSound } from '../picking/test-night.ts'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { type TestApp, testApp } from '../test-app.ts'

const t: TestApp = await testApp()
let s: Stores
beforeEach(async () => {
  s = await testStores(t)
})
afterAll(() => t.close())
afterEach(() => expectGoodsSound(t))

const today = serviceDayOf(new Date())
const codeOf = (answer: { status: number; problem?: { code: string } }) =>
  answer.status === 200 ? 'done' : answer.problem?.code

/** A pack with so many cartons here, and so much of it asked for by the sub-centre. */
async function asked(cartons = 5, units = 5, sku: object = {}) {
  const goods = await s.goods(cartons, sku)
  const id = newId()
  await s.ask([{ skuId: goods.sku.id, quantity: units * 10_000 }], id)
  return { ...goods, id }
}
async function sent(quantity = 30_000, sku: object = {}, surface: object = {}) {
  const a = await asked(5, 5, sku)
  const load = { id: newId(), lotId: a.lot.id, quantity, ...surface }
  const answer = await s.ship(a.id, [load])
  expect(codeOf(answer)).toBe('done')
  return { ...a, load, child: answer.body.lots[0]?.childLotId as string, doc: answer.body }
}
const edges = (from: string) =>
  t.sql`select to_id, quantity from trace_edges where from_id = ${from} and kind = 'moved' order by id`

test('a hub asks another for packs it knows, in its own name', async () => {
  const { sku } = await s.goods(1)
  const line = [{ skuId: sku.id, quantity: 10_000 }]
  expect(codeOf(await s.ask(line, newId(), { fromHubId: s.sub.id }))).toBe('bad_input')
  expect(codeOf(await s.ask([...line, ...line]))).toBe('bad_input')
  expect(codeOf(await s.ask([{ skuId: newId(), quantity: 1 }]))).toBe('bad_input')
  const foreign = await makeHub(t.db)
  expect(codeOf(await s.ask(line, newId(), { toHubId: foreign.id }))).toBe('not_found')
  const id = newId()
  expect((await s.ask(line, id)).body).toMatchObject({
    status: 'asked',
    asked: [{ quantity: 10_000, offers: [{ free: 10_000 }] }],
  })
  expect(codeOf(await s.ask(line, id))).toBe('done')
  expect(codeOf(await s.ask([{ skuId: sku.id, quantity: 2 }], id))).toBe('id_reused')
  const stranger = await t.guest({ id: foreign.orgId, kind: 'warehouse' }, ['lead'])
  expect(codeOf(await t.call('storing.readTransfer', { params: { id } }, stranger))).toBe('not_found')
})

test('a lot that is stopped while its load is being taken in promises nothing', async () => {
  const { id, load, child } = await sent()
  let came: ReturnType<typeof s.unload> | undefined
  await t.sql.begin(async (tx) => {
    await tx`update lots set stage = 'held', promisable = 0 where id = ${child}`
    came = s.unload(id, [{ id: load.id, received: 30_000 }])
    const waiting = () =>
      t.sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(async () => (await waiting()).length, { timeout: 40_000 }).toBeGreaterThan(0)
  })
  expect(codeOf(await (came as ReturnType<typeof s.unload>))).toBe('done')
  expect(await s.lotOf(child)).toMatchObject({ stage: 'held', promisable: 0, on_hand: 30_000 })
})

test('only free, received, unexpired goods of what was asked leave, first to expire first', async () => {
  const { id, lot, sku } = await asked(5, 4)
  await s.place(await s.shop(), [[sku, 3]])
  expect(codeOf(await s.ship(id, [{ lotId: lot.id, quantity: 30_000 }]))).toBe('over_free')
  const later = await makeLot(t.db, sku, s.hub.id, 50_000, { useByDay: addDays(today, 29) })
  expect(codeOf(await s.ship(id, [{ lotId: later.id, quantity: 50_000 }]))).toBe('over_transfer')
  expect(codeOf(await s.ship(id, [{ lotId: later.id, quantity: 10_000 }]))).toBe('later_lot_first')
  const other = await s.goods(1)
  expect(codeOf(await s.ship(id, [{ lotId: other.lot.id, quantity: 10_000 }]))).toBe('over_transfer')
  for (const [stage, problem] of [
    ['held', 'lot_wrong_stage'],
    ['recalled', 'lot_wrong_stage'],
  ] as const) {
    await t.sql`update lots set stage = ${stage} where id = ${lot.id}`
    expect(codeOf(await s.ship(id, [{ lotId: lot.id, quantity: 10_000 }]))).toBe(problem)
  }
  await t.sql`update lots set stage = 'received' where id = ${lot.id}`
  const both = [
    { lotId: lot.id, quantity: 20_000 },
    { lotId: later.id, quantity: 10_000 },
  ]
  expect((await s.ship(id, both)).body).toMatchObject({ status: 'shipped' })
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 30_000, promisable: 30_000, promised: 30_000 })
  const reasoned = await asked(5, 5)
  const late = await makeLot(t.db, reasoned.sku, s.hub.id, 50_000, { useByDay: addDays(today, 29) })
  const load = { lotId: late.id, quantity: 10_000, laterLotReason: '先到期的留给今晚的食堂' }
  expect(codeOf(await s.ship(reasoned.id, [load]))).toBe('done')
})

test('cold goods leave measured and cold enough', async () => {
  const { id, lot } = await asked(5, 5, { zone: 'frozen' })
  const load = { lotId: lot.id, quantity: 10_000 }
  expect(codeOf(await s.ship(id, [load]))).toBe('temperature_missing')
  expect(codeOf(await s.ship(id, [{ ...load, surfaceDeciC: -100 }]))).toBe('too_warm')
  expect(codeOf(await s.ship(id, [{ ...load, surfaceDeciC: -190 }]))).toBe('done')
})

test('what is sent becomes a lot of the other hub: same printed code, on the way, promised there from tomorrow', async () => {
  const { id, lot, load, child, doc, sku } = await sent()
  expect(doc).toMatchObject({
    sealNumber: 'F-1',
    plate: '沪A00001',
    lots: [{ quantity: 30_000, receivedQuantity: null }],
  })
  const [made] =
    await t.sql`select code, stage, hub_id, promisable, on_hand, origin_lot_id, ready_day, use_by_day from lots where id = ${child}`
  expect(made).toMatchObject({
    code: lot.code,
    stage: 'shipped',
    hub_id: s.sub.id,
    promisable: 30_000,
    on_hand: 0,
    origin_lot_id: lot.id,
    ready_day: addDays(today, 1),
    use_by_day: lot.useByDay,
  })
  expect(await edges(lot.id)).toMatchObject([{ to_id: child, quantity: 30_000 }])
  expect(codeOf(await s.ship(id, [load]))).toBe('done')
  expect((await s.lotOf(lot.id)).on_hand).toBe(20_000)
  const buyer = await s.shop()
  const site = await makeSite(t.db, buyer.org.id, s.sub.id)
  const there = { ...buyer, site }
  const order = { params: { id: newId() }, body: s.body(there, [[sku, 2]]) }
  expect(codeOf(await t.call('orders.place', order, buyer.guest))).toBe('done')
  expect((await s.lotOf(child)).promised).toBe(20_000)
})

test('everything is counted at arrival; what is missing needs its reason, leaves the trace and cuts promises', async () => {
  const { id, lot, load, child } = await sent()
  expect(codeOf(await s.unload(id, []))).toBe('bad_input')
  expect(codeOf(await s.unload(id, [{ id: newId(), received: 1 }]))).toBe('receipt_mismatch')
  expect(codeOf(await s.unload(id, [{ id: load.id, received: 30_001 }]))).toBe('receipt_mismatch')
  expect(codeOf(await s.unload(id, [{ id: load.id, received: 20_000 }]))).toBe('reason_missing')
  const got = [{ id: load.id, received: 20_000, shortReason: '途中破损' }]
  expect((await s.unload(id, got)).body).toMatchObject({ status: 'received', short: 10_000, sealOk: true })
  expect(codeOf(await s.unload(id, got))).toBe('done')
  expect(codeOf(await s.unload(id, [{ id: load.id, received: 30_000 }]))).toBe('wrong_state')
  expect(await s.lotOf(child)).toMatchObject({ stage: 'received', on_hand: 20_000, promisable: 20_000 })
  expect(await edges(lot.id)).toMatchObject([{ quantity: 30_000 }, { quantity: -10_000 }])
  const told =
    await t.sql`select params from notices where org_id = ${s.warehouse.id} and key = 'notice.transfer_short'`
  expect(told).toHaveLength(1)
})

test('a load of which nothing came leaves a lot that is used up', async () => {
  const { id, load, child } = await sent()
  expect(codeOf(await s.unload(id, [{ id: load.id, received: 0, shortReason: '车祸' }]))).toBe('done')
  expect(await s.lotOf(child)).toMatchObject({ stage: 'used_up', on_hand: 0, promisable: 0 })
})

test('warm goods and those behind a broken seal are kept apart until food safety has decided', async () => {
  const frozen = await sent(30_000, { zone: 'frozen' }, { surfaceDeciC: -190 })
  expect(codeOf(await s.unload(frozen.id, [{ id: frozen.load.id, received: 30_000 }]))).toBe(
    'temperature_missing',
  )
  const warm = [{ id: frozen.load.id, received: 30_000, surfaceDeciC: -90 }]
  expect((await s.unload(frozen.id, warm)).body.lots).toMatchObject([{ quarantinedQuantity: 30_000 }])
  expect(await s.lotOf(frozen.child)).toMatchObject({ stage: 'received', on_hand: 0, promisable: 0 })
  const broken = await sent()
  await s.unload(broken.id, [{ id: broken.load.id, received: 30_000 }], false)
  expect(await s.lotOf(broken.child)).toMatchObject({ on_hand: 0 })
  const [record] = await t.sql<
    { id: string; reason: string }[]
  >`select id, reason from quarantines where lot_id = ${broken.child}`
  expect(record?.reason).toContain('封签')
  await s.decide(record?.id ?? '', true)
  expect(await s.lotOf(broken.child)).toMatchObject({ on_hand: 30_000, promisable: 30_000 })
})

test('a lot held or recalled on the way is counted in and stays stopped', async () => {
  const { id, load, child } = await sent()
  const hold = { params: { id: child }, body: { reason: '复检' } }
  expect((await t.call('stock.holdLot', hold, s.safety)).body.stage).toBe('held')
  await s.unload(id, [{ id: load.id, received: 30_000 }])
  expect(await s.lotOf(child)).toMatchObject({ stage: 'held', on_hand: 30_000, promisable: 0 })
  expect((await t.call('stock.releaseLot', hold, s.safety)).body).toMatchObject({
    stage: 'received',
    promisable: 30_000,
    quantity: 30_000,
  })
})

test('a second load of the lot waits for the first; then it joins the lot that is there', async () => {
  const { lot, sku, id, load, child } = await sent()
  const second = newId()
  await s.ask([{ skuId: sku.id, quantity: 20_000 }], second)
  const more = { id: newId(), lotId: lot.id, quantity: 20_000 }
  expect(codeOf(await s.ship(second, [more]))).toBe('lot_on_the_way')
  await s.unload(id, [{ id: load.id, received: 30_000 }])
  expect((await s.ship(second, [more])).body.lots).toMatchObject([{ childLotId: child }])
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'used_up', on_hand: 0 })
  expect(await s.lotOf(child)).toMatchObject({ on_hand: 30_000, promisable: 30_000 })
  await s.unload(second, [{ id: more.id, received: 20_000 }])
  expect(await s.lotOf(child)).toMatchObject({ on_hand: 50_000, promisable: 50_000 })
})

test('goods sent back join the lot they came from, and the trace takes back what it said', async () => {
  const { lot, sku, id, load, child } = await sent()
  await s.unload(id, [{ id: load.id, received: 30_000 }])
  const back = newId()
  await s.ask([{ skuId: sku.id, quantity: 10_000 }], back, { fromHubId: s.sub.id, toHubId: s.hub.id })
  const home = { id: newId(), lotId: child, quantity: 10_000 }
  expect((await s.ship(back, [home])).body.lots).toMatchObject([{ childLotId: lot.id }])
  await s.unload(back, [{ id: home.id, received: 9000, shortReason: '少一袋' }])
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 29_000, promisable: 29_000 })
  expect(await edges(lot.id)).toMatchObject([{ quantity: 30_000 }, { quantity: -10_000 }, { quantity: 1000 }])
  expect(await edges(child)).toEqual([])
})

test('either end calls off what has not left, nobody what has', async () => {
  const { id } = await asked()
  const cancel = (which: string) =>
    t.call('storing.cancelTransfer', { params: { id: which }, body: { reason: '不需要了' } }, s.receiver)
  expect((await cancel(id)).body.status).toBe('cancelled')
  expect(codeOf(await cancel(id))).toBe('done')
  expect(codeOf(await cancel((await sent()).id))).toBe('wrong_state')
})
