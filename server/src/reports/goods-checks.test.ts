import { makeHub, makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testBase, well } from '../production/test-base.ts'
import { moveGoods, takeGoods } from '../stock/bin-moves.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { reconcile } from './run-audit.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())
beforeEach(async () => expect(await breaches()).toEqual([]))

const breaches = async () =>
  (await reconcile(t)).filter((check) => check.breachCount > 0).map((check) => [check.name, check.breaches])

async function someLots(count: number) {
  const hub = await makeHub(t.db)
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
  return Promise.all(Array.from({ length: count }, () => makeLot(t.db, sku, hub.id, 50_000)))
}
/** Plants an edge; it is taken back by its negative, as nothing is ever deleted. */
const edge = (kind: string, fromId: string, toId: string, quantity: number) => t.sql`
  insert into trace_edges (kind, from_id, to_id, quantity, to_quantity, event_id, at)
  values (${kind}, ${fromId}, ${toId}, ${quantity}, ${quantity}, ${newId()}, now())`

test('a lot that is made of itself over others is found', async () => {
  const [a, b, c] = (await someLots(3)).map((lot) => lot.id).toSorted() as [string, string, string]
  for (const [from, to] of [
    [a, b],
    [b, c],
    [c, a],
  ] as const)
    await edge('made_of', from, to, 100)
  const [found] = await breaches()
  expect([found?.[0], [...(found?.[1] ?? [])].toSorted()]).toEqual(['genealogy_has_no_cycle', [a, b, c]])
  await edge('made_of', c, a, -100)
})

test('an input that the trace does not know, or an edge without an input, is found', async () => {
  const base = await testBase(t)
  const flour = await base.material()
  const pack = await base.sku()
  const lot = await base.buy(flour, 50_000)
  const batch = await base.running(await base.recipe(pack.id, 10_000, [[flour, 8000]]), 10_000)
  well(await base.take(batch.id, lot.code, 8000))
  expect(await breaches()).toEqual([])
  await edge('made_of', lot.id, batch.lotId, 500)
  expect(await breaches()).toEqual([['batches_made_of_inputs', [batch.id]]])
  await edge('made_of', lot.id, batch.lotId, -500)
})

test('material that came whole and is traced otherwise is found', async () => {
  const base = await testBase(t)
  const supplier = await makeSupplier(t.db)
  const lister = await t.guest(supplier, ['lister'])
  const sku = await makeSku(t.db, supplier.id)
  const lot = await makeLot(t.db, sku, base.hub.id, 50_000, { stage: 'made', certificate: '示例合格证' })
  const [id, toOrgId] = [newId(), base.org.id]
  const sent = { lotId: lot.id, toOrgId, quantity: 20_000 }
  well(await t.call('production.sendMaterial', { params: { id }, body: sent }, lister))
  const came = { orgId: toOrgId, accepted: 20_000 }
  const receipt = well(
    await t.call('production.receiveMaterial', { params: { id }, body: came }, base.lister),
  )
  const child = receipt.lotId as string
  expect(await breaches()).toEqual([])
  await edge('moved', lot.id, child, 600)
  const [found] = await breaches()
  expect([found?.[0], [lot.id, child]]).toEqual([
    'moved_lots_match_loads',
    expect.arrayContaining(found?.[1] as string[]),
  ])
  await edge('moved', lot.id, child, -600)
})

test('goods that were picked and are nowhere are found', async () => {
  const [lot] = await someLots(1)
  const lotId = lot?.id as string
  const about = { lotId, quantity: 1000, subjectId: newId(), reason: '', eventId: newId() }
  await t.db.transaction((tx) => takeGoods(tx, t.system(), { ...about, kind: 'pick', firstBinId: null }))
  await t.sql`update lots set on_hand = on_hand - 1000, promisable = promisable - 1000 where id = ${lotId}`
  expect(await breaches()).toEqual([['lot_goods_all_accounted', [lotId]]])
  // Taken out of the tote again, into a shelf, it is whole.
  const [bin] = await t.sql<{ id: string }[]>`select bin_id as id from bin_stock where lot_id = ${lotId}`
  const back = { ...about, kind: 'unpick' as const, fromBinId: null, toBinId: bin?.id as string }
  await t.db.transaction((tx) => moveGoods(tx, t.system(), back))
  await t.sql`update lots set on_hand = 50000 where id = ${lotId}`
})

test.each([
  ['tote.loaded', '{}'],
  ['goods.refused', '{"quantity":1000,"fate":"driver"}'],
  ['lot.received', '{"onHand":1000}'],
  ['lot.received', '{"quantity":1000}'],
])('a %s %s that EPCIS consumed and did not tell of is found', async (type, payload) => {
  const [lot] = await someLots(1)
  const [id, empty] = [newId(), newId()]
  // A line refused whole has nothing to tell of what came in.
  for (const [one, kind, said] of [
    [id, type, payload],
    [empty, 'lot.received', '{"onHand":0}'],
  ] as const) {
    await t.sql`insert into events (id, type, at, subject_id, payload, relayed_at)
      values (${one}, ${kind}, now(), ${lot?.id as string}, ${said}::text::jsonb, now())`
    await t.sql`insert into event_effects (event_id, consumer, done_at) values (${one}, 'epcis', now())`
  }
  expect(await breaches()).toEqual([['epcis_tells_each_event_once', [id]]])
  await t.sql`delete from event_effects where event_id = any(${[id, empty]}::uuid[])`
})
