import { makeOrg } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOfXlsx } from '../documents/sheet.ts'
import { systemCtx } from '../kernel/ctx.ts'
import { testMarket } from '../orders/test-market.ts'
import { reconcile } from '../reports/run-audit.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { followTransfers } from './end-payout.ts'
import { releaseRetentions } from './release-retention.ts'
import { settledTrade } from './test-settled.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const monthAgo = new Date(Date.now() - 40 * 86_400_000)
const today = serviceDayOf(new Date())
const account = {
  holder: '示例合作社',
  bankName: '示例银行三明分行',
  bankCode: '105395000012',
  number: '6222020200112233445',
}

/** A supplier with goods delivered 40 days ago: 1000.00 yuan, less 3 % + 4.00, 4 % held back: 926.00. */
async function owed() {
  const m = await testMarket(t)
  const s = settledTrade(t, m)
  const ops = await makeOrg(t.db, 'operations')
  await s.terms(ops.id)
  const [maker, checker, admin] = await Promise.all([
    t.guest(ops, ['ops_finance']),
    t.guest(ops, ['ops_finance']),
    t.guest(ops, ['admin']),
  ])
  const lister = await t.guest({ id: m.supplier.id, kind: 'coop' }, ['lister'])
  const buyer = await m.shop()
  const pack = await m.goods(40)
  const sell = async (at = monthAgo) => {
    const order = await s.loaded(buyer, [[pack, 2]])
    await s.deliver([order], at)
    return order[0] as NonNullable<(typeof order)[0]>
  }
  const sold = await sell()
  const tell = (body: object = account, id = newId(), who: Guest = lister, orgId = m.supplier.id) =>
    t.call('settlement.writeBankAccount', { params: { orgId, id }, body: body as never }, who)
  /** As if it had been told long ago. */
  const settleAccount = async () => {
    await tell()
    await t.sql`update org_bank_accounts set at = now() - interval '3 days' where org_id = ${m.supplier.id}`
  }
  const party = { orgId: m.supplier.id, purpose: 'payable' as const }
  const propose = (body: object = {}, who: Guest = maker, id = newId()) =>
    t.call(
      'payouts.propose',
      {
        params: { id },
        body: {
          throughDay: today,
          way: 'bank',
          parties: [party],
          expectedTotalFen: 92_600,
          note: '',
          ...body,
        } as never,
      },
      who,
    )
  const act = (route: 'payouts.approve' | 'payouts.send', id: string, version: number, who: Guest) =>
    t.call(route, { params: { id }, body: { version } }, who)
  const due = async () => {
    const list = (await t.call('settlement.suppliers', {}, maker)).body.items
    return list.find((one) => one.orgId === m.supplier.id)
  }
  return {
    m,
    s,
    ops,
    maker,
    checker,
    admin,
    lister,
    sold,
    sell,
    tell,
    settleAccount,
    party,
    propose,
    act,
    due,
  }
}
type Owed = Awaited<ReturnType<typeof owed>>

/** A batch as far as it goes. */
async function sent(o: Owed) {
  await o.settleAccount()
  const made = (await o.propose()).body
  const approved = (await o.act('payouts.approve', made.id, made.version, o.checker)).body
  const out = await o.act('payouts.send', made.id, approved.version, o.maker)
  expect(out.problem?.code).toBeUndefined()
  return { ...out.body, payoutId: out.body.payouts[0]?.id as string }
}

const checks = [
  'payouts_match_ledger',
  'settlement_matches_ledger',
  'clearing_is_even',
  'account_sums_match_transfers',
  'ledger_balances',
  'retentions_match_ledger',
]
async function expectEven(): Promise<void> {
  const found = (await reconcile(t)).filter((check) => checks.includes(check.name) && check.breachCount > 0)
  expect(found).toEqual([])
}

test('nobody is paid without an account, twice, in advance, or another sum than was seen', async () => {
  const o = await owed()
  expect((await o.propose()).problem).toMatchObject({
    code: 'payout_blocked',
    params: { party: o.m.supplier.shortName },
  })
  await o.settleAccount()
  expect((await o.propose({ throughDay: addDays(today, 1) })).problem.code).toBe('due_in_future')
  expect((await o.propose({ expectedTotalFen: 92_599 })).problem).toMatchObject({
    code: 'payout_total_changed',
    params: { total: '¥926.00' },
  })
  expect((await o.propose({ parties: [o.party, o.party] })).problem.code).toBe('not_found')
  expect((await o.propose({ way: 'stripe' })).problem.code).toBe('payout_blocked')
  expect((await o.propose({}, o.admin)).problem.code).toBe('forbidden')
  expect((await o.propose({}, o.lister)).problem.code).toBe('forbidden')
  const id = newId()
  // A double click: both are the one batch.
  for (const made of await Promise.all([o.propose({}, o.maker, id), o.propose({}, o.maker, id)]))
    expect(made.body).toMatchObject({ id, status: 'proposed', totalFen: 92_600, count: 1 })
  expect((await o.propose({}, o.maker, id)).body.id).toBe(id)
  expect((await o.propose({ note: '别的' }, o.maker, id)).problem.code).toBe('id_reused')
  expect((await o.propose()).problem.code).toBe('payout_blocked')
  await t.sql`update organisations set suspended_at = now() where id = ${o.m.supplier.id}`
  expect((await o.due())?.blocks).toEqual(['suspended', 'open_payout'])
})

test('who proposes does not approve, by the product and by the database', async () => {
  const o = await owed()
  await o.settleAccount()
  const { id, version } = (await o.propose()).body
  expect((await o.act('payouts.send', id, version, o.maker)).problem.code).toBe('wrong_state')
  expect((await o.act('payouts.approve', id, version, o.maker)).problem.code).toBe('same_person')
  expect((await o.act('payouts.approve', id, version + 1, o.checker)).problem.code).toBe('stale_version')
  await expect(
    t.sql`update payout_batches set checked_by = made_by, checked_at = now() where id = ${id}`,
  ).rejects.toThrow('four_eyes')
  await expect(t.sql`update payout_batches set status = 'sent' where id = ${id}`).rejects.toThrow(
    'checked_before_sent',
  )
  const approved = await o.act('payouts.approve', id, version, o.checker)
  expect(approved.body).toMatchObject({ status: 'approved', checkedBy: expect.any(String) })
  expect((await o.act('payouts.approve', id, version, o.checker)).status).toBe(200)
})

test('money that was sent is on the way, then arrived; each step again changes nothing', async () => {
  const o = await owed()
  const batch = await sent(o)
  expect(await o.s.balance(o.m.supplier.id, 'payable')).toBe(0)
  expect(await o.s.balance(o.ops.id, 'in_flight')).toBe(92_600)
  expect((await o.act('payouts.send', batch.id, batch.version, o.maker)).body.status).toBe('sent')
  const confirm = (railReference: string) =>
    t.call('payouts.confirm', { params: { id: batch.payoutId }, body: { railReference } }, o.maker)
  expect((await confirm('B-1')).body).toMatchObject({ status: 'done', openCount: 0 })
  expect((await confirm('B-1')).status).toBe(200)
  expect((await confirm('B-2')).problem.code).toBe('id_reused')
  expect(await o.s.balance(o.ops.id, 'in_flight')).toBe(0)
  expect(await o.s.balance(o.ops.id, 'bank')).toBe(92_600)
  const money = (await t.call('settlement.money', { params: { orgId: o.m.supplier.id } }, o.lister)).body
  expect(money).toMatchObject({
    dueFen: 0,
    payouts: [{ status: 'confirmed', amountFen: 92_600, lastFour: '3445' }],
  })
  await expectEven()
})

test('money that came back is owed again, even after it had arrived, and is paid with the next batch', async () => {
  const o = await owed()
  const batch = await sent(o)
  const back = (reason: string) =>
    t.call('payouts.return', { params: { id: batch.payoutId }, body: { reason } }, o.maker)
  expect((await back('')).problem.code).toBe('bad_input')
  await t.call('payouts.confirm', { params: { id: batch.payoutId }, body: { railReference: 'B-7' } }, o.maker)
  expect((await back('户名不符')).body.payouts[0]).toMatchObject({
    status: 'returned',
    returnReason: '户名不符',
  })
  expect((await back('户名不符')).status).toBe(200)
  expect((await back('账号注销')).problem.code).toBe('id_reused')
  expect(await o.s.balance(o.m.supplier.id, 'payable')).toBe(92_600)
  expect(await o.s.balance(o.ops.id, 'in_flight')).toBe(0)
  expect(await o.s.balance(o.ops.id, 'bank')).toBe(0)
  const notices = await t.call('accounts.listNotices', {}, o.lister)
  expect(notices.body.items.some((one) => one.key === 'notice.payout_returned')).toBe(true)
  expect((await o.propose()).body.status).toBe('proposed')
  await expectEven()
})

test('an account told within a day needs somebody other than the proposer to verify it', async () => {
  const o = await owed()
  await o.tell()
  expect((await o.due())?.freshBank).toBe(true)
  const made = (await o.propose()).body
  const payoutId = made.payouts[0]?.id as string
  expect(made.payouts).toMatchObject([{ needsSecond: 'bank_changed', secondBy: null }])
  const approved = (await o.act('payouts.approve', made.id, made.version, o.checker)).body
  const file = () => t.call('payouts.file', { params: { id: made.id, encoding: 'utf8' } }, o.maker)
  expect((await file()).problem.code).toBe('second_approval_missing')
  expect((await o.act('payouts.send', made.id, approved.version, o.maker)).problem.code).toBe(
    'second_approval_missing',
  )
  const verify = (who: Guest) =>
    t.call('payouts.approveNewAccount', { params: { id: payoutId }, body: { how: '回拨登记电话' } }, who)
  expect((await verify(o.maker)).problem.code).toBe('same_person')
  await expect(t.sql`update payouts set status = 'sent' where id = ${payoutId}`).rejects.toThrow(
    'second_before_sent',
  )
  expect((await verify(o.checker)).body.payouts[0]?.secondBy).toEqual(expect.any(String))
  expect((await verify(o.checker)).status).toBe(200)
  expect((await o.act('payouts.send', made.id, approved.version, o.maker)).body.status).toBe('sent')
})

test('the bank’s file says who gets how much, in the encoding asked for, and who took it is known', async () => {
  const o = await owed()
  const batch = await sent(o)
  const file = async (encoding: 'gb18030' | 'utf8') => {
    const answer = await t.app.inject({
      url: `/api/payout-batches/${batch.id}/file/${encoding}`,
      headers: { cookie: o.maker.cookie },
    })
    expect(answer.statusCode).toBe(200)
    return answer.rawPayload
  }
  const text = new TextDecoder('gb18030').decode(await file('gb18030'))
  const [head, row] = text.split('\r\n')
  expect(head).toBe('序号,收款人户名,收款账号,开户行,联行号,金额,用途,付款单号')
  expect(row).toMatch(/^1,示例合作社,6222020200112233445,示例银行三明分行,105395000012,926\.00,货款,F/)
  expect((await file('utf8')).subarray(0, 3).toString('hex')).toBe('efbbbf')
  const taken =
    await t.sql`select count(*)::int as n from events where type = 'payoutBatch.fileTaken' and subject_id = ${batch.id}`
  expect(taken[0]?.['n']).toBe(2)
  const [kept] = await t.sql`select number_sealed from org_bank_accounts where org_id = ${o.m.supplier.id}`
  expect(kept?.['number_sealed']).not.toContain('6222')
})

test('every payout is taken away as a workbook by operations and by nobody else, its account but for four digits', async () => {
  const o = await owed()
  const batch = await sent(o)
  const url = '/api/payout-batches-file'
  const answer = await t.app.inject({ url, headers: { cookie: o.maker.cookie } })
  const [head, first] = await rowsOfXlsx(answer.rawPayload)
  expect(head?.slice(0, 7)).toEqual(['批次', '截至', '付款方式', '收款方', '款项', '金额（元）', '账号尾号'])
  expect(first?.slice(0, 1)).toEqual([batch.number])
  expect(first?.slice(4, 8)).toEqual(['货款', '926', '3445', '已付出'])
  expect(first?.join()).not.toContain('62220202')
  const lister = await t.guest(o.m.supplier, ['lister'])
  expect((await t.app.inject({ url, headers: { cookie: lister.cookie } })).statusCode).toBe(403)
})

test('a claim between proposal and sending stops the batch; what is owed after it carries forward', async () => {
  const o = await owed()
  await o.settleAccount()
  const made = (await o.propose()).body
  await o.s.takeBack(o.sold, { quantity: 20_000, grossFen: 100_000 })
  const late = await o.act('payouts.approve', made.id, made.version, o.checker)
  expect(late.problem).toMatchObject({
    code: 'payout_not_covered',
    params: { party: o.m.supplier.shortName },
  })
  const cancel = () =>
    t.call(
      'payouts.cancel',
      { params: { id: made.id }, body: { version: made.version, reason: '有售后' } },
      o.checker,
    )
  expect((await cancel()).body.status).toBe('cancelled')
  expect((await cancel()).status).toBe(200)
  const sold = await o.sell()
  const batch = await sent(o)
  // Taken back after it was paid: it owes.
  await o.s.takeBack(sold, { quantity: 2_000, grossFen: 10_000 })
  expect(await o.due()).toMatchObject({ dueFen: -9_260, blocks: ['negative'] })
  expect((await o.propose({ expectedTotalFen: 0 })).problem.code).toBe('payout_blocked')
  await o.sell()
  expect(await o.due()).toMatchObject({ dueFen: 92_600 - 9_260, blocks: [] })
  expect(batch.status).toBe('sent')
  await expectEven()
})

test('what was delivered today is not due before its claim window is over', async () => {
  const o = await owed()
  await o.sell(new Date())
  expect(await o.due()).toMatchObject({ balanceFen: 185_200, dueFen: 92_600 })
  const money = (await t.call('settlement.money', { params: { orgId: o.m.supplier.id } }, o.lister)).body
  expect(money.upcoming).toMatchObject([{ amountFen: 92_600 }])
  expect(money.retentions.reduce((sum, one) => sum + one.amountFen, 0)).toBe(8_000)
})

test('two who send at once: the money leaves once', async () => {
  const o = await owed()
  await o.settleAccount()
  const made = (await o.propose()).body
  const approved = (await o.act('payouts.approve', made.id, made.version, o.checker)).body
  const both = await Promise.all(
    [o.maker, o.checker].map((who) => o.act('payouts.send', made.id, approved.version, who)),
  )
  expect(both.map((one) => one.status)).toEqual([200, 200])
  expect(await o.s.balance(o.m.supplier.id, 'payable')).toBe(0)
  await expectEven()
})

test('a retention is given back on its day, once, less what claims took of it', async () => {
  const o = await owed()
  await o.s.takeBack(o.sold, { quantity: 10_000, grossFen: 50_000 })
  const at = (days: number) => systemCtx(t.system(), 'clock', new Date(Date.now() + days * 86_400_000))
  await releaseRetentions(at(0))
  expect(await o.s.balance(o.m.supplier.id, 'retention')).toBe(2_000)
  await Promise.all([releaseRetentions(at(160)), releaseRetentions(at(160))])
  expect(await o.s.balance(o.m.supplier.id, 'retention')).toBe(0)
  expect(await o.s.balance(o.m.supplier.id, 'payable')).toBe(46_300 + 2_000)
  // A claim after that takes from what is payable.
  await o.s.takeBack(o.sold, { quantity: 10_000, grossFen: 50_000 })
  expect(await o.s.balance(o.m.supplier.id, 'payable')).toBe(0)
  expect(await o.s.balance(o.m.supplier.id, 'retention')).toBe(0)
  await expectEven()
})

test('within Stripe the transfer is queued, and its outcome ends the payout', async () => {
  const o = await owed()
  await t.sql`insert into connect_accounts (org_id, provider_account_id, payouts_enabled, created_at)
    values (${o.m.supplier.id}, ${`acct_${newId()}`}, true, now())`
  const made = (await o.propose({ way: 'stripe' })).body
  const approved = (await o.act('payouts.approve', made.id, made.version, o.checker)).body
  expect(
    (await t.call('payouts.file', { params: { id: made.id, encoding: 'utf8' } }, o.maker)).problem.code,
  ).toBe('wrong_state')
  await o.act('payouts.send', made.id, approved.version, o.maker)
  const payoutId = made.payouts[0]?.id as string
  const calls =
    await t.sql`select kind, params->>'amount' as amount from provider_calls where subject_id = ${payoutId}`
  expect(calls).toEqual([{ kind: 'transfer', amount: '92600' }])
  expect(await followTransfers(t.system())).toBe(0)
  await t.sql`update provider_calls set status = 'done', provider_id = 'tr_1' where subject_id = ${payoutId}`
  expect(await followTransfers(t.system())).toBe(1)
  expect(await o.s.balance(o.ops.id, 'stripe')).toBe(92_600)
  expect((await t.call('payouts.read', { params: { id: made.id } }, o.maker)).body).toMatchObject({
    status: 'done',
    payouts: [{ status: 'confirmed', railReference: 'tr_1' }],
  })
  await expectEven()
})

test('bank accounts and money are the party’s own; numbers are never told', async () => {
  const o = await owed()
  const stranger = await t.guest(await makeOrg(t.db, 'coop'), ['lister'])
  expect((await o.tell(account, newId(), stranger)).problem.code).toBe('not_found')
  expect((await o.tell({ ...account, bankCode: '1' })).problem.code).toBe('bad_input')
  const id = newId()
  const told = await o.tell(account, id)
  expect(JSON.stringify(told.body)).not.toContain('62220202')
  expect((await o.tell(account, id)).body).toEqual(told.body)
  expect((await o.tell({ ...account, number: '6222020200112233446' }, id)).problem.code).toBe('id_reused')
  const money = (who: Guest, orgId = o.m.supplier.id) =>
    t.call('settlement.money', { params: { orgId } }, who)
  expect((await money(stranger)).problem.code).toBe('not_found')
  expect((await money(o.maker, o.ops.id)).problem.code).toBe('not_found')
  expect((await money(o.lister)).body.bankAccount).toMatchObject({ lastFour: '3445' })
})

test('terms begin today at the earliest and are never changed', async () => {
  const o = await owed()
  const body = {
    supplierOrgId: o.m.supplier.id,
    validFrom: today,
    feeBp: 100,
    feeBpByCategory: { A1: 50 },
    deliveryFeeCentifen: 0,
    retentionBp: 0,
    retentionMonths: 0,
    rhythm: 'monthly' as const,
    waitDays: 3,
    note: '',
  }
  const write = (over: object = {}, id = newId(), who = o.admin) =>
    t.call('settlement.writeTerms', { params: { id }, body: { ...body, ...over } }, who)
  expect((await write({ validFrom: addDays(today, -1) })).problem.code).toBe('terms_too_early')
  expect((await write({ supplierOrgId: o.ops.id })).problem.code).toBe('not_found')
  expect((await write({ retentionBp: 3_001 })).problem.code).toBe('bad_input')
  expect((await write({}, newId(), o.lister)).problem.code).toBe('forbidden')
  const id = newId()
  expect((await write({}, id)).body).toMatchObject({ feeBp: 100 })
  expect((await write({}, id)).status).toBe(200)
  expect((await write({ feeBp: 200 }, id)).problem.code).toBe('id_reused')
  const own = await t.call('settlement.terms', {}, o.lister)
  expect(own.body.items.map((one) => one.supplierOrgId)).toEqual([o.m.supplier.id, o.m.supplier.id])
  const lines = await t.call('settlement.lines', { params: { orgId: o.m.supplier.id } }, o.lister)
  expect(lines.body.items).toMatchObject([{ grossFen: 100_000, feeBp: 300, netFen: 92_600 }])
})
