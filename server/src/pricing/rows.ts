import type { ISql } from 'postgres'

/** Base units that line `n` takes of its contract's quantity: what was delivered, else picked, else still ordered. */
export const takenBy = (sql: ISql) =>
  sql`coalesce(n.delivered_quantity, n.picked_quantity, n.quantity - n.cut_quantity)`

/** Lines `n` of orders `q` that count against a contract; where orders stand counts nowhere else. */
export const takingLines = (sql: ISql) => sql`
  order_lines n join orders q on q.id = n.order_id and q.status not in ('cancelled', 'failed')`

/** VAT rules for pack `s` and the position of its seller `o`, as `TaxRule`. */
export const taxRulesOf = (sql: ISql) => sql`(
  select coalesce(json_agg(json_build_object('taxClass', t.tax_class, 'sellerType', t.seller_type,
    'from', t.valid_from, 'to', t.valid_to, 'rateBp', t.rate_bp, 'exempt', t.exempt, 'basis', t.basis)), '[]')
  from tax_rules t where t.tax_class = s.tax_class and t.seller_type = coalesce(o.seller_tax_type, 'general'))`
