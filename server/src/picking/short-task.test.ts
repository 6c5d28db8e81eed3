import { makeBin, makeLot } from '@huming/db/factories'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const t: TestApp = await testApp()
let n: TestNight
beforeEach(async () => {
  n = await testNight(t)
})
afterAll(() => t.close())

async function oneTask(units: number, order: object = {}) {
  const goods = await n.goods(units, {}, { useByDay: '2099-12-01' })
  const buyer = await n.shop()
  const placed = await n.place(buyer, [[goods.sku, units]], order)
  const waveId = await n.released()
  const [task] = await n.tasks(waveId)
  if (!task) throw new Error('no task')
  return { ...goods, buyer, orderId: placed.id, waveId, task }
}

test('a whole pick is not short, and a broken carton cannot be packed', async () => {
  const { task } = await oneTask(3)
  expect((await n.short(task.id, { quantity: 30_000 })).problem.code).toBe('over_pick')
  expect((await n.short(task.id, { quantity: 15_000 })).problem.code).toBe('off_step')
  expect((await n.short(task.id, { reason: 'bored' })).problem.code).toBe('bad_input')
})

test('what is missing is not written off: its bin is to be counted, the line cut when no other lot has it', async () => {
  const { task, lot, orderId, buyer } = await oneTask(3)
  const body = { quantity: 20_000, reason: 'missing' }
  const answer = await n.short(task.id, body)
  expect(answer.body).toMatchObject({ replacement: null, cutQuantity: 10_000, orderStatus: 'picked' })
  expect((await n.short(task.id, body)).body).toEqual(answer.body)
  expect((await n.short(task.id, { ...body, reason: 'damaged' })).problem.code).toBe('wrong_state')
  expect(await n.lotOf(lot.id)).toMatchObject({
    stage: 'received',
    on_hand: 10_000,
    promised: 0,
    promisable: 0,
  })
  expect((await n.linesOf(orderId))[0]).toMatchObject({
    cut_quantity: 10_000,
    cut_reason: 'short_pick',
    picked_quantity: 20_000,
  })
  const moved = await t.sql`select kind, quantity from movements where lot_id = ${lot.id} order by quantity`
  expect(moved.map((v) => [v['kind'], v['quantity']])).toEqual([
    ['pick', -20_000],
    ['receive', 30_000],
  ])
  const counts = await t.sql`
    select c.status, c.reason from bin_counts c join bin_stock s on s.bin_id = c.bin_id where s.lot_id = ${lot.id}`
  expect([...counts]).toEqual([{ status: 'open', reason: 'missing 10000' }])
  const told = await t.sql`select key, params from notices where org_id = ${buyer.org.id}`
  expect(told[0]).toMatchObject({ key: 'notice.line_cut', params: { reason: 'short_pick' } })
  await expectGoodsSound(t)
})

test('the rest comes from the next lot as a new task', async () => {
  const { task, sku, orderId, waveId } = await oneTask(3)
  const next = await makeLot(t.db, sku, n.hub.id, 50_000, { useByDay: '2099-12-20' })
  const answer = await n.short(task.id, { quantity: 10_000, reason: 'damaged' })
  expect(answer.body).toMatchObject({
    cutQuantity: 0,
    replacement: { lotCode: next.code, quantity: 20_000, toteCode: task.toteCode },
  })
  expect(await n.orderOf(orderId)).toBe('picking')
  await expectGoodsSound(t)
  await n.pick(answer.body.replacement?.id ?? '', { lot: next.code, quantity: 20_000 })
  expect(await n.orderOf(orderId)).toBe('picked')
  expect((await t.call('picking.readWave', { params: { id: waveId } }, n.lead)).body).toMatchObject({
    status: 'picked',
  })
  const [apart] = await t.sql`
    select v.quantity, v.reason, b.kind from movements v join bins b on b.id = v.to_bin_id
    where v.lot_id = ${task.lotId} and v.kind = 'set_apart'`
  expect(apart).toMatchObject({ quantity: 20_000, reason: 'damaged', kind: 'destroy' })
  await expectGoodsSound(t)
})

test('goods in the wrong place are promised to nobody until a count has found them', async () => {
  const { task, lot } = await oneTask(2)
  await n.short(task.id, { quantity: 0, reason: 'misplaced' })
  expect(await n.lotOf(lot.id)).toMatchObject({
    stage: 'received',
    on_hand: 20_000,
    promised: 0,
    promisable: 0,
  })
  await expectGoodsSound(t)
})

test('an order of which nothing was found is cancelled and its credit given back; its tote is void', async () => {
  const { task, orderId, buyer, waveId } = await oneTask(2)
  expect((await n.short(task.id, { quantity: 0 })).body.orderStatus).toBe('cancelled')
  expect(await n.orderOf(orderId)).toBe('cancelled')
  const [account] = await t.sql`select debits_pending_fen from ledger_accounts where org_id = ${buyer.org.id}`
  expect(account?.['debits_pending_fen']).toBe(0)
  const totes = await t.call('picking.listTotes', { params: { id: waveId }, query: {} }, n.picker)
  expect(totes.body.items.map((tote) => tote.status)).toEqual(['empty'])
  const seal = await t.call('picking.sealTote', { params: { code: task.toteCode }, body: {} }, n.picker)
  expect(seal.problem.code).toBe('wrong_state')
  await expectGoodsSound(t)
})

test('who wants a line whole or not at all loses it whole', async () => {
  const { task, lot, orderId } = await oneTask(3, { shortageRule: 'cancel_line' })
  const answer = await n.short(task.id, { quantity: 20_000, reason: 'missing' })
  expect(answer.body).toMatchObject({
    task: { pickedQuantity: 0 },
    cutQuantity: 30_000,
    orderStatus: 'cancelled',
  })
  expect(await n.orderOf(orderId)).toBe('cancelled')
  expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 30_000, promisable: 20_000, promised: 0 })
  await expectGoodsSound(t)
})

test('two pickers end two last tasks at once: the order is picked', async () => {
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await n.goods(2), await n.goods(2)]
    const order = await n.place(await n.shop(), [
      [a.sku, 1],
      [b.sku, 1],
    ])
    const tasks = await n.tasks(await n.released())
    await Promise.all(
      tasks.map((task, i) =>
        n.pick(task.id, { lot: task.lotCode, quantity: task.quantity }, i === 0 ? n.picker : n.secondPicker),
      ),
    )
    expect(await n.orderOf(order.id)).toBe('picked')
  }
})

test('a tote is sealed when all its tasks are done, once', async () => {
  const [a, b] = [await n.goods(2), await n.goods(2)]
  await n.place(await n.shop(), [
    [a.sku, 1],
    [b.sku, 1],
  ])
  const tasks = await n.tasks(await n.released())
  const code = tasks[0]?.toteCode ?? ''
  const seal = (sealNumber = 'Z9') =>
    t.call('picking.sealTote', { params: { code }, body: { sealNumber } }, n.picker)
  await n.pick(tasks[0]?.id ?? '', { lot: tasks[0]?.lotCode, quantity: 10_000 })
  expect((await seal()).problem).toMatchObject({ code: 'tote_unfinished', params: { open: 1 } })
  await n.pick(tasks[1]?.id ?? '', { lot: tasks[1]?.lotCode, quantity: 10_000 })
  expect((await seal()).body).toMatchObject({ status: 'sealed', sealNumber: 'Z9' })
  expect((await seal()).status).toBe(200)
  expect((await seal('Z8')).problem.code).toBe('wrong_state')
})

test('the next task is mine first, and pickers who begin together are sent apart', async () => {
  const packs = await Promise.all(Array.from({ length: 6 }, () => n.goods(4)))
  for (let i = 0; i < 2; i++)
    await n.place(
      await n.shop(),
      packs.map(({ sku }) => [sku, 1] as const),
    )
  const id = await n.released()
  const next = async (who = n.picker, query: object = {}) =>
    (await t.call('picking.nextTask', { params: { id }, query }, who)).body
  const mine = await next()
  expect([mine.open, mine.total]).toEqual([12, 12])
  await n.pick(mine.task?.id ?? '', { lot: mine.task?.lotCode, quantity: mine.task?.quantity })
  expect((await next()).task?.skuId).toBe(mine.task?.skuId)
  expect((await next(n.secondPicker)).task?.skuId).not.toBe(mine.task?.skuId)
  expect((await next(n.picker, { zone: 'frozen' })).task).toBeNull()
  const printed = await t.call('picking.pickList', { params: { id }, query: {} }, n.picker)
  expect(printed.body.rows).toHaveLength(6)
  expect(printed.body.rows.reduce((sum, row) => sum + row.quantity, 0)).toBe(110_000)
  // Along the walk of the bins, each row with where to take it and how it is picked.
  const last = printed.body.rows.at(-1)
  const bin = await makeBin(t.db, n.hub.id, { zone: 'ambient', kind: 'reserve' })
  await t.sql`update pick_tasks set walk = 0, bin_id = ${bin.id} where wave_id = ${id} and lot_id = ${last?.lotId ?? ''}`
  const again = await t.call('picking.pickList', { params: { id }, query: {} }, n.picker)
  expect(again.body.rows.map((row) => row.binCode)).toEqual([bin.code, ...Array(5).fill('AM-D01')])
  expect(again.body.rows[0]).toMatchObject({ lotId: last?.lotId, method: mine.task?.method })
})
