import { makeLot, makeOrg } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let coop: Base
let base: Base
beforeAll(async () => {
  t = await testApp()
  coop = await testBase(t, 'coop')
  base = await testBase(t, 'base', coop.hub.id)
})
afterAll(() => t.close())

const grown = async (quantity = 100_000, over: object = {}, sku: object = {}) =>
  makeLot(t.db, await coop.sku(sku, 'A1'), coop.hub.id, quantity, { stage: 'made', ...over })
const send = (lotId: string, quantity: number, over: object = {}, who = coop.lister, id = newId()) =>
  t.call(
    'production.sendMaterial',
    { params: { id }, body: { lotId, toOrgId: base.org.id, quantity, ...over } },
    who,
  )
const receive = (id: string, accepted: number, over: object = {}, who = base.lister) =>
  t.call(
    'production.receiveMaterial',
    { params: { id }, body: { orgId: base.org.id, accepted, ...over } },
    who,
  )
const taken = (id: string, reason = '示例') =>
  t.call('production.cancelSending', { params: { id }, body: { reason } }, coop.lister)

test('a farm lot goes to a base across companies and keeps its papers and its descent', async () => {
  const lot = await grown()
  const sent = well(await send(lot.id, 40_000))
  expect(sent).toMatchObject({ status: 'sent', supplierLotCode: lot.code, certificate: 'SL-0001' })
  expect(await coop.lot(lot.id)).toMatchObject({ quantity: 60_000, promisable: 60_000 })
  expect((await receive(sent.id, 30_000)).problem.code).toBe('receipt_mismatch')
  expect((await receive(sent.id, 39_000, { refused: 1000 })).problem.code).toBe('reason_missing')
  const got = well(await receive(sent.id, 39_000, { refused: 1000, refuseReason: '黄叶' }))
  expect(got).toMatchObject({ status: 'received', receivedQuantity: 39_000, refusedQuantity: 1000 })
  const inStore = await base.lot(got.lotId as string)
  expect(inStore).toMatchObject({ stage: 'received', on_hand: 39_000, certificate: 'SL-0001' })
  expect(await base.edges(got.lotId as string)).toEqual([
    { fromId: lot.id, kind: 'moved', quantity: 39_000, toQuantity: 39_000 },
  ])
  const papers =
    await t.sql`select quantity::int as quantity, cardinality(from_paper_ids) as n from lot_papers where lot_id = ${got.lotId}`
  expect([...papers]).toEqual([{ quantity: 39_000, n: 1 }])
  // Sent again after the answer was lost.
  expect(well(await receive(sent.id, 39_000, { refused: 1000, refuseReason: '黄叶' })).lotId).toBe(got.lotId)
  expect((await receive(sent.id, 40_000)).problem.code).toBe('id_reused')
  // What was refused at the door is nobody’s stock again (上海市食品安全条例 Art. 30).
  expect(await coop.lot(lot.id)).toMatchObject({ quantity: 60_000 })
  const seen = well(await t.call('production.listReceipts', { query: { side: 'sold' } }, coop.lister)).items
  expect(seen.find((one) => one.id === sent.id)).toMatchObject({
    status: 'received',
    lotId: null,
    lotCode: null,
  })
  await expectSound(t)
})

test('nobody sends what is promised, not made, expired, without papers, or somebody else’s', async () => {
  const lot = await grown()
  await t.sql`update lots set promised = 50000 where id = ${lot.id}`
  expect((await send(lot.id, 50_001)).problem.code).toBe('input_short')
  await t.sql`update lots set promised = 0 where id = ${lot.id}`
  expect((await send((await grown(1000, { stage: 'planned' })).id, 1)).problem.code).toBe('lot_wrong_stage')
  expect((await send((await grown(1000, { useByDay: addDays(base.today, -1) })).id, 1)).problem.code).toBe(
    'input_expired',
  )
  expect((await send((await grown(1000, { certificate: '' })).id, 1)).problem.code).toBe(
    'certificate_missing',
  )
  expect((await send(lot.id, 1, {}, base.lister)).problem.code).toBe('not_found')
  expect((await send(lot.id, 1, { toOrgId: coop.org.id })).problem.code).toBe('bad_input')
  expect((await send(lot.id, 1, { toOrgId: newId() })).problem.code).toBe('not_found')
})

test('a maker without a place cannot be sent to', async () => {
  const bare = await makeOrg(t.db, 'base')
  expect((await send((await grown()).id, 1, { toOrgId: bare.id })).problem.code).toBe('store_missing')
})

test('what is on the way may be taken back once, and not after it was received', async () => {
  const lot = await grown()
  const sent = well(await send(lot.id, 40_000))
  expect(well(await taken(sent.id))).toMatchObject({ status: 'cancelled' })
  well(await taken(sent.id))
  expect(await coop.lot(lot.id)).toMatchObject({ quantity: 100_000, promisable: 100_000 })
  expect((await receive(sent.id, 40_000)).problem.code).toBe('wrong_state')
  const other = well(await send(lot.id, 1000))
  well(await receive(other.id, 1000))
  expect((await taken(other.id)).problem.code).toBe('wrong_state')
})

test('goods whose lot is held meanwhile are not taken in', async () => {
  const lot = await grown()
  const sent = well(await send(lot.id, 1000))
  well(await t.call('stock.holdLot', { params: { id: lot.id }, body: { reason: '农残复检' } }, coop.quality))
  expect((await receive(sent.id, 1000)).problem.code).toBe('lot_wrong_stage')
  expect(well(await receive(sent.id, 0, { refused: 1000, refuseReason: '供方暂停' }))).toMatchObject({
    status: 'refused',
    lotId: null,
  })
})

test('cold material is measured, and warm material refused', async () => {
  const sent = well(await send((await grown(1000, {}, { zone: 'chilled' })).id, 1000))
  expect((await receive(sent.id, 1000)).problem.code).toBe('temperature_missing')
  expect((await receive(sent.id, 1000, { deciC: 125 })).problem.code).toBe('too_warm')
  well(await receive(sent.id, 1000, { deciC: 52 }))
})

test('what is bought outside names its seller, its days and its certificate', async () => {
  const [flour, oil] = [await base.material(), await coop.material()]
  const bought = {
    skuId: flour,
    supplierName: '示例粮油行',
    supplierAddress: '示例市场1号',
    supplierContact: '19900000009',
    supplierLotCode: 'WB-1',
    useByDay: addDays(base.today, 60),
    certificate: 'CJ-1',
  }
  const code = async (over: object, accepted = 1000) =>
    (await receive(newId(), accepted, { bought: { ...bought, ...over } })).problem.code
  expect(await code({ useByDay: addDays(base.today, -1) })).toBe('lot_expired')
  expect(await code({ madeOn: addDays(base.today, 1) })).toBe('lot_days_wrong')
  expect(await code({ certificate: '' })).toBe('certificate_missing')
  expect(await code({ skuId: oil })).toBe('not_found')
  expect(await code({}, 0)).toBe('receipt_mismatch')
  expect((await receive(newId(), 1000)).problem.code).toBe('not_found')
  const id = newId()
  const [one, two] = await Promise.all([receive(id, 1000, { bought }), receive(id, 1000, { bought })])
  expect([one.body.lotId, two.status]).toEqual([two.body.lotId, 200])
  expect((await receive(id, 1001, { bought })).problem.code).toBe('id_reused')
  expect((await receive(id, 1000, { bought }, coop.lister)).problem.code).toBe('not_found')
})
