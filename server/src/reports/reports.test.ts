import { makeBuyer, makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { auditChecks, auditNames } from './audit-checks.ts'
import { reconcile } from './run-audit.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const breached = async () => (await reconcile(t)).filter((c) => c.breachCount > 0).map((c) => c.name)

test('every named check exists once and runs on an empty database without breach', async () => {
  expect(auditChecks.map((c) => c.name)).toEqual([...auditNames])
  expect(await breached()).toEqual([])
})

test('a balance that disagrees with its movements or promises is found, with its id', async () => {
  const hub = await makeHub(t.db)
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
  const lot = await makeLot(t.db, sku, hub.id, 50_000)
  expect(await breached()).toEqual([])
  await t.sql`update lots set on_hand = 49000, promised = 10 where id = ${lot.id}`
  const found = (await reconcile(t)).filter((c) => c.breachCount > 0)
  expect(found.map((c) => [c.name, c.breaches])).toEqual([
    ['promises_sum_to_lot', [lot.id]],
    ['movements_sum_to_on_hand', [lot.id]],
  ])
  await t.sql`update lots set on_hand = 50000, promised = 0 where id = ${lot.id}`
})

test('an event that was never relayed and a ledger sum without a transfer are found', async () => {
  const buyer = await makeBuyer(t.db)
  await t.sql`insert into events (id, type, at, subject_id, payload) values (gen_random_uuid(), 'x.happened', now() - interval '1 hour', ${buyer.id}, '{}')`
  await t.sql`update ledger_accounts set debits_posted_fen = 5 where org_id = ${buyer.id}`
  expect(await breached()).toEqual(['account_sums_match_transfers', 'ledger_balances', 'event_relayed_once'])
  await t.sql`update ledger_accounts set debits_posted_fen = 0 where org_id = ${buyer.id}`
  await t.sql`update events set relayed_at = now()`
})

test('operations run and see the audit; a government sees sums only, a buyer nothing', async () => {
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const buyer = await t.guest(await makeBuyer(t.db), ['purchaser'])
  const government = await t.guest(await makeOrg(t.db, 'government'), ['government'])
  expect((await t.call('reports.runAudit', {}, buyer)).problem.code).toBe('forbidden')
  expect((await t.call('reports.runAudit', {}, government)).problem.code).toBe('forbidden')
  expect((await t.call('reports.runAudit', {}, admin)).body.checks.length).toBe(auditNames.length)
  expect((await t.call('reports.listAudits', {}, admin)).body.items.length).toBe(1)
  const range = { from: '2026-01-01', to: '2026-12-31' }
  expect((await t.call('reports.cooperation', { query: range }, buyer)).problem.code).toBe('forbidden')
  expect((await t.call('reports.cooperation', { query: range }, government)).body.totalFen).toBe(0)
  const bad = await t.call(
    'reports.cooperation',
    { query: { from: '2026-02-30', to: '2026-13-01' } },
    government,
  )
  expect(new Set(bad.problem.pointers?.map((p) => p.pointer))).toEqual(new Set(['/query/from', '/query/to']))
})

test('the board of a hub is for its own people and operations', async () => {
  const hub = await makeHub(t.db)
  const [org] = await t.sql<
    { id: string; kind: string }[]
  >`select id, kind from organisations where id = ${hub.orgId}`
  const lead = await t.guest(org as { id: string; kind: string }, ['lead'])
  const other = await makeHub(t.db)
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  expect((await t.call('reports.board', { params: { hubId: other.id } }, lead)).problem.code).toBe(
    'not_found',
  )
  expect((await t.call('reports.board', { params: { hubId: hub.id } }, lead)).body.hub).toBe(hub.name)
  expect((await t.call('reports.board', { params: { hubId: hub.id } }, admin)).status).toBe(200)
})

test('a retry is asked of the jobs process by an event', async () => {
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  expect(
    (
      await t.call(
        'reports.retryJobs',
        { params: { queue: 'nonsense' as 'events' }, body: { jobIds: ['1'] } },
        admin,
      )
    ).status,
  ).toBe(422)
  expect(
    (await t.call('reports.retryJobs', { params: { queue: 'events' }, body: { jobIds: ['1'] } }, admin))
      .status,
  ).toBe(200)
  const [event] = await t.sql`select payload from events where type = 'queue.retry_asked'`
  expect(event?.['payload']).toEqual({ queue: 'events', jobIds: ['1'] })
  expect((await t.call('reports.queues', {}, admin)).body.items).toEqual([])
})
