import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { coldRoad, every5, pairedDevice } from './test-device.ts'

const t = await testApp()
afterAll(() => t.close())
const minute = 60_000

const readingsOf = (deviceId: string) =>
  t.sql`select deci_c as deci from temperature_readings where device_id = ${deviceId} order by at, probe`
const alarmsOf = (runId: string) =>
  t.sql`select kind, worst_deci_c as worst, started_at as from_at, ended_at as to_at from temperature_alarms
    where run_id = ${runId} order by started_at`

test('the same message at the same moment is stored once', async () => {
  const { device } = await coldRoad(t)
  const body = device.message(every5([40, 41, 42]))
  const answers = await Promise.all(Array.from({ length: 6 }, () => t.call('temperature.send', { body })))
  expect(answers.filter((one) => one.status === 200).map((one) => one.body.stored)).toEqual([3])
  const refused = answers.filter((one) => one.status !== 200)
  expect(refused.map((one) => one.problem.code)).toEqual(Array.from({ length: 5 }, () => 'device_replayed'))
  expect(await readingsOf(device.id)).toHaveLength(3)
})

test('a number used once by one device may be another’s; a signature is for its own device only', async () => {
  const world = await coldRoad(t)
  const other = await pairedDevice(t, { hubId: world.hub.id, zone: 'frozen' })
  const nonce = newId()
  const mine = world.device.message(every5([40]), { nonce })
  expect((await t.call('temperature.send', { body: mine })).status).toBe(200)
  expect((await other.send(every5([-200]), { nonce })).status).toBe(200)
  const borrowed = { ...mine, serial: other.serial, nonce: newId() }
  expect((await t.call('temperature.send', { body: borrowed })).problem.code).toBe('device_signature_wrong')
})

test('each signed part counts: clock, number, probe, time and humidity cannot be changed on the way', async () => {
  const { device } = await coldRoad(t)
  const body = device.message(every5([40, 41]))
  const [first, ...rest] = body.readings
  type Reading = NonNullable<typeof first>
  const withFirst = (over: object) => ({ ...body, readings: [{ ...(first as Reading), ...over }, ...rest] })
  const changed = [
    { ...body, nonce: newId() },
    { ...body, sentAt: new Date(Date.now() - minute).toISOString() },
    withFirst({ probe: 1 }),
    withFirst({ humidity: 50 }),
    withFirst({ at: new Date(Date.now() - 90 * minute).toISOString() }),
    { ...body, readings: rest },
    { ...body, readings: body.readings.toReversed() },
  ]
  for (const one of changed)
    expect((await t.call('temperature.send', { body: one })).problem.code).toBe('device_signature_wrong')
  expect(await readingsOf(device.id)).toEqual([])
  expect((await t.call('temperature.send', { body })).status).toBe(200)
})

test('a clock ahead or behind is believed up to ten minutes, and what it is off is told', async () => {
  const { device } = await coldRoad(t)
  const at = (minutes: number) => ({ sentAt: new Date(Date.now() + minutes * minute).toISOString() })
  for (const minutes of [-11, 11])
    expect((await device.send(every5([40]), at(minutes))).problem.code).toBe('device_clock_off')
  const ahead = await device.send(every5([40]), at(9))
  expect(ahead.status).toBe(200)
  expect(Math.round(ahead.body.clockOffsetSeconds / 60)).toBe(9)
  expect((await device.send(every5([41], 20), at(-9))).status).toBe(200)
})

test('readings out of order and told twice make the same alarm as those in order', async () => {
  const degrees = [40, 60, 140, 150, 160, 150, 140, 140, 150, 140]
  const [tidy, messy] = [await coldRoad(t), await coldRoad(t)]
  const readings = every5(degrees)
  await tidy.device.send(readings)
  // Twice within a batch, backwards, and the beginning only after the end.
  const twice = readings.slice(5).toReversed()
  const late = await messy.device.send([...twice, ...twice.slice(0, 2)])
  expect(late.body).toMatchObject({ stored: 5, duplicates: 2 })
  const early = await messy.device.send(readings.slice(0, 7).toReversed())
  expect(early.body).toMatchObject({ stored: 5, duplicates: 2 })
  expect(await readingsOf(messy.device.id)).toEqual(await readingsOf(tidy.device.id))
  const spanOf = async (runId: string) => {
    const rows = await alarmsOf(runId)
    return {
      kinds: rows.map((row) => row['kind'] as string).toSorted(),
      worst: Math.max(...rows.map((row) => row['worst'] as number)),
      minutes: rows.map(
        (row) => ((row['to_at'] as Date).getTime() - (row['from_at'] as Date).getTime()) / minute,
      ),
    }
  }
  // Out above 10 °C and above 12 °C from the third reading to the last: seven steps of five minutes.
  const expected = { kinds: ['reject', 'warm'], worst: 160, minutes: [35, 35] }
  expect(await spanOf(tidy.runId)).toEqual(expected)
  expect(await spanOf(messy.runId)).toEqual(expected)
  const [latest] =
    await t.sql`select last_deci_c as deci, last_at from temperature_devices where id = ${messy.device.id}`
  expect(latest).toMatchObject({ deci: 140, last_at: new Date(readings.at(-1)?.at ?? 0) })
})
