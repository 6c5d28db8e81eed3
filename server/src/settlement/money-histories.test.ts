import { makeOrg } from '@huming/db/factories'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCtx } from '../kernel/ctx.ts'
import { testMarket } from '../orders/test-market.ts'
import { reconcile } from '../reports/run-audit.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { partiesDue } from './party-rows.ts'
import { releaseRetentions } from './release-retention.ts'
import { settledTrade } from './test-settled.ts'

/** Histories in all; `pnpm test:long` asks for more. */
const runs = Math.max(4, Math.trunc(Number(process.env['COMMANDS'] ?? 0) / 2_000))

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const dayMs = 86_400_000
const checks = new Set([
  'settlement_matches_ledger',
  'clearing_is_even',
  'lines_settle_to_final',
  'reversals_within_sale',
  'payouts_match_ledger',
  'payouts_by_four_eyes',
  'retentions_match_ledger',
  'account_sums_match_transfers',
  'ledger_balances',
  'final_sum_is_posted',
])

async function world() {
  const m = await testMarket(t)
  const s = settledTrade(t, m)
  const ops = await makeOrg(t.db, 'operations')
  const broker = await makeOrg(t.db, 'broker')
  await s.terms(ops.id, { waitDays: 1, retentionMonths: 1, feeBpByCategory: { A1: 137 } })
  await s.mandate({
    brokerOrgId: broker.id,
    commissionRate: 173,
    supplierPaysBp: 4_000,
    platformOrgId: ops.id,
  })
  const people = [await t.guest(ops, ['ops_finance']), await t.guest(ops, ['ops_finance'])] as const
  for (const orgId of [m.supplier.id, broker.id]) {
    await t.sql`insert into org_bank_accounts (id, org_id, holder, bank_name, bank_code, number_sealed, last_four, at)
      values (${newId()}, ${orgId}, '示例', '示例', '105395000012', '1', '0000', now() - interval '9 days')`
  }
  const sold: Awaited<ReturnType<typeof s.loaded>>[number][] = []
  return { m, s, ops, broker, people, buyer: await m.shop(), pack: await m.goods(5_000), sold, released: 0 }
}
type World = Awaited<ReturnType<typeof world>>
/** What a person tries; `n` chooses among what there is. Refusals are as good as deeds. */
type Command = readonly [what: keyof typeof deeds, n: number]

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]
const batches = (status: string) => t.sql<{ id: string; version: number; made_by: string }[]>`
  select id, version, made_by from payout_batches where status = ${status} order by id`
const payouts = (status: string) => t.sql<{ id: string }[]>`
  select id from payouts where status = ${status} order by id`

const deeds = {
  async deliver(w: World, n: number) {
    const order = await w.s.loaded(w.buyer, [[w.pack, 1 + (n % 3)]])
    await w.s.deliver([order], new Date(Date.now() - (n % 50) * dayMs))
    w.sold.push(...order)
  },
  async credit(w: World, n: number) {
    const piece = pick(w.sold, n)
    if (!piece) return
    const quantity = (n * 37) % 9_000
    // More than is left is refused.
    await w.s.takeBack(piece, { quantity, grossFen: quantity * 5 + (n % 3) }).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'more_than_settled' })
    })
  },
  async propose(w: World, n: number) {
    const day = serviceDayOf(new Date())
    const due = (await partiesDue(t.db, { day, now: new Date() })).filter(
      (row) => row.blocks.length === 0 && [w.m.supplier.id, w.broker.id].includes(row.orgId),
    )
    const body = {
      throughDay: day,
      way: 'bank' as const,
      parties: due.map(({ orgId, purpose }) => ({ orgId, purpose })),
      expectedTotalFen: due.reduce((sum, row) => sum + row.dueFen, 0),
      note: '',
    }
    if (due.length > 0) await t.call('payouts.propose', { params: { id: newId() }, body }, w.people[n % 2])
  },
  async approve(w: World, n: number) {
    const batch = pick(await batches('proposed'), n)
    const body = { version: batch?.version ?? 1 }
    // Whoever proposed it is refused, the other is not.
    for (const who of batch ? w.people : [])
      await t.call('payouts.approve', { params: { id: batch?.id ?? '' }, body }, who)
  },
  async cancel(w: World, n: number) {
    const batch = pick([...(await batches('proposed')), ...(await batches('approved'))], n)
    const body = { version: batch?.version ?? 1, reason: '示例' }
    if (batch && n % 4 === 0) await t.call('payouts.cancel', { params: { id: batch.id }, body }, w.people[0])
  },
  async send(w: World, n: number) {
    const batch = pick(await batches('approved'), n)
    const body = { version: batch?.version ?? 1 }
    if (batch) await t.call('payouts.send', { params: { id: batch.id }, body }, w.people[n % 2])
  },
  async confirm(w: World, n: number) {
    const payout = pick(await payouts('sent'), n)
    if (!payout) return
    const body = { railReference: `B-${n}` }
    await t.call('payouts.confirm', { params: { id: payout.id }, body }, w.people[0])
  },
  async giveBack(w: World, n: number) {
    const payout = pick([...(await payouts('sent')), ...(await payouts('confirmed'))], n)
    if (!payout) return
    await t.call('payouts.return', { params: { id: payout.id }, body: { reason: '户名不符' } }, w.people[1])
  },
  async release(w: World) {
    w.released += 1
    await releaseRetentions(systemCtx(t.system(), 'clock', new Date(Date.now() + w.released * dayMs)))
  },
}

const command = fc.tuple(
  fc.constantFrom<keyof typeof deeds>(
    ...(['deliver', 'deliver', 'credit', 'credit', 'propose', 'propose', 'approve', 'approve'] as const),
    ...(['cancel', 'send', 'send', 'confirm', 'giveBack', 'release'] as const),
  ),
  fc.nat(10_000),
)

/** What is owed to a party by its own rows: settled, given back, taken back, paid out. */
async function owedByRows(w: World) {
  const [row] = await t.sql<{ payable: number; commission: number; retention: number }[]>`
    with paid as (select party_org_id as org, purpose, sum(amount_fen) as fen from payouts
      where status in ('sent','confirmed') group by 1, 2),
    given as (select coalesce(sum(amount_fen), 0) as fen from retention_releases where supplier_org_id = ${w.m.supplier.id})
    select (coalesce(sum(net_fen), 0) + (select fen from given)
        - coalesce((select fen from paid where org = ${w.m.supplier.id} and purpose = 'payable'), 0))::int8 as payable,
      (coalesce(sum(retention_fen), 0) - (select fen from given))::int8 as retention,
      (coalesce(sum(commission_supplier_fen + commission_platform_fen), 0)
        - coalesce((select fen from paid where org = ${w.broker.id} and purpose = 'commission'), 0))::int8 as commission
    from settlement_lines where supplier_org_id = ${w.m.supplier.id}`
  return row
}

test(
  `in no history of ${runs} is the ledger uneven or a party owed other than its rows say`,
  async () => {
    const sent = { batches: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 40, maxLength: 60 }), async (commands: Command[]) => {
        const w = await world()
        const todo = [...commands]
        // Three people at once.
        const person = async () => {
          for (let next = todo.shift(); next; next = todo.shift()) await deeds[next[0]](w, next[1])
        }
        await Promise.all([person(), person(), person()])
        const broken = (await reconcile(t)).filter((one) => checks.has(one.name) && one.breachCount > 0)
        expect(broken).toEqual([])
        expect({
          payable: await w.s.balance(w.m.supplier.id, 'payable'),
          retention: await w.s.balance(w.m.supplier.id, 'retention'),
          commission: await w.s.balance(w.broker.id, 'commission'),
        }).toEqual(await owedByRows(w))
        expect(await w.s.balance(w.m.hub.orgId, 'sales')).toBe(0)
        sent.batches += (await batches('sent')).length + (await batches('done')).length
      }),
      { numRuns: runs, endOnFailure: true, seed: Number(process.env['SEED'] ?? 7) },
    )
    expect(sent.batches).toBeGreaterThan(0)
  },
  Math.max(60_000, runs * 20_000),
)
