import { loadOrders } from '@huming/db/seed/load'
import { seedOnce } from '@huming/db/seed/run'
import { testDb } from '@huming/db/test-db'
import { reconcile } from '@huming/server/reports/run-audit'
import { expect, test } from 'vitest'

type Db = Awaited<ReturnType<typeof testDb>>

async function inDatabase(work: (t: Db) => Promise<void>): Promise<void> {
  const t = await testDb({ statementTimeout: 0 })
  try {
    await work(t)
  } finally {
    await t.close()
  }
}

async function expectSound(t: Db): Promise<void> {
  const checks = await reconcile({ sql: t.sql })
  expect(checks.length).toBeGreaterThan(10)
  expect(checks.filter((check) => check.breachCount > 0)).toEqual([])
}

const numberOf = async (t: Db, status: string): Promise<number> => {
  const [row] = await t.sql<{ n: number }[]>`select count(*)::int as n from orders where status = ${status}`
  return row?.n ?? 0
}

test.each([
  ['just after midnight', '2026-11-23T16:10:00Z'],
  ['at noon', '2026-11-24T04:05:00Z'],
  ['in a summer night', '2026-07-31T18:30:00Z'],
  ['on New Year’s Eve after the cut-off', '2026-12-31T15:30:00Z'],
])('the sample data, first started %s, stands up to the self-audit', async (_, start) => {
  await inDatabase(async (t) => {
    await seedOnce(t.url, new Date(start))
    await expectSound(t)
    expect(await numberOf(t, 'accepted')).toBeGreaterThan(100)
    const strained = await t.sql`
      select org_id from ledger_accounts
      where (debits_pending_fen + debits_posted_fen - credits_posted_fen) * 2 > credit_limit_fen`
    expect(strained).toEqual([])
  })
})

test('load adds exactly the orders asked for, again and again, and the books still balance', async () => {
  await inDatabase(async (t) => {
    await seedOnce(t.url)
    const count = async () => (await t.sql`select count(*)::int as n from orders`)[0]?.['n'] as number
    const before = await count()
    const first = await loadOrders(t.url, { orders: 130 })
    expect(first.orders).toBe(130)
    expect(first.buyers).toBeGreaterThan(0)
    const placed = await numberOf(t, 'placed')
    await loadOrders(t.url, { orders: 61 })
    expect(await count()).toBe(before + 191)
    expect(await numberOf(t, 'placed')).toBe(placed + 6)
    expect(await t.sql`select name from organisations where not is_sample or name not like '%示例%'`).toEqual(
      [],
    )
    await expectSound(t)
  })
})
