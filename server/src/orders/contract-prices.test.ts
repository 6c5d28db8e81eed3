import { makeOrg } from '@huming/db/factories'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { VAT_RULES } from '@huming/shared/reference/taxes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { expectSound, type Market, type Shop, testMarket } from './test-market.ts'

type Body = ContractInput<Contracts['pricing.writeContract']>['body']
let t: TestApp
let m: Market
let lister: Guest
let finance: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  finance = await t.guest(await makeOrg(t.db, 'operations'), ['ops_finance'])
})
afterAll(() => t.close())

let serial = 0
const agree = async (buyer: Shop, lines: Body['lines'], over: Partial<Body> = {}, id = newId()) => {
  const body = {
    number: `HT-${++serial}`,
    supplierOrgId: m.supplier.id,
    buyerOrgId: buyer.org.id,
    validFrom: m.today,
    validTo: addDays(m.today, 90),
    lines,
    ...over,
  }
  return { id, body, answer: await t.call('pricing.writeContract', { params: { id }, body }, lister) }
}
const figures = (rows: object[], id = newId()) =>
  t.call(
    'pricing.importReferences',
    {
      params: { id },
      body: {
        source: '示例行情',
        rows: rows.map((row) => ({
          market: '示例市场',
          product: '大白菜',
          day: m.today,
          per: 1000,
          averageCentifen: 300_000,
          ...row,
        })),
      },
    },
    finance,
  )
const quote = async (buyer: Shop, skuId: string, units: number) => {
  const { site } = buyer
  const body = { siteId: site.id, day: m.day, lines: [{ skuId, units }] }
  const answer = await t.call('orders.quote', { body }, buyer.guest)
  return answer.body.lines[0]
}

test('an agreed price goes before the list, is frozen with its contract and told to both', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(20)
  const { id, body, answer } = await agree(buyer, [{ skuId: sku.id, centifen: 400_000 }])
  expect(answer.status).toBe(200)
  const quoted = await quote(buyer, sku.id, 2)
  expect(quoted).toMatchObject({ priceCentifen: 400_000, amountFen: 80_000, priceReason: 'contract' })
  const placed = await m.place(buyer, [[sku, 2]], { expectedTotalFen: 80_000 })
  await t.call('pricing.endContract', { params: { id }, body: { lastDay: m.today } }, lister)
  const read = await t.call('orders.read', { params: { id: placed.id } }, buyer.guest)
  expect(read.body.lines[0]).toMatchObject({
    priceCentifen: 400_000,
    priceBasis: { kind: 'fixed', contract: body.number },
  })
  expect(await quote(buyer, sku.id, 2)).toMatchObject({ priceCentifen: 500_000, priceReason: 'list' })
  for (const who of [lister, buyer.guest]) {
    const query = { buyerOrgId: buyer.org.id, units: 2, day: m.today }
    const why = await t.call('pricing.explain', { params: { id: sku.id }, query }, who)
    expect(why.body.steps.map((step) => [step.reason, step.verdict])).toEqual([
      ['contract', 'holds'],
      ['class', 'none'],
      ['list', 'less_specific'],
    ])
  }
})

test('the same contract again changes nothing; another under its id, its number or its goods is refused', async () => {
  const [buyer, other] = [await m.shop(), await m.shop()]
  const { sku } = await m.goods(5)
  const line = { skuId: sku.id, centifen: 400_000 }
  const { id, body } = await agree(buyer, [line])
  expect((await agree(buyer, [line], body, id)).answer.status).toBe(200)
  expect((await agree(other, [line], {}, id)).answer.problem?.code).toBe('id_reused')
  expect((await agree(other, [line], { number: body.number })).answer.problem?.code).toBe(
    'contract_number_taken',
  )
  const overlap = await agree(buyer, [line], {
    validFrom: addDays(m.today, 80),
    validTo: addDays(m.today, 200),
  })
  expect(overlap.answer.problem).toMatchObject({ code: 'contract_overlaps', params: { number: body.number } })
  const tiers = [{ fromUnits: 1, centifen: 1 }]
  const byHand = { buyerOrgId: buyer.org.id, validFrom: m.today, tiers }
  const written = await t.call('catalogue.writePrices', { params: { id: sku.id }, body: byHand }, lister)
  expect(written.problem?.code).toBe('price_by_contract')
})

test('flaws are named where they are', async () => {
  const buyer = await m.shop()
  const [{ sku }, { sku: second }] = [await m.goods(5), await m.goods(5)]
  const stranger = await t.guest(await makeOrg(t.db, 'coop'), ['lister'])
  const strange = { number: 'X', supplierOrgId: m.supplier.id, buyerOrgId: buyer.org.id }
  const refused = await t.call(
    'pricing.writeContract',
    {
      params: { id: newId() },
      body: { ...strange, validFrom: m.today, validTo: m.day, lines: [{ skuId: sku.id, centifen: 1 }] },
    },
    stranger,
  )
  expect(refused.status).toBe(404)
  const wrong = await agree(
    buyer,
    [
      { skuId: sku.id, centifen: 1 },
      { skuId: sku.id, centifen: 2 },
    ],
    { validTo: addDays(m.today, -1), buyerOrgId: m.supplier.id },
  )
  expect(wrong.answer.problem?.pointers?.map((one) => one.pointer)).toEqual([
    '/body/validTo',
    '/body/validTo',
    '/body/buyerOrgId',
    '/body/lines/1/skuId',
  ])
  const unknown = await agree(buyer, [{ skuId: second.id, discountBp: 500, referenceKey: '没有/的' }])
  expect(unknown.answer.problem?.code).toBe('reference_missing')
  const { id } = await agree(buyer, [{ skuId: second.id, centifen: 100_000 }])
  for (const lastDay of [addDays(m.today, -1), addDays(m.today, 91)]) {
    const end = await t.call('pricing.endContract', { params: { id }, body: { lastDay } }, lister)
    expect(end.problem?.code).toBe('contract_day_wrong')
  }
})

test('a discount follows the market from the day its figure is told', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(20)
  const yesterday = addDays(m.today, -1)
  expect((await figures([{ day: yesterday, averageCentifen: 600_000 }])).body).toMatchObject({ imported: 1 })
  await agree(buyer, [{ skuId: sku.id, discountBp: 1_000, referenceKey: '示例市场/大白菜' }])
  expect(await quote(buyer, sku.id, 1)).toMatchObject({
    priceCentifen: 540_000,
    priceBasis: { kind: 'discount', reference: { day: yesterday, centifen: 600_000, discountBp: 1_000 } },
  })
  const id = newId()
  const rows = [{ averageCentifen: 200_000, per: 500 }]
  const first = await figures(rows, id)
  expect(first.body).toEqual({ imported: 1, pricesMoved: 1 })
  expect((await figures(rows, id)).body).toEqual(first.body)
  expect((await t.sql`select 1 from reference_prices where day = ${m.today}`).length).toBe(1)
  expect(await quote(buyer, sku.id, 1)).toMatchObject({ priceCentifen: 360_000 })
  await figures([{ averageCentifen: 210_000, per: 500 }])
  expect(await quote(buyer, sku.id, 1)).toMatchObject({ priceCentifen: 378_000 })
  const shown = await t.call(
    'catalogue.readProduct',
    {
      params: { id: sku.productId },
      query: { siteId: buyer.site.id, day: m.day },
    },
    buyer.guest,
  )
  expect(shown.body.offers[0]?.tiers).toEqual([{ fromUnits: 1, centifen: 378_000, reason: 'contract' }])
})

test('figures that cannot be are refused as a whole', async () => {
  const before = (await t.sql`select 1 from reference_prices`).length
  const answer = await figures([
    { product: '甲' },
    { product: '甲' },
    { product: '乙', day: addDays(m.today, 1) },
    { product: '丙', lowCentifen: 300_001, highCentifen: 299_999 },
  ])
  expect(answer.problem?.pointers?.map((one) => one.pointer)).toEqual([
    '/body/rows/1/product',
    '/body/rows/2/day',
    '/body/rows/3/lowCentifen',
    '/body/rows/3/highCentifen',
  ])
  expect((await t.sql`select 1 from reference_prices`).length).toBe(before)
})

test('a quantity agreed on is never sold twice, however many order at once', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(100)
  const { id, body } = await agree(buyer, [{ skuId: sku.id, centifen: 400_000, limitUnits: 7 }])
  const ask = m.body(buyer, [[sku, 3]], { expectedTotalFen: 120_000 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => m.put(buyer, ask)))
  const accepted = answers.filter((one) => one.status === 200)
  expect(accepted).toHaveLength(2)
  expect(answers.filter((one) => one.problem?.code === 'total_changed')).toHaveLength(3)
  expect(await quote(buyer, sku.id, 2)).toMatchObject({ priceReason: 'list', contractSpent: body.number })
  expect(await quote(buyer, sku.id, 1)).toMatchObject({ priceReason: 'contract', contractSpent: null })
  const [first, second] = accepted.map((one) => one.body.id)
  // An order that is changed takes its own quantity with it.
  const change = m.body(buyer, [[sku, 4]], { expectedTotalFen: 160_000, version: 1 })
  expect((await m.put(buyer, change, first)).status).toBe(200)
  const tooMuch = m.body(buyer, [[sku, 4]], { expectedTotalFen: 160_000, version: 1 })
  expect((await m.put(buyer, tooMuch, second)).problem?.code).toBe('total_changed')
  await t.call('orders.cancel', { params: { id: first as string }, body: { reason: '示例' } }, buyer.guest)
  const read = await t.call('pricing.readContract', { params: { id } }, buyer.guest)
  expect(read.body.lines[0]).toMatchObject({ limitUnits: 7, takenUnits: 3, centifen: 400_000 })
  expect(await quote(buyer, sku.id, 4)).toMatchObject({ priceReason: 'contract' })
  await expectSound(t)
})

test('contracts are read by their parties alone', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(5)
  const { id } = await agree(buyer, [{ skuId: sku.id, centifen: 400_000 }])
  const listed = await t.call('pricing.listContracts', {}, buyer.guest)
  expect(listed.body.items.map((one) => one.id)).toEqual([id])
  const stranger = (await m.shop()).guest
  expect((await t.call('pricing.listContracts', {}, stranger)).body.items).toEqual([])
  expect((await t.call('pricing.readContract', { params: { id } }, stranger)).status).toBe(404)
  const query = { buyerOrgId: buyer.org.id }
  expect((await t.call('pricing.explain', { params: { id: sku.id }, query }, stranger)).status).toBe(404)
})

test('the table begins with the rules of the law, and a new one begins tomorrow at the earliest', async () => {
  const { body } = await t.call('pricing.taxRules', {}, lister)
  const seen = body.items.map((row) => [
    row.taxClass,
    row.sellerType,
    row.validFrom,
    row.rateBp,
    row.exempt,
    row.basis,
  ])
  const known = VAT_RULES.map((row) => [
    row.taxClass,
    row.sellerType,
    row.from,
    row.rateBp,
    row.exempt,
    row.basis,
  ])
  expect(seen.toSorted()).toEqual(known.toSorted())
  const rule = {
    taxClass: 'packaging' as const,
    sellerType: 'small' as const,
    validFrom: addDays(m.today, 1),
    validTo: '2099-12-31',
    rateBp: 100,
    exempt: false,
    basis: '示例：减按 1 % 征收',
  }
  const write = (over: object, id = newId()) =>
    t.call('pricing.writeTaxRule', { params: { id }, body: { ...rule, ...over } }, finance)
  expect((await write({ validFrom: m.today })).problem?.code).toBe('tax_rule_too_early')
  expect((await write({ exempt: true })).problem?.code).toBe('bad_input')
  const id = newId()
  expect((await write({}, id)).status).toBe(200)
  expect((await write({}, id)).status).toBe(200)
  expect((await write({ rateBp: 200 }, id)).problem?.code).toBe('id_reused')
  expect((await write({})).problem?.code).toBe('tax_rule_exists')
  const buyer = await m.shop()
  const { sku } = await m.goods(5, { taxClass: 'packaging' })
  await t.sql`update organisations set seller_tax_type = 'small' where id = ${m.supplier.id}`
  const placed = await m.place(buyer, [[sku, 1]])
  const [line] = await t.sql`select tax_rate_bp from order_lines where order_id = ${placed.id}`
  expect(line?.['tax_rate_bp']).toBe(100)
})
