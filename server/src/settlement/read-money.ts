import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { bankAccountColumns } from './bank-account.ts'
import { partiesDue } from './party-rows.ts'
import { termsColumns } from './supplier-terms.ts'

type Money = ContractReply<Contracts['settlement.money']>
const sides: Record<string, Money['side']> = { coop: 'supplier', base: 'supplier', broker: 'broker' }

/** What a supplier or broker is owed, becoming due, held back and on its way. `not_found` for anybody else. */
export async function readMoney(ctx: Ctx, orgId: string): Promise<Money> {
  allow(ctx, 'money.read', { orgId })
  const [org] = await docs<{ party: string; kind: string }>(
    ctx.db,
    sql`select short_name as party, kind from organisations where id = ${orgId}`,
  )
  const { party, kind } = found(org)
  const side = found(sides[kind])
  const day = serviceDayOf(ctx.now)
  const purpose = side === 'supplier' ? 'payable' : 'commission'
  const due = (await partiesDue(ctx.db, { day, now: ctx.now, orgId })).find((one) => one.purpose === purpose)
  const [rest] = await docs<Omit<Money, 'orgId' | 'party' | 'side' | 'dueFen' | 'blocks'>>(
    ctx.db,
    sql`select ${balances(orgId)} as balances, ${upcoming(orgId, side, day)} as upcoming,
      ${retentions(orgId)} as retentions, ${payoutsOf(orgId)} as payouts,
      (select to_json(t) from (select ${termsColumns} from supplier_terms t join organisations o on o.id = t.supplier_org_id
        where t.supplier_org_id = ${orgId} and t.valid_from <= ${day}
        order by t.valid_from desc, t.at desc, t.id desc limit 1) t) as terms,
      (select to_json(b) from (select ${bankAccountColumns} from org_bank_accounts b where b.org_id = ${orgId}
        order by b.at desc, b.id desc limit 1) b) as "bankAccount"`,
  )
  return {
    orgId,
    party,
    side,
    dueFen: due?.dueFen ?? 0,
    blocks: due?.blocks ?? ['nothing_due'],
    ...found(rest),
  }
}

const balanceOf = (orgId: string, purpose: string) =>
  sql`coalesce((select credits_posted_fen - debits_posted_fen from ledger_accounts
    where org_id = ${orgId} and purpose = ${purpose}), 0)`

const balances = (orgId: string) => sql`json_build_object(
  'payableFen', ${balanceOf(orgId, 'payable')}, 'retentionFen', ${balanceOf(orgId, 'retention')},
  'depositFen', ${balanceOf(orgId, 'deposit')}, 'commissionFen', ${balanceOf(orgId, 'commission')},
  'inFlightFen', coalesce((select sum(amount_fen) from payouts where party_org_id = ${orgId} and status = 'sent'), 0))`

/** By the day on which it becomes due, or commission free. */
const upcoming = (orgId: string, side: Money['side'], day: string) =>
  side === 'supplier'
    ? sql`(select coalesce(json_agg(json_build_object('day', u.day, 'amountFen', u.fen) order by u.day), '[]') from (
        select due_on as day, sum(net_fen) as fen from settlement_lines
        where supplier_org_id = ${orgId} and due_on > ${day} group by 1 having sum(net_fen) <> 0 limit 100) u)`
    : sql`(select coalesce(json_agg(json_build_object('day', u.day, 'amountFen', u.fen) order by u.day), '[]') from (
        select to_char(frozen_until::date + 1, 'YYYY-MM-DD') as day,
          sum(commission_supplier_fen + commission_platform_fen) as fen from settlement_lines
        where broker_org_id = ${orgId} and frozen_until >= ${day} group by 1
        having sum(commission_supplier_fen + commission_platform_fen) <> 0 limit 100) u)`

/** What is held back, by the day it is given back; what was given back already is left out. */
const retentions = (orgId: string) => sql`
  (select coalesce(json_agg(json_build_object('day', u.day, 'amountFen', u.fen) order by u.day), '[]') from (
    select release_on as day, sum(retention_fen) as fen from settlement_lines
    where supplier_org_id = ${orgId} and release_on is not null and release_on > coalesce(
      (select max(through_day) from retention_releases where supplier_org_id = ${orgId}), '')
    group by 1 having sum(retention_fen) <> 0 order by 1 limit 100) u)`

const payoutsOf = (orgId: string) => sql`
  (select coalesce(json_agg(to_json(u)), '[]') from (
    select p.id, p.purpose, p.amount_fen as "amountFen", p.status, b.through_day as "throughDay", b.sent_at as "sentAt",
      p.ended_at as "endedAt", p.return_reason as "returnReason", a.last_four as "lastFour"
    from payouts p join payout_batches b on b.id = p.batch_id left join org_bank_accounts a on a.id = p.bank_account_id
    where p.party_org_id = ${orgId} and p.status <> 'cancelled' order by p.id desc limit 20) u)`

/** Who is owed what, and what of it is due; parties with nothing on their account are left out. */
export async function listDue(
  ctx: Ctx,
  asked: string | undefined,
): Promise<ContractReply<Contracts['settlement.suppliers']>> {
  allow(ctx, 'payout.read')
  const throughDay = asked ?? serviceDayOf(ctx.now)
  const rows = await partiesDue(ctx.db, { day: throughDay, now: ctx.now })
  const items = rows
    .filter((row) => row.balanceFen !== 0 || row.dueFen !== 0)
    .map(({ bankAccountId: _id, suspended: _off, openPayout: _open, ...row }) => row)
  return { throughDay, items }
}
