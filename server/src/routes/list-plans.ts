import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { visibleHubIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'

type Reply = ContractReply<Contracts['routes.listPlans']>

/** Released waves with their plan, the latest delivery day first; of one hub or day when asked. */
export async function listPlans(
  ctx: Ctx,
  query: { hubId?: string | undefined; day?: string | undefined },
): Promise<Reply> {
  const hubIds = visibleHubIds(ctx, 'run.read')
  const scope = hubIds === 'all' ? sql`true` : sql`w.hub_id = ${anyOf(hubIds)}`
  const items = await docs<Reply['items'][number]>(
    ctx.db,
    sql`select w.id as "waveId", w.seq as "waveSeq", w.status as "waveStatus", w.hub_id as "hubId", h.name as hub, w.day,
        (select count(*) from wave_orders wo join orders o on o.id = wo.order_id
          where wo.wave_id = w.id and o.status <> 'cancelled') as orders,
        case when p.id is not null then json_build_object('id', p.id, 'status', p.status, 'metres', p.metres,
          'runs', (select count(*) from runs r where r.plan_id = p.id),
          'runsLeft', (select count(*) from runs r where r.plan_id = p.id and r.status = 'planned'),
          'unassigned', (select count(*) from jsonb_to_recordset(p.unassigned) as u("orderId" uuid)
            join orders o on o.id = u."orderId" and o.status in ('picking', 'picked'))) end as plan
      from waves w join hubs h on h.id = w.hub_id left join plans p on p.wave_id = w.id
      where w.status in ('picking', 'picked') and ${scope}
        and ${query.hubId ? sql`w.hub_id = ${query.hubId}` : sql`true`}
        and ${query.day ? sql`w.day = ${query.day}` : sql`true`}
      order by w.day desc, w.hub_id, w.seq limit 100`,
  )
  return { items }
}
