import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

export type ToldCut = {
  lineId: string
  quantity: number
  reason: string
  lotId?: string
  /** How too little was shared, where that cut it. */
  rule?: string | null
}
type Row = {
  id: string
  orderId: string
  orgId: string
  hubId: string
  number: string
  skuId: string
  name: string
}

/** Tells of cut lines: an event each, and a notice to the buyer. */
export async function tellCuts(tx: Tx, ctx: Ctx, cuts: readonly ToldCut[]): Promise<void> {
  if (cuts.length === 0) return
  const rows = await tx.execute<Row>(sql`
    select n.id, o.id as "orderId", o.org_id as "orgId", o.hub_id as "hubId", o.number, n.sku_id as "skuId", p.name
    from order_lines n join orders o on o.id = n.order_id join skus k on k.id = n.sku_id
    join products p on p.id = k.product_id where n.id = any(${bareArray(cuts.map((cut) => cut.lineId))}::uuid[])`)
  const byId = new Map([...rows].map((row) => [row.id, row]))
  const told = cuts.flatMap((cut) => {
    const row = byId.get(cut.lineId)
    return row ? [{ ...cut, ...row }] : []
  })
  await emitAll(
    tx,
    ctx,
    told.map(({ id, orderId, orgId, hubId, skuId, lotId, quantity, reason, rule }) => ({
      type: 'order.line_cut',
      subjectId: orderId,
      orgId,
      hubId,
      payload: {
        orderId,
        lineId: id,
        skuId,
        ...(lotId ? { lotId } : {}),
        quantity,
        reason,
        ...(rule ? { rule } : {}),
      },
    })),
  )
  await notifyAll(
    tx,
    told.map(({ orgId, orderId, number, name, reason, rule }) => ({
      orgId,
      key: rule ? `notice.line_cut.${rule}` : 'notice.line_cut',
      params: { number, name, reason },
      subjectId: orderId,
      at: ctx.now,
    })),
  )
}
