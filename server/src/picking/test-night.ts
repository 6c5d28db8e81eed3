import { expect } from 'vitest'
import { testMarket } from '../orders/test-market.ts'
import type { Guest, TestApp } from '../test-app.ts'
import { planWave } from './plan-wave.ts'

/** A market with a hub's people, and the words to bring placed orders into a wave and through it. */
export async function testNight(t: TestApp) {
  const m = await testMarket(t)
  const warehouse = { id: m.hub.orgId, kind: 'warehouse' }
  const lead = await t.guest(warehouse, ['lead'])
  const picker = await t.guest(warehouse, ['picker'])
  const secondPicker = await t.guest(warehouse, ['picker'])

  /** Freezes what is placed and puts it into the planned wave. */
  async function plan(): Promise<string> {
    await t.sql`update orders set status = 'frozen', frozen_at = now() where hub_id = ${m.hub.id} and status = 'placed'`
    const id = await planWave(t.system(), { hubId: m.hub.id, day: m.day })
    expect(id).not.toBeNull()
    return id as string
  }
  const release = (id: string, who: Guest = lead) => t.call('picking.releaseWave', { params: { id } }, who)
  async function released(): Promise<string> {
    const id = await plan()
    const answer = await release(id)
    expect(answer.problem?.code).toBeUndefined()
    return id
  }
  const tasks = async (waveId: string, query: object = {}) =>
    (await t.call('picking.listTasks', { params: { id: waveId }, query }, picker)).body.items
  const pick = (id: string, body: object, who: Guest = picker) =>
    t.call('picking.pick', { params: { id }, body: body as { lot: string; quantity: number } }, who)
  const short = (id: string, body: object, who: Guest = picker) =>
    t.call('picking.short', { params: { id }, body: { reason: 'missing', ...body } as never }, who)
  const lotOf = async (id: string) =>
    (await t.sql`select stage, promisable, promised, on_hand from lots where id = ${id}`)[0] as {
      stage: string
      promisable: number
      promised: number
      on_hand: number
    }
  const linesOf = async (orderId: string) =>
    t.sql`select quantity, cut_quantity, cut_reason, picked_quantity from order_lines where order_id = ${orderId} order by line_no`
  const orderOf = async (id: string) =>
    (await t.sql`select status from orders where id = ${id}`)[0]?.['status']

  return {
    ...m,
    lead,
    picker,
    secondPicker,
    plan,
    release,
    released,
    tasks,
    pick,
    short,
    lotOf,
    linesOf,
    orderOf,
  }
}
export type TestNight = Awaited<ReturnType<typeof testNight>>

/** What must be true of the goods at any moment of a night. */
export async function expectGoodsSound(t: Pick<TestApp, 'sql'>): Promise<void> {
  const breaches = await t.sql`
    select 'movements' as what, s.lot_id as id from bin_stock s where s.quantity <> (
      select coalesce(sum(abs(v.quantity)) filter (where v.to_bin_id = s.bin_id), 0)
        - coalesce(sum(abs(v.quantity)) filter (where v.from_bin_id = s.bin_id), 0)
      from movements v where v.lot_id = s.lot_id)
    union all
    select 'bins', l.id from lots l where l.on_hand <> (
      select coalesce(sum(s.quantity), 0) from bin_stock s join bins b on b.id = s.bin_id
      where s.lot_id = l.id and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve'))
    union all
    select 'promised', l.id from lots l where l.promised > l.promisable or l.promised <> (
      select coalesce(sum(p.quantity), 0) from promises p where p.lot_id = l.id and p.picked_quantity is null)
    union all
    select 'promisable', l.id from lots l where l.stage = 'received' and (l.promisable > l.on_hand or (
      l.promisable < l.on_hand and not exists (select 1 from bin_stock s join bin_counts c on c.bin_id = s.bin_id
        where s.lot_id = l.id and c.status in ('open', 'recount', 'review'))))
    union all
    select 'edges', n.order_id from order_lines n join promises p on p.order_line_id = n.id
    where p.picked_quantity is not null group by n.order_id, p.lot_id having sum(p.picked_quantity) <> (
      select coalesce(sum(g.quantity), 0) from trace_edges g
      where g.kind = 'picked' and g.from_id = p.lot_id and g.to_id = n.order_id)
    union all
    select 'mixed', e.id from totes e join pick_tasks t on t.tote_id = e.id and (t.status = 'open' or t.picked_quantity > 0)
    join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id
    where t.order_id <> e.order_id or k.zone <> e.zone
      or e.separation <> k.handling || case when 'peanut' = any(k.allergens) then '_peanut' else '' end
      or (k.loose and e.loose_lot_id is distinct from l.id) or (not k.loose and e.loose_lot_id is not null)
    union all
    select 'picked', n.id from order_lines n join skus k on k.id = n.sku_id where coalesce(n.picked_quantity, 0) + n.cut_quantity
      > n.quantity + case when k.catch_weight then n.quantity * k.tolerance_bp / 10000 else 0 end
    union all
    select 'line picked', n.id from order_lines n where coalesce(n.picked_quantity, 0) <> (
      select coalesce(sum(p.picked_quantity), 0) from promises p where p.order_line_id = n.id)
    union all
    select 'task promise', k.id from pick_tasks k left join promises p on p.id = k.promise_id
    where k.status = 'open' and (p.id is null or p.lot_id <> k.lot_id or p.quantity <> k.quantity or p.picked_quantity is not null)
    union all
    select 'wanted', n.id from order_lines n join orders o on o.id = n.order_id
    where o.status = 'picking' and n.quantity - n.cut_quantity - coalesce((
      select sum(k.quantity) from pick_tasks k where k.order_line_id = n.id and k.status = 'done'), 0) - coalesce((
      select sum(k.picked_quantity) from pick_tasks k where k.order_line_id = n.id and k.status = 'short'), 0) <> coalesce((
      select sum(k.quantity) from pick_tasks k where k.order_line_id = n.id and k.status = 'open'), 0)`
  expect(breaches).toEqual([])
}
