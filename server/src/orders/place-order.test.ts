import { newId } from '@huming/shared/ids'
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
  const answer = await m.put(
    buyer,
    m.body(buyer, [
      [a.sku, 3],
      [b.sku, 2],
    ]),
    id,
  )
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
