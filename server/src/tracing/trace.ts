import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { scopesOf } from '@huming/shared/permissions'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Scope, scopeOf } from './scope.ts'

export type Trace = ContractReply<Contracts['tracing.lot']>
type Order = Trace['orders'][number]

/** So many orders are named; all of them are counted. */
const ordersShown = 200

const isId = (key: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)

/**
 * A lot by code or id, back to what it was made of and forward to where it went. Who supplies the lot learns how much
 * reached how many buyers, not which; the warehouse and operations see the orders.
 */
export async function traceLot(ctx: Ctx, key: string): Promise<Trace> {
  allow(ctx, 'trace.read')
  const [lot] = await ctx.db.execute<{ id: string; orgId: string; hubId: string }>(sql`
    select id, org_id as "orgId", hub_id as "hubId" from lots
    where ${isId(key) ? sql`id = ${key}` : sql`code = ${key.toUpperCase()}`}`)
  const { id, orgId, hubId } = found(lot)
  allow(ctx, 'trace.read', { orgId, hubId })
  const back = await scopeOf(ctx.db, [id], 'back')
  const forward = await scopeOf(ctx.db, [id], 'forward')
  const named = !isOnlySupplier(ctx)
  const reached = forward.orders.map((one) => one.orderId)
  return {
    lots: await lotRows(ctx, [...upwards(back), ...forward.lots]),
    steps: [...back.edges, ...forward.edges],
    orders: named ? await orderRows(ctx, forward.orders) : [],
    orderCount: new Set(reached).size,
    siteCount: new Set(forward.sites.map((one) => one.siteId)).size,
    delivered: sumsOf(forward.orders),
  }
}

/** An order by number or id: the lots in it and, back from them, all they were made of. */
export async function traceOrder(ctx: Ctx, key: string): Promise<Trace> {
  allow(ctx, 'trace.read')
  const [order] = await ctx.db.execute<{ id: string; orgId: string; hubId: string }>(sql`
    select id, org_id as "orgId", hub_id as "hubId" from orders
    where ${isId(key) ? sql`id = ${key}` : sql`number = ${key.toUpperCase()}`}`)
  const { id, orgId, hubId } = found(order)
  allow(ctx, 'trace.read', { orgId, hubId })
  const inside = await contentsOf(ctx, id)
  const back = await scopeOf(
    ctx.db,
    inside.map((one) => one.lotId),
    'back',
  )
  return {
    lots: await lotRows(ctx, upwards(back)),
    steps: back.edges,
    orders: await orderRows(ctx, inside),
    orderCount: 1,
    siteCount: inside.some((one) => one.delivered > 0) ? 1 : 0,
    delivered: sumsOf(inside),
  }
}

const isOnlySupplier = (ctx: Ctx): boolean =>
  scopesOf(ctx.actor, 'trace.read').every((scope) => scope === 'own' || scope === 'principals')

/** Depths towards the origin count below zero. */
const upwards = (back: Scope): Scope['lots'] =>
  back.lots.map(({ lotId, depth }) => ({ lotId, depth: 0 - depth }))

type Inside = Scope['orders']

async function contentsOf(ctx: Ctx, orderId: string): Promise<Inside> {
  const rows = await ctx.db.execute<Inside[number]>(sql`
    select x.lot_id as "lotId", ${orderId}::uuid as "orderId", sum(x.picked)::int8 as picked,
      sum(x.delivered)::int8 as delivered
    from (
      select from_id as lot_id, quantity as picked, 0 as delivered
      from trace_edges where to_id = ${orderId} and kind = 'picked'
      union all
      select lot_id, 0, quantity from trace_edges where from_id = ${orderId} and kind = 'delivered'
    ) x group by 1 having sum(x.picked) <> 0 or sum(x.delivered) <> 0 order by 1`)
  return [...rows]
}

async function lotRows(ctx: Ctx, lots: Scope['lots']): Promise<Trace['lots']> {
  const depthOf = new Map(lots.map(({ lotId, depth }) => [lotId, depth]))
  const rows = await ctx.db.execute<Omit<Trace['lots'][number], 'depth'>>(sql`
    select l.id, l.code, p.name, p.name_en as "nameEn", k.spec, o.short_name as supplier, l.org_id as "orgId", l.stage,
      -- What a maker's store has left is no longer what there was: add what went on from it.
      greatest(l.quantity, l.on_hand + coalesce((select sum(e.quantity) from trace_edges e where e.from_id = l.id), 0))::int8
        as quantity, k.base_unit as "baseUnit", l.made_on as "madeOn", l.use_by_day as "useByDay", l.certificate
    from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    join organisations o on o.id = l.org_id where l.id = ${anyOf(depthOf.keys())}`)
  return [...rows]
    .map((row) => ({ ...row, depth: depthOf.get(row.id) ?? 0 }))
    .toSorted((a, b) => a.depth - b.depth || (a.code < b.code ? -1 : 1))
}

const anyOf = (ids: Iterable<string>): SQL => sql`any(${bareArray(ids)}::uuid[])`

async function orderRows(ctx: Ctx, inside: Inside): Promise<Order[]> {
  const shown = [...new Set(inside.map((one) => one.orderId))].toSorted().slice(-ordersShown)
  const rows = await ctx.db.execute<
    Pick<Order, 'orderId' | 'number' | 'buyer' | 'site' | 'day' | 'status'>
  >(sql`
    select r.id as "orderId", r.number, o.short_name as buyer, s.name as site, r.day, r.status
    from orders r join organisations o on o.id = r.org_id join sites s on s.id = r.site_id where r.id = ${anyOf(shown)}`)
  const byId = new Map([...rows].map((row) => [row.orderId, row]))
  return inside
    .flatMap(({ orderId, lotId, picked, delivered }) => {
      const row = byId.get(orderId)
      return row ? [{ ...row, lotId, picked, delivered }] : []
    })
    .toSorted((a, b) => (a.day === b.day ? (a.number < b.number ? -1 : 1) : a.day < b.day ? 1 : -1))
}

/** Base units by lot, over all orders. */
function sumsOf(inside: Inside): Trace['delivered'] {
  const sums = new Map<string, { picked: number; delivered: number }>()
  for (const { lotId, picked, delivered } of inside) {
    const sum = sums.get(lotId) ?? { picked: 0, delivered: 0 }
    sums.set(lotId, { picked: sum.picked + picked, delivered: sum.delivered + delivered })
  }
  return [...sums].map(([lotId, sum]) => ({ lotId, ...sum }))
}
