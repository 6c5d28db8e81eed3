import { makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound, type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { askCallOffs } from './ask-call-offs.ts'

let t: TestApp
let m: Market
let lister: Guest
let receiver: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
})
afterAll(() => t.close())

const hour = 3_600_000
const tomorrowMorning = () => new Date(Date.parse(`${m.today}T16:30:00Z`) + 8 * hour)
const trip = () => ({
  plate: '闽G12345',
  sealNumber: 'S-1',
  departsAt: new Date(tomorrowMorning().getTime() - 12 * hour).toISOString(),
  expectedAt: tomorrowMorning().toISOString(),
})
const made = (quantity = 100_000, over: object = {}) =>
  m.goods(quantity / 10_000, {}, { stage: 'made', readyDay: m.day, ...over })

type Lot = { lot: { id: string } }
const draft = (lots: [Lot, number][], over: object = {}, version = 0) => ({
  orgId: m.supplier.id,
  hubId: m.hub.id,
  version,
  lines: lots.map(([{ lot }, quantity]) => ({ lotId: lot.id, quantity })),
  ...over,
})
const write = (id: string, body: ReturnType<typeof draft>, who = lister) =>
  t.call('supply.writeConsignment', { params: { id }, body }, who)
const ship = (id: string, over: object = {}, who = lister) =>
  t.call('supply.shipConsignment', { params: { id }, body: { ...trip(), version: 1, ...over } }, who)
const stages = async (id: string) =>
  (await t.sql`select stage, quantity, promisable, promised, ready_day from lots where id = ${id}`)[0]

test('a draft takes only own lots that are made, bound for the hub and free', async () => {
  const mine = await made()
  const otherHub = await makeHub(t.db)
  const other = await makeSupplier(t.db)
  const theirs = {
    lot: await makeLot(t.db, await makeSku(t.db, other.id), m.hub.id, 1000, { stage: 'made' }),
  }
  const planned = await made(100_000, { stage: 'planned' })
  const codes = async (body: ReturnType<typeof draft>) => (await write(newId(), body)).problem.code
  expect(await codes(draft([[theirs, 1000]]))).toBe('not_found')
  expect(await codes(draft([[planned, 1000]]))).toBe('lot_wrong_stage')
  expect(await codes(draft([[mine, 100_001]]))).toBe('lot_not_enough')
  expect(
    await codes(
      draft([
        [mine, 1],
        [mine, 2],
      ]),
    ),
  ).toBe('bad_input')
  expect(await codes(draft([[mine, 1]], { hubId: otherHub.id }))).toBe('bad_input')
  expect(await codes(draft([[mine, 1]], { orgId: other.id }))).toBe('not_found')
  const first = newId()
  expect((await write(first, draft([[mine, 50_000]]))).status).toBe(200)
  expect(await codes(draft([[mine, 1]]))).toBe('lot_already_shipped')
  await t.call('supply.cancelConsignment', { params: { id: first }, body: {} }, lister)
  expect((await write(newId(), draft([[mine, 1]]))).status).toBe(200)
})

test('a draft is written once, and changed only by who saw the latest', async () => {
  const [a, b] = [await made(), await made()]
  const id = newId()
  const body = draft([[a, 40_000]], { plate: '闽G00001' })
  const one = await write(id, body)
  expect([one.status, one.body.version, one.body.number]).toEqual([200, 1, expect.stringMatching(/^C/)])
  expect((await write(id, body)).body).toEqual(one.body)
  expect((await write(id, draft([[b, 1]]))).problem.code).toBe('id_reused')
  const changed = draft(
    [
      [a, 40_000],
      [b, 20_000],
    ],
    { plate: '闽G00001' },
    1,
  )
  const two = await write(id, changed)
  expect([two.body.version, two.body.lines.length]).toEqual([2, 2])
  expect((await write(id, changed)).body).toEqual(two.body)
  expect((await write(id, draft([[b, 5]], {}, 1))).problem.code).toBe('stale_version')
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await t.call('supply.readConsignment', { params: { id } }, stranger)).problem.code).toBe(
    'not_found',
  )
  expect((await t.call('supply.readConsignment', { params: { id } }, receiver)).problem.code).toBe(
    'not_found',
  )
  expect((await write(newId(), draft([]), receiver)).problem.code).toBe('forbidden')
})

test('what may not leave is refused, and nothing changes', async () => {
  const good = await made()
  const bare = await made(100_000, { certificate: '' })
  const old = await made(100_000, { useByDay: m.today })
  const cold = await m.goods(5, { zone: 'frozen' }, { stage: 'made', readyDay: m.day })
  const refused = async (lots: [Lot, number][], over: object = {}) => {
    const id = newId()
    const written = await write(id, draft(lots))
    const answer = await ship(id, over)
    await t.call('supply.cancelConsignment', { params: { id }, body: {} }, lister)
    return [written.status, answer.problem.code]
  }
  expect(await refused([])).toEqual([200, 'consignment_empty'])
  expect(await refused([[bare, 1000]])).toEqual([200, 'certificate_missing'])
  expect(await refused([[old, 1000]])).toEqual([200, 'lot_days_wrong'])
  expect(await refused([[cold, 50_000]])).toEqual([200, 'set_point_wrong'])
  expect(await refused([[cold, 50_000]], { setPointDeciC: -150 })).toEqual([200, 'set_point_wrong'])
  expect(await refused([[good, 1000]], { expectedAt: trip().departsAt })).toEqual([200, 'times_wrong'])
  expect(await refused([[good, 1000]], { version: 9 })).toEqual([200, 'stale_version'])
  expect(await stages(good.lot.id)).toMatchObject({ stage: 'made', quantity: 100_000 })
})

test('a seller whose licence has run out ships nothing until it is renewed', async () => {
  const goods = await made()
  const id = newId()
  await write(id, draft([[goods, 100_000]]))
  const paper = (validTo: string) =>
    t.sql`update papers set valid_to = ${validTo} where org_id = ${m.supplier.id} and kind = 'business_licence'`
  await paper('2021-01-01')
  const refused = await ship(id)
  expect([refused.status, refused.problem.code, refused.problem['params']]).toEqual([
    409,
    'licence_expired',
    { licence: '营业执照', holder: m.supplier.shortName },
  ])
  await paper('2099-12-31')
  expect((await ship(id)).status).toBe(200)
})

test('shipping sends the lots on their way, once; the hub sees them coming', async () => {
  const goods = await made()
  const id = newId()
  await write(id, draft([[goods, 100_000]]))
  const sent = await ship(id)
  expect([sent.status, sent.body.status, sent.body.version]).toEqual([200, 'shipped', 2])
  expect(await stages(goods.lot.id)).toMatchObject({
    stage: 'shipped',
    promisable: 100_000,
    ready_day: m.day,
  })
  expect((await ship(id)).body).toEqual(sent.body)
  expect((await ship(id, { sealNumber: 'S-2' })).problem.code).toBe('wrong_state')
  expect((await write(id, draft([[goods, 1]], {}, 2))).problem.code).toBe('wrong_state')
  const expected = await t.call('supply.listConsignments', { query: { view: 'expected' } }, receiver)
  expect(expected.body.items.map((one) => one.id)).toContain(id)
  const events = await t.sql`select type from events where subject_id in (${id}, ${goods.lot.id}) order by id`
  expect(events.map((e) => e['type'])).toEqual(['consignment.written', 'lot.shipped', 'consignment.shipped'])
})

test('a load that leaves short moves or cuts what was promised beyond it', async () => {
  const goods = await made()
  const buyer = await m.shop()
  const order = await m.place(buyer, [[goods.sku, 8]])
  const id = newId()
  await write(id, draft([[goods, 50_000]]))
  expect((await ship(id)).status).toBe(200)
  expect(await stages(goods.lot.id)).toMatchObject({ quantity: 50_000, promisable: 50_000, promised: 50_000 })
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${order.id}`
  expect(line).toEqual({ cut_quantity: 30_000, cut_reason: 'supply_short' })
  await expectSound(t)
})

test('goods that arrive too late for their day serve a later one', async () => {
  const goods = await made()
  const id = newId()
  await write(id, draft([[goods, 100_000]]))
  const late = new Date(Date.parse(`${m.day}T08:00:00+08:00`))
  const trip2 = {
    departsAt: new Date(late.getTime() - 12 * hour).toISOString(),
    expectedAt: late.toISOString(),
  }
  await ship(id, trip2)
  expect((await stages(goods.lot.id))?.['ready_day'] > m.day).toBe(true)
})

test('two people who ship at once ship it once', async () => {
  const goods = await made()
  const id = newId()
  await write(id, draft([[goods, 100_000]]))
  const answers = await Promise.all([
    ship(id),
    ship(id, { sealNumber: 'S-2' }),
    ship(id, { sealNumber: 'S-3' }),
  ])
  expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  const shipped =
    await t.sql`select 1 from events where type = 'lot.shipped' and subject_id = ${goods.lot.id}`
  expect(shipped).toHaveLength(1)
})

test('a cut-off asks suppliers for what frozen orders hold at the farm, and again only for more', async () => {
  const goods = await made()
  const [a, b] = [await m.shop(), await m.shop()]
  const first = await m.place(a, [[goods.sku, 3]])
  await m.place(b, [[goods.sku, 2]])
  const freeze = (id: string) => t.sql`update orders set status = 'frozen' where id = ${id}`
  const night = { hubId: m.hub.id, day: m.day }
  const mine = async () =>
    (await t.call('supply.listCallOffs', { query: { day: m.day } }, lister)).body.items.find(
      (c) => c.skuId === goods.sku.id,
    )
  await askCallOffs(t.system(), night)
  expect(await mine()).toBeUndefined()
  await freeze(first.id)
  expect(await askCallOffs(t.system(), night)).toBe(1)
  expect(await mine()).toMatchObject({ quantity: 30_000, status: 'asked', lots: [{ id: goods.lot.id }] })
  expect(await askCallOffs(t.system(), night)).toBe(0)
  const id = (await mine())?.id ?? ''
  const answer = (confirmedQuantity: number, note = '', who = lister) =>
    t.call('supply.answerCallOff', { params: { id }, body: { confirmedQuantity, note } }, who)
  expect((await answer(30_001)).problem.code).toBe('over_call_off')
  expect((await answer(20_000)).problem.code).toBe('reason_missing')
  expect((await answer(30_000, '', receiver)).problem.code).toBe('forbidden')
  expect((await answer(30_000, '', await t.guest(await makeSupplier(t.db), ['lister']))).problem.code).toBe(
    'not_found',
  )
  expect((await answer(30_000)).body.status).toBe('confirmed')
  expect((await answer(30_000)).status).toBe(200)
  expect((await answer(10_000, '雨天')).problem.code).toBe('wrong_state')
  await t.sql`update orders set status = 'frozen' where status = 'placed'`
  expect(await askCallOffs(t.system(), night)).toBeGreaterThan(0)
  expect(await mine()).toMatchObject({ quantity: 50_000, status: 'asked', confirmedQuantity: null })
  expect((await answer(40_000, '雨天')).body).toMatchObject({ status: 'cut', confirmedQuantity: 40_000 })
  expect(await stages(goods.lot.id)).toMatchObject({ promised: 40_000, promisable: 40_000 })
  await expectSound(t)
})

test('a broker ships for a principal, while the mandate lasts', async () => {
  const broker = await makeOrg(t.db, 'broker')
  const who = await t.guest(broker, ['broker'])
  const goods = await made()
  expect((await write(newId(), draft([[goods, 1000]]), who)).problem.code).toBe('not_found')
  await t.sql`insert into mandates (id, broker_org_id, principal_org_id, valid_from, valid_to)
    values (${newId()}, ${broker.id}, ${m.supplier.id}, '2020-01-01', '2099-12-31')`
  const id = newId()
  expect((await write(id, draft([[goods, 1000]]), who)).status).toBe(200)
  const seen = await t.call('supply.listConsignments', { query: {} }, who)
  expect(seen.body.items.some((one) => one.id === id)).toBe(true)
})
