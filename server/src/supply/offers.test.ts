import { makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound, type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { askCallOffs } from './ask-call-offs.ts'
import { takeFrom } from './offer-rules.ts'

let t: TestApp
let m: Market
let lister: Guest
let admin: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
})
afterAll(() => t.close())

type Sku = Awaited<ReturnType<typeof makeSku>>
/** Orders of cartons on a lot at the farm, called off for the day. */
async function calledOff(cartons: number[], over: object = {}) {
  const { sku, lot } = await m.goods(40, { minRemainingDays: 2, ...over }, { stage: 'made', readyDay: m.day })
  const orders = []
  for (const units of cartons) {
    const buyer = await m.shop()
    orders.push({ buyer, ...(await m.place(buyer, [[sku, units]])) })
  }
  await t.sql`update orders set status = 'frozen', frozen_at = now() where id = any(${orders.map((one) => one.id)})`
  await askCallOffs(t.system(), { hubId: m.hub.id, day: m.day })
  const { items } = (await t.call('supply.listCallOffs', { query: { day: m.day, limit: 200 } }, lister)).body
  const callOff = items.find((one) => one.skuId === sku.id)
  if (!callOff) throw new Error('not called off')
  return { sku, lot, orders, callOff }
}
const lotOf = (sku: Sku, quantity: number, over: object = {}) =>
  makeLot(t.db, sku, m.hub.id, quantity, { stage: 'made', readyDay: m.day, ...over })
const offer = (
  callOffId: string,
  lotId: string,
  quantity: number,
  over: object = {},
  who = lister,
  id = newId(),
) => t.call('offers.make', { params: { id }, body: { callOffId, lotId, quantity, ...over } }, who)
const decide = (id: string, accept: boolean, note = '', who = admin) =>
  t.call('offers.decide', { params: { id }, body: { accept, note } }, who)
const promised = async (lotId: string) =>
  (await t.sql`select promised from lots where id = ${lotId}`)[0]?.['promised']
const rule = (kind: string, spareDays: number | null, validFrom = '2024-01-01') =>
  t.sql`insert into offer_rules (id, kind, spare_days, valid_from, valid_to)
    values (${newId()}, ${kind}, ${spareDays}, ${validFrom}, '2099-12-31')`

test('what cannot stand for the goods is not offered', async () => {
  const { callOff, sku, lot } = await calledOff([5])
  const reason = async (lotId: string, quantity = 10_000) => {
    const { problem } = await offer(callOff.id, lotId, quantity)
    return [problem.code, problem.pointers?.[0]?.reason]
  }
  const old = await lotOf(sku, 50_000, { useByDay: addDays(m.day, 1) })
  expect(await reason(old.id)).toEqual(['offer_unfit', 'too_short_life'])
  const held = await lotOf(sku, 50_000, { stage: 'held' })
  expect(await reason(held.id)).toEqual(['offer_unfit', 'wrong_stage'])
  const otherProduct = await makeSku(t.db, m.supplier.id)
  expect(await reason((await lotOf(otherProduct, 50_000)).id)).toEqual(['offer_unfit', 'other_goods'])
  const pack = (over: object) =>
    makeSku(t.db, m.supplier.id, { productId: sku.productId, basePerOrderUnit: 5000, ...over })
  expect(await reason((await lotOf(await pack({ zone: 'frozen' }), 50_000)).id)).toEqual([
    'offer_unfit',
    'other_goods',
  ])
  expect(await reason((await lotOf(await pack({ allergens: ['peanut'] }), 50_000)).id)).toEqual([
    'offer_unfit',
    'other_goods',
  ])
  const small = await lotOf(await pack({}), 50_000)
  expect(await reason(small.id, 15_000)).toEqual(['offer_unfit', 'broken_units'])
  const planned = await lotOf(await pack({}), 50_000, { stage: 'planned', promisable: 35_000 })
  expect(await reason(planned.id)).toEqual(['offer_unfit', 'not_made'])
  expect(await reason((await lotOf(sku, 9_999)).id)).toEqual(['lot_not_enough', undefined])
  expect(await reason((await lotOf(sku, 90_000)).id, 60_000)).toEqual(['over_call_off', undefined])
  expect(await reason(lot.id)).toEqual(['offer_unfit', 'nothing_waits'])
  const theirs = await makeSku(t.db, (await makeSupplier(t.db)).id)
  expect(await reason((await makeLot(t.db, theirs, m.hub.id, 50_000, { stage: 'made' })).id)).toEqual([
    'not_found',
    undefined,
  ])
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await offer(callOff.id, small.id, 10_000, {}, stranger)).problem.code).toBe('not_found')
  expect(await t.sql`select 1 from call_off_offers where call_off_id = ${callOff.id}`).toEqual([])
})

test('another lot: without a rule operations decide, and the promises move to it', async () => {
  const { callOff, sku, lot } = await calledOff([5, 3])
  const other = await lotOf(sku, 60_000)
  const id = newId()
  const made = await offer(callOff.id, other.id, 60_000, { note: '原批次测糖不够' }, lister, id)
  expect(made.body).toMatchObject({ kind: 'other_lot', status: 'offered', day: m.day, quantity: 60_000 })
  expect((await offer(callOff.id, other.id, 60_000, { note: '原批次测糖不够' }, lister, id)).body).toEqual(
    made.body,
  )
  expect((await offer(callOff.id, other.id, 50_000, {}, lister, id)).problem.code).toBe('id_reused')
  expect(await promised(lot.id)).toBe(80_000)
  expect((await decide(id, true, '', lister)).problem.code).toBe('forbidden')
  const taken = await decide(id, true)
  expect(taken.body).toMatchObject({ status: 'accepted', movedQuantity: 60_000, byRule: false })
  expect((await decide(id, true)).body).toEqual(taken.body)
  expect((await decide(id, false, '晚了')).problem.code).toBe('wrong_state')
  expect([await promised(lot.id), await promised(other.id)]).toEqual([20_000, 60_000])
  await expectSound(t)
})

test('refused with a reason, or taken back before anybody decides, nothing moves', async () => {
  const { callOff, sku, lot } = await calledOff([4])
  const other = await lotOf(sku, 40_000)
  const [a, b] = [newId(), newId()]
  await offer(callOff.id, other.id, 40_000, {}, lister, a)
  expect((await decide(a, false)).problem.code).toBe('reason_missing')
  expect((await decide(a, false, '批次不同色')).body).toMatchObject({
    status: 'refused',
    decideNote: '批次不同色',
  })
  expect((await decide(a, true)).problem.code).toBe('wrong_state')
  await offer(callOff.id, other.id, 40_000, {}, lister, b)
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  const withdraw = (who: Guest) => t.call('offers.withdraw', { params: { id: b } }, who)
  expect((await withdraw(stranger)).problem.code).toBe('not_found')
  expect((await withdraw(lister)).body.status).toBe('withdrawn')
  expect((await withdraw(lister)).body.status).toBe('withdrawn')
  expect((await decide(b, true)).problem.code).toBe('wrong_state')
  expect([await promised(lot.id), await promised(other.id)]).toEqual([40_000, 0])
})

test('what has changed since it was offered is looked at again', async () => {
  const { callOff, sku } = await calledOff([4])
  const other = await lotOf(sku, 40_000)
  const id = newId()
  await offer(callOff.id, other.id, 40_000, {}, lister, id)
  await t.sql`update lots set stage = 'held', promisable = 0 where id = ${other.id}`
  expect((await decide(id, true)).problem.code).toBe('offer_unfit')
  await expectSound(t)
})

test('another pack of the product is packed over: a lot of the pack called off, traced to where it came from', async () => {
  const { callOff, sku, lot, orders } = await calledOff([3])
  const small = await makeSku(t.db, m.supplier.id, {
    productId: sku.productId,
    basePerOrderUnit: 5000,
    spec: '5 kg箱',
  })
  const other = await lotOf(small, 50_000)
  const id = newId()
  const made = await offer(callOff.id, other.id, 30_000, {}, lister, id)
  expect(made.body).toMatchObject({ kind: 'other_pack', lotSpec: '5 kg箱', status: 'offered' })
  expect((await decide(id, true)).body).toMatchObject({ status: 'accepted', movedQuantity: 30_000 })
  expect((await t.sql`select quantity, promisable, stage from lots where id = ${other.id}`)[0]).toEqual({
    quantity: 20_000,
    promisable: 20_000,
    stage: 'made',
  })
  const [packed] = await t.sql`select l.id, l.sku_id, l.quantity, l.promised, l.certificate from lots l
    join trace_edges e on e.to_id = l.id where e.from_id = ${other.id} and e.kind = 'made_of' and e.quantity = 30000`
  expect(packed).toMatchObject({
    sku_id: sku.id,
    quantity: 30_000,
    promised: 30_000,
    certificate: other.certificate,
  })
  const lines = await t.sql`select p.lot_id from promises p join order_lines n on n.id = p.order_line_id
    where n.order_id = ${orders[0]?.id as string}`
  expect(lines.map((line) => line['lot_id'])).toEqual([packed?.['id']])
  expect(await promised(lot.id)).toBe(0)
  await expectSound(t)
})

test('a later day is the buyers’ to take: the line is cut, they are told the day, the call-off is answered', async () => {
  const { callOff, sku, lot, orders } = await calledOff([4])
  const later = await lotOf(sku, 40_000, { readyDay: addDays(m.day, 2) })
  const id = newId()
  const made = await offer(callOff.id, later.id, 40_000, { note: '雨天推迟采收' }, lister, id)
  expect(made.body).toMatchObject({ kind: 'later_day', day: addDays(m.day, 2), status: 'offered' })
  expect((await decide(id, true)).body.movedQuantity).toBe(40_000)
  const [line] =
    await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${orders[0]?.id as string}`
  expect(line).toEqual({ cut_quantity: 40_000, cut_reason: 'late_supply' })
  const told =
    await t.sql`select key, params from notices where org_id = ${orders[0]?.buyer.org.id as string}`
  expect(told.find((one) => one['key'] === 'notice.comes_later')?.['params']).toMatchObject({
    day: addDays(m.day, 2),
  })
  const [answered] = await t.sql`select status, confirmed_quantity from call_offs where id = ${callOff.id}`
  expect(answered).toEqual({ status: 'cut', confirmed_quantity: 0 })
  expect(await promised(lot.id)).toBe(0)
  await expectSound(t)
})

test('a dated rule takes what keeps long enough, without asking', async () => {
  await rule('other_lot', 5)
  const { callOff, sku, lot } = await calledOff([6])
  const short = await lotOf(sku, 60_000, { useByDay: addDays(m.day, 6) })
  expect((await offer(callOff.id, short.id, 60_000)).body.status).toBe('offered')
  const long = await lotOf(sku, 20_000, { useByDay: addDays(m.day, 7) })
  const taken = await offer(callOff.id, long.id, 20_000)
  expect(taken.body).toMatchObject({ status: 'accepted', byRule: true, movedQuantity: 20_000 })
  expect([await promised(lot.id), await promised(long.id)]).toEqual([40_000, 20_000])
  await rule('other_lot', null, '2025-01-01')
  const more = await lotOf(sku, 20_000)
  expect((await offer(callOff.id, more.id, 20_000)).body.status).toBe('offered')
  await expectSound(t)
})

test('offers accepted at once by two people move the promises once', async () => {
  const { callOff, sku, lot } = await calledOff([5])
  const other = await lotOf(sku, 50_000)
  const id = newId()
  await offer(callOff.id, other.id, 50_000, {}, lister, id)
  const answers = await Promise.all([decide(id, true), decide(id, true), decide(id, true)])
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  expect([await promised(lot.id), await promised(other.id)]).toEqual([0, 50_000])
  await expectSound(t)
})

test('taking from promises never takes more than asked, nor more than there is', () => {
  const held = fc
    .array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 30 })
    .map((quantities) =>
      quantities.map((quantity, i) => ({ id: `p${i}`, lineId: `l${i}`, lotId: 'x', quantity })),
    )
  fc.assert(
    fc.property(held, fc.nat(5_000_000), (promises, quantity) => {
      const taken = takeFrom(promises, quantity)
      const all = promises.reduce((sum, one) => sum + one.quantity, 0)
      expect(taken.reduce((sum, one) => sum + one.moved, 0)).toBe(Math.min(all, quantity))
      expect(taken.every((one) => one.moved > 0 && one.moved <= one.held.quantity)).toBe(true)
    }),
  )
})
