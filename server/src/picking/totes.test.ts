import { makeLot } from '@huming/db/factories'
import { checkSscc } from '@huming/shared/identifiers/gs1'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { endStopped } from './end-stopped.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const t: TestApp = await testApp()
let n: TestNight
beforeEach(async () => {
  n = await testNight(t)
})
afterAll(() => t.close())

type Sku = Awaited<ReturnType<TestNight['goods']>>['sku']

async function wave(lines: readonly (readonly [Sku, number])[]) {
  const order = await n.place(await n.shop(), lines)
  const id = await n.released()
  return { order, id, tasks: await n.tasks(id) }
}
const totesOf = async (id: string) =>
  (await t.call('picking.listTotes', { params: { id }, query: {} }, n.picker)).body.items
const taskOf = <T extends { skuId: string }>(tasks: readonly T[], sku: { id: string }): T => {
  const task = tasks.find((one) => one.skuId === sku.id)
  if (!task) throw new Error('no such task')
  return task
}
const code = <B extends object>(tote: string, more: B = {} as B) => ({ params: { code: tote }, ...more })

test('raw, ready to eat and peanut goods of an order get totes of their own; scanning the wrong one is refused and says why', async () => {
  const raw = await n.goods(5, { handling: 'raw' })
  const ready = await n.goods(5, { handling: 'ready_to_eat' })
  const butter = await n.goods(5, { allergens: ['peanut', 'soy'] })
  const sauce = await n.goods(5)
  const cold = await n.goods(5, { zone: 'chilled' })
  const all = [raw, ready, butter, sauce, cold]
  const { id, tasks } = await wave(all.map(({ sku }) => [sku, 1] as const))
  const totes = await totesOf(id)
  expect(totes.map((tote) => [tote.zone, tote.separation]).sort()).toEqual([
    ['ambient', 'packed'],
    ['ambient', 'packed_peanut'],
    ['ambient', 'raw'],
    ['ambient', 'ready_to_eat'],
    ['chilled', 'packed'],
  ])
  const into = async (goods: typeof raw, other: typeof raw) => {
    const task = taskOf(tasks, goods.sku)
    const tote = taskOf(tasks, other.sku).toteCode
    return (await n.pick(task.id, { lot: task.lotCode, quantity: task.quantity, tote })).problem
  }
  expect(await into(raw, ready)).toMatchObject({ code: 'tote_mixes_handling', params: { holds: '即食' } })
  expect((await into(raw, ready)).detail).toContain('生熟不能混装')
  expect(await into(sauce, butter)).toMatchObject({ code: 'tote_mixes_allergen' })
  expect(await into(butter, sauce)).toMatchObject({ code: 'tote_mixes_allergen' })
  expect(await into(sauce, cold)).toMatchObject({ code: 'tote_other_zone', params: { holds: '冷藏' } })
  const task = taskOf(tasks, raw.sku)
  const right = { lot: task.lotCode, quantity: task.quantity, tote: `(00)${task.toteSscc}` }
  expect((await n.pick(task.id, right)).status).toBe(200)
  await expectGoodsSound(t)
})

test('a tote of another order is wrong, whatever is in it', async () => {
  const { sku } = await n.goods(9)
  await n.place(await n.shop(), [[sku, 1]])
  await n.place(await n.shop(), [[sku, 1]])
  const [a, b] = await n.tasks(await n.released())
  const body = { lot: a?.lotCode, quantity: 10_000, tote: b?.toteCode }
  expect((await n.pick(a?.id ?? '', body)).problem).toMatchObject({
    code: 'wrong_tote',
    params: { expected: a?.toteCode },
  })
})

test('lots of loose goods are never mixed: each lot has its tote, also when another is taken instead', async () => {
  const { sku, lot } = await n.goods(1, { loose: true, handling: 'raw' }, { useByDay: '2099-12-01' })
  const second = await makeLot(t.db, sku, n.hub.id, 40_000, { useByDay: '2099-12-10' })
  const third = await makeLot(t.db, sku, n.hub.id, 40_000, { useByDay: '2099-12-20' })
  const { id, tasks } = await wave([[sku, 3]])
  expect(tasks.map((task) => task.lotCode)).toEqual([lot.code, second.code])
  const [first, next] = tasks
  expect(first?.toteCode).not.toBe(next?.toteCode)
  expect((await totesOf(id)).map((tote) => tote.looseLotCode).sort()).toEqual([lot.code, second.code].sort())
  const mixed = await n.pick(next?.id ?? '', {
    lot: second.code,
    quantity: 20_000,
    tote: first?.toteCode,
  })
  expect(mixed.problem).toMatchObject({
    code: 'tote_mixes_lots',
    params: { holds: lot.code, expected: next?.toteCode },
  })
  // The second lot's tote is empty: it follows the lot that is taken instead.
  const swapped = await n.pick(next?.id ?? '', {
    lot: third.code,
    quantity: 20_000,
    tote: next?.toteCode,
    otherLotReason: '前一批压在里面',
  })
  expect(swapped.body.task).toMatchObject({ lotCode: third.code, toteCode: next?.toteCode })
  expect((await totesOf(id)).map((tote) => tote.looseLotCode).sort()).toEqual([lot.code, third.code].sort())
  await expectGoodsSound(t)
})

test('what a tote cannot hold goes into the next, each with its own SSCC', async () => {
  const rules = await t.call(
    'picking.writeHubRules',
    { params: { hubId: n.hub.id }, body: { ...hubBody(), version: 0 } },
    n.lead,
  )
  expect(rules.status).toBe(200)
  const { sku } = await n.goods(9)
  const { id, tasks } = await wave([[sku, 5]])
  // 10.5 kg a carton: two to a crate of 25 kg.
  expect(tasks.map((task) => task.quantity).sort()).toEqual([10_000, 20_000, 20_000])
  const totes = await totesOf(id)
  expect(totes.map((tote) => [tote.part, tote.parts]).sort()).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ])
  for (const tote of totes) {
    expect(checkSscc(tote.sscc ?? '')).toMatchObject({ ok: true })
    expect(tote.sscc?.slice(1, 9)).toBe('69300001')
  }
  expect(new Set(totes.map((tote) => tote.sscc)).size).toBe(3)
  await expectGoodsSound(t)
})

const hubBody = (over: object = {}) => ({
  shortageRule: 'pro_rata' as const,
  classOrder: ['canteen_university' as const, '*' as const],
  ssccPrefix: '69300001',
  checkRule: 'none' as const,
  checkToleranceBp: 200,
  toteKinds: [{ kind: 'crate', grams: 25_000, millilitres: 60_000, tareGrams: 2000 }],
  ...over,
})
const write = (over: object) =>
  t.call(
    'picking.writeHubRules',
    { params: { hubId: n.hub.id }, body: { ...hubBody(over), version: 0 } },
    n.lead,
  )

test('a tote passes from picker to picker: who has it in hand puts goods into it, the others are told', async () => {
  const [a, b] = [await n.goods(3), await n.goods(3)]
  const { tasks, id } = await wave([
    [a.sku, 1],
    [b.sku, 1],
  ])
  const tote = tasks[0]?.toteCode ?? ''
  const take = (who: Guest, body = { id: newId() }) => t.call('picking.takeTote', code(tote, { body }), who)
  const pass = (who: Guest) =>
    t.call('picking.passTote', code(tote, { body: { id: newId(), place: '二号交接点' } }), who)
  const once = { id: newId() }
  expect((await take(n.picker, once)).body.holderId).toBe(n.picker.personId)
  expect((await take(n.picker, once)).status).toBe(200)
  const pickBy = (who: Guest, i: number) =>
    n.pick(tasks[i]?.id ?? '', { lot: tasks[i]?.lotCode, quantity: 10_000, tote }, who)
  expect((await pickBy(n.secondPicker, 0)).problem.code).toBe('tote_held')
  expect((await pass(n.secondPicker)).problem.code).toBe('tote_held')
  const next = (who: Guest) => t.call('picking.nextTask', { params: { id }, query: {} }, who)
  expect((await next(n.secondPicker)).body.task).toBeNull()
  expect((await next(n.picker)).body.task?.toteCode).toBe(tote)
  expect((await pickBy(n.picker, 0)).status).toBe(200)
  expect((await pass(n.picker)).body.holderId).toBeNull()
  expect((await take(n.secondPicker)).body.holder).not.toBeNull()
  expect((await pickBy(n.secondPicker, 1)).status).toBe(200)
  const detail = await t.call('picking.readTote', code(tote), n.picker)
  expect(detail.body.passes.map((one) => [one.place, one.openTasks])).toEqual([
    ['', 2],
    ['二号交接点', 1],
    ['', 1],
  ])
  const stranger = await t.guest(n.supplier, ['lister'])
  expect((await t.call('picking.readTote', code(tote), stranger)).problem.code).toBe('forbidden')
})

test('where totes are checked, none is sealed unweighed; a weight that is off asks for a count', async () => {
  await write({ checkRule: 'weigh' })
  const { sku } = await n.goods(4)
  const { tasks } = await wave([[sku, 2]])
  const [task] = tasks
  const tote = task?.toteCode ?? ''
  const check = (body: object, who = n.picker, id = newId()) =>
    t.call('picking.checkTote', code(tote, { body: { id, ...body } }), who)
  const seal = () => t.call('picking.sealTote', code(tote, { body: {} }), n.picker)
  expect((await check({ grossGrams: 23_000 })).problem).toMatchObject({ code: 'tote_unfinished' })
  await n.pick(task?.id ?? '', { lot: task?.lotCode, quantity: 20_000 })
  expect((await seal()).problem.code).toBe('tote_unchecked')
  expect((await check({})).problem.code).toBe('count_incomplete')
  // 2 × 10.5 kg and a crate of 2 kg; 2 % and 200 g either way.
  const light = await check({ grossGrams: 12_500 })
  expect(light.body).toMatchObject({ expectedGrams: 23_000, needsCheck: true, checkedAt: null })
  expect(light.body.checks.map((one) => one.result)).toEqual(['weight_off'])
  const short = await check({ counts: [{ taskId: task?.id, counted: 10_000 }] })
  expect(short.body.checks.at(-1)).toMatchObject({
    result: 'count_off',
    counts: [{ quantity: 20_000, counted: 10_000 }],
  })
  expect((await seal()).problem.code).toBe('tote_unchecked')
  const id = newId()
  const fine = await check({ grossGrams: 22_900 }, n.picker, id)
  expect(fine.body).toMatchObject({ needsCheck: false, grossGrams: 22_900 })
  expect((await check({ grossGrams: 22_900 }, n.picker, id)).body.checks).toHaveLength(3)
  expect((await seal()).body.status).toBe('sealed')
})

test('where four eyes are asked for, the picker of a tote may not check it', async () => {
  await write({ checkRule: 'weigh_other' })
  const { sku } = await n.goods(4)
  const [task] = (await wave([[sku, 1]])).tasks
  await n.pick(task?.id ?? '', { lot: task?.lotCode, quantity: 10_000 })
  const check = (who: Guest) =>
    t.call(
      'picking.checkTote',
      code(task?.toteCode ?? '', { body: { id: newId(), grossGrams: 12_500 } }),
      who,
    )
  expect((await check(n.picker)).problem.code).toBe('needs_second_person')
  expect((await check(n.secondPicker)).body.needsCheck).toBe(false)
})

test('the lots of a stopped lot are picked from the next one, or cut and told; a tote with it stays open', async () => {
  const { sku, lot } = await n.goods(3, {}, { useByDay: '2099-12-01' })
  const next = await makeLot(t.db, sku, n.hub.id, 10_000, { useByDay: '2099-12-20' })
  const buyer = await n.shop()
  const order = await n.place(buyer, [[sku, 3]])
  const id = await n.released()
  await t.sql`update lots set stage = 'held', hold_reason = '复检' where id = ${lot.id}`
  const [task] = await n.tasks(id)
  expect(task?.lotSellable).toBe(false)
  expect((await n.pick(task?.id ?? '', { lot: lot.code, quantity: 30_000 })).problem.code).toBe(
    'lot_wrong_stage',
  )
  expect(await endStopped(t.system(), lot.id)).toBe(1)
  expect(await endStopped(t.system(), lot.id)).toBe(0)
  expect((await n.tasks(id, { status: 'open' })).map((one) => [one.lotCode, one.quantity])).toEqual([
    [next.code, 10_000],
  ])
  expect((await n.linesOf(order.id))[0]).toMatchObject({ cut_quantity: 20_000, cut_reason: 'held' })
  const told = await t.sql`select key from notices where org_id = ${buyer.org.id}`
  expect(told).toHaveLength(1)
  await expectGoodsSound(t)
  const [rest] = await n.tasks(id, { status: 'open' })
  await n.pick(rest?.id ?? '', { lot: next.code, quantity: 10_000 })
  await t.sql`update lots set stage = 'recalled' where id = ${next.id}`
  const seal = await t.call('picking.sealTote', code(rest?.toteCode ?? '', { body: {} }), n.picker)
  expect(seal.problem).toMatchObject({ code: 'tote_stopped_lot', params: { lot: next.code } })
})
