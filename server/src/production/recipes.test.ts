import { makeOrg } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
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

const write = (body: object, who = b.lister, id = newId()) =>
  t.call('production.writeRecipe', { params: { id }, body: body as never }, who)
const simple = (skuId: string, inputs: string[], over: object = {}) => ({
  skuId,
  batchQuantity: 1000,
  validFrom: b.today,
  inputs: inputs.map((one) => ({ skuId: one, quantity: 500 })),
  ...over,
})

test('a recipe never uses its own product, not even through others', async () => {
  const [a, c, d] = [await b.sku(), await b.sku(), await b.sku()]
  expect((await write(simple(a.id, [a.id]))).problem.code).toBe('recipe_cycle')
  well(await write(simple(a.id, [c.id])))
  well(await write(simple(c.id, [d.id])))
  expect((await write(simple(d.id, [a.id]))).problem.code).toBe('recipe_cycle')
})

test('two recipes that would close a ring together: one is refused', async () => {
  const [a, c] = [await b.sku(), await b.sku()]
  const both = await Promise.all([write(simple(a.id, [c.id])), write(simple(c.id, [a.id]))])
  expect(both.map((one) => one.status).sort()).toEqual([200, 422])
})

test('the ring is seen across companies', async () => {
  const other = await testBase(t)
  const [a, c] = [await b.sku(), await other.sku()]
  well(await write(simple(a.id, [c.id])))
  expect((await write(simple(c.id, [a.id]), other.lister)).problem.code).toBe('recipe_cycle')
})

test('the label must name what goes in', async () => {
  const peanut = await b.material({ name: '示例花生酱', allergens: ['peanut'] })
  const [silent, telling] = [await b.sku(), await b.sku({ allergens: ['gluten', 'peanut'] })]
  expect((await write(simple(silent.id, [peanut]))).problem).toMatchObject({
    code: 'allergens_missing',
    allergens: ['peanut'],
  })
  well(await write(simple(telling.id, [peanut])))
})

test('versions follow each other and the newest that has begun is in force', async () => {
  const [pack, flour] = [await b.sku(), await b.material()]
  const first = await b.recipe(pack.id, 1000, [[flour, 500]])
  const next = await b.recipe(pack.id, 1000, [[flour, 520]], { validFrom: addDays(b.today, 3) })
  const states = async () =>
    well(await t.call('production.listRecipes', { query: { skuId: pack.id } }, b.lister)).items.map((one) => [
      one.version,
      one.inForce,
    ])
  expect(await states()).toEqual([
    [2, false],
    [1, true],
  ])
  const plan = (recipeId: string, day: string) =>
    t.call(
      'production.planBatch',
      { params: { id: newId() }, body: { recipeId, hubId: b.hub.id, quantity: 1000, day } },
      b.lister,
    )
  expect((await plan(next, b.today)).problem.code).toBe('recipe_not_in_force')
  expect((await plan(first, addDays(b.today, 3))).problem.code).toBe('recipe_not_in_force')
  expect((await plan(first, addDays(b.today, -1))).problem.code).toBe('recipe_not_in_force')
  well(await plan(next, addDays(b.today, 3)))
  const retire = () =>
    t.call('production.retireRecipe', { params: { id: first }, body: { reason: '示例' } }, b.lister)
  expect(well(await retire())).toMatchObject({ retired: true, inForce: false })
  well(await retire())
  expect((await plan(first, b.today)).problem.code).toBe('recipe_not_in_force')
})

test('a version written twice is one; another under its id is refused', async () => {
  const [pack, flour, id] = [await b.sku(), await b.material(), newId()]
  const body = simple(pack.id, [flour], { steps: [{ name: '蒸煮', minDeciC: 850 }] })
  const [one, two] = await Promise.all([write(body, b.lister, id), write(body, b.lister, id)])
  expect([one.body.version, two.body.version]).toEqual([1, 1])
  expect((await write({ ...body, batchQuantity: 999 }, b.lister, id)).problem.code).toBe('id_reused')
})

test('what cannot be a recipe is refused where it is wrong', async () => {
  const [pack, flour] = [await b.sku(), await b.material()]
  const other = await testBase(t)
  const theirs = await other.material()
  const flaws = async (over: object) =>
    (await write(simple(pack.id, [flour], over))).problem.pointers?.map(
      (one) => `${one.pointer} ${one.reason}`,
    )
  expect(await flaws({ validFrom: addDays(b.today, -1) })).toEqual(['/body/validFrom past'])
  expect(await flaws({ inputs: [0, 1].map(() => ({ skuId: flour, quantity: 1 })) })).toEqual([
    '/body/inputs/1/skuId twice',
  ])
  expect(await flaws({ steps: [{ name: 'x', minDeciC: 10, maxDeciC: 0 }] })).toEqual([
    '/body/steps/0/minDeciC above_maximum',
  ])
  expect((await write(simple(pack.id, [theirs]))).problem.code).toBe('not_found')
  expect((await write(simple(pack.id, [flour]), other.lister)).problem.code).toBe('not_found')
  expect((await write(simple(pack.id, [flour]), b.quality)).problem.code).toBe('forbidden')
})

test('repacking stays within farm goods of one kind', async () => {
  const coop = await testBase(t, 'coop')
  const orange = await coop.sku({}, 'A3')
  const [small, pepper] = [await coop.sku({}, 'A3'), await coop.sku({}, 'A1')]
  const carton = await coop.material({
    name: '示例纸箱',
    category: 'D1',
    kind: 'packaging',
    baseUnit: 'piece',
  })
  const repack = (skuId: string, inputs: string[]) =>
    write(simple(skuId, inputs, { kind: 'repack' }), coop.lister)
  expect((await repack(orange.id, [pepper.id])).problem.code).toBe('repack_other_goods')
  expect((await repack(orange.id, [carton])).problem.code).toBe('repack_other_goods')
  expect((await repack((await coop.sku({}, 'C1')).id, [orange.id])).problem.code).toBe('repack_other_goods')
  well(await repack(orange.id, [small.id, carton]))
})

test('materials are never offered, and additives say what they are', async () => {
  const id = newId()
  const body = {
    orgId: b.org.id,
    name: '示例山梨酸钾',
    category: 'C5',
    kind: 'additive' as const,
    spec: '1 kg袋',
    baseUnit: 'g' as const,
    zone: 'ambient' as const,
    shelfLifeDays: 700,
  }
  const put = (over: object = {}, who = b.lister) =>
    t.call('production.writeMaterial', { params: { id }, body: { ...body, ...over } }, who)
  expect((await put()).problem.code).toBe('bad_input')
  expect((await put({ additiveClass: 'preservative', category: 'Z9' })).problem.code).toBe('unknown_category')
  well(await put({ additiveClass: 'preservative' }))
  well(await put({ additiveClass: 'preservative' }))
  expect((await put({ additiveClass: 'colour' })).problem.code).toBe('id_reused')
  const other = await testBase(t)
  expect((await put({ orgId: other.org.id, additiveClass: 'preservative' }, other.lister)).problem.code).toBe(
    'not_found',
  )
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const offered = well(await t.call('catalogue.browse', { query: { limit: 200 } }, admin)).items
  expect(offered.some((one) => one.skuId === id)).toBe(false)
  const listed = well(
    await t.call('production.listMaterials', { query: { search: '山梨酸' } }, b.lister),
  ).items
  expect(listed.find((one) => one.skuId === id)).toMatchObject({
    kind: 'additive',
    additiveClass: 'preservative',
    onHand: 0,
  })
})
