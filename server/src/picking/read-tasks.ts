import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { packColumns } from '../supply/rows.ts'
import { type PickTask, taskDoc, taskQuery } from './task-rows.ts'
import { seenWave, waveDoc } from './wave-rows.ts'

type List = Contracts['picking.listTasks']
type Next = Contracts['picking.nextTask']
type Printed = Contracts['picking.pickList']

/** Tasks of a wave in walking order: zone, place of the bin, pack, lot by expiry, tote. */
export async function listTasks(
  ctx: Ctx,
  waveId: string,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  await seenWave(ctx, waveId)
  const parts = [sql`t.wave_id = ${waveId}`]
  if (query.zone) parts.push(sql`t.zone = ${query.zone}`)
  if (query.status) parts.push(sql`t.status = ${query.status}`)
  if (query.orderId) parts.push(sql`t.order_id = ${query.orderId}`)
  if (query.batchId) parts.push(sql`t.batch_id = ${query.batchId}`)
  if (query.toteId) parts.push(sql`t.tote_id = ${query.toteId}`)
  const cursor = query.cursor?.split('~') ?? []
  if (cursor.length === 6 && /^\d{1,9}$/.test(cursor[1] ?? ''))
    parts.push(
      sql`(t.zone, t.walk, k.code, l.use_by_day, e.code, t.id::text) > (${sql.join(
        cursor.map((part, i) => (i === 1 ? sql`${part}::int` : sql`${part}`)),
        sql`, `,
      )})`,
    )
  const rows = await docs<PickTask>(
    ctx.db,
    taskQuery(
      sql.join(parts, sql` and `),
      sql`order by t.zone, t.walk, k.code, l.use_by_day, e.code, t.id limit ${query.limit + 1}`,
    ),
  )
  return page(rows, query.limit, (t) => [t.zone, t.walk, t.skuCode, t.useByDay, t.toteCode, t.id].join('~'))
}

/** A pack that somebody picked from this recently is theirs for the moment. */
const busyMinutes = 3

/**
 * The task to do next. By order: in the totes I have in hand, along the walk of the bins; totes that others have
 * are theirs. Else the pack I was at first, then one nobody else is at; pickers who begin together are sent to
 * different packs.
 */
export async function nextTask(
  ctx: Ctx,
  waveId: string,
  query: ContractParsed<Next>['query'],
): Promise<ContractReply<Next>> {
  const wave = await seenWave(ctx, waveId)
  allow(ctx, 'pick.write', { hubId: wave.hubId })
  const { personId } = person(ctx)
  const since = new Date(ctx.now.getTime() - busyMinutes * 60_000).toISOString()
  const zone = sql`${query.zone ? sql`and t.zone = ${query.zone}` : sql``} ${query.method ? sql`and t.method = ${query.method}` : sql``}`
  const skip = query.after ? sql`and t.id <> ${query.after}` : sql``
  const [row] = await ctx.db.execute<{ id: string }>(sql`
    with busy as (
      select l.sku_id, bool_or(t.picked_by = ${personId}) as mine, bool_or(t.picked_by <> ${personId}) as other
      from pick_tasks t join lots l on l.id = t.lot_id
      where t.wave_id = ${waveId} and t.status <> 'open' and t.picked_at > ${since}::timestamptz group by l.sku_id)
    select t.id from pick_tasks t join lots l on l.id = t.lot_id join totes e on e.id = t.tote_id
    left join busy b on b.sku_id = l.sku_id
    where t.wave_id = ${waveId} and t.status = 'open' ${zone} ${skip}
      and (e.holder_id is null or e.holder_id = ${personId} or t.method <> 'by_order')
    order by e.holder_id is not distinct from ${personId}::uuid desc,
      case when e.holder_id = ${personId} then t.walk end, coalesce(b.mine, false) desc, coalesce(b.other, false),
      t.zone, hashtextextended(l.sku_id::text, hashtext(${personId})), l.use_by_day, e.code, t.id limit 1`)
  const [counts] = await ctx.db.execute<{ open: number; total: number }>(sql`
    select count(*) filter (where status = 'open') as open, count(*) as total
    from pick_tasks t where t.wave_id = ${waveId} ${zone}`)
  return {
    task: row ? await taskDoc(ctx.db, row.id) : null,
    open: counts?.open ?? 0,
    total: counts?.total ?? 0,
  }
}

/**
 * The pick list to print, in walking order: zone, place of the bin, method, pack, lot by expiry. Each row is one lot
 * at one bin with its total and how that is put to the totes. Only what is still open.
 */
export async function readPickList(
  ctx: Ctx,
  waveId: string,
  zone: string | undefined,
): Promise<ContractReply<Printed>> {
  await seenWave(ctx, waveId)
  const rows = await docs<ContractReply<Printed>['rows'][number]>(
    ctx.db,
    sql`select ${packColumns}, l.id as "lotId", l.code as "lotCode", l.use_by_day as "useByDay", b.code as "binCode",
        x.method, x.quantity, x.parts
      from (select t.lot_id, t.method, coalesce(u.wall_bin_id, t.bin_id) as bin_id, min(t.walk) as walk,
          sum(t.quantity)::int8 as quantity, json_agg(json_build_object('toteCode', e.code,
          'site', s.name, 'quantity', t.quantity) order by e.code) as parts
        from pick_tasks t join totes e on e.id = t.tote_id join orders o on o.id = t.order_id
        join sites s on s.id = o.site_id
        left join put_batches u on u.id = t.batch_id and u.status = 'fetched'
        where t.wave_id = ${waveId} and t.status = 'open' ${zone ? sql`and t.zone = ${zone}` : sql``}
        group by 1, 2, 3) x
      join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      left join bins b on b.id = x.bin_id
      order by k.zone, x.walk, b.code, x.method, k.code, l.use_by_day, l.id`,
  )
  return { wave: await waveDoc(ctx.db, waveId), printedAt: ctx.now.toISOString(), rows }
}
