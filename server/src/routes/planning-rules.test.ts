import {
  makeBuyer,
  makeHub,
  makeLot,
  makeOrg,
  makePerson,
  makeSite,
  makeSku,
  makeSupplier,
} from '@huming/db/factories'
import { makePickedOrder, makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { loadingRows } from './loading-list.ts'
import { readProblem } from './read-problem.ts'
import { readWeights } from './read-rules.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const always = { validFrom: '2026-01-01', validTo: '2099-12-31' }
const facts = {
  layouts: null,
  lengthCm: 599,
  heightCm: 250,
  grossKg: 4495,
  skills: ['city_pass'],
  shiftFrom: 60,
  shiftTo: 720,
  restAfterMinutes: 240,
  restMinutes: 20,
  trips: 2,
  reloadMinutes: 30,
  fixedFen: 15_000,
}
const ban = {
  name: '示例限行',
  districtCode: '310101',
  lngE6: null,
  latE6: null,
  radiusMetres: null,
  fromMinute: 420,
  toMinute: 1200,
  weekdays: [5, 1, 2, 3, 4, 6, 7],
  minGrossKg: 4000,
  unlessSkill: 'city_pass',
  ...always,
  source: '示例',
}

async function place() {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const driver = await makePerson(t.db, carrier.id, ['driver'])
  const van = await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id })
  const buyer = await makeBuyer(t.db)
  const site = await makeSite(t.db, buyer.id, hub.id, { districtCode: '310101' })
  const other = await makeSite(t.db, buyer.id, hub.id, { lngE6: 121_500_000 })
  const warehouse = { id: hub.orgId, kind: 'warehouse' }
  const dispatcher = await t.guest(warehouse, ['dispatcher'])
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  return { hub, van, site, other, dispatcher, admin, warehouse }
}
const writeFacts = (who: Guest, id: string, over: object = {}) =>
  t.call('routes.writeVehicleFacts', { params: { id }, body: { ...facts, ...over } }, who)

test('pickers and strangers change no rule, and only operations write bans of the city', async () => {
  const { hub, van, site, other, dispatcher, warehouse } = await place()
  const stranger = (await place()).dispatcher
  const picker = await t.guest(warehouse, ['picker'])
  expect((await writeFacts(picker, van.id)).problem.code).toBe('forbidden')
  expect((await writeFacts(stranger, van.id)).problem.code).toBe('not_found')
  const pair = {
    hubId: hub.id,
    kind: 'apart' as const,
    siteId: site.id,
    otherSiteId: other.id,
    reason: '示例',
    ...always,
  }
  const writePair = (who: Guest, over: object = {}) =>
    t.call('routes.writePair', { params: { id: newId() }, body: { ...pair, ...over } }, who)
  expect((await writePair(stranger)).problem.code).toBe('not_found')
  expect((await writePair(dispatcher, { siteId: (await place()).site.id })).problem.code).toBe('not_found')
  expect((await writePair(dispatcher, { otherSiteId: site.id })).problem.code).toBe('bad_input')
  const writeBan = t.call('routes.writeBan', { params: { id: newId() }, body: ban }, dispatcher)
  expect((await writeBan).problem.code).toBe('forbidden')
  expect((await t.call('routes.readRules', { params: { hubId: hub.id } }, stranger)).problem.code).toBe(
    'not_found',
  )
})

test('compartments carry no more than the vehicle, and hours run forwards', async () => {
  const { van, dispatcher, admin } = await place()
  const box = { zones: ['frozen' as const], grams: van.capacityGrams, millilitres: 1000 }
  const tooMuch = await writeFacts(dispatcher, van.id, { layouts: [[box, { ...box, zones: ['ambient'] }]] })
  expect([tooMuch.problem.code, tooMuch.problem['params']]).toEqual([
    'layout_over_capacity',
    { plate: van.plate },
  ])
  expect((await writeFacts(dispatcher, van.id, { shiftFrom: 900 })).problem.code).toBe('bad_input')
  const nowhere = { ...ban, districtCode: null }
  const written = await t.call('routes.writeBan', { params: { id: newId() }, body: nowhere }, admin)
  expect(written.problem.code).toBe('bad_input')
})

test('rules of vehicle, site, ban and pair reach the planner', async () => {
  const { hub, van, site, other, dispatcher, admin } = await place()
  const layouts = [[{ zones: ['frozen' as const], grams: 1_000_000, millilitres: 5_000_000 }]]
  expect((await writeFacts(dispatcher, van.id, { layouts })).body).toMatchObject({ ...facts, layouts })
  const siteBody = {
    windows: [{ from: 300, to: 420 }],
    largestLengthCm: 700,
    largestHeightCm: null,
    largestGrossKg: 4500,
    needs: ['tail_lift'],
    planPriority: 2,
  }
  const asks = await t.call('routes.writeSiteRules', { params: { id: site.id }, body: siteBody }, dispatcher)
  expect(asks.body).toMatchObject(siteBody)
  const banId = newId()
  expect((await t.call('routes.writeBan', { params: { id: banId }, body: ban }, admin)).status).toBe(200)
  const pair = {
    hubId: hub.id,
    kind: 'apart' as const,
    siteId: site.id,
    otherSiteId: other.id,
    reason: '示例',
    ...always,
  }
  await t.call('routes.writePair', { params: { id: newId() }, body: pair }, dispatcher)
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
  const lot = await makeLot(t.db, sku, hub.id, 100_000)
  const wave = await makeWave(t.db, hub.id)
  await makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }])
  const { problem } = await readProblem(t.system(), wave)
  expect(problem.vehicles[0]?.facts).toMatchObject({
    layouts,
    skills: ['city_pass'],
    trips: 2,
    fixedFen: 15_000,
  })
  expect(problem.orders[0]?.rules).toMatchObject({
    windows: [{ from: 300 * 60, to: 420 * 60 }],
    needs: ['tail_lift'],
    priority: 2,
    bans: [{ id: banId, minGrossKg: 4000, unlessSkill: 'city_pass' }],
  })
  expect(problem.pairs).toEqual([{ kind: 'apart', a: site.id, b: other.id }])
  const listed = await t.call('routes.listSiteRules', { params: { hubId: hub.id } }, dispatcher)
  expect(listed.body.items.map((item) => item.id)).toEqual([site.id])
})

test('of weights that hold at once the latest count; a hub without any has the usual ones', async () => {
  const { hub, dispatcher } = await place()
  const weights = {
    hubId: hub.id,
    fenPerKm: 100,
    fenPerHour: 1000,
    lateFenPerMinute: 10,
    overtimeFenPerHour: 20,
    movedFen: 30,
    unservedFen: 40,
    ...always,
  }
  const write = (over: object) =>
    t.call('routes.writeWeights', { params: { id: newId() }, body: { ...weights, ...over } }, dispatcher)
  expect((await readWeights(t.db, hub.id, '2026-11-25')).fenPerKm).toBe(180)
  await write({})
  await write({ fenPerKm: 200, validFrom: '2026-11-01' })
  expect((await readWeights(t.db, hub.id, '2026-11-25')).fenPerKm).toBe(200)
  expect((await readWeights(t.db, hub.id, '2026-02-01')).fenPerKm).toBe(100)
  expect((await write({ validTo: '2025-01-01' })).problem.code).toBe('bad_input')
})

test('the loading list has the last stop first, trip by trip, and prints', async () => {
  const { hub, site, other, dispatcher } = await place()
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
  const lot = await makeLot(t.db, sku, hub.id, 100_000)
  const wave = await makeWave(t.db, hub.id)
  for (const at of [site, other]) await makePickedOrder(t.db, wave, at, [{ sku, lot, quantity: 10_000 }])
  const plan = (await t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher)).body
  const [run] = plan.runs
  const rows = await loadingRows(t.db, run?.id as string)
  expect(rows.map((row) => [row.stopSeq, row.totes.length])).toEqual([
    [2, 1],
    [1, 1],
  ])
  await t.sql`update stops set trip = 2 where run_id = ${run?.id as string} and seq = 2`
  expect((await loadingRows(t.db, run?.id as string)).map((row) => row.stopSeq)).toEqual([1, 2])
  const printed = await t.app.inject({
    url: `/api/runs/${run?.id}/loading-list`,
    headers: { cookie: dispatcher.cookie },
  })
  expect([printed.statusCode, printed.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(printed.rawPayload.subarray(0, 4).toString()).toBe('%PDF')
  const stranger = (await place()).dispatcher
  const refused = await t.call('routes.loadingList', { params: { id: run?.id as string } }, stranger)
  expect(refused.problem.code).toBe('not_found')
})
