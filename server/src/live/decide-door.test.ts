import { makeHub } from '@huming/db/factories'
import { notices } from '@huming/db/schema/events'
import { totes } from '@huming/db/schema/picking'
import { deliveries, stops } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credit, picture, road } from '../delivery/test-road.ts'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

type World = Awaited<ReturnType<typeof road>>

const three = { sites: [{}, {}, {}] }
const decide = (world: World, body: object, { who = world.dispatcher, id = newId() } = {}) =>
  t.call(
    'live.decideDoor',
    { params: { id }, body: { stopId: '', ...body } as { stopId: string; choice: 'again' } },
    who,
  )

/** A run whose first door did not open; its stops as they are then. */
async function shutDoor(options: Parameters<typeof road>[1] = three) {
  const world = await road(t, options)
  const [first] = (await world.read()).stops
  const stopId = first?.id as string
  const failed = await t.call(
    'delivery.fail',
    { params: { id: stopId }, body: { reason: 'closed', note: '示例' } },
    world.driver,
  )
  expect(failed.status).toBe(200)
  return { ...world, stopId, orderId: first?.orders[0]?.id as string }
}

async function handOver(world: World, runId: string, stopId: string) {
  const run = (await t.call('delivery.readRun', { params: { id: runId } }, world.driver)).body
  const stop = run.stops.find((one) => one.id === stopId)
  const lines = (stop?.goods ?? []).flatMap((goods) =>
    goods.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  expect(lines).toHaveLength(1)
  const photo = await picture(t, world.driver)
  const arrived = await t.call('delivery.arrive', { params: { id: stopId }, body: {} }, world.driver)
  expect(arrived.status).toBe(200)
  const body = { lines, receiverName: '示例', signatureFileId: photo, photoFileIds: [photo] }
  return t.call('delivery.deliver', { params: { id: stopId }, body }, world.driver)
}

const toldOf = async (orderId: string) =>
  (await t.db.select().from(notices).where(eq(notices.subjectId, orderId)).orderBy(desc(notices.at))).map(
    (row) => row.key,
  )

test('only the hub’s dispatcher decides, and only about a door that failed while its truck is out', async () => {
  const world = await shutDoor()
  const other = await makeHub(t.db)
  const stranger = await t.guest({ id: other.orgId, kind: 'warehouse' }, ['dispatcher'])
  const again = { stopId: world.stopId, choice: 'again' }
  expect((await decide(world, again, { who: stranger })).status).toBe(404)
  expect((await decide(world, again, { who: world.driver })).status).toBe(403)
  const [, open] = (await world.read()).stops
  expect((await decide(world, { ...again, stopId: open?.id })).problem.code).toBe('wrong_state')
  expect((await decide(world, { ...again, toRunId: newId() })).status).toBe(404)
  const bad = await decide(world, { stopId: world.stopId, choice: 'back', toRunId: world.runId })
  expect(bad.status).toBe(422)
  await t.sql`update runs set status = 'finished' where id = ${world.runId}`
  expect((await decide(world, again)).problem.code).toBe('wrong_state')
  expect((await decide(world, { stopId: world.stopId, choice: 'tomorrow' })).status).toBe(200)
})

test('tried again tonight, the goods are handed over and owed for as if nothing had failed', async () => {
  const world = await shutDoor()
  const before = await credit(t, world.buyer.id)
  const id = newId()
  const body = { stopId: world.stopId, choice: 'again', note: '店主十分钟后到' }
  const twice = await Promise.all([1, 2].map(() => decide(world, body, { id })))
  expect(twice.map((one) => one.status)).toEqual([200, 200])
  expect(twice[0]?.body).toEqual(twice[1]?.body)
  expect((await decide(world, { ...body, note: '' }, { id })).problem.code).toBe('id_reused')
  // Sent already: there is nothing left to decide about.
  expect((await decide(world, { stopId: world.stopId, choice: 'back' })).problem.code).toBe('wrong_state')
  const [order] = await t.sql`select status, total_fen, hold_id from orders where id = ${world.orderId}`
  expect(order?.['status']).toBe('loaded')
  expect((await credit(t, world.buyer.id)).held).toBe(before.held + Number(order?.['total_fen']))
  const newStopId = twice[0]?.body.newStopId as string
  const run = await world.read()
  expect(run.stops.map((stop) => stop.id).at(-1)).toBe(newStopId)
  expect(run.stops).toHaveLength(4)
  const [old] = await t.db.select().from(stops).where(eq(stops.id, world.stopId))
  expect([old?.status, old?.failReason]).toEqual(['failed', 'closed'])
  const own = await t.db.select().from(totes).where(eq(totes.orderId, world.orderId))
  expect(own.map((tote) => tote.status)).toEqual(['loaded'])
  expect((await toldOf(world.orderId))[0]).toBe('notice.door_again')
  const board = await t.call(
    'live.board',
    { params: { hubId: world.hub.id }, query: { day: world.wave.day } },
    world.dispatcher,
  )
  expect(board.body.failed[0]?.decided).toMatchObject({ choice: 'again', note: '店主十分钟后到' })
  expect(board.body.failed[0]?.decided?.plate).toBe(board.body.runs[0]?.plate)

  expect((await handOver(world, world.runId, newStopId)).status).toBe(200)
  const done = await t.db.select().from(deliveries).where(eq(deliveries.orderId, world.orderId))
  expect(done.map((row) => [row.stopId, row.quantity, row.refusedQuantity])).toEqual([[newStopId, 10_000, 0]])
  const after = await credit(t, world.buyer.id)
  expect(after).toEqual({ held: before.held, owed: before.owed + Number(order?.['total_fen']) })
  const audit = await t.sql`
    select o.status, l.refused_quantity, l.refuse_reason, l.final_fen from orders o
    join order_lines l on l.order_id = o.id where o.id = ${world.orderId}`
  expect(audit[0]).toMatchObject({ status: 'delivered', refused_quantity: 0, refuse_reason: null })
})

test('credit that went elsewhere meanwhile, or a lot recalled meanwhile, keeps the goods aboard', async () => {
  const world = await shutDoor({ sites: [{}] })
  const again = () => decide(world, { stopId: world.stopId, choice: 'again' })
  const account = t.sql`org_id = ${world.buyer.id} and purpose = 'receivable'`
  await t.sql`update ledger_accounts set credit_limit_fen = 1 where ${account}`
  expect((await again()).problem.code).toBe('credit_exceeded')
  await t.sql`update ledger_accounts set credit_limit_fen = null where ${account}`
  const lotId = world.packs[0]?.lot.id as string
  await t.sql`update lots set stage = 'recalled', promisable = 0 where id = ${lotId}`
  expect((await again()).problem.code).toBe('tote_recalled')
  await t.sql`update lots set stage = 'received' where id = ${lotId}`
  const [kept] = await t.sql`select status from orders where id = ${world.orderId}`
  expect(kept?.['status']).toBe('failed')
  const left = await t.db.select().from(stops).where(eq(stops.runId, world.runId))
  expect(left).toHaveLength(1)
  expect((await again()).status).toBe(200)
})

test('goods that come back are told to the buyer; another decision takes the place of the first', async () => {
  const world = await shutDoor({ sites: [{}] })
  for (const choice of ['back', 'tomorrow', 'again']) {
    expect((await decide(world, { stopId: world.stopId, choice })).status).toBe(200)
    expect(await toldOf(world.orderId)).toContain(`notice.door_${choice}`)
  }
  const board = await t.call(
    'live.board',
    { params: { hubId: world.hub.id }, query: { day: world.wave.day } },
    world.dispatcher,
  )
  expect(board.body.failed.map((stop) => stop.decided?.choice)).toEqual(['again'])
})
