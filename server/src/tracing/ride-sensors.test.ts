import { events } from '@huming/db/schema/events'
import { epcisEvents } from '@huming/db/schema/tracing'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { picture } from '../delivery/test-road.ts'
import { found } from '../kernel/fault.ts'
import { coldRoad, every5 } from '../temperature/test-device.ts'
import { testApp } from '../test-app.ts'
import type { JsonObject } from './json-tree.ts'
import { recordOwn } from './record-own.ts'
import { sensed } from './ride-sensors.ts'

const t = await testApp()
afterAll(() => t.close())

test('nothing measured, nothing told; by hand first, then each zone, out of limits marked', () => {
  expect(sensed(null, [])).toEqual({})
  const one = {
    zone: 'frozen',
    fromAt: 'a',
    toAt: 'b',
    lowest: -205,
    highest: -140,
    mean: -180,
    minutesOut: 20,
  }
  expect(sensed(-190, [one, { ...one, zone: 'chilled', minutesOut: 0 }])).toEqual({
    sensorElementList: [
      { sensorReport: [{ type: 'Temperature', value: -19, uom: 'CEL' }] },
      {
        sensorMetadata: { startTime: 'a', endTime: 'b', 'huming:zone': 'frozen' },
        sensorReport: [
          {
            type: 'Temperature',
            minValue: -20.5,
            maxValue: -14,
            meanValue: -18,
            uom: 'CEL',
            exception: 'ALARM_CONDITION',
          },
        ],
      },
      {
        sensorMetadata: { startTime: 'a', endTime: 'b', 'huming:zone': 'chilled' },
        sensorReport: [{ type: 'Temperature', minValue: -20.5, maxValue: -14, meanValue: -18, uom: 'CEL' }],
      },
    ],
  })
})

test('departure and hand-over tell what the truck’s device recorded on the way', async () => {
  const world = await coldRoad(t)
  await world.device.send(every5([20, 30, 40, 30, 20, 30], 1))
  const [stop] = (await world.read()).stops
  const id = stop?.id as string
  await t.call('delivery.arrive', { params: { id }, body: {} }, world.driver)
  const [line] = stop?.goods[0]?.lines ?? []
  const lines = [
    {
      orderLineId: line?.orderLineId as string,
      lotId: line?.lotId as string,
      delivered: line?.quantity as number,
    },
  ]
  const signatureFileId = await picture(t, world.driver)
  const body = { lines, receiverName: '示例', signatureFileId, temperatureDeciC: 35 }
  expect((await t.call('delivery.deliver', { params: { id }, body }, world.driver)).status).toBe(200)
  const told = await t.db
    .select()
    .from(events)
    .where(
      and(
        inArray(events.subjectId, [id, world.runId]),
        inArray(events.type, ['run.departed', 'stop.delivered']),
      ),
    )
    .orderBy(asc(events.id))
  for (const source of told)
    await t.db.transaction((tx) => recordOwn({ ...t.system(), db: tx as never }, source))
  const reportsOf = async (type: string) => {
    const source = told.find((one) => one.type === type)?.id as string
    const [row] = await t.db.select().from(epcisEvents).where(eq(epcisEvents.sourceEventId, source))
    const list = ((found(row).event as JsonObject)['sensorElementList'] ?? []) as JsonObject[]
    return list.map((element) => (element['sensorReport'] as JsonObject[])[0])
  }
  expect(await reportsOf('stop.delivered')).toEqual([
    { type: 'Temperature', value: 3.5, uom: 'CEL' },
    { type: 'Temperature', minValue: 2, maxValue: 4, meanValue: 2.8, uom: 'CEL' },
  ])
  // The box as the driver read it on leaving, −20.0 ℃, and what the device had sent from loading until then.
  const [byHand, recorded] = await reportsOf('run.departed')
  expect(byHand).toEqual({ type: 'Temperature', value: -20, uom: 'CEL' })
  expect(recorded).toMatchObject({ minValue: 2, maxValue: 4, meanValue: 2.8 })
})
