import { makeHub } from '@huming/db/factories'
import { makeCrateType } from '@huming/db/factories-dock'
import { events, notices } from '@huming/db/schema/events'
import { orderLines, orders } from '@huming/db/schema/orders'
import { totes } from '@huming/db/schema/picking'
import { deliveries, runs, stops } from '@huming/db/schema/routes'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { markLateStops } from './late-stops.ts'
import { credit, picture, road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

type Run = Awaited<ReturnType<Awaited<ReturnType<typeof road>>['read']>>
type Body = ContractInput<Contracts['delivery.deliver']>['body']

const arrive = (id: string, who: Guest) => t.call('delivery.arrive', { params: { id }, body: {} }, who)
const deliver = (id: string, body: Body, who: Guest) =>
  t.call('delivery.deliver', { params: { id }, body }, who)
const fail = (id: string, who: Guest, reason: 'closed' | 'nobody' = 'closed') =>
  t.call('delivery.fail', { params: { id }, body: { reason } }, who)
const finish = (id: string, who: Guest) => t.call('delivery.finishRun', { params: { id }, body: {} }, who)
const load = (id: string, code: string, who: Guest) =>
  t.call('delivery.loadTote', { params: { id }, body: { code } }, who)

/** A body that hands everything of the stop over, `refused` of its first line. */
function handOver(stop: Run['stops'][number] | undefined, refused = 0): Body['lines'] {
  return (stop?.goods ?? []).flatMap((order, o) =>
    order.lines.map((line, i) => {
      const back = o === 0 && i === 0 ? refused : 0
      return {
        orderLineId: line.orderLineId,
        lotId: line.lotId,
        delivered: line.quantity - back,
        refused: back,
        reason: back > 0 ? ('damaged' as const) : null,
      }
    }),
  )
}

/** A run at its first stop, with what a proper hand-over needs. */
async function atDoor(options: Parameters<typeof road>[1] = {}) {
  const r = await road(t, options)
  const run = await r.read()
  const stop = run.stops[0] as Run['stops'][number]
  await arrive(stop.id, r.driver)
  const signatureFileId = await picture(t, r.driver)
  const proof = { receiverName: '示例收货人', signatureFileId, temperatureDeciC: null as number | null }
  return { ...r, run, stop, proof, body: { lines: handOver(stop), ...proof } }
}

/** How many crates of a type each kind of party has. */
const cratesOf = async (typeId: string) => {
  const rows = await t.sql<{ kind: string; n: number }[]>`
    select party_kind as kind, sum(count)::int as n from crate_balances where type_id = ${typeId} group by 1`
  return Object.fromEntries(rows.map((row) => [row.kind, row.n]))
}
const statusOf = async (id: string) => (await t.db.select().from(orders).where(eq(orders.id, id)))[0]?.status
const deliveredOf = (stopId: string) => t.db.select().from(deliveries).where(eq(deliveries.stopId, stopId))

test('another driver, another hub and the wrong roles do not get near a run', async () => {
  const { carrier, runId, stop, body, dispatcher, hub } = await atDoor()
  const other = await t.guest(carrier, ['driver'])
  const elsewhere = await makeHub(t.db)
  const stranger = await t.guest({ id: elsewhere.orgId, kind: 'warehouse' }, ['dispatcher'])
  for (const who of [other, stranger])
    expect((await t.call('delivery.readRun', { params: { id: runId } }, who)).problem.code).toBe('not_found')
  expect((await deliver(stop.id, body, other)).problem.code).toBe('not_found')
  expect((await fail(stop.id, other)).problem.code).toBe('not_found')
  expect((await finish(runId, other)).problem.code).toBe('not_found')
  expect((await load(runId, 'T-1', stranger)).problem.code).toBe('not_found')
  expect((await deliver(stop.id, body, dispatcher)).problem.code).toBe('forbidden')
  const contact = await t.call('delivery.askContact', { params: { id: stop.id } }, other)
  expect(contact.problem.code).toBe('not_found')
  expect((await t.call('delivery.myRuns', {}, other)).body.items).toEqual([])
  expect(await deliveredOf(stop.id)).toEqual([])
  const mine = await t.call('delivery.readRun', { params: { id: runId } }, dispatcher)
  expect([mine.status, mine.body.hub.name]).toEqual([200, hub.name])
})

test('a planned run is not the driver’s to see or load', async () => {
  const { runId, driver, orders: made } = await road(t, { until: 'planned' })
  expect((await t.call('delivery.readRun', { params: { id: runId } }, driver)).problem.code).toBe('not_found')
  expect((await t.call('delivery.myRuns', {}, driver)).body.items).toEqual([])
  expect((await load(runId, made[0]?.toteCodes[0] as string, driver)).problem.code).toBe('wrong_state')
})

test('the driver sees stops with masked phones; the full one is given on asking and recorded', async () => {
  const { driver, read } = await road(t, { sites: [{ gateNote: '示例：后门', contactPhone: '19912345678' }] })
  const [stop] = (await read()).stops
  expect([stop?.contactPhone, stop?.gateNote, stop?.readingRequired]).toEqual([
    '199****5678',
    '示例：后门',
    false,
  ])
  expect(stop?.goods[0]?.lines[0]).toMatchObject({ quantity: 10_000, delivered: null, zone: 'ambient' })
  const asked = await t.call('delivery.askContact', { params: { id: stop?.id as string } }, driver)
  expect(asked.body.phone).toBe('19912345678')
  const shown = await t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, stop?.id as string), eq(events.type, 'stop.contact_shown')))
  expect(shown.map((event) => event.personId)).toEqual([driver.personId])
})

test('totes of others are refused; last stop first is a hint; a second scan changes nothing', async () => {
  const { runId, driver, orders: made, read } = await road(t, { sites: [{}, {}], until: 'loading' })
  const foreign = await road(t, { until: 'loading' })
  const wrong = await load(runId, foreign.orders[0]?.toteCodes[0] as string, driver)
  expect(wrong.problem.code).toBe('tote_not_on_run')
  const run = await read()
  const codeAt = (seq: number) => run.stops.find((stop) => stop.seq === seq)?.toteList[0]?.code as string
  const early = await load(runId, codeAt(1), driver)
  expect(early.body).toMatchObject({
    stopSeq: 1,
    inOrder: false,
    already: false,
    loaded: 1,
    total: 2,
    nextStopSeq: 2,
  })
  const twice = await load(runId, codeAt(1).toLowerCase(), driver)
  expect(twice.body).toMatchObject({ already: true, loaded: 1 })
  const depart = () => t.call('delivery.depart', { params: { id: runId }, body: {} }, driver)
  const tooEarly = await depart()
  expect([tooEarly.problem.code, tooEarly.problem['params']]).toEqual(['totes_not_loaded', { count: 1 }])
  const last = await load(runId, codeAt(2), driver)
  expect(last.body).toMatchObject({ inOrder: true, nextStopSeq: null, loaded: 2 })
  for (const order of made) expect(await statusOf(order.id)).toBe('loaded')
  expect((await depart()).body.status).toBe('on_road')
  expect((await depart()).status).toBe(200)
  const scans = await t.db.select().from(events).where(eq(events.type, 'tote.loaded'))
  const own = scans.filter((event) => (event.payload as { runId: string }).runId === runId)
  expect(own).toHaveLength(2)
})

test('two totes of one order loaded at once leave the order loaded', async () => {
  const {
    runId,
    driver,
    dispatcher,
    orders: made,
  } = await road(t, { zones: ['ambient', 'frozen'], until: 'loading' })
  const [a = '', b = ''] = made[0]?.toteCodes ?? []
  const answers = await Promise.all([load(runId, a, driver), load(runId, b, dispatcher)])
  expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  expect(await statusOf(made[0]?.id as string)).toBe('loaded')
})

test('cold goods do not leave without the box’s temperature', async () => {
  const { runId, driver, orders: made } = await road(t, { zones: ['frozen'], until: 'loading' })
  await load(runId, made[0]?.toteCodes[0] as string, driver)
  const depart = (preCoolDeciC: number | null) =>
    t.call('delivery.depart', { params: { id: runId }, body: { preCoolDeciC } }, driver)
  expect((await depart(null)).problem.code).toBe('pre_cool_missing')
  const warm = await depart(-100)
  expect([warm.body.status, warm.body.temperature]).toEqual(['on_road', 'reject'])
  expect((await depart(-180)).problem.code).toBe('wrong_state')
})

test('nothing is delivered before arriving, and not from a run that has not left', async () => {
  const { driver, read } = await road(t)
  const [stop] = (await read()).stops
  const body = { lines: handOver(stop), receiverName: '示例', signatureFileId: await picture(t, driver) }
  expect((await deliver(stop?.id as string, body, driver)).problem.code).toBe('wrong_state')
  const waiting = await road(t, { until: 'loading' })
  const [other] = (await waiting.read()).stops
  expect((await arrive(other?.id as string, waiting.driver)).problem.code).toBe('wrong_state')
})

test('more, less, unknown or forgotten goods are a mismatch, and nothing is written', async () => {
  const { driver, stop, body, orders: made } = await atDoor({ zones: ['ambient', 'ambient'] })
  const [one, two] = body.lines as [Body['lines'][number], Body['lines'][number]]
  for (const lines of [
    [{ ...one, delivered: 10_001 }, two],
    [{ ...one, delivered: 9_999 }, two],
    [{ ...one, delivered: 10_000, refused: 1, reason: 'damaged' as const }, two],
    [{ ...one, lotId: newId() }, two],
    [one],
    [one, one],
    [one, two, two],
  ]) {
    const answer = await deliver(stop.id, { ...body, lines }, driver)
    expect([answer.status, answer.problem.code]).toEqual([422, 'delivery_mismatch'])
  }
  const silent = await deliver(
    stop.id,
    { ...body, lines: [{ ...one, delivered: 0, refused: 10_000 }, two] },
    driver,
  )
  expect(silent.problem.code).toBe('bad_input')
  const negative = await deliver(stop.id, { ...body, lines: [{ ...one, delivered: -1 }, two] }, driver)
  expect(negative.problem.code).toBe('bad_input')
  expect(await deliveredOf(stop.id)).toEqual([])
  expect(await statusOf(made[0]?.id as string)).toBe('loaded')
})

test('no hand-over without name and signature, and no proof that is somebody else’s', async () => {
  const { driver, dispatcher, stop, body } = await atDoor()
  const attempt = (over: Partial<Body>) => deliver(stop.id, { ...body, ...over }, driver)
  const pointer = async (over: Partial<Body>) => {
    const { problem } = await attempt(over)
    return [problem.code, problem.pointers?.[0]?.pointer]
  }
  expect(await pointer({ signatureFileId: null })).toEqual(['proof_missing', '/body/signatureFileId'])
  expect(await pointer({ receiverName: '  ' })).toEqual(['proof_missing', '/body/receiverName'])
  expect((await attempt({ signatureFileId: await picture(t, dispatcher) })).problem.code).toBe(
    'proof_missing',
  )
  expect((await attempt({ photoFileIds: [newId()] })).problem.code).toBe('proof_missing')
  const refused = stop.goods.flatMap((order) =>
    order.lines.map((line) => ({
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      delivered: 0,
      refused: line.quantity,
      reason: 'spoiled' as const,
    })),
  )
  expect(await pointer({ lines: refused, signatureFileId: null })).toEqual([
    'proof_missing',
    '/body/photoFileIds',
  ])
})

test('a key-drop needs a photo and nobody’s signature', async () => {
  const { driver, stop, body } = await atDoor({ sites: [{ keyDrop: true }] })
  const unsigned = { ...body, signatureFileId: null, receiverName: '' }
  expect((await deliver(stop.id, unsigned, driver)).problem.code).toBe('proof_missing')
  const done = await deliver(stop.id, { ...unsigned, photoFileIds: [await picture(t, driver)] }, driver)
  expect([done.status, done.body.stop.status]).toEqual([200, 'delivered'])
})

test('cold goods need a reading; taken too warm, a photo besides', async () => {
  const { driver, stop, body } = await atDoor({ zones: ['frozen', 'ambient'] })
  expect((await deliver(stop.id, body, driver)).problem.code).toBe('temperature_missing')
  const warm = { ...body, temperatureDeciC: -50 }
  expect((await deliver(stop.id, warm, driver)).problem.code).toBe('proof_missing')
  const done = await deliver(stop.id, { ...warm, photoFileIds: [await picture(t, driver)] }, driver)
  expect([done.body.stop.status, done.body.stop.temperatureDeciC]).toEqual(['delivered', -50])
})

test('a part refused: goods by lot, totes, order, money and event agree', async () => {
  const { driver, stop, body, buyer, orders: made } = await atDoor({ zones: ['ambient', 'ambient'] })
  const [order] = made
  expect(await credit(t, buyer.id)).toEqual({ held: 100_000, owed: 0 })
  const type = await makeCrateType(t.db)
  const done = await deliver(
    stop.id,
    { ...body, lines: handOver(stop, 4_000), crates: [{ typeId: type.id, out: 2, back: 1 }] },
    driver,
  )
  expect([done.status, done.body.stop.status, done.body.outOfOrder]).toEqual([200, 'partial', false])
  const rows = await deliveredOf(stop.id)
  expect(rows.map((row) => [row.quantity, row.refusedQuantity, row.refuseReason]).toSorted()).toEqual([
    [10_000, 0, null],
    [6_000, 4_000, 'damaged'],
  ])
  const lines = await t.db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, order?.id as string))
  expect(lines.reduce((sum, line) => sum + (line.finalFen ?? 0), 0)).toBe(80_000)
  expect(await credit(t, buyer.id)).toEqual({ held: 0, owed: 80_000 })
  expect(await statusOf(order?.id as string)).toBe('delivered')
  const tote = await t.db
    .select()
    .from(totes)
    .where(eq(totes.orderId, order?.id as string))
  expect(tote.map((one) => one.status)).toEqual(['delivered'])
  const [event] = await t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, stop.id), eq(events.type, 'stop.delivered')))
  expect(event?.payload).toMatchObject({ status: 'partial', cratesOut: 2, cratesBack: 1 })
  expect(await cratesOf(type.id)).toEqual({ driver: 1, hub: 0, org: 1 })
  expect(event?.payload['lines']).toHaveLength(2)
})

test('crates: what was counted into the truck is left at doors, the rest stays with the driver', async () => {
  const { driver, stop, body } = await atDoor()
  const type = await makeCrateType(t.db)
  const unknown = { ...body, crates: [{ typeId: newId(), out: 1 }] }
  expect((await deliver(stop.id, unknown, driver)).problem.code).toBe('crate_type_closed')
  const twice = { ...body, crates: [{ typeId: type.id }, { typeId: type.id }] }
  expect((await deliver(stop.id, twice, driver)).problem.code).toBe('bad_input')
  const crates = [{ typeId: type.id, out: 5, back: 2 }]
  const done = await deliver(stop.id, { ...body, crates }, driver)
  expect(done.body.stop).toMatchObject({ cratesOut: 5, cratesBack: 2 })
  expect((await deliver(stop.id, { ...body, crates }, driver)).status).toBe(200)
  expect((await deliver(stop.id, { ...body, crates: [] }, driver)).problem.code).toBe('wrong_state')
  expect(await cratesOf(type.id)).toEqual({ driver: 2, hub: 0, org: 3 })
  const why = await t.sql`select kind, count, reason from crate_moves where type_id = ${type.id} order by id`
  expect(why).toEqual([
    { kind: 'found', count: 5, reason: 'counted_more' },
    { kind: 'load', count: 5, reason: 'uncounted_load' },
    { kind: 'deliver', count: 5, reason: '' },
    { kind: 'take_back', count: 2, reason: '' },
  ])
})

test('everything refused: the order fails, its tote comes back, nothing is owed', async () => {
  const { driver, stop, body, buyer, orders: made } = await atDoor()
  const done = await deliver(stop.id, { ...body, lines: handOver(stop, 10_000) }, driver)
  expect(done.body.stop.status).toBe('refused')
  expect(await statusOf(made[0]?.id as string)).toBe('failed')
  expect(await credit(t, buyer.id)).toEqual({ held: 0, owed: 0 })
  expect(done.body.stop.toteList.map((tote) => tote.status)).toEqual(['returned'])
})

test('ten times at once, then again: delivered once; something else afterwards is refused', async () => {
  const { driver, stop, body, buyer } = await atDoor()
  const type = await makeCrateType(t.db)
  const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(stop.id, body, driver)))
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200))
  const again = await deliver(stop.id, body, driver)
  expect(again.body.stop.version).toBe(answers[0]?.body.stop.version)
  expect(await deliveredOf(stop.id)).toHaveLength(1)
  expect(await credit(t, buyer.id)).toEqual({ held: 0, owed: 50_000 })
  for (const other of [
    { ...body, lines: handOver(stop, 1) },
    { ...body, receiverName: '别人' },
    { ...body, crates: [{ typeId: type.id, out: 3 }] },
  ])
    expect((await deliver(stop.id, other, driver)).problem.code).toBe('wrong_state')
  expect((await fail(stop.id, driver)).problem.code).toBe('wrong_state')
})

test('delivered and failed at the same moment: one of them holds', async () => {
  const { driver, stop, body, orders: made } = await atDoor()
  const answers = await Promise.all([deliver(stop.id, body, driver), fail(stop.id, driver)])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  expect(['delivered', 'failed']).toContain(await statusOf(made[0]?.id as string))
  expect(await deliveredOf(stop.id)).toHaveLength(1)
})

test('a failed stop brings everything back; it cannot be delivered after', async () => {
  const { driver, stop, body, buyer, orders: made } = await atDoor()
  const failed = await fail(stop.id, driver)
  expect([failed.body.stop.status, failed.body.stop.failReason]).toEqual(['failed', 'closed'])
  expect((await fail(stop.id, driver)).status).toBe(200)
  expect((await fail(stop.id, driver, 'nobody')).problem.code).toBe('wrong_state')
  expect((await deliver(stop.id, body, driver)).problem.code).toBe('wrong_state')
  const rows = await deliveredOf(stop.id)
  expect(rows.map((row) => [row.quantity, row.refusedQuantity, row.refuseReason])).toEqual([
    [0, 10_000, 'closed'],
  ])
  expect(await statusOf(made[0]?.id as string)).toBe('failed')
  expect(await credit(t, buyer.id)).toEqual({ held: 0, owed: 0 })
})

test('stops may be skipped and taken later; the run ends when all are closed', async () => {
  const { driver, runId, read } = await road(t, { sites: [{}, {}] })
  const [first, second] = (await read()).stops
  const ahead = await arrive(second?.id as string, driver)
  expect([ahead.status, ahead.body.outOfOrder]).toEqual([200, true])
  const repeat = await arrive(second?.id as string, driver)
  expect(repeat.body.stop.version).toBe(ahead.body.stop.version)
  await fail(second?.id as string, driver)
  const early = await finish(runId, driver)
  expect([early.problem.code, early.problem['params']]).toEqual(['stops_open', { count: 1 }])
  expect((await fail(first?.id as string, driver)).body.stop.status).toBe('failed')
  const ended = await finish(runId, driver)
  expect(ended.body).toMatchObject({ status: 'finished', failed: 2, delivered: 0 })
  expect((await finish(runId, driver)).body).toEqual(ended.body)
  expect((await t.call('delivery.myRuns', {}, driver)).body.items.map((run) => run.status)).toEqual([
    'finished',
  ])
})

test('the device’s time is kept when it can be true', async () => {
  const { driver, read } = await road(t, { sites: [{}, {}] })
  const run = await read()
  const at = new Date(Date.now() - 1).toISOString()
  const told = await t.call(
    'delivery.arrive',
    { params: { id: run.stops[0]?.id as string }, body: { at } },
    driver,
  )
  expect(new Date(told.body.stop.arrivedAt as string).toISOString()).toBe(at)
  const future = new Date(Date.now() + 3_600_000).toISOString()
  const absurd = await t.call(
    'delivery.arrive',
    { params: { id: run.stops[1]?.id as string }, body: { at: future } },
    driver,
  )
  expect(Date.parse(absurd.body.stop.arrivedAt as string)).toBeLessThanOrEqual(Date.now())
})

test('a stop that will come late is told to its buyer once', async () => {
  const {
    runId,
    buyer,
    dispatcher,
    read,
    orders: made,
  } = await road(t, { sites: [{ windowFrom: 60, windowTo: 90 }] })
  const [stop] = (await read()).stops
  const late = new Date(Date.parse(stop?.windowToAt as string) + 10 * 60_000)
  expect(await markLateStops(t.system(new Date(late.getTime() - 12 * 3_600_000)))).toEqual({ marked: 0 })
  await Promise.all([markLateStops(t.system(late)), markLateStops(t.system(late))])
  await markLateStops(t.system(late))
  const told = await t.db.select().from(notices).where(eq(notices.orgId, buyer.id))
  expect(told.map((notice) => [notice.key, notice.subjectId, notice.params['minutes']])).toEqual([
    ['notice.stop_late', made[0]?.id, 10],
  ])
  const recorded = await t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, stop?.id as string), eq(events.type, 'stop.late')))
  expect(recorded).toHaveLength(1)
  const before = await t.call('delivery.lateStops', {}, dispatcher)
  expect(before.body.items).toEqual([])
  await t.db
    .update(stops)
    .set({ windowToAt: new Date(Date.now() - 3_600_000) })
    .where(eq(stops.runId, runId))
  const now = await t.call('delivery.lateStops', {}, dispatcher)
  expect(now.body.items.map((item) => [item.stopId, item.noticedAt !== null])).toEqual([[stop?.id, true]])
  await t.db.update(runs).set({ status: 'finished' }).where(eq(runs.id, runId))
})
