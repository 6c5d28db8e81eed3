import { makeOrg } from '@huming/db/factories'
import { afterAll, expect, test } from 'vitest'
import { road } from '../delivery/test-road.ts'
import { testApp } from '../test-app.ts'
import { costOf, emissionsOf, sharesOf } from './after-run-rules.ts'

const t = await testApp()
afterAll(() => t.close())

test('shares of a run sum to it exactly, whatever it carried', () => {
  let state = 11
  const roll = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % n
  }
  for (let i = 0; i < 500; i += 1) {
    const orders = Array.from({ length: 1 + roll(40) }, () => ({
      grams: roll(500_000),
      metres: roll(60_000),
    }))
    const whole = { costFen: roll(200_000), gramsCo2e: roll(90_000) }
    const shares = sharesOf(whole, orders)
    expect(shares.reduce((sum, one) => sum + one.costFen, 0)).toBe(whole.costFen)
    expect(shares.reduce((sum, one) => sum + one.gramsCo2e, 0)).toBe(whole.gramsCo2e)
    const most = shares.toSorted((a, b) => b.tonneMetres - a.tonneMetres)
    for (const [n, one] of most.entries())
      expect(one.costFen).toBeLessThanOrEqual((most[n - 1]?.costFen ?? Number.POSITIVE_INFINITY) + 1)
  }
})

test('cost and emissions are rounded once', () => {
  const facts = {
    metres: 12_345,
    hours: 1.5,
    fixedFen: 20_000,
    fenPerKm: 180,
    fenPerHour: 4500,
    gramsPerKm: 400,
    coolingBp: 1800,
  }
  expect(costOf(facts)).toBe(20_000 + 2222 + 6750)
  expect(emissionsOf(facts)).toBe(5827)
})

test('the odometer is the driver’s own, runs forward, and makes distance and emissions actual', async () => {
  const { runId, driver, dispatcher, hub } = await road(t, { sites: [{}, {}], zones: ['ambient', 'chilled'] })
  const write = (body: { outKm: number; backKm?: number | null }, who = driver) =>
    t.call('reports.writeOdometer', { params: { id: runId }, body }, who)
  expect((await write({ outKm: 100, backKm: 99 })).body).toMatchObject({ code: 'odometer_backwards' })
  expect((await write({ outKm: 100, backKm: 3101 })).body).toMatchObject({ code: 'odometer_backwards' })
  const other = await t.guest(await makeOrg(t.db, 'carrier'), ['driver'])
  expect((await write({ outKm: 100 }, other)).status).toBe(404)
  const read = async () =>
    (await t.call('reports.afterRunOrders', { params: { id: runId } }, dispatcher)).body
  const before = await read()
  expect(before.run).toMatchObject({ actualMetres: null, orders: 2, metres: before.run.plannedMetres })
  await write({ outKm: 100 })
  expect((await write({ outKm: 100, backKm: 142 })).status).toBe(200)
  expect((await write({ outKm: 100, backKm: 142 })).status).toBe(200)
  const { run, orders } = await read()
  expect(run).toMatchObject({
    actualMetres: 42_000,
    metres: 42_000,
    factor: { gramsPerKm: 400, coolingBp: 1800, certainty: 'estimated' },
  })
  expect(run.gramsCo2e).toBe(Math.round(42 * 400 * 1.18))
  expect(orders.reduce((sum, one) => sum + one.costFen, 0)).toBe(run.costFen)
  expect(orders.reduce((sum, one) => sum + one.gramsCo2e, 0)).toBe(run.gramsCo2e)
  const range = { from: run.day, to: run.day }
  const list = await t.call('reports.afterRun', { query: { ...range, hubId: hub.id } }, dispatcher)
  expect(list.body.days).toMatchObject([
    { runs: 1, orders: 2, gramsCo2e: run.gramsCo2e, actualMetres: 42_000 },
  ])
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['dispatcher'])
  expect((await t.call('reports.afterRun', { query: range }, stranger)).body.runs).toEqual([])
  expect((await t.call('reports.afterRunOrders', { params: { id: runId } }, stranger)).status).toBe(404)
  const long = await t.call(
    'reports.afterRun',
    { query: { from: '2026-01-01', to: '2026-03-01' } },
    dispatcher,
  )
  expect(long.body).toMatchObject({ code: 'bad_input' })
  for (const rows of ['days', 'runs', 'orders']) {
    const file = await t.app.inject({
      url: `/api/reports/after-run/file?from=${run.day}&to=${run.day}&rows=${rows}`,
      headers: { cookie: dispatcher.cookie },
    })
    expect(file.statusCode).toBe(200)
    expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
  }
  const gov = await t.guest(await makeOrg(t.db, 'government'), ['government'])
  const sums = await t.call('reports.cooperation', { query: range }, gov)
  expect(sums.body.gramsCo2e).toBeGreaterThanOrEqual(run.gramsCo2e)
})

test('a run that has not left has no odometer', async () => {
  const { runId, driver } = await road(t, { until: 'planned' })
  const { body } = await t.call(
    'reports.writeOdometer',
    { params: { id: runId }, body: { outKm: 1 } },
    driver,
  )
  expect(body).toMatchObject({ code: 'wrong_state' })
})
