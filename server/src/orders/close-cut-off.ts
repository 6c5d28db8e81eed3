import { cutOffs } from '@huming/db/schema/orders'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASS_IDS, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { voidHolds } from '../ledger/transfers.ts'
import { cutOffKey, termsOf } from './calendar.ts'
import { lockCutOffs } from './cut-off-lock.ts'
import { freePromises, readCalendar } from './rows.ts'

export type Closed = { frozenOrders: number; lapsedOrders: number }

/**
 * Closes the cut-off of a hub and day for one buyer class or all: orders freeze, those still waiting for approval
 * lapse. Operations may do it before its time. Safe to run twice and while orders are being placed.
 */
export async function closeCutOff(
  ctx: Ctx,
  hubId: string,
  ask: { day: string; buyerClass: BuyerClass | null },
): Promise<Closed> {
  allow(ctx, 'cutoff.close')
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const sum: Closed = { frozenOrders: 0, lapsedOrders: 0 }
  for (const buyerClass of ask.buyerClass ? [ask.buyerClass] : BUYER_CLASS_IDS) {
    const closed = await closeOne(ctx, hubId, ask.day, buyerClass)
    sum.frozenOrders += closed.frozenOrders
    sum.lapsedOrders += closed.lapsedOrders
  }
  return sum
}

/** Longest time between a cut-off and its delivery day, days. */
const daysBeforeMax = 14

/** Closes every cut-off whose time has come; the clock calls it each minute. Gives how many it closed. */
export async function closeDueCutOffs(ctx: Ctx): Promise<{ closed: number } & Closed> {
  const today = serviceDayOf(ctx.now)
  const sum = { closed: 0, frozenOrders: 0, lapsedOrders: 0 }
  for (const { id: hubId } of await ctx.sql<{ id: string }[]>`select id from hubs order by id`) {
    for (const { day, buyerClass } of await dueCutOffs(ctx, hubId, today)) {
      const closed = await closeOne(ctx, hubId, day, buyerClass)
      sum.closed++
      sum.frozenOrders += closed.frozenOrders
      sum.lapsedOrders += closed.lapsedOrders
    }
  }
  return sum
}

/** Due and not yet closed: of the days ahead, and of any day that has open orders (the clock may have stood still). */
async function dueCutOffs(ctx: Ctx, hubId: string, today: ServiceDay) {
  const last = addDays(today, daysBeforeMax)
  const open = await ctx.sql<{ day: ServiceDay; buyerClass: BuyerClass }[]>`
    select distinct o.day, b.buyer_class as "buyerClass" from orders o join organisations b on b.id = o.org_id
    where o.hub_id = ${hubId} and o.status in ('placed', 'awaiting_approval') and o.day <= ${last}`
  const days = Array.from({ length: daysBeforeMax + 1 }, (_, ahead) => addDays(today, ahead))
  const first = open.reduce((a, one) => (one.day < a ? one.day : a), today)
  const calendar = await readCalendar(ctx, hubId, first, last)
  const openKeys = new Set(open.map((one) => cutOffKey(hubId, one.day, one.buyerClass)))
  const candidates = days.flatMap((day) => BUYER_CLASS_IDS.map((buyerClass) => ({ day, buyerClass })))
  const past = open.filter((one) => one.day < today)
  return [...past, ...candidates].filter(({ day, buyerClass }) => {
    const key = cutOffKey(hubId, day, buyerClass)
    const { cutOffAt } = termsOf(calendar.terms, hubId, buyerClass, day)
    return ctx.now >= cutOffAt && (!calendar.cutOffs.has(key) || openKeys.has(key))
  })
}

async function closeOne(ctx: Ctx, hubId: string, day: string, buyerClass: BuyerClass): Promise<Closed> {
  return inTransaction(ctx, async (tx) => {
    await lockCutOffs(tx, hubId, day, [buyerClass])
    const inserted = await tx
      .insert(cutOffs)
      .values({ hubId, day, buyerClass, closedAt: ctx.now, closedBy: personIdOf(ctx), summary: {} })
      .onConflictDoNothing()
      .returning({ day: cutOffs.day })
    const frozenOrders = await freeze(tx, ctx, hubId, day, buyerClass)
    const lapsedOrders = await lapse(tx, ctx, hubId, day, buyerClass)
    if (inserted.length === 0 && frozenOrders === 0 && lapsedOrders === 0)
      return { frozenOrders, lapsedOrders }
    await tx.execute(sql`
      update cut_offs set frozen_orders = frozen_orders + ${frozenOrders}::int4,
        summary = jsonb_build_object('lapsedOrders', coalesce((summary->>'lapsedOrders')::int4, 0) + ${lapsedOrders}::int4)
      where hub_id = ${hubId} and day = ${day} and buyer_class = ${buyerClass}`)
    await emit(tx, ctx, {
      type: 'cutoff.closed',
      subjectId: hubId,
      hubId,
      payload: { hubId, day, buyerClass, frozenOrders, lapsedOrders },
    })
    return { frozenOrders, lapsedOrders }
  })
}

type Ended = { id: string; orgId: string; number: string; holdId: string | null }

/** Orders of the cut-off in a status, locked in id order. */
const ordersOf = (hubId: string, day: string, buyerClass: string, status: string) => sql`
  select o.id from orders o join organisations b on b.id = o.org_id and b.buyer_class = ${buyerClass}
  where o.hub_id = ${hubId} and o.day = ${day} and o.status = ${status}
  order by o.id for no key update of o`

async function freeze(tx: Tx, ctx: Ctx, hubId: string, day: string, buyerClass: string): Promise<number> {
  const rows = await tx.execute<Ended>(sql`
    with due as materialized (${ordersOf(hubId, day, buyerClass, 'placed')})
    update orders o set status = 'frozen', frozen_at = ${ctx.now.toISOString()}::timestamptz
    from due where o.id = due.id returning o.id, o.org_id as "orgId"`)
  for (let i = 0; i < rows.length; i += eventsAtOnce) {
    await emitAll(
      tx,
      ctx,
      rows.slice(i, i + eventsAtOnce).map(({ id, orgId }) => ({
        type: 'order.frozen',
        subjectId: id,
        orgId,
        hubId,
        payload: { orderId: id, day },
      })),
    )
  }
  return rows.length
}
/** Bound by the number of parameters of one statement. */
const eventsAtOnce = 1000

async function lapse(tx: Tx, ctx: Ctx, hubId: string, day: string, buyerClass: string): Promise<number> {
  const rows = await tx.execute<Ended>(sql`
    with due as materialized (${ordersOf(hubId, day, buyerClass, 'awaiting_approval')})
    update orders o set status = 'cancelled', cancelled_at = ${ctx.now.toISOString()}::timestamptz,
      cancel_reason = 'not_approved_in_time', version = o.version + 1
    from due where o.id = due.id
    returning o.id, o.org_id as "orgId", o.number, o.hold_id as "holdId"`)
  if (rows.length === 0) return 0
  await freePromises(
    tx,
    rows.map((row) => row.id),
  )
  const eventIds = await emitAll(
    tx,
    ctx,
    rows.map(({ id, orgId }) => ({
      type: 'order.lapsed',
      subjectId: id,
      orgId,
      hubId,
      payload: { orderId: id, day },
    })),
  )
  const ends = rows.flatMap(({ holdId }, i) => (holdId ? [{ holdId, eventId: eventIds[i] as string }] : []))
  await voidHolds(tx, ctx.now, ends)
  await notifyAll(
    tx,
    rows.map(({ id, orgId, number }) => ({
      orgId,
      key: 'notice.order_lapsed',
      params: { number, day },
      subjectId: id,
      at: ctx.now,
    })),
  )
  return rows.length
}
