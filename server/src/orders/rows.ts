import { organisations } from '@huming/db/schema/accounts'
import { orders } from '@huming/db/schema/orders'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Calendar, cutOffKey, hubDay, type TermsRow } from './calendar.ts'

/** The order row, locked until the transaction ends, with its buyer's class; `not_found` when there is none. */
export async function lockOrder(tx: Tx, id: string) {
  const [row] = await tx
    .select({ order: orders, buyerClass: organisations.buyerClass })
    .from(orders)
    .innerJoin(organisations, eq(organisations.id, orders.orgId))
    .where(eq(orders.id, id))
    .for('no key update', { of: orders })
  const { order, buyerClass } = found(row)
  return { ...order, buyerClass: buyerClass as BuyerClass }
}

/** Gives the goods promised to these orders back to their lots. The orders are locked. */
export async function freePromises(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const ids = bareArray(orderIds)
  const open = sql`
    select p.id, p.lot_id, p.quantity from promises p join order_lines l on l.id = p.order_line_id
    where l.order_id = any(${ids}::uuid[]) and p.picked_quantity is null`
  await tx.execute(sql`
    select id from lots where id in (select lot_id from (${open}) p) order by id for no key update`)
  await tx.execute(sql`
    update lots l set promised = l.promised - f.quantity
    from (select lot_id, sum(quantity) as quantity from (${open}) p group by lot_id) f where l.id = f.lot_id`)
  await tx.execute(sql`delete from promises where id in (select id from (${open}) p)`)
}

type CalendarRow = {
  terms: TermsRow[]
  closed: { day: string; reason: string }[]
  cutOffs: { day: string; buyerClass: string; closedAt: string }[]
}

/** Terms, closed days and closed cut-offs of a hub from a day to another. */
export async function readCalendar(
  ctx: Pick<Ctx, 'sql'>,
  hubId: string,
  from: string,
  to: string,
): Promise<Calendar> {
  const [row] = await ctx.sql<CalendarRow[]>`
    select
      (select coalesce(json_agg(json_build_object('hubId', hub_id, 'buyerClass', buyer_class,
          'daysBefore', days_before, 'minutes', minutes, 'minimumFen', minimum_fen,
          'validFrom', valid_from, 'validTo', valid_to)), '[]')
        from cut_off_rules where hub_id = ${hubId} and valid_to >= ${from} and valid_from <= ${to}) as terms,
      (select coalesce(json_agg(json_build_object('day', day, 'reason', reason)), '[]')
        from closed_days where hub_id = ${hubId} and day between ${from} and ${to}) as closed,
      (select coalesce(json_agg(json_build_object('day', day, 'buyerClass', buyer_class, 'closedAt', closed_at)), '[]')
        from cut_offs where hub_id = ${hubId} and day between ${from} and ${to}) as "cutOffs"`
  const { terms, closed, cutOffs } = row as CalendarRow
  return {
    terms,
    closedDays: new Map(closed.map((one) => [hubDay(hubId, one.day), one.reason])),
    cutOffs: new Map(
      cutOffs.map((one) => [cutOffKey(hubId, one.day, one.buyerClass), new Date(one.closedAt)]),
    ),
  }
}
