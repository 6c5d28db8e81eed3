import { makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Market, testMarket } from '../orders/test-market.ts'
import { reconcile } from '../reports/run-audit.ts'
import { settledTrade } from '../settlement/test-settled.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { reverseLines, type TakenBack } from './reverse-lines.ts'
import { transfer } from './transfer.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

async function trade() {
  const m = await testMarket(t)
  const platform = (await makeOrg(t.db, 'operations')).id
  return { m, s: settledTrade(t, m), platform }
}

const moneyChecks = [
  'settlement_matches_ledger',
  'clearing_is_even',
  'lines_settle_to_final',
  'reversals_within_sale',
  'account_sums_match_transfers',
  'ledger_balances',
  'final_sum_is_posted',
]
async function expectEven(): Promise<void> {
  const found = (await reconcile(t)).filter(
    (check) => moneyChecks.includes(check.name) && check.breachCount > 0,
  )
  expect(found).toEqual([])
}

/** A credit to the buyer for goods that the supplier answers for, as a claim gives it. */
async function credit(m: Market, buyerOrgId: string, taken: readonly TakenBack[], subjectId = newId()) {
  return inTransaction(t, async (tx) => {
    const eventId = await emit(tx, t.system(), { type: 'test.credited', subjectId })
    const back = await reverseLines(tx, t.system(), { subjectId, eventId }, taken)
    await transfer(tx, new Date(), [
      ...back,
      {
        debit: { orgId: m.hub.orgId, purpose: 'sales' },
        credit: { orgId: buyerOrgId, purpose: 'receivable' },
        amountFen: taken.reduce((sum, one) => sum + one.grossFen, 0),
        reason: 'credit_note',
        subjectId,
        eventId,
      },
    ])
  })
}

test('one delivery settles buyer, supplier, platform and broker, and the clearing is even', async () => {
  const { m, s, platform } = await trade()
  await s.terms(platform)
  const { brokerOrgId } = await s.mandate({ supplierPaysBp: 5_000, platformOrgId: platform })
  const buyer = await m.shop()
  const order = await s.loaded(buyer, [[await m.goods(10), 2]])
  await s.deliver([order])
  // 20 kg at 50 yuan: 1000.00; fee 3 % + 0.20 a kg = 34.00; 2 % commission by halves; 4 % held back.
  const [line] = await s.linesOf(order[0]?.orderId as string)
  expect(line).toMatchObject({
    quantity: 20_000,
    gross_fen: 100_000,
    fee_fen: 3_400,
    commission_supplier_fen: 1_000,
    commission_platform_fen: 1_000,
    retention_fen: 4_000,
    net_fen: 91_600,
    broker_org_id: brokerOrgId,
  })
  expect(await s.balance(m.supplier.id, 'payable')).toBe(91_600)
  expect(await s.balance(m.supplier.id, 'retention')).toBe(4_000)
  expect(await s.balance(brokerOrgId, 'commission')).toBe(2_000)
  expect(await s.balance(platform, 'fees')).toBe(2_400)
  expect(await s.balance(m.hub.orgId, 'sales')).toBe(0)
  expect(await s.balance(buyer.org.id, 'receivable')).toBe(-100_000)
  await expectEven()
})

test('terms and mandates written after an order was placed do not touch it', async () => {
  const { m, s, platform } = await trade()
  const buyer = await m.shop()
  const pack = await m.goods(10)
  const order = await s.loaded(buyer, [[pack, 1]])
  const later = new Date(Date.now() + 1000)
  await s.terms(platform, { at: later })
  await s.mandate({ writtenAt: later })
  await s.deliver([order])
  expect(await s.linesOf(order[0]?.orderId as string)).toMatchObject([
    { terms_id: null, mandate_id: null, net_fen: 50_000 },
  ])
  // Of several rows the latest begun holds, however late it was written.
  const newer = await s.terms(platform, { validFrom: '2025-01-01', feeBp: 100 })
  await s.terms(platform, { validFrom: '2024-06-01', feeBp: 900 })
  const next = await s.loaded(buyer, [[pack, 1]])
  await s.deliver([next])
  expect(await s.linesOf(next[0]?.orderId as string)).toMatchObject([{ terms_id: newer.id, fee_fen: 700 }])
  await expectEven()
})

test('a mandate that ran out earns nothing', async () => {
  const { m, s } = await trade()
  await s.mandate({ validTo: '2025-12-31' })
  const order = await s.loaded(await m.shop(), [[await m.goods(1), 1]])
  await s.deliver([order])
  expect(await s.linesOf(order[0]?.orderId as string)).toMatchObject([{ broker_org_id: null }])
})

test('what is credited comes back from all in proportion, never twice, and the sale itself stays', async () => {
  const { m, s, platform } = await trade()
  await s.terms(platform)
  const { brokerOrgId } = await s.mandate()
  const buyer = await m.shop()
  const [piece] = await s.loaded(buyer, [[await m.goods(10), 2]])
  const sold = piece as NonNullable<typeof piece>
  await s.deliver([[sold]])
  const part = { orderLineId: sold.orderLineId, lotId: sold.lotId }
  await expect(credit(m, buyer.org.id, [{ ...part, quantity: 20_001, grossFen: 1 }])).rejects.toMatchObject({
    code: 'more_than_settled',
  })
  await expect(
    credit(m, buyer.org.id, [{ ...part, lotId: newId(), quantity: 1, grossFen: 1 }]),
  ).rejects.toMatchObject({ code: 'not_found' })
  await credit(m, buyer.org.id, [{ ...part, quantity: 5_000, grossFen: 25_000 }])
  expect(await s.balance(brokerOrgId, 'commission')).toBe(1_500)
  expect(await s.balance(platform, 'fees')).toBe(2_550)
  await expect(
    credit(m, buyer.org.id, [
      { ...part, quantity: 10_000, grossFen: 50_000 },
      { ...part, quantity: 5_001, grossFen: 25_000 },
    ]),
  ).rejects.toMatchObject({ code: 'more_than_settled' })
  const rest = [
    { ...part, quantity: 10_000, grossFen: 50_001 },
    { ...part, quantity: 5_000, grossFen: 24_999 },
  ]
  await credit(m, buyer.org.id, rest)
  for (const [org, purpose] of [
    [m.supplier.id, 'payable'],
    [m.supplier.id, 'retention'],
    [brokerOrgId, 'commission'],
    [m.hub.orgId, 'sales'],
    [buyer.org.id, 'receivable'],
  ] as const)
    expect([purpose, await s.balance(org, purpose)]).toEqual([purpose, 0])
  expect(await s.balance(platform, 'fees')).toBe(0)
  expect(await s.linesOf(sold.orderId)).toHaveLength(4)
  await expectEven()
})

test('two claims at once at one lot: together they never take more than was sold', async () => {
  const { m, s } = await trade()
  const buyer = await m.shop()
  const [piece] = await s.loaded(buyer, [[await m.goods(10), 2]])
  const sold = piece as NonNullable<typeof piece>
  await s.deliver([[sold]])
  const take = { orderLineId: sold.orderLineId, lotId: sold.lotId, quantity: 12_000, grossFen: 60_000 }
  const both = await Promise.allSettled([credit(m, buyer.org.id, [take]), credit(m, buyer.org.id, [take])])
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await s.balance(m.supplier.id, 'payable')).toBe(40_000)
  await expectEven()
})

test('doors that close at once with goods of the same suppliers wait for each other and none is lost', async () => {
  const { m, s, platform } = await trade()
  await s.terms(platform)
  await s.mandate()
  const packs = await Promise.all([m.goods(100), m.goods(100)])
  const doors = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const buyer = await m.shop()
      return [await s.loaded(buyer, [[packs[0], 1]]), await s.loaded(buyer, [[packs[1], 2]])]
    }),
  )
  await Promise.all(doors.map((orders) => s.deliver(orders)))
  expect(await s.balance(m.hub.orgId, 'sales')).toBe(0)
  // 18 cartons of 500 yuan less 3 % + 2 yuan, 2 % and 4 %.
  expect(await s.balance(m.supplier.id, 'payable')).toBe(18 * 45_300)
  await expectEven()
})

test('entries, settlement lines and terms cannot be changed or deleted', async () => {
  for (const statement of [
    'update ledger_transfers set amount_fen = 1',
    'delete from ledger_transfers',
    'update settlement_lines set net_fen = 1',
    'delete from settlement_lines',
    'update supplier_terms set fee_bp = 0',
  ])
    await expect(t.sql.unsafe(statement)).rejects.toThrow('append-only')
})

test('nothing is written for nothing', async () => {
  const { m, platform } = await trade()
  const side = (orgId: string) => ({ orgId, purpose: 'payable' as const })
  const move = { debit: side(m.supplier.id), credit: side(platform), reason: 'fee' as const }
  const of = { subjectId: newId(), eventId: newId() }
  expect(
    await t.db.transaction((tx) => transfer(tx, new Date(), [{ ...move, ...of, amountFen: 0 }])),
  ).toEqual([])
  await expect(
    t.db.transaction((tx) => transfer(tx, new Date(), [{ ...move, ...of, amountFen: -5 }])),
  ).rejects.toThrow('Failed query')
})
