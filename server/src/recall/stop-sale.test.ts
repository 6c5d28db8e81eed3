import { makeLot } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { road } from '../delivery/test-road.ts'
import { expectGoodsSound, testNight } from '../picking/test-night.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { recallHands } from './test-recall.ts'

let t: TestApp
let r: Awaited<ReturnType<typeof recallHands>>
beforeAll(async () => {
  t = await testApp()
  r = await recallHands(t)
})
afterAll(() => t.close())

/** A night with a pack, a shop, and words to order cartons of it. */
async function night() {
  const n = await testNight(t)
  const { sku, lot: bad } = await n.goods(10, {}, { useByDay: addDays(n.today, 10) })
  const shop = await n.shop()
  const placed = async (cartons: number) => (await n.place(shop, [[sku, cartons]])).id
  return { ...n, sku, bad, shop, placed }
}
const stageOf = async (id: string) => (await t.sql`select stage from lots where id = ${id}`)[0]?.['stage']

test('a draft stops nothing and shows what it would reach; a wrong lot, a future time and a false remedy are refused', async () => {
  const n = await night()
  const unknown = await r.open([newId()])
  expect([unknown.problem.code, unknown.problem.pointers]).toEqual([
    'bad_input',
    [{ pointer: '/body/lotIds/0', reason: 'unknown' }],
  ])
  const lot = await makeLot(t.db, n.sku, n.hub.id, 100_000)
  const later = new Date(Date.now() + 3_600_000).toISOString()
  expect((await r.open([lot.id], { knownAt: later })).problem.code).toBe('bad_input')
  expect((await r.open([lot.id], { remedy: 'relabel' })).problem.code).toBe('bad_input')
  const id = newId()
  const made = await r.open([lot.id], {}, id)
  expect(made.body).toMatchObject({ status: 'draft', lots: 1, drill: false, ruleVersion: '2015/2020' })
  expect(await stageOf(lot.id)).toBe('received')
  const body = { level: 2, cause: 'contamination', reason: '示例：快检农残超标' } as const
  const same = { ...body, knownAt: made.body.knownAt, lotIds: [lot.id] }
  expect((await t.call('recall.open', { params: { id }, body: same }, r.safety)).body.version).toBe(1)
  const other = { ...same, level: 1 }
  expect((await t.call('recall.open', { params: { id }, body: other }, r.safety)).problem.code).toBe(
    'id_reused',
  )
  const changed = await t.call('recall.open', { params: { id }, body: { ...other, version: 1 } }, r.safety)
  expect([changed.body.level, changed.body.version]).toEqual([1, 2])
  const stale = await t.call('recall.open', { params: { id }, body: { ...same, version: 1 } }, r.safety)
  expect(stale.problem.code).toBe('stale_version')
  expect((await r.scope(id)).problem.code).toBe('wrong_state')
  expect((await r.tell(id)).problem.code).toBe('wrong_state')
})

test('the stop takes promises and open tasks off the lot, moves what other lots can serve, cuts the rest', async () => {
  const n = await night()
  const { bad } = n
  const good = await makeLot(t.db, n.sku, n.hub.id, 30_000)
  const inPicking = await n.placed(4)
  await n.released()
  const waiting = await n.placed(3)
  const id = await r.stopped([bad.id])
  expect(await stageOf(bad.id)).toBe('recalled')
  const lot = await n.lotOf(bad.id)
  expect([lot.promised, lot.promisable]).toEqual([0, 0])
  // Of 30 kg the order in picking gets all three cartons; its fourth and the later order are cut.
  expect(await n.linesOf(inPicking)).toMatchObject([{ cut_quantity: 10_000, cut_reason: 'recalled' }])
  expect(await n.linesOf(waiting)).toMatchObject([{ cut_quantity: 30_000, cut_reason: 'recalled' }])
  expect(await n.orderOf(waiting)).toBe('cancelled')
  expect((await n.lotOf(good.id)).promised).toBe(30_000)
  await expectGoodsSound(t)
  const basket = { siteId: n.shop.site.id, day: n.day, lines: [{ skuId: n.sku.id, units: 1 }] }
  const quote = await t.call('orders.quote', { body: basket }, n.shop.guest)
  expect(quote.body).toMatchObject({
    problem: 'not_available',
    lines: [{ availableUnits: 0, recalled: true }],
  })
  const doc = await r.read(id)
  expect(doc).toMatchObject({ status: 'stop_sale', tasksOpen: 1 })
  expect(doc.tasks).toMatchObject([{ kind: 'shelf', quantity: 100_000, status: 'open' }])
  expect((await r.stop(id)).body.version).toBe(doc.version)
})

test('what was made or moved from the lot is stopped too, wherever it is and at whatever stage', async () => {
  const n = await night()
  const raw = await makeLot(t.db, n.sku, n.hub.id, 100_000, { stage: 'used_up', onHand: 0, promisable: 0 })
  const stages = ['made', 'shipped', 'received', 'held', 'expired'] as const
  const children: { id: string }[] = []
  for (const stage of stages) children.push(await makeLot(t.db, n.sku, n.hub.id, 10_000, { stage }))
  const grandchild = await makeLot(t.db, n.sku, n.hub.id, 5_000)
  const bystander = await makeLot(t.db, n.sku, n.hub.id, 5_000)
  const said = { eventId: newId(), at: new Date() }
  await t.db.transaction((tx) =>
    linkGoods(tx, [
      ...children.map((child) => ({
        kind: 'made_of' as const,
        fromId: raw.id,
        toId: child.id,
        quantity: 10_000,
        toQuantity: 9_000,
        ...said,
      })),
      { kind: 'moved', fromId: children[2]?.id as string, toId: grandchild.id, quantity: 5_000, ...said },
    ]),
  )
  const id = await r.stopped([raw.id])
  for (const lot of [raw, ...children, grandchild]) expect(await stageOf(lot.id)).toBe('recalled')
  expect(await stageOf(bystander.id)).toBe('received')
  const doc = await r.read(id)
  expect(doc.lotList.map((lot) => [lot.depth, lot.named])).toEqual([
    [0, true],
    ...stages.map(() => [1, false]),
    [2, false],
  ])
})

test('goods in totes and on trucks do not go on: the tote is not loaded, the truck not left, the line not handed over', async () => {
  const dock = await road(t, { until: 'loading' })
  const [order] = dock.orders
  const code = order?.toteCodes[0] as string
  const load = () => t.call('delivery.loadTote', { params: { id: dock.runId }, body: { code } }, dock.driver)
  const bad = dock.packs[0]?.lot.id as string
  const id = await r.stopped([bad])
  expect((await load()).problem.code).toBe('tote_recalled')
  const onRoad = await road(t, { zones: ['ambient', 'frozen'] })
  const [wrong, fine] = onRoad.packs
  await r.stopped([wrong?.lot.id as string])
  const run = await onRoad.read()
  const [stop] = run.stops
  const lines = stop?.goods[0]?.lines ?? []
  expect(lines.map((line) => line.barred).toSorted()).toEqual([false, true])
  await t.call('delivery.arrive', { params: { id: stop?.id as string }, body: {} }, onRoad.driver)
  const hand = (delivered: boolean) => ({
    lines: lines.map((line) => ({
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      delivered: line.barred && !delivered ? 0 : line.quantity,
      refused: line.barred && !delivered ? line.quantity : 0,
      reason: line.barred && !delivered ? ('recalled' as const) : null,
    })),
    receiverName: '示例',
    temperatureDeciC: -200,
  })
  const { picture } = await import('../delivery/test-road.ts')
  const signatureFileId = await picture(t, onRoad.driver)
  const deliver = (body: object) =>
    t.call('delivery.deliver', { params: { id: stop?.id as string }, body: body as never }, onRoad.driver)
  const refused = await deliver({ ...hand(true), signatureFileId })
  expect([refused.status, refused.problem.code]).toEqual([409, 'goods_recalled'])
  const given = await deliver({ ...hand(false), signatureFileId })
  expect([given.status, given.body.stop.status]).toEqual([200, 'partial'])
  const rows =
    await t.sql`select lot_id, quantity, refused_quantity, refuse_reason from deliveries where stop_id = ${stop?.id as string}`
  expect(rows.find((row) => row['lot_id'] === wrong?.lot.id)).toMatchObject({
    quantity: 0,
    refused_quantity: 10_000,
    refuse_reason: 'recalled',
  })
  expect(rows.find((row) => row['lot_id'] === fine?.lot.id)).toMatchObject({ quantity: 10_000 })
  // Taken out at the dock, the order has nothing left: it is cancelled, and the run that carried only it is over.
  const task = (await r.read(id)).tasks.find((one) => one.kind === 'tote')
  const lead = await t.guest({ id: dock.hub.orgId, kind: 'warehouse' }, ['lead'])
  const fetched = await t.call(
    'recall.doTask',
    { params: { id: task?.id as string }, body: { quantity: 10_000 } },
    lead,
  )
  expect([fetched.status, fetched.body.status]).toEqual([200, 'done'])
  const [ended] = await t.sql`
    select o.status, e.status as tote, r.status as run from orders o join totes e on e.code = ${code} and e.order_id = o.id
    join runs r on r.id = ${dock.runId}`
  expect(ended).toEqual({ status: 'cancelled', tote: 'empty', run: 'finished' })
})
