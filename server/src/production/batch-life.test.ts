import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let b: Base
beforeAll(async () => {
  t = await testApp()
  b = await testBase(t)
})
afterAll(async () => {
  await t.close()
})

/** Dumplings of flour and pork: 10 kg from 6 kg of flour and 5 kg of pork, of which a tenth is trimmed off. */
async function dumplings(over: object = {}) {
  const [flour, pork] = [
    await b.material({ allergens: ['gluten'] }),
    await b.material({ name: '示例猪肉', category: 'A5', zone: 'ambient' }),
  ]
  const pack = await b.sku({ allergens: ['gluten'] })
  well(await b.label(pack.id))
  const recipe = await b.recipe(
    pack.id,
    10_000,
    [
      [flour, 6000],
      [pork, 4500, 1000],
    ],
    over,
  )
  return {
    flour,
    pork,
    pack,
    recipe,
    flourLot: await b.buy(flour, 50_000),
    porkLot: await b.buy(pork, 50_000),
  }
}

test('a batch turns lots into a lot that goes on in the normal life', async () => {
  const { recipe, flourLot, porkLot, pack } = await dumplings({
    steps: [{ name: '搅拌' }, { name: '速冻', maxDeciC: -180 }],
  })
  const batch = await b.plan(recipe, 20_000)
  expect(batch).toMatchObject({ status: 'planned', certifies: 'factory_inspection' })
  expect(batch.needs.map((need) => [need.needed, need.missing])).toEqual([
    [12_000, 0],
    [10_000, 0],
  ])
  expect(await b.lot(batch.lotId)).toMatchObject({ stage: 'planned', quantity: 20_000, promisable: 14_000 })

  expect((await b.take(batch.id, flourLot.code, 1000)).problem.code).toBe('wrong_state')
  well(await t.call('production.startBatch', { params: { id: batch.id }, body: {} }, b.lister))
  well(await b.take(batch.id, flourLot.code, 12_000))
  well(await b.take(batch.id, `(01)06901234567892(10)${porkLot.code}`, 10_500))
  const back = well(await b.take(batch.id, porkLot.code, -500, { reason: '称多了' }))
  expect(back.taken.map((one) => one.quantity)).toEqual([12_000, 10_000])
  expect(await b.lot(porkLot.id)).toMatchObject({ on_hand: 40_000, promisable: 40_000 })

  expect((await b.finish(batch.id, 19_900)).problem.code).toBe('steps_open')
  const read = (seq: number, body: object = {}) =>
    t.call(
      'production.readStep',
      { params: { id: batch.id, readingId: newId() }, body: { seq, ...body } },
      b.lister,
    )
  well(await read(1))
  expect((await read(2)).problem.code).toBe('temperature_missing')
  expect((await read(2, { deciC: -120 })).problem.code).toBe('limit_not_kept')
  well(await read(2, { deciC: -120, action: '延长速冻30分钟后复测' }))
  well(await read(2, { deciC: -185 }))
  const made = well(await b.finish(batch.id, 19_900, { wasteGrams: 1100 }))
  expect(made).toMatchObject({ status: 'made', madeQuantity: 19_900, expectedQuantity: 20_000 })
  expect(await b.lot(batch.lotId)).toMatchObject({ stage: 'planned', quantity: 19_900, made_on: b.today })
  expect(await b.edges(batch.lotId)).toEqual(
    [
      { fromId: flourLot.id, kind: 'made_of', quantity: 12_000, toQuantity: 19_900 },
      { fromId: porkLot.id, kind: 'made_of', quantity: 10_000, toQuantity: 19_900 },
    ].sort((x, y) => (x.fromId < y.fromId ? -1 : 1)),
  )

  const released = well(await b.inspect(batch.id))
  expect(released).toMatchObject({ status: 'released' })
  const [inspection] = released.inspections
  expect(await b.lot(batch.lotId)).toMatchObject({
    stage: 'made',
    quantity: 19_900,
    promisable: 19_900,
    certificate: inspection?.number,
  })
  const papers = await t.sql`select kind, number from lot_papers where lot_id = ${batch.lotId}`
  expect([...papers]).toEqual([{ kind: 'factory_inspection', number: inspection?.number }])
  const label = well(await t.call('production.lotLabel', { params: { id: batch.lotId } }, b.lister))
  expect(label).toMatchObject({
    allergens: ['gluten'],
    productStandard: 'GB 19295',
    shelfLifeDays: pack.shelfLifeDays,
    preparedDishClass: 'staple',
    certificate: inspection?.number,
  })
  await expectSound(t)
})

test('what the recipe does not know, is used up, expired, held or somebody else’s is not taken', async () => {
  const { recipe, flourLot, porkLot, flour } = await dumplings()
  const batch = await b.running(recipe, 10_000)
  const other = await b.buy(await b.material({ name: '示例糖' }), 1000)
  const stranger = await testBase(t)
  const theirs = await stranger.buy(await stranger.material(), 1000)
  const codes = async (lot: string, quantity: number) => (await b.take(batch.id, lot, quantity)).problem.code
  expect(await codes(other.code, 100)).toBe('not_in_recipe')
  expect(await codes(theirs.code, 100)).toBe('not_found')
  expect(await codes('NO-SUCH-LOT', 100)).toBe('not_found')
  expect(await codes(flourLot.code, 50_001)).toBe('input_short')
  expect(await codes(flourLot.code, -1)).toBe('reason_missing')
  expect((await b.take(batch.id, flourLot.code, -1, { reason: '多了' })).problem.code).toBe('over_put_back')
  well(await t.call('stock.holdLot', { params: { id: porkLot.id }, body: { reason: '示例' } }, b.quality))
  expect(await codes(porkLot.code, 100)).toBe('lot_wrong_stage')
  const old = await b.buy(flour, 1000)
  await t.sql`update lots set use_by_day = '2026-01-01' where id = ${old.id}`
  expect(await codes(old.code, 100)).toBe('input_expired')
  expect(await codes(batch.lotCode, 100)).toBe('not_in_recipe')
  expect((await b.finish(batch.id, 10_000)).problem.code).toBe('inputs_missing')
  expect((await stranger.take(batch.id, flourLot.code, 1, {}, stranger.lister)).problem.code).toBe(
    'not_found',
  )
  expect((await b.take(batch.id, flourLot.code, 1, {}, b.quality)).problem.code).toBe('forbidden')
  expect(await b.lot(flourLot.id)).toMatchObject({ on_hand: 50_000 })
  await t.sql`update lots set use_by_day = '2099-01-01' where id = ${old.id}`
  await expectSound(t)
})

test('a taking sent twice takes once; another body under its id is refused', async () => {
  const { recipe, flourLot } = await dumplings()
  const batch = await b.running(recipe, 10_000)
  const inputId = newId()
  const [one, two] = await Promise.all([
    b.take(batch.id, flourLot.code, 2000, { inputId }),
    b.take(batch.id, flourLot.code, 2000, { inputId }),
  ])
  expect([one.status, two.status]).toEqual([200, 200])
  expect((await b.take(batch.id, flourLot.code, 2001, { inputId })).problem.code).toBe('id_reused')
  expect(await b.lot(flourLot.id)).toMatchObject({ on_hand: 48_000 })
})

test('yield and mixture away from the recipe need a reason', async () => {
  const { recipe, flourLot, porkLot } = await dumplings()
  const batch = await b.running(recipe, 10_000)
  well(await b.take(batch.id, flourLot.code, 6000))
  well(await b.take(batch.id, porkLot.code, 5000))
  const short = await b.finish(batch.id, 9600)
  expect(short.problem).toMatchObject({ code: 'yield_out_of_tolerance', expected: 10_000 })
  expect((await b.finish(batch.id, 10_301)).problem.code).toBe('yield_out_of_tolerance')
  expect((await b.finish(batch.id, 9600, { reason: '面皮破损', madeOn: '2020-01-01' })).problem.code).toBe(
    'lot_days_wrong',
  )
  well(await b.finish(batch.id, 9600, { reason: '面皮破损' }))

  const fat = await b.running(recipe, 10_000)
  well(await b.take(fat.id, flourLot.code, 5000))
  well(await b.take(fat.id, porkLot.code, 6000))
  expect((await b.finish(fat.id, 10_000)).problem.code).toBe('mixture_off_recipe')
  well(await b.finish(fat.id, 10_000, { reason: '试加馅' }))
})

test('a failed inspection holds the lot until a later one passes', async () => {
  const { recipe, flourLot, porkLot } = await dumplings()
  const batch = await b.running(recipe, 10_000)
  well(await b.take(batch.id, flourLot.code, 6000))
  well(await b.take(batch.id, porkLot.code, 5000))
  expect((await b.inspect(batch.id)).problem.code).toBe('wrong_state')
  well(await b.finish(batch.id, 10_000))
  expect((await b.inspect(batch.id, true, { items: [] })).problem.code).toBe('inspection_empty')
  expect((await b.inspect(batch.id, true, { inspectedOn: '2020-01-01' })).problem.code).toBe('lot_days_wrong')
  expect(well(await b.inspect(batch.id, false))).toMatchObject({ status: 'rejected' })
  expect(await b.lot(batch.lotId)).toMatchObject({
    stage: 'held',
    promisable: 0,
    hold_reason: '检验不合格：净含量 9.6 kg',
  })
  const release = { params: { id: batch.lotId }, body: { reason: '示例' } }
  expect((await t.call('stock.releaseLot', release, b.quality)).problem.code).toBe('lot_in_production')
  expect(well(await b.inspect(batch.id)).inspections.map((one) => one.passed)).toEqual([true, false])
  expect(await b.lot(batch.lotId)).toMatchObject({ stage: 'made', promisable: 10_000, hold_reason: null })
})

test('a planned lot of a batch is made and withdrawn by the batch alone', async () => {
  const { recipe, flourLot } = await dumplings()
  const batch = await b.running(recipe, 10_000)
  const made = { quantity: 1, madeOn: b.today, useByDay: b.today, certificate: 'X' }
  const bypass = await t.call('stock.makeLot', { params: { id: batch.lotId }, body: made }, b.lister)
  expect(bypass.problem.code).toBe('lot_in_production')
  const drop = { params: { id: batch.lotId }, body: { reason: '示例' } }
  expect((await t.call('stock.withdrawLot', drop, b.lister)).problem.code).toBe('lot_in_production')
  well(await b.take(batch.id, flourLot.code, 6000))
  const cancel = () =>
    t.call('production.cancelBatch', { params: { id: batch.id }, body: { reason: '示例' } }, b.lister)
  expect((await cancel()).problem.code).toBe('inputs_taken')
  well(await b.take(batch.id, flourLot.code, -6000, { reason: '停产' }))
  expect(well(await cancel())).toMatchObject({ status: 'cancelled' })
  expect(await b.lot(batch.lotId)).toMatchObject({ stage: 'withdrawn' })
  expect(await b.edges(batch.lotId)).toEqual([])
  expect(await b.lot(flourLot.id)).toMatchObject({ on_hand: 50_000, stage: 'received' })
  await expectSound(t)
})

test('a batch takes over a planned lot that orders stand on, once', async () => {
  const { recipe, pack } = await dumplings()
  const lotId = newId()
  const declared = {
    skuId: pack.id,
    hubId: b.hub.id,
    stage: 'planned' as const,
    quantity: 10_000,
    readyDay: b.today,
    useByDay: b.today,
  }
  well(await t.call('stock.declareLot', { params: { id: lotId }, body: declared }, b.lister))
  const batch = await b.plan(recipe, 10_000, { lotId })
  expect(batch).toMatchObject({ lotId })
  const again = { recipeId: recipe, hubId: b.hub.id, quantity: 10_000, day: b.today, lotId }
  const second = await t.call('production.planBatch', { params: { id: newId() }, body: again }, b.lister)
  expect(second.problem.code).toBe('lot_in_production')
  expect(
    (await t.call('production.planBatch', { params: { id: batch.id }, body: again }, b.lister)).status,
  ).toBe(200)
  const changed = { ...again, quantity: 9000 }
  expect(
    (await t.call('production.planBatch', { params: { id: batch.id }, body: changed }, b.lister)).problem
      .code,
  ).toBe('id_reused')
  well(
    await t.call('production.cancelBatch', { params: { id: batch.id }, body: { reason: '示例' } }, b.lister),
  )
  expect(await b.lot(lotId)).toMatchObject({ stage: 'planned' })
})

test('a batch whose last reading is beyond a critical limit is not released', async () => {
  const { recipe, flourLot, porkLot } = await dumplings({ steps: [{ name: '蒸煮', minDeciC: 850 }] })
  const batch = await b.running(recipe, 10_000)
  well(await b.take(batch.id, flourLot.code, 6000))
  well(await b.take(batch.id, porkLot.code, 5000))
  const read = (deciC: number, action = '') =>
    t.call(
      'production.readStep',
      { params: { id: batch.id, readingId: newId() }, body: { seq: 1, deciC, action } },
      b.lister,
    )
  well(await read(700, '延长蒸煮'))
  well(await b.finish(batch.id, 10_000))
  expect((await b.inspect(batch.id)).problem.code).toBe('critical_limit_off')
  well(await read(870))
  expect(well(await b.inspect(batch.id)).status).toBe('released')
  expect((await read(880)).problem.code).toBe('wrong_state')
})
