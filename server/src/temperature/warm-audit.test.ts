import { deliveries } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { picture } from '../delivery/test-road.ts'
import { reconcile } from '../reports/run-audit.ts'
import { testApp } from '../test-app.ts'
import { coldRoad, every5 } from './test-device.ts'

const t = await testApp()
afterAll(() => t.close())
const warm = [140, 150, 160, 150, 140, 140, 150, 140]

const breaches = async (): Promise<number | undefined> =>
  (await reconcile({ sql: t.sql })).find((one) => one.name === 'warm_goods_were_released')?.breachCount

/** Goods held at a door, what its driver would hand over, and the alarm. */
async function heldAtDoor() {
  const world = await coldRoad(t)
  await world.device.send(every5(warm))
  const [stop] = (await world.read()).stops
  const id = stop?.id as string
  const [line] = stop?.goods[0]?.lines ?? []
  if (!line) throw new Error('nothing aboard')
  await t.call('delivery.arrive', { params: { id }, body: {} }, world.driver)
  const signatureFileId = await picture(t, world.driver)
  const photoFileIds = [await picture(t, world.driver)]
  const { orderLineId, lotId, quantity } = line
  const lines = [{ orderLineId, lotId, delivered: quantity }]
  const body = { lines, receiverName: '示例', signatureFileId, photoFileIds, temperatureDeciC: 140 }
  const deliver = () => t.call('delivery.deliver', { params: { id }, body }, world.driver)
  const alarms = await t.sql<
    { id: string }[]
  >`select id from temperature_alarms where run_id = ${world.runId}`
  const decide = async (decision: 'release' | 'return') => {
    for (const alarm of alarms)
      await t.call(
        'temperature.decide',
        { params: { id: alarm.id }, body: { decision, reason: '示例：芯温 4 ℃' } },
        world.safety,
      )
  }
  /** As if a hand-over had slipped through. */
  const slip = () =>
    t.db.insert(deliveries).values({
      id: newId(),
      stopId: id,
      orderId: world.orders[0]?.id as string,
      orderLineId,
      lotId,
      quantity,
      refusedQuantity: 0,
      refuseReason: null,
      at: new Date(),
    })
  return { ...world, stopId: id, deliver, decide, slip }
}

test('released goods that are handed over break nothing', async () => {
  const held = await heldAtDoor()
  expect((await held.deliver()).problem.code).toBe('goods_held_warm')
  await held.decide('release')
  expect((await held.deliver()).status).toBe(200)
  expect(await breaches()).toBe(0)
})

test('held goods that slipped through, or called back ones, are found', async () => {
  const held = await heldAtDoor()
  await held.slip()
  expect(await breaches()).toBeGreaterThan(0)
  await t.sql`delete from deliveries where stop_id = ${held.stopId}`
  expect(await breaches()).toBe(0)
  await held.decide('return')
  await held.slip()
  expect(await breaches()).toBeGreaterThan(0)
  await t.sql`delete from deliveries where stop_id = ${held.stopId}`
})

test('a release that came only after the hand-over is found', async () => {
  const held = await heldAtDoor()
  await held.decide('release')
  expect((await held.deliver()).status).toBe(200)
  expect(await breaches()).toBe(0)
  await t.sql`update temperature_alarms set decided_at = now() + interval '1 minute' where run_id = ${held.runId}`
  expect(await breaches()).toBeGreaterThan(0)
})
