import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { weightAnswerDays } from './answer-weight.ts'
import { type BriefRow, briefColumns, briefOf, briefTables } from './list-orders.ts'

type Reply = ContractReply<Contracts['orders.read']>
type Head = BriefRow & Pick<Reply, 'note' | 'shortageRule' | 'placedBy' | 'approvedBy' | 'cancelReason'>

/** One order with lines, lots, delivery and timeline. */
export async function readOrder(ctx: Ctx, id: string): Promise<Reply> {
  allow(ctx, 'order.read')
  const [head] = await ctx.sql<Head[]>`
    select ${briefColumns(ctx)}, o.note, o.shortage_rule as "shortageRule", o.cancel_reason as "cancelReason",
      (select name from people where id = o.placed_by) as "placedBy",
      (select name from people where id = o.approved_by) as "approvedBy"
    from ${briefTables(ctx)} where o.id = ${id}`
  const { note, shortageRule, placedBy, approvedBy, cancelReason, ...brief } = found(head)
  allow(ctx, 'order.read', { orgId: brief.orgId })
  const [lines, acceptances, delivery, timeline] = await Promise.all([
    readLines(ctx, id),
    readAcceptances(ctx, id),
    readDelivery(ctx, id),
    readTimeline(ctx, id),
  ])
  return {
    ...briefOf(brief),
    lines,
    note,
    shortageRule,
    placedBy,
    approvedBy,
    cancelReason,
    acceptances,
    acceptancesNeeded: BUYER_CLASSES[brief.buyerClass as BuyerClass].acceptancePeople,
    delivery,
    timeline,
  }
}

/** Lots are told from the wave's release on: until then a promise may move by itself. */
async function readLines(ctx: Ctx, id: string): Promise<Reply['lines']> {
  return ctx.sql<Reply['lines']>`
    select l.id, l.line_no as "lineNo", l.sku_id as "skuId", s.product_id as "productId", s.code, p.name,
      p.name_en as "nameEn", s.spec, p.picture, s.zone, g.short_name as supplier, l.units, l.quantity,
      s.base_unit as "baseUnit", s.order_unit as "orderUnit", s.base_per_order_unit as "basePerOrderUnit",
      s.price_unit as "priceUnit", l.base_per_price_unit as "basePerPriceUnit", l.price_centifen as "priceCentifen",
      l.price_reason as "priceReason", l.price_basis as "priceBasis", s.catch_weight as "catchWeight", l.tax_rate_bp as "taxRateBp",
      l.amount_fen as "amountFen", l.cut_quantity as "cutQuantity", l.cut_reason as "cutReason", l.cut_rule as "cutRule",
      l.picked_quantity as "pickedQuantity", l.delivered_quantity as "deliveredQuantity",
      l.refused_quantity as "refusedQuantity", l.refuse_reason as "refuseReason", l.final_fen as "finalFen",
      case when w.order_line_id is not null then json_build_object('billedQuantity', w.billed_quantity,
        'excessFen', w.excess_fen, 'status', w.status,
        'answerBy', w.asked_at + make_interval(days => ${weightAnswerDays})) end as weight,
      case when o.status in ('awaiting_approval', 'placed', 'frozen', 'cancelled') then '[]' else (
        select coalesce(json_agg(json_build_object('code', t.code,
          'quantity', coalesce(q.picked_quantity, q.quantity), 'useByDay', t.use_by_day) order by t.use_by_day, t.code), '[]')
        from promises q join lots t on t.id = q.lot_id
        where q.order_line_id = l.id and coalesce(q.picked_quantity, q.quantity) > 0) end as lots
    from order_lines l join orders o on o.id = l.order_id join skus s on s.id = l.sku_id
    join products p on p.id = s.product_id join organisations g on g.id = l.supplier_org_id
    left join weight_questions w on w.order_line_id = l.id
    where l.order_id = ${id} order by l.line_no`
}

async function readAcceptances(ctx: Ctx, id: string): Promise<Reply['acceptances']> {
  const mine = ctx.actor.kind === 'person' ? ctx.actor.personId : null
  const rows = await ctx.sql<{ name: string; at: Date; note: string; mine: boolean }[]>`
    select p.name, a.at, a.note, coalesce(a.person_id = ${mine}::uuid, false) as mine
    from acceptances a join people p on p.id = a.person_id
    where a.order_id = ${id} order by a.at`
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

type DeliveryRow = Omit<NonNullable<Reply['delivery']>, 'plannedArriveAt' | 'arrivedAt' | 'driver'> & {
  plannedArriveAt: Date
  arrivedAt: Date | null
  driverName: string | null
}

/** Only once the truck is dispatched; of the driver the family name and a masked phone. */
async function readDelivery(ctx: Ctx, id: string): Promise<Reply['delivery']> {
  const [row] = await ctx.sql<DeliveryRow[]>`
    select t.status, t.seq, t.planned_arrive_at as "plannedArriveAt", t.arrived_at as "arrivedAt", v.plate,
      t.receiver_name as "receiverName", d.name as "driverName",
      coalesce(left(d.phone, 3) || '****' || right(d.phone, 4), '') as "driverPhone",
      (select count(*)::int4 from stops e where e.run_id = t.run_id and e.seq < t.seq and e.finished_at is null)
        as "stopsBefore"
    from stop_orders x join stops t on t.id = x.stop_id join runs r on r.id = t.run_id
    join vehicles v on v.id = r.vehicle_id left join people d on d.id = r.driver_person_id
    where x.order_id = ${id} and r.dispatched_at is not null`
  if (!row) return null
  const { driverName, plannedArriveAt, arrivedAt, ...rest } = row
  return {
    ...rest,
    driver: driverName ? `${String.fromCodePoint(driverName.codePointAt(0) ?? 0)}师傅` : '',
    plannedArriveAt: plannedArriveAt.toISOString(),
    arrivedAt: arrivedAt?.toISOString() ?? null,
  }
}

async function readTimeline(ctx: Ctx, id: string): Promise<Reply['timeline']> {
  const rows = await ctx.sql<{ type: string; at: Date; by: string | null }[]>`
    select e.type, e.at, p.name as by from events e left join people p on p.id = e.person_id
    where e.subject_id = ${id} order by e.id limit 200`
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
