import { makeOrg, makeSupplier } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testMarket } from '../orders/test-market.ts'
import { reconcile } from '../reports/run-audit.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { settledTrade } from './test-settled.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())

async function brokered() {
  const m = await testMarket(t)
  const s = settledTrade(t, m)
  const ops = await makeOrg(t.db, 'operations')
  const broker = await makeOrg(t.db, 'broker')
  await s.terms(ops.id)
  const admin = await t.guest(ops, ['admin'])
  const agent = await t.guest(broker, ['broker'])
  return { m, s, ops, broker, admin, agent }
}

const mandateBody = (brokerOrgId: string, principalOrgId: string) => ({
  brokerOrgId,
  principalOrgId,
  validFrom: today,
  validTo: addDays(today, 100),
  commissionBasis: 'lump' as const,
  commissionRate: 500,
  supplierPaysBp: 2_500,
})

test('a principal has one broker at a time; parties and commission of a mandate never change', async () => {
  const { m, ops, broker, admin, agent } = await brokered()
  const body = mandateBody(broker.id, m.supplier.id)
  const write = (over: object = {}, id = newId(), who: Guest = admin) =>
    t.call('commission.writeMandate', { params: { id }, body: { ...body, ...over } }, who)
  expect((await write({}, newId(), agent)).problem.code).toBe('forbidden')
  expect((await write({ validFrom: addDays(today, -1) })).problem.code).toBe('mandate_too_early')
  expect((await write({ brokerOrgId: ops.id })).problem.code).toBe('not_found')
  expect((await write({ commissionBasis: null })).problem.code).toBe('bad_input')
  const id = newId()
  expect((await write({}, id)).body).toMatchObject({ commissionRate: 500, principalOrgId: m.supplier.id })
  expect((await write({}, id)).status).toBe(200)
  expect((await write({ commissionRate: 600 }, id)).problem.code).toBe('id_reused')
  const other = await makeOrg(t.db, 'broker')
  expect((await write({ brokerOrgId: other.id, validFrom: addDays(today, 50) })).problem).toMatchObject({
    code: 'mandate_overlaps',
    params: { broker: broker.shortName },
  })
  const end = (validTo: string) =>
    t.call('commission.endMandate', { params: { id }, body: { validTo } }, admin)
  expect((await end(addDays(today, -2))).problem.code).toBe('mandate_too_early')
  expect((await end(addDays(today, 49))).body.validTo).toBe(addDays(today, 49))
  expect((await write({ brokerOrgId: other.id, validFrom: addDays(today, 50) })).status).toBe(200)
  expect((await end(addDays(today, 60))).problem.code).toBe('mandate_overlaps')
  const seen = await t.call('commission.mandates', {}, agent)
  expect(seen.body.items.map((one) => one.id)).toEqual([id])
})

test('two mandates for a principal at once: one is given', async () => {
  const { m, broker, admin } = await brokered()
  const other = await makeOrg(t.db, 'broker')
  const both = await Promise.all(
    [broker.id, other.id].map((id) =>
      t.call(
        'commission.writeMandate',
        { params: { id: newId() }, body: mandateBody(id, m.supplier.id) },
        admin,
      ),
    ),
  )
  expect(both.map((one) => one.status).toSorted()).toEqual([200, 409])
})

test('a lump is earned once an order, shared by supplier and platform, and told with its why', async () => {
  const { m, s, ops, broker, agent } = await brokered()
  await s.mandate({
    brokerOrgId: broker.id,
    commissionBasis: 'lump',
    commissionRate: 501,
    supplierPaysBp: 2_500,
    platformOrgId: ops.id,
  })
  const [one, two] = [await m.goods(4), await m.goods(4)]
  await s.deliver([
    await s.loaded(await m.shop(), [
      [one, 1],
      [two, 2],
    ]),
  ])
  expect(await s.balance(broker.id, 'commission')).toBe(501)
  const lines = await t.call('settlement.lines', { params: { orgId: broker.id } }, agent)
  expect(lines.body.items.map((line) => line.commissionBasis)).toEqual(['lump', 'lump'])
  const money = await t.call('settlement.money', { params: { orgId: broker.id } }, agent)
  // Frozen until the claim window has passed.
  expect(money.body).toMatchObject({ side: 'broker', dueFen: 0, balances: { commissionFen: 501 } })
  expect(money.body.upcoming).toEqual([{ day: addDays(today, 8), amountFen: 501 }])
  const orders = await t.call('commission.orders', { params: { orgId: m.supplier.id } }, agent)
  expect(orders.body.items.map((line) => line.amountFen)).toEqual([100_000, 50_000])
  const foreign = await makeSupplier(t.db)
  expect((await t.call('commission.orders', { params: { orgId: foreign.id } }, agent)).problem.code).toBe(
    'not_found',
  )
})

test('a broker objects once, in time, to its own; what was missing comes out of the fees', async () => {
  const { m, s, ops, broker, admin, agent } = await brokered()
  await s.mandate({ brokerOrgId: broker.id, commissionRate: 100 })
  const pack = await m.goods(10)
  const buyer = await m.shop()
  await s.deliver([await s.loaded(buyer, [[pack, 2]])])
  await s.deliver([await s.loaded(buyer, [[pack, 1]])], new Date(Date.now() - 70 * 86_400_000))
  const { items } = (await t.call('settlement.lines', { params: { orgId: broker.id } }, agent)).body
  const fresh = items.find((line) => line.grossFen === 100_000)
  const old = items.find((line) => line.grossFen === 50_000)
  const object = (settlementLineId = fresh?.id, id = newId(), who: Guest = agent, reason = '约定百分之二') =>
    t.call(
      'commission.contest',
      { params: { id }, body: { settlementLineId: settlementLineId ?? '', reason } },
      who,
    )
  const stranger = await t.guest(await makeOrg(t.db, 'broker'), ['broker'])
  expect((await object(fresh?.id, newId(), stranger)).problem.code).toBe('not_found')
  expect((await object(old?.id)).problem).toMatchObject({
    code: 'commission_contest_late',
    params: { days: 60 },
  })
  const id = newId()
  expect((await object(fresh?.id, id)).body).toMatchObject({ status: 'open', commissionFen: 1_000 })
  expect((await object(fresh?.id, id)).status).toBe(200)
  expect((await object(fresh?.id, id, agent, '另外的话')).problem.code).toBe('id_reused')
  expect((await object()).problem.code).toBe('commission_contested')
  const answer = (body: { uphold: boolean; answer: string; addedFen: number }, who: Guest = admin) =>
    t.call('commission.answer', { params: { id }, body }, who)
  expect((await answer({ uphold: true, answer: '已补', addedFen: 1 }, agent)).problem.code).toBe('forbidden')
  expect((await answer({ uphold: false, answer: '不补', addedFen: 1 })).problem.code).toBe('bad_input')
  const upheld = { uphold: true, answer: '已补', addedFen: 1_000 }
  expect((await answer(upheld)).body).toMatchObject({ status: 'upheld', addedFen: 1_000 })
  expect((await answer(upheld)).status).toBe(200)
  expect((await answer({ ...upheld, addedFen: 2_000 })).problem.code).toBe('wrong_state')
  expect(await s.balance(broker.id, 'commission')).toBe(2_500)
  expect(await s.balance(ops.id, 'fees')).toBe(3_400 + 1_700 - 1_000)
  const list = await t.call('commission.contests', { query: { limit: 1 } }, agent)
  expect(list.body.items.map((one) => one.id)).toEqual([id])
  const broken = (await reconcile(t)).filter(
    (check) => ['settlement_matches_ledger', 'ledger_balances'].includes(check.name) && check.breachCount > 0,
  )
  expect(broken).toEqual([])
})
