import { openDb } from '@huming/db/client'
import { makeLot, makeOrg } from '@huming/db/factories'
import { addDays, instantAt } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { requestOf, type TestApp, testApp } from '../test-app.ts'
import { closeDueCutOffs } from './close-cut-off.ts'
import { rebalanceLot } from './rebalance-lot.ts'
import { expectSound, type Market, type Shop, testMarket } from './test-market.ts'

/** Two server processes' worth of app on one database: locks in the database must do. */
let t: TestApp
let m: Market
let other: Awaited<ReturnType<typeof buildApp>>
let otherDb: ReturnType<typeof openDb>
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  otherDb = openDb(t.url, { max: 8 })
  other = await buildApp({ ...otherDb, sample: true, filesDir: '/nowhere' })
})
afterAll(async () => {
  await other.close()
  await otherDb.close()
  await t.close()
})

type Order = ReturnType<Market['body']>
type Answer = { status: number; code: string | undefined; body: Record<string, unknown> }
let turn = 0
/** Sends to one app and the other in turn. */
async function put(buyer: Shop, body: Order, id: string = newId()): Promise<Answer> {
  const app = turn++ % 2 === 0 ? t.app : other
  const answer = await app.inject({
    ...requestOf('orders.place', { params: { id }, body }),
    headers: { cookie: buyer.guest.cookie },
  })
  const json = answer.json()
  return { status: answer.statusCode, code: json.code, body: json }
}

/** How often each outcome came. */
const outcomes = (answers: readonly Answer[]) =>
  Object.fromEntries(
    Map.groupBy(answers, (one) => one.code ?? String(one.status))
      .entries()
      .map(([key, list]) => [key, list.length]),
  )

test('500 buyers want one carton each of 100: exactly 100 get it', { timeout: 120_000 }, async () => {
  const { sku, lot } = await m.goods(100)
  const buyers: Shop[] = []
  for (let i = 0; i < 25; i++) buyers.push(...(await Promise.all(Array.from({ length: 20 }, () => m.shop()))))
  const answers = await Promise.all(buyers.map((buyer) => put(buyer, m.body(buyer, [[sku, 1]]))))
  expect(outcomes(answers)).toEqual({ 200: 100, not_available: 400 })
  const [row] = await t.sql`select promised, promisable from lots where id = ${lot.id}`
  expect(row).toEqual({ promised: 1_000_000, promisable: 1_000_000 })
  await expectSound(t)
})

test('one order sent ten times at once is placed once', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(100)
  for (let round = 0; round < 5; round++) {
    const [id, body] = [newId(), m.body(buyer, [[sku, 2]])]
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(buyer, body, id)))
    expect(outcomes(answers)).toEqual({ 200: 10 })
    expect(new Set(answers.map((one) => JSON.stringify(one.body))).size).toBe(1)
    const [row] = await t.sql`
      select (select count(*)::int4 from orders where id = ${id}) as orders,
        (select count(*)::int4 from ledger_transfers where subject_id = ${id}) as transfers,
        (select count(*)::int4 from events where subject_id = ${id}) as events`
    expect(row).toEqual({ orders: 1, transfers: 1, events: 1 })
  }
  await expectSound(t)
})

test('two different orders under one id at once: one is placed, the other refused', async () => {
  const buyer = await m.shop()
  const { sku } = await m.goods(100)
  for (let round = 0; round < 5; round++) {
    const id = newId()
    const answers = await Promise.all(
      [1, 2, 3, 4].map((units) => put(buyer, m.body(buyer, [[sku, units]]), id)),
    )
    expect(outcomes(answers)).toEqual({ 200: 1, id_reused: 3 })
  }
  await expectSound(t)
})

test('one buyer’s orders at once never pass the credit line', async () => {
  const buyer = await m.shop({ creditFen: 260_000 })
  const { sku } = await m.goods(100)
  const answers = await Promise.all(Array.from({ length: 12 }, () => put(buyer, m.body(buyer, [[sku, 1]]))))
  expect(outcomes(answers)).toEqual({ 200: 5, credit_exceeded: 7 })
  await expectSound(t)
})

test('a refused order harms none of those it was decided with', async () => {
  const buyers = await Promise.all(Array.from({ length: 6 }, () => m.shop()))
  const { sku } = await m.goods(30)
  const answers = await Promise.all(
    buyers.flatMap((buyer) => [
      put(buyer, m.body(buyer, [[sku, 2]])),
      put(buyer, m.body(buyer, [[sku, 2]], { expectedTotalFen: 1 })),
      put(buyer, m.body(buyer, [[sku, 1000]])),
      put(buyer, m.body(buyer, [[sku, 1]], { siteId: newId() })),
    ]),
  )
  expect(outcomes(answers)).toEqual({ 200: 6, total_changed: 6, not_available: 6, not_found: 6 })
  await expectSound(t)
})

test('an order that breaks its batch fails alone', async () => {
  const buyers = await Promise.all(Array.from({ length: 5 }, () => m.shop()))
  const { sku } = await m.goods(30)
  const [first] = buyers as [Shop]
  const id = newId()
  await put(first, m.body(first, [[sku, 1]]), id)
  // Another id that makes the same number: the database refuses it only when the rows are written.
  const twin = id.slice(0, 2) + (id[2] === 'f' ? '0' : 'f') + id.slice(3)
  expect(sayableNumber('D', twin)).toBe(sayableNumber('D', id))
  const answers = await Promise.all([
    ...buyers.map((buyer) => put(buyer, m.body(buyer, [[sku, 1]]))),
    put(first, m.body(first, [[sku, 1]]), twin),
    ...buyers.map((buyer) => put(buyer, m.body(buyer, [[sku, 1]]))),
  ])
  expect(outcomes(answers)).toEqual({ 200: 10, id_reused: 1 })
  await expectSound(t)
})

test('placing while the cut-off closes: accepted before it and frozen, or refused', async () => {
  const buyers = await Promise.all(
    Array.from({ length: 12 }, () => m.shop({ org: { buyerClass: 'breakfast' } })),
  )
  const { sku } = await m.goods(1000)
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const day = addDays(m.today, 3)
  const orders = buyers.flatMap((buyer) =>
    [0, 1, 2].map(() => put(buyer, m.body(buyer, [[sku, 1]], { day }))),
  )
  const close = t.call(
    'orders.closeCutOff',
    { params: { hubId: m.hub.id }, body: { day, buyerClass: 'breakfast' } },
    admin,
  )
  const late = buyers.map((buyer) => put(buyer, m.body(buyer, [[sku, 1]], { day })))
  const answers = await Promise.all([...orders, ...late])
  const closed = await close
  const counts = outcomes(answers)
  expect(Object.keys(counts).filter((key) => key !== '200' && key !== 'cut_off_passed')).toEqual([])
  expect(closed.body.frozenOrders).toBe(counts['200'] ?? 0)
  const open =
    await t.sql`select status from orders where hub_id = ${m.hub.id} and day = ${day} and status <> 'frozen'`
  expect(open).toEqual([])
  const after = await put(buyers[0] as Shop, m.body(buyers[0] as Shop, [[sku, 1]], { day }))
  expect(after.code).toBe('cut_off_passed')
  // Other classes still order for the day.
  const shop = await m.shop()
  expect((await put(shop, m.body(shop, [[sku, 1]], { day }))).status).toBe(200)
  await expectSound(t)
})

test('a change while its promise moves to another lot sees it where it is', async () => {
  const buyer = await m.shop()
  for (let round = 0; round < 10; round++) {
    const [a, b] = [await m.goods(8), await m.goods(8)]
    await makeLot(t.db, a.sku, m.hub.id, 50_000)
    const id = newId()
    await put(buyer, m.body(buyer, [[a.sku, 1]]), id)
    const [changed] = await Promise.all([
      put(buyer, m.body(buyer, [[b.sku, 1]], { version: 1 }), id),
      t.db.transaction((tx) =>
        rebalanceLot(tx, t.system(), a.lot.id, { promisable: 0, reason: 'supply_short' }),
      ),
    ])
    expect(changed.status).toBe(200)
  }
  await expectSound(t)
})

test('the clock closes each cut-off once, however many close it at once', async () => {
  const own = await testMarket(t)
  const buyer = await own.shop({ org: { approvalAboveFen: 100_000 } })
  const { sku } = await own.goods(100)
  const [small, large] = [await own.place(buyer, [[sku, 1]]), await own.place(buyer, [[sku, 5]])]
  expect([small.status, large.status]).toEqual(['placed', 'awaiting_approval'])
  const before = instantAt(addDays(own.day, -1), 1438)
  const nothing = await closeDueCutOffs(t.system(before))
  expect(nothing.frozenOrders).toBe(0)
  const due = instantAt(addDays(own.day, -1), 1439)
  const runs = await Promise.all([1, 2, 3].map(() => closeDueCutOffs(t.system(due))))
  const sum = (pick: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + pick(run), 0)
  expect([sum((run) => run.lapsedOrders), (await closeDueCutOffs(t.system(due))).closed]).toEqual([1, 0])
  const rows = await t.sql<{ id: string; status: string; reason: string | null }[]>`
    select id, status, cancel_reason as reason from orders where org_id = ${buyer.org.id} order by total_fen`
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { id: small.id, status: 'frozen', reason: null },
    { id: large.id, status: 'cancelled', reason: 'not_approved_in_time' },
  ])
  const events = await t.sql`
    select count(*)::int4 as n from events where type = 'cutoff.closed' and hub_id = ${own.hub.id}
      and payload->>'buyerClass' = 'snack_shop' and payload->>'day' = ${own.day}`
  expect(events[0]?.['n']).toBe(1)
  const told = await t.sql`select key from notices where org_id = ${buyer.org.id}`
  expect(told.map((row) => row['key'])).toEqual(['notice.order_lapsed'])
  await expectSound(t)
})

test('placing, changing, cancelling and losing stock in any order keeps the books sound', {
  timeout: 180_000,
}, async () => {
  const act = fc.record({
    kind: fc.constantFrom('place', 'change', 'change', 'cancel', 'lose', 'place'),
    buyer: fc.nat(2),
    order: fc.nat(5),
    units: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }),
    lot: fc.nat(5),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    rule: fc.constantFrom('partial' as const, 'cancel_line' as const),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
      async (rounds) => {
        const own = await testMarket(t)
        const buyers = await Promise.all([300_000, 900_000, null].map((creditFen) => own.shop({ creditFen })))
        const goods = await Promise.all([8, 8, 20].map((cartons) => own.goods(cartons)))
        const lots = [
          ...goods.map((one) => one.lot),
          ...(await Promise.all(goods.map((one) => makeLot(t.db, one.sku, own.hub.id, 50_000)))),
        ]
        const known: { id: string; buyer: Shop; version: number }[] = []
        for (const round of rounds) {
          await Promise.all(
            round.map(async (one) => {
              const lines = goods.flatMap(({ sku }, i) => {
                const units = one.units[i] ?? 0
                return units > 0 ? [[sku, units] as const] : []
              })
              const order = known[one.order % Math.max(1, known.length)]
              if (one.kind === 'lose') {
                const lot = lots[one.lot] as (typeof lots)[number]
                const promisable = Math.floor((lot.promisable * one.part) / 1000) * 1000
                await t.db.transaction((tx) =>
                  rebalanceLot(tx, t.system(), lot.id, { promisable, reason: 'supply_short' }),
                )
              } else if (one.kind === 'place' || !order) {
                const [buyer, id] = [buyers[one.buyer] as Shop, newId()]
                const answer = await put(buyer, own.body(buyer, lines, { shortageRule: one.rule }), id)
                if (answer.status === 200) known.push({ id, buyer, version: 1 })
                else expect(['order_empty', 'not_available', 'credit_exceeded']).toContain(answer.code)
              } else if (one.kind === 'change') {
                const body = own.body(order.buyer, lines, { version: order.version, shortageRule: one.rule })
                const answer = await put(order.buyer, body, order.id)
                if (answer.status === 200) order.version = answer.body['version'] as number
                else
                  expect([
                    'order_empty',
                    'not_available',
                    'credit_exceeded',
                    'stale_version',
                    'wrong_state',
                  ]).toContain(answer.code)
              } else {
                const answer = await t.call(
                  'orders.cancel',
                  { params: { id: order.id }, body: {} },
                  order.buyer.guest,
                )
                expect(answer.status).toBe(200)
              }
            }),
          )
          await expectSound(t)
        }
      },
    ),
    { numRuns: 15 },
  )
})
