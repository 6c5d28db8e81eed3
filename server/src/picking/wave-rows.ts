import { waves } from '@huming/db/schema/picking'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'

export type Wave = ContractReply<Contracts['picking.releaseWave']>

/** A wave of a hub the actor may see, or `not_found`. */
export async function seenWave(ctx: Ctx, id: string): Promise<typeof waves.$inferSelect> {
  allow(ctx, 'picking.read')
  const wave = found((await ctx.db.select().from(waves).where(eq(waves.id, id)))[0])
  allow(ctx, 'picking.read', { hubId: wave.hubId })
  return wave
}

const zones = sql`
  select coalesce(json_agg(json_build_object('zone', z.zone, 'tasks', coalesce(t.tasks, 0), 'open', coalesce(t.open, 0),
    'done', coalesce(t.done, 0), 'short', coalesce(t.short, 0), 'totes', z.totes, 'sealed', z.sealed) order by z.zone), '[]')
  from (select zone, count(*) filter (where status <> 'empty') as totes,
      count(*) filter (where status not in ('open', 'empty')) as sealed
    from totes where wave_id = w.id group by zone) z
  left join (select zone, count(*) as tasks, count(*) filter (where status = 'open') as open,
      count(*) filter (where status = 'done') as done, count(*) filter (where status = 'short') as short
    from pick_tasks where wave_id = w.id group by zone) t on t.zone = z.zone`

/** Waves with their progress; `where` is over `waves w`. */
export const waveQuery = (where: SQL, tail: SQL = sql``): SQL => sql`
  select w.id, w.hub_id as "hubId", h.name as hub, w.day, w.seq, w.status, w.created_at as "createdAt",
    w.released_at as "releasedAt", w.picked_at as "pickedAt", w.summary, n.orders, n.lines, n."cutLines",
    (${zones}) as zones
  from waves w join hubs h on h.id = w.hub_id cross join lateral (
    select count(distinct x.order_id) as orders, count(l.id) as lines,
      count(l.id) filter (where l.cut_quantity > 0) as "cutLines"
    from wave_orders x join order_lines l on l.order_id = x.order_id where x.wave_id = w.id) n
  where ${where} ${tail}`

export async function waveDoc(tx: Db | Tx, id: string): Promise<Wave> {
  return found((await docs<Wave>(tx, waveQuery(sql`w.id = ${id}`)))[0])
}
