import { makeBuyer, makeHub, makeLot, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { contracts } from '@huming/shared/contracts/all'
import { offerShape } from '@huming/shared/contracts/catalogue'
import { addDays, serviceDay } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ALLERGEN_IDS } from '@huming/shared/reference/allergens'
import { ZONE_IDS } from '@huming/shared/reference/zones'
import { BASE_UNITS, UNIT_IDS } from '@huming/shared/units'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestApp, testApp } from '../test-app.ts'
import { type Offered, offerObject } from './offers.ts'
import { offerText } from './write-offers.ts'

/** Quotes, line breaks, NUL, lone surrogates, Chinese and emoji included. */
const text = fc.string({ unit: 'binary', maxLength: 12 })
const id = fc.uuid()
const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const unit = fc.constantFrom(...UNIT_IDS)
const day = fc.nat(60).map((ahead) => addDays(serviceDay('2026-11-25'), ahead))

const offered: fc.Arbitrary<Offered> = fc.record({
  fixed: fc.record({
    skuId: id,
    productId: id,
    code: text,
    name: text,
    nameEn: text,
    spec: text,
    supplier: text,
    supplierOrgId: id,
    category: text,
    countyCode: text,
    picture: text,
    photoUrl: fc.option(text),
    zone: fc.constantFrom(...ZONE_IDS),
    allergens: fc.subarray([...ALLERGEN_IDS]),
    shelfLifeDays: count,
    baseUnit: fc.constantFrom(...BASE_UNITS),
    orderUnit: unit,
    basePerOrderUnit: count,
    priceUnit: unit,
    basePerPriceUnit: count,
    catchWeight: fc.boolean(),
    minUnits: count,
    stepUnits: count,
    maxUnits: count,
    isSample: fc.boolean(),
  }),
  marks: fc.array(fc.record({ type: text, text }), { maxLength: 3 }),
  tiers: fc.array(
    fc.record({
      fromUnits: count,
      centifen: count,
      reason: fc.constantFrom('list' as const, 'class' as const, 'contract' as const),
    }),
    { maxLength: 4 },
  ),
  inSeason: fc.boolean(),
  availability: fc.record({
    availableUnits: count,
    unavailableReason: fc.option(
      fc.constantFrom('sold_out' as const, 'no_price' as const, 'short_life' as const),
    ),
    nextDay: fc.option(day),
    lifeLeftDays: fc.option(fc.integer({ min: 0, max: 3650 })),
  }),
})

test('what is written is what the contract’s check lets through, to the letter', () => {
  fc.assert(
    fc.property(offered, (offer) => {
      const written = JSON.parse(offerText(offer))
      expect(written).toEqual(JSON.parse(JSON.stringify(z.encode(offerShape, offerObject(offer)))))
      // A second time from what is kept.
      expect(JSON.parse(offerText(offer))).toEqual(written)
    }),
    { numRuns: 300 },
  )
})

test('what the contract does not name never leaves, and what breaks it is refused', () => {
  const [offer] = fc.sample(offered, 1) as [Offered]
  const fixed = { ...offer.fixed, cost: 1 }
  const marks = [{ type: 't', text: 'm', source: 'inside' }]
  const tiers = [{ fromUnits: 1, centifen: 5, reason: 'list' as const, priceId: 'inside' }]
  const written = JSON.parse(offerText({ ...offer, fixed, marks, tiers }))
  expect(Object.keys(written).sort()).toEqual(Object.keys(offerShape.shape).sort())
  expect([written.marks, written.tiers]).toEqual([
    [{ type: 't', text: 'm' }],
    [{ fromUnits: 1, centifen: 5, reason: 'list' }],
  ])
  expect(() => offerText({ ...offer, fixed: { ...offer.fixed, zone: 'hot' as never } })).toThrow('zone')
  expect(() => offerText({ ...offer, tiers: [{ fromUnits: 0.5, centifen: 5, reason: 'list' }] })).toThrow(
    'fromUnits',
  )
})

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

test('pages, guide and product show one offer alike, each as its contract says', async () => {
  const hub = await makeHub(t.db)
  const coop = await makeSupplier(t.db)
  const buyer = await makeBuyer(t.db)
  const siteId = (await makeSite(t.db, buyer.id, hub.id)).id
  const shop = await t.guest(buyer, ['purchaser'])
  const product = {
    name: '引号"反\\斜',
    marks: [{ type: 'GI_PRODUCT', text: '示例', from: '2020-01-01', until: '2099-12-31' }],
  }
  const sku = await makeSku(t.db, coop.id, { allergens: ['peanut'] }, { product })
  await makeLot(t.db, sku, hub.id, 100_000)
  const pin = { params: { siteId, skuId: sku.id }, body: { pinned: true, parUnits: 3 } }
  expect((await t.call('orders.pinGuideItem', pin, shop)).status).toBe(200)

  const guide = await t.call('orders.guide', { params: { siteId } }, shop)
  const query = { siteId, day: guide.body.day }
  const list = await t.call('catalogue.browse', { query }, shop)
  const basket = await t.call(
    'catalogue.browse',
    { query: { ...query, skuIds: `${sku.id},${newId()}` } },
    shop,
  )
  const page = await t.call('catalogue.readProduct', { params: { id: sku.productId }, query }, shop)
  for (const answer of [guide, list, basket]) {
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(JSON.stringify(answer.body)))
  }
  expect(contracts['orders.guide'].reply.strict().parse(guide.body)).toEqual(guide.body)
  expect(contracts['catalogue.browse'].reply.strict().parse(list.body)).toEqual(list.body)
  const [offer] = page.body.offers
  expect(offer).toMatchObject({ name: '引号"反\\斜', availableUnits: 10, allergens: ['peanut'] })
  expect(list.body.items).toEqual([offer])
  expect(basket.body).toEqual({ day: guide.body.day, items: [offer], nextCursor: null })
  expect(guide.body.items).toMatchObject([{ offer, pinned: true, parUnits: 3, timesOrdered: 0 }])
})
