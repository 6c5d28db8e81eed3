import { makeBuyer, makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let b: Base
beforeAll(async () => {
  t = await testApp()
  b = await testBase(t)
})
afterAll(() => t.close())

const dish = {
  staple: false,
  only_cut: false,
  eaten_cold: false,
  central_kitchen: false,
  industrial_dish: true,
}
const read = async (skuId: string) =>
  well(await t.call('production.readLabel', { params: { skuId } }, b.lister))

test('a stew is a prepared dish and must not hold preservatives, by label or by material', async () => {
  const stew = await b.sku({ shelfLifeDays: 400 }, 'C4')
  expect((await read(stew.id)).warnings).toContain('question_open')
  const kept = [{ name: '排骨' }, { name: '山梨酸钾', additiveClass: 'preservative' as const }]
  expect((await b.label(stew.id, { answers: dish, ingredients: kept })).problem).toMatchObject({
    code: 'preservative_in_prepared_dish',
  })
  const written = well(await b.label(stew.id, { answers: dish, ingredients: [{ name: '排骨' }] }))
  expect(written).toMatchObject({ preparedDishClass: 'prepared_dish', warnings: ['shelf_life_over_year'] })

  const sorbate = await b.material({
    name: '山梨酸钾',
    category: 'C5',
    kind: 'additive',
    additiveClass: 'preservative',
  })
  const ribs = await b.material({ name: '排骨', category: 'A5' })
  const recipe = await b.recipe(stew.id, 1000, [
    [ribs, 990],
    [sorbate, 1],
  ])
  const plan = { recipeId: recipe, hubId: b.hub.id, quantity: 1000, day: b.today }
  const refused = await t.call('production.planBatch', { params: { id: newId() }, body: plan }, b.lister)
  expect(refused.problem.code).toBe('preservative_in_prepared_dish')
})

test('a preservative that came in with another maker’s filling is found when the batch is finished', async () => {
  const maker = await testBase(t, 'base', b.hub.id)
  const filling = await maker.sku({}, 'C3')
  const sorbate = await maker.material({
    name: '山梨酸钾',
    category: 'C5',
    kind: 'additive',
    additiveClass: 'preservative',
  })
  const pork = await maker.material({ name: '猪肉', category: 'A5' })
  well(
    await maker.label(filling.id, {
      ingredients: [{ name: '猪肉' }],
      answers: { ...dish, industrial_dish: false },
    }),
  )
  const recipe = await maker.recipe(filling.id, 1000, [
    [pork, 999],
    [sorbate, 1],
  ])
  const [porkLot, sorbateLot] = [await maker.buy(pork, 10_000), await maker.buy(sorbate, 100)]
  const lot = await maker.make(recipe, 1000, [
    [porkLot.code, 999],
    [sorbateLot.code, 1],
  ])
  const sending = newId()
  const body = { lotId: lot.id, toOrgId: b.org.id, quantity: 1000 }
  well(await t.call('production.sendMaterial', { params: { id: sending }, body }, maker.lister))
  const receive = { orgId: b.org.id, accepted: 1000 }
  const got = well(
    await t.call('production.receiveMaterial', { params: { id: sending }, body: receive }, b.lister),
  )

  const stew = await b.sku({}, 'C4')
  well(await b.label(stew.id, { answers: dish, ingredients: [{ name: '馅料' }] }))
  const mine = await b.recipe(stew.id, 1000, [[filling.id, 1000]])
  const batch = await b.running(mine, 1000)
  well(await b.take(batch.id, got.lotCode as string, 1000))
  expect((await b.finish(batch.id, 1000)).problem).toMatchObject({ code: 'preservative_in_prepared_dish' })
})

test('packed food is not finished without a whole label', async () => {
  const pack = await b.sku({}, 'C1')
  const flour = await b.material()
  const recipe = await b.recipe(pack.id, 1000, [[flour, 1000]])
  const lot = await b.buy(flour, 10_000)
  const batch = await b.running(recipe, 1000)
  well(await b.take(batch.id, lot.code, 1000))
  expect((await b.finish(batch.id, 1000)).problem).toMatchObject({
    code: 'label_incomplete',
    lacks: ['ingredients', 'productStandard', 'scNumber'],
  })
  expect((await b.label(pack.id, { scNumber: 'SC11135040590011' })).problem.pointers).toEqual([
    { pointer: '/body/scNumber', reason: 'check_digit' },
  ])
  well(await b.label(pack.id))
  well(await b.finish(batch.id, 1000))
})

test('an old lot keeps its label when the pack’s is written anew', async () => {
  const pack = await b.sku({}, 'C1')
  const flour = await b.material()
  well(await b.label(pack.id))
  const recipe = await b.recipe(pack.id, 1000, [[flour, 1000]])
  const made = await b.make(recipe, 1000, [[(await b.buy(flour, 1000)).code, 1000]])
  const first = { ingredients: [{ name: '荞麦粉' }], productStandard: 'GB 0', version: 1 }
  well(await b.label(pack.id, first))
  well(await b.label(pack.id, first))
  expect((await b.label(pack.id, { ...first, productStandard: 'GB 1' })).problem.code).toBe('stale_version')
  const label = well(await t.call('production.lotLabel', { params: { id: made.id } }, b.lister))
  expect(label).toMatchObject({ productStandard: 'GB 19295', madeOn: b.today })
  expect(label.ingredients.map((one) => one.name)).toEqual(['小麦粉', '饮用水'])
})

test('the recipe proposes its ingredients in falling order of weight', async () => {
  const pack = await b.sku({}, 'C1')
  const [flour, pork, bag] = [
    await b.material({ name: '小麦粉' }),
    await b.material({ name: '猪肉', category: 'A5' }),
    await b.material({ name: '包装袋', category: 'D1', kind: 'packaging', baseUnit: 'piece' }),
  ]
  await b.recipe(pack.id, 1000, [
    [flour, 400],
    [pork, 500],
    [bag, 1],
  ])
  expect((await read(pack.id)).proposed.map((one) => one.name)).toEqual(['猪肉', '小麦粉'])
})

test('buyers are told what the label of a pack says and that it is a prepared dish; not of goods off sale', async () => {
  const stew = await b.sku({ storage: '−18℃以下冷冻', allergens: ['soy'] }, 'C4')
  const buyer = await t.guest(await makeBuyer(t.db), ['purchaser'])
  const ask = (who = buyer) => t.call('production.productLabels', { params: { id: stew.productId } }, who)
  expect(well(await ask()).items).toMatchObject([{ ingredients: [], preparedDishClass: null }])
  well(await b.label(stew.id, { answers: dish, ingredients: [{ name: '排骨' }] }))
  const [told] = well(await ask()).items
  expect(told).toMatchObject({
    skuId: stew.id,
    ingredients: [{ name: '排骨', additiveClass: null }],
    allergens: ['soy'],
    storage: '−18℃以下冷冻',
    preparedDishClass: 'prepared_dish',
  })
  expect(told?.producer).not.toBe('')
  expect((await ask(await t.guest(await makeOrg(t.db, 'carrier'), ['driver']))).problem.code).toBe(
    'forbidden',
  )
  await t.sql`update products set archived_at = now() where id = ${stew.productId}`
  expect((await ask()).problem.code).toBe('not_found')
})
