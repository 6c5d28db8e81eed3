import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import { packJoins, packOf } from './rows.ts'

export type ReceiptDoc = ContractReply<Contracts['production.receiveMaterial']>

/** Over `base_receipts x`. */
export const receiptQuery = (where: SQL, tail: SQL = sql``): SQL => sql`
  select x.id, x.number, x.org_id as "orgId", b.short_name as buyer, x.hub_id as "hubId", ${packOf},
    x.supplier_org_id as "supplierOrgId", x.source_lot_id as "sourceLotId", x.lot_id as "lotId", l.code as "lotCode",
    x.status, x.quantity, x.received_quantity as "receivedQuantity", x.refused_quantity as "refusedQuantity",
    x.refuse_reason as "refuseReason", x.supplier_name as "supplierName", x.supplier_address as "supplierAddress",
    x.supplier_contact as "supplierContact", x.supplier_licence as "supplierLicence",
    x.supplier_lot_code as "supplierLotCode", x.made_on as "madeOn", x.use_by_day as "useByDay", x.certificate,
    x.deci_c as "deciC", x.sent_at as "sentAt", x.received_at as "receivedAt", x.is_sample as "isSample"
  from base_receipts x ${packJoins(sql`x.sku_id`)} join organisations b on b.id = x.org_id
  left join lots l on l.id = x.lot_id where ${where} ${tail}`

/** Buyer and seller of a receipt may see it; the store's own lot is the buyer's alone. */
export function receiptScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'supply.read')
  return orgIds === 'all'
    ? sql`true`
    : sql`(x.org_id = ${anyOf(orgIds)} or x.supplier_org_id = ${anyOf(orgIds)})`
}

/** One receipt as buyer or seller sees it. */
export async function receiptDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<ReceiptDoc> {
  const [doc] = await docs<ReceiptDoc>(db, receiptQuery(sql`x.id = ${id} and ${receiptScope(ctx)}`))
  return forSide(ctx, found(doc))
}

/** The seller is not told which lot of the buyer's store its goods became, nor the buyer's store. */
export function forSide(ctx: Pick<Ctx, 'actor'>, doc: ReceiptDoc): ReceiptDoc {
  const orgIds = visibleOrgIds(ctx, 'supply.read')
  if (orgIds === 'all' || orgIds.includes(doc.orgId)) return doc
  return { ...doc, lotId: null, lotCode: null }
}
