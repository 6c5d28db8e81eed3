import type { OpenDb } from '@huming/db/client'

export const parties = { buyers: 4000, suppliers: 60 }
/** A month long over, so that its cut date has passed. */
export const month = { name: '2026-09', from: '2026-09-01', closedAt: new Date('2026-10-02T02:00:00Z') }

/** An id told by a kind and a number; the database counts by it. */
const idOf = (kind: string, n: string): string =>
  `('00000000-${kind}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const at = (n: string): string =>
  `(timestamptz '${month.from} 00:00+08' + (${n})::float8 * interval '25.9 seconds')`

/**
 * Writes a month of delivered, settled orders: buyers and suppliers with their accounts, orders with their lines, one
 * entry a buyer owes for each order and one a supplier is owed for each line. Gives the operations centre's id.
 */
export async function generateMonth(sql: OpenDb['sql'], orders: number, lines: number): Promise<string> {
  const all = orders * lines
  const operationsId = '00000000-0001-7000-8000-000000000000'
  await sql.begin(async (tx) => {
    // Rows are made whole here; references to goods that no figure needs are left out.
    await tx`set local session_replication_role = replica`
    await tx.unsafe(`
      insert into organisations (id, kind, name, short_name, buyer_class, division_code, created_at)
      select '${operationsId}', 'operations', 'o', 'o', null, '310114', now()
      union all select ${idOf('0002', '0')}, 'warehouse', 'w', 'w', null, '310114', now()
      union all select ${idOf('0003', 'n')}, 'buyer', 'b' || n, 'b' || n, 'snack_shop', '310114', now()
        from generate_series(0, ${parties.buyers - 1}) n
      union all select ${idOf('0004', 'n')}, 'coop', 's' || n, 's' || n, null, '350427', now()
        from generate_series(0, ${parties.suppliers - 1}) n;
      insert into orders (id, number, org_id, site_id, hub_id, day, window_from, window_to, status, total_fen, request_hash,
        placed_by, placed_at, delivered_at)
      select ${idOf('0005', 'n')}, 'D' || n, ${idOf('0003', `n % ${parties.buyers}`)}, '${operationsId}', '${operationsId}',
        to_char(${at(`n * 1e5 / ${orders}`)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), 60, 390, 'accepted', ${lines * 1000}, '', '${operationsId}',
        ${at(`n * 1e5 / ${orders}`)}, ${at(`n * 1e5 / ${orders}`)} from generate_series(0, ${orders - 1}) n;
      insert into order_lines (id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price_centifen,
        base_per_price_unit, price_reason, tax_rate_bp, amount_fen, delivered_quantity, final_fen)
      select ${idOf('0006', 'n')}, ${idOf('0005', `n / ${lines}`)}, n % ${lines} + 1, ${idOf('0007', `n % ${lines}`)},
        ${idOf('0004', `n % ${parties.suppliers}`)}, 1, 1000, 100000, 1000, 'list', 900, 1000, 1000, 1000
      from generate_series(0, ${all - 1}) n;
      insert into settlement_lines (id, order_id, order_line_id, lot_id, buyer_org_id, supplier_org_id, hub_org_id, quantity,
        gross_fen, tax_fen, fee_fen, retention_fen, commission_supplier_fen, commission_platform_fen, net_fen, subject_id,
        due_on, day, event_id, at)
      select ${idOf('0008', 'n')}, ${idOf('0005', `n / ${lines}`)}, ${idOf('0006', 'n')}, '${operationsId}',
        ${idOf('0003', `(n / ${lines}) % ${parties.buyers}`)}, ${idOf('0004', `n % ${parties.suppliers}`)}, ${idOf('0002', '0')}, 1000,
        1000, 83, 0, 0, 0, 0, 1000, ${idOf('0005', `n / ${lines}`)}, '2026-10-01', '${month.from}', '${operationsId}',
        ${at(`(n / ${lines}) * 1e5 / ${orders}`)} from generate_series(0, ${all - 1}) n;
      insert into ledger_accounts (id, org_id, purpose)
      select ${idOf('0009', '0')}, ${idOf('0002', '0')}, 'sales'
      union all select ${idOf('000a', 'n')}, ${idOf('0003', 'n')}, 'receivable' from generate_series(0, ${parties.buyers - 1}) n
      union all select ${idOf('000b', 'n')}, ${idOf('0004', 'n')}, 'payable' from generate_series(0, ${parties.suppliers - 1}) n;
      insert into ledger_transfers (id, kind, reason, debit_account_id, credit_account_id, amount_fen, subject_id, event_id, at)
      select ${idOf('000c', 'n')}, 'direct', 'sale', ${idOf('000a', `n % ${parties.buyers}`)}, ${idOf('0009', '0')}, ${lines * 1000},
        ${idOf('0005', 'n')}, '${operationsId}', ${at(`n * 1e5 / ${orders}`)} from generate_series(0, ${orders - 1}) n;
      insert into ledger_transfers (id, kind, reason, debit_account_id, credit_account_id, amount_fen, subject_id, event_id, at)
      select ${idOf('000d', 'n')}, 'direct', 'settle', ${idOf('0009', '0')}, ${idOf('000b', `n % ${parties.suppliers}`)}, 1000,
        ${idOf('0005', `n / ${lines}`)}, '${operationsId}', ${at(`(n / ${lines}) * 1e5 / ${orders}`)} from generate_series(0, ${all - 1}) n;
      update ledger_accounts a set debits_posted_fen = coalesce(d.fen, 0), credits_posted_fen = coalesce(c.fen, 0)
      from ledger_accounts b left join (select debit_account_id as id, sum(amount_fen) as fen from ledger_transfers group by 1) d on d.id = b.id
        left join (select credit_account_id as id, sum(amount_fen) as fen from ledger_transfers group by 1) c on c.id = b.id
      where b.id = a.id`)
  })
  await sql.unsafe('vacuum analyze')
  return operationsId
}
