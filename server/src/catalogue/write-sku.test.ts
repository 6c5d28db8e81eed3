import { makeBuyer, makeHub, makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { makePaper } from '@huming/db/factories-papers'
import { prices, products, skus } from '@huming/db/schema/catalogue'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let coop: Awaited<ReturnType<typeof makeSupplier>>
let lister: Guest
beforeAll(async () => {
  t = await testApp()
  coop = await makeSupplier(t.db)
  lister = await t.guest(coop, ['lister'])
})
afterAll(() => t.close())

const skuBody = (productId: string, over: object = {}) => ({
  productId,
  code: `W${newId().slice(-12).toUpperCase()}`,
  spec: '5 kg桶 ×4',
  baseUnit: 'g' as const,
  orderUnit: 'carton' as const,
  basePerOrderUnit: 20_000,
  priceUnit: 'kg' as const,
  basePerPriceUnit: 1000,
  zone: 'ambient' as const,
  shelfLifeDays: 270,
  taxClass: 'processed_food' as const,
  grossGramsPerUnit: 21_000,
  millilitresPerUnit: 24_000,
  units: [{ unit: 'tub' as const, baseQuantity: 5000 }],
  ...over,
})
const writeSku = (id: string, productId: string, over: object = {}, who = lister) =>
  t.call('catalogue.writeSku', { params: { id }, body: skuBody(productId, over) }, who)
const writePrices = (id: string, over: object = {}, who = lister) =>
  t.call(
    'catalogue.writePrices',
    {
      params: { id },
      body: { validFrom: '2026-01-01', tiers: [{ fromUnits: 1, centifen: 210_000 }], ...over },
    },
    who,
  )
const productOf = async (id: string) => (await t.db.select().from(products).where(eq(products.id, id)))[0]
const pointers = (answer: { problem: { pointers?: { pointer: string; reason: string }[] } }) =>
  answer.problem.pointers?.map(({ pointer, reason }) => `${pointer} ${reason}`)

test('another co-op can neither change, take over, pack, nor price what is not theirs', async () => {
  const theirs = await makeSupplier(t.db)
  const other = await t.guest(theirs, ['lister'])
  const sku = await makeSku(t.db, coop.id)
  const body = { orgId: theirs.id, name: '夺取', category: 'C5', countyCode: '350405', version: 1 }
  const take = await t.call('catalogue.writeProduct', { params: { id: sku.productId }, body }, other)
  expect([take.status, take.problem.code]).toEqual([404, 'not_found'])
  expect((await writeSku(newId(), sku.productId, {}, other)).status).toBe(404)
  expect((await writeSku(sku.id, sku.productId, { version: 1 }, other)).status).toBe(404)
  expect((await writePrices(sku.id, {}, other)).status).toBe(404)
  expect((await writePrices(newId(), {}, other)).status).toBe(404)
  expect((await writeSku(newId(), newId(), {}, other)).status).toBe(404)
  expect((await productOf(sku.productId))?.orgId).toBe(coop.id)
  const mine = await t.call('catalogue.listProducts', { query: { orgId: coop.id } }, other)
  expect(mine.status).toBe(404)
})

async function freshProduct(): Promise<string> {
  const id = newId()
  const body = { orgId: coop.id, name: '沙县拌面花生酱', category: 'C5', countyCode: '350405' }
  expect((await t.call('catalogue.writeProduct', { params: { id }, body }, lister)).status).toBe(200)
  await makePaper(t.db, coop.id, 'type_inspection', { productIds: [id] })
  return id
}

test('units that do not convert are refused, each with its place', async () => {
  const productId = await freshProduct()
  const wrong: [object, string[]][] = [
    [{ priceUnit: 'kg', basePerPriceUnit: 500 }, ['/body/basePerPriceUnit fixed_size']],
    [{ priceUnit: 'litre', basePerPriceUnit: 1000 }, ['/body/basePerPriceUnit other_measure']],
    [{ units: [{ unit: 'jin', baseQuantity: 600 }] }, ['/body/units/0 fixed_size']],
    [{ units: [{ unit: 'carton', baseQuantity: 10_000 }] }, ['/body/units/0 two_sizes']],
    [
      {
        units: [
          { unit: 'tub', baseQuantity: 5000 },
          { unit: 'tub', baseQuantity: 5000 },
        ],
      },
      ['/body/units twice'],
    ],
    [
      { baseUnit: 'piece', priceUnit: 'piece', basePerPriceUnit: 1, catchWeight: true },
      ['/body/catchWeight not_weighed'],
    ],
  ]
  for (const [over, flaws] of wrong) {
    const answer = await writeSku(newId(), productId, over)
    expect([answer.status, answer.problem.code, pointers(answer)]).toEqual([422, 'bad_units', flaws])
  }
  for (const basePerOrderUnit of [0, -5, 1.5, 1e12]) {
    const answer = await writeSku(newId(), productId, { basePerOrderUnit })
    expect([basePerOrderUnit, answer.problem.code]).toEqual([basePerOrderUnit, 'bad_input'])
  }
})

test('limits that let nothing be ordered, and life, GTIN and weight that cannot be, are refused', async () => {
  const productId = await freshProduct()
  const wrong: [object, string][] = [
    [{ minUnits: 3, stepUnits: 2, maxUnits: 3 }, '/body/maxUnits nothing_orderable'],
    [{ minRemainingDays: 270 }, '/body/minRemainingDays beyond_shelf_life'],
    [{ gtin: '6901234567890' }, '/body/gtin check_digit'],
    [{ grossGramsPerUnit: 19_999 }, '/body/grossGramsPerUnit below_net'],
  ]
  for (const [over, flaw] of wrong) {
    const answer = await writeSku(newId(), productId, over)
    expect([answer.status, pointers(answer)]).toEqual([422, [flaw]])
  }
})

test('a pack code is unique; a pack keeps its product; versions and repeats as with products', async () => {
  const productId = await freshProduct()
  const id = newId()
  const first = await writeSku(id, productId, { code: 'UNIQ-1' })
  expect(first.body).toMatchObject({
    version: 1,
    orgId: coop.id,
    units: [{ unit: 'tub', baseQuantity: 5000 }],
  })
  expect((await writeSku(id, productId, { code: 'UNIQ-1' })).body).toEqual(first.body)
  const reused = await writeSku(id, productId, { code: 'UNIQ-1', spec: '别的' })
  expect(reused.problem.code).toBe('id_reused')
  const taken = await writeSku(newId(), productId, { code: 'UNIQ-1' })
  expect([taken.status, taken.problem.code]).toEqual([409, 'sku_code_taken'])
  const moved = await writeSku(id, await freshProduct(), { code: 'UNIQ-1', version: 1 })
  expect(moved.problem.code).toBe('id_reused')
  const changed = await writeSku(id, productId, { code: 'UNIQ-1', version: 1, units: [], archived: true })
  expect(changed.body).toMatchObject({ version: 2, units: [], archived: true })
  const stale = await writeSku(id, productId, { code: 'UNIQ-1', version: 1 })
  expect(stale.problem.code).toBe('stale_version')
})

test('the base unit stays once lots are counted in it', async () => {
  const productId = await freshProduct()
  const id = newId()
  await writeSku(id, productId, { code: 'BASE-1' })
  const pieces = {
    code: 'BASE-1',
    version: 1,
    baseUnit: 'piece',
    basePerOrderUnit: 4,
    priceUnit: 'carton',
    basePerPriceUnit: 4,
    units: [],
  }
  await makeLot(t.db, { id, orgId: coop.id }, (await makeHub(t.db)).id, 20_000)
  const answer = await writeSku(id, productId, pieces)
  expect([answer.problem.code, pointers(answer)]).toEqual(['bad_units', ['/body/baseUnit has_lots']])
  expect((await t.db.select().from(skus).where(eq(skus.id, id)))[0]?.baseUnit).toBe('g')
})

test('wrong prices are refused and leave the old ones', async () => {
  const sku = await makeSku(t.db, coop.id)
  const buyer = await makeBuyer(t.db)
  const wrong: [object, string[]][] = [
    [{ buyerOrgId: buyer.id, buyerClass: 'wholesale' }, ['/body/buyerClass one_audience']],
    [{ validFrom: '2026-05-01', validTo: '2026-04-30' }, ['/body/validTo before_start']],
    [{ buyerOrgId: coop.id }, ['/body/buyerOrgId no_such_buyer']],
    [{ buyerOrgId: newId() }, ['/body/buyerOrgId no_such_buyer']],
    [
      {
        tiers: [
          { fromUnits: 5, centifen: 2 },
          { fromUnits: 5, centifen: 1 },
        ],
      },
      ['/body/tiers/1 twice'],
    ],
    [
      {
        tiers: [
          { fromUnits: 10, centifen: 300 },
          { fromUnits: 1, centifen: 200 },
        ],
      },
      ['/body/tiers/0 dearer'],
    ],
  ]
  for (const [over, flaws] of wrong) {
    const answer = await writePrices(sku.id, over)
    expect([answer.status, pointers(answer)]).toEqual([422, flaws])
  }
  for (const centifen of [0, -1, 1.5, 1e12]) {
    const answer = await writePrices(sku.id, { tiers: [{ fromUnits: 1, centifen }] })
    expect([centifen, answer.status]).toEqual([centifen, 422])
  }
  expect(
    (await t.db.select().from(prices).where(eq(prices.skuId, sku.id))).map((row) => row.centifen),
  ).toEqual([500_000])
})

test('prices of the same audience and first day are replaced, others stay; a repeat changes nothing', async () => {
  const sku = await makeSku(t.db, coop.id, {}, { priceCentifen: null })
  const today = serviceDayOf(new Date())
  const tiers = [
    { fromUnits: 1, centifen: 210_000 },
    { fromUnits: 20, centifen: 200_000 },
  ]
  await writePrices(sku.id, { validFrom: today, tiers: [{ fromUnits: 3, centifen: 999 }] })
  await writePrices(sku.id, { validFrom: today, buyerClass: 'wholesale' })
  for (let i = 0; i < 2; i++)
    expect((await writePrices(sku.id, { validFrom: today, tiers })).status).toBe(200)
  const rows = await t.db.select().from(prices).where(eq(prices.skuId, sku.id))
  expect(
    rows
      .filter((row) => row.buyerClass === null)
      .map((row) => row.fromUnits)
      .sort((a, b) => a - b),
  ).toEqual([1, 20])
  expect(rows.filter((row) => row.buyerClass === 'wholesale')).toHaveLength(1)
  const list = await t.call('catalogue.listProducts', { query: {} }, lister)
  const shown = list.body.items.flatMap((product) => product.skus).find((one) => one.id === sku.id)
  expect(shown?.tiers).toEqual(tiers)
})

test('its supplier sees every price list that holds or will hold, and strangers none', async () => {
  const sku = await makeSku(t.db, coop.id, {}, { priceCentifen: null })
  const today = serviceDayOf(new Date())
  const from = (ahead: number, over: object = {}) =>
    writePrices(sku.id, { validFrom: addDays(today, ahead), ...over })
  await from(-30, { validTo: addDays(today, -1) })
  await from(-20)
  await from(-10)
  await from(5)
  await from(-1, { buyerClass: 'wholesale' })
  const params = { id: sku.productId }
  const read = await t.call('catalogue.readManagedProduct', { params }, lister)
  expect(read.body.skus.map((one) => one.id)).toEqual([sku.id])
  expect(
    read.body.priceLists.map((list) => [list.buyerClass, list.validFrom, list.inForce, list.tiers.length]),
  ).toEqual([
    [null, addDays(today, 5), false, 1],
    ['wholesale', addDays(today, -1), true, 1],
    [null, addDays(today, -10), true, 1],
    [null, addDays(today, -20), false, 1],
  ])
  const other = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await t.call('catalogue.readManagedProduct', { params }, other)).status).toBe(404)
  expect((await t.call('catalogue.readManagedProduct', { params: { id: newId() } }, lister)).status).toBe(404)
})

test('two writers of the same price list do not clash', async () => {
  const sku = await makeSku(t.db, coop.id, {}, { priceCentifen: null })
  const both = await Promise.all(
    [1, 2, 3, 4].map((n) => writePrices(sku.id, { tiers: [{ fromUnits: 1, centifen: n }] })),
  )
  expect(both.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
  expect(await t.db.select().from(prices).where(eq(prices.skuId, sku.id))).toHaveLength(1)
})
