import { makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { events } from '@huming/db/schema/events'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { rowsOfXlsx } from '../documents/sheet.ts'
import { eventRow } from '../kernel/emit.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import type { Outgoing, Receipt, UploadClient } from './client.ts'
import { queueUploads } from './queue-uploads.ts'
import { sendUploads } from './send-uploads.ts'

let t: TestApp
let safety: Guest
beforeAll(async () => {
  t = await testApp()
  safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
})
beforeEach(() => t.sql`delete from trace_uploads`)
afterAll(() => t.close())

const list = async (query: object = {}) => (await t.call('upload.list', { query }, safety)).body
const later = (minutes: number) => t.system(new Date(Date.now() + minutes * 60_000))

/** A lot received at a hub, with the event that receiving writes. */
async function received(category = 'leaf_vegetable', over: { at?: Date; onHand?: number } = {}) {
  const hub = await makeHub(t.db)
  const coop = await makeSupplier(t.db)
  const sku = await makeSku(t.db, coop.id, {}, { product: { category, name: '示例青菜' } })
  const lot = await makeLot(t.db, sku, hub.id, 50_000)
  const ctx = { ...t.system(over.at ?? new Date()) }
  const event = eventRow(ctx, {
    type: 'lot.received',
    subjectId: lot.id,
    orgId: coop.id,
    hubId: hub.id,
    payload: { onHand: over.onHand ?? 50_000 },
  })
  await t.db.insert(events).values(event)
  return { hub, coop, sku, lot, event }
}

/** A client that answers as told and keeps what it was sent. */
function platform(answer: (one: Outgoing) => Receipt): UploadClient & { sent: string[][] } {
  const sent: string[][] = []
  return {
    way: 'http',
    sent,
    send: async (records) => {
      sent.push(records.map((one) => one.id))
      return records.map(answer)
    },
  }
}
const take = platform(({ id }) => ({ id, outcome: 'accepted', receiptNo: `HZ-${id.slice(-4)}` }))

test('goods outside the catalogue, of another day’s catalogue or none at all make nothing due', async () => {
  for (const [category, over] of [
    ['D1', {}],
    ['lotus_seed', {}],
    ['leaf_vegetable', { at: new Date('2015-09-30T12:00:00+08:00') }],
    ['leaf_vegetable', { onHand: 0 }],
  ] as const) {
    const { event } = await received(category, over)
    expect(await queueUploads(t.system(), event)).toBe(0)
  }
  expect((await list()).items).toEqual([])
})

test('a lot received is due within 24 hours with the fields of the law, once per event', async () => {
  const { event, lot, coop, hub } = await received()
  expect(await queueUploads(t.system(), event)).toBe(1)
  expect(await queueUploads(t.system(), event)).toBe(0)
  const { items, counts } = await list()
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ kind: 'in', status: 'waiting', late: false })
  expect(Date.parse(items[0]?.dueAt ?? '') - event.at.getTime()).toBe(86_400_000)
  expect(items[0]?.record).toMatchObject({
    category: '蔬菜',
    name: '示例青菜',
    spec: '10 kg箱',
    quantity: 50_000,
    unit: 'g',
    lot: lot.code,
    madeOn: lot.madeOn,
    useByDay: lot.useByDay,
    shelfLifeDays: 30,
    certificate: 'SL-0001',
    partyName: coop.name,
    hub: hub.name,
  })
  expect(counts).toMatchObject({ waiting: 1, late: 0, rejected: 0 })
})

test('each lot handed over at a door is one record with the buyer; refused goods are none', async () => {
  const d = await road(t, { zones: ['ambient', 'frozen'] })
  await t.db.execute(sql`update products set category = 'leaf_vegetable' where id in (
    select product_id from skus where id = any(${`{${d.packs.map((pack) => pack.sku.id).join(',')}}`}::uuid[]))`)
  const [stop] = (await d.read()).stops
  const id = stop?.id as string
  await t.call('delivery.arrive', { params: { id }, body: {} }, d.driver)
  const lines = (stop?.goods ?? []).flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }, i) =>
      i === 0
        ? { orderLineId, lotId, delivered: quantity }
        : { orderLineId, lotId, delivered: 0, refused: quantity, reason: 'damaged' as const },
    ),
  )
  const signatureFileId = await picture(t, d.driver)
  const body = { lines, receiverName: '示例', signatureFileId, temperatureDeciC: -200 }
  expect((await t.call('delivery.deliver', { params: { id }, body }, d.driver)).status).toBe(200)
  const [event] =
    await t.sql`select id, type from events where type = 'stop.delivered' and subject_id = ${id}`
  expect(await queueUploads(t.system(), event as { id: string; type: string })).toBe(1)
  const [out] = (await list()).items
  expect(out).toMatchObject({ kind: 'out' })
  expect(out?.record).toMatchObject({
    quantity: 10_000,
    partyName: d.buyer.name,
    partySite: stop?.site,
    document: d.orders[0]?.number,
  })
})

test('a changed operator is due as an archive within two days; other organisations are not ours to tell', async () => {
  const warehouse = await makeOrg(t.db, 'warehouse')
  const buyer = await makeOrg(t.db, 'buyer')
  for (const org of [warehouse, buyer]) {
    const event = eventRow(t.system(), { type: 'org.written', subjectId: org.id, orgId: org.id })
    await t.db.insert(events).values(event)
    await queueUploads(t.system(), event)
  }
  const { items } = await list()
  expect(items.map((one) => [one.kind, one.record['operator']])).toEqual([['archive', warehouse.name]])
  expect(Date.parse(items[0]?.dueAt ?? '') - Date.parse(items[0]?.eventAt ?? '')).toBe(2 * 86_400_000)
})

test('failures pause longer each time, receipts end it, a refusal waits for a person', async () => {
  const { event, lot } = await received()
  await queueUploads(t.system(), event)
  const down = platform(({ id }) => ({ id, outcome: 'again', reason: 'HTTP 503' }))
  expect(await sendUploads(later(1), down)).toBe(1)
  expect(await sendUploads(later(1.5), down)).toBe(0)
  expect(await sendUploads(later(2.1), down)).toBe(1)
  expect(await sendUploads(later(3.9), down)).toBe(0)
  const no = platform(({ id }) => ({ id, outcome: 'rejected', reason: '合格证号缺失' }))
  expect(await sendUploads(later(5), no)).toBe(1)
  const refused = (await list({ show: 'rejected' })).items[0]
  expect(refused).toMatchObject({ attempts: 3, lastError: '合格证号缺失' })
  expect(await sendUploads(later(60), take)).toBe(0)
  await t.sql`update lots set certificate = 'SL-0002' where id = ${lot.id}`
  const ids = [refused?.id as string]
  expect((await t.call('upload.retry', { body: { ids } }, safety)).body.retried).toBe(1)
  expect(await sendUploads(later(60), take)).toBe(1)
  const done = (await list({ show: 'accepted' })).items[0]
  expect(done).toMatchObject({ status: 'accepted', late: false, receiptNo: `HZ-${ids[0]?.slice(-4)}` })
  expect(done?.record['certificate']).toBe('SL-0002')
  expect((await t.call('upload.retry', { body: { ids } }, safety)).body.retried).toBe(0)
})

test('two senders at once send each record once; a sender that died is taken over under the same id', async () => {
  const made = []
  for (let i = 0; i < 5; i += 1) made.push(await received())
  for (const { event } of made) await queueUploads(t.system(), event)
  const both = platform(({ id }) => ({ id, outcome: 'accepted', receiptNo: 'HZ' }))
  await Promise.all([sendUploads(later(0.1), both), sendUploads(later(0.1), both)])
  expect(both.sent.flat().toSorted()).toEqual([...new Set(both.sent.flat())].toSorted())
  expect(both.sent.flat()).toHaveLength(5)
  const { event } = await received()
  await queueUploads(t.system(), event)
  const dying: UploadClient = { way: 'http', send: () => Promise.reject(new Error('killed')) }
  await expect(sendUploads(later(1), dying)).rejects.toThrow('killed')
  const next = platform(({ id }) => ({ id, outcome: 'accepted', receiptNo: 'HZ-2' }))
  expect(await sendUploads(later(2), next)).toBe(0)
  expect(await sendUploads(later(4), next)).toBe(1)
})

test('what is late is told; handed in by hand it gets its receipt, and another number is refused', async () => {
  const old = await received('leaf_vegetable', { at: new Date(Date.now() - 25 * 3_600_000) })
  const fresh = await received()
  for (const { event } of [old, fresh]) await queueUploads(t.system(), event)
  const late = await list({ show: 'late' })
  expect(late.items.map((one) => one.record['lot'])).toEqual([old.lot.code])
  expect([late.counts.late, late.counts.waiting, late.way]).toEqual([1, 2, 'hand'])
  const ids = (await list()).items.map((one) => one.id)
  const confirm = (receiptNo: string) => t.call('upload.confirm', { body: { ids, receiptNo } }, safety)
  expect((await confirm('示例回执1')).body.confirmed).toBe(2)
  expect((await confirm('示例回执1')).body.confirmed).toBe(0)
  expect((await confirm('示例回执2')).problem.code).toBe('wrong_state')
  const { counts } = await list()
  expect(counts).toMatchObject({ waiting: 0, late: 0, acceptedToday: 2, acceptedLate: 1 })
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  expect((await t.call('upload.confirm', { body: { ids, receiptNo: 'x' } }, admin)).problem.code).toBe(
    'forbidden',
  )
})

test('the table has Chinese heads and every record, in both formats', async () => {
  const { event, lot } = await received()
  await queueUploads(t.system(), event)
  const get = (format: string) =>
    t.app.inject({
      url: `/api/uploads/export/${format}?kind=in&show=open`,
      headers: { cookie: safety.cookie },
    })
  const csv = await get('csv')
  expect(csv.headers['content-type']).toContain('text/csv')
  const [head = '', row = ''] = csv.body.replace('\uFEFF', '').split(/\r?\n/)
  expect(head).toContain('生产批号')
  expect(row).toContain(lot.code)
  const xlsx = await rowsOfXlsx((await get('xlsx')).rawPayload)
  const column = xlsx[0]?.indexOf('生产批号') ?? -1
  expect(xlsx[1]?.[column]).toBe(lot.code)
})

test('pages hold every record once, the most urgent first', async () => {
  for (let i = 0; i < 5; i += 1) {
    const { event } = await received('leaf_vegetable', { at: new Date(Date.now() - i * 3_600_000) })
    await queueUploads(t.system(), event)
  }
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, cursor: first.nextCursor as string })
  const third = await list({ limit: 2, cursor: second.nextCursor as string })
  const due = [...first.items, ...second.items, ...third.items].map((one) => one.dueAt)
  expect(due).toHaveLength(5)
  expect(due).toEqual(due.toSorted())
  expect(third.nextCursor).toBeNull()
  const bad = await t.call('upload.list', { query: { cursor: 'nonsense' } }, safety)
  expect(bad.problem.code).toBe('bad_input')
})
