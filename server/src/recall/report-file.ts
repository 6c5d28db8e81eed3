import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'
import { recallDoc } from './read-recall.ts'
import { type Destroyed, reportDoc } from './report-doc.ts'

/** The report of a recall or drill as PDF in Chinese, as the books stand now; until it is final it says so. */
export async function sendReport(ctx: Ctx, id: string, door: Door): Promise<unknown> {
  allow(ctx, 'recall.read')
  const recall = await recallDoc(ctx.db, ctx, id)
  const destroyed = await docs<Destroyed>(
    ctx.db,
    sql`select l.code as "lotCode", k.base_unit as "baseUnit", k.order_unit as "orderUnit",
        k.base_per_order_unit as "basePerOrderUnit", d.quantity, d.method, d.place, d.done_at as "doneAt",
        b.name as "doneBy", w.name as witness, d.note
      from disposals d join lots l on l.id = d.lot_id join skus k on k.id = l.sku_id
      left join people b on b.id = d.done_by left join people w on w.id = d.witness_by
      where d.reason = ${recall.number} and d.status <> 'cancelled' order by d.done_at, d.id limit 500`,
  )
  const bytes = await writePdf(reportDoc(recall, destroyed, ctx.now))
  return sendFile(door, 'pdf', `${recall.drill ? '召回演练报告' : '召回报告'}-${recall.number}`, bytes)
}
