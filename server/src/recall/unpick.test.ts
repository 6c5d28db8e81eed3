import { returnedGoods } from '@huming/db/schema/storing'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { credit, picture, road } from '../delivery/test-road.ts'
import { defaultBin } from '../stock/bin-moves.ts'
import { testApp } from '../test-app.ts'
import { pickOff, recallHands } from './test-recall.ts'

const t = await testApp()
afterAll(() => t.close())
const r = await recallHands(t)

const leadAt = (orgId: string) => t.guest({ id: orgId, kind: 'warehouse' }, ['lead'])
const lineOf = async (orderId: string, lotId: string) => {
  const [row] = await t.sql`
    select n.id, n.quantity::int as quantity, n.cut_quantity::int as cut, n.cut_reason as reason, n.picked_quantity::int as picked,
      (select sum(e.quantity)::int from trace_edges e where e.from_id = ${lotId} and e.to_id = ${orderId} and e.kind = 'picked') as traced
    from order_lines n join lots l on l.sku_id = n.sku_id where n.order_id = ${orderId} and l.id = ${lotId}`
  return row
}
test('what is taken out of a tote is cut from the order, told to the buyer, and neither brought nor billed', async () => {
  const dock = await road(t, { zones: ['ambient', 'chilled'], until: 'loading' })
  const lead = await leadAt(dock.hub.orgId)
  const [order] = dock.orders
  const orderId = order?.id as string
  const [fine, bad] = dock.packs.map((pack) => pack.lot.id) as [string, string]
  const id = await r.stopped([bad])
  const task = (await r.read(id)).tasks.find((one) => one.kind === 'tote')
  const fetch = (quantity: number, note = '') =>
    t.call('recall.doTask', { params: { id: task?.id as string }, body: { quantity, note } }, lead)
  expect((await fetch(10_001)).problem.code).toBe('recall_quantities_wrong')
  // The same said twice at once is done once; what was not in the tote is lost, not brought.
  const both = await Promise.all([fetch(9000, '示例：少一袋'), fetch(9000, '示例：少一袋')])
  expect(both.map((answer) => answer.status)).toEqual([200, 200])
  expect(await lineOf(orderId, bad)).toMatchObject({ cut: 10_000, reason: 'recalled', picked: 0, traced: 0 })
  expect(await lineOf(orderId, fine)).toMatchObject({ cut: 0, picked: 10_000 })
  const notices =
    await t.sql`select params from notices where subject_id = ${orderId} and key = 'notice.line_cut'`
  expect(notices.map((row) => row['params'].reason)).toEqual(['recalled'])
  // The rest goes on: the emptied tote is not asked for, the line not aboard, and only the rest is owed.
  for (const code of order?.toteCodes ?? [])
    await t.call('delivery.loadTote', { params: { id: dock.runId }, body: { code } }, dock.driver)
  const left = await t.call('delivery.depart', { params: { id: dock.runId }, body: {} }, dock.driver)
  expect([left.status, left.body.status]).toEqual([200, 'on_road'])
  const [stop] = (await dock.read()).stops
  expect(stop?.goods[0]?.lines.map((line) => line.lotId)).toEqual([fine])
  const stopId = stop?.id as string
  await t.call('delivery.arrive', { params: { id: stopId }, body: {} }, dock.driver)
  const lines = (stop?.goods[0]?.lines ?? []).map(({ orderLineId, lotId, quantity }) => ({
    orderLineId,
    lotId,
    delivered: quantity,
  }))
  const signatureFileId = await picture(t, dock.driver)
  const given = await t.call(
    'delivery.deliver',
    { params: { id: stopId }, body: { lines, receiverName: '示例', signatureFileId } },
    dock.driver,
  )
  expect([given.status, given.body.stop?.status]).toEqual([200, 'delivered'])
  const [bill] = await t.sql`
    select sum(final_fen)::int as owed, sum(amount_fen) filter (where cut_quantity > 0)::int as cut, sum(amount_fen)::int as asked
    from order_lines where order_id = ${orderId}`
  expect(await credit(t, dock.buyer.id)).toEqual({ held: 0, owed: bill?.['asked'] - bill?.['cut'] })
})

test('an order of which all is taken out is cancelled, its credit free, its stop gone, and the others move up', async () => {
  const dock = await road(t, { sites: [{}, {}], until: 'loading' })
  const lead = await leadAt(dock.hub.orgId)
  const lotId = dock.packs[0]?.lot.id as string
  const id = await r.stopped([lotId])
  const [first, second] = (await r.read(id)).tasks.filter((one) => one.kind === 'tote')
  const fetch = (taskId: string) =>
    t.call('recall.doTask', { params: { id: taskId }, body: { quantity: 10_000 } }, lead)
  expect((await fetch(first?.id as string)).status).toBe(200)
  const run = await dock.read()
  expect([run.status, run.stops.map((stop) => stop.seq)]).toEqual(['loading', [1]])
  const stateOf = () => t.sql`
    select o.status, o.cancel_reason as reason from orders o
    where o.id = any(${dock.orders.map((order) => order.id)}::uuid[]) order by o.status`
  expect(await stateOf()).toEqual([
    { status: 'cancelled', reason: 'nothing_left' },
    { status: 'picked', reason: null },
  ])
  expect((await fetch(second?.id as string)).status).toBe(200)
  expect((await stateOf()).map((row) => row['status'])).toEqual(['cancelled', 'cancelled'])
  expect(await credit(t, dock.buyer.id)).toEqual({ held: 0, owed: 0 })
  expect((await dock.read()).status).toBe('finished')
})

test('goods refused at the door before the stop are fetched off the truck, less what has come back already', async () => {
  const way = await road(t)
  const lead = await leadAt(way.hub.orgId)
  const lotId = way.packs[0]?.lot.id as string
  await pickOff(t, lotId, 10_000)
  const [stop] = (await way.read()).stops
  await t.call(
    'delivery.fail',
    { params: { id: stop?.id as string }, body: { reason: 'closed', note: '示例' } },
    way.driver,
  )
  const bin = await t.db.transaction((tx) => defaultBin(tx, way.hub.id, 'ambient', 'returns'))
  await t.db.insert(returnedGoods).values({
    id: newId(),
    hubId: way.hub.id,
    lotId,
    binId: bin.id,
    quantity: 4000,
    reason: '示例',
    personId: lead.personId,
    at: new Date(),
  })
  const id = await r.stopped([lotId])
  const [task] = (await r.read(id)).tasks.filter((one) => one.kind === 'truck')
  expect(task).toMatchObject({ quantity: 6000, place: expect.stringContaining(' · ') })
  const done = await t.call(
    'recall.doTask',
    { params: { id: task?.id as string }, body: { quantity: 6000 } },
    lead,
  )
  expect([done.status, done.body.status]).toEqual([200, 'done'])
  const [row] = await t.sql`select sum(quantity)::int as n from returned_goods where lot_id = ${lotId}`
  expect(row?.['n']).toBe(10_000)
})
