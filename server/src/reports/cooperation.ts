import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { transportSums } from './after-run.ts'

type Reply = ContractReply<Contracts['reports.cooperation']>

/**
 * Sums of delivered goods between two delivery days, for the governments of both places: by county of origin,
 * by district and class of buyer. Weight counts goods kept in grams. No organisation can be read out of it.
 */
export async function readCooperation(ctx: Ctx, range: { from: string; to: string }): Promise<Reply> {
  allow(ctx, 'report.read')
  const done = ctx.sql`o.status in ('delivered', 'accepted') and o.day >= ${range.from} and o.day <= ${range.to}`
  const [counties, districts, classes, totals, punctual] = await Promise.all([
    ctx.sql<Reply['counties']>`
      select p.county_code as code, coalesce(sum(l.final_fen), 0)::bigint as "valueFen",
        coalesce(sum(l.delivered_quantity) filter (where k.base_unit = 'g'), 0)::bigint as grams,
        count(distinct p.id) as products, count(distinct o.id) as orders
      from orders o join order_lines l on l.order_id = o.id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      where ${done} group by 1 order by 2 desc`,
    ctx.sql<Reply['districts']>`
      select s.district_code as code, coalesce(sum(f.fen), 0)::bigint as "valueFen", count(distinct s.id) as sites, count(*) as orders
      from orders o join sites s on s.id = o.site_id
      join lateral (select sum(final_fen) as fen from order_lines l where l.order_id = o.id) f on true
      where ${done} group by 1 order by 2 desc`,
    ctx.sql<Reply['classes']>`
      select b.buyer_class as "buyerClass", coalesce(sum(f.fen), 0)::bigint as "valueFen", count(distinct o.site_id) as sites, count(*) as orders
      from orders o join organisations b on b.id = o.org_id
      join lateral (select sum(final_fen) as fen from order_lines l where l.order_id = o.id) f on true
      where ${done} group by 1 order by 2 desc`,
    ctx.sql<{ total: number; orders: number }[]>`
      select coalesce(sum(l.final_fen), 0)::bigint as total, count(distinct o.id) as orders
      from orders o join order_lines l on l.order_id = o.id where ${done}`,
    ctx.sql<{ stops: number; punctual: number }[]>`
      select count(*) as stops, count(*) filter (where s.arrived_at <= s.window_to_at) as punctual
      from stops s join runs r on r.id = s.run_id
      where s.finished_at is not null and r.day >= ${range.from} and r.day <= ${range.to}`,
  ])
  const transport = await transportSums(ctx, range)
  return {
    ...range,
    counties: [...counties],
    districts: [...districts],
    classes: [...classes],
    totalFen: totals[0]?.total ?? 0,
    deliveredOrders: totals[0]?.orders ?? 0,
    onTimeStops: punctual[0]?.punctual ?? 0,
    stops: punctual[0]?.stops ?? 0,
    ...transport,
  }
}
