import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'

export type PartyDue = ContractReply<Contracts['settlement.suppliers']>['items'][number] & {
  bankAccountId: string | null
  hasStripe: boolean
  suspended: boolean
  openPayout: boolean
}
/** An account told so recently needs a second look before money goes there. */
export const freshHours = 24

/**
 * What is owed to suppliers and brokers and what of it is due up to a day: the balance less what is still within its
 * claim window or waits for its pay day. A claw-back lowers what is due at once; below zero it carries forward.
 */
export async function partiesDue(
  tx: Db | Tx,
  { day, now, orgId }: { day: string; now: Date; orgId?: string | undefined },
): Promise<PartyDue[]> {
  const rows = await docs<Omit<PartyDue, 'blocks'>>(
    tx,
    sql`select a.org_id as "orgId", o.short_name as party, a.purpose,
      a.credits_posted_fen - a.debits_posted_fen as "balanceFen",
      a.credits_posted_fen - a.debits_posted_fen - case a.purpose
        when 'payable' then coalesce((select sum(s.net_fen) from settlement_lines s
          where s.supplier_org_id = a.org_id and s.due_on > ${day}), 0)
        else coalesce((select sum(s.commission_supplier_fen + s.commission_platform_fen) from settlement_lines s
          where s.broker_org_id = a.org_id and s.frozen_until >= ${day}), 0) end as "dueFen",
      b.id as "bankAccountId", b.last_four as "lastFour",
      coalesce(b.at > ${now.toISOString()}::timestamptz - interval '${sql.raw(String(freshHours))} hours', false) as "freshBank",
      exists (select 1 from connect_accounts c where c.org_id = a.org_id and c.payouts_enabled) as "hasStripe",
      o.suspended_at is not null as suspended,
      exists (select 1 from payouts p where p.party_org_id = a.org_id and p.purpose = a.purpose
        and p.status in ('proposed','approved')) as "openPayout",
      a.purpose = 'commission' or exists (select 1 from supplier_terms t where t.supplier_org_id = a.org_id) as "hasTerms"
    from ledger_accounts a join organisations o on o.id = a.org_id
    left join lateral (select id, last_four, at from org_bank_accounts where org_id = a.org_id
      order by at desc, id desc limit 1) b on true
    where a.purpose in ('payable','commission') and (${orgId ?? null}::uuid is null or a.org_id = ${orgId ?? null}::uuid)
    order by o.short_name, a.purpose limit 2000`,
  )
  return rows.map((row) => ({ ...row, blocks: blocksOf(row, 'bank') }))
}

/** What stands against paying a party this way, worst first. */
export function blocksOf(row: Omit<PartyDue, 'blocks'>, way: 'bank' | 'stripe'): PartyDue['blocks'] {
  const blocks: PartyDue['blocks'] = []
  if (row.dueFen < 0) blocks.push('negative')
  if (row.dueFen === 0) blocks.push('nothing_due')
  if (row.suspended) blocks.push('suspended')
  if (row.openPayout) blocks.push('open_payout')
  if (way === 'bank' && row.bankAccountId === null) blocks.push('bank_missing')
  if (way === 'stripe' && !row.hasStripe) blocks.push('stripe_missing')
  return blocks
}
