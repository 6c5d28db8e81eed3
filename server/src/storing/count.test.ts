import { newId } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { expectGoodsSound } from '../picking/test-night.ts'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { differenceOf, isWithin } from './count-rules.ts'

const t: TestApp = await testApp()
let s: Stores
beforeEach(async () => {
  s = await testStores(t)
})
afterAll(() => t.close())
afterEach(() => expectGoodsSound(t))

const codeOf = (answer: { status: number; problem?: { code: string } }) =>
  answer.status === 200 ? 'done' : answer.problem?.code

/** A pack of cartons at the dock with its count open. */
async function opened(cartons = 5, sku: object = {}) {
  const { lot, ...rest } = await s.goods(cartons, sku)
  const dock = await s.bin('dock')
  return { ...rest, lot, dock, id: await s.openCount(dock.id) }
}

test('any quantity that lay there while somebody counted agrees; else the nearest one counts', () => {
  expect(differenceOf(50, 50, [])).toBe(0)
  expect(differenceOf(40, 50, [])).toBe(-10)
  // 30 were picked, then 20 put there: 60 at the start, 30, 50 now.
  const changes = [{ quantity: 20 }, { quantity: -30 }]
  for (const counted of [30, 45, 50, 60]) expect(differenceOf(counted, 50, changes)).toBe(0)
  expect(differenceOf(25, 50, changes)).toBe(-5)
  expect(differenceOf(61, 50, changes)).toBe(1)
  expect(isWithin(-50, 10_000, 50)).toBe(true)
  expect(isWithin(-51, 10_000, 50)).toBe(false)
  expect(isWithin(1, 10_000, 0)).toBe(false)
})

test('a true count is never told to differ, whenever goods moved meanwhile', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 20 }),
      fc.nat(20),
      (start, steps, at) => {
        const states = [start]
        for (const step of steps) states.push((states.at(-1) as number) + step)
        const seen = states[Math.min(at, states.length - 1)] as number
        const changes = steps.toReversed().map((quantity) => ({ quantity }))
        expect(differenceOf(seen, states.at(-1) as number, changes)).toBe(0)
      },
    ),
  )
})

test('a count that agrees is done; one bin is counted once at a time', async () => {
  const { id, lot, dock } = await opened()
  const again = await t.call(
    'storing.openCounts',
    { body: { hubId: s.hub.id, counts: [{ id: newId(), binId: dock.id }] } },
    s.lead,
  )
  expect(codeOf(again)).toBe('count_open')
  const same = await t.call(
    'storing.openCounts',
    { body: { hubId: s.hub.id, counts: [{ id, binId: dock.id }] } },
    s.lead,
  )
  expect(same.body.items).toMatchObject([{ id, status: 'open' }])
  expect((await s.count(id, [{ lotId: lot.id, quantity: 50_000 }])).body).toMatchObject({ status: 'done' })
  expect(codeOf(await s.count(id, [{ lotId: lot.id, quantity: 50_000 }]))).toBe('done')
  expect(codeOf(await s.count(id, [{ lotId: lot.id, quantity: 40_000 }]))).toBe('wrong_state')
})

test('counters see what to look for and no figures; a difference asks somebody else', async () => {
  const { id, lot } = await opened()
  const read = async (who = s.picker) => (await t.call('storing.readCount', { params: { id } }, who)).body
  const bare = { lotId: lot.id, firstQuantity: null, secondQuantity: null, firstDifference: null }
  expect((await read()).lines).toMatchObject([bare])
  expect((await s.count(id, [])).body).toMatchObject({ status: 'recount', lines: [bare] })
  for (const who of [s.picker, s.receiver, s.lead]) expect((await read(who)).lines).toMatchObject([bare])
  expect(JSON.stringify(await read())).not.toContain('50000')
  expect(codeOf(await s.count(id, [{ lotId: lot.id, quantity: 45_000 }]))).toBe('other_person_needed')
  expect((await s.count(id, [{ lotId: lot.id, quantity: 45_000 }], s.picker)).body.status).toBe('review')
  expect((await read()).lines).toMatchObject([bare])
  expect((await read(s.lead)).lines).toMatchObject([
    { firstQuantity: 0, secondQuantity: 45_000, secondDifference: -5000 },
  ])
})

test('the lead puts the books right with a reason; short promises are cut; the counter cannot approve', async () => {
  const { id, lot, sku } = await opened()
  const order = await s.place(await s.shop(), [[sku, 5]])
  await s.count(id, [{ lotId: lot.id, quantity: 40_000 }])
  await s.count(id, [{ lotId: lot.id, quantity: 40_000 }], s.lead)
  expect(codeOf(await s.settle(id, true, s.receiver))).toBe('forbidden')
  expect(codeOf(await s.settle(id))).toBe('other_person_needed')
  const second = await t.guest(s.warehouse, ['lead'])
  expect((await s.settle(id, true, second)).body).toMatchObject({
    status: 'done',
    lines: [{ adjustedBy: -10_000 }],
  })
  expect(codeOf(await s.settle(id, true, second))).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 40_000, promisable: 40_000, promised: 40_000 })
  expect(await s.linesOf(order.id)).toMatchObject([{ cut_quantity: 10_000, cut_reason: 'supply_short' }])
})

test('the lead may have it counted again from the beginning', async () => {
  const { id, lot } = await opened()
  await s.count(id, [{ lotId: lot.id, quantity: 10_000 }])
  await s.count(id, [{ lotId: lot.id, quantity: 20_000 }], s.picker)
  expect((await s.settle(id, false)).body).toMatchObject({ status: 'open', firstBy: null })
  expect((await s.count(id, [{ lotId: lot.id, quantity: 50_000 }])).body.status).toBe('done')
})

test('picks while somebody counts make no difference', async () => {
  const { id, lot, sku } = await opened()
  await s.place(await s.shop(), [[sku, 2]])
  const [task] = await s.tasks(await s.released())
  const startedAt = new Date()
  await s.pick(task?.id ?? '', { lot: lot.code, quantity: 20_000 })
  // Counted before the picker came by.
  expect((await s.count(id, [{ lotId: lot.id, quantity: 50_000 }], s.receiver, startedAt)).body.status).toBe(
    'done',
  )
  expect((await s.lotOf(lot.id)).on_hand).toBe(30_000)
  const after = await s.openCount((await s.bin('dock')).id)
  expect((await s.count(after, [{ lotId: lot.id, quantity: 30_000 }])).body.status).toBe('done')
})

test('what orders being picked stand on is not written off under them; short picks come first', async () => {
  const { id, lot, sku } = await opened(3)
  await s.place(await s.shop(), [[sku, 3]])
  const [task] = await s.tasks(await s.released())
  await s.count(id, [{ lotId: lot.id, quantity: 20_000 }])
  await s.count(id, [{ lotId: lot.id, quantity: 20_000 }], s.picker)
  expect(codeOf(await s.settle(id))).toBe('picks_stand_on_it')
  expect(codeOf(await s.short(task?.id ?? '', { quantity: 20_000, reason: 'missing' }))).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 10_000, promisable: 0 })
  expect((await s.settle(id)).body.status).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ stage: 'used_up', on_hand: 0, promisable: 0 })
})

test('goods a picker did not find are promised again once a count has found them', async () => {
  const { lot, sku } = await s.goods(3)
  await s.place(await s.shop(), [[sku, 3]])
  const [task] = await s.tasks(await s.released())
  await s.short(task?.id ?? '', { quantity: 10_000, reason: 'missing' })
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 20_000, promisable: 0 })
  const [raised] = (
    await t.call('storing.listCounts', { query: { hubId: s.hub.id, open: 'true' } }, s.picker)
  ).body.items
  expect(raised?.status).toBe('open')
  expect((await s.count(raised?.id ?? '', [{ lotId: lot.id, quantity: 20_000 }])).body.status).toBe('done')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 20_000, promisable: 20_000 })
})

test('found goods go on sale as far as they were missed before, the rest waits for food safety', async () => {
  const { id, lot, dock } = await opened(5)
  for (const who of [s.receiver, s.picker]) await s.count(id, [{ lotId: lot.id, quantity: 40_000 }], who)
  await s.settle(id)
  const next = await s.openCount(dock.id)
  for (const who of [s.receiver, s.picker]) await s.count(next, [{ lotId: lot.id, quantity: 53_000 }], who)
  expect((await s.settle(next)).body.lines).toMatchObject([{ adjustedBy: 13_000 }])
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 50_000, promisable: 50_000 })
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 50_000, 'AM-Q01': 3000 })
})

test('weighed goods may have dried by half a percent', async () => {
  const { id, lot } = await opened(10, { catchWeight: true, orderUnit: 'head', toleranceBp: 500 })
  expect((await s.count(id, [{ lotId: lot.id, quantity: 99_500 }])).body.status).toBe('done')
  const next = await s.openCount((await s.bin('dock')).id)
  expect((await s.count(next, [{ lotId: lot.id, quantity: 99_499 }])).body.status).toBe('recount')
})

test('lots of another hub, a start in the future or before the count was asked for are refused', async () => {
  const { id, lot, dock } = await opened()
  const { lot: foreign } = await (await testStores(t)).goods(1)
  expect(codeOf(await s.count(id, [{ lotId: foreign.id, quantity: 1 }]))).toBe('lot_not_here')
  const lines = [{ lotId: lot.id, quantity: 1 }]
  for (const at of [Date.now() + 600_000, Date.now() - 600_000])
    expect(codeOf(await s.count(id, lines, s.receiver, new Date(at)))).toBe('times_wrong')
  const cancelled = await t.call(
    'storing.cancelCount',
    { params: { id }, body: { reason: '不盘了' } },
    s.lead,
  )
  expect(cancelled.body.status).toBe('cancelled')
  expect(codeOf(await s.count(id, lines))).toBe('wrong_state')
  expect(dock.code).toBe('AM-D01')
})

test('missing quarantined goods shrink their record, so that it speaks of what is there', async () => {
  const { lot } = await s.goods(3)
  const [dock, apart, record] = [await s.bin('dock'), await s.bin('quarantine'), newId()]
  await s.hold(lot.id, dock.id, 20_000, record)
  const id = await s.openCount(apart.id)
  for (const who of [s.receiver, s.picker]) await s.count(id, [{ lotId: lot.id, quantity: 5000 }], who)
  await s.settle(id)
  expect((await s.decide(record, true)).body).toMatchObject({ quantity: 5000, status: 'released' })
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 15_000, promisable: 15_000 })
})
