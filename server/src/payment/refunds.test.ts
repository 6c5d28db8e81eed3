import { statements, statementTerms } from '@huming/db/schema/statements'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../ledger/transfer.ts'
import { reconcile } from '../reports/run-audit.ts'
import { allocatePrepaid, openStatements } from './allocate.ts'
import { act } from './stand-in/pay-page.ts'
import { type PayWorld, payWorld } from './test-pay.ts'

let w: PayWorld
beforeAll(async () => {
  // Every notice is lost: what follows is found by our own looks.
  w = await payWorld({ lose: 1000 })
})
afterAll(() => w.close())

type Buyer = Awaited<ReturnType<PayWorld['buyer']>>
type Method = 'card' | 'alipay' | 'wechat_pay'

async function paid(buyer: Buyer, amountFen: number, method: Method, statementId: string | null = null) {
  const id = newId()
  const body = {
    method,
    purpose: statementId ? ('statement' as const) : ('prepay' as const),
    subjectId: statementId,
    amountFen,
  }
  const begun = await w.t.call('payments.start', { params: { id }, body }, buyer.payer)
  expect(begun.status, JSON.stringify(begun.problem)).toBe(200)
  await w.work()
  const intent = [...w.provider.books.intents.values()].find((one) => one.metadata['payment_id'] === id)
  if (!intent) throw new Error('no intent')
  act(w.provider.books, intent, method, 'succeed')
  await w.look()
  const charge = w.provider.books.charges.get(intent.latest_charge ?? '')
  if (!charge) throw new Error('no charge')
  return { id, charge }
}
const read = async (buyer: Buyer, id: string) =>
  (await w.t.call('payments.read', { params: { id } }, buyer.payer)).body
const ask = (paymentId: string, amountFen: number, id = newId()) =>
  w.t.call('refunds.ask', { params: { id }, body: { paymentId, amountFen, reason: '少送' } }, w.finance)
const decide = (id: string, approve = true, who = w.second, version = 1) =>
  w.t.call('refunds.decide', { params: { id }, body: { approve, version } }, who)
const refundOf = async (id: string) =>
  (await w.t.call('refunds.list', { query: {} }, w.finance)).body.items.find((row) => row.id === id)

async function statement(orgId: string, dueFen: number, dueOn: string) {
  const accountId = await w.t.db.transaction((tx) => openAccount(tx, orgId, 'receivable'))
  const [terms] = await w.t.db
    .insert(statementTerms)
    .values({
      id: newId(),
      side: 'buyer',
      orgId,
      rhythm: 'monthly',
      cutDay: 31,
      dueDays: 30,
      debtorKind: 'other',
      interest: false,
      validFrom: '2026-01-01',
      validTo: '2099-12-31',
      verdict: 'ok',
      verdictSource: '示例',
      writtenAt: new Date(),
    })
    .returning()
  const id = newId()
  const sums = { openingFen: 0, increasesFen: dueFen, decreasesFen: 0, closingFen: dueFen, dueFen }
  const days = { fromDay: '2026-10-01', toDay: dueOn, dueOn }
  await w.t.db.insert(statements).values({
    id,
    number: `T-${id.slice(-12)}`,
    side: 'buyer',
    orgId,
    accountId,
    termsId: terms?.id as string,
    status: 'sent',
    lineCount: 1,
    madeAt: new Date(),
    ...days,
    ...sums,
  })
  return id
}

test('a refund is asked by one and let go by another, and never more than is left', async () => {
  const buyer = await w.buyer()
  const { id } = await paid(buyer, 10_000, 'alipay')
  expect((await ask(id, 10_001)).problem).toMatchObject({ code: 'refund_too_large' })
  const first = newId()
  expect((await ask(id, 6_000, first)).status).toBe(200)
  expect((await ask(id, 6_000, first)).status).toBe(200)
  expect((await ask(id, 5_000, first)).problem.code).toBe('id_reused')
  expect((await decide(first, true, w.finance)).problem.code).toBe('second_person_needed')
  expect((await decide(first, true, w.second, 7)).problem.code).toBe('stale_version')
  const other = newId()
  await ask(id, 6_000, other)
  expect((await decide(first)).status).toBe(200)
  // Both together would be more than was paid: the second one finds too little left.
  expect((await decide(other)).problem.code).toBe('refund_too_large')
  expect((await decide(other, false)).status).toBe(200)
  await w.work()
  expect(await refundOf(first)).toMatchObject({ status: 'succeeded', decidedBy: { id: w.second.personId } })
  expect(await w.net(buyer.id, 'receivable')).toBe(-4_000)
  expect(await read(buyer, id)).toMatchObject({ refundedFen: 6_000, prepaidFen: 4_000 })
  expect((await decide(first, true, w.second, 3)).problem.code).toBe('wrong_state')
})

test('a payment not made, or too old for its method, gives nothing back', async () => {
  const buyer = await w.buyer()
  const open = newId()
  const body = { method: 'alipay' as const, purpose: 'prepay' as const, amountFen: 100 }
  await w.t.call('payments.start', { params: { id: open }, body }, buyer.payer)
  expect((await ask(open, 100)).problem.code).toBe('wrong_state')
  const { id } = await paid(buyer, 500, 'wechat_pay')
  await w.t.sql`update payments set completed_at = completed_at - interval '181 days' where id = ${id}`
  expect((await ask(id, 500)).problem).toMatchObject({ code: 'refund_too_late' })
})

test('WeChat refunds end later, for good or for ill', async () => {
  const buyer = await w.buyer()
  const { id, charge } = await paid(buyer, 9_000, 'wechat_pay')
  const refund = newId()
  await ask(id, 9_000, refund)
  await decide(refund)
  await w.work()
  expect((await refundOf(refund))?.status).toBe('pending')
  expect(await w.net(buyer.id, 'receivable')).toBe(0)
  const there = [...w.provider.books.refunds.values()].find((one) => one.charge === charge.id)
  if (!there) throw new Error('no refund at the provider')
  w.provider.books.endRefund(there, 'failed')
  await w.look()
  expect(await refundOf(refund)).toMatchObject({ status: 'failed', failure: 'unknown' })
  expect(await w.net(buyer.id, 'receivable')).toBe(-9_000)
})

test('a refund made at the provider itself is found and booked once', async () => {
  const buyer = await w.buyer()
  const { charge } = await paid(buyer, 4_000, 'card')
  w.provider.books.refund(charge, 1_500, {})
  await w.look()
  await w.look()
  expect(await w.net(buyer.id, 'receivable')).toBe(-2_500)
})

test('a refund by bank transfer is under way until somebody writes down that it left', async () => {
  const buyer = await w.buyer()
  const file = `流水号,交易日期,对方户名,贷方金额,附言\nR-1,2026-11-24,某店,50.00,${(await w.t.call('payments.options', {}, buyer.payer)).body.payCode}`
  await w.t.app.inject({
    method: 'PUT',
    url: `/api/bank-imports/${newId()}`,
    headers: { 'content-type': 'text/csv', cookie: w.finance.cookie },
    payload: file,
  })
  const list = await w.t.call('payments.list', { query: {} }, buyer.payer)
  const paymentId = list.body.items[0]?.id as string
  const id = newId()
  await ask(paymentId, 5_000, id)
  const settle = (arrived: boolean, version: number) =>
    w.t.call('refunds.settle', { params: { id }, body: { arrived, reference: 'OUT-1', version } }, w.finance)
  expect((await settle(true, 1)).problem.code).toBe('wrong_state')
  await decide(id)
  expect(await w.net(buyer.id, 'receivable')).toBe(0)
  expect(await w.net(w.house.id, 'in_flight')).toBe(-5_000)
  expect((await settle(true, 3)).status).toBe(200)
  expect(await w.net(w.house.id, 'in_flight')).toBe(0)
  expect(await w.net(w.house.id, 'bank')).toBe(0)
})

test.each(['won', 'lost'] as const)('a dispute holds the money until it is %s', async (end) => {
  const buyer = await w.buyer()
  const before = { there: await w.net(w.house.id, 'stripe'), fees: await w.net(w.house.id, 'stripe_fees') }
  const { id, charge } = await paid(buyer, 20_000, 'card')
  const dispute = w.provider.books.dispute(charge)
  await w.look()
  expect(await w.net(w.house.id, 'disputed')).toBe(20_000)
  expect(await read(buyer, id)).toMatchObject({ dispute: 'open' })
  expect((await ask(id, 1)).problem.code).toBe('refund_too_large')
  w.provider.books.endDispute(dispute, end)
  await w.look()
  await w.look()
  expect(await w.net(w.house.id, 'disputed')).toBe(0)
  expect(await w.net(buyer.id, 'receivable')).toBe(end === 'won' ? -20_000 : 0)
  const fees = 680 + (end === 'won' ? 0 : 1500)
  expect((await w.net(w.house.id, 'stripe_fees')) - before.fees).toBe(fees)
  expect((await w.net(w.house.id, 'stripe')) - before.there).toBe((end === 'won' ? 20_000 : 0) - fees)
  const list = await w.t.call('disputes.list', { query: { status: end } }, w.finance)
  expect(list.body.items[0]).toMatchObject({ paymentId: id, amountFen: 20_000, status: end })
})

test('a payment pays the statement it is for, then the oldest; the rest waits for the next one', async () => {
  const buyer = await w.buyer()
  const [old, newer] = [
    await statement(buyer.id, 3_000, '2026-10-31'),
    await statement(buyer.id, 5_000, '2026-11-15'),
  ]
  const stranger = await statement((await w.buyer()).id, 100, '2026-11-15')
  const wrong = await w.t.call('payments.options', { query: { statementId: stranger } }, buyer.payer)
  expect(wrong.problem.code).toBe('payment_subject_wrong')
  const code = (await w.t.call('payments.options', { query: { statementId: newer } }, buyer.payer)).body
    .payCode
  expect(code).not.toBe((await w.t.call('payments.options', {}, buyer.payer)).body.payCode)
  const { id } = await paid(buyer, 10_000, 'alipay', newer)
  expect(await read(buyer, id)).toMatchObject({
    prepaidFen: 2_000,
    allocations: [
      { statementId: newer, fen: 5_000 },
      { statementId: old, fen: 3_000 },
    ],
  })
  const next = await statement(buyer.id, 2_500, '2026-11-30')
  await w.t.db.transaction((tx) => allocatePrepaid(tx, new Date(), buyer.id, newId()))
  await w.t.db.transaction((tx) => allocatePrepaid(tx, new Date(), buyer.id, newId()))
  expect(await openStatements(w.t.db, buyer.id)).toEqual([{ id: next, openFen: 500 }])
  // What goes back opens the statement that was paid last again.
  const refund = newId()
  await ask(id, 3_000, refund)
  await decide(refund)
  await w.work()
  const open = await openStatements(w.t.db, buyer.id)
  expect(open.reduce((sum, one) => sum + one.openFen, 0)).toBe(3_500)
  await w.t.db.update(statements).set({ status: 'paid' }).where(eq(statements.id, old))
})

const broken = async () =>
  (await reconcile(w.t))
    .filter((check) => check.breachCount > 0 && own.includes(check.name))
    .map((check) => check.name)
const own = [
  'payments_booked_once',
  'bank_mirrors_lines',
  'unmatched_is_open_lines',
  'allocations_within_payment',
  'refunds_match_ledger',
]

test('the audit finds nothing after all this, and finds what is planted', async () => {
  expect(await broken()).toEqual([])
  const plant = async (name: string, change: () => Promise<unknown>, back: () => Promise<unknown>) => {
    await change()
    expect(await broken()).toContain(name)
    await back()
    expect(await broken()).toEqual([])
  }
  const { sql } = w.t
  const payments = (by: number) => () =>
    sql`update payments set received_fen = received_fen + ${by} where status = 'succeeded'`
  await plant('payments_booked_once', payments(1), payments(-1))
  const lines = (by: number) => () => sql`update bank_lines set amount_fen = amount_fen + ${by}`
  await plant('bank_mirrors_lines', lines(1), lines(-1))
  const status = (from: string, to: string) => () =>
    sql`
    update bank_lines set status = ${to}, payment_id = case when ${to} = 'matched' then reason::uuid end,
      reason = case when ${to} = 'matched' then '' else payment_id::text end where status = ${from}`
  await plant('unmatched_is_open_lines', status('matched', 'unmatched'), status('unmatched', 'matched'))
  const allocated = (by: number) => () => sql`update payment_allocations set fen = fen + ${by} where fen > 0`
  await plant('allocations_within_payment', allocated(5_000_000), allocated(-5_000_000))
  const refunded = (by: number) => () =>
    sql`update refunds set amount_fen = amount_fen + ${by} where status = 'succeeded'`
  await plant('refunds_match_ledger', refunded(1), refunded(-1))
})
