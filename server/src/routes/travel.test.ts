import { makeBuyer, makeHub, makeOrg, makePerson, makeSite } from '@huming/db/factories'
import { makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { plans, runs, stops } from '@huming/db/schema/routes'
import { metresBetween, type Point, pointOf } from '@huming/shared/geo'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { mapServer } from './map-server.fixture.ts'
import { reckonedTimes } from './matrix.ts'
import { learnedFor, learnTravel } from './travel-learn.ts'
import { liveTimes, questionsOf, wantedPairs } from './travel-live.ts'
import { crossesRiver, crossing } from './travel-river.ts'
import { mapServices, serviceOf } from './travel-services.ts'
import { knownTimes, serviceSet } from './travel-times.ts'

const t = await testApp()
afterAll(() => t.close())
const base = { db: t.db, sql: t.sql, log: t.app.log }
const when = { departHour: 3 }
const peoplesSquare = pointOf(121.4737, 31.2304)
const lujiazui = pointOf(121.5064, 31.2453)

/** Places of their own for every test, so that no figure is known from another one. */
let drift = 0
const places = (count: number): Point[] => {
  drift += 0.05
  return Array.from({ length: count }, (_, i) =>
    pointOf(121.2 + drift + (i % 7) * 0.004, 30.9 + drift + i * 0.001),
  )
}

test.each(mapServices)('%s: times come in its format, coordinates and limits', async (name) => {
  const server = await mapServer({ tooFast: name === 'osrm' ? 0 : 2 })
  const service = serviceOf(name, { url: server.url, key: 'secret', perSecond: 10_000 })
  const points = places(120)
  const reckoned = reckonedTimes(points, when)
  const times = await liveTimes(base, service, points, when, reckoned)
  server.close()
  expect(times.source).toBe(`${service.source} (100 %), great-circle 2026-11`)
  for (const [from, to] of [
    [0, 5],
    [5, 0],
    [7, 8],
    [119, 118],
  ] as const) {
    const straight = metresBetween(points[from] as Point, points[to] as Point)
    // Six decimals of a degree there and back.
    expect(Math.abs(times.metres(from, to) - straight)).toBeLessThanOrEqual(2)
    expect(Math.abs(times.seconds(from, to) - straight / 10)).toBeLessThanOrEqual(2)
  }
  // Far apart places are not worth a question.
  expect(times.metres(1, 119)).toBe(reckoned.metres(1, 119))
  expect(Math.max(...server.asked.map((one) => one.places))).toBeLessThanOrEqual(service.most + 1)
  const again = await liveTimes(base, serviceOf(name, { url: 'http://127.0.0.1:9' }), points, when, reckoned)
  expect([again.source, again.seconds(7, 8)]).toEqual([times.source, times.seconds(7, 8)])
  const byDay = await liveTimes(
    base,
    serviceOf(name, { url: 'http://127.0.0.1:9' }),
    points,
    { departHour: 8 },
    reckoned,
  )
  expect(byDay.source).toContain('(0 %)')
})

test('a broken service, a wrong key and a place without roads leave reckoned figures, never a failure', async () => {
  const points = places(12)
  const reckoned = reckonedTimes(points, when)
  const broken = await mapServer({ broken: true })
  for (const name of mapServices) {
    const times = await liveTimes(
      base,
      serviceOf(name, { url: broken.url, perSecond: 10_000 }),
      points,
      when,
      reckoned,
    )
    expect(times.source).toContain('(0 %)')
    expect(times.seconds(3, 4)).toBe(reckoned.seconds(3, 4))
  }
  broken.close()
  const island = await mapServer({ island: points[3] as Point })
  for (const name of mapServices) {
    const service = serviceOf(name, {
      url: island.url,
      key: name === 'osrm' ? '' : 'secret',
      perSecond: 10_000,
    })
    const times = await liveTimes(base, service, points, when, reckoned)
    expect(times.seconds(3, 4)).toBe(reckoned.seconds(3, 4))
    expect(times.seconds(4, 5)).not.toBe(reckoned.seconds(4, 5))
  }
  const wrongKey = serviceOf('amap', { url: island.url, key: 'wrong', perSecond: 10_000 })
  expect((await liveTimes(base, wrongKey, places(5), when, reckonedTimes(places(5), when))).source).toContain(
    '(0 %)',
  )
  island.close()
})

test('a plan that must not wait takes what is known', async () => {
  const points = places(6)
  const reckoned = reckonedTimes(points, when)
  const service = serviceOf('osrm', { url: 'http://127.0.0.1:9', perSecond: 0.001 })
  const times = await liveTimes(base, service, points, when, reckoned, { signal: AbortSignal.abort() })
  expect(times.seconds(1, 2)).toBe(reckoned.seconds(1, 2))
  expect((await knownTimes(t.db, { hubId: newId(), points, when })).source).toBe('great-circle 2026-11')
})

test('questions hold every wanted pair once and no more than the service takes', () => {
  const pairs = wantedPairs(places(150))
  for (const many of ['from', 'to'] as const) {
    const questions = questionsOf({ many, most: 30 }, pairs)
    const asked = questions.flatMap(({ pivot, others }) =>
      others.map((other) => (many === 'to' ? [pivot, other] : [other, pivot]).join()),
    )
    expect(asked.toSorted()).toEqual(pairs.map((pair) => pair.join()).toSorted())
    expect(Math.max(...questions.map(({ others }) => others.length))).toBeLessThanOrEqual(30)
  }
  expect(new Set(pairs.map((pair) => pair.join())).size).toBe(pairs.length)
})

test('the other bank is further away', async () => {
  const hongqiao = pointOf(121.3272, 31.2)
  const zhangjiang = pointOf(121.6, 31.2)
  expect(crossesRiver(peoplesSquare, lujiazui)).toBe(true)
  expect(crossesRiver(hongqiao, zhangjiang)).toBe(true)
  expect(crossesRiver(peoplesSquare, hongqiao)).toBe(false)
  expect(crossesRiver(lujiazui, zhangjiang)).toBe(false)
  const straight = metresBetween(peoplesSquare, lujiazui)
  const times = reckonedTimes([peoplesSquare, lujiazui], when)
  expect(times.metres(0, 1)).toBe(Math.round(straight * 1.35) + crossing.metres)
})

test('the service is named by the environment', () => {
  expect(serviceSet({})).toBeNull()
  expect(serviceSet({ TRAVEL_TIMES: 'horse' })).toBeNull()
  expect(serviceSet({ TRAVEL_TIMES: 'amap', TRAVEL_TIMES_KEY: 'k' })?.source).toBe('amap v3')
})

/** Runs whose drives from the first to the second stop took so many times the reckoned seconds. */
async function driven(factors: readonly number[]) {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const driver = await makePerson(t.db, carrier.id, ['driver'])
  const buyer = await makeBuyer(t.db)
  const sites = [
    await makeSite(t.db, buyer.id, hub.id, peoplesSquare),
    await makeSite(t.db, buyer.id, hub.id, pointOf(121.46, 31.22)),
  ]
  const reckoned = reckonedTimes(sites, when).seconds(0, 1)
  for (const [n, factor] of factors.entries()) {
    const vehicle = await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id })
    const wave = await makeWave(t.db, hub.id, { seq: n + 1 })
    const planId = newId()
    const at = new Date('2026-11-23T19:30:00Z') // 03:30 in Shanghai
    const common = { hubId: hub.id, day: '2026-11-24', metres: 0 }
    await t.db.insert(plans).values({
      ...common,
      id: planId,
      waveId: wave.id,
      status: 'dispatched',
      method: 'test',
      matrixSource: 'test',
      unassigned: [],
      createdAt: at,
    })
    const run = {
      ...common,
      id: newId(),
      planId,
      seq: 1,
      vehicleId: vehicle.id,
      status: 'finished',
      departAt: at,
    }
    await t.db.insert(runs).values(run)
    await t.db.insert(stops).values(
      sites.map((site, i) => ({
        id: newId(),
        runId: run.id,
        siteId: site.id,
        seq: i + 1,
        status: 'delivered',
        plannedArriveAt: at,
        windowFromAt: at,
        windowToAt: at,
        arrivedAt: i === 0 ? at : new Date(at.getTime() + reckoned * factor * 1000),
        finishedAt: at,
        photoFileIds: [],
      })),
    )
  }
  return { hub, sites, reckoned }
}

test('our own arrivals correct the reckoned time once there are enough of them', async () => {
  const few = await driven(Array.from({ length: 5 }, () => 1.5))
  // Two of them are a break and a forgotten tap.
  const many = await driven([...Array.from({ length: 24 }, (_, i) => 1.2 + (i % 3) * 0.1), 9, 0.01])
  await learnTravel(t.system(new Date('2026-11-24T04:00:00Z')))
  expect(await learnedFor(t.db, few.hub.id, when)).toBeUndefined()
  const times = await knownTimes(t.db, { hubId: many.hub.id, points: many.sites, when })
  const factor = (times.seconds(0, 1) - 90) / (many.reckoned - 90)
  expect(factor).toBeGreaterThan(1.27)
  expect(factor).toBeLessThan(1.33)
  expect(times.source).toMatch(/^great-circle 2026-11 \+ learned 2026-11-24$/)
  // Another hour and another ring are not touched by it.
  expect(await learnedFor(t.db, many.hub.id, { departHour: 12 })).toBeUndefined()
})
