import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type DayAnswer, daysAheadMax, daysToShow, type ServedSite } from './calendar.ts'
import { readCalendar } from './rows.ts'

type Site = ServedSite & { id: string; orgId: string; windowFrom: number; windowTo: number }

/** The next delivery days of a site with cut-off, or why not. */
export async function readDeliveryDays(
  ctx: Ctx,
  siteId: string,
): Promise<ContractReply<Contracts['orders.deliveryDays']>> {
  const { site, days } = await deliveryDaysOf(ctx, siteId)
  const firstOpen = days.find((day) => day.reason === null) ?? days[0]
  return {
    siteId: site.id,
    minimumFen: firstOpen?.minimumFen ?? 0,
    windowFrom: site.windowFrom,
    windowTo: site.windowTo,
    days: days.map(({ day, cutOffAt, reason, closedReason }) => ({
      day,
      cutOffAt: cutOffAt.toISOString(),
      open: reason === null,
      reason,
      closedReason,
    })),
  }
}

/** The buyer's own site (else `not_found`) and its days. */
export async function deliveryDaysOf(ctx: Ctx, siteId: string): Promise<{ site: Site; days: DayAnswer[] }> {
  allow(ctx, 'order.place')
  const [row] = await ctx.sql<Site[]>`
    select s.id, s.org_id as "orgId", s.hub_id as "hubId", b.buyer_class as "buyerClass",
      s.delivery_weekdays as "deliveryWeekdays", s.closed_at is not null as closed,
      s.window_from as "windowFrom", s.window_to as "windowTo"
    from sites s join organisations b on b.id = s.org_id and b.buyer_class is not null where s.id = ${siteId}`
  const site = found(row)
  allow(ctx, 'order.place', { orgId: site.orgId })
  const today = serviceDayOf(ctx.now)
  const calendar = await readCalendar(ctx, site.hubId, today, addDays(today, daysAheadMax))
  return { site, days: daysToShow(calendar, site, ctx.now) }
}
