import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { makePickedOrder, makeWave } from '@huming/db/factories-dispatch'
import { skus } from '@huming/db/schema/catalogue'
import { lotPapers } from '@huming/db/schema/papers'
import { lots } from '@huming/db/schema/stock'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkGoods } from '../stock/trace-edges.ts'
import { type Guest, testApp } from '../test-app.ts'
import { lotUri } from './own-uris.ts'

const t = await testApp()
afterAll(t.close)

type Lot = Awaited<ReturnType<typeof makeLot>>
let farm: Guest
let kitchen: Guest
let buyer: Guest
let other: Guest
let dock: Guest
let food: Guest
let pork: Lot
let dumpling: Lot
let order: Awaited<ReturnType<typeof makePickedOrder>>

beforeAll(async () => {
  const hub = await makeHub(t.db)
  const [farmOrg, kitchenOrg] = [await makeSupplier(t.db), await makeSupplier(t.db)]
  const buyerOrg = await makeBuyer(t.db)
  farm = await t.guest(farmOrg, ['lister'])
  kitchen = await t.guest(kitchenOrg, ['lister'])
  buyer = await t.guest(buyerOrg, ['purchaser'])
  other = await t.guest(await makeBuyer(t.db), ['purchaser'])
  dock = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['lead'])
  food = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  pork = await makeLot(t.db, await makeSku(t.db, farmOrg.id), hub.id, 50_000)
  const sku = await makeSku(t.db, kitchenOrg.id, { gtin: '06901234567892' })
  dumpling = await makeLot(t.db, sku, hub.id, 80_000, { code: 'DUMPLING-1' })
  const said = { eventId: newId(), at: new Date() }
  await t.db.transaction((tx) =>
    linkGoods(tx, [
      { kind: 'made_of', fromId: pork.id, toId: dumpling.id, quantity: 30_000, toQuantity: 60_000, ...said },
    ]),
  )
  const wave = await makeWave(t.db, hub.id)
  const site = await makeSite(t.db, buyerOrg.id, hub.id)
  order = await makePickedOrder(t.db, wave, site, [{ sku, lot: dumpling, quantity: 10_000 }])
  await t.db.transaction((tx) =>
    linkGoods(tx, [
      { kind: 'delivered', fromId: order.id, toId: site.id, lotId: dumpling.id, quantity: 9000, ...said },
    ]),
  )
})

const lot = (key: string, who: Guest) => t.call('tracing.lot', { params: { key } }, who)
const ordered = (key: string, who: Guest) => t.call('tracing.order', { params: { key } }, who)

test('what is somebody else’s is not found', async () => {
  expect((await lot(pork.code, kitchen)).status).toBe(404)
  expect((await lot(pork.code, buyer)).status).toBe(404)
  expect((await lot('NO-SUCH-LOT', food)).status).toBe(404)
  expect((await ordered(order.number, other)).status).toBe(404)
  expect((await ordered(order.number, kitchen)).status).toBe(404)
  expect((await ordered(newId(), food)).status).toBe(404)
})

test('a lot leads to all made of it, and to the orders with quantities', async () => {
  for (const key of [pork.code, pork.id, pork.code.toLowerCase()]) {
    const { body } = await lot(key, food)
    expect(body.lots.map((one) => [one.code, one.depth])).toEqual([
      [pork.code, 0],
      ['DUMPLING-1', 1],
    ])
    expect(body.steps).toEqual([
      { fromId: pork.id, toId: dumpling.id, kind: 'made_of', quantity: 30_000, toQuantity: 60_000 },
    ])
    expect(body.orders).toMatchObject([
      { number: order.number, lotId: dumpling.id, picked: 10_000, delivered: 9000 },
    ])
    expect([body.orderCount, body.siteCount]).toEqual([1, 1])
    expect(body.delivered).toEqual([{ lotId: dumpling.id, picked: 10_000, delivered: 9000 }])
  }
})

test('the supplier learns how much and how many, not which buyer; the warehouse sees the order', async () => {
  const { body } = await lot(pork.code, farm)
  expect([body.orders, body.orderCount, body.delivered[0]?.delivered]).toEqual([[], 1, 9000])
  expect(JSON.stringify(body)).not.toContain(order.number)
  expect((await lot(pork.code, dock)).body.orders).toHaveLength(1)
})

test('an order leads back to the farm', async () => {
  for (const who of [buyer, dock, food]) {
    const { body } = await ordered(order.number, who)
    expect(body.lots.map((one) => [one.code, one.depth])).toEqual([
      [pork.code, -1],
      ['DUMPLING-1', 0],
    ])
    expect(body.orders).toMatchObject([{ lotId: dumpling.id, picked: 10_000, delivered: 9000 }])
  }
})

const open = (code: string, gtin?: string) =>
  t.call('tracing.publicLot', { params: { code }, query: gtin ? { gtin } : {} })

test('anybody may open the page of a lot that is made, by its code and its GTIN', async () => {
  expect((await open('NO-SUCH-LOT')).status).toBe(404)
  expect((await open('DUMPLING-1', '06901234567908')).status).toBe(404)
  expect((await open('DUMPLING-1', '6901234567892')).status).toBe(200)
  await t.db.update(lots).set({ stage: 'planned' }).where(eq(lots.id, pork.id))
  expect((await open(pork.code)).status).toBe(404)
  await t.db.update(lots).set({ stage: 'received' }).where(eq(lots.id, pork.id))
})

test('the page tells papers, what it was made of and a recall, and nothing of people, buyers or amounts', async () => {
  await t.db.insert(lotPapers).values([
    {
      id: newId(),
      lotId: dumpling.id,
      kind: 'factory_inspection',
      number: 'CJ-1',
      quantity: 80_000,
      issuer: '张三',
      contact: '13800000000',
      origin: '福建省三明市沙县区',
      issuedOn: '2026-11-20',
      createdAt: new Date(),
    },
    {
      id: newId(),
      lotId: dumpling.id,
      kind: 'test_report',
      number: 'OLD',
      quantity: 1,
      issuedOn: '2026-11-19',
      voidedAt: new Date(),
      createdAt: new Date(),
    },
  ])
  const { body } = await open('dumpling-1')
  expect(body).toMatchObject({
    code: 'DUMPLING-1',
    state: 'normal',
    place: '福建省三明市沙县区',
    papers: expect.arrayContaining([
      expect.objectContaining({ kind: 'factory_inspection', number: 'CJ-1', day: '2026-11-20' }),
    ]),
    madeOf: [{ code: pork.code }],
  })
  const text = JSON.stringify(body)
  for (const hidden of ['张三', '13800000000', order.number, '80000', 'OLD'])
    expect(text).not.toContain(hidden)
  await t.db.update(lots).set({ stage: 'recalled' }).where(eq(lots.id, dumpling.id))
  expect((await open('DUMPLING-1')).body.state).toBe('recalled')
  await t.db.update(lots).set({ stage: 'received' }).where(eq(lots.id, dumpling.id))
})

test('a transformation captured elsewhere, of lots we know, becomes an edge; the same again none', async () => {
  const sauce = await makeLot(t.db, await makeSku(t.db, farm.orgId), dumpling.hubId, 9000)
  const event = (outputs: string, inputs: string) => ({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'TransformationEvent',
    eventTime: '2026-11-20T08:00:00.000+08:00',
    eventTimeZoneOffset: '+08:00',
    inputQuantityList: [{ epcClass: inputs, quantity: 1.5, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: outputs, quantity: 30, uom: 'KGM' }],
  })
  const out = lotUri(dumpling.code, '06901234567892')
  const into = lotUri(sauce.code, null)
  expect(out).toBe('https://id.gs1.org/01/06901234567892/10/DUMPLING-1')
  const reaches = async () => (await lot(sauce.code, food)).body.steps
  // Whose lot it is not cannot say what it was made of.
  await t.call('epcis.captureEvent', { body: event(out, into) }, farm)
  expect(await reaches()).toEqual([])
  for (let i = 0; i < 2; i += 1)
    expect((await t.call('epcis.captureEvent', { body: event(out, into) }, kitchen)).status).toBe(201)
  expect(await reaches()).toEqual([
    { fromId: sauce.id, toId: dumpling.id, kind: 'made_of', quantity: 1500, toQuantity: 30_000 },
  ])
  const [sku] = await t.db.select().from(skus).where(eq(skus.id, dumpling.skuId))
  expect(sku?.gtin).toBe('06901234567892')
})
