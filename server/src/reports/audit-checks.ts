import { claimChecks } from './claim-checks.ts'
import { goodsChecks } from './goods-checks.ts'
import { ledgerChecks, moneyChecks } from './money-checks.ts'
import { paymentChecks } from './payment-checks.ts'

/**
 * One thing that must be true of the whole database. `population` counts what is looked at; `breaches` selects the
 * ids (as `id`) of what breaks it. Both are plain SQL over a single snapshot.
 */
export type AuditCheck = { name: AuditName; population: string; breaches: string }

export const auditNames = [
  'lot_not_overpromised',
  'promises_sum_to_lot',
  'movements_sum_to_on_hand',
  'movements_sum_to_bins',
  'crate_moves_sum_to_balance',
  'receipts_make_what_was_shipped',
  'quarantines_match_bins',
  'transfers_account_for_all',
  'returned_goods_stay_apart',
  'nothing_expired_is_released',
  'picked_within_received',
  'lines_promised_or_cut',
  'picks_sum_to_line',
  'delivered_unit_traces_to_lot',
  'deliveries_sum_to_line',
  'trace_follows_picks',
  'trace_follows_deliveries',
  'order_total_is_sum_of_lines',
  'line_amount_is_price_times_quantity',
  'final_sum_is_posted',
  'hold_covers_open_order',
  'account_sums_match_transfers',
  'ledger_balances',
  'event_relayed_once',
  'event_took_effect_once',
  'order_on_one_stop',
  'sale_needs_licence',
  'mark_needs_certificate',
  'recalled_goods_stand_still',
  'warm_goods_were_released',
  'genealogy_has_no_cycle',
  'batches_made_of_inputs',
  'moved_lots_match_loads',
  'lot_goods_all_accounted',
  'epcis_tells_each_event_once',
  'lines_settle_to_final',
  'settled_lots_were_delivered',
  'clearing_is_even',
  'settlement_matches_ledger',
  'reversals_within_sale',
  'payouts_match_ledger',
  'payouts_by_four_eyes',
  'retentions_match_ledger',
  'payments_booked_once',
  'bank_mirrors_lines',
  'unmatched_is_open_lines',
  'allocations_within_payment',
  'refunds_match_ledger',
  'claims_within_delivered',
  'credit_notes_match_ledger',
  'statements_are_their_entries',
  'statements_close_with_account',
  'interest_matches_ledger',
  'invoices_sum',
] as const
export type AuditName = (typeof auditNames)[number]

/** Orders whose goods are promised and whose credit is held, not yet picked. */
const beforePicking = "('awaiting_approval','placed','frozen')"
/** The day it is in Shanghai, as days are kept. */
const today = "to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD')"
/** Events younger than this may still be on their way. */
const relaySeconds = 120

/** Bins from which buyers are served. */
const sellable = "('pick_face','near_expiry','dock','reserve')"

export const auditChecks: readonly AuditCheck[] = [
  {
    name: 'lot_not_overpromised',
    population: 'select count(*) from lots',
    breaches: 'select id from lots where promised > promisable or promised < 0 or on_hand < 0',
  },
  {
    name: 'promises_sum_to_lot',
    population: 'select count(*) from promises where picked_quantity is null',
    breaches: `select l.id from lots l
      left join (select lot_id, sum(quantity) as q from promises where picked_quantity is null group by lot_id) p on p.lot_id = l.id
      where l.promised <> coalesce(p.q, 0)`,
  },
  {
    name: 'movements_sum_to_on_hand',
    population: 'select count(*) from movements',
    breaches: `select l.id from lots l
      left join (select m.lot_id, sum(case when t.kind in ${sellable} then abs(m.quantity) else 0 end
          - case when f.kind in ${sellable} then abs(m.quantity) else 0 end) as q
        from movements m left join bins f on f.id = m.from_bin_id left join bins t on t.id = m.to_bin_id
        group by m.lot_id) m on m.lot_id = l.id
      where l.on_hand <> coalesce(m.q, 0)`,
  },
  {
    name: 'movements_sum_to_bins',
    population: 'select count(*) from bin_stock',
    breaches: `select coalesce(s.lot_id, m.lot_id) as id from bin_stock s
      full join (select lot_id, bin_id, sum(q) as q from (
          select lot_id, to_bin_id as bin_id, abs(quantity) as q from movements where to_bin_id is not null
          union all select lot_id, from_bin_id, -abs(quantity) from movements where from_bin_id is not null) both_ways
        group by lot_id, bin_id) m on m.lot_id = s.lot_id and m.bin_id = s.bin_id
      where coalesce(s.quantity, 0) <> coalesce(m.q, 0) or coalesce(m.q, 0) < 0`,
  },
  {
    name: 'crate_moves_sum_to_balance',
    population: 'select count(*) from crate_moves',
    breaches: `with m as (
        select hub_id, to_id as party_id, type_id, count as n from crate_moves where to_id is not null
        union all select hub_id, from_id, type_id, -count from crate_moves where from_id is not null),
      s as (select hub_id, party_id, type_id, sum(n) as n from m group by 1, 2, 3)
      select coalesce(b.party_id, s.party_id) as id from crate_balances b full join s
        on s.hub_id = b.hub_id and s.party_id = b.party_id and s.type_id = b.type_id
      where coalesce(b.count, 0) <> coalesce(s.n, 0)`,
  },
  {
    name: 'receipts_make_what_was_shipped',
    population: 'select count(*) from consignment_lines where received_at is not null',
    // Accepted and refused make what was shipped; refused goods are noted apart; two people where a rule asked for two.
    breaches: `select x.id from consignment_lines x join receipt_counts c on c.line_id = x.id
      left join refused_goods g on g.line_id = x.id
      where x.received_at is not null and (c.accepted + c.refused <> x.quantity or c.refused <> x.refused_quantity
        or coalesce(g.quantity, 0) <> case when c.refused_to is null then 0 else c.refused end
        or (cardinality(c.second_why) > 0 and (c.confirmed_by is null or c.confirmed_by = c.counted_by)))`,
  },
  {
    name: 'quarantines_match_bins',
    population: "select count(*) from quarantines where status in ('waiting','testing')",
    breaches: `select coalesce(q.lot_id, s.lot_id) as id from (
        select lot_id, bin_id, sum(quantity) as q from quarantines where status in ('waiting','testing') group by 1, 2) q
      full join (select x.lot_id, x.bin_id, x.quantity from bin_stock x join bins b on b.id = x.bin_id
        where b.kind = 'quarantine' and x.quantity > 0) s on s.lot_id = q.lot_id and s.bin_id = q.bin_id
      where coalesce(q.q, 0) <> coalesce(s.quantity, 0)`,
  },
  {
    name: 'transfers_account_for_all',
    population: 'select count(*) from transfer_lots',
    // What left one hub is what came to the other, and what was written down as missing.
    breaches: `select y.id from transfer_lots y
      left join (select subject_id, sum(abs(quantity)) as q from movements where kind = 'transfer_out' group by 1) o on o.subject_id = y.id
      left join (select subject_id, sum(quantity) as q from movements where kind = 'transfer_in' group by 1) i on i.subject_id = y.id
      where coalesce(o.q, 0) <> y.quantity or coalesce(i.q, 0) <> coalesce(y.received_quantity, 0) - y.quarantined_quantity
        or (y.received_quantity < y.quantity and y.short_reason = '')`,
  },
  {
    name: 'returned_goods_stay_apart',
    population: 'select count(*) from returned_goods',
    breaches: `select m.id from movements m left join bins f on f.id = m.from_bin_id left join bins t on t.id = m.to_bin_id
      where (f.kind = 'returns' and coalesce(t.kind, '') <> 'destroy' and m.kind <> 'count')
        or (f.kind = 'destroy' and (t.id is not null or m.kind not in ('destroy', 'count')))
        or (m.kind = 'return' and t.kind <> 'returns')`,
  },
  {
    name: 'nothing_expired_is_released',
    population: "select count(*) from movements where kind in ('release','transfer_out')",
    breaches: `select m.id from movements m join lots l on l.id = m.lot_id
      where m.kind in ('release','transfer_out') and l.use_by_day < to_char(m.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
  },
  {
    name: 'picked_within_received',
    population: "select count(distinct lot_id) from movements where kind = 'pick'",
    breaches: `select lot_id as id from movements group by lot_id
      having sum(case when kind = 'pick' then -quantity else 0 end) > sum(case when from_bin_id is null then quantity else 0 end)`,
  },
  {
    name: 'lines_promised_or_cut',
    population: `select count(*) from order_lines l join orders o on o.id = l.order_id where o.status in ${beforePicking}`,
    breaches: `select l.id from order_lines l join orders o on o.id = l.order_id
      left join (select order_line_id, sum(quantity) as q from promises where picked_quantity is null group by order_line_id) p on p.order_line_id = l.id
      where o.status in ${beforePicking} and l.quantity <> coalesce(p.q, 0) + l.cut_quantity`,
  },
  {
    name: 'picks_sum_to_line',
    population:
      "select count(*) from order_lines l join orders o on o.id = l.order_id where o.status in ('picked','loaded','delivered','accepted')",
    breaches: `select l.id from order_lines l join orders o on o.id = l.order_id
      left join (select order_line_id, sum(picked_quantity) as q from promises where picked_quantity is not null group by order_line_id) p on p.order_line_id = l.id
      where o.status in ('picked','loaded','delivered','accepted') and coalesce(l.picked_quantity, 0) <> coalesce(p.q, 0)`,
  },
  {
    name: 'delivered_unit_traces_to_lot',
    population: 'select count(*) from deliveries',
    breaches: `select d.id from deliveries d
      left join (select p.order_line_id, p.lot_id, sum(p.picked_quantity) as q from promises p
        where p.picked_quantity is not null group by 1, 2) s on s.order_line_id = d.order_line_id and s.lot_id = d.lot_id
      where d.quantity + d.refused_quantity > coalesce(s.q, 0)
        or not exists (select 1 from lots l join order_lines ol on ol.id = d.order_line_id where l.id = d.lot_id and l.sku_id = ol.sku_id)`,
  },
  {
    name: 'deliveries_sum_to_line',
    population:
      "select count(*) from order_lines l join orders o on o.id = l.order_id where o.status in ('delivered','accepted')",
    breaches: `select l.id from order_lines l join orders o on o.id = l.order_id
      left join (select order_line_id, sum(quantity) as q, sum(refused_quantity) as r from deliveries group by 1) d on d.order_line_id = l.id
      where o.status in ('delivered','accepted')
        and (coalesce(l.delivered_quantity, 0) <> coalesce(d.q, 0) or l.refused_quantity <> coalesce(d.r, 0))`,
  },
  {
    name: 'trace_follows_picks',
    population: "select count(*) from trace_edges where kind = 'picked'",
    breaches: `select coalesce(p.lot_id, e.from_id) as id from (
        select p.lot_id, l.order_id, sum(p.picked_quantity) as q from promises p join order_lines l on l.id = p.order_line_id
        where p.picked_quantity > 0 group by 1, 2) p
      full join (select from_id, to_id, sum(quantity) as q from trace_edges where kind = 'picked' group by 1, 2 having sum(quantity) <> 0) e
        on e.from_id = p.lot_id and e.to_id = p.order_id
      where p.q is distinct from e.q`,
  },
  {
    name: 'trace_follows_deliveries',
    population: "select count(*) from trace_edges where kind = 'delivered'",
    breaches: `select coalesce(d.order_id, e.from_id) as id from (
        select lot_id, order_id, sum(quantity) as q from deliveries where quantity > 0 group by 1, 2) d
      full join (select from_id, lot_id, sum(quantity) as q from trace_edges where kind = 'delivered' group by 1, 2 having sum(quantity) <> 0) e
        on e.from_id = d.order_id and e.lot_id = d.lot_id
      where d.q is distinct from e.q`,
  },
  {
    name: 'order_total_is_sum_of_lines',
    population: 'select count(*) from orders',
    breaches: `select o.id from orders o
      left join (select order_id, sum(amount_fen) as s, count(*) as n from order_lines group by order_id) l on l.order_id = o.id
      where o.total_fen <> coalesce(l.s, 0) or coalesce(l.n, 0) = 0`,
  },
  {
    name: 'line_amount_is_price_times_quantity',
    population: 'select count(*) from order_lines',
    // Weight above the tolerance is on the bill only once the buyer agreed to it.
    breaches: `select l.id from order_lines l left join weight_questions w on w.order_line_id = l.id and w.status <> 'agreed'
      where l.amount_fen <> floor((l.price_centifen::numeric * l.quantity * 2 + l.base_per_price_unit::numeric * 100) / (l.base_per_price_unit::numeric * 200))
        or (l.final_fen is not null and l.final_fen <> floor((l.price_centifen::numeric * coalesce(w.billed_quantity, l.delivered_quantity, 0) * 2
          + l.base_per_price_unit::numeric * 100) / (l.base_per_price_unit::numeric * 200)))`,
  },
  ...ledgerChecks,
  {
    name: 'event_relayed_once',
    population: 'select count(*) from events',
    breaches: `select id from events where relayed_at is null and at < now() - interval '${relaySeconds} seconds'`,
  },
  {
    name: 'event_took_effect_once',
    population: 'select count(*) from event_effects',
    // A consumer that ever ran for a type must have run for each later event of that type; the key forbids twice.
    breaches: `with pairs as (select e.type, f.consumer, min(e.at) as since from event_effects f join events e on e.id = f.event_id group by 1, 2)
      select e.id from events e join pairs p on p.type = e.type and e.at > p.since
      where e.at < now() - interval '${relaySeconds} seconds'
        and not exists (select 1 from event_effects f where f.event_id = e.id and f.consumer = p.consumer)`,
  },
  {
    name: 'order_on_one_stop',
    population: "select count(*) from orders where status in ('loaded','delivered','accepted','failed')",
    breaches: `select o.id from orders o left join stop_orders s on s.order_id = o.id
      where o.status in ('loaded','delivered','accepted','failed') and s.order_id is null`,
  },
  {
    name: 'sale_needs_licence',
    population: `select count(*) from skus where sale_from <> '' and sale_from <= ${today} and sale_until >= ${today}`,
    breaches: `select s.id from skus s
      where s.archived_at is null and s.sale_from <> '' and s.sale_from <= ${today} and s.sale_until >= ${today}
      and not exists (select 1 from papers p where p.org_id = s.org_id and p.kind = 'business_licence'
        and p.status = 'valid' and p.valid_from <= ${today} and p.valid_to >= ${today})`,
  },
  {
    name: 'mark_needs_certificate',
    population: 'select count(*) from products, jsonb_array_elements(marks) m',
    breaches: `select p.id from products p, jsonb_array_elements(p.marks) m
      where m ->> 'from' <= ${today} and m ->> 'until' >= ${today}
      and not exists (select 1 from papers c where c.org_id = p.org_id and c.kind = m ->> 'type' and c.status = 'valid'
        and c.valid_from <= ${today} and c.valid_to >= ${today}
        and (c.product_ids = '{}' or p.id = any(c.product_ids)))`,
  },
  ...goodsChecks,
  ...moneyChecks,
  ...paymentChecks,
  ...claimChecks,
]
