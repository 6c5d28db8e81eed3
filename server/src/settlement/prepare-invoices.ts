import { invoiceLines, invoices } from '@huming/db/schema/invoices'
import { creditTaxes } from '@huming/shared/claiming'
import { newId } from '@huming/shared/ids'
import { sumFen } from '@huming/shared/money'
import { invoiceClassNames } from '@huming/shared/reference/invoice-words'
import type { TaxClass } from '@huming/shared/reference/taxes'
import { milliOf } from '@huming/shared/stating'
import { unitName } from '@huming/shared/units'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { moveStatement } from './answer-statement.ts'
import { lockStatement, type Statement } from './statement-rows.ts'

/** Goods of a pack and rate that a seller delivered on a statement, less what it was made to bear by claims. */
export type Sold = {
  readonly sellerOrgId: string
  readonly sellerTaxType: string | null
  readonly sellerUscc: string | null
  readonly skuId: string
  readonly name: string
  readonly spec: string
  readonly taxClass: TaxClass
  readonly unit: Parameters<typeof unitName>[0]
  readonly basePerUnit: number
  readonly quantity: number
  readonly taxRateBp: number
  readonly grossFen: number
}

/**
 * Makes the invoice data of a confirmed buyer's statement: per seller one for taxed and one for exempt goods (mixed rates
 * are booked apart, 增值税法 Art. 12). Special type 12 where a self-producer sells exempt goods, 16 where the seller has no
 * code of its own. Made once; made again gives 0.
 */
export async function prepareInvoices(
  ctx: Ctx,
  id: string,
  { kind }: { kind: 'special' | 'ordinary' },
): Promise<{ made: number }> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.manage', { orgId: row.orgId })
    if (row.status === 'invoiced') return { made: 0 }
    if (row.side !== 'buyer' || row.status !== 'confirmed') throw new Fault('wrong_state')
    const sold = (await soldOn(tx, id)).filter((one) => one.grossFen > 0 && one.quantity > 0)
    if (sold.length === 0) throw new Fault('nothing_to_invoice')
    const groups = Map.groupBy(sold, (one) => `${one.sellerOrgId} ${one.taxRateBp === 0}`)
    for (const own of groups.values()) await writeInvoice(tx, ctx, row, kind, own)
    await moveStatement(tx, row, 'invoice', { invoicedAt: ctx.now })
    const payload = { invoices: groups.size }
    await emit(tx, ctx, { type: 'statement.invoiced', subjectId: id, orgId: row.orgId, payload })
    return { made: groups.size }
  })
}

async function writeInvoice(
  tx: Tx,
  ctx: Ctx,
  row: Statement,
  asked: 'special' | 'ordinary',
  sold: readonly Sold[],
): Promise<void> {
  const [first] = sold as readonly [Sold, ...Sold[]]
  const exempt = first.taxRateBp === 0
  const taxes = creditTaxes(sold)
  const totalFen = sumFen(sold.map((one) => one.grossFen))
  const taxFen = sumFen(taxes)
  const id = newId()
  await tx.insert(invoices).values({
    id,
    statementId: row.id,
    sellerOrgId: first.sellerOrgId,
    buyerOrgId: row.orgId,
    status: 'draft',
    // Exempt goods get no special invoice (增值税专用发票).
    kind: exempt ? 'ordinary' : asked,
    specialType: specialTypeOf(first, exempt),
    netFen: totalFen - taxFen,
    taxFen,
    totalFen,
    remark: `对账单 ${row.number}`,
    madeAt: ctx.now,
    isSample: row.isSample,
  })
  await tx.insert(invoiceLines).values(
    sold.map((one, i) => ({
      invoiceId: id,
      lineNo: i + 1,
      skuId: one.skuId,
      item: `*${invoiceClassNames[one.taxClass] ?? '农产品'}*${one.name}`,
      spec: one.spec,
      unit: unitName(one.unit, 'zh', 1),
      milliUnits: milliOf(one.quantity, one.basePerUnit),
      taxRateBp: one.taxRateBp,
      exempt: one.taxRateBp === 0,
      netFen: one.grossFen - (taxes[i] ?? 0),
      taxFen: taxes[i] ?? 0,
      grossFen: one.grossFen,
    })),
  )
}

function specialTypeOf(seller: Sold, exempt: boolean): '12' | '16' | null {
  if (seller.sellerUscc === null) return '16'
  return exempt && seller.sellerTaxType === 'self_producer' ? '12' : null
}

/** Delivered goods of the orders on a statement less the lines of its credit notes that the seller bears. */
export const soldOn = (tx: Tx, statementId: string): Promise<Sold[]> =>
  docs<Sold>(
    tx,
    sql`with sold as (
        select distinct y.id, y.supplier_org_id, y.sku_id, y.tax_rate_bp, y.delivered_quantity as quantity, y.final_fen as fen
        from statement_lines x join order_lines y on y.order_id = x.subject_id
        where x.statement_id = ${statementId} and x.reason = 'sale' and y.delivered_quantity > 0),
      back as (
        select z.id, z.supplier_org_id, z.sku_id, n.tax_rate_bp, -n.quantity as quantity, -n.gross_fen as fen
        from statement_lines x join claim_lines z on z.claim_id = x.subject_id
        join credit_note_lines n on n.claim_line_id = z.id
        where x.statement_id = ${statementId} and x.reason = 'credit_note' and z.responsible_party = 'supplier'
        group by z.id, n.tax_rate_bp, n.quantity, n.gross_fen)
      select g.supplier_org_id as "sellerOrgId", o.seller_tax_type as "sellerTaxType", o.uscc as "sellerUscc",
        g.sku_id as "skuId", p.name, k.spec, k.tax_class as "taxClass", k.price_unit as unit,
        k.base_per_price_unit as "basePerUnit", g.tax_rate_bp as "taxRateBp", sum(g.quantity)::int8 as quantity,
        sum(g.fen)::int8 as "grossFen"
      from (select * from sold union all select * from back) g join organisations o on o.id = g.supplier_org_id
      join skus k on k.id = g.sku_id join products p on p.id = k.product_id
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 order by 1, 10, 5, 4`,
  )
