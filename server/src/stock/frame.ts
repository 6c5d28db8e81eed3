import { addDays, type ServiceDay, serviceDay, serviceDayOf } from '@huming/shared/days'
import { scopesOf } from '@huming/shared/permissions'
import type { Customer } from '@huming/shared/pricing'
import { person } from '../kernel/allow.ts'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type FreeLot, horizonDays, laterServedDays } from './availability.ts'

/** For whom, where and when offers are shown. */
export type Frame = Customer & {
  readonly day: ServiceDay
  readonly hubId: string
  readonly laterDays: readonly ServiceDay[]
}
/** The site and day asked for; both may be left out. */
export type Wish = { readonly siteId?: string | undefined; readonly day?: string | undefined }
/** What one statement tells for a page, all of the same moment. */
export type Moment = {
  readonly frame: Frame
  /** Free lots at the hub, by pack. */
  readonly lots: ReadonlyMap<string, readonly FreeLot[]>
  /** The catalogue's version. */
  readonly version: number
}

/** Stages in which a lot may be promised. */
const promisableStages = bareArray(['planned', 'made', 'shipped', 'received'])
/** Offers are not shown for days further ahead. */
const daysAheadMax = 60

type Row = {
  hub_id: string | null
  owner_id: string | null
  buyer_class: string | null
  weekdays: number[]
  closed: string[]
  version: number
  lots: string | null
}

/** The day asked for; left out it is tomorrow. */
export function dayOf(ctx: Pick<Ctx, 'now'>, wish: Wish): ServiceDay {
  const today = serviceDayOf(ctx.now)
  const day = wish.day === undefined ? addDays(today, 1) : serviceDay(wish.day)
  if (day > addDays(today, daysAheadMax))
    throw new Fault('day_out_of_range', '', { params: { days: daysAheadMax } })
  return day
}

/**
 * Finds customer, hub and delivery days of the site asked for, or of the actor's first open site; who has none
 * sees the city warehouse. Buyers see only their own sites (`not_found`), whoever reads all orders may look as
 * any site's owner. Brings what is free of the packs there.
 */
export async function readMoment(ctx: Ctx, wish: Wish, skuIds: readonly string[]): Promise<Moment> {
  const day = dayOf(ctx, wish)
  const { sql } = ctx
  const [row] = await sql<Row[]>`
    select s.hub_id, s.owner_id, s.buyer_class, s.weekdays,
      array(select c.day from closed_days c
        where c.hub_id = s.hub_id and c.day > ${day} and c.day <= ${addDays(day, horizonDays)}) as closed,
      (select version from catalogue_state) as version,
      (select string_agg(l.sku_id || ' ' || (l.promisable - l.promised) || ' ' || l.ready_day || ' ' || l.use_by_day, ',')
        from lots l where l.sku_id = any(${bareArray(skuIds)}::uuid[])
        and l.hub_id = s.hub_id and ${freeLots(sql, day)}) as lots
    from (${wish.siteId === undefined ? home(ctx) : site(ctx, wish.siteId)}) s`
  const hubId = found(row?.hub_id)
  const { owner_id, buyer_class, weekdays, closed, version, lots } = row as Row
  return {
    frame: {
      day,
      hubId,
      buyerOrgId: buyer_class ? owner_id : null,
      buyerClass: buyer_class,
      laterDays: laterServedDays(day, { deliveryWeekdays: weekdays, closedDays: closed }),
    },
    lots: lotsOf(lots),
    version,
  }
}

/** Lots `l` of which something is left that lives to the day. */
export const freeLots = (sql: Sql, day: ServiceDay) => sql`
  l.use_by_day >= ${day} and l.promisable > l.promised and l.stage = any(${promisableStages}::text[])`

/** The site, if it is the actor's own or the actor may read everybody's orders. */
function site(ctx: Ctx, siteId: string) {
  const all = scopesOf(ctx.actor, 'order.read').includes('all')
  const ownerId = ctx.actor.kind === 'person' ? ctx.actor.orgId : null
  return ctx.sql`
    select s.hub_id, o.id as owner_id, o.buyer_class, s.delivery_weekdays as weekdays
    from sites s join organisations o on o.id = s.org_id
    where s.id = ${siteId} and s.closed_at is null and (${all} or s.org_id = ${ownerId})`
}

function home(ctx: Ctx) {
  const { orgId } = person(ctx)
  return ctx.sql`
    select h.hub_id, o.id as owner_id, o.buyer_class, h.weekdays
    from organisations o
    cross join lateral (
      (select hub_id, delivery_weekdays as weekdays, 1 as nr from sites
        where org_id = o.id and closed_at is null order by id limit 1)
      union all
      (select id, '{1,2,3,4,5,6,7}', 2 from hubs order by (kind = 'central') desc, id limit 1)
      order by nr limit 1
    ) h
    where o.id = ${orgId}`
}

/**
 * Reads `skuId free readyDay useByDay,…`: of all forms the cheapest to make and, ids and days being of one length,
 * to read.
 */
function lotsOf(text: string | null): Map<string, FreeLot[]> {
  const byPack = new Map<string, FreeLot[]>()
  for (const one of text?.split(',') ?? []) {
    const skuId = one.slice(0, 36)
    const lot = { free: Number(one.slice(37, -22)), readyDay: one.slice(-21, -11), useByDay: one.slice(-10) }
    const lots = byPack.get(skuId)
    if (lots) lots.push(lot)
    else byPack.set(skuId, [lot])
  }
  return byPack
}
