import { doorRules } from '@huming/db/schema/driving'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { picture, road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
type Washing = { vehicleId: string; photoFileId: string; at?: string }
const wash = (who: Guest, body: Washing, id = newId()) =>
  t.call('delivery.disinfect', { params: { id }, body: { means: 'chlorine', ...body } }, who)
const truckOf = async (who: Guest) => (await t.call('delivery.myRuns', {}, who)).body.vehicles[0]

test('a driver notes the disinfection of his own truck, with a picture of his own, once', async () => {
  const r = await road(t, { until: 'loading' })
  const vehicleId = (await truckOf(r.driver))?.id as string
  const photoFileId = await picture(t, r.driver)
  const other = await t.guest(r.carrier, ['driver'])
  expect((await wash(other, { vehicleId, photoFileId })).problem.code).toBe('not_found')
  expect((await wash(r.dispatcher, { vehicleId, photoFileId })).problem.code).toBe('forbidden')
  const strange = await wash(r.driver, { vehicleId, photoFileId: await picture(t, r.dispatcher) })
  expect([strange.problem.code, strange.problem.pointers?.[0]?.pointer]).toEqual([
    'bad_input',
    '/body/photoFileId',
  ])
  const id = newId()
  // No rule is in force: his word counts for the day.
  expect((await wash(r.driver, { vehicleId, photoFileId }, id)).body).toEqual({
    id,
    vehicleId,
    validTo: today,
  })
  expect((await wash(r.driver, { vehicleId, photoFileId }, id)).status).toBe(200)
  const again = await wash(r.driver, { vehicleId, photoFileId: await picture(t, r.driver) }, id)
  expect(again.problem.code).toBe('id_reused')
})

test('a truck whose disinfection ran out leaves again once its driver has noted one, for as long as the rule says', async () => {
  const r = await road(t, { until: 'loading' })
  await t.sql`delete from papers where org_id = ${r.carrier.id} and kind = 'disinfection_record'`
  for (const code of r.orders.flatMap((order) => order.toteCodes))
    await t.call('delivery.loadTote', { params: { id: r.runId }, body: { code } }, r.driver)
  const depart = () =>
    t.call('delivery.depart', { params: { id: r.runId }, body: { preCoolDeciC: -200 } }, r.driver)
  const refused = await depart()
  expect([refused.problem.code, refused.problem['paper']]).toEqual(['licence_missing', 'disinfection_record'])
  await t.db.insert(doorRules).values({
    id: newId(),
    tripCheck: false,
    preCoolPhoto: false,
    unloadScan: false,
    zoneReadings: false,
    refusePhoto: false,
    keyDropSet: false,
    waitMinutes: 0,
    waitReasons: [],
    washDays: 10,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    source: '示例',
  })
  const truck = await truckOf(r.driver)
  expect(truck?.cleanTo).toBeNull()
  const vehicleId = truck?.id as string
  const photoFileId = await picture(t, r.driver)
  // Made offline, a day ago by the phone; a phone years behind is not believed.
  const at = new Date(Date.now() - 20 * 3_600_000)
  const done = await wash(r.driver, { vehicleId, photoFileId, at: at.toISOString() })
  expect(done.body.validTo).toBe(addDays(serviceDayOf(at), 9))
  expect((await truckOf(r.driver))?.cleanTo).toBe(done.body.validTo)
  const old = await wash(r.driver, { vehicleId, photoFileId, at: '2020-01-01T00:00:00.000Z' })
  expect(old.body.validTo >= addDays(today, 8)).toBe(true)
  expect((await depart()).body.status).toBe('on_road')
})
