import { settlementLines } from '@huming/db/schema/settlement'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import {
  entriesOf,
  type InForce,
  type SettledLine,
  type SettledOrder,
  settleOrder,
} from '@huming/shared/settle-order'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

/** What was handed over of a line, by lot, and what it finally costs. */
export type HandedLine = {
  readonly id: string
  readonly skuId: string
  readonly supplierOrgId: string
  readonly taxRateBp: number
  readonly finalFen: number
  readonly lots: SettledLine['lots']
}

/**
 * Settles a delivered order with everybody: writes a settlement line for each lot behind each line and returns the
 * entries (clearing → payable → fees, retention, commission), which the caller writes by one `transfer`. What holds are
 * the terms and the mandate in force, and known, when the order was placed. `more` settles what is added to lines that
 * are settled already: a lump commission is not earned twice.
 */
export async function settleLines(
  tx: Tx,
  order: SettledOrder & { readonly placedAt: Date },
  lines: readonly HandedLine[],
  { more = false }: { readonly more?: boolean } = {},
): Promise<NewTransfer[]> {
  const handed = lines.filter((line) => line.lots.some((lot) => lot.quantity > 0))
  if (handed.length === 0) return []
  const [goods, inForce] = [
    await readGoods(tx, handed),
    await readInForce(tx, order.placedAt, [...new Set(handed.map((line) => line.supplierOrgId))]),
  ]
  const rows = settleOrder(
    order,
    handed.map(({ id, skuId, ...line }) => ({ orderLineId: id, ...line, ...(goods.get(skuId) as Goods) })),
    (supplierOrgId) => {
      const { terms, mandate } = inForce.get(supplierOrgId) ?? { terms: null, mandate: null }
      return { terms, mandate: more && mandate?.basis === 'lump' ? null : mandate }
    },
    () => newId(),
  )
  await tx.insert(settlementLines).values(rows.map((row) => ({ ...row, more })))
  return entriesOf(rows)
}

type Goods = Pick<SettledLine, 'category' | 'gramsPer'>

/** Category and weight of packs: goods counted in grams weigh what they are, others as their pack says. */
async function readGoods(tx: Tx, lines: readonly HandedLine[]): Promise<Map<string, Goods>> {
  const rows = (await tx.execute(sql`
    select k.id, p.category, case when k.base_unit = 'g' then 1 else k.gross_grams_per_unit end as grams,
      case when k.base_unit = 'g' then 1 else k.base_per_order_unit end as base
    from skus k join products p on p.id = k.product_id
    where k.id = any(${bareArray(lines.map((line) => line.skuId))}::uuid[])`)) as unknown as {
    id: string
    category: string
    grams: number
    base: number
  }[]
  return new Map(rows.map(({ id, category, grams, base }) => [id, { category, gramsPer: [grams, base] }]))
}

type ForceRow = InForce & { supplierOrgId: string }

/** Of several rows in force the latest begun counts, and of those the latest written. */
async function readInForce(
  tx: Tx,
  placedAt: Date,
  supplierIds: readonly string[],
): Promise<Map<string, InForce>> {
  const day = serviceDayOf(placedAt)
  const at = placedAt.toISOString()
  const rows = (await tx.execute(sql`
    select s.id as "supplierOrgId", to_json(t) as terms, to_json(m) as mandate
    from unnest(${bareArray(supplierIds)}::uuid[]) as s(id)
    left join lateral (
      select id, platform_org_id as "platformOrgId", fee_bp as "feeBp", fee_bp_by_category as "feeBpByCategory",
        delivery_fee_centifen as "deliveryFeeCentifen", retention_bp as "retentionBp",
        retention_months as "retentionMonths", rhythm, wait_days as "waitDays"
      from supplier_terms where supplier_org_id = s.id and valid_from <= ${day} and at <= ${at}::timestamptz
      order by valid_from desc, at desc, id desc limit 1) t on true
    left join lateral (
      select id, broker_org_id as "brokerOrgId", platform_org_id as "platformOrgId", commission_basis as basis,
        commission_rate as rate, supplier_pays_bp as "supplierPaysBp"
      from mandates where principal_org_id = s.id and valid_from <= ${day} and valid_to >= ${day}
        and written_at <= ${at}::timestamptz and commission_basis is not null
      order by valid_from desc, written_at desc, id desc limit 1) m on true`)) as unknown as ForceRow[]
  return new Map(rows.map(({ supplierOrgId, terms, mandate }) => [supplierOrgId, { terms, mandate }]))
}
