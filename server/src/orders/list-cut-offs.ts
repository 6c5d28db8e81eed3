import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, eachDay, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { cutOffKey, termsOf } from './calendar.ts'
import { readCalendar } from './rows.ts'

type Route = Contracts['orders.listCutOffs']

/** Cut-offs of a hub by day and buyer class: when due, whether closed, and how many orders they hold. */
export async function listCutOffs(
  ctx: Ctx,
  hubId: string,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'board.read', { hubId })
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const from = (query.from ?? serviceDayOf(ctx.now)) as ServiceDay
  const to = addDays(from, query.days - 1)
  const [calendar, counts] = await Promise.all([
    readCalendar(ctx, hubId, from, to),
    ctx.sql<{ day: string; buyerClass: string; open: number; frozen: number }[]>`
      select o.day, b.buyer_class as "buyerClass",
        count(*) filter (where o.status in ('placed', 'awaiting_approval'))::int4 as open,
        count(*) filter (where o.frozen_at is not null)::int4 as frozen
      from orders o join organisations b on b.id = o.org_id
      where o.hub_id = ${hubId} and o.day between ${from} and ${to} group by 1, 2`,
  ])
  const byKey = new Map(counts.map((one) => [cutOffKey(hubId, one.day, one.buyerClass), one]))
  return {
    items: eachDay(from, to).flatMap((day) =>
      BUYER_CLASS_IDS.map((buyerClass) => {
        const key = cutOffKey(hubId, day, buyerClass)
        return {
          day,
          buyerClass,
          cutOffAt: termsOf(calendar.terms, hubId, buyerClass, day).cutOffAt.toISOString(),
          closedAt: calendar.cutOffs.get(key)?.toISOString() ?? null,
          openOrders: byKey.get(key)?.open ?? 0,
          frozenOrders: byKey.get(key)?.frozen ?? 0,
        }
      }),
    ),
  }
}
