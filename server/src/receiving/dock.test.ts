import { makeHub, makeOrg } from '@huming/db/factories'
import { makeCrateType } from '@huming/db/factories-dock'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { reconcile } from '../reports/run-audit.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Dock, dock, type Goods } from './test-dock.ts'

let t: TestApp
let d: Dock
beforeAll(async () => {
  t = await testApp()
  d = await dock(t)
})
afterAll(() => t.close())

const whole = { accepted: 100_000 }
const receipt = async (id: string, who = d.receiver) =>
  (await t.call('receiving.readReceipt', { params: { id } }, who)).body
/** Goods that a school canteen waits for: two people take them in. */
async function schoolGoods(): Promise<Goods> {
  const goods = await d.madeGoods()
  const canteen = await d.m.shop({ org: { buyerClass: 'canteen_university' } })
  await d.m.place(canteen, [[goods.sku, 1]])
  return goods
}

test('a logger’s file must be readable, of this trip, and given once', async () => {
  const goods = await d.madeGoods({ zone: 'frozen' })
  const { id } = await d.shipped(goods)
  expect((await d.tripLog(id, { csv: 'x' })).problem.code).toBe('wrong_state')
  await d.arrive(id)
  expect((await d.tripLog(id, {})).problem.code).toBe('bad_input')
  const range = { minDeciC: 5, maxDeciC: 1 }
  expect((await d.tripLog(id, { manual: range })).problem.code).toBe('bad_input')
  const unread = await d.tripLog(id, { csv: '2026-11-24 08:00,-18\nlow battery' })
  expect(unread.problem).toMatchObject({ code: 'logger_unreadable', params: { line: 2 } })
  const other = await d.tripLog(id, { csv: '2001-01-01 08:00,-18' })
  expect(other.problem.code).toBe('logger_other_trip')
  const csv = `${new Date(Date.now() - 3_600_000).toISOString()},-18`
  const logId = newId()
  const read = await d.tripLog(id, { csv }, logId)
  expect(read.body.zones).toMatchObject([{ zone: 'frozen', verdict: 'warn', logs: [{ maxDeciC: -180 }] }])
  expect((await d.tripLog(id, { csv }, logId)).body).toEqual(read.body)
  expect((await d.tripLog(id, { csv: `${csv}\n` }, logId)).problem.code).toBe('id_reused')
})

test('a trip too warm stops the lot until a lead lets it pass with a reason, by name', async () => {
  const goods = await d.madeGoods({ zone: 'frozen' })
  const { id, lineOf } = await d.arrived(goods)
  const line = lineOf(goods)
  const manual = { minDeciC: -190, maxDeciC: -100, minutesAbove: 45 }
  expect((await d.tripLog(id, { manual })).body.lines[0]).toMatchObject({ trip: 'excursion' })
  const take = () => d.receive(id, line, { ...whole, surfaceDeciC: -180 })
  expect((await take()).problem).toMatchObject({
    code: 'trip_too_warm',
    params: { zone: '冷冻', minutes: 45 },
  })
  expect((await d.except(id, line, { kind: 'trip' }, d.receiver)).problem.code).toBe('forbidden')
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  expect((await d.except(id, line, { kind: 'trip' }, stranger)).problem.code).toBe('not_found')
  expect((await d.except(id, line, { kind: 'trip', reason: '' })).problem.code).toBe('bad_input')
  const safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  const passed = await d.except(id, line, { kind: 'trip', reason: '中心温度合格' }, safety)
  expect(passed.body.lines[0]?.exceptions).toMatchObject([{ kind: 'trip', reason: '中心温度合格' }])
  expect(
    (await d.except(id, line, { kind: 'trip', reason: '又一次' })).body.lines[0]?.exceptions,
  ).toHaveLength(1)
  expect((await take()).status).toBe(200)
  expect((await d.except(id, line, { kind: 'life' })).problem.code).toBe('wrong_state')
})

test('too warm outside, the core decides; a core too warm is refused whatever the surface says', async () => {
  const goods = await d.madeGoods({ zone: 'chilled' })
  const { id, lineOf } = await d.arrived(goods)
  await d.goodTrip(id, 'chilled')
  const take = (surfaceDeciC: number, coreDeciC: number | null) =>
    d.receive(id, lineOf(goods), { ...whole, surfaceDeciC, coreDeciC })
  expect((await take(130, null)).problem).toMatchObject({ code: 'too_warm', params: { limit: '12.0 ℃' } })
  expect((await take(60, 110)).problem).toMatchObject({ code: 'too_warm', params: { limit: '10.0 ℃' } })
  expect((await take(130, 95)).status).toBe(200)
})

test('a pack’s own limits come before its zone’s', async () => {
  const goods = await d.madeGoods({ zone: 'chilled' })
  await t.sql`insert into temperature_limits (id, zone, sku_id, surface_max_deci_c, trip_log_needed, valid_from, valid_to, source)
    values (${newId()}, 'chilled', ${goods.sku.id}, 40, false, '2020-01-01', '2099-12-31', '示例标签')`
  const { id, lineOf } = await d.arrived(goods)
  const take = (surfaceDeciC: number) => d.receive(id, lineOf(goods), { ...whole, surfaceDeciC })
  expect((await take(41)).problem).toMatchObject({ code: 'too_warm', params: { limit: '4.0 ℃' } })
  expect((await take(40)).status).toBe(200)
})

test('too little life left stops the lot until somebody lets it pass', async () => {
  const goods = await d.madeGoods({ shelfLifeDays: 30 }, { useByDay: addDays(d.m.today, 19) })
  const { id, lineOf } = await d.arrived(goods)
  const line = lineOf(goods)
  expect((await receipt(id)).lines[0]).toMatchObject({ remainingDays: 19, neededDays: 20 })
  expect((await d.receive(id, line, whole)).problem).toMatchObject({
    code: 'life_too_short',
    params: { left: 19, needed: 20 },
  })
  await d.except(id, line, { kind: 'life', reason: '今晚全部配出' })
  expect((await d.receive(id, line, whole)).status).toBe(200)
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'received', on_hand: 100_000 })
})

test('refused goods have a whereabouts; what is seen is photographed; expired food never goes back', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.arrived(goods)
  const refuse = (body: object) =>
    d.receive(id, lineOf(goods), { accepted: 60_000, refused: 40_000, ...body })
  expect((await refuse({ refuseReason: 'quality' })).problem.code).toBe('fate_missing')
  expect((await refuse({ refuseReason: 'quality', refusedTo: 'driver' })).problem.code).toBe('photo_missing')
  const expired = { refuseReason: 'expired', refusedTo: 'driver', photoFileIds: [d.photo] }
  expect((await refuse(expired)).problem.code).toBe('expired_not_back')
  const destroyed = { refuseReason: 'papers', refusedTo: 'destroyed' }
  expect((await refuse(destroyed)).problem.code).toBe('reason_missing')
  expect((await refuse({ ...destroyed, disposal: '染色' })).problem.code).toBe('photo_missing')
  const strange = { ...destroyed, disposal: '染色', photoFileIds: [newId()] }
  expect((await refuse(strange)).problem.code).toBe('bad_input')
  expect((await refuse({ ...strange, photoFileIds: [d.photo] })).status).toBe(200)
  const [kept] =
    await t.sql`select quantity, fate, disposal from refused_goods where lot_id = ${goods.lot.id}`
  expect(kept).toEqual({ quantity: 40_000, fate: 'destroyed', disposal: '染色' })
  expect(await d.lotOf(goods)).toMatchObject({ on_hand: 60_000 })
  expect(await d.movedOf(goods)).toBe(60_000)
})

test('what did not come is nowhere: no goods to give back', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.arrived(goods)
  const short = { accepted: 90_000, refused: 10_000, refuseReason: 'missing', refusedTo: 'driver' }
  expect((await d.receive(id, lineOf(goods), short)).status).toBe(200)
  expect((await d.receive(id, lineOf(goods), short)).status).toBe(200)
  expect(await t.sql`select 1 from refused_goods where lot_id = ${goods.lot.id}`).toEqual([])
})

test('goods for a school are in stock only when a second person, not the first, confirms the same count', async () => {
  const goods = await schoolGoods()
  const { id, lineOf } = await d.arrived(goods)
  const line = lineOf(goods)
  expect((await d.confirm(id, line, 100_000)).problem.code).toBe('wrong_state')
  const counted = await d.receive(id, line, whole)
  expect(counted.body.lines[0]).toMatchObject({ receivedAt: null, lotStage: 'shipped' })
  expect((await receipt(id)).lines[0]).toMatchObject({
    secondWhy: ['buyer_class'],
    count: { confirmedAt: null },
  })
  expect((await d.receive(id, line, whole)).status).toBe(200)
  expect(
    (await d.receive(id, line, { accepted: 0, refused: 100_000, refuseReason: 'missing' })).problem.code,
  ).toBe('wrong_state')
  expect((await d.finish(id)).problem).toMatchObject({ code: 'lines_open' })
  expect((await d.confirm(id, line, 100_000, d.receiver)).problem.code).toBe('same_person')
  expect((await d.confirm(id, line, 90_000)).problem.code).toBe('count_differs')
  expect((await d.confirm(id, line, 100_000)).body.lines[0]).toMatchObject({ receivedQuantity: 100_000 })
  expect((await d.confirm(id, line, 100_000)).status).toBe(200)
  expect((await d.confirm(id, line, 100_000, d.lead)).problem.code).toBe('wrong_state')
  expect(await d.movedOf(goods)).toBe(100_000)
  await expectSound(t)
})

test('a count that the second person does not share is dropped, kept in the events, and done again', async () => {
  const goods = await schoolGoods()
  const { id, lineOf } = await d.arrived(goods)
  const at = { params: { id, lineId: lineOf(goods) } }
  await d.receive(id, at.params.lineId, whole)
  const drop = () => t.call('receiving.recountLine', { ...at, body: { reason: '少一箱' } }, d.second)
  expect((await drop()).body.lines[0]).toMatchObject({ count: null })
  expect((await drop()).status).toBe(200)
  const dropped =
    await t.sql`select payload->>'reason' as reason from events where type = 'receipt.dropped' and subject_id = ${id}`
  expect(dropped).toEqual([{ reason: '少一箱' }])
  const less = { accepted: 90_000, refused: 10_000, refuseReason: 'missing' }
  await d.receive(id, at.params.lineId, less, d.second)
  expect((await d.confirm(id, at.params.lineId, 90_000, d.receiver)).status).toBe(200)
  expect((await drop()).problem.code).toBe('wrong_state')
})

test('dear goods, goods that a school waits for and high-risk food take two people', async () => {
  const dear = await d.m.goods(101, {}, { stage: 'made', readyDay: d.m.day })
  const [school, duck] = [await schoolGoods(), await d.madeGoods()]
  const { id } = await d.arrived(dear, school, duck)
  await t.sql`update products set category = 'cured_duck' where id = ${duck.sku.productId}`
  const why = new Map((await receipt(id)).lines.map((line) => [line.lotId, line.secondWhy]))
  expect([dear, school, duck].map((one) => why.get(one.lot.id))).toEqual([
    ['value_above'],
    ['buyer_class'],
    ['high_risk'],
  ])
})

test('two confirm at once: the goods are in once', async () => {
  const goods = await schoolGoods()
  const { id, lineOf } = await d.arrived(goods)
  await d.receive(id, lineOf(goods), whole)
  const both = await Promise.all([
    d.confirm(id, lineOf(goods), 100_000),
    d.confirm(id, lineOf(goods), 100_000, d.lead),
  ])
  expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  expect(await d.movedOf(goods)).toBe(100_000)
})

test('a lot recalled on its way is kept apart from the first minute', async () => {
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.arrived(goods)
  await t.sql`update lots set stage = 'recalled', promisable = 0 where id = ${goods.lot.id}`
  expect((await d.receive(id, lineOf(goods), whole)).status).toBe(200)
  expect(await d.lotOf(goods)).toMatchObject({ stage: 'recalled', on_hand: 0, promisable: 0 })
  const [bin] =
    await t.sql`select b.kind from bin_stock s join bins b on b.id = s.bin_id where s.lot_id = ${goods.lot.id}`
  expect(bin).toEqual({ kind: 'quarantine' })
})

test('crates are counted when the receipt closes: full ones in, empties back, once', async () => {
  const type = await makeCrateType(t.db)
  const goods = await d.madeGoods()
  const { id, lineOf } = await d.arrived(goods)
  const crates = { cratesIn: [{ typeId: type.id, count: 10 }], cratesBack: [{ typeId: type.id, count: 4 }] }
  expect((await d.finish(id, crates)).problem.code).toBe('lines_open')
  await d.receive(id, lineOf(goods), whole)
  const unknown = { cratesIn: [{ typeId: newId(), count: 1 }] }
  expect((await d.finish(id, unknown)).problem.code).toBe('crate_type_closed')
  expect((await d.finish(id, crates)).status).toBe(200)
  expect((await d.finish(id, crates)).status).toBe(200)
  const own =
    await t.sql`select party_kind, count from crate_balances where type_id = ${type.id} order by party_kind`
  expect(own).toEqual([
    { party_kind: 'hub', count: 6 },
    { party_kind: 'org', count: 4 },
  ])
  expect(await receipt(id)).toMatchObject(crates)
  const stranger = await t.guest((await d.m.shop()).org, ['purchaser'])
  const seen = await t.call('receiving.readReceipt', { params: { id } }, stranger)
  expect(seen.problem.code).toBe('forbidden')
  expect(await receipt(id, d.lister)).toMatchObject(crates)
})

test('the audit finds crates without a move and a receipt that one person alone confirmed', async () => {
  const found = async () =>
    (await reconcile(t)).flatMap((check) => (check.breachCount > 0 ? [check.name] : []))
  const before = await found()
  expect(before).not.toContain('crate_moves_sum_to_balance')
  expect(before).not.toContain('receipts_make_what_was_shipped')
  await t.sql`update crate_balances set count = count + 1 where party_kind = 'hub'`
  await t.sql`update receipt_counts set confirmed_by = null where cardinality(second_why) > 0`
  expect(await found()).toEqual(
    expect.arrayContaining(['crate_moves_sum_to_balance', 'receipts_make_what_was_shipped']),
  )
})
