import { addDays, instantAt, monthEnd, serviceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Month } from './close-month.ts'

/**
 * What is still open before the books of a month can be closed, by point: deliveries without settlement, bank money
 * without owner, claims not decided, entries on no statement, statements not confirmed, and a self-audit after the
 * month's end that found nothing.
 */
export async function checklistOf(db: Db | Tx, month: string): Promise<Month['checklist']> {
  const first = serviceDay(`${month}-01`)
  const last = monthEnd(first)
  const from = instantAt(first, 0).toISOString()
  const until = instantAt(addDays(last, 1), 0).toISOString()
  const within = sql`>= ${from}::timestamptz`
  const before = sql`< ${until}::timestamptz`
  const [row] = await docs<Record<Month['checklist'][number]['name'], number>>(
    db,
    sql`select
      (select count(*)::int from orders o where o.status in ('delivered', 'accepted') and o.delivered_at ${within}
        and o.delivered_at ${before} and exists (select 1 from order_lines y where y.order_id = o.id and y.final_fen > 0)
        and not exists (select 1 from settlement_lines n where n.order_id = o.id)) as deliveries_settled,
      (select count(*)::int from bank_lines b where b.day between ${first} and ${last}
        and b.status in ('unmatched', 'proposed', 'returning')) as bank_matched,
      (select count(*)::int from claims c where c.status in ('sent', 'contested') and c.made_at ${within}
        and c.made_at ${before}) as claims_decided,
      (select count(distinct a.id)::int from ledger_accounts a join (
          select debit_account_id as account_id, id from ledger_transfers where kind in ('post', 'direct')
            and amount_fen > 0 and at ${within} and at ${before}
          union all select credit_account_id, id from ledger_transfers where kind in ('post', 'direct')
            and amount_fen > 0 and at ${within} and at ${before}) t on t.account_id = a.id
        where a.purpose in ('receivable', 'payable', 'commission')
          and not exists (select 1 from statement_lines x where x.account_id = a.id and x.transfer_id = t.id)) as statements_made,
      (select count(*)::int from statements s where s.to_day between ${first} and ${last}
        and s.status in ('open', 'sent', 'disputed')) as statements_confirmed,
      (select case when not exists (select 1 from audit_runs r where r.at >= ${until}::timestamptz) then 1
        else (select count(*)::int from (select * from audit_runs r order by r.at desc limit 1) r,
          jsonb_array_elements(r.checks) c where (c->>'breachCount')::int > 0) end) as books_clean`,
  )
  return Object.entries(row ?? {}).map(([name, open]) => ({
    name: name as Month['checklist'][number]['name'],
    open,
  }))
}
