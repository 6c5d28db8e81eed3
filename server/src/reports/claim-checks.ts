import type { AuditCheck } from './audit-checks.ts'

/** Entries of an account as it grows: debits of what buyers owe, credits of what parties are owed. */
const posted = "kind in ('post','direct') and amount_fen > 0"

/** Audits of claims, credit notes, statements, interest and invoices. */
export const claimChecks: readonly AuditCheck[] = [
  {
    name: 'claims_within_delivered',
    population: 'select count(*) from claim_lines',
    breaches: `select x.order_line_id as id from claim_lines x join claims c on c.id = x.claim_id
      left join deliveries d on d.order_line_id = x.order_line_id and d.lot_id = x.lot_id
      where c.status <> 'withdrawn' group by x.order_line_id, x.lot_id, d.quantity
      having sum(coalesce(x.accepted_quantity, x.quantity)) > coalesce(d.quantity, 0)`,
  },
  {
    name: 'credit_notes_match_ledger',
    population: 'select count(*) from credit_notes',
    breaches: `select n.id from credit_notes n
      left join (select credit_note_id, sum(gross_fen) as gross, sum(tax_fen) as tax from credit_note_lines group by 1) y on y.credit_note_id = n.id
      left join (select claim_id, sum(accepted_fen) as fen from claim_lines group by 1) x on x.claim_id = n.claim_id
      left join (select subject_id, sum(amount_fen) as fen from ledger_transfers where reason = 'credit_note' and kind = 'direct' group by 1) t
        on t.subject_id = n.claim_id
      where n.total_fen is distinct from y.gross or n.tax_fen is distinct from y.tax or n.total_fen is distinct from x.fen
        or n.total_fen is distinct from t.fen
      union all select t.id from ledger_transfers t where t.reason = 'credit_note'
        and not exists (select 1 from credit_notes n where n.claim_id = t.subject_id)`,
  },
  {
    name: 'statements_are_their_entries',
    population: 'select count(*) from statements where line_count > 0',
    // Sums are those of the lines, a line is its entry, a statement opens where the last one closed.
    breaches: `select s.id from statements s left join (
        select x.statement_id, count(*) as n, coalesce(sum(x.amount_fen) filter (where x.amount_fen > 0), 0) as up,
          coalesce(-sum(x.amount_fen) filter (where x.amount_fen < 0), 0) as down,
          bool_and(t.id is not null and abs(x.amount_fen) = t.amount_fen and x.account_id in (t.debit_account_id, t.credit_account_id)
            and x.account_id = s.account_id
            and (x.amount_fen > 0) = ((x.account_id = t.debit_account_id) = (s.side = 'buyer'))) as same
        from statement_lines x join statements s on s.id = x.statement_id left join ledger_transfers t on t.id = x.transfer_id group by 1) l
        on l.statement_id = s.id
      where s.line_count > 0 and (l.n is distinct from s.line_count or l.up is distinct from s.increases_fen
        or l.down is distinct from s.decreases_fen or l.same is not true)
      union all
      select id from (select id, opening_fen, lag(closing_fen, 1, 0::int8) over (partition by account_id order by to_day) as before,
        line_count from statements) z where line_count > 0 and opening_fen <> before`,
  },
  {
    name: 'statements_close_with_account',
    population: 'select count(distinct account_id) from statements where line_count > 0',
    breaches: `select a.id from ledger_accounts a
      join lateral (select closing_fen, side from statements s where s.account_id = a.id and line_count > 0 order by to_day desc limit 1) s on true
      left join lateral (select coalesce(sum(case when t.debit_account_id = a.id then t.amount_fen else -t.amount_fen end), 0) as fen
        from ledger_transfers t where (t.debit_account_id = a.id or t.credit_account_id = a.id) and ${posted}
          and not exists (select 1 from statement_lines x where x.account_id = a.id and x.transfer_id = t.id)) u on true
      where a.debits_posted_fen - a.credits_posted_fen
        <> (case when s.side = 'buyer' then s.closing_fen else -s.closing_fen end) + u.fen`,
  },
  {
    name: 'interest_matches_ledger',
    population: 'select count(*) from interest_accruals',
    breaches: `select i.statement_id as id from (select statement_id, sum(posted_fen) as fen, sum(micro_fen) as micro
        from interest_accruals group by 1) i
      left join (select subject_id, sum(amount_fen) as fen from ledger_transfers where reason = 'interest' group by 1) t
        on t.subject_id = i.statement_id
      where i.fen <> coalesce(t.fen, 0) or abs(i.fen * 1000000 - i.micro) >= 1000000`,
  },
  {
    name: 'invoices_sum',
    population: 'select count(*) from invoices',
    breaches: `select i.id from invoices i join (select invoice_id, sum(net_fen) as net, sum(tax_fen) as tax, sum(gross_fen) as gross
        from invoice_lines group by 1) y on y.invoice_id = i.id
      where (y.net, y.tax, y.gross) is distinct from (i.net_fen, i.tax_fen, i.total_fen)
      union all select b.id from invoices b join invoices r on r.red_of = b.id where r.total_fen <> -b.total_fen`,
  },
]
