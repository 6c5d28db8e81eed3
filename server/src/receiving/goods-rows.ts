import { lifeRules, secondPersonRules, temperatureLimits } from '@huming/db/schema/receiving'
import { dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import type { Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { limitsOn, neededDaysOn, secondPersonOn } from './dated-rules.ts'
import { type TripVerdict, worstOf } from './trip-rules.ts'

type Row = {
  lineId: string
  lotId: string
  lotCode: string
  lotStage: string
  orgId: string
  hubId: string
  skuId: string
  name: string
  zone: Zone
  category: string
  shipped: number
  useByDay: string
  shelfLifeDays: number
  catchWeight: boolean
  toleranceBp: number
  valueFen: number
  buyerClasses: string[]
  netGrams: number | null
  tareGrams: number | null
  exceptions: string[]
  logs: { verdict: TripVerdict; minutes: number }[]
}

/** Lines of a consignment with everything the rules of the dock ask about, in no order. */
export async function goodsOf(tx: Db | Tx, ctx: Pick<Ctx, 'now'>, consignmentId: string, lineId?: string) {
  const day = serviceDayOf(ctx.now)
  const rules = {
    limits: await tx.select().from(temperatureLimits),
    life: await tx.select().from(lifeRules),
    second: await tx.select().from(secondPersonRules),
  }
  const rows = await tx.execute<Row>(goodsQuery(consignmentId, lineId, day))
  return [...rows].map((row) => ({
    ...row,
    limits: limitsOn(rules.limits, row, day),
    trip: worstOf(row.logs.map((log) => log.verdict)),
    tripMinutesAbove: Math.max(0, ...row.logs.map((log) => log.minutes)),
    remainingDays: dayDiff(day, row.useByDay as ServiceDay),
    neededDays: neededDaysOn(rules.life, row, day),
    secondWhy: secondPersonOn(rules.second, row, day),
  }))
}
export type DockGoods = Awaited<ReturnType<typeof goodsOf>>[number]

const goodsQuery = (consignmentId: string, lineId: string | undefined, day: string) => sql`
  select x.id as "lineId", x.lot_id as "lotId", l.code as "lotCode", l.stage as "lotStage", l.org_id as "orgId",
    l.hub_id as "hubId", k.id as "skuId", p.name, k.zone, p.category, x.quantity as shipped,
    l.use_by_day as "useByDay", k.shelf_life_days as "shelfLifeDays", k.catch_weight as "catchWeight",
    k.tolerance_bp as "toleranceBp",
    coalesce((select (x.quantity::numeric * c.centifen / (k.base_per_price_unit * 100))::int8 from prices c
      where c.sku_id = k.id and c.buyer_org_id is null and c.buyer_class is null
        and c.valid_from <= ${day} and c.valid_to >= ${day} order by c.from_units, c.valid_from desc limit 1), 0)
      as "valueFen",
    array(select distinct o.buyer_class from promises r join order_lines ol on ol.id = r.order_line_id
      join orders d on d.id = ol.order_id join organisations o on o.id = d.org_id
      where r.lot_id = l.id and r.picked_quantity is null and o.buyer_class is not null) as "buyerClasses",
    w.net as "netGrams", w.tare as "tareGrams",
    array(select e.kind from receipt_exceptions e where e.line_id = x.id) as exceptions,
    coalesce((select json_agg(json_build_object('verdict', t.verdict, 'minutes', t.minutes_above)) from trip_logs t
      where t.consignment_id = x.consignment_id and t.zone = k.zone), '[]') as logs
  from consignment_lines x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
  join products p on p.id = k.product_id
  left join lateral (select sum(g.net_grams)::int8 as net, sum(g.tare_grams)::int8 as tare from weighings g
    where g.line_id = x.id and g.struck_at is null) w on true
  where x.consignment_id = ${consignmentId} and x.id = coalesce(${lineId ?? null}::uuid, x.id)`
