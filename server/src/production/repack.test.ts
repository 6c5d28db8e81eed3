import { makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let coop: Base
let farm: Base
beforeAll(async () => {
  t = await testApp()
  coop = await testBase(t, 'coop')
  farm = await testBase(t, 'coop', coop.hub.id)
})
afterAll(() => t.close())

test('oranges of two farms are mixed under a Form 2 certificate that names both', async () => {
  const [mine, theirs] = [await coop.sku({}, 'A3'), await farm.sku({}, 'A3')]
  const own = await makeLot(t.db, mine, coop.hub.id, 50_000, { stage: 'made', certificate: 'HG-OWN' })
  const grown = await makeLot(t.db, theirs, coop.hub.id, 50_000, { stage: 'made', certificate: 'HG-FARM' })
  const carton = await coop.material({
    name: '示例纸箱',
    category: 'D1',
    kind: 'packaging',
    baseUnit: 'piece',
  })
  const cartons = await coop.buy(carton, 100, { certificate: '' })
  const sent = newId()
  const body = { lotId: grown.id, toOrgId: coop.org.id, quantity: 20_000 }
  well(await t.call('production.sendMaterial', { params: { id: sent }, body }, farm.lister))
  const receive = { orgId: coop.org.id, accepted: 20_000 }
  const bought = well(
    await t.call('production.receiveMaterial', { params: { id: sent }, body: receive }, coop.lister),
  )

  const boxed = await coop.sku({}, 'A3')
  const recipe = await coop.recipe(
    boxed.id,
    10_000,
    [
      [mine.id, 6000, 500],
      [theirs.id, 4000, 500],
      [carton, 2],
    ],
    { kind: 'repack' },
  )
  const batch = await coop.running(recipe, 30_000)
  expect(batch.certifies).toBe('form_2')
  well(await coop.take(batch.id, own.code, 18_948))
  well(await coop.take(batch.id, bought.lotCode as string, 12_632))
  well(await coop.take(batch.id, cartons.code, 6))
  expect(await coop.lot(own.id)).toMatchObject({ quantity: 31_052, promisable: 31_052, stage: 'made' })
  well(await coop.finish(batch.id, 30_000))
  expect((await coop.inspect(batch.id, true, { items: [] })).problem.code).toBe('basis_missing')
  const done = well(
    await coop.inspect(batch.id, true, {
      items: [],
      basis: ['controlled', 'self_tested'],
      note: '农残速测 12 项',
    }),
  )
  const [certificate] = done.inspections
  expect(certificate).toMatchObject({
    kind: 'form_2',
    passed: true,
    parents: [
      { lotCode: own.code, certificate: 'HG-OWN' },
      { lotCode: bought.lotCode, certificate: 'HG-FARM' },
    ],
  })
  const [paper] =
    await t.sql`select kind, form, basis, number, quantity::int as quantity, cardinality(from_paper_ids) as parents
    from lot_papers where lot_id = ${batch.lotId}`
  expect(paper).toEqual({
    kind: 'conformity_certificate',
    form: 'collector',
    basis: ['controlled', 'self_tested'],
    number: certificate?.number,
    quantity: 30_000,
    parents: 2,
  })
  await expectSound(t)
})

test('goods without a certificate are neither mixed nor packed anew', async () => {
  const [mine, boxed] = [await coop.sku({}, 'A3'), await coop.sku({}, 'A3')]
  const bare = await makeLot(t.db, mine, coop.hub.id, 10_000, { stage: 'made', certificate: '' })
  const recipe = await coop.recipe(boxed.id, 10_000, [[mine.id, 10_000]], { kind: 'repack' })
  const batch = await coop.running(recipe, 10_000)
  expect((await coop.take(batch.id, bare.code, 10_000)).problem.code).toBe('certificate_missing')
})

test('what is promised of a made lot is not repacked away', async () => {
  const [mine, boxed] = [await coop.sku({}, 'A3'), await coop.sku({}, 'A3')]
  const lot = await makeLot(t.db, mine, coop.hub.id, 10_000, { stage: 'made' })
  await t.sql`update lots set promised = 6000 where id = ${lot.id}`
  const recipe = await coop.recipe(boxed.id, 10_000, [[mine.id, 10_000]], { kind: 'repack' })
  const batch = await coop.running(recipe, 4000)
  expect((await coop.take(batch.id, lot.code, 4001)).problem).toMatchObject({
    code: 'input_short',
    available: 4000,
  })
  well(await coop.take(batch.id, lot.code, 4000))
  well(await coop.finish(batch.id, 4000))
  expect(await coop.lot(lot.id)).toMatchObject({ stage: 'made', quantity: 6000, promisable: 6000 })
  await t.sql`update lots set promised = 0 where id = ${lot.id}`
})
