import { makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { picture } from '../delivery/test-road.ts'
import { systemCtx } from '../kernel/ctx.ts'
import { testApp } from '../test-app.ts'
import { foldReadings } from './fold-readings.ts'
import { coldRoad, every5, pairedDevice } from './test-device.ts'
import { watchSilence } from './watch-silence.ts'

const t = await testApp()
afterAll(() => t.close())
const warm = [140, 150, 160, 150, 140, 140, 150, 140]

test('only what the device itself says, now and once, is believed', async () => {
  const { device } = await coldRoad(t)
  const reading = every5([40])
  const refused = async (over: object, readings = reading) => (await device.send(readings, over)).body
  expect(await refused({ secret: '00'.repeat(32) })).toMatchObject({ code: 'device_signature_wrong' })
  const message = device.message(reading)
  const forged = { ...message, readings: [{ ...message.readings[0], deciC: 39 }] as typeof message.readings }
  expect((await t.call('temperature.send', { body: forged })).body).toMatchObject({
    code: 'device_signature_wrong',
  })
  const stranger = { ...message, serial: 'SH-NOBODY' }
  expect((await t.call('temperature.send', { body: stranger })).body).toMatchObject({
    code: 'device_unknown',
  })
  const sentAt = new Date(Date.now() - 11 * 60_000).toISOString()
  expect(await refused({ sentAt })).toMatchObject({ code: 'device_clock_off' })
  const future = [{ at: Date.now() + 3_600_000, deciC: 40 }]
  expect(await refused({}, future)).toMatchObject({
    code: 'readings_out_of_time',
    pointers: [{ pointer: '/body/readings/0/at' }],
  })
  expect(await refused({}, [{ at: Date.now() - 31 * 86_400_000, deciC: 40 }])).toMatchObject({
    code: 'readings_out_of_time',
  })
  expect((await t.call('temperature.send', { body: message })).body).toMatchObject({
    stored: 1,
    duplicates: 0,
  })
  expect((await t.call('temperature.send', { body: message })).body).toMatchObject({
    code: 'device_replayed',
  })
  expect((await device.send(reading)).body).toMatchObject({ stored: 0, duplicates: 1 })
  const late = { sentAt: new Date(Date.now() - 5 * 60_000).toISOString() }
  const { body } = await device.send(every5([41], 30), late)
  expect(body.clockOffsetSeconds).toBeLessThanOrEqual(-299)
  const last = { sentAt: new Date().toISOString() }
  await t.call('temperature.revokeDevice', { params: { id: device.id } }, device.admin)
  expect(await refused(last)).toMatchObject({ code: 'device_revoked' })
  const again = await t.call('temperature.renewSecret', { params: { id: device.id } }, device.admin)
  expect(again.body).toMatchObject({ code: 'device_revoked' })
})

test('a device is registered where it can be, once, and never tells its secret again', async () => {
  const { device, hub, vehicleId } = await coldRoad(t)
  const write = (id: string, over: object) =>
    t.call('temperature.writeDevice', { params: { id }, body: { ...device.body, ...over } }, device.admin)
  expect((await write(newId(), {})).body).toMatchObject({ code: 'device_serial_taken' })
  expect(
    (await write(newId(), { serial: 'SH-OTHER-1', kind: 'truck_box', vehicleId: null })).body,
  ).toMatchObject({
    code: 'device_place_wrong',
  })
  expect((await write(newId(), { serial: 'SH-OTHER-2', kind: 'cold_room' })).body).toMatchObject({
    code: 'device_place_wrong',
  })
  expect((await write(device.id, { name: 'x' })).body).toMatchObject({ code: 'stale_version' })
  const written = await write(device.id, { name: 'x', version: 2, calibrationDue: '2027-01-01' })
  expect(written.body).toMatchObject({ name: 'x', version: 3, paired: true, plate: expect.any(String) })
  expect((await write(device.id, { name: 'x', version: 2, calibrationDue: '2027-01-01' })).body).toEqual(
    written.body,
  )
  const lead = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['lead'])
  const list = await t.call('temperature.listDevices', { query: {} }, lead)
  expect(list.body.items.map((one) => one.id)).toEqual([device.id])
  expect(JSON.stringify(list.body)).not.toContain(device.secret)
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  expect((await t.call('temperature.listDevices', { query: {} }, stranger)).body.items).toEqual([])
  const theirs = { ...device.body, serial: 'SH-OTHER-3' }
  expect(
    (await t.call('temperature.writeDevice', { params: { id: newId() }, body: theirs }, stranger)).status,
  ).toBe(404)
  expect(vehicleId).toBeTruthy()
})

test('too warm for too long holds what is aboard; food safety brings it back', async () => {
  const { device, driver, dispatcher, safety, runId, orders, buyer, hub, read } = await coldRoad(t, [{}, {}])
  await device.send(every5([110, 110, 110, 50], 60))
  expect((await t.call('temperature.listAlarms', { query: { runId } }, dispatcher)).body.items).toEqual([])
  await device.send(every5(warm))
  const list = await t.call('temperature.listAlarms', { query: { runId, open: 'true' } }, dispatcher)
  expect(list.body.items.map((one) => one.kind).toSorted()).toEqual(['reject', 'warm'])
  const alarm = list.body.items.find((one) => one.kind === 'warm')
  const reject = list.body.items.find((one) => one.kind === 'reject')
  expect(alarm).toMatchObject({ status: 'open', worstDeciC: 160, limitDeciC: 100, lots: 1, orders: 2 })
  const act = { params: { id: alarm?.id as string } }
  const word = { decision: 'return' as const, reason: '超温 35 分钟' }
  expect((await t.call('temperature.decide', { ...act, body: word }, dispatcher)).status).toBe(403)
  const other = await t.guest(await makeOrg(t.db, 'warehouse'), ['dispatcher'])
  expect((await t.call('temperature.acknowledge', { ...act, body: { note: 'x' } }, other)).status).toBe(404)
  const seen = await t.call('temperature.acknowledge', { ...act, body: { note: '已通知司机' } }, dispatcher)
  expect(seen.body).toMatchObject({ status: 'acknowledged', acknowledgedBy: expect.any(String) })

  const stop = (await read()).stops[0]
  const id = stop?.id as string
  const lines = (stop?.goods ?? []).flatMap((order) => order.lines)
  expect(lines.map((line) => line.warmHold)).toEqual(['held'])
  await t.call('delivery.arrive', { params: { id }, body: {} }, driver)
  const handOver = async (delivered: boolean) => ({
    params: { id },
    body: {
      lines: lines.map((line) => ({
        orderLineId: line.orderLineId,
        lotId: line.lotId,
        delivered: delivered ? line.quantity : 0,
        refused: delivered ? 0 : line.quantity,
        reason: delivered ? null : ('too_warm' as const),
      })),
      receiverName: '示例',
      signatureFileId: await picture(t, driver),
      photoFileIds: [await picture(t, driver)],
      temperatureDeciC: 60,
    },
  })
  expect((await t.call('delivery.deliver', await handOver(true), driver)).body).toMatchObject({
    code: 'goods_held_warm',
  })
  await t.call(
    'temperature.decide',
    { params: { id: reject?.id as string }, body: { ...word, decision: 'release' } },
    safety,
  )
  expect((await t.call('temperature.decide', { ...act, body: word }, safety)).body).toMatchObject({
    decision: 'return',
  })
  expect((await t.call('temperature.decide', { ...act, body: word }, safety)).status).toBe(200)
  expect(
    (await t.call('temperature.decide', { ...act, body: { ...word, decision: 'release' } }, safety)).body,
  ).toMatchObject({
    code: 'wrong_state',
  })
  expect(
    (await t.call('temperature.acknowledge', { ...act, body: { note: 'y' } }, dispatcher)).body,
  ).toMatchObject({
    code: 'wrong_state',
  })
  expect((await t.call('delivery.deliver', await handOver(true), driver)).body).toMatchObject({
    code: 'goods_held_warm',
  })
  expect((await t.call('delivery.deliver', await handOver(false), driver)).body).toMatchObject({
    stop: { status: 'refused' },
  })
  const [told] =
    await t.sql`select key, params from notices where org_id = ${buyer.id} and key = 'notice.temperature_goods_back'`
  expect(orders.map((order) => order.number)).toContain(
    (told?.['params'] as { number: string } | undefined)?.number,
  )
  const doc = await t.call('temperature.readAlarm', act, safety)
  expect(doc.body.goods.map((one) => one.status)).toEqual(['return', 'return'])
  expect(doc.body.series[0]?.points).toHaveLength(12)
  expect(hub.id).toBe(doc.body.hubId)
})

test('released goods are handed over, and the stop has its evidence', async () => {
  const { device, driver, safety, runId, read, dispatcher } = await coldRoad(t)
  await device.send(every5([60, 60, ...warm.map((one) => one - 30), 50, 50]))
  const { body } = await t.call('temperature.listAlarms', { query: { runId } }, safety)
  const [alarm] = body.items
  expect(body.items).toHaveLength(2)
  for (const { id } of body.items)
    await t.call(
      'temperature.decide',
      { params: { id }, body: { decision: 'release', reason: '芯温合格' } },
      safety,
    )
  const stop = (await read()).stops[0]
  const id = stop?.id as string
  const lines = (stop?.goods ?? []).flatMap((order) => order.lines)
  expect(lines.map((line) => line.warmHold)).toEqual([null])
  await t.call('delivery.arrive', { params: { id }, body: {} }, driver)
  const handed = await t.call(
    'delivery.deliver',
    {
      params: { id },
      body: {
        lines: lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
        receiverName: '示例',
        signatureFileId: await picture(t, driver),
        temperatureDeciC: 50,
      },
    },
    driver,
  )
  expect(handed.status).toBe(200)
  const chart = await t.call('temperature.runChart', { params: { id: runId } }, driver)
  expect(chart.body.evidence).toMatchObject([
    { stopSeq: 1, zone: 'chilled', lowest: 50, highest: 130, readings: 12, minutesOut: 40 },
  ])
  expect(chart.body.alarms.map((one) => one.id)).toContain(alarm?.id)
  const stranger = await t.guest(await makeOrg(t.db, 'carrier'), ['driver'])
  expect((await t.call('temperature.runChart', { params: { id: runId } }, stranger)).status).toBe(404)
  expect((await t.call('temperature.runChart', { params: { id: runId } }, dispatcher)).status).toBe(200)
})

test('what came late extends an alarm; what comes after a decision is a new one', async () => {
  const { device, safety, runId } = await coldRoad(t)
  const list = async () => (await t.call('temperature.listAlarms', { query: { runId } }, safety)).body.items
  await device.send(every5([110, 110, 110, 110, 110, 110, 110], 30))
  const [first] = await list()
  await device.send(every5([115, 110], 65))
  const [longer, ...none] = await list()
  expect(none).toEqual([])
  expect(longer).toMatchObject({ id: first?.id, worstDeciC: 115, endedAt: first?.endedAt })
  expect(Date.parse(longer?.startedAt as string)).toBe(Date.parse(first?.startedAt as string) - 10 * 60_000)
  await t.call(
    'temperature.decide',
    { params: { id: first?.id as string }, body: { decision: 'release', reason: 'x' } },
    safety,
  )
  await t.sql`update temperature_alarms set decided_at = now() - interval '40 minutes' where id = ${first?.id as string}`
  await device.send(every5([111, 111, 111, 111, 111, 111], 1))
  const later = await list()
  expect(later.map((one) => one.status)).toEqual(['open', 'decided'])
  expect(later[0]?.id).not.toBe(first?.id)
})

test('a pack with limits of its own is judged by them', async () => {
  const { device, safety, runId, packs } = await coldRoad(t)
  const rule = {
    zone: 'chilled' as const,
    skuId: packs[0]?.sku.id as string,
    warnAbove: 60,
    warnMinutes: 10,
    silentMinutes: 20,
    validFrom: '2026-01-01',
    source: '示例标签：0–4 ℃',
  }
  const id = newId()
  const write = (over: object, key = id) =>
    t.call('temperature.writeRule', { params: { id: key }, body: { ...rule, ...over } }, safety)
  expect((await write({ rejectAbove: 50 })).body).toMatchObject({ code: 'temperature_limits_wrong' })
  expect((await write({ warnBelow: 60 })).body).toMatchObject({ code: 'temperature_limits_wrong' })
  expect((await write({})).body).toMatchObject({ id, warnAbove: 60 })
  expect((await write({})).status).toBe(200)
  expect((await write({ warnAbove: 61 })).body).toMatchObject({ code: 'id_reused' })
  expect((await write({}, newId())).body).toMatchObject({ code: 'rule_not_ahead' })
  await device.send(every5([65, 65, 65, 65]))
  const { body } = await t.call('temperature.listAlarms', { query: { runId } }, safety)
  expect(body.items).toMatchObject([{ kind: 'warm', limitDeciC: 60, lots: 1 }])
  const next = newId()
  expect((await write({ validFrom: '2099-01-01', warnAbove: 70 }, next)).body).toMatchObject({ id: next })
  const rules = (await t.call('temperature.listRules', {}, safety)).body.items
  expect(rules.find((one) => one.id === id)?.validTo).toBe('2098-12-31')
})

test('a device that falls silent on the road is an alarm, once, and ends nothing', async () => {
  const { device, safety, runId, driver, read } = await coldRoad(t)
  await device.send(every5([40], 30))
  const ctx = systemCtx({ db: t.db, sql: t.sql, log: t.app.log }, 'clock:temperature_silence')
  expect(await watchSilence(ctx)).toBeGreaterThan(0)
  expect(await watchSilence(ctx)).toBe(0)
  const { body } = await t.call('temperature.listAlarms', { query: { runId } }, safety)
  expect(body.items).toMatchObject([{ kind: 'silent', status: 'open', worstDeciC: null, lots: 0 }])
  const [line] = ((await read()).stops[0]?.goods ?? []).flatMap((order) => order.lines)
  expect(line?.warmHold).toBeNull()
  expect(driver.personId).toBeTruthy()
})

test('a room too warm lists what lies there', async () => {
  const { hub, safety } = await coldRoad(t)
  const room = await pairedDevice(t, { hubId: hub.id, zone: 'frozen' })
  await room.send(every5([-110, -110]))
  const { body } = await t.call('temperature.listAlarms', { query: { hubId: hub.id } }, safety)
  expect(body.items).toMatchObject([{ kind: 'reject', runId: null, zone: 'frozen', worstDeciC: -110 }])
  const chart = await t.call('temperature.deviceChart', { params: { id: room.id }, query: {} }, safety)
  expect(chart.body.series[0]?.points.map(([, deciC]) => deciC)).toEqual([-110, -110])
})

test('after two years hours are left of readings', async () => {
  const { device } = await coldRoad(t)
  await t.sql`insert into temperature_readings (device_id, at, probe, deci_c)
    select ${device.id}::uuid, timestamptz '2024-01-01 00:00Z' + x * interval '10 minutes', 0, x from generate_series(0, 11) x`
  await device.send(every5([40]))
  const ctx = systemCtx({ db: t.db, sql: t.sql, log: t.app.log }, 'clock:fold_readings')
  await foldReadings(ctx)
  const hours = await t.sql`select readings, lowest, highest, sum_deci_c as sum from temperature_hours
    where device_id = ${device.id} order by hour`
  expect([...hours]).toEqual([
    { readings: 6, lowest: 0, highest: 5, sum: 15 },
    { readings: 6, lowest: 6, highest: 11, sum: 51 },
  ])
  const [left] =
    await t.sql`select count(*)::int as n from temperature_readings where device_id = ${device.id}`
  expect(left).toEqual({ n: 1 })
})
