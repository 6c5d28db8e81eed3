import { addDays, type ServiceDay, serviceDay, serviceDayOf } from '@huming/shared/days'
import { scopesOf } from '@huming/shared/permissions'
import type { Customer } from '@huming/shared/pricing'
import { person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { horizonDays, laterServedDays } from './availability.ts'

/** For whom, where and when offers are shown. */
export type Frame = Customer & {
  readonly day: ServiceDay
  readonly hubId: string
  readonly laterDays: readonly ServiceDay[]
}

/** Offers are not shown for days further ahead. */
const daysAheadMax = 60

type Row = {
  hub_id: string | null
  owner_id: string | null
  buyer_class: string | null
  weekdays: number[]
  closed: string[]
}

/**
 * Finds customer, hub and delivery days of the site asked for, or of the actor's first open site; who has none
 * sees the city warehouse. Buyers see only their own sites (`not_found`), whoever reads all orders may look as
 * any site's owner. The day left out is tomorrow.
 */
export async function readFrame(
  ctx: Ctx,
  ask: { siteId?: string | undefined; day?: string | undefined },
): Promise<Frame> {
  const today = serviceDayOf(ctx.now)
  const day = ask.day === undefined ? addDays(today, 1) : serviceDay(ask.day)
  if (day > addDays(today, daysAheadMax))
    throw new Fault('day_out_of_range', '', { params: { days: daysAheadMax } })
  const row = await (ask.siteId ? readSite(ctx, ask.siteId, day) : readHome(ctx, day))
  return {
    day,
    hubId: found(row?.hub_id),
    buyerOrgId: row?.buyer_class ? row.owner_id : null,
    buyerClass: row?.buyer_class ?? null,
    laterDays: laterServedDays(day, {
      deliveryWeekdays: row?.weekdays ?? [],
      closedDays: row?.closed ?? [],
    }),
  }
}

/** The site, if it is the actor's own or the actor may read everybody's orders. */
async function readSite(ctx: Ctx, siteId: string, day: ServiceDay): Promise<Row | undefined> {
  const all = scopesOf(ctx.actor, 'order.read').includes('all')
  const ownerId = ctx.actor.kind === 'person' ? ctx.actor.orgId : null
  const [row] = await ctx.sql<Row[]>`
    select s.hub_id, o.id as owner_id, o.buyer_class, s.delivery_weekdays as weekdays, ${closedDays(ctx, day)} as closed
    from sites s join organisations o on o.id = s.org_id
    where s.id = ${siteId} and s.closed_at is null and (${all} or s.org_id = ${ownerId})`
  return row
}

async function readHome(ctx: Ctx, day: ServiceDay): Promise<Row | undefined> {
  const { orgId } = person(ctx)
  const [row] = await ctx.sql<Row[]>`
    select s.hub_id, o.id as owner_id, o.buyer_class, s.weekdays, ${closedDays(ctx, day)} as closed
    from organisations o
    cross join lateral (
      (select hub_id, delivery_weekdays as weekdays, 1 as nr from sites
        where org_id = o.id and closed_at is null order by id limit 1)
      union all
      (select id, '{1,2,3,4,5,6,7}', 2 from hubs order by (kind = 'central') desc, id limit 1)
      order by nr limit 1
    ) s
    where o.id = ${orgId}`
  return row
}

const closedDays = (ctx: Ctx, day: ServiceDay) => ctx.sql`array(
  select c.day from closed_days c
  where c.hub_id = s.hub_id and c.day > ${day} and c.day <= ${addDays(day, horizonDays)})`
