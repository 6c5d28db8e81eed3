import { makeBin, makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { events } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
let sku: Awaited<ReturnType<typeof makeSku>>
let quality: Guest
let safety: Guest

beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
  const coop = await makeSupplier(t.db)
  sku = await makeSku(t.db, coop.id)
  quality = await t.guest(coop, ['quality'])
  safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
})
afterAll(() => t.close())

const act = (verb: 'stock.holdLot' | 'stock.releaseLot', id: string, who: Guest, reason = '示例原因') =>
  t.call(verb, { params: { id }, body: { reason } }, who)
const eventsOf = (id: string, type: string) =>
  t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, type)))
const code = (answer: { status: number; problem: { code: string } }) => [answer.status, answer.problem.code]

test('a held lot promises nothing more, keeps what it has promised, and goes on where it was', async () => {
  const planned = await makeLot(t.db, sku, hub.id, 1000, { stage: 'planned' })
  expect(code(await act('stock.holdLot', planned.id, quality))).toEqual([409, 'wrong_state'])
  expect(code(await act('stock.releaseLot', planned.id, quality))).toEqual([409, 'wrong_state'])
  for (const stage of ['made', 'shipped', 'received']) {
    const lot = await makeLot(t.db, sku, hub.id, 9000, { stage, promised: 4000 })
    const held = await act('stock.holdLot', lot.id, quality, '农残复检')
    expect(held.body).toMatchObject({
      stage: 'held',
      promisable: 4000,
      promised: 4000,
      holdReason: '农残复检',
    })
    expect((await act('stock.holdLot', lot.id, quality, '别的原因')).body.holdReason).toBe('农残复检')
    const [told] = await eventsOf(lot.id, 'lot.held')
    expect(told?.payload).toMatchObject({ from: stage, promised: 4000 })
    const released = await act('stock.releaseLot', lot.id, stage === 'received' ? safety : quality)
    expect(released.body).toMatchObject({ stage, promisable: 9000, promised: 4000, holdReason: null })
  }
})

test('goods that arrived while their lot was held are released as received, with what is on hand', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 9000, { stage: 'shipped' })
  await act('stock.holdLot', lot.id, quality)
  const dock = await makeBin(t.db, hub.id, { zone: 'ambient', kind: 'dock' })
  await t.sql`update lots set on_hand = 8000 where id = ${lot.id}`
  await t.sql`insert into movements (id, lot_id, hub_id, kind, quantity, to_bin_id, subject_id, reason, event_id, at)
    values (${newId()}, ${lot.id}, ${hub.id}, 'receive', 8000, ${dock.id}, ${lot.id}, '', ${newId()}, now())`
  expect(code(await act('stock.releaseLot', lot.id, quality))).toEqual([403, 'forbidden'])
  const released = await act('stock.releaseLot', lot.id, safety)
  expect(released.body).toMatchObject({ stage: 'received', promisable: 8000, onHand: 8000 })
})

test('food safety holds any lot, a warehouse reads the lots of its hubs and no others', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 9000)
  expect((await act('stock.holdLot', lot.id, safety)).body.stage).toBe('held')
  const picker = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['picker'])
  expect((await t.call('stock.readLot', { params: { id: lot.id } }, picker)).status).toBe(200)
  const elsewhere = await makeHub(t.db)
  const other = await t.guest({ id: elsewhere.orgId, kind: 'warehouse' }, ['picker'])
  expect((await t.call('stock.readLot', { params: { id: lot.id } }, other)).status).toBe(404)
  expect((await t.call('stock.listLots', { query: {} }, other)).body.items).toEqual([])
})

test('what food safety or the warehouse has stopped, a supplier cannot let go; nothing expired goes on', async () => {
  const made = await makeLot(t.db, sku, hub.id, 9000, { stage: 'made' })
  await act('stock.holdLot', made.id, safety)
  expect(code(await act('stock.releaseLot', made.id, quality))).toEqual([403, 'forbidden'])
  const lead = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['lead'])
  const stop = (id: string, who: Guest) =>
    t.call('stock.stopLot', { params: { id }, body: { reason: '异味' } }, who)
  const here = await makeLot(t.db, sku, hub.id, 9000)
  const other = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  expect(code(await stop(here.id, other))).toEqual([404, 'not_found'])
  expect((await stop(here.id, lead)).body).toMatchObject({ stage: 'held', promisable: 0, holdReason: '异味' })
  expect(code(await act('stock.releaseLot', here.id, quality))).toEqual([403, 'forbidden'])
  await t.sql`update lots set use_by_day = '2020-01-01' where id = ${here.id}`
  expect(code(await act('stock.releaseLot', here.id, safety))).toEqual([409, 'goods_expired'])
})
