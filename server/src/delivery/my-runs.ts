import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { trucksOf } from './disinfect.ts'

type Reply = ContractReply<Contracts['delivery.myRuns']>

/** How long a finished run stays in the driver's list: one shift. */
const shiftHours = 14

/** The driver's dispatched runs: open ones first, then what was finished within the shift; and his trucks. */
export async function myRuns(ctx: Ctx): Promise<Reply> {
  allow(ctx, 'run.drive')
  const { personId, runId } = person(ctx)
  const since = new Date(ctx.now.getTime() - shiftHours * 3_600_000)
  const totes = (loaded: boolean) => sql`(select count(*) from totes c
    join stop_orders so on so.order_id = c.order_id join stops s on s.id = so.stop_id
    where s.run_id = r.id and c.status ${loaded ? sql`in ('loaded', 'delivered', 'returned')` : sql`<> 'empty'`})`
  const items = await docs<Reply['items'][number]>(
    ctx.db,
    sql`select r.id, r.day, r.seq, r.status, v.plate, h.name as hub, r.depart_at as "departAt", r.metres,
        (select count(*) from stops s where s.run_id = r.id) as "stopCount",
        (select count(*) from stops s where s.run_id = r.id and s.status not in ('waiting', 'arrived')) as "stopsDone",
        ${totes(false)} as totes, ${totes(true)} as "totesLoaded"
      from runs r join vehicles v on v.id = r.vehicle_id join hubs h on h.id = r.hub_id
      where r.driver_person_id = ${personId} and r.status <> 'planned' and ${runId ? sql`r.id = ${runId}` : sql`true`}
        and (r.status <> 'finished' or r.finished_at > ${since.toISOString()}::timestamptz)
      order by r.status = 'finished', r.day, r.depart_at, r.id limit 50`,
  )
  const vehicles = (await trucksOf(ctx.db, ctx)).map(({ id, plate, cleanTo }) => ({ id, plate, cleanTo }))
  return { items, vehicles }
}
