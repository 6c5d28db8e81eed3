import { makeBuyer } from '@huming/db/factories'
import { interestAccruals, statements } from '@huming/db/schema/statements'
import { addDays, instantAt, monthEnd, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balance, claim, handedOver } from '../claims/test-claims.ts'
import { claimChecks } from '../reports/claim-checks.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { accrueInterest, confirmSilent, keepStatements, markPaid, remind } from './keep-statements.ts'
import { makeStatements } from './make-statements.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** After the end of the month in which the goods of a test were delivered. */
const afterCut = () => instantAt(addDays(monthEnd(serviceDayOf(new Date())), 1), 10)

/** A delivered order, its buyer's statement made and sent. */
async function stated() {
  const h = await handedOver(t)
  await makeStatements(t.system(afterCut()))
  const mine = await t.db.select().from(statements).where(eq(statements.orgId, h.buyer.id))
  const id = mine[0]?.id as string
  const sent = await t.call('statements.send', { params: { id }, body: { version: 1 } }, h.finance)
  return { ...h, id, sent: sent.body }
}

const confirm = (id: string, version: number, who: Guest) =>
  t.call('statements.confirm', { params: { id }, body: { version } }, who)

test('a statement is the ledger’s entries, made once, and closes with the account’s balance', async () => {
  const h = await handedOver(t)
  const { id: claimId, sent } = await claim(t, h, { quantity: 2000 })
  const lines = [{ id: sent.body.lines[0]?.id as string, acceptedQuantity: 2000, party: 'supplier' as const }]
  const decision = { version: sent.body.version, reason: '示例', lines }
  await t.call('claims.decide', { params: { id: claimId }, body: decision }, h.finance)
  expect((await makeStatements(t.system())).made).toBe(0)
  const made = await Promise.all([makeStatements(t.system(afterCut())), makeStatements(t.system(afterCut()))])
  expect(made.map((one) => one.made).toSorted((a, b) => a - b)[0]).toBe(0)
  const [buyers] = await t.db.select().from(statements).where(eq(statements.orgId, h.buyer.id))
  expect(buyers).toMatchObject({
    side: 'buyer',
    status: 'open',
    openingFen: 0,
    increasesFen: 50_000,
    decreasesFen: 10_000,
    closingFen: 40_000,
    dueFen: 40_000,
    lineCount: 2,
    toDay: monthEnd(serviceDayOf(new Date())),
    dueOn: addDays(monthEnd(serviceDayOf(new Date())), 30),
  })
  expect(await balance(t, h.buyer.id, 'receivable')).toBe(40_000)
  const [suppliers] = await t.db.select().from(statements).where(eq(statements.orgId, h.supplier.id))
  expect(suppliers?.closingFen).toBe(-(await balance(t, h.supplier.id, 'payable')))
  const unseen = await t.call('statements.read', { params: { id: buyers?.id as string } }, h.buyerFinance)
  expect(unseen.status).toBe(404)
})

test('a line is disputed with its reason, answered, and only then confirmed', async () => {
  const h = await stated()
  const { items } = (await t.call('statements.lines', { params: { id: h.id } }, h.buyerFinance)).body
  const [line] = items
  expect(line).toMatchObject({ reason: 'sale', subjectKind: 'order', amountFen: 50_000 })
  const dispute = (id: string, transferId = line?.transferId as string, who = h.buyerFinance) =>
    t.call(
      'statements.dispute',
      { params: { id: h.id }, body: { id, transferId, reason: '金额不符（示例）' } },
      who,
    )
  expect((await dispute(newId(), newId())).status).toBe(404)
  const stranger = await t.guest(await makeBuyer(t.db), ['buyer_finance'])
  expect((await dispute(newId(), undefined, stranger)).status).toBe(404)
  const disputeId = newId()
  expect((await dispute(disputeId)).body).toMatchObject({ status: 'disputed', openDisputes: 1 })
  expect((await dispute(disputeId)).status).toBe(200)
  expect((await dispute(newId())).problem).toMatchObject({ code: 'already_disputed' })
  expect((await confirm(h.id, 3, h.buyerFinance)).problem).toMatchObject({
    code: 'disputes_open',
    params: { count: 1 },
  })
  const answer = () =>
    t.call(
      'statements.answerDispute',
      { params: { id: h.id }, body: { disputeId, outcome: 'kept', answer: '已核对（示例）' } },
      h.finance,
    )
  expect((await answer()).body).toMatchObject({ status: 'sent', openDisputes: 0 })
  expect((await answer()).problem).toMatchObject({ code: 'wrong_state' })
  expect((await confirm(h.id, 1, h.buyerFinance)).problem).toMatchObject({ code: 'stale_version' })
  const done = await confirm(
    h.id,
    (await t.call('statements.read', { params: { id: h.id } }, h.buyerFinance)).body.version,
    h.buyerFinance,
  )
  expect(done.body).toMatchObject({ status: 'confirmed', confirmedHow: 'person', confirmer: '示例人员' })
  for (const format of ['pdf', 'xlsx']) {
    const file = await t.app.inject({
      url: `/api/statements/${h.id}/file/${format}`,
      headers: { cookie: h.buyerFinance.cookie },
    })
    expect(file.statusCode).toBe(200)
  }
})

test('silence confirms only where the terms say so', async () => {
  const h = await handedOver(t)
  const write = (over: object, id = newId()) =>
    t.call(
      'statements.writeTerms',
      {
        params: { id },
        body: {
          side: 'buyer',
          orgId: h.buyer.id,
          rhythm: 'weekly',
          cutDay: 7,
          dueDays: 30,
          debtorKind: 'public_body',
          autoConfirmDays: 5,
          interest: true,
          validFrom: serviceDayOf(new Date()),
          validTo: '2099-12-31',
          ...over,
        },
      },
      h.finance,
    )
  expect((await write({ dueDays: 61 })).problem).toMatchObject({ code: 'term_too_long' })
  expect((await write({ dueDays: 45 })).problem).toMatchObject({ code: 'term_needs_agreement' })
  expect((await write({ validFrom: '2025-07-01' })).problem).toMatchObject({ code: 'rule_not_ahead' })
  expect((await write({ cutDay: 9 })).status).toBe(422)
  const id = newId()
  expect((await write({ dueDays: 45, agreed: true }, id)).body).toMatchObject({ verdict: 'warn' })
  expect((await write({ dueDays: 45, agreed: true }, id)).status).toBe(200)
  expect((await write({ dueDays: 44, agreed: true }, id)).problem).toMatchObject({ code: 'id_reused' })
  const check = await t.call(
    'statements.checkTerms',
    { query: { debtorKind: 'large_enterprise', dueDays: 61, day: serviceDayOf(new Date()) } },
    h.finance,
  )
  expect(check.body).toMatchObject({ verdict: 'refused', maxDays: 60 })
  const later = instantAt(addDays(serviceDayOf(new Date()), 8), 60)
  await makeStatements(t.system(later))
  const [mine] = await t.db.select().from(statements).where(eq(statements.orgId, h.buyer.id))
  expect(mine?.termsId).toBe(id)
  await t.call('statements.send', { params: { id: mine?.id as string }, body: { version: 1 } }, h.finance)
  await confirmSilent(t.system(addTime(new Date(), 4)))
  const read = async () =>
    (await t.call('statements.read', { params: { id: mine?.id as string } }, h.buyerFinance)).body
  expect((await read()).status).toBe('sent')
  await confirmSilent(t.system(addTime(new Date(), 6)))
  expect(await read()).toMatchObject({ status: 'confirmed', confirmedHow: 'silence', confirmer: null })
  const late = addTime(instantAt(addDays(mine?.dueOn as never, 10), 60), 0)
  await accrueInterest(t.system(late))
  await accrueInterest(t.system(late))
  const rows = await t.db
    .select()
    .from(interestAccruals)
    .where(eq(interestAccruals.statementId, mine?.id as string))
  expect(rows.map((row) => row.microFen)).toEqual(Array.from({ length: 9 }, () => 25_000_000))
  expect(rows.reduce((sum, row) => sum + row.postedFen, 0)).toBe(225)
  expect(await balance(t, h.buyer.id, 'receivable')).toBe(50_225)
  expect((await remind(t.system(late))).told).toBeGreaterThan(0)
  expect((await remind(t.system(late))).told).toBe(0)
  const { items } = (
    await t.call('statements.ageing', { query: { day: addDays(mine?.dueOn as never, 40) } }, h.finance)
  ).body
  expect(items.find((item) => item.orgId === h.buyer.id)).toMatchObject({
    buckets: { not_due: 0, d1_30: 0, d31_60: 50_000 },
    unstatedFen: 225,
    totalFen: 50_225,
  })
})

const addTime = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000)

test('invoices sum to the goods, take their number once, and are taken back by a red one', async () => {
  const h = await stated()
  const prepare = () => t.call('invoices.prepare', { params: { id: h.id }, body: {} }, h.finance)
  expect((await prepare()).problem).toMatchObject({ code: 'wrong_state' })
  await confirm(h.id, h.sent.version, h.buyerFinance)
  expect((await prepare()).body).toEqual({ made: 1 })
  expect((await prepare()).body).toEqual({ made: 0 })
  const [blue] = (await t.call('invoices.list', { query: { statementId: h.id } }, h.buyerFinance)).body.items
  expect(blue).toMatchObject({ status: 'draft', totalFen: 50_000, specialType: '16' })
  const number20 = String(Math.floor(Math.random() * 1e15)).padStart(20, '2')
  const issue = (id: string, no: string) =>
    t.call(
      'invoices.issue',
      { params: { id }, body: { number20: no, issuedOn: serviceDayOf(new Date()) } },
      h.finance,
    )
  expect((await issue(blue?.id as string, number20)).body).toMatchObject({ status: 'issued', number20 })
  expect((await issue(blue?.id as string, number20)).status).toBe(200)
  expect((await issue(blue?.id as string, '1'.repeat(20))).problem).toMatchObject({ code: 'wrong_state' })
  const redId = newId()
  const redden = (id = redId) =>
    t.call(
      'invoices.redden',
      { params: { id: blue?.id as string }, body: { id, confirmation: 'HZ-示例-1' } },
      h.finance,
    )
  expect((await redden()).body).toMatchObject({ status: 'draft', totalFen: -50_000, redOf: blue?.id })
  expect((await redden()).status).toBe(200)
  expect((await redden(newId())).problem).toMatchObject({ code: 'wrong_state' })
  expect((await issue(redId, number20)).problem).toMatchObject({ code: 'invoice_number_taken' })
  await takeNumbersBack(h.finance, { redId, blueId: blue?.id as string, number20 })
  const read = await t.call('invoices.read', { params: { id: blue?.id as string } }, h.finance)
  expect(read.body.status).toBe('reddened')
  for (const format of ['xlsx', 'csv']) {
    const file = await t.app.inject({
      url: `/api/invoices/export/${format}`,
      headers: { cookie: h.finance.cookie },
    })
    expect(file.statusCode).toBe(200)
  }
})

/** Numbers come back in our own file: every wrong row is named, and then nothing of it was taken. */
async function takeNumbersBack(
  who: Guest,
  { redId, blueId, number20 }: { redId: string; blueId: string; number20: string },
): Promise<void> {
  const today = serviceDayOf(new Date())
  const send = async (text: string) => {
    const headers = { 'content-type': 'text/csv', cookie: who.cookie }
    const sent = { method: 'PUT' as const, url: '/api/invoices/numbers', headers, payload: text }
    return (await t.app.inject(sent)).json()
  }
  const file = (...rows: string[]) => ['发票流水号,数电票号码,开票日期,购买方名称', ...rows].join('\n')
  expect((await send('发票流水号,金额\nx,1')).code).toBe('invoice_columns_missing')
  const fresh = `9${number20.slice(1)}`
  const bad = await send(
    file(
      `${redId},${fresh},${today},示例`,
      `x,${fresh},${today},`,
      `${newId()},8${number20.slice(1)},${today},`,
      `${redId},2.5E+19,${today},`,
      `${redId},${fresh},昨天,`,
      `${redId},7${number20.slice(1)},${today},`,
      `${blueId},${'3'.repeat(20)},${today},`,
      `${redId},,,`,
    ),
  )
  expect(bad).toMatchObject({ code: 'invoice_rows_bad', params: { lines: '3, 4, 5, 6, 7, 8' } })
  const reasons = bad.pointers.map((one: { reason: string }) => one.reason)
  expect(reasons).toEqual(['id', 'unknown', 'number', 'day', 'twice', 'state'])
  const taken = await send(file(`${redId},${number20},${today},`))
  expect(taken.pointers).toEqual([{ pointer: '/rows/2', reason: 'taken' }])
  const lines = file(`${redId},${fresh},${today.replaceAll('-', '/')},`, `${redId},${fresh},${today},`)
  expect(await send(lines)).toEqual({ issued: 1, already: 0 })
  expect(await send(lines)).toEqual({ issued: 0, already: 1 })
}

test('a statement without goods has nothing to invoice', async () => {
  const h = await stated()
  await confirm(h.id, h.sent.version, h.buyerFinance)
  await t.sql`update order_lines set delivered_quantity = 0 where order_id = ${h.orderId}`
  const none = await t.call('invoices.prepare', { params: { id: h.id }, body: {} }, h.finance)
  expect(none.problem).toMatchObject({ code: 'nothing_to_invoice' })
})

test('a write-off needs a second person; payments mark a statement paid and their loss takes it back', async () => {
  const h = await stated()
  const ask = (id = newId()) =>
    t.call(
      'statements.askWriteOff',
      { params: { id: h.id }, body: { id, reason: '门店关闭（示例）' } },
      h.finance,
    )
  expect((await ask()).problem).toMatchObject({ code: 'wrong_state' })
  await confirm(h.id, h.sent.version, h.buyerFinance)
  const writeOffId = newId()
  expect((await ask(writeOffId)).body.writeOff).toMatchObject({ amountFen: 50_000 })
  const decide = (who: Guest, approve = true) =>
    t.call('statements.decideWriteOff', { params: { id: h.id }, body: { writeOffId, approve } }, who)
  expect((await decide(h.finance)).problem).toMatchObject({ code: 'second_person_needed' })
  const paymentId = newId()
  await t.sql`insert into payments (id, org_id, method, purpose, subject_id, amount_fen, received_fen, status, event_id, created_at, expires_at)
    values (${paymentId}, ${h.buyer.id}, 'transfer', 'statement', ${h.id}, 50000, 50000, 'succeeded', ${newId()}, now(), now())`
  const allocate = (fen: number) =>
    t.sql`insert into payment_allocations (id, payment_id, statement_id, fen, event_id, at)
      values (${newId()}, ${paymentId}, ${h.id}, ${fen}, ${newId()}, now())`
  await allocate(50_000)
  expect((await decide(h.second)).problem).toMatchObject({ code: 'nothing_open' })
  const status = async () =>
    (await t.call('statements.read', { params: { id: h.id } }, h.finance)).body.status
  await markPaid(t.system())
  expect(await status()).toBe('paid')
  await allocate(-20_000)
  await markPaid(t.system())
  expect(await status()).toBe('confirmed')
  expect((await decide(h.second)).body).toMatchObject({ status: 'written_off', writeOff: null })
  expect(await balance(t, h.buyer.id, 'receivable')).toBe(30_000)
})

test('the clock’s round can be played again and again', async () => {
  await handedOver(t)
  await keepStatements(t.system(afterCut()))
  const before = await t.sql`select count(*)::int as n, sum(closing_fen)::int8 as fen from statements`
  await keepStatements(t.system(afterCut()))
  expect(await t.sql`select count(*)::int as n, sum(closing_fen)::int8 as fen from statements`).toEqual(
    before,
  )
})

test('a month closes when nothing is open, keeps entries out, and opens again by two people', async () => {
  const h = await handedOver(t)
  const month = '2025-03'
  const close = (one = month) => t.call('months.close', { params: { month: one }, body: {} }, h.finance)
  expect((await close(serviceDayOf(new Date()).slice(0, 7))).problem).toMatchObject({
    code: 'month_not_over',
  })
  const never = await t.call('months.askOpen', { params: { month }, body: { reason: '示例' } }, h.finance)
  expect(never.status).toBe(404)
  expect((await close()).problem).toMatchObject({ code: 'month_not_ready', params: { count: 1 } })
  await t.call('reports.runAudit', {}, await t.guest(h.operations, ['admin']))
  await t.sql`update audit_runs set checks = '[]'`
  expect((await close()).body).toMatchObject({ status: 'closed' })
  expect((await close()).status).toBe(200)
  const late = t.sql`insert into ledger_transfers (id, kind, debit_account_id, credit_account_id, amount_fen, subject_id, event_id, at)
    select ${newId()}, 'direct', min(id::text)::uuid, max(id::text)::uuid, 1, ${newId()}, ${newId()}, '2025-03-31T20:00+08' from ledger_accounts`
  await expect(late).rejects.toThrow('the books of 2025-03 are closed')
  const ask = await t.call('months.askOpen', { params: { month }, body: { reason: '示例' } }, h.finance)
  expect(ask.body).toMatchObject({ status: 'opening', openReason: '示例' })
  const decide = (who: Guest, approve: boolean) =>
    t.call('months.decideOpen', { params: { month }, body: { approve } }, who)
  expect((await decide(h.finance, true)).problem).toMatchObject({ code: 'second_person_needed' })
  expect((await decide(h.second, true)).body).toMatchObject({ status: 'open' })
  expect((await decide(h.second, true)).problem).toMatchObject({ code: 'wrong_state' })
  expect((await close()).body).toMatchObject({ status: 'closed', openAsker: null })
  const months = (await t.call('months.list', {}, h.finance)).body.items
  expect(months).toHaveLength(12)
  for (const format of ['xlsx', 'pdf']) {
    const file = await t.app.inject({
      url: `/api/months/${month}/file/${format}`,
      headers: { cookie: h.finance.cookie },
    })
    expect(file.statusCode).toBe(200)
  }
})

test('a verb that would book into a closed month is refused as such', async () => {
  const h = await handedOver(t)
  const { id, sent } = await claim(t, h, { quantity: 5000 })
  const month = serviceDayOf(new Date()).slice(0, 7)
  await t.sql`insert into month_closes (month, status, closed_by, closed_at, checklist)
    values (${month}, 'closed', ${h.finance.personId}, now(), '[]')`
  const lines = [{ id: sent.body.lines[0]?.id as string, acceptedQuantity: 5000, party: 'supplier' as const }]
  const decision = { version: sent.body.version, reason: '示例', lines }
  const refused = await t.call('claims.decide', { params: { id }, body: decision }, h.finance)
  await t.sql`delete from month_closes where month = ${month}`
  expect(refused.problem).toMatchObject({ code: 'period_closed' })
})

test('after all this the audit finds nothing wrong with claims, statements, interest and invoices', async () => {
  const h = await handedOver(t)
  const admin = await t.guest(h.operations, ['admin'])
  const { checks } = (await t.call('reports.runAudit', {}, admin)).body
  const names = claimChecks.map(({ name }) => name)
  const mine = checks.filter(({ name }) => (names as string[]).includes(name))
  expect(mine.map(({ name, breachCount, checked }) => [name, breachCount, checked > 0])).toEqual(
    names.map((name) => [name, 0, true]),
  )
})
