import type { AuditCheck } from './audit-checks.ts'

/** Orders with an open hold. */
const held = "('awaiting_approval','placed','frozen','picking','picked','loaded')"
/** Entries of an account, credits above zero. */
const entries = `(select debit_account_id as account_id, -amount_fen as fen, reason, subject_id, event_id from ledger_transfers where kind in ('post','direct')
  union all select credit_account_id, amount_fen, reason, subject_id, event_id from ledger_transfers where kind in ('post','direct'))`
const settling = "('settle','fee','retention','commission','claw_back')"

/** Audits of the ledger's own sums. */
export const ledgerChecks: readonly AuditCheck[] = [
  {
    name: 'final_sum_is_posted',
    population: "select count(*) from orders where status in ('delivered','accepted')",
    breaches: `select o.id from orders o
      left join (select order_id, sum(final_fen) as s, count(*) filter (where final_fen is null) as missing from order_lines group by order_id) l on l.order_id = o.id
      left join (select subject_id, sum(amount_fen) as s from ledger_transfers where kind in ('post','direct') and reason = 'sale' group by subject_id) t on t.subject_id = o.id
      where o.status in ('delivered','accepted') and (l.missing > 0 or coalesce(l.s, 0) <> coalesce(t.s, 0))`,
  },
  {
    name: 'hold_covers_open_order',
    population: `select count(*) from orders where status in ${held}`,
    breaches: `select o.id from orders o
      left join ledger_transfers h on h.id = o.hold_id and h.kind = 'hold'
      left join ledger_transfers e on e.hold_id = o.hold_id
      where (o.status in ${held} and (h.id is null or e.id is not null or h.amount_fen <> o.total_fen))
        or (o.status in ('cancelled','failed','delivered','accepted') and h.id is not null and e.id is null)`,
  },
  {
    name: 'account_sums_match_transfers',
    population: 'select count(*) from ledger_accounts',
    breaches: `with t as (
        select x.kind, x.amount_fen, x.debit_account_id, x.credit_account_id, h.amount_fen as held_fen
        from ledger_transfers x left join ledger_transfers h on h.id = x.hold_id),
      effect as (
        select debit_account_id as account_id,
          sum(case kind when 'hold' then amount_fen when 'direct' then 0 else -held_fen end) as dp,
          sum(case when kind in ('post','direct') then amount_fen else 0 end) as dd, 0 as cp, 0 as cd from t group by 1
        union all
        select credit_account_id, 0, 0,
          sum(case kind when 'hold' then amount_fen when 'direct' then 0 else -held_fen end),
          sum(case when kind in ('post','direct') then amount_fen else 0 end) from t group by 1),
      total as (select account_id, sum(dp) as dp, sum(dd) as dd, sum(cp) as cp, sum(cd) as cd from effect group by 1)
      select a.id from ledger_accounts a left join total t on t.account_id = a.id
      where (a.debits_pending_fen, a.debits_posted_fen, a.credits_pending_fen, a.credits_posted_fen)
        is distinct from (coalesce(t.dp, 0)::bigint, coalesce(t.dd, 0)::bigint, coalesce(t.cp, 0)::bigint, coalesce(t.cd, 0)::bigint)`,
  },
  {
    name: 'ledger_balances',
    population: 'select count(*) from ledger_transfers',
    breaches: `select 'all accounts' as id from ledger_accounts
      having sum(debits_pending_fen) <> sum(credits_pending_fen) or sum(debits_posted_fen) <> sum(credits_posted_fen)`,
  },
]

/** Audits of what a delivery means for supplier, platform and broker, from the settled lot to the payout. */
export const moneyChecks: readonly AuditCheck[] = [
  {
    name: 'lines_settle_to_final',
    population:
      "select count(*) from order_lines l join orders o on o.id = l.order_id where o.status in ('delivered','accepted')",
    breaches: `select l.id from order_lines l join orders o on o.id = l.order_id
      left join (select order_line_id, sum(gross_fen) as fen, sum(quantity) as q from settlement_lines where reverses_id is null group by 1) s
        on s.order_line_id = l.id
      left join weight_questions w on w.order_line_id = l.id and w.status <> 'agreed'
      where o.status in ('delivered','accepted') and (l.final_fen <> coalesce(s.fen, 0)
        or coalesce(w.billed_quantity, l.delivered_quantity, 0) <> coalesce(s.q, 0))`,
  },
  {
    name: 'settled_lots_were_delivered',
    population: 'select count(*) from settlement_lines where reverses_id is null',
    // Weight above the tolerance is settled when the buyer agrees to it.
    breaches: `select s.order_line_id as id from (select order_line_id, lot_id, sum(quantity) as q from settlement_lines
        where reverses_id is null group by 1, 2) s
      left join deliveries d on d.order_line_id = s.order_line_id and d.lot_id = s.lot_id
      left join weight_questions w on w.order_line_id = s.order_line_id and w.status <> 'agreed'
      where d.quantity is null or s.q > d.quantity or (s.q < d.quantity and w.order_line_id is null)`,
  },
  {
    name: 'clearing_is_even',
    population: "select count(*) from ledger_accounts where purpose = 'sales'",
    // What a buyer was charged or credited for one order or claim is what parties were credited or charged.
    breaches: `select e.subject_id as id from ${entries} e join ledger_accounts a on a.id = e.account_id
      where a.purpose = 'sales' group by a.id, e.subject_id having sum(e.fen) <> 0`,
  },
  {
    name: 'settlement_matches_ledger',
    population: 'select count(*) from settlement_lines',
    breaches: `with told as (
        select supplier_org_id as org_id, 'payable' as purpose, event_id, net_fen as fen from settlement_lines
        union all select supplier_org_id, 'retention', event_id, retention_fen from settlement_lines
        union all select broker_org_id, 'commission', event_id, commission_supplier_fen + commission_platform_fen from settlement_lines where broker_org_id is not null
        union all select platform_org_id, 'fees', event_id, fee_fen - commission_platform_fen from settlement_lines where platform_org_id is not null),
      t as (select org_id, purpose, event_id, sum(fen) as fen from told group by 1, 2, 3 having sum(fen) <> 0),
      e as (select a.org_id, a.purpose, x.event_id, sum(x.fen) as fen from ${entries} x join ledger_accounts a on a.id = x.account_id
        where x.reason in ${settling} and a.purpose in ('payable','retention','commission','fees')
          and not exists (select 1 from commission_contests c where c.id = x.subject_id)
        group by 1, 2, 3 having sum(x.fen) <> 0)
      select coalesce(t.event_id, e.event_id) as id from t full join e on e.org_id = t.org_id and e.purpose = t.purpose and e.event_id = t.event_id
      where t.fen is distinct from e.fen`,
  },
  {
    name: 'reversals_within_sale',
    population: 'select count(*) from settlement_lines where reverses_id is not null',
    breaches: `select s.id from settlement_lines s
      join (select reverses_id, sum(quantity) as q, sum(gross_fen) as gross, sum(tax_fen) as tax, sum(fee_fen) as fee, sum(retention_fen) as kept,
          sum(commission_supplier_fen) as cs, sum(commission_platform_fen) as cp
        from settlement_lines where reverses_id is not null group by 1) r on r.reverses_id = s.id
      where least(s.quantity + r.q, s.gross_fen + r.gross, s.tax_fen + r.tax, s.fee_fen + r.fee, s.retention_fen + r.kept,
        s.commission_supplier_fen + r.cs, s.commission_platform_fen + r.cp) < 0`,
  },
  {
    name: 'payouts_match_ledger',
    population: 'select count(*) from payouts',
    // What is on the way is what was sent and not yet told of; each party was debited what it was sent and kept.
    breaches: `with told as (
        select party_org_id as org_id, purpose, p.id, -amount_fen as fen from payouts p where status in ('sent','confirmed')
        union all select b.org_id, 'in_flight', p.id, amount_fen from payouts p join payout_batches b on b.id = p.batch_id where p.status = 'sent'
        union all select b.org_id, case b.way when 'stripe' then 'stripe' else 'bank' end, p.id, amount_fen from payouts p
          join payout_batches b on b.id = p.batch_id where p.status = 'confirmed'),
      e as (select a.org_id, a.purpose, x.subject_id as id, sum(x.fen) as fen from ${entries} x join ledger_accounts a on a.id = x.account_id
        where x.reason in ('payout','payout_returned') group by 1, 2, 3 having sum(x.fen) <> 0)
      select coalesce(t.id, e.id) as id from told t full join e on e.org_id = t.org_id and e.purpose = t.purpose and e.id = t.id
      where t.fen is distinct from e.fen`,
  },
  {
    name: 'payouts_by_four_eyes',
    population: "select count(*) from payout_batches where status in ('approved','sent','done')",
    breaches: `select id from payout_batches
        where status in ('approved','sent','done') and (checked_by is null or checked_by = made_by)
      union all select p.id from payouts p join payout_batches b on b.id = p.batch_id
        where p.status in ('sent','confirmed','returned') and p.needs_second is not null and (p.second_by is null or p.second_by = b.made_by)`,
  },
  {
    name: 'retentions_match_ledger',
    population: "select count(*) from ledger_accounts where purpose = 'retention'",
    breaches: `select a.id from ledger_accounts a
      left join (select supplier_org_id as org_id, sum(retention_fen) as fen from settlement_lines group by 1) s on s.org_id = a.org_id
      left join (select supplier_org_id as org_id, sum(amount_fen) as fen from retention_releases group by 1) r on r.org_id = a.org_id
      where a.purpose = 'retention' and (a.credits_posted_fen - a.debits_posted_fen <> coalesce(s.fen, 0) - coalesce(r.fen, 0)
        or a.credits_posted_fen < a.debits_posted_fen)`,
  },
]
