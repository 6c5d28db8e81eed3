import { makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { mandates } from '@huming/db/schema/accounts'
import { events } from '@huming/db/schema/events'
import { lots } from '@huming/db/schema/stock'
import { consignmentLines, consignments } from '@huming/db/schema/supply'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { lotCodeOf } from './rules.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
let sku: Awaited<ReturnType<typeof makeSku>>
let lister: Guest
let quality: Guest
let stranger: Guest
const today = serviceDayOf(new Date())

beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
  coop = await makeSupplier(t.db)
  sku = await makeSku(t.db, coop.id)
  lister = await t.guest(coop, ['lister'])
  quality = await t.guest(coop, ['quality'])
  stranger = await t.guest(await makeSupplier(t.db), ['lister', 'quality'])
})
afterAll(() => t.close())

const madeBody = (over: object = {}) => ({
  skuId: sku.id,
  hubId: hub.id,
  stage: 'made' as const,
  quantity: 500_000,
  madeOn: today,
  readyDay: addDays(today, 1),
  useByDay: addDays(today, 20),
  certificate: 'SL-2026-0001',
  ...over,
})
const plannedBody = (over: object = {}) =>
  madeBody({ stage: 'planned', madeOn: null, certificate: '', readyDay: addDays(today, 3), ...over })
const declare = (id: string, body: ReturnType<typeof madeBody>, who = lister) =>
  t.call('stock.declareLot', { params: { id }, body }, who)
const makeBody = (over: object = {}) => ({
  quantity: 400_000,
  madeOn: today,
  useByDay: addDays(today, 20),
  certificate: 'SL-2026-0002',
  ...over,
})
const make = (id: string, over: object = {}, who = lister) =>
  t.call('stock.makeLot', { params: { id }, body: makeBody(over) }, who)
const act = (
  verb: 'stock.withdrawLot' | 'stock.holdLot' | 'stock.releaseLot',
  id: string,
  who: Guest,
  reason = '示例原因',
) => t.call(verb, { params: { id }, body: { reason } }, who)
const lotOf = async (id: string) => (await t.db.select().from(lots).where(eq(lots.id, id)))[0]
const eventsOf = (id: string, type: string) =>
  t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, type)))
const code = (answer: { status: number; problem: { code: string } }) => [answer.status, answer.problem.code]
const flaws = (answer: { problem: { pointers?: { pointer: string; reason: string }[] } }) =>
  answer.problem.pointers?.map(({ pointer, reason }) => `${pointer} ${reason}`)

test('whose lot it is not gets no answer, and who may not is refused; nothing changes', async () => {
  const id = newId()
  expect(code(await declare(id, madeBody(), stranger))).toEqual([404, 'not_found'])
  expect(code(await declare(id, madeBody(), quality))).toEqual([403, 'forbidden'])
  expect(await lotOf(id)).toBeUndefined()
  const lot = await makeLot(t.db, sku, hub.id, 1000, { stage: 'planned' })
  expect(code(await make(lot.id, {}, stranger))).toEqual([404, 'not_found'])
  for (const verb of ['stock.withdrawLot', 'stock.holdLot', 'stock.releaseLot'] as const)
    expect(code(await act(verb, lot.id, stranger))).toEqual([404, 'not_found'])
  expect(code(await act('stock.holdLot', lot.id, lister))).toEqual([403, 'forbidden'])
  expect(code(await make(newId()))).toEqual([404, 'not_found'])
  expect((await t.call('stock.readLot', { params: { id: lot.id } }, stranger)).status).toBe(404)
  const theirs = await t.call('stock.listLots', { query: { orgId: coop.id } }, stranger)
  expect(theirs.body.items).toEqual([])
  expect(await lotOf(lot.id)).toEqual(lot)
})

test('a broker declares for a principal only while the mandate lasts', async () => {
  const office = await makeOrg(t.db, 'broker')
  const broker = await t.guest(office, ['broker'])
  const mandate = { brokerOrgId: office.id, principalOrgId: coop.id }
  const past = { validFrom: '2020-01-01', validTo: addDays(today, -1) }
  await t.db.insert(mandates).values({ id: newId(), ...mandate, ...past })
  expect((await declare(newId(), madeBody(), broker)).status).toBe(404)
  await t.db.insert(mandates).values({ id: newId(), ...mandate, validFrom: today, validTo: today })
  const id = newId()
  expect((await declare(id, madeBody(), broker)).status).toBe(200)
  const list = await t.call('stock.listLots', { query: { limit: 1 } }, broker)
  expect(list.body.items.map((lot) => lot.id)).toEqual([id])
})

test('unknown packs, hubs and archived packs are not found', async () => {
  expect((await declare(newId(), madeBody({ skuId: newId() }))).status).toBe(404)
  expect((await declare(newId(), madeBody({ hubId: newId() }))).status).toBe(404)
  const gone = await makeSku(t.db, coop.id, { archivedAt: new Date() })
  expect((await declare(newId(), madeBody({ skuId: gone.id }))).status).toBe(404)
})

test('quantities off the range and wrong codes are refused', async () => {
  for (const quantity of [0, -1, 0.5, 1e15, Number.NaN])
    expect([quantity, (await declare(newId(), madeBody({ quantity }))).status]).toEqual([quantity, 422])
  for (const lotCode of ['ab', '小批', 'A'.repeat(41), "A'; drop table lots"])
    expect((await declare(newId(), madeBody({ code: lotCode }))).status).toBe(422)
  expect((await declare(newId(), madeBody({ capBp: 10_001 }))).status).toBe(422)
})

test('made goods need their certificate, packaging does not', async () => {
  const without = await declare(newId(), madeBody({ certificate: '  ' }))
  expect([...code(without), flaws(without)]).toEqual([
    422,
    'certificate_missing',
    ['/body/certificate missing'],
  ])
  const bowls = await makeSku(t.db, coop.id, {}, { product: { category: 'D1' } })
  expect((await declare(newId(), madeBody({ skuId: bowls.id, certificate: '' }))).status).toBe(200)
})

test('days that cannot be are refused, each with its place', async () => {
  const wrong: [ReturnType<typeof madeBody>, string[]][] = [
    [madeBody({ madeOn: null }), ['/body/madeOn missing']],
    [madeBody({ madeOn: addDays(today, 1) }), ['/body/madeOn future']],
    [madeBody({ readyDay: addDays(today, -1) }), ['/body/readyDay before_made']],
    [madeBody({ useByDay: today }), ['/body/useByDay before_ready']],
    [madeBody({ useByDay: addDays(today, 31) }), ['/body/useByDay beyond_shelf_life']],
    [
      madeBody({ madeOn: addDays(today, -9), readyDay: addDays(today, -9), useByDay: addDays(today, -1) }),
      ['/body/useByDay past'],
    ],
    [plannedBody({ readyDay: addDays(today, -1) }), ['/body/readyDay past']],
    [plannedBody({ useByDay: addDays(today, 34) }), ['/body/useByDay beyond_shelf_life']],
  ]
  for (const [body, expected] of wrong) {
    const answer = await declare(newId(), body)
    expect([...code(answer), flaws(answer)]).toEqual([422, 'lot_days_wrong', expected])
  }
  expect((await declare(newId(), madeBody({ useByDay: addDays(today, 30) }))).status).toBe(200)
})

test('a forecast may be promised up to its cap, made goods fully', async () => {
  const planned = await declare(newId(), plannedBody({ quantity: 99_999, capBp: 3333 }))
  expect(planned.body).toMatchObject({ stage: 'planned', quantity: 99_999, promisable: 33_329, promised: 0 })
  const made = await declare(newId(), madeBody())
  expect(made.body).toMatchObject({ stage: 'made', promisable: 500_000, onHand: 0 })
})

test('a code is made from pack, day and id; a code in use is refused', async () => {
  const id = newId()
  const made = await declare(id, madeBody())
  expect(made.body.code).toBe(lotCodeOf(sku.code, today, id))
  expect(code(await declare(newId(), madeBody({ code: made.body.code })))).toEqual([409, 'lot_code_taken'])
})

test('a repeat answers with the lot as it is by now; the same id with another body is refused', async () => {
  const id = newId()
  const both = await Promise.all([declare(id, plannedBody()), declare(id, plannedBody())])
  expect(both.map((answer) => answer.status)).toEqual([200, 200])
  expect(code(await declare(id, plannedBody({ quantity: 1 })))).toEqual([409, 'id_reused'])
  await make(id)
  expect((await declare(id, plannedBody())).body).toMatchObject({ stage: 'made', quantity: 400_000 })
  expect(await eventsOf(id, 'lot.declared')).toHaveLength(1)
  const foreign = await makeSku(t.db, stranger.orgId)
  expect(code(await declare(id, plannedBody({ skuId: foreign.id }), stranger))).toEqual([409, 'id_reused'])
})

test('a forecast becomes made goods with the true quantity, once', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 500_000, {
    stage: 'planned',
    promisable: 350_000,
    promised: 300_000,
    readyDay: addDays(today, -2),
    madeOn: null,
  })
  const wrong = await make(lot.id, { useByDay: addDays(today, 31) })
  expect([...code(wrong), flaws(wrong)]).toEqual([
    422,
    'lot_days_wrong',
    ['/body/useByDay beyond_shelf_life'],
  ])
  expect((await make(lot.id, { certificate: '' })).status).toBe(422)
  const made = await make(lot.id)
  expect(made.body).toMatchObject({
    stage: 'made',
    quantity: 400_000,
    promisable: 400_000,
    promised: 300_000,
    readyDay: today,
    version: 2,
  })
  expect((await make(lot.id)).body).toEqual(made.body)
  expect(code(await make(lot.id, { quantity: 1 }))).toEqual([409, 'wrong_state'])
  expect(await eventsOf(lot.id, 'lot.made')).toHaveLength(1)
  expect(await eventsOf(lot.id, 'lot.made_short')).toHaveLength(0)
})

test('made with less than is promised: nothing more is promised, and the orders are told to give way', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 500_000, {
    stage: 'planned',
    promisable: 350_000,
    promised: 300_000,
  })
  const made = await make(lot.id, { quantity: 250_000 })
  expect(made.body).toMatchObject({ quantity: 250_000, promisable: 300_000, promised: 300_000 })
  const [told] = await eventsOf(lot.id, 'lot.made_short')
  expect(told).toMatchObject({ hubId: hub.id, payload: { quantity: 250_000, short: 50_000 } })
})

test('only what nobody counts on is withdrawn, and only before it leaves', async () => {
  const promised = await makeLot(t.db, sku, hub.id, 1000, { stage: 'made', promised: 1 })
  expect(code(await act('stock.withdrawLot', promised.id, lister))).toEqual([409, 'lot_promised'])
  const away = await makeLot(t.db, sku, hub.id, 1000, { stage: 'shipped' })
  expect(code(await act('stock.withdrawLot', away.id, lister))).toEqual([409, 'wrong_state'])
  const listed = await makeLot(t.db, sku, hub.id, 1000, { stage: 'made' })
  const consignmentId = newId()
  await t.db.insert(consignments).values({
    id: consignmentId,
    number: `F${consignmentId.slice(-9)}`,
    orgId: coop.id,
    hubId: hub.id,
    status: 'draft',
    createdBy: lister.personId,
    createdAt: new Date(),
  })
  await t.db
    .insert(consignmentLines)
    .values({ id: newId(), consignmentId, lotId: listed.id, quantity: 1000, photoFileIds: [] })
  expect(code(await act('stock.withdrawLot', listed.id, lister))).toEqual([409, 'lot_already_shipped'])
  const free = await makeLot(t.db, sku, hub.id, 1000, { stage: 'planned' })
  expect((await act('stock.withdrawLot', free.id, lister, '')).status).toBe(422)
  for (let i = 0; i < 2; i++)
    expect((await act('stock.withdrawLot', free.id, lister)).body).toMatchObject({
      stage: 'withdrawn',
      promisable: 0,
      version: 2,
    })
  expect(code(await make(free.id))).toEqual([409, 'wrong_state'])
})

test('a lot shows its movements and its life; lists filter, search and turn pages', async () => {
  const own = await makeSupplier(t.db)
  const who = await t.guest(own, ['lister'])
  const product = { name: '示例金柑', pinyinFull: 'shilijingan', pinyinInitials: 'sljg' }
  const pack = await makeSku(t.db, own.id, {}, { product })
  const received = await makeLot(t.db, pack, hub.id, 7000)
  const id = newId()
  await declare(id, plannedBody({ skuId: pack.id }), who)
  await make(id, {}, who)
  const read = await t.call('stock.readLot', { params: { id } }, who)
  expect(read.body.events.map((event) => event.type)).toEqual(['lot.declared', 'lot.made'])
  const onHand = await t.call('stock.readLot', { params: { id: received.id } }, who)
  expect(onHand.body.movements).toMatchObject([{ kind: 'receive', quantity: 7000 }])
  const list = async (query: object) => {
    const answer = await t.call('stock.listLots', { query }, who)
    return answer.body.items.map((lot) => lot.id)
  }
  expect(await list({})).toEqual([id, received.id])
  expect(await list({ stage: 'made' })).toEqual([id])
  expect(await list({ search: '金柑' })).toEqual([id, received.id])
  expect(await list({ search: 'SLJG' })).toEqual([id, received.id])
  expect(await list({ search: received.code.toLowerCase() })).toEqual([received.id])
  expect(await list({ search: '%' })).toEqual([])
  expect(await list({ limit: 1, cursor: id })).toEqual([received.id])
  expect((await t.call('stock.listLots', { query: { cursor: 'x' } }, who)).status).toBe(422)
})
