import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { packColumns } from '../supply/rows.ts'
import { seenWave } from './wave-rows.ts'

type List = Contracts['picking.listBatches']
export type Batch = ContractReply<List>['items'][number]

/** Batches as screens show them; `where` is over `put_batches b`. `walk` is the place of the bin in the walk. */
const batchQuery = (where: SQL, tail: SQL): SQL => sql`
  select b.id, b.wave_id as "waveId", ${packColumns}, b.method, b.lot_id as "lotId", l.code as "lotCode",
    l.use_by_day as "useByDay", f.code as "binCode", wall.code as "wallCode", b.quantity,
    b.fetched_quantity as "fetchedQuantity", b.status, (select name from people where id = b.fetched_by) as "fetchedBy",
    n.sites, n."openTasks", coalesce(s.quantity, 0) as "atWall", n.walk
  from put_batches b join lots l on l.id = b.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  cross join lateral (
    select count(distinct o.site_id) as sites, count(*) filter (where t.status = 'open') as "openTasks",
      coalesce(min(t.walk), 0) as walk, (array_agg(t.bin_id))[1] as bin_id
    from pick_tasks t join orders o on o.id = t.order_id where t.batch_id = b.id) n
  left join bins f on f.id = n.bin_id left join bins wall on wall.id = b.wall_bin_id
  left join bin_stock s on s.bin_id = b.wall_bin_id and s.lot_id = b.lot_id
  where ${where} ${tail}`

export async function batchDoc(tx: Db | Tx, id: string): Promise<Batch> {
  return clean(found((await docs<Batch & { walk: number }>(tx, batchQuery(sql`b.id = ${id}`, sql``)))[0]))
}

function clean(row: Batch & { walk: number }): Batch {
  const { walk: _, ...batch } = row
  return batch
}

/** Batches of a wave along the walk. */
export async function listBatches(
  ctx: Ctx,
  waveId: string,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  await seenWave(ctx, waveId)
  const parts = [sql`b.wave_id = ${waveId}`]
  if (query.zone) parts.push(sql`b.zone = ${query.zone}`)
  if (query.method) parts.push(sql`b.method = ${query.method}`)
  if (query.status) parts.push(sql`b.status = ${query.status}`)
  const [walk, code, id] = query.cursor?.split('~') ?? []
  if (id !== undefined && /^\d{1,9}$/.test(walk ?? ''))
    parts.push(sql`(n.walk, l.code, b.id::text) > (${walk}::int, ${code}, ${id})`)
  const rows = await docs<Batch & { walk: number }>(
    ctx.db,
    batchQuery(sql.join(parts, sql` and `), sql`order by n.walk, l.code, b.id limit ${query.limit + 1}`),
  )
  const paged = page(rows, query.limit, (b) => [b.walk, b.lotCode, b.id].join('~'))
  return { ...paged, items: paged.items.map(clean) }
}
