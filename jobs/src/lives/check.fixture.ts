import type { House } from './house.fixture.ts'
import type { Life } from './life.fixture.ts'

type Breach = { what: string; id: string }

/** Entries of the accounts `a` in scope, each as it changes its account: debits above zero. */
const entries = `e as (
    select a.id as account_id, a.org_id, a.purpose, t.id, t.kind, t.amount_fen, t.amount_fen as fen, t.hold_id, t.subject_id, t.reason, t.at
      from a join ledger_transfers t on t.debit_account_id = a.id
    union all
    select a.id, a.org_id, a.purpose, t.id, t.kind, t.amount_fen, -t.amount_fen, t.hold_id, t.subject_id, t.reason, t.at
      from a join ledger_transfers t on t.credit_account_id = a.id),
  p as (select * from e where kind in ('post', 'direct') and amount_fen > 0)`

/** Sums are those of the entries, every hold is open or ended once, and every statement is its entries. */
const books = `
  select 'posted sum' as what, a.org_id::text as id from a left join (select account_id, sum(fen) as fen from p group by 1) s on s.account_id = a.id
    where a.debits_posted_fen - a.credits_posted_fen <> coalesce(s.fen, 0)
  union all
  select 'pending sum', a.org_id::text from a left join (select account_id, sum(fen) as fen from e where kind = 'hold'
      and not exists (select 1 from ledger_transfers x where x.hold_id = e.id) group by 1) s on s.account_id = a.id
    where a.debits_pending_fen - a.credits_pending_fen <> coalesce(s.fen, 0)
  union all
  select 'statement lines', s.id::text from statements s join a on a.id = s.account_id left join (
      select x.statement_id, count(*) as n, sum(x.amount_fen) as fen, bool_and(p.id is not null and abs(x.amount_fen) = p.amount_fen
          and (x.amount_fen > 0) = ((p.fen > 0) = (x.account_id in (select id from a where purpose = 'receivable')))) as same
        from statement_lines x left join p on p.id = x.transfer_id and p.account_id = x.account_id
        where x.account_id in (select id from a) group by 1) l on l.statement_id = s.id
    where coalesce(l.n, 0) <> s.line_count or coalesce(l.fen, 0) <> s.increases_fen - s.decreases_fen or l.same = false
      or s.closing_fen <> s.opening_fen + s.increases_fen - s.decreases_fen
  union all
  select 'statement chain', id::text from (select s.id, s.opening_fen, lag(s.closing_fen, 1, 0::int8) over (partition by s.account_id order by s.to_day) as before
      from statements s join a on a.id = s.account_id) z where opening_fen <> before
  union all
  select 'entry not stated', p.id::text from p join (select account_id, max(to_day) as day from statements group by 1) s on s.account_id = p.account_id
    where p.at < (s.day::date + 1)::timestamp at time zone 'Asia/Shanghai'
      and not exists (select 1 from statement_lines x where x.account_id = p.account_id and x.transfer_id = p.id)`

/** What a buyer owes by what it got, paid and was credited; what was delivered is settled to the fen. */
const life = `
  select 'hold' as what, o.id::text as id from orders o left join ledger_transfers h on h.id = o.hold_id and h.kind = 'hold'
    where o.org_id = any($1) and ((h.id is not null and exists (select 1 from ledger_transfers x where x.hold_id = h.id))
      <> (o.status in ('cancelled', 'failed', 'delivered', 'accepted')) or h.id is null)
  union all
  select 'hold of nothing', e.id::text from e where e.kind = 'hold' and not exists (select 1 from ledger_transfers x where x.hold_id = e.id)
    and not exists (select 1 from orders o where o.hold_id = e.id)
  union all
  select 'owed', a.org_id::text from a where a.debits_posted_fen - a.credits_posted_fen <>
    coalesce((select sum(l.final_fen) from order_lines l join orders o on o.id = l.order_id where o.org_id = a.org_id and o.status in ('delivered', 'accepted')), 0)
    - coalesce((select sum(n.total_fen) from credit_notes n where n.org_id = a.org_id), 0)
    - coalesce((select sum(m.received_fen) from payments m where m.org_id = a.org_id and m.status = 'succeeded'), 0)
    + coalesce((select sum(r.amount_fen) from refunds r where r.org_id = a.org_id and r.status in ('pending', 'succeeded')), 0)
    + coalesce((select sum(d.amount_fen) from disputes d where d.org_id = a.org_id and d.status = 'lost'), 0)
  union all
  select 'payment booked', m.id::text from payments m where m.org_id = any($1) and (select count(*) from p where p.subject_id = m.id
      and p.reason in ('payment', 'match')) <> case when m.status = 'succeeded' then 1 else 0 end
  union all
  select 'settled line', l.id::text from order_lines l join orders o on o.id = l.order_id left join (
      select order_line_id, sum(gross_fen) filter (where reverses_id is null) as gross,
        sum(gross_fen - net_fen - fee_fen - retention_fen - commission_supplier_fen) as parts from settlement_lines
      where buyer_org_id = any($1) group by 1) s on s.order_line_id = l.id
    where o.org_id = any($1) and o.status in ('delivered', 'accepted')
      and (l.final_fen is distinct from coalesce(s.gross, 0) or coalesce(s.parts, 0) <> 0)
  union all
  select 'clearing', c.id::text from (select id from orders where org_id = any($1) union all select id from claims where org_id = any($1)) c
    join ledger_transfers t on t.subject_id = c.id
    join ledger_accounts d on d.id = t.debit_account_id join ledger_accounts k on k.id = t.credit_account_id
    where t.kind in ('post', 'direct') group by c.id
    having sum(case when d.purpose = 'sales' then t.amount_fen else 0 end - case when k.purpose = 'sales' then t.amount_fen else 0 end) <> 0
  union all
  select 'credit note', n.id::text from credit_notes n where n.org_id = any($1) and n.total_fen <> coalesce((select sum(-p.fen) from p
      where p.subject_id = n.claim_id and p.reason = 'credit_note'), 0)`

/** What is owed to suppliers and broker by their own rows: settled, given back, taken back, paid out. */
const parties = `
  select 'owed to ' || a.purpose as what, a.org_id::text as id from a
  left join (select supplier_org_id as org_id, sum(net_fen) as net, sum(retention_fen) as kept from settlement_lines group by 1) s on s.org_id = a.org_id
  left join (select broker_org_id as org_id, sum(commission_supplier_fen + commission_platform_fen) as fen from settlement_lines group by 1) c
    on c.org_id = a.org_id
  left join (select supplier_org_id as org_id, sum(amount_fen) as fen from retention_releases group by 1) r on r.org_id = a.org_id
  left join (select party_org_id as org_id, purpose, sum(amount_fen) as fen from payouts where status in ('sent', 'confirmed') group by 1, 2) o
    on o.org_id = a.org_id and o.purpose = a.purpose
  left join (select account_id, sum(-fen) as fen from p where reason = 'claim_moved' group by 1) m on m.account_id = a.id
  where a.credits_posted_fen - a.debits_posted_fen <> case a.purpose
    when 'payable' then coalesce(s.net, 0) + coalesce(r.fen, 0) - coalesce(o.fen, 0) + coalesce(m.fen, 0)
    when 'retention' then coalesce(s.kept, 0) - coalesce(r.fen, 0)
    when 'commission' then coalesce(c.fen, 0) - coalesce(o.fen, 0) end`

const inScope = (where: string, ...checks: string[]): string =>
  `with a as (select * from ledger_accounts where org_id = any($1) and ${where}), ${entries} ${checks.join(' union all ')}`

/** What is wrong with these lives, by their own rows. */
export function breachesOf(house: House, lives: readonly Life[]): Promise<Breach[]> {
  const query = inScope("purpose = 'receivable'", books, life)
  return house.t.sql.unsafe<Breach[]>(query, [lives.map((one) => one.orgId)] as never[])
}

/** What is wrong with those whom the lives met. */
export function partyBreaches(house: House): Promise<Breach[]> {
  const { coop, base, broker } = house
  const query = inScope("purpose in ('payable', 'retention', 'commission')", books, parties)
  return house.t.sql.unsafe<Breach[]>(query, [[coop.id, base.id, broker.id]] as never[])
}
