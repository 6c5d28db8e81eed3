import { stopPlaces } from '@huming/db/schema/driver-places'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCtx } from '../kernel/ctx.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { forgetPlaces } from './arrival-place.ts'
import { road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const place = { lngE6: 121_301_000, latE6: 31_230_000, accuracyM: 12 }

test('a phone that may not say where it is arrives all the same; nonsense is no place', async () => {
  const r = await road(t, { sites: [{}, {}] })
  const [first, second] = (await r.read()).stops
  const arrive = (id: string | undefined, body: object) =>
    t.call('delivery.arrive', { params: { id: id as string }, body }, r.driver)
  expect((await arrive(first?.id, {})).body.stop).toMatchObject({ status: 'arrived', metresOff: null })
  expect((await arrive(second?.id, { place: { ...place, lngE6: 500_000_000 } })).status).toBe(422)
  expect((await arrive(second?.id, { place: { ...place, accuracyM: -1 } })).status).toBe(422)
})

test('the place is kept with its distance from the door, once, and forgotten after half a year', async () => {
  const r = await road(t, { sites: [{ lngE6: 121_300_000, latE6: 31_230_000 }] })
  const [stop] = (await r.read()).stops
  const arrive = (lngE6: number) =>
    t.call(
      'delivery.arrive',
      { params: { id: stop?.id as string }, body: { place: { ...place, lngE6 } } },
      r.driver,
    )
  // One thousandth of a degree of longitude at 31.23° N: 111 320 m × cos 31.23° / 1000 ≈ 95 m.
  expect((await arrive(121_301_000)).body.stop?.metresOff).toBe(95)
  expect((await arrive(121_399_000)).body.stop?.metresOff).toBe(95)
  const rows = await t.db.select().from(stopPlaces)
  expect(rows).toMatchObject([{ stopId: stop?.id, ...place, metresOff: 95 }])
  const sweep = (days: number) => {
    const base = { db: t.db, sql: t.sql, log: t.app.log }
    return forgetPlaces(systemCtx(base, 'clock:sweep', new Date(Date.now() + days * 86_400_000)))
  }
  await sweep(179)
  expect(await t.db.select().from(stopPlaces)).toHaveLength(1)
  await sweep(181)
  expect(await t.db.select().from(stopPlaces)).toEqual([])
  expect((await r.read()).stops[0]?.metresOff).toBeNull()
})
