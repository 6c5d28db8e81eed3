import { makeSku } from '@huming/db/factories'
import { callOffs } from '@huming/db/schema/supply'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())

test('a carrier without its permit in force is not sent to the dock', async () => {
  const { carrier, dispatcher, wave } = await road(t, { until: 'planned' })
  const [plan] = await t.sql`select id from plans where wave_id = ${wave.id}`
  const dispatch = () => t.call('routes.dispatch', { params: { id: plan?.['id'] }, body: {} }, dispatcher)
  const until = (day: string) => t.sql`update papers set valid_to = ${day} where org_id = ${carrier.id}`
  await until(addDays(today, -1))
  const refused = await dispatch()
  expect([refused.status, refused.problem.code, refused.problem['paper']]).toEqual([
    409,
    'licence_expired',
    'road_transport_permit',
  ])
  // In force on the day it drives, whatever day it is sent.
  await until(wave.day)
  expect((await dispatch()).status).toBe(200)
})

test('a truck dispatched in time does not leave once its papers, or its driver’s, are gone', async () => {
  const { carrier, driver, orders, runId } = await road(t, { until: 'loading' })
  for (const code of orders.flatMap((order) => order.toteCodes))
    await t.call('delivery.loadTote', { params: { id: runId }, body: { code } }, driver)
  const depart = () =>
    t.call('delivery.depart', { params: { id: runId }, body: { preCoolDeciC: -200 } }, driver)
  const revoke = (kind: string, status: string) =>
    t.sql`update papers set status = ${status} where org_id = ${carrier.id} and kind = ${kind}`
  for (const kind of ['vehicle_licence', 'health_certificate', 'road_transport_permit']) {
    const [known] = await t.sql`select status from papers where org_id = ${carrier.id} and kind = ${kind}`
    await revoke(kind, 'revoked')
    const refused = await depart()
    expect([refused.status, refused.problem['paper']]).toEqual([409, kind])
    await revoke(kind, known?.['status'] as string)
  }
  expect((await depart()).body.status).toBe('on_road')
})

test('a supplier confirms nothing for a day its licence does not reach, but may say that it cannot', async () => {
  const { hub, supplier } = await road(t, { until: 'planned' })
  const lister = await t.guest(supplier, ['lister'])
  const sku = await makeSku(t.db, supplier.id)
  const id = newId()
  const day = addDays(today, 3)
  await t.db.insert(callOffs).values({
    id,
    orgId: supplier.id,
    hubId: hub.id,
    day,
    skuId: sku.id,
    quantity: 10_000,
    status: 'asked',
    createdAt: new Date(),
  })
  await t.sql`update papers set valid_to = ${addDays(today, 2)} where org_id = ${supplier.id}`
  const answer = (confirmedQuantity: number) =>
    t.call('supply.answerCallOff', { params: { id }, body: { confirmedQuantity, note: '证照到期' } }, lister)
  expect((await answer(10_000)).problem.code).toBe('licence_expired')
  expect((await answer(0)).status).toBe(200)
})
