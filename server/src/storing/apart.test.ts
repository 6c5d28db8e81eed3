import { makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectGoodsSound } from '../picking/test-night.ts'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let s: Stores
beforeAll(async () => {
  t = await testApp()
  s = await testStores(t)
})
afterAll(() => t.close())
afterEach(() => expectGoodsSound(t))

const codeOf = (answer: { status: number; problem?: { code: string } }) =>
  answer.status === 200 ? 'done' : answer.problem?.code

test('part of a lot kept apart is not promised any more; a repeat changes nothing', async () => {
  const { lot } = await s.goods(5)
  const [dock, apart] = [await s.bin('dock'), await s.bin('quarantine')]
  const id = newId()
  expect(codeOf(await s.hold(lot.id, dock.id, 50_001, id))).toBe('bin_short')
  expect(codeOf(await s.hold(lot.id, apart.id, 1, id))).toBe('bin_move_forbidden')
  expect(codeOf(await s.hold(lot.id, dock.id, 20_000, id, s.picker))).toBe('forbidden')
  expect((await s.hold(lot.id, dock.id, 20_000, id)).body).toMatchObject({
    status: 'waiting',
    quantity: 20_000,
    bin: apart.code,
  })
  expect(codeOf(await s.hold(lot.id, dock.id, 20_000, id))).toBe('done')
  expect(codeOf(await s.hold(lot.id, dock.id, 10_000, id))).toBe('id_reused')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 30_000, promisable: 30_000 })
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 30_000, [apart.code]: 20_000 })
})

test('promises that what is left no longer covers move to another lot or are cut', async () => {
  const { sku, lot } = await s.goods(4)
  const dock = await s.bin('dock')
  const order = await s.place(await s.shop(), [[sku, 4]])
  expect(codeOf(await s.hold(lot.id, dock.id, 30_000))).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 10_000, promised: 10_000 })
  expect(await s.linesOf(order.id)).toMatchObject([{ cut_quantity: 30_000, cut_reason: 'held' }])
})

test('what orders being picked stand on is not taken away under the picker’s hands', async () => {
  const { sku, lot } = await s.goods(4)
  const dock = await s.bin('dock')
  await s.place(await s.shop(), [[sku, 3]])
  await s.released()
  const refused = await s.hold(lot.id, dock.id, 20_000)
  expect([codeOf(refused), refused.problem['detail']]).toEqual([
    'picks_stand_on_it',
    expect.stringContaining('10000'),
  ])
  expect(codeOf(await s.setApart(lot.id, dock.id, 20_000))).toBe('picks_stand_on_it')
  expect(codeOf(await s.hold(lot.id, dock.id, 10_000))).toBe('done')
})

test('only food safety lets goods out again, with a reason; they may be sold from then on', async () => {
  const { lot } = await s.goods(2)
  const dock = await s.bin('dock')
  const id = newId()
  await s.hold(lot.id, dock.id, 20_000, id)
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'received', on_hand: 0, promisable: 0 })
  for (const who of [s.receiver, s.lead, s.picker])
    expect(codeOf(await s.decide(id, true, who))).toBe('forbidden')
  const tested = await t.call(
    'storing.testQuarantine',
    { params: { id }, body: { note: '送检' } },
    s.receiver,
  )
  expect(tested.body).toMatchObject({ status: 'testing', testNote: '送检' })
  const released = await s.decide(id, true)
  expect(released.body).toMatchObject({ status: 'released', decision: '复检结果', decidedBy: '示例人员' })
  expect(codeOf(await s.decide(id, true))).toBe('done')
  expect(codeOf(await s.decide(id, false))).toBe('wrong_state')
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'received', on_hand: 20_000, promisable: 20_000 })
})

test('a lot sold out but for what is kept apart stays open, and is used up when that is destroyed', async () => {
  const { sku, lot } = await s.goods(2)
  const [dock, id] = [await s.bin('dock'), newId()]
  await s.hold(lot.id, dock.id, 10_000, id)
  await s.place(await s.shop(), [[sku, 1]])
  const [task] = await s.tasks(await s.released())
  expect(codeOf(await s.pick(task?.id ?? '', { lot: lot.code, quantity: 10_000 }))).toBe('done')
  expect((await s.lotOf(lot.id)).stage).toBe('received')
  expect((await s.decide(id, false)).body.status).toBe('rejected')
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'used_up', on_hand: 0, promisable: 0 })
})

test('nothing that has expired or is recalled is released, however it came there', async () => {
  for (const [change, problem] of [
    ["use_by_day = '2020-01-01'", 'goods_expired'],
    ["stage = 'recalled', promisable = 0", 'lot_wrong_stage'],
    ["stage = 'held', promisable = 0", 'lot_wrong_stage'],
  ]) {
    const { lot } = await s.goods(2)
    const id = newId()
    await s.hold(lot.id, (await s.bin('dock')).id, 10_000, id)
    await t.sql.unsafe(`update lots set ${change} where id = '${lot.id}'`)
    expect(codeOf(await s.decide(id, true))).toBe(problem)
    expect((await s.decide(id, false)).body.status).toBe('rejected')
  }
})

test('returned goods: no more than went out, and no road leads them back on sale', async () => {
  const { sku, lot } = await s.goods(3)
  const [dock, returns, destroy] = [await s.bin('dock'), await s.bin('returns'), await s.bin('destroy')]
  expect(codeOf(await s.takeBack(lot.id, 1))).toBe('over_return')
  await s.place(await s.shop(), [[sku, 2]])
  const [task] = await s.tasks(await s.released())
  await s.pick(task?.id ?? '', { lot: lot.code, quantity: 20_000 })
  // What waits in a tote went out to nobody.
  expect(codeOf(await s.takeBack(lot.id, 1))).toBe('over_return')
  await t.sql`update orders set status = 'delivered' where id = ${task?.orderId ?? ''}`
  expect(codeOf(await s.takeBack(lot.id, 20_001))).toBe('over_return')
  const back = newId()
  expect((await s.takeBack(lot.id, 15_000, back)).body).toMatchObject({ bin: returns.code, quantity: 15_000 })
  expect(codeOf(await s.takeBack(lot.id, 15_000, back))).toBe('done')
  expect(codeOf(await s.takeBack(lot.id, 5001))).toBe('over_return')
  // By move, hold, transfer, disposal and count.
  expect(codeOf(await s.put(lot.id, returns.id, dock.id, 5000))).toBe('bin_move_forbidden')
  expect(codeOf(await s.hold(lot.id, returns.id, 5000))).toBe('bin_move_forbidden')
  expect(codeOf(await s.dispose(lot.id, returns.id, 5000))).toBe('bin_move_forbidden')
  const asked = newId()
  await s.ask([{ skuId: sku.id, quantity: 20_000 }], asked)
  expect(codeOf(await s.ship(asked, [{ lotId: lot.id, quantity: 15_000 }]))).toBe('over_free')
  const missing = await s.openCount(returns.id)
  for (const who of [s.receiver, s.picker]) await s.count(missing, [], who)
  expect((await s.settle(missing)).body.status).toBe('done')
  const found = await s.openCount(dock.id)
  const here = await t.sql<{ id: string; quantity: number }[]>`
    select lot_id as id, quantity from bin_stock where bin_id = ${dock.id} and quantity > 0`
  const lines = here.map((one) => ({
    lotId: one.id,
    quantity: one.id === lot.id ? one.quantity + 15_000 : one.quantity,
  }))
  for (const who of [s.receiver, s.picker]) await s.count(found, lines, who)
  expect((await s.settle(found)).body.status).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 10_000, promisable: 10_000 })
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 10_000, 'AM-Q01': 15_000 })
  expect(destroy.kind).toBe('destroy')
})

test('expired goods go nowhere but to be destroyed: not on, not back, not to another hub', async () => {
  const { sku, lot } = await s.goods(3)
  const [dock, destroy] = [await s.bin('dock'), await s.bin('destroy')]
  await s.ask([{ skuId: sku.id, quantity: 30_000 }])
  await t.sql`update lots set use_by_day = '2020-01-01' where id = ${lot.id}`
  const asked = newId()
  await s.ask([{ skuId: sku.id, quantity: 30_000 }], asked)
  expect(codeOf(await s.ship(asked, [{ lotId: lot.id, quantity: 10_000 }]))).toBe('goods_expired')
  await t.sql`update lots set stage = 'expired', promisable = 0 where id = ${lot.id}`
  expect(codeOf(await s.ship(asked, [{ lotId: lot.id, quantity: 10_000 }]))).toBe('goods_expired')
  expect(codeOf(await s.setApart(lot.id, dock.id, 30_000))).toBe('done')
  expect(codeOf(await s.put(lot.id, destroy.id, dock.id, 30_000))).toBe('bin_move_forbidden')
  expect(codeOf(await s.setApart(lot.id, destroy.id, 30_000))).toBe('bin_move_forbidden')
  expect((await s.lotOf(lot.id)).stage).toBe('expired')
  // No movement kind takes goods to a supplier, and food safety cannot release what is not quarantined.
  const roads =
    await t.sql`select 1 from movements where lot_id = ${lot.id} and kind not in ('receive', 'set_apart')`
  expect(roads).toEqual([])
})

test('disposal needs a photo, a second person and a past time; then the goods are gone and the record stays', async () => {
  const { lot } = await s.goods(3)
  const [dock, destroy] = [await s.bin('dock'), await s.bin('destroy')]
  await s.setApart(lot.id, dock.id, 30_000)
  expect(codeOf(await s.dispose(lot.id, dock.id, 1))).toBe('bin_move_forbidden')
  expect(codeOf(await s.dispose(lot.id, destroy.id, 30_001))).toBe('bin_short')
  const future = await t.call(
    'storing.writeDisposal',
    {
      params: { id: newId() },
      body: {
        lotId: lot.id,
        binId: destroy.id,
        quantity: 1,
        method: 'deform',
        reason: '破损',
        place: '后院',
        doneAt: new Date(Date.now() + 3_600_000).toISOString(),
        photoFileIds: [newId()],
      },
    },
    s.receiver,
  )
  expect(codeOf(future)).toBe('times_wrong')
  const id = newId()
  expect((await s.dispose(lot.id, destroy.id, 30_000, id)).body).toMatchObject({
    status: 'written',
    method: 'dye',
  })
  expect(codeOf(await s.dispose(lot.id, destroy.id, 1))).toBe('bin_short')
  expect(codeOf(await s.witness(id, s.receiver))).toBe('other_person_needed')
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  expect(codeOf(await s.witness(id, stranger))).toBe('not_found')
  expect((await s.witness(id)).body).toMatchObject({ status: 'witnessed' })
  expect(codeOf(await s.witness(id))).toBe('done')
  expect(await s.lying(lot.id)).toEqual({})
  expect((await s.lotOf(lot.id)).stage).toBe('used_up')
  const cancelled = await t.call(
    'storing.cancelDisposal',
    { params: { id }, body: { reason: '写错' } },
    s.lead,
  )
  expect(codeOf(cancelled)).toBe('wrong_state')
  await expect(t.sql`delete from disposals where id = ${id}`).rejects.toThrow('kept until')
  const [row] =
    await t.sql`select keep_until > to_char(now() + interval '2 years' - interval '1 day', 'YYYY-MM-DD') as kept from disposals where id = ${id}`
  expect(row?.['kept']).toBe(true)
})

test('a stopped lot of which everything was destroyed is destroyed', async () => {
  const { lot } = await s.goods(1)
  const [dock, destroy, id] = [await s.bin('dock'), await s.bin('destroy'), newId()]
  await t.sql`update lots set stage = 'recalled', promisable = 0 where id = ${lot.id}`
  await s.setApart(lot.id, dock.id, 10_000)
  await s.dispose(lot.id, destroy.id, 10_000, id)
  await s.witness(id)
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'destroyed', on_hand: 0 })
})
