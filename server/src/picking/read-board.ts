import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { type Wave, waveQuery } from './wave-rows.ts'

type Board = ContractReply<Contracts['picking.board']>

/** Waves of a day, or the unfinished and latest ones, and frozen orders that wait for a wave. */
export async function readBoard(ctx: Ctx, hubId: string, day: string | undefined): Promise<Board> {
  allow(ctx, 'picking.read', { hubId })
  const since = addDays(serviceDayOf(ctx.now), -2)
  const when = day ? sql`w.day = ${day}` : sql`(w.status in ('planned', 'picking') or w.day >= ${since})`
  const [waves, waiting] = await Promise.all([
    docs<Wave>(
      ctx.db,
      waveQuery(sql`w.hub_id = ${hubId} and ${when}`, sql`order by w.day desc, w.seq desc limit 50`),
    ),
    docs<Board['waiting'][number]>(
      ctx.db,
      sql`select o.day, count(distinct o.id) as orders, count(n.id) as lines
        from orders o join order_lines n on n.order_id = o.id
        where o.hub_id = ${hubId} and o.status = 'frozen' ${day ? sql`and o.day = ${day}` : sql``}
          and not exists (select 1 from wave_orders x where x.order_id = o.id)
        group by o.day order by o.day limit 60`,
    ),
  ])
  return { waves, waiting }
}
