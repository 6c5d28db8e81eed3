import { makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { lotPapers } from '@huming/db/schema/papers'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { png } from '../walk/parties.fixture.ts'
import { copyLotPapers } from './lot-papers.ts'

let t: TestApp
let m: Market
let quality: Guest
let receiver: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  quality = await t.guest(m.supplier, ['quality'])
  receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
async function upload(bytes: Buffer, who: Guest, { type = 'application/pdf', visibility = 'own' } = {}) {
  const id = newId()
  const answer = await t.app.inject({
    method: 'PUT',
    url: `/api/files/${id}?visibility=${visibility}`,
    headers: { cookie: who.cookie, 'content-type': type },
    payload: bytes,
  })
  return { id, status: answer.statusCode }
}
async function lotOf(category: string, stage = 'made') {
  const sku = await makeSku(t.db, m.supplier.id, {}, { product: { category } })
  const lot = await makeLot(t.db, sku, m.hub.id, 100_000, { stage, certificate: '' })
  return lot
}
const conformity = (lotId: string, over: object = {}) => ({
  lotId,
  kind: 'conformity_certificate',
  number: 'HGZ-1',
  form: 'producer' as const,
  basis: ['controlled' as const],
  quantity: 100_000,
  origin: '三明市永安市小陶镇',
  issuer: '示例合作社',
  issuedOn: today,
  ...over,
})
const write = (id: string, body: object, who = quality) =>
  t.call('lotPapers.write', { params: { id }, body: body as ReturnType<typeof conformity> }, who)
const list = async (lotId: string, who = quality) =>
  (await t.call('lotPapers.list', { params: { id: lotId } }, who)).body
const flaws = (answer: { problem?: { pointers?: { pointer: string; reason: string }[] } }) =>
  answer.problem?.pointers?.map((one) => `${one.pointer.slice(6)} ${one.reason}`)

test.each([
  [{ form: null }, ['form missing']],
  [{ basis: [] }, ['basis missing']],
  [{ origin: '' }, ['origin missing']],
  [{ basis: ['self_tested'] }, ['tested missing']],
  [{ form: 'collector' }, ['fromPaperIds missing']],
  [{ form: 'collector', fromPaperIds: [newId()] }, ['fromPaperIds unknown']],
  [{ issuedOn: addDays(today, 1) }, ['issuedOn future']],
  [{ validTo: addDays(today, -1) }, ['validTo before_from']],
  [{ kind: 'business_licence' }, ['kind unknown']],
  [{ kind: 'rapid_test' }, ['form unknown']],
  [{ kind: 'quarantine_certificate', form: null }, ['fileId missing', 'validTo missing']],
  [{ kind: 'test_report', form: null, fileId: newId() }, ['validTo missing', 'fileId no_such_picture']],
])('a paper as in %j is refused with its place', async (over, expected) => {
  const lot = await lotOf('A1')
  const answer = await write(newId(), conformity(lot.id, over))
  expect([answer.status, flaws(answer)]).toEqual([422, expected])
})

test('the page of a lot says what it lacks until the papers are there', async () => {
  const lot = await lotOf('A1')
  expect((await list(lot.id)).lacks).toEqual({
    ship: { paper: 'conformity_certificate', why: 'missing' },
    receive: { paper: 'conformity_certificate', why: 'missing' },
  })
  const id = newId()
  const first = await write(id, conformity(lot.id, { quantity: 60_000 }))
  expect([first.status, (await write(id, conformity(lot.id, { quantity: 60_000 }))).body]).toEqual([
    200,
    first.body,
  ])
  expect((await write(id, conformity(lot.id))).problem.code).toBe('id_reused')
  expect((await list(lot.id)).lacks.ship).toEqual({ paper: 'conformity_certificate', why: 'short' })
  await write(newId(), conformity(lot.id, { number: 'HGZ-2', quantity: 40_000 }))
  expect((await list(lot.id, receiver)).lacks).toEqual({ ship: null, receive: null })
  const voided = (reason: string) => t.call('lotPapers.void', { params: { id }, body: { reason } }, quality)
  expect((await voided('录错')).status).toBe(200)
  expect([(await voided('录错')).status, (await voided('别的')).problem.code]).toEqual([200, 'wrong_state'])
  const after = await list(lot.id)
  expect(after.lacks.ship?.why).toBe('short')
  expect(after.items.find((one) => one.id === id)).toMatchObject({ counts: false, voidReason: '录错' })
})

test('a collector’s certificate names those it stands on', async () => {
  const [bought, mixed] = [await lotOf('A1'), await lotOf('A1')]
  const id = newId()
  await write(id, conformity(bought.id))
  const form2 = conformity(mixed.id, { form: 'collector', fromPaperIds: [id], number: 'HGZ-M' })
  expect((await write(newId(), form2)).body).toMatchObject({ form: 'collector', fromPaperIds: [id] })
  await t.call('lotPapers.void', { params: { id }, body: { reason: '录错' } }, quality)
  expect(flaws(await write(newId(), form2))).toEqual(['fromPaperIds unknown'])
})

test('a forecast has no papers, and strangers see and write none', async () => {
  const planned = await lotOf('A1', 'planned')
  expect((await write(newId(), conformity(planned.id))).problem.code).toBe('lot_wrong_stage')
  const lot = await lotOf('A1')
  const stranger = await t.guest(await makeSupplier(t.db), ['quality'])
  expect((await write(newId(), conformity(lot.id), stranger)).problem.code).toBe('not_found')
  expect((await t.call('lotPapers.list', { params: { id: lot.id } }, stranger)).problem.code).toBe(
    'not_found',
  )
  expect((await write(newId(), conformity(newId()))).problem.code).toBe('not_found')
})

test('a PDF of a paper is read by its owner and by the hub the lot is bound for, by nobody else', async () => {
  const lot = await lotOf('poultry', 'shipped')
  const file = await upload(pdf, quality)
  expect(file.status).toBe(200)
  const read = async (who: Guest) => {
    const answer = await t.app.inject({ url: `/api/files/${file.id}`, headers: { cookie: who.cookie } })
    return [answer.statusCode, answer.headers['content-type'], answer.rawPayload.equals(pdf)]
  }
  expect((await read(receiver))[0]).toBe(404)
  const body = { lotId: lot.id, kind: 'quarantine_certificate', number: 'DWJY-1', quantity: 100_000 }
  const dated = { issuedOn: today, validTo: addDays(today, 3), fileId: file.id }
  expect((await write(newId(), { ...body, ...dated })).status).toBe(200)
  expect(await read(receiver)).toEqual([200, 'application/pdf', true])
  expect(await read(quality)).toEqual([200, 'application/pdf', true])
  const elsewhere = await t.guest(await makeSupplier(t.db), ['quality'])
  expect((await read(elsewhere))[0]).toBe(404)
  expect((await list(lot.id)).lacks).toEqual({
    ship: null,
    receive: { paper: 'checkpoint_stamp', why: 'missing' },
  })
  const stamp = await upload(png, receiver, { type: 'image/png' })
  const stamped = { ...body, kind: 'checkpoint_stamp', number: 'DK-1', issuedOn: today, fileId: stamp.id }
  expect((await write(newId(), stamped, receiver)).status).toBe(200)
  expect((await list(lot.id)).lacks.receive).toBeNull()
})

test('a PDF is never public, and what only says it is one is refused', async () => {
  expect((await upload(pdf, quality, { visibility: 'public' })).status).toBe(415)
  expect((await upload(Buffer.from('<script>alert(1)</script>'), quality)).status).toBe(415)
  expect((await upload(Buffer.alloc(5 * 1024 * 1024 + 1, '%PDF-'), quality)).status).toBe(413)
})

test('declaring and making a lot issues the maker’s paper for just that quantity', async () => {
  const lister = await t.guest(m.supplier, ['lister'])
  const sku = await makeSku(t.db, m.supplier.id, {}, { product: { category: 'C1' } })
  const days = { readyDay: today, useByDay: addDays(today, 20) }
  const declare = async (body: object) => {
    const id = newId()
    const whole = { skuId: sku.id, hubId: m.hub.id, quantity: 50_000, ...days, ...body }
    const answer = await t.call('stock.declareLot', { params: { id }, body: whole as never }, lister)
    return { id, answer }
  }
  const made = await declare({ stage: 'made', madeOn: today, certificate: 'CJ-1' })
  expect(made.answer.status).toBe(200)
  expect((await list(made.id)).items).toMatchObject([
    { kind: 'factory_inspection', number: 'CJ-1', quantity: 50_000, form: null, issuedOn: today },
  ])
  const planned = await declare({ stage: 'planned', readyDay: addDays(today, 1) })
  expect((await list(planned.id)).items).toEqual([])
  const body = { quantity: 30_000, madeOn: today, useByDay: addDays(today, 20), certificate: 'CJ-2' }
  await t.call('stock.makeLot', { params: { id: planned.id }, body }, lister)
  expect((await list(planned.id)).items).toMatchObject([{ number: 'CJ-2', quantity: 30_000 }])
})

test('goods moved on as another lot keep their papers, for no more than was moved', async () => {
  const [from, to] = [await lotOf('A1'), await lotOf('A1', 'received')]
  const id = newId()
  await write(id, conformity(from.id))
  await write(newId(), conformity(from.id, { number: 'HGZ-void' }))
  await t.db.update(lotPapers).set({ voidedAt: new Date() }).where(eq(lotPapers.number, 'HGZ-void'))
  await t.db.transaction((tx) =>
    copyLotPapers(tx, t.system(), { fromLotId: from.id, toLotId: to.id, quantity: 25_000 }),
  )
  const { items } = await list(to.id)
  expect(items).toMatchObject([{ number: 'HGZ-1', quantity: 25_000, fromPaperIds: [id], form: 'producer' }])
})
