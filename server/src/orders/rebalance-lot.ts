import type { cutReasons } from '@huming/shared/contracts/orders'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { notifyAll } from '../kernel/notice.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { AllocatableLot } from '../stock/allocation.ts'
import { cancelEmptied } from './cancel-emptied.ts'
import { type Holder, type Outcome, takeOffLot } from './rebalance-rules.ts'

export type CutReason = (typeof cutReasons)[number]
export type Rebalance = {
  /** What the lot may promise in all from now on. */
  readonly promisable: number
  /** Why lines are cut that no other lot can serve. */
  readonly reason: CutReason
}

/**
 * Sets what a lot may promise. Promises beyond that move to other lots of the pack as far as any can serve them;
 * the rest is cut from the newest orders, each cut with its reason, an event and a notice to the buyer.
 * Promises of orders already being picked stay: `stuck` is how much of them the lot keeps above its limit.
 */
export async function rebalanceLot(
  tx: Tx,
  ctx: Ctx,
  lotId: string,
  { promisable, reason }: Rebalance,
): Promise<{ cut: number; stuck: number }> {
  await lockOrdersOf(tx, [lotId])
  const lots = await lockLots(tx, lotId)
  const lot = found(lots.find((one) => one.id === lotId))
  // An order placed between the two locks shows now that its lot is ours.
  if (lot.promised > promisable) await lockOrdersOf(tx, [lotId])
  const excess = Math.max(0, lot.promised - promisable)
  const holders = excess > 0 ? await readHolders(tx, lotId) : []
  const others = lots.filter((one) => one.id !== lotId && one.open)
  const outcomes = takeOffLot(lotId, excess, holders, others)
  await writePromises(tx, lotId, promisable, holders, outcomes)
  const cuts = outcomes.filter((outcome) => outcome.cut > 0)
  if (cuts.length > 0) await tellCuts(tx, ctx, lotId, reason, cuts)
  const [row] = await tx.execute<{ promised: number }>(sql`select promised from lots where id = ${lotId}`)
  const { promised } = found(row)
  return { cut: cuts.reduce((sum, one) => sum + one.cut, 0), stuck: Math.max(0, promised - promisable) }
}

/** Orders whose promises may still move: everything before picking. */
const movable = sql`('awaiting_approval', 'placed', 'frozen')`

/**
 * Locks all that rebalancing these lots will lock, before any of them is locked by itself: in one go, so that nobody
 * who locks the lots of several packs by id waits for us while we wait for them.
 */
export async function lockForRebalance(tx: Tx, lotIds: readonly string[]): Promise<void> {
  await lockOrdersOf(tx, lotIds)
  await tx.execute(sql`
    select l.id from lots l where exists (
      select 1 from lots own where own.id = any(${bareArray(lotIds)}::uuid[]) and own.sku_id = l.sku_id
        and own.hub_id = l.hub_id and ${involved})
    order by l.id for no key update of l`)
}

/** Locks the orders whose promises on the lots may still move; orders are locked before lots. */
async function lockOrdersOf(tx: Tx, lotIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select o.id from orders o where o.status in ${movable} and o.id in (
      select l.order_id from promises p join order_lines l on l.id = p.order_line_id
      where p.lot_id = any(${bareArray(lotIds)}::uuid[]) and p.picked_quantity is null)
    order by o.id for no key update`)
}

/** Of a pack's lots `l`, those that rebalancing `own` may change. */
const involved = sql`(l.id = own.id or l.promised > 0
  or (l.promisable > l.promised and l.use_by_day >= own.ready_day))`

type LotRow = AllocatableLot & { readonly open: boolean }

/** The lot, the other lots of its pack at the hub, and lots that its lines stand on beside it. */
async function lockLots(tx: Tx, lotId: string): Promise<LotRow[]> {
  return tx.execute<LotRow>(sql`
    select l.id, l.promisable, l.promised, l.ready_day as "readyDay", l.use_by_day as "useByDay",
      l.stage in ('planned', 'made', 'shipped', 'received') as open
    from lots l join lots own on own.id = ${lotId} and own.sku_id = l.sku_id and own.hub_id = l.hub_id
    where ${involved} order by l.id for no key update of l`)
}

async function readHolders(tx: Tx, lotId: string): Promise<Holder[]> {
  const rows = await tx.execute<
    Omit<Holder, 'promises' | 'placedAt'> & { placedAt: Date; parts: [string, number][] }
  >(sql`
    select l.id as "lineId", l.order_id as "orderId", o.placed_at as "placedAt", o.day,
      s.min_remaining_days as "minRemainingDays", s.base_per_order_unit as "basePerOrderUnit",
      s.catch_weight as "catchWeight", o.shortage_rule as "shortageRule",
      l.quantity - l.cut_quantity as remaining,
      (select json_agg(json_build_array(q.lot_id, q.quantity)) from (
        select p.lot_id, sum(p.quantity) as quantity from promises p
        where p.order_line_id = l.id and p.picked_quantity is null group by p.lot_id) q) as parts
    from order_lines l join orders o on o.id = l.order_id join skus s on s.id = l.sku_id
    where o.status in ${movable} and l.id in (
      select p.order_line_id from promises p where p.lot_id = ${lotId} and p.picked_quantity is null)`)
  return rows.map(({ parts, ...row }) => ({
    ...row,
    placedAt: new Date(row.placedAt),
    promises: new Map(parts),
  }))
}

/** Replaces the open promises of the changed lines, and moves the lots' balances by the difference. */
async function writePromises(
  tx: Tx,
  lotId: string,
  promisable: number,
  holders: readonly Holder[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const before = new Map(holders.map((holder) => [holder.lineId, holder.promises]))
  const change = new Map<string, number>([[lotId, 0]])
  const add = (id: string, quantity: number) => change.set(id, (change.get(id) ?? 0) + quantity)
  for (const { lineId, promises } of outcomes) {
    for (const [id, quantity] of before.get(lineId) ?? []) add(id, -quantity)
    for (const [id, quantity] of promises) add(id, quantity)
  }
  const lines = bareArray(outcomes.map((outcome) => outcome.lineId))
  const rows = outcomes.flatMap(({ lineId, promises }) =>
    [...promises].map(([id, q]) => [lineId, id, q] as const),
  )
  await tx.execute(sql`
    delete from promises where order_line_id = any(${lines}::uuid[]) and picked_quantity is null`)
  await tx.execute(sql`
    insert into promises (id, order_line_id, lot_id, quantity)
    select * from unnest(${bareArray(rows.map(() => newId()))}::uuid[], ${bareArray(rows.map(([line]) => line))}::uuid[],
      ${bareArray(rows.map(([, lot]) => lot))}::uuid[], ${bareArray(rows.map(([, , q]) => q))}::int8[])`)
  // Promises that picking keeps stay within what the lot may promise, whatever it was set to.
  await tx.execute(sql`
    update lots l set promised = l.promised + c.change,
      promisable = case when l.id = ${lotId} then greatest(${promisable}::int8, l.promised + c.change) else l.promisable end
    from unnest(${bareArray(change.keys())}::uuid[], ${bareArray(change.values())}::int8[]) as c(id, change)
    where l.id = c.id`)
  await tx.execute(sql`
    update order_lines l set cut_quantity = l.cut_quantity + c.cut
    from unnest(${lines}::uuid[], ${bareArray(outcomes.map((outcome) => outcome.cut))}::int8[]) as c(id, cut)
    where l.id = c.id and c.cut > 0`)
}

type CutLine = {
  id: string
  orderId: string
  orgId: string
  hubId: string
  number: string
  skuId: string
  name: string
}

async function tellCuts(
  tx: Tx,
  ctx: Ctx,
  lotId: string,
  reason: CutReason,
  cuts: readonly Outcome[],
): Promise<void> {
  const rows = await tx.execute<CutLine>(sql`
    update order_lines l set cut_reason = ${reason}
    from orders o, skus s, products p
    where l.id = any(${bareArray(cuts.map((one) => one.lineId))}::uuid[])
      and o.id = l.order_id and s.id = l.sku_id and p.id = s.product_id
    returning l.id, o.id as "orderId", o.org_id as "orgId", o.hub_id as "hubId", o.number, s.id as "skuId", p.name`)
  const quantities = new Map(cuts.map((one) => [one.lineId, one.cut]))
  const told = rows.map((row) => ({ ...row, quantity: quantities.get(row.id) ?? 0 }))
  await emitAll(
    tx,
    ctx,
    told.map(({ id, orderId, orgId, hubId, skuId, quantity }) => ({
      type: 'order.line_cut',
      subjectId: orderId,
      orgId,
      hubId,
      payload: { orderId, lineId: id, skuId, lotId, quantity, reason },
    })),
  )
  await notifyAll(
    tx,
    told.map((row) => ({
      orgId: row.orgId,
      key: 'notice.line_cut',
      params: { number: row.number, name: row.name, reason },
      subjectId: row.orderId,
      at: ctx.now,
    })),
  )
  await cancelEmptied(tx, ctx, [...new Set(rows.map((row) => row.orderId))])
}
