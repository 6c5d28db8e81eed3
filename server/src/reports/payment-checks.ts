import type { AuditCheck } from './audit-checks.ts'

/** What came over the mirrors of bank and provider, by the thing it is for. */
const come = `(select t.subject_id, count(*) as n, sum(t.amount_fen) as fen, min(x.purpose) as mirror
  from ledger_transfers t join ledger_accounts x on x.id = t.debit_account_id join ledger_accounts y on y.id = t.credit_account_id
  where t.reason in ('payment', 'match') and y.purpose = 'receivable' group by 1)`

/** Audits of payments, refunds and the bank's lines. */
export const paymentChecks: readonly AuditCheck[] = [
  {
    name: 'payments_booked_once',
    population: "select count(*) from payments where status = 'succeeded'",
    breaches: `select coalesce(p.id, c.subject_id) as id from (select * from payments where status = 'succeeded') p
      full join ${come} c on c.subject_id = p.id
      where p.id is null or c.n is distinct from 1 or c.fen <> p.received_fen
        or (c.mirror = 'stripe') <> (p.method <> 'transfer')`,
  },
  {
    name: 'bank_mirrors_lines',
    population: 'select count(*) from bank_lines',
    breaches: `select coalesce(l.id, t.subject_id) as id from bank_lines l
      full join (select t.subject_id, count(*) as n, sum(t.amount_fen) as fen from ledger_transfers t
        join ledger_accounts x on x.id = t.debit_account_id join ledger_accounts y on y.id = t.credit_account_id
        where x.purpose = 'bank' and y.purpose = 'unmatched' group by 1) t on t.subject_id = l.id
      where l.id is null or t.n is distinct from 1 or t.fen <> l.amount_fen`,
  },
  {
    name: 'unmatched_is_open_lines',
    population: "select count(*) from bank_lines where status not in ('matched', 'returned', 'sent_back')",
    breaches: `select 'unmatched' as id
      from (select coalesce(sum(credits_posted_fen - debits_posted_fen), 0) as fen from ledger_accounts where purpose = 'unmatched') a,
        (select coalesce(sum(amount_fen), 0) as fen from bank_lines where status not in ('matched', 'returned', 'sent_back')) l
      where a.fen <> l.fen`,
  },
  {
    name: 'allocations_within_payment',
    population: 'select count(distinct payment_id) from payment_allocations',
    breaches: `select p.id from payments p
      join (select payment_id, sum(fen) as fen, min(fen) as least from payment_allocations group by 1) a on a.payment_id = p.id
      where p.status <> 'succeeded' or a.fen < 0 or a.fen > p.received_fen
        - (select coalesce(sum(r.amount_fen), 0) from refunds r where r.payment_id = p.id and r.status in ('pending', 'succeeded'))
        - (select coalesce(sum(d.amount_fen), 0) from disputes d where d.payment_id = p.id and d.status = 'lost')`,
  },
  {
    name: 'refunds_match_ledger',
    population: 'select count(*) from refunds where event_id is not null',
    breaches: `select r.id from refunds r
      left join (select t.subject_id, sum(case when x.purpose = 'receivable' then t.amount_fen when y.purpose = 'receivable' then -t.amount_fen else 0 end) as fen
        from ledger_transfers t join ledger_accounts x on x.id = t.debit_account_id join ledger_accounts y on y.id = t.credit_account_id
        group by 1) t on t.subject_id = r.id
      where coalesce(t.fen, 0) <> case when r.status in ('pending', 'succeeded') then r.amount_fen else 0 end`,
  },
]
