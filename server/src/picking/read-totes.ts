import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { likePattern, page } from '../kernel/page.ts'
import { seenWave } from './wave-rows.ts'

type List = Contracts['picking.listTotes']
export type Tote = ContractReply<List>['items'][number]

/** Totes as screens and labels show them; `where` is over `totes e`, `orders o`, `sites s`. */
export const toteQuery = (where: SQL, tail: SQL): SQL => sql`
  select e.id, e.code, e.sscc, e.kind, e.separation, (select code from lots where id = e.loose_lot_id) as "looseLotCode",
    e.part, (select count(*) from totes f where f.order_id = e.order_id and f.zone = e.zone
      and f.separation = e.separation and f.status <> 'empty') as parts,
    e.holder_id as "holderId", (select name from people where id = e.holder_id) as holder,
    e.checked_at is null and coalesce((select check_rule from hub_picking where hub_id = o.hub_id), 'none') <> 'none'
      as "needsCheck", e.checked_at as "checkedAt", e.gross_grams as "grossGrams", e.wave_id as "waveId", e.order_id as "orderId", o.number as "orderNumber",
    b.short_name as buyer, s.name as site, s.address, o.day, o.window_from as "windowFrom",
    o.window_to as "windowTo", e.zone, e.status, e.seal_number as "sealNumber", e.sealed_at as "sealedAt",
    (select count(*) from pick_tasks t where t.tote_id = e.id) as tasks,
    (select count(*) from pick_tasks t where t.tote_id = e.id and t.status = 'open') as "openTasks"
  from totes e join orders o on o.id = e.order_id join organisations b on b.id = o.org_id
  join sites s on s.id = o.site_id where ${where} ${tail}`

/** Totes of a wave by zone and code. */
export async function listTotes(
  ctx: Ctx,
  waveId: string,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  await seenWave(ctx, waveId)
  const parts = [sql`e.wave_id = ${waveId}`]
  if (query.zone) parts.push(sql`e.zone = ${query.zone}`)
  if (query.status) parts.push(sql`e.status = ${query.status}`)
  if (query.cursor) parts.push(sql`e.code > ${query.cursor}`)
  if (query.search) {
    const like = likePattern(query.search)
    parts.push(
      sql`(e.code ilike ${like} or e.sscc like ${like} or o.number ilike ${like} or s.name ilike ${like})`,
    )
  }
  const rows = await docs<Tote>(
    ctx.db,
    toteQuery(sql.join(parts, sql` and `), sql`order by e.code limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => last.code)
}
