import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { expectGoodsSound, testNight } from '../picking/test-night.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { stopSale } from './stop-sale.ts'
import { recallHands } from './test-recall.ts'

let t: TestApp
let r: Awaited<ReturnType<typeof recallHands>>
beforeAll(async () => {
  t = await testApp()
  r = await recallHands(t)
})
afterAll(() => t.close())

/** Waits until so many statements of this database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (const end = Date.now() + 8_000; ; ) {
    const rows = await t.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (rows.length >= count) return
    if (Date.now() > end) throw new Error(`${rows.length} of ${count} wait`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Stops the sale in a transaction that commits only after `rivals` have run into its locks. */
async function stopBefore<T>(id: string, rivals: () => Promise<T>[]): Promise<T[]> {
  let running: Promise<T>[] = []
  await t.db.transaction(async (tx) => {
    const ctx = { ...t.system(), db: tx as unknown as TestApp['db'] }
    await stopSale(ctx, id)
    running = rivals()
    await untilWaiting(running.length)
  })
  return Promise.all(running)
}

async function draft(lotIds: string[]): Promise<string> {
  const id = newId()
  expect((await r.open(lotIds, {}, id)).status).toBe(200)
  return id
}

/** A night with one pack, ten shops and a lot of so many cartons. */
async function night(cartons: number) {
  const n = await testNight(t)
  const { sku, lot } = await n.goods(cartons, {}, { useByDay: addDays(n.today, 10) })
  const shops = await Promise.all(Array.from({ length: 10 }, () => n.shop()))
  return { ...n, sku, lot, shops }
}

test('placing and picking that wait for the stop get nothing of the lot', async () => {
  const n = await night(100)
  for (const shop of n.shops.slice(0, 2)) await n.place(shop, [[n.sku, 2]])
  const wave = await n.released()
  const tasks = await n.tasks(wave)
  const id = await draft([n.lot.id])
  const buyer = n.shops[5] as (typeof n.shops)[number]
  const answers = await stopBefore<{ problem: { code: string } }>(id, () => [
    n.put(buyer, n.body(buyer, [[n.sku, 1]])),
    ...tasks.map((task) => n.pick(task.id, { lot: task.lotCode, quantity: task.quantity })),
  ])
  expect(answers.map((answer) => answer.problem.code)).toEqual([
    'not_available',
    ...tasks.map(() => 'wrong_state'),
  ])
  expect(await t.sql`select id from movements where lot_id = ${n.lot.id} and kind = 'pick'`).toEqual([])
  await expectGoodsSound(t)
})

test('loading and delivering that wait for the stop are refused', async () => {
  const dock = await road(t, { until: 'loading' })
  const code = dock.orders[0]?.toteCodes[0] as string
  const loading = await stopBefore(await draft([dock.packs[0]?.lot.id as string]), () => [
    t.call('delivery.loadTote', { params: { id: dock.runId }, body: { code } }, dock.driver),
  ])
  expect(loading.map((answer) => answer.problem.code)).toEqual(['tote_recalled'])

  const way = await road(t)
  const [stop] = (await way.read()).stops
  const stopId = stop?.id as string
  await t.call('delivery.arrive', { params: { id: stopId }, body: {} }, way.driver)
  const signatureFileId = await picture(t, way.driver)
  const lines = (stop?.goods ?? []).flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const body = { lines, receiverName: '示例', signatureFileId }
  const handing = await stopBefore(await draft([way.packs[0]?.lot.id as string]), () => [
    t.call('delivery.deliver', { params: { id: stopId }, body }, way.driver),
  ])
  expect(handing.map((answer) => answer.problem.code)).toEqual(['goods_recalled'])
  expect(await t.sql`select id from deliveries where stop_id = ${stopId}`).toEqual([])
})

test('what was handed over before the stop is in its scope, to the gram', async () => {
  const way = await road(t)
  const [stop] = (await way.read()).stops
  const stopId = stop?.id as string
  await t.call('delivery.arrive', { params: { id: stopId }, body: {} }, way.driver)
  const signatureFileId = await picture(t, way.driver)
  const lines = (stop?.goods ?? []).flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const id = await draft([way.packs[0]?.lot.id as string])
  const body = { lines, receiverName: '示例', signatureFileId }
  const [given, stopped] = await Promise.all([
    t.call('delivery.deliver', { params: { id: stopId }, body }, way.driver),
    r.stop(id),
  ])
  expect(stopped.status).toBe(200)
  const doc = (await r.scope(id)).body
  const told = doc.notices
    .filter((notice) => notice.kind === 'buyer')
    .flatMap((notice) => notice.goods.map((lot) => lot.quantity))
  const fetch = doc.tasks.filter((task) => task.kind === 'truck').map((task) => task.quantity)
  // Either it was handed over and the shop is told, or it was refused and comes back on the truck.
  expect([told, fetch]).toEqual(given.status === 200 ? [[10_000], []] : [[], [10_000]])
})

test('pickers, shops and the stop all at once: after it nothing of the lot moves, and every gram is accounted for', async () => {
  for (let round = 0; round < 4; round += 1) {
    const n = await night(200)
    for (const shop of n.shops) await n.place(shop, [[n.sku, 3]])
    const wave = await n.released()
    const tasks = await n.tasks(wave)
    const id = await draft([n.lot.id])
    const answers = await Promise.all([
      ...tasks.slice(0, 5).map((task) => n.pick(task.id, { lot: task.lotCode, quantity: task.quantity })),
      ...n.shops.slice(0, 5).map((shop) => n.put(shop, n.body(shop, [[n.sku, 1]]))),
      r.stop(id),
      ...tasks.slice(5).map((task) => n.pick(task.id, { lot: task.lotCode, quantity: task.quantity })),
      ...n.shops.slice(5).map((shop) => n.put(shop, n.body(shop, [[n.sku, 1]]))),
    ])
    expect(answers.filter((answer) => answer.status >= 500)).toEqual([])
    const [lot] = await t.sql`select stage, promised, promisable, on_hand from lots where id = ${n.lot.id}`
    expect(lot).toMatchObject({ stage: 'recalled', promised: 0, promisable: 0 })
    const open = await t.sql`select id from pick_tasks where lot_id = ${n.lot.id} and status = 'open'`
    expect(open).toEqual([])
    // What lies in totes is exactly what the recall asks to fetch out of them: no pick came after it.
    const [row] = await t.sql`
      select (select coalesce(sum(picked_quantity), 0) from pick_tasks where lot_id = ${n.lot.id})::int8 as picked,
        (select coalesce(sum(quantity), 0) from recall_tasks where recall_id = ${id} and kind = 'tote')::int8 as totes,
        (select coalesce(sum(quantity), 0) from recall_tasks where recall_id = ${id} and kind = 'shelf')::int8 as shelves`
    expect(row?.['totes']).toBe(row?.['picked'])
    expect(row?.['shelves']).toBe(lot?.['on_hand'])
    expect((await r.read(id)).balance[0]?.unexplained).toBe(0)
  }
  await expectGoodsSound(t)
}, 180_000)
