import { doorRules } from '@huming/db/schema/driving'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { picture, road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const rule = {
  tripCheck: false,
  preCoolPhoto: false,
  unloadScan: true,
  zoneReadings: true,
  refusePhoto: true,
  keyDropSet: true,
  waitMinutes: 10,
  waitReasons: ['closed'],
  validFrom: '2020-01-01',
  validTo: '2099-12-31',
  source: '示例',
}

test('a class of buyers has a door of its own; others keep the row for all', async () => {
  const r = await road(t)
  const [buyer] = await t.sql`select buyer_class as class from organisations where id = ${r.buyer.id}`
  const buyerClass = buyer?.['class'] as string
  const other = buyerClass === 'wholesale' ? 'community' : 'wholesale'
  await t.db.insert(doorRules).values([
    { id: newId(), ...rule },
    { id: newId(), ...rule, buyerClass, proofs: ['photo'], waitMinutes: 3 },
    { id: newId(), ...rule, buyerClass: other, waitMinutes: 99 },
  ])
  const run = await r.read()
  const [stop] = run.stops
  if (!stop) throw new Error('no stop')
  expect([run.rule?.waitMinutes, stop.rule?.waitMinutes, stop.rule?.proofs]).toEqual([10, 3, ['photo']])
  await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, r.driver)
  const lines = stop.goods.flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const body = {
    lines,
    receiverName: '示例',
    evidence: { unload: { scanned: stop.toteList.map((tote) => tote.code) } },
  }
  const give = (proof: { signatureFileId?: string; photoFileIds?: string[] }) =>
    t.call('delivery.deliver', { params: { id: stop.id }, body: { ...body, ...proof } }, r.driver)
  const signed = await give({ signatureFileId: await picture(t, r.driver) })
  const pointers = signed.problem['pointers'] as { pointer: string }[]
  expect([signed.problem.code, pointers[0]?.pointer]).toEqual(['proof_missing', '/body/photoFileIds'])
  expect((await give({ photoFileIds: [await picture(t, r.driver)] })).body.stop?.status).toBe('delivered')
  const [proof] = await t.sql`select kind from stop_proofs where stop_id = ${stop.id}`
  expect(proof?.['kind']).toBe('photo')
})

test('a door that nothing can prove is no rule', async () => {
  const write = (proofs: string[]) => t.db.insert(doorRules).values({ id: newId(), ...rule, proofs })
  for (const proofs of [[], ['stamp']])
    await expect(write(proofs)).rejects.toMatchObject({ cause: { constraint_name: 'door_rule_proofs' } })
})

test('less within the scale’s tolerance is no less; a gram more is', async () => {
  await t.sql`delete from door_rules`
  const r = await road(t)
  const [stop] = (await r.read()).stops
  if (!stop) throw new Error('no stop')
  await t.db.insert(doorRules).values({ id: newId(), ...rule, unloadScan: false, weighToleranceBp: 50 })
  await t.sql`update skus set catch_weight = true where id = ${r.packs[0]?.sku.id as string}`
  await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, r.driver)
  const [line] = stop.goods[0]?.lines ?? []
  const { orderLineId, lotId } = line as { orderLineId: string; lotId: string }
  const signatureFileId = await picture(t, r.driver)
  const give = (refused: number) => {
    const lines = [{ orderLineId, lotId, delivered: 10_000 - refused, refused, reason: 'reweighed' as const }]
    return t.call(
      'delivery.deliver',
      { params: { id: stop.id }, body: { lines, receiverName: '示例', signatureFileId } },
      r.driver,
    )
  }
  const same = await give(50)
  const [pointer] = same.problem['pointers'] as { reason: string }[]
  expect([same.problem.code, pointer?.reason]).toEqual(['delivery_mismatch', 'within_tolerance'])
  expect((await give(51)).body.stop?.status).toBe('partial')
})
