import { events } from '@huming/db/schema/events'
import { totes } from '@huming/db/schema/picking'
import { epcisEvents } from '@huming/db/schema/tracing'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { emit } from '../kernel/emit.ts'
import type { Guest } from '../test-app.ts'
import { walkedWorld } from '../walk/world.fixture.ts'
import type { JsonObject } from './json-tree.ts'
import { recordedTypes, recordOwn } from './record-own.ts'
import { flawsOf } from './validate.ts'

const { t, ours } = await walkedWorld()
afterAll(t.close)

type Kept = typeof epcisEvents.$inferSelect
let kept: Kept[]
let told: (typeof events.$inferSelect)[]

/** Says everything that happened so far, as the consumer does. */
async function recordAll() {
  told = await t.db.select().from(events).orderBy(asc(events.id))
  for (const source of told)
    if (recordedTypes.includes(source.type))
      await t.db.transaction((tx) => recordOwn({ ...t.system(), db: tx as never }, source))
  kept = await t.db.select().from(epcisEvents).orderBy(asc(epcisEvents.id))
}

let driver: Guest
let buyerOrgId: string
let stop: { stopId: string; lotId: string }
beforeAll(async () => {
  const on = await road(t)
  driver = on.driver
  buyerOrgId = on.buyer.id
  // The world's totes come packed; the event of the last seal says so.
  for (const { lot } of on.packs)
    await t.db.transaction((tx) =>
      emit(tx, t.system(), { type: 'lot.declared', subjectId: lot.id, payload: { stage: 'made' } }),
    )
  const packed = await t.db.select().from(totes).where(eq(totes.waveId, on.wave.id))
  for (const tote of packed)
    await t.db.transaction((tx) =>
      emit(tx, t.system(), { type: 'tote.sealed', subjectId: tote.id, hubId: on.hub.id }),
    )
  const run = await on.read()
  const [first] = run.stops
  if (!first) throw new Error('the run has a stop')
  await t.call('delivery.arrive', { params: { id: first.id }, body: {} }, driver)
  const photo = await picture(t, driver)
  const [line] = first.goods.flatMap((order) => order.lines)
  if (!line) throw new Error('the stop has a line')
  const delivered = await t.call(
    'delivery.deliver',
    {
      params: { id: first.id },
      body: {
        lines: [
          {
            orderLineId: line.orderLineId,
            lotId: line.lotId,
            delivered: line.quantity - 1000,
            refused: 1000,
            reason: 'damaged',
          },
        ],
        receiverName: '示例收货人',
        signatureFileId: photo,
        photoFileIds: [],
        temperatureDeciC: 35,
        note: '',
      },
    },
    driver,
  )
  expect(delivered.problem?.code).toBeUndefined()
  stop = { stopId: first.id, lotId: line.lotId }
  await recordAll()
}, 120_000)

test('every event of ours is valid EPCIS, with its hash as its id', () => {
  expect(kept.length).toBeGreaterThan(20)
  for (const { event, contexts, eventId, hash } of kept) {
    expect(flawsOf({ '@context': contexts, ...event })).toEqual([])
    expect(eventId).toBe(hash)
  }
})

test('most steps of goods happen in this world and are told', () => {
  const happened = new Set(told.map((one) => one.type))
  const possible = recordedTypes.filter((type) => happened.has(type))
  const recorded = new Set(kept.map((row) => told.find((one) => one.id === row.sourceEventId)?.type))
  for (const type of [
    'lot.declared',
    'consignment.shipped',
    'lot.received',
    'tote.sealed',
    'tote.loaded',
    'stop.delivered',
  ])
    expect(possible).toContain(type)
  // A forecast, an empty receipt and a tote of nothing are no events of goods.
  expect(possible.filter((type) => !recorded.has(type))).toEqual([])
})

test('a second run of the consumer keeps nothing twice', async () => {
  const before = kept.length
  await recordAll()
  expect(kept).toHaveLength(before)
})

test('a hand-over tells the buyer how much of which lot, the temperature, and what was refused', async () => {
  const source = told.find((one) => one.type === 'stop.delivered' && one.subjectId === stop.stopId)
  const rows = kept.filter((row) => row.sourceEventId === source?.id)
  const [taken, refused] = rows.map((row) => row.event as JsonObject)
  expect(taken).toMatchObject({
    bizStep: 'accepting',
    quantityList: [{ quantity: 9, uom: 'KGM' }],
    sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 3.5, uom: 'CEL' }] }],
  })
  expect(refused).toMatchObject({ disposition: 'returned', quantityList: [{ quantity: 1, uom: 'KGM' }] })
  for (const row of rows) expect(row.seenBy).toContain(buyerOrgId)
  const buyer = await t.guest({ id: buyerOrgId, kind: 'buyer' }, ['purchaser'])
  const own = await t.call('epcis.events', { query: { EQ_bizStep: 'accepting' } }, buyer)
  expect(JSON.stringify(own.body)).toContain('"accepting"')
  const other = await t.call('epcis.events', { query: { EQ_bizStep: 'accepting' } }, ours.guests.lister)
  expect(JSON.stringify(other.body)).not.toContain('"accepting"')
})

test('a line refused whole brings nothing in: it is found unfit and sent back or destroyed; a recall names the class', async () => {
  const { lotId } = stop
  const [lot] = await t.sql<{ orgId: string; hubId: string; quantity: number }[]>`
    select org_id as "orgId", hub_id as "hubId", quantity::int from lots where id = ${lotId}`
  const { orgId, hubId, quantity } = lot as { orgId: string; hubId: string; quantity: number }
  const ids: string[] = []
  const say = (type: string, payload: Record<string, unknown>) =>
    t.db.transaction(async (tx) => {
      ids.push(await emit(tx, t.system(), { type, subjectId: lotId, orgId, hubId, payload }))
    })
  await say('lot.received', { onHand: 0, shipped: 2000, refused: 2000 })
  await say('goods.refused', { quantity: 2000, fate: 'driver' })
  await say('goods.refused', { quantity: 3000, fate: 'destroyed' })
  await say('lot.recalled', {})
  await t.sql`update lots set quantity = 0 where id = ${lotId}`
  await recordAll()
  await t.sql`update lots set quantity = ${quantity} where id = ${lotId}`
  const saidBy = (id: string | undefined) =>
    kept.filter((row) => row.sourceEventId === id).map(({ event }) => event as JsonObject)
  const steps = ids.map((id) => saidBy(id).map(({ bizStep, disposition }) => [bizStep, disposition]))
  const unfit = ['inspecting', 'non_conformant']
  expect(steps).toEqual([
    [],
    [unfit, ['shipping', 'returned']],
    [unfit, ['destroying', 'destroyed']],
    [['holding', 'recalled']],
  ])
  const [recall] = saidBy(ids[3]).map(({ quantityList }) => quantityList)
  expect(recall).toEqual([{ epcClass: expect.any(String) }])
})

test('events carry no person: no name, phone or id of one', async () => {
  const people = await t.sql<
    { id: string; name: string; phone: string }[]
  >`select id, name, phone from people`
  const text = JSON.stringify(kept.map((row) => row.event))
  expect(people.filter(({ id, phone }) => text.includes(id) || text.includes(phone))).toEqual([])
  expect(text).not.toContain('示例收货人')
})
