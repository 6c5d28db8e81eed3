import { makeOrg } from '@huming/db/factories'
import { cutOffRules } from '@huming/db/schema/orders'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconcile } from '../reports/run-audit.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { finishDeliveries } from './finish-delivery.ts'
import { expectSound, type Market, type Shop, stateOf, testMarket } from './test-market.ts'

let t: TestApp
let m: Market
let admin: Guest
let stranger: Shop
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  stranger = await m.shop()
})
afterAll(() => t.close())

const cancel = (who: Guest, id: string) =>
  t.call('orders.cancel', { params: { id }, body: { reason: '多订了' } }, who)
const accept = (who: Guest, id: string) => t.call('orders.accept', { params: { id }, body: {} }, who)
/** As if loaded: picking and driving are other features. */
const load = (id: string) => t.sql`update orders set status = 'loaded', frozen_at = now() where id = ${id}`
const linesOf = (id: string) =>
  t.sql<
    { id: string; quantity: number }[]
  >`select id, quantity from order_lines where order_id = ${id} order by line_no`

test('cancelling gives goods and credit back, once', async () => {
  const buyer = await m.shop({ creditFen: 100_000 })
  const { sku, lot } = await m.goods(2)
  const order = await m.place(buyer, [[sku, 2]])
  expect((await cancel(stranger.guest, order.id)).problem.code).toBe('not_found')
  expect((await cancel(buyer.guest, order.id)).body).toEqual({ id: order.id, status: 'cancelled' })
  const state = await stateOf(t)
  expect((await cancel(buyer.guest, order.id)).status).toBe(200)
  expect(await stateOf(t)).toBe(state)
  const [row] = await t.sql`select promised from lots where id = ${lot.id}`
  expect(row?.['promised']).toBe(0)
  expect((await m.put(buyer, m.body(buyer, [[sku, 2]]))).status).toBe(200)
  const again = await m.put(buyer, m.body(buyer, [[sku, 1]], { version: 2 }), order.id)
  expect([again.status, again.problem.code]).toEqual([409, 'wrong_state'])
  await expectSound(t)
})

test('after the cut-off nothing is changed, cancelled or approved any more', async () => {
  const own = await testMarket(t)
  const buyer = await own.shop({ org: { approvalAboveFen: 60_000 } })
  const approver = await t.guest(buyer.org, ['approver'])
  const { sku } = await own.goods(10)
  const [placed, waiting] = [await own.place(buyer, [[sku, 1]]), await own.place(buyer, [[sku, 2]])]
  // The clock passes; the job has not closed it yet.
  await t.db.update(cutOffRules).set({ daysBefore: 14 }).where(eq(cutOffRules.hubId, own.hub.id))
  const state = await stateOf(t)
  const answers = [
    await cancel(buyer.guest, placed.id),
    await own.put(buyer, own.body(buyer, [[sku, 2]], { version: 1 }), placed.id),
    // Neither may it be moved to a later day.
    await own.put(buyer, own.body(buyer, [[sku, 2]], { version: 1, day: addDays(own.today, 20) }), placed.id),
    await t.call('orders.approve', { params: { id: waiting.id }, body: { version: 1 } }, approver),
  ]
  expect(answers.map((one) => one.problem.code)).toEqual(Array.from({ length: 4 }, () => 'cut_off_passed'))
  expect(await stateOf(t)).toBe(state)
  const closed = await t.call(
    'orders.closeCutOff',
    { params: { hubId: own.hub.id }, body: { day: own.day, buyerClass: null } },
    admin,
  )
  expect(closed.body).toEqual({ frozenOrders: 1, lapsedOrders: 1 })
  expect((await cancel(buyer.guest, placed.id)).problem.code).toBe('cut_off_passed')
  const frozen = await own.put(buyer, own.body(buyer, [[sku, 2]], { version: 1 }), placed.id)
  expect(frozen.problem.code).toBe('cut_off_passed')
  // A repeat of what was accepted is still answered.
  expect((await own.put(buyer, own.body(buyer, [[sku, 1]]), placed.id)).body.status).toBe('frozen')
  await expectSound(t)
})

test('a delivery ends at its true weight, and the hold is posted with it', async () => {
  const buyer = await m.shop()
  const finance = await t.guest(buyer.org, ['buyer_finance'])
  const { sku, lot } = await m.goods(10, { catchWeight: true })
  const other = await m.goods(10)
  const order = await m.place(buyer, [
    [sku, 2],
    [other.sku, 2],
  ])
  await load(order.id)
  const [weighed, refused] = await linesOf(order.id)
  const lines = [
    {
      lineId: weighed?.id as string,
      deliveredQuantity: 20_333,
      refusedQuantity: 0,
      refuseReason: null,
      lots: [{ lotId: lot.id, quantity: 20_333 }],
    },
    {
      lineId: refused?.id as string,
      deliveredQuantity: 10_000,
      refusedQuantity: 10_000,
      refuseReason: '冻伤',
      lots: [{ lotId: other.lot.id, quantity: 10_000 }],
    },
  ]
  const finish = () => t.db.transaction((tx) => finishDeliveries(tx, t.system(), [[order.id, lines]]))
  // 20.333 kg at 50.00 yuan and one carton of two.
  expect(await finish()).toEqual([{ status: 'delivered', finalFen: 101_665 + 50_000 }])
  await expect(finish()).rejects.toMatchObject({ code: 'wrong_state' })
  const credit = await t.call('orders.credit', {}, finance)
  expect(credit.body).toMatchObject({ heldFen: 0, owedFen: 151_665, availableFen: 100_000_000 - 151_665 })
  const read = await t.call('orders.read', { params: { id: order.id } }, buyer.guest)
  expect(read.body).toMatchObject({
    status: 'delivered',
    finalFen: 151_665,
    lines: [{ finalFen: 101_665 }, { finalFen: 50_000, refusedQuantity: 10_000, refuseReason: '冻伤' }],
  })
  await expectSound(t)
})

test('what weighs more than was held is owed beside the hold; what was not handed over is not', async () => {
  const buyer = await m.shop()
  const { sku, lot } = await m.goods(10, { catchWeight: true })
  const heavy = await m.place(buyer, [[sku, 1]])
  await load(heavy.id)
  const [line] = await linesOf(heavy.id)
  await t.db.transaction((tx) =>
    finishDeliveries(tx, t.system(), [
      [
        heavy.id,
        [
          {
            lineId: line?.id as string,
            deliveredQuantity: 10_400,
            refusedQuantity: 0,
            refuseReason: null,
            lots: [{ lotId: lot.id, quantity: 10_400 }],
          },
        ],
      ],
    ]),
  )
  const kinds = await t.sql<{ kind: string; amount_fen: number }[]>`
    select kind, amount_fen from ledger_transfers
    where subject_id = ${heavy.id} and reason = 'sale' order by kind`
  expect(kinds.map((one) => [one.kind, one.amount_fen])).toEqual([
    ['direct', 2000],
    ['hold', 50_000],
    ['post', 50_000],
  ])
  const failed = await m.place(buyer, [[sku, 1]])
  await load(failed.id)
  const ended = await t.db.transaction((tx) => finishDeliveries(tx, t.system(), [[failed.id, []]]))
  expect(ended).toEqual([{ status: 'failed', finalFen: 0 }])
  const [account] = await t.sql`
    select debits_pending_fen, debits_posted_fen from ledger_accounts where org_id = ${buyer.org.id}`
  expect(account).toEqual({ debits_pending_fen: 0, debits_posted_fen: 52_000 })
  const sums = await t.sql`
    select sum(debits_pending_fen - credits_pending_fen)::int8 as pending,
      sum(debits_posted_fen - credits_posted_fen)::int8 as posted from ledger_accounts`
  expect(sums[0]).toEqual({ pending: 0, posted: 0 })
  await expectSound(t)
})

test('above the tolerance nothing is charged before the buyer agrees, and then it is settled too', async () => {
  const buyer = await m.shop({ roles: ['purchaser', 'acceptor'] })
  const { sku, lot } = await m.goods(10, { catchWeight: true, toleranceBp: 500 })
  const heavy = async () => {
    const order = await m.place(buyer, [[sku, 1]])
    await load(order.id)
    const [line] = await linesOf(order.id)
    const lineId = line?.id as string
    const handed = { lineId, deliveredQuantity: 11_000, refusedQuantity: 0, refuseReason: null }
    const lots = [{ lotId: lot.id, quantity: 11_000 }]
    const told = [[order.id, [{ ...handed, lots }]]] as const
    const ended = await t.db.transaction((tx) => finishDeliveries(tx, t.system(), told))
    expect(ended).toEqual([{ status: 'delivered', finalFen: 52_500 }])
    return { id: order.id, lineId }
  }
  const answer = (about: { id: string; lineId: string }, agree: boolean, who = buyer.guest) =>
    t.call('orders.answerWeight', { params: about, body: { agree } }, who)
  const sums = async (id: string) => {
    const [row] = await t.sql<{ final: number; owed: number; settled: number; quantity: number }[]>`
      select l.final_fen as final, (select sum(amount_fen) filter (where kind <> 'hold') from ledger_transfers
          where subject_id = ${id} and reason = 'sale')::int8 as owed,
        (select sum(gross_fen) from settlement_lines where order_id = ${id})::int8 as settled,
        (select sum(quantity) from settlement_lines where order_id = ${id})::int8 as quantity
      from order_lines l where l.order_id = ${id}`
    return row && [row.final, row.owed, row.settled, row.quantity]
  }
  const first = await heavy()
  expect(await sums(first.id)).toEqual([52_500, 52_500, 52_500, 10_500])
  const read = await t.call('orders.read', { params: { id: first.id } }, buyer.guest)
  expect(read.body.lines[0]?.weight).toMatchObject({
    billedQuantity: 10_500,
    excessFen: 2_500,
    status: 'asked',
  })
  expect((await answer(first, true, stranger.guest)).status).not.toBe(200)
  const both = await Promise.all([answer(first, true), answer(first, true)])
  expect(both.map((one) => one.status)).toEqual([200, 200])
  expect(await sums(first.id)).toEqual([55_000, 55_000, 55_000, 11_000])
  expect((await answer(first, false)).problem?.code).toBe('wrong_state')
  const second = await heavy()
  expect((await answer(second, false)).status).toBe(200)
  expect(await sums(second.id)).toEqual([52_500, 52_500, 52_500, 10_500])
  const third = await heavy()
  await t.sql`update weight_questions set asked_at = now() - interval '8 days' where order_line_id = ${third.lineId}`
  expect((await answer(third, true)).problem?.code).toBe('weight_answer_late')
  const [left] = await t.sql`
    select sum(debits_posted_fen - credits_posted_fen)::int8 as posted from ledger_accounts`
  expect(left?.['posted']).toBe(0)
  await expectSound(t)
  // Asked, agreed and declined: the self-audit takes none of them for a wrong sum.
  const [audit] = (await reconcile(t)).filter((one) => one.name === 'line_amount_is_price_times_quantity')
  expect(audit).toMatchObject({ breachCount: 0 })
})

test('a shop accepts by one person, a canteen by two', async () => {
  for (const [buyerClass, needed] of [
    ['snack_shop', 1],
    ['canteen_university', 2],
  ] as const) {
    const buyer = await m.shop({ org: { buyerClass } })
    const [one, two] = [await t.guest(buyer.org, ['acceptor']), await t.guest(buyer.org, ['acceptor'])]
    const { sku } = await m.goods(10)
    const { id } = await m.place(buyer, [[sku, 1]])
    expect((await accept(one, id)).problem.code).toBe('wrong_state')
    await t.sql`update orders set status = 'delivered' where id = ${id}`
    expect((await accept(await t.guest(stranger.org, ['acceptor']), id)).problem.code).toBe('not_found')
    const first = await accept(one, id)
    expect(first.body).toEqual({ id, status: needed === 1 ? 'accepted' : 'delivered', accepted: 1, needed })
    const again = await accept(one, id)
    if (needed === 1) expect(again.body).toEqual(first.body)
    else {
      expect([again.status, again.problem.code]).toEqual([409, 'needs_second_person'])
      expect((await accept(two, id)).body).toEqual({ id, status: 'accepted', accepted: 2, needed })
      const both = await Promise.all([accept(one, id), accept(two, id)])
      expect(both.map((answer) => answer.body.accepted)).toEqual([2, 2])
    }
    const read = await t.call('orders.read', { params: { id } }, buyer.guest)
    expect([read.body.acceptances.length, read.body.acceptancesNeeded]).toEqual([needed, needed])
  }
})

test('a day with orders cannot be closed; an empty one can, and be opened again', async () => {
  const own = await testMarket(t)
  const buyer = await own.shop()
  const { sku } = await own.goods(10)
  const order = await own.place(buyer, [[sku, 1]])
  const write = (closed: boolean, who = admin) =>
    t.call(
      'orders.writeClosedDay',
      { params: { hubId: own.hub.id, day: own.day }, body: { closed, reason: '台风' } },
      who,
    )
  expect((await write(true, buyer.guest)).problem.code).toBe('forbidden')
  expect((await write(true)).problem.code).toBe('wrong_state')
  await cancel(buyer.guest, order.id)
  expect((await write(true)).status).toBe(200)
  expect((await own.put(buyer, own.body(buyer, [[sku, 1]]))).problem.code).toBe('day_closed')
  const days = await t.call('orders.deliveryDays', { params: { siteId: buyer.site.id } }, buyer.guest)
  expect(days.body.days.find((one) => one.day === own.day)).toMatchObject({
    open: false,
    reason: 'day_closed',
    closedReason: '台风',
  })
  expect((await write(false)).status).toBe(200)
  expect((await own.put(buyer, own.body(buyer, [[sku, 1]]))).status).toBe(200)
  const unknown = await t.call(
    'orders.writeClosedDay',
    { params: { hubId: newId(), day: own.day }, body: { closed: true } },
    admin,
  )
  expect(unknown.problem.code).toBe('not_found')
})
