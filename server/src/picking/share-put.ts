import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { hubRules } from './hub-rules.ts'
import { lessenTask } from './lessen-task.ts'
import { rankOf } from './methods.ts'
import { raiseCount } from './raise-count.ts'
import { shareShort } from './share.ts'
import { lockTask } from './task-rows.ts'

type Line = {
  id: string
  need: number
  unit: number
  allOrNothing: boolean
  buyerClass: string
  contract: boolean
}
type Fetch = { batchId: string; hubId: string; here: number; reason: string }

/** Shares what was fetched between the stores of a batch by the hub's rule; who gets less has the rest replaced or cut. */
export async function sharePut(tx: Tx, ctx: Ctx, { batchId, hubId, here, reason }: Fetch): Promise<void> {
  const hub = await hubRules(tx, hubId)
  const lines = await tx.execute<Line>(sql`
    select t.id, t.quantity as need, case when k.catch_weight then 1 else k.base_per_order_unit end::int8 as unit,
      o.shortage_rule = 'cancel_line' as "allOrNothing", g.buyer_class as "buyerClass",
      n.price_reason = 'contract' as contract
    from pick_tasks t join orders o on o.id = t.order_id join order_lines n on n.id = t.order_line_id
    join organisations g on g.id = o.org_id join skus k on k.id = n.sku_id
    where t.batch_id = ${batchId} and t.status = 'open' order by o.placed_at, o.id, n.line_no, t.id`)
  const all = [...lines]
  const shares = shareShort(
    all.map(({ id, need, allOrNothing, buyerClass, contract }) => ({
      lineId: id,
      need,
      allOrNothing,
      rank: rankOf(hub.classOrder, buyerClass, contract),
    })),
    here,
    all[0]?.unit ?? 1,
    hub.shortageRule,
  )
  const keepOf = new Map(shares.map((share) => [share.lineId, share.quantity]))
  let counted = false
  for (const { id, need } of all) {
    const keep = keepOf.get(id) ?? 0
    if (keep >= need) continue
    const task = await lockTask(tx, ctx, id)
    if (task.status !== 'open') continue
    if (!counted) await raiseCount(tx, ctx, { ...task, wallBinId: null }, `${reason} ${need - keep}`)
    counted = true
    await lessenTask(tx, ctx, task, { keep, reason, doubted: true })
  }
}
