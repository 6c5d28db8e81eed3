import { makeLot } from '@huming/db/factories'
import { prices, skus } from '@huming/db/schema/catalogue'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { expectSound, type Market, testMarket } from './test-market.ts'

let t: TestApp
let m: Market
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
})
afterAll(() => t.close())

test('an order promises goods, holds credit and tells it', async () => {
  const buyer = await m.shop()
  const [a, b] = [await m.goods(10), await m.goods(10)]
  const id = newId()
  const order = m.body(buyer, [
    [a.sku, 3],
    [b.sku, 2],
  ])
  const answer = await m.put(buyer, order, id)
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      id,
      number: expect.stringMatching(/^D[0-9A-Z]{9}$/),
      status: 'placed',
      version: 1,
      totalFen: 250_000,
      cutOffAt: expect.any(String),
    },
  ])
  const [lot] = await t.sql`select promised from lots where id = ${a.lot.id}`
  expect(lot?.['promised']).toBe(30_000)
  const [account] = await t.sql`select debits_pending_fen from ledger_accounts where org_id = ${buyer.org.id}`
  expect(account?.['debits_pending_fen']).toBe(250_000)
  const events = await t.sql`select type, payload from events where subject_id = ${id}`
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    type: 'order.placed',
    payload: {
      totalFen: 250_000,
      lines: [{ quantity: 30_000, lots: [{ lotId: a.lot.id, quantity: 30_000 }] }, {}],
    },
  })
  await expectSound(t)
})

test('a repeat gives the same answer; another body under the id is refused', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(10)
  const id = newId()
  const order = m.body(buyer, [[sku, 2]], { note: '放门口' })
  const first = await m.put(buyer, order, id)
  const again = await m.put(buyer, order, id.toUpperCase())
  expect([again.status, again.body]).toEqual([200, first.body])
  const other = await m.put(buyer, { ...order, note: '放后门' }, id)
  expect([other.status, other.problem.code]).toEqual([409, 'id_reused'])
  const rows = await t.sql`select note from orders where id = ${id}`
  expect(rows.map((row) => row['note'])).toEqual(['放门口'])
  await expectSound(t)
})

test('a change frees the old promises and hold and places anew', async () => {
  const buyer = await m.shop({ creditFen: 160_000 })
  const [a, b] = [await m.goods(3), await m.goods(3)]
  const id = newId()
  await m.put(buyer, m.body(buyer, [[a.sku, 3]]), id)
  // Neither stock nor credit would do for both orders at once.
  const change = m.body(
    buyer,
    [
      [a.sku, 1],
      [b.sku, 2],
    ],
    { version: 1 },
  )
  const changed = await m.put(buyer, change, id)
  expect([changed.status, changed.body.version, changed.body.totalFen]).toEqual([200, 2, 150_000])
  expect((await m.put(buyer, change, id)).body).toEqual(changed.body)
  const lots = await t.sql`select promised from lots where id in (${a.lot.id}, ${b.lot.id}) order by 1`
  expect(lots.map((row) => row['promised'])).toEqual([10_000, 20_000])
  const kinds =
    await t.sql`select kind, amount_fen from ledger_transfers where subject_id = ${id} order by id`
  expect(kinds.map((row) => [row['kind'], row['amount_fen']])).toEqual([
    ['hold', 150_000],
    ['hold', 150_000],
    ['void', 150_000],
  ])
  await expectSound(t)
})

test('a refused change leaves the order as it was', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(3)
  const id = newId()
  const placed = await m.put(buyer, m.body(buyer, [[sku, 2]]), id)
  const refused = await m.put(buyer, m.body(buyer, [[sku, 4]], { version: 1 }), id)
  expect([refused.status, refused.problem.code]).toEqual([409, 'not_available'])
  // What the order holds itself counts for it.
  expect(refused.problem['lines']).toEqual([{ skuId: sku.id, availableUnits: 3 }])
  const read = await t.call('orders.read', { params: { id } }, buyer.guest)
  expect(read.body).toMatchObject({ ...placed.body, lines: [{ units: 2, amountFen: 100_000 }] })
  await expectSound(t)
})

test('two editors of one order: the second sees that it has changed', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(20)
  const id = newId()
  await m.put(buyer, m.body(buyer, [[sku, 2]]), id)
  const answers = await Promise.all(
    [3, 4].map((units) => m.put(buyer, m.body(buyer, [[sku, units]], { version: 1 }), id)),
  )
  expect(answers.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find((one) => one.status === 409)?.problem.code).toBe('stale_version')
  await expectSound(t)
})

test('prices are frozen with their reason, the tax rate of the day and the exact amount', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(10, { taxClass: 'processed_food', basePerOrderUnit: 333 })
  await t.db.insert(prices).values({
    id: newId(),
    skuId: sku.id,
    buyerClass: 'snack_shop',
    fromUnits: 2,
    centifen: 123_457,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    createdAt: new Date(),
  })
  // 999 g at 12.3457 yuan per kg is 1233.33543 fen.
  const placed = await m.put(buyer, m.body(buyer, [[sku, 3]], { expectedTotalFen: 1233 }))
  expect(placed.status).toBe(200)
  await t.db.update(prices).set({ centifen: 999_999 }).where(eq(prices.skuId, sku.id))
  const read = await t.call('orders.read', { params: { id: placed.body.id } }, buyer.guest)
  expect(read.body.lines[0]).toMatchObject({
    priceCentifen: 123_457,
    priceReason: 'class',
    taxRateBp: 300,
    quantity: 999,
    amountFen: 1233,
  })
})

test('above the limit a purchaser waits for an approver, an approver does not', async () => {
  const buyer = await m.shop({ org: { approvalAboveFen: 100_000 } })
  const approver = { ...buyer, guest: await t.guest(buyer.org, ['approver']) }
  const { sku } = await m.goods(50)
  expect((await m.place(buyer, [[sku, 2]])).status).toBe('placed')
  const waiting = await m.place(buyer, [[sku, 3]])
  expect(waiting.status).toBe('awaiting_approval')
  expect((await m.place(approver, [[sku, 3]])).status).toBe('placed')
  const params = { id: waiting.id }
  const forbidden = await t.call('orders.approve', { params, body: { version: 1 } }, buyer.guest)
  expect([forbidden.status, forbidden.problem.code]).toEqual([403, 'forbidden'])
  const stale = await t.call('orders.approve', { params, body: { version: 9 } }, approver.guest)
  expect(stale.problem.code).toBe('stale_version')
  const approved = await t.call('orders.approve', { params, body: { version: 1 } }, approver.guest)
  expect([approved.status, approved.body.status]).toEqual([200, 'placed'])
  const again = await t.call('orders.approve', { params, body: { version: 2 } }, approver.guest)
  expect(again.problem.code).toBe('wrong_state')
  const { guest } = buyer
  const raised = await m.put(buyer, m.body(buyer, [[sku, 4]], { version: 2 }), waiting.id)
  expect([guest.orgId, raised.body.status]).toEqual([buyer.org.id, 'awaiting_approval'])
  await expectSound(t)
})

test('a withdrawn pack cannot be ordered, and a full lot is left alone', async () => {
  const buyer = await m.shop()
  const [gone, left] = [await m.goods(10), await m.goods(10)]
  await t.db.update(skus).set({ archivedAt: new Date() }).where(eq(skus.id, gone.sku.id))
  const refused = await m.put(
    buyer,
    m.body(buyer, [
      [left.sku, 1],
      [gone.sku, 1],
    ]),
  )
  expect([refused.status, refused.problem.code]).toEqual([409, 'not_available'])
  expect(refused.problem.pointers).toEqual([{ pointer: '/body/lines/1/units', reason: 'available:0' }])
  const [lot] = await t.sql`select promised from lots where id = ${left.lot.id}`
  expect(lot?.['promised']).toBe(0)
})

test('goods come from the lots that expire first, and only from those fresh enough', async () => {
  const buyer = await m.shop()
  const { sku, lot: late } = await m.goods(2, { minRemainingDays: 5 })
  const soon = await makeLot(t.db, sku, m.hub.id, 20_000, { useByDay: addDays(m.day, 5) })
  const stale = await makeLot(t.db, sku, m.hub.id, 20_000, { useByDay: addDays(m.day, 4) })
  const held = await makeLot(t.db, sku, m.hub.id, 20_000, { stage: 'held' })
  await m.place(buyer, [[sku, 3]])
  const rows = await t.sql<
    { id: string; promised: number }[]
  >`select id, promised from lots where sku_id = ${sku.id}`
  expect(Object.fromEntries(rows.map((row) => [row.id, row.promised]))).toEqual({
    [soon.id]: 20_000,
    [late.id]: 10_000,
    [stale.id]: 0,
    [held.id]: 0,
  })
})
