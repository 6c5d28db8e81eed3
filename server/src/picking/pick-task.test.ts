import { makeHub, makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const t: TestApp = await testApp()
let n: TestNight
beforeEach(async () => {
  n = await testNight(t)
})
afterAll(() => t.close())

/** A released wave of one order of `units` cartons from a lot of `cartons`. */
async function oneOrder(units: number, cartons = 10, sku: object = {}, order: object = {}) {
  const goods = await n.goods(cartons, sku)
  const placed = await n.place(await n.shop(), [[goods.sku, units]], order)
  const waveId = await n.released()
  const [task] = await n.tasks(waveId)
  if (!task) throw new Error('no task')
  return { ...goods, orderId: placed.id, waveId, task }
}

test('nobody of another hub or role picks, and an unknown task is not found', async () => {
  const { task, lot } = await oneOrder(2)
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['picker'])
  const body = { lot: lot.code, quantity: 20_000 }
  expect((await n.pick(task.id, body, stranger)).problem.code).toBe('not_found')
  expect((await n.pick(newId(), body)).problem.code).toBe('not_found')
  const receiver = await t.guest({ id: n.hub.orgId, kind: 'warehouse' }, ['receiver'])
  expect((await n.pick(task.id, body, receiver)).problem.code).toBe('forbidden')
  expect((await n.lotOf(lot.id)).on_hand).toBe(100_000)
})

test('a wrong lot, a wrong tote, too much and too little are refused, naming what is right', async () => {
  const { task, lot } = await oneOrder(2)
  const other = await n.goods(5)
  const wrong = await n.pick(task.id, { lot: other.lot.code, quantity: 20_000 })
  expect([wrong.status, wrong.problem.code, wrong.problem.params]).toEqual([
    409,
    'wrong_lot',
    { expected: lot.code },
  ])
  expect((await n.pick(task.id, { lot: 'nonsense', quantity: 20_000 })).problem.code).toBe('wrong_lot')
  const tote = await n.pick(task.id, { lot: lot.code, quantity: 20_000, tote: 'T000000000' })
  expect([tote.problem.code, tote.problem.params]).toEqual(['wrong_tote', { expected: task.toteCode }])
  expect((await n.pick(task.id, { lot: lot.code, quantity: 20_001 })).problem.code).toBe('over_pick')
  expect((await n.pick(task.id, { lot: lot.code, quantity: 10_000 })).problem.code).toBe('under_pick')
  expect((await n.pick(task.id, { lot: lot.code, quantity: 0 })).problem.code).toBe('bad_input')
  expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 100_000, promised: 20_000 })
})

test('a pick takes the goods, once; the last one ends order and wave', async () => {
  const { task, lot, orderId, waveId } = await oneOrder(2)
  const body = { lot: `]C1${lot.code.toLowerCase()}`, quantity: 20_000, tote: task.toteCode }
  const done = await n.pick(task.id, body)
  expect(done.body).toMatchObject({
    task: { status: 'done', pickedQuantity: 20_000 },
    openInWave: 0,
    orderStatus: 'picked',
  })
  expect((await n.pick(task.id, body)).body).toEqual(done.body)
  expect((await n.pick(task.id, body, n.secondPicker)).problem.code).toBe('wrong_state')
  expect((await n.pick(task.id, { ...body, quantity: 10_000 })).problem.code).toBe('wrong_state')
  expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 80_000, promisable: 80_000, promised: 0 })
  const events =
    await t.sql`select type from events where subject_id in (${task.id}, ${orderId}, ${waveId}) and type like any(array['pick.%', 'order.picked', 'wave.picked']) order by id`
  expect(events.map((e) => e['type'])).toEqual(['pick.done', 'order.picked', 'wave.picked'])
  await expectGoodsSound(t)
})

test('of many pickers at one task exactly one wins', async () => {
  const { task, lot } = await oneOrder(2)
  const body = { lot: lot.code, quantity: 20_000 }
  const crowd = [n.picker, n.secondPicker, n.lead]
  const answers = await Promise.all(crowd.map((who) => n.pick(task.id, body, who)))
  expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409])
  expect((await n.lotOf(lot.id)).on_hand).toBe(80_000)
})

test('a later lot needs a reason while the earlier one is here', async () => {
  const { sku } = await n.goods(5, {}, { useByDay: '2099-12-01' })
  const late = await makeLot(t.db, sku, n.hub.id, 50_000, { useByDay: '2099-12-20' })
  await n.place(await n.shop(), [[sku, 2]])
  const [task] = await n.tasks(await n.released())
  const id = task?.id ?? ''
  const body = { lot: late.code, quantity: 20_000 }
  const refused = await n.pick(id, body)
  expect([refused.problem.code, refused.problem.params]).toEqual([
    'later_lot_first',
    { expected: task?.lotCode },
  ])
  const taken = await n.pick(id, { ...body, otherLotReason: '外箱被压住' })
  expect(taken.body.task).toMatchObject({ lotCode: late.code, status: 'done' })
  expect(await n.lotOf(task?.lotId ?? '')).toMatchObject({ on_hand: 50_000, promised: 0 })
  expect(await n.lotOf(late.id)).toMatchObject({ on_hand: 30_000, promised: 0 })
  const [event] = await t.sql`select payload from events where type = 'pick.done' and subject_id = ${id}`
  expect(event?.['payload']).toMatchObject({ insteadOf: task?.lotId, reason: '外箱被压住' })
  await expectGoodsSound(t)
})

test('a lot with nothing free, or one that cannot serve the day, is a wrong lot whatever the reason', async () => {
  const { task, sku } = await oneOrder(2)
  const taken = await makeLot(t.db, sku, n.hub.id, 50_000, { useByDay: '2099-12-20', promised: 45_000 })
  const old = await makeLot(t.db, sku, n.hub.id, 50_000, { useByDay: n.day })
  for (const lot of [taken, old]) {
    const answer = await n.pick(task.id, { lot: lot.code, quantity: 20_000, otherLotReason: 'x' })
    expect(answer.problem.code).toBe('wrong_lot')
  }
  await t.sql`update lots set promised = 0 where id = ${taken.id}`
})

test('a lot stopped in the night is not picked; another may be taken, or it is short', async () => {
  const { task, sku, lot } = await oneOrder(2)
  await t.sql`update lots set stage = 'held', promisable = promised where id = ${lot.id}`
  expect((await n.pick(task.id, { lot: lot.code, quantity: 20_000 })).problem.code).toBe('lot_wrong_stage')
  const other = await makeLot(t.db, sku, n.hub.id, 50_000, { useByDay: '2099-12-20' })
  expect((await n.short(task.id, { quantity: 10_000 })).problem.code).toBe('lot_wrong_stage')
  expect((await n.pick(task.id, { lot: other.code, quantity: 20_000 })).status).toBe(200)
  expect(await n.lotOf(lot.id)).toMatchObject({ stage: 'held', promised: 0, promisable: 0, on_hand: 100_000 })
  await expectGoodsSound(t)
})

test('weighed goods are taken by net weight within the tolerance', async () => {
  const { task, lot, orderId } = await oneOrder(1, 10, { catchWeight: true, orderUnit: 'head' })
  expect([task.least, task.most]).toEqual([9500, 10_500])
  const heavy = await n.pick(task.id, { lot: lot.code, quantity: 10_501 })
  expect([heavy.problem.code, heavy.problem.params]).toEqual([
    'weight_out_of_tolerance',
    { min: 9500, max: 10_500 },
  ])
  expect((await n.pick(task.id, { lot: lot.code, quantity: 9499 })).problem.code).toBe(
    'weight_out_of_tolerance',
  )
  expect((await n.pick(task.id, { lot: lot.code, quantity: 10_300 })).body.task).toMatchObject({
    netGrams: 10_300,
  })
  expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 89_700, promisable: 89_700, promised: 0 })
  expect((await n.linesOf(orderId))[0]).toMatchObject({ picked_quantity: 10_300, cut_quantity: 0 })
  await expectGoodsSound(t)
})

test('a heavier piece than the lot has free takes from later orders, never from those being picked', async () => {
  const sku = { catchWeight: true, orderUnit: 'head' }
  const { task, lot, sku: pack } = await oneOrder(5, 10, sku)
  const later = await n.place(await n.shop(), [[pack, 5]])
  expect((await n.lotOf(lot.id)).promised).toBe(100_000)
  expect((await n.pick(task.id, { lot: lot.code, quantity: 51_000 })).status).toBe(200)
  expect((await n.linesOf(later.id))[0]).toMatchObject({ cut_quantity: 1000, cut_reason: 'supply_short' })
  const wave = await n.released()
  const [last] = await n.tasks(wave)
  const over = await n.pick(last?.id ?? '', { lot: lot.code, quantity: 49_500 })
  expect([over.problem.code, over.problem.params]).toEqual(['over_pick', { max: 49_000 }])
  expect((await n.pick(last?.id ?? '', { lot: lot.code, quantity: 49_000 })).status).toBe(200)
  expect(await n.lotOf(lot.id)).toMatchObject({ stage: 'used_up', on_hand: 0 })
  await expectGoodsSound(t)
})
