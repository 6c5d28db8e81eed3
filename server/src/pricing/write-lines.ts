import { type ContractLine, type ContractTerm, linePrices } from '@huming/shared/contract-prices'
import { newId } from '@huming/shared/ids'
import type { ReferencePrice } from '@huming/shared/pricing'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

export type StandingLine = ContractLine & ContractTerm & { buyerOrgId: string; referenceKey: string | null }

/** Locks packs in id order: whoever writes prices of a pack holds it. */
export const lockSkus = (tx: Tx, ids: Iterable<string>) =>
  tx.execute<{ id: string; orgId: string; basePerPriceUnit: number; basePerOrderUnit: number }>(sql`
    select id, org_id as "orgId", base_per_price_unit as "basePerPriceUnit", base_per_order_unit as "basePerOrderUnit"
    from skus where id = any(${bareArray(ids)}::uuid[]) order by id for update`)

/** Every day's figure of these keys, the one entered last where a day has several. */
export async function readReferences(
  tx: Tx,
  keys: readonly string[],
): Promise<Map<string, ReferencePrice[]>> {
  const rows = await tx.execute<ReferencePrice & { key: string }>(sql`
    select distinct on (key, day) key, market, product, day, average_centifen as "averageCentifen", per
    from reference_prices where key in ${keys.length > 0 ? keys : ['']}
    order by key, day, entered_at desc, id desc`)
  return Map.groupBy(rows, (row) => row.key)
}

/**
 * Writes the prices that contracts' lines stand for; those that stand as they should are left alone. Their packs are
 * locked. Gives the number of prices that are new or another.
 */
export async function writeLinePrices(tx: Tx, at: Date, lines: readonly StandingLine[]): Promise<number> {
  const keys = lines.flatMap((line) => line.referenceKey ?? [])
  const references = await readReferences(tx, [...new Set(keys)])
  let moved = 0
  for (const line of lines) {
    const rows = linePrices(line, line, references.get(line.referenceKey ?? '') ?? [])
    for (const row of rows) {
      const written = await tx.execute(sql`
        insert into prices (id, sku_id, buyer_org_id, from_units, centifen, valid_from, valid_to, kind,
          contract_line_id, basis, created_at)
        values (${newId()}, ${line.skuId}, ${line.buyerOrgId}, 1, ${row.centifen}, ${row.validFrom}, ${row.validTo},
          ${row.kind}, ${line.id}, ${JSON.stringify(row.basis)}::text::jsonb, ${at.toISOString()}::timestamptz)
        on conflict (sku_id, coalesce(buyer_org_id::text, buyer_class, ''), from_units, valid_from) do update
          set centifen = excluded.centifen, valid_to = excluded.valid_to, kind = excluded.kind,
            basis = excluded.basis, contract_line_id = excluded.contract_line_id
          where prices.contract_line_id = excluded.contract_line_id
            and (prices.centifen, prices.valid_to, prices.basis) is distinct from
              (excluded.centifen, excluded.valid_to, excluded.basis)
        returning id`)
      moved += written.length
    }
  }
  return moved
}
