import { makeHub, makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { takeGoods } from '../stock/bin-moves.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { planWave } from './plan-wave.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const t: TestApp = await testApp()
let n: TestNight
beforeEach(async () => {
  n = await testNight(t)
})
afterAll(() => t.close())

test('there is no wave without frozen orders, and it is no business of other hubs', async () => {
  expect(await planWave(t.system(), { hubId: n.hub.id, day: n.day })).toBeNull()
  const post = (who = n.lead) =>
    t.call('picking.planWave', { params: { hubId: n.hub.id }, body: { day: n.day } }, who)
  expect((await post()).problem.code).toBe('wave_empty')
  expect((await post(n.picker)).problem.code).toBe('forbidden')
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  expect((await post(stranger)).problem.code).toBe('not_found')
  const { sku } = await n.goods(10)
  await n.place(await n.shop(), [[sku, 1]])
  const id = await n.plan()
  expect((await n.release(id, stranger)).problem.code).toBe('not_found')
  expect((await n.release(id, n.picker)).problem.code).toBe('forbidden')
  expect((await t.call('picking.readWave', { params: { id } }, stranger)).problem.code).toBe('not_found')
  const lister = await t.guest(n.supplier, ['lister'])
  expect((await t.call('picking.readWave', { params: { id } }, lister)).problem.code).toBe('forbidden')
})

test('later frozen orders join the planned wave, and make the next one after its release', async () => {
  const { sku } = await n.goods(10)
  await n.place(await n.shop(), [[sku, 1]])
  const first = await n.plan()
  await n.place(await n.shop(), [[sku, 1]])
  expect(await n.plan()).toBe(first)
  expect((await n.release(first)).body).toMatchObject({ status: 'picking', orders: 2, seq: 1 })
  await n.place(await n.shop(), [[sku, 1]])
  const second = await n.plan()
  expect(second).not.toBe(first)
  const board = await t.call(
    'picking.board',
    { params: { hubId: n.hub.id }, query: { day: n.day } },
    n.picker,
  )
  expect(board.body.waves.map((w) => [w.seq, w.status])).toEqual([
    [2, 'planned'],
    [1, 'picking'],
  ])
})

test('what an order stood on that is gone is promised by the lot no more', async () => {
  const { sku, lot } = await n.goods(3)
  const order = await n.place(await n.shop(), [[sku, 2]])
  const id = await n.plan()
  const lost = { lotId: lot.id, quantity: lot.onHand, kind: 'count', subjectId: lot.id, eventId: newId() }
  await t.db.transaction((tx) => takeGoods(tx, t.system(), lost))
  await t.sql`update lots set stage = 'used_up', on_hand = 0 where id = ${lot.id}`
  expect((await n.release(id)).status).toBe(200)
  expect(await n.lotOf(lot.id)).toMatchObject({ stage: 'used_up', promised: 0 })
  expect(await n.orderOf(order.id)).toBe('cancelled')
})

test('an order frozen while its wave is being released goes into the next one', async () => {
  const { sku } = await n.goods(10)
  await n.place(await n.shop(), [[sku, 1]])
  const first = await n.plan()
  await n.place(await n.shop(), [[sku, 1]])
  let late: Promise<string> | undefined
  await t.sql.begin(async (tx) => {
    await tx`update waves set status = 'picking' where id = ${first}`
    late = n.plan()
    const waiting = () =>
      t.sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(async () => (await waiting()).length, { timeout: 40_000 }).toBeGreaterThan(0)
  })
  expect(await late).not.toBe(first)
})

test('release fixes lots first expired first over what is here, and makes tasks and totes', async () => {
  const { sku, lot } = await n.goods(3, {}, { useByDay: '2099-12-20' })
  const early = await makeLot(t.db, sku, n.hub.id, 20_000, { useByDay: '2099-12-01' })
  const order = await n.place(await n.shop(), [[sku, 4]])
  const id = await n.released()
  const tasks = await n.tasks(id)
  expect(tasks.map((task) => [task.lotCode, task.quantity])).toEqual([
    [early.code, 20_000],
    [lot.code, 20_000],
  ])
  expect(new Set(tasks.map((task) => task.toteCode)).size).toBe(1)
  expect(await n.orderOf(order.id)).toBe('picking')
  const again = await n.release(id)
  expect([again.status, (await n.tasks(id)).length]).toEqual([200, 2])
  await expectGoodsSound(t)
})

test('goods that are not here yet are late: the lines are cut, an order with nothing left is cancelled', async () => {
  const { sku } = await n.goods(10, {}, { stage: 'made', readyDay: n.today })
  const here = await n.goods(10)
  const buyer = await n.shop()
  const gone = await n.place(buyer, [[sku, 2]])
  const kept = await n.place(await n.shop(), [
    [sku, 2],
    [here.sku, 1],
  ])
  const id = await n.plan()
  const preview = await t.call('picking.readWave', { params: { id } }, n.lead)
  expect(preview.body.preview[0]).toMatchObject({
    skuId: sku.id,
    demand: 40_000,
    supply: 0,
    cut: 40_000,
    reason: 'late_supply',
  })
  const wave = await n.release(id)
  expect(wave.body.summary).toMatchObject({
    orders: 1,
    cancelledOrders: 1,
    cutLines: 2,
    cut_late_supply: 2,
    tasks: 1,
  })
  expect(await n.orderOf(gone.id)).toBe('cancelled')
  expect(await n.orderOf(kept.id)).toBe('picking')
  expect((await n.linesOf(kept.id))[0]).toMatchObject({ cut_quantity: 20_000, cut_reason: 'late_supply' })
  const [account] = await t.sql`select debits_pending_fen from ledger_accounts where org_id = ${buyer.org.id}`
  expect(account?.['debits_pending_fen']).toBe(0)
  const told = await t.sql`select key from notices where org_id = ${buyer.org.id}`
  expect(told.map((row) => row['key'])).toContain('notice.line_cut')
  await expectSound(t)
  await expectGoodsSound(t)
})

test('a shortage is shared in proportion; who wants all or nothing gets one of them', async () => {
  const { sku, lot } = await n.goods(6)
  await makeLot(t.db, sku, n.hub.id, 60_000, { stage: 'made' })
  const [a, b, c] = [await n.shop(), await n.shop(), await n.shop()]
  const big = await n.place(a, [[sku, 6]])
  const small = await n.place(b, [[sku, 3]])
  const whole = await n.place(c, [[sku, 3]], { shortageRule: 'cancel_line' })
  const id = await n.plan()
  expect((await n.release(id)).status).toBe(200)
  const got = async (orderId: string) => {
    const [line] = await n.linesOf(orderId)
    return (line?.['quantity'] as number) - (line?.['cut_quantity'] as number)
  }
  expect([await got(big.id), await got(small.id), await got(whole.id)]).toEqual([40_000, 20_000, 0])
  expect(await n.lotOf(lot.id)).toMatchObject({ promised: 60_000, promisable: 60_000 })
  await expectGoodsSound(t)
})

test('a wave of which every line falls is over at once', async () => {
  const { sku } = await n.goods(10, {}, { stage: 'shipped', readyDay: n.today })
  await n.place(await n.shop(), [[sku, 2]])
  const id = await n.plan()
  expect((await n.release(id)).body).toMatchObject({
    status: 'picked',
    summary: { orders: 0, cancelledOrders: 1 },
  })
})

test('two leads release at once: the wave is made once', async () => {
  const { sku } = await n.goods(10)
  await n.place(await n.shop(), [[sku, 2]])
  await n.place(await n.shop(), [[sku, 3]])
  const id = await n.plan()
  const answers = await Promise.all([n.release(id), n.release(id), n.release(id)])
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200])
  expect(await n.tasks(id)).toHaveLength(2)
  const events = await t.sql`select 1 from events where type = 'wave.released' and subject_id = ${id}`
  expect(events).toHaveLength(1)
  await expectGoodsSound(t)
})
