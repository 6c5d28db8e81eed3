import { doorRules, tripCheckItems } from '@huming/db/schema/driving'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { picture, road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

type Body = ContractInput<Contracts['delivery.deliver']>['body']
type Road = Awaited<ReturnType<typeof road>>
const dates = { validFrom: '2020-01-01', validTo: '2099-12-31', source: '示例' }
const rule = {
  tripCheck: true,
  preCoolPhoto: true,
  unloadScan: true,
  zoneReadings: true,
  refusePhoto: true,
  keyDropSet: true,
  waitMinutes: 10,
  waitReasons: ['closed', 'nobody', 'no_access'],
}
/** Full rules from now on in this file. */
const strict = async () => {
  await t.sql`delete from door_rules`
  await t.db.insert(doorRules).values({ id: newId(), ...rule, ...dates })
}
const lenient = () => t.sql`delete from door_rules`

const deliver = (id: string, body: Body, who: Guest) =>
  t.call('delivery.deliver', { params: { id }, body }, who)
async function atDoor(options: Parameters<typeof road>[1] = {}) {
  await lenient()
  const r = await road(t, options)
  const [stop] = (await r.read()).stops
  if (!stop) throw new Error('no stop')
  await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, r.driver)
  const lines = stop.goods.flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const signatureFileId = await picture(t, r.driver)
  const scanned = stop.toteList.map((tote) => tote.code)
  return { ...r, stop, lines, scanned, body: { lines, receiverName: '示例', signatureFileId } }
}
const reasonOf = (answer: { problem: unknown }) => {
  const { code, pointers } = answer.problem as { code: string; pointers?: { reason: string }[] }
  return [code, pointers?.[0]?.reason]
}
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

test('totes of another stop, too few scanned without a reason, and no scan are refused', async () => {
  const d = await atDoor()
  const other = await road(t)
  const foreign = other.orders[0]?.toteCodes[0] as string
  await strict()
  const give = (unload: NonNullable<Body['evidence']>['unload']) =>
    deliver(d.stop.id, { ...d.body, evidence: { unload } }, d.driver)
  expect((await give({ scanned: [foreign] })).problem.code).toBe('tote_not_here')
  expect(reasonOf(await give(null))).toEqual(['proof_missing', 'unload'])
  expect(reasonOf(await give({ scanned: [], counted: 1 }))).toEqual(['proof_missing', 'unload'])
  expect((await give({ scanned: [], counted: 1, reason: '标签湿了' })).status).toBe(200)
  const [proof] = await t.sql`select kind, evidence, flags from stop_proofs where stop_id = ${d.stop.id}`
  expect([proof?.['kind'], proof?.['evidence'].unload.reason, proof?.['flags']]).toEqual([
    'signature',
    '标签湿了',
    [],
  ])
})

test('every cold zone has its own reading', async () => {
  const d = await atDoor({ zones: ['chilled', 'frozen'] })
  await strict()
  const give = (readings: { zone: string; deciC: number }[]) =>
    deliver(
      d.stop.id,
      { ...d.body, temperatureDeciC: -190, evidence: { unload: { scanned: d.scanned }, readings } },
      d.driver,
    )
  expect(reasonOf(await give([{ zone: 'frozen', deciC: -190 }]))).toEqual(['proof_missing', 'readings'])
  const both = [
    { zone: 'frozen', deciC: -190 },
    { zone: 'chilled', deciC: 40 },
  ]
  expect((await give(both)).status).toBe(200)
})

test('refused goods are photographed; goods weighed again are not, and only weighed goods are', async () => {
  const d = await atDoor()
  await strict()
  const [line] = d.lines
  const give = (reason: 'damaged' | 'reweighed', shots: { fileId: string; of: 'refused' }[] = []) => {
    const lines = [{ ...line, delivered: 9_000, refused: 1_000, reason }] as Body['lines']
    const photoFileIds = shots.map((shot) => shot.fileId)
    const evidence = { unload: { scanned: d.scanned }, shots }
    return deliver(d.stop.id, { ...d.body, lines, photoFileIds, evidence }, d.driver)
  }
  expect(reasonOf(await give('damaged'))).toEqual(['proof_missing', 'shotRefused'])
  expect(reasonOf(await give('reweighed'))).toEqual(['delivery_mismatch', 'not_weighed'])
  await t.sql`update skus set catch_weight = true where id = ${d.packs[0]?.sku.id as string}`
  expect((await give('reweighed')).body.stop?.status).toBe('partial')
  const [row] = await t.sql`select quantity, refused_quantity as less, refuse_reason as why from deliveries
    where stop_id = ${d.stop.id}`
  expect([row?.['quantity'], row?.['less'], row?.['why']]).toEqual([9_000, 1_000, 'reweighed'])
})

test('goods weighed again are never more than is aboard', async () => {
  const d = await atDoor()
  const [line] = d.lines
  const more = [{ ...line, delivered: 10_001 }] as Body['lines']
  expect((await deliver(d.stop.id, { ...d.body, lines: more }, d.driver)).problem.code).toBe(
    'delivery_mismatch',
  )
})

test('a key drop shows door, place, goods, thermometer and lock', async () => {
  const d = await atDoor({ sites: [{ keyDrop: true }], zones: ['frozen'] })
  await strict()
  const [goods, thermometer, locked, strange] = [
    await picture(t, d.driver),
    await picture(t, d.driver),
    await picture(t, d.driver),
    newId(),
  ]
  const opened = minutesAgo(5)
  const closed = minutesAgo(1)
  const all = [
    { fileId: goods, of: 'goods' as const },
    { fileId: thermometer, of: 'thermometer' as const },
    { fileId: locked, of: 'locked' as const },
  ]
  const base = {
    unload: { scanned: d.scanned },
    readings: [{ zone: 'frozen', deciC: -185 }],
    doorOpenedAt: opened,
    doorClosedAt: closed,
    dropPoint: '冰柜 2',
    shots: all,
  }
  const give = (over: Partial<typeof base>, photoFileIds = [goods, thermometer, locked]) =>
    deliver(
      d.stop.id,
      { lines: d.lines, photoFileIds, temperatureDeciC: -185, evidence: { ...base, ...over } },
      d.driver,
    )
  expect(reasonOf(await give({ doorOpenedAt: closed, doorClosedAt: opened }))[1]).toBe('doorTimes')
  expect(reasonOf(await give({ dropPoint: '' }))[1]).toBe('dropPoint')
  expect(reasonOf(await give({ shots: all.slice(1) }))[1]).toBe('shotGoods')
  expect(reasonOf(await give({ shots: [all[0], all[2]] as typeof all }))[1]).toBe('shotThermometer')
  expect(reasonOf(await give({ shots: all.slice(0, 2) }))[1]).toBe('shotLocked')
  const notOurs = [...all, { fileId: strange, of: 'other' as never }]
  expect((await give({ shots: notOurs }, [...all.map((one) => one.fileId), strange])).problem.code).toBe(
    'proof_missing',
  )
  expect((await give({})).body.stop?.status).toBe('delivered')
  const [proof] = await t.sql`select kind from stop_proofs where stop_id = ${d.stop.id}`
  expect(proof?.['kind']).toBe('key_drop')
})

test('a shut door is called, waited for ten minutes and photographed before it is given up', async () => {
  const d = await atDoor()
  await strict()
  const photo = await picture(t, d.driver)
  const fail = (calledAt: string | null, photoFileIds: string[]) =>
    t.call(
      'delivery.fail',
      { params: { id: d.stop.id }, body: { reason: 'closed', photoFileIds, evidence: { calledAt } } },
      d.driver,
    )
  expect((await fail(null, [photo])).problem.code).toBe('wait_longer')
  const early = await fail(minutesAgo(0), [photo])
  expect([early.problem.code, early.problem['params']]).toEqual(['wait_longer', { minutes: 10 }])
  await t.sql`update stops set arrived_at = now() - interval '11 minutes' where id = ${d.stop.id}`
  expect((await fail(minutesAgo(8), [])).problem.code).toBe('proof_missing')
  const calledAt = minutesAgo(8)
  expect((await fail(calledAt, [photo])).body.stop?.status).toBe('failed')
  expect((await fail(calledAt, [photo])).status).toBe(200)
})

test('a broken truck waits for nobody', async () => {
  const d = await atDoor()
  await strict()
  const body = { reason: 'breakdown' as const }
  const answer = await t.call('delivery.fail', { params: { id: d.stop.id }, body }, d.driver)
  expect(answer.body.stop?.status).toBe('failed')
})

async function atDock(): Promise<Road & { photo: string }> {
  await lenient()
  const r = await road(t, { zones: ['frozen'], until: 'loading' })
  for (const code of r.orders.flatMap((order) => order.toteCodes))
    await t.call('delivery.loadTote', { params: { id: r.runId }, body: { code } }, r.driver)
  await strict()
  return { ...r, photo: await picture(t, r.driver) }
}

test('no run leaves without its check, an unsafe truck not at all, a cold one not without its photo', async () => {
  await t.sql`delete from trip_check_items`
  const item = (code: string, seq: number, stopsRun: boolean) => ({
    id: newId(),
    code,
    name: code,
    nameEn: code,
    seq,
    stopsRun,
    ...dates,
  })
  await t.db.insert(tripCheckItems).values([item('brakes', 1, true), item('clean', 2, false)])
  const r = await atDock()
  const depart = (photoFileIds: string[] = []) =>
    t.call(
      'delivery.depart',
      { params: { id: r.runId }, body: { preCoolDeciC: -200, photoFileIds } },
      r.driver,
    )
  const check = (answers: { code: string; ok: boolean; note?: string }[]) =>
    t.call('delivery.checkTrip', { params: { id: r.runId }, body: { answers } }, r.driver)
  expect((await depart([r.photo])).problem.code).toBe('trip_check_incomplete')
  expect((await check([{ code: 'brakes', ok: true }])).problem.code).toBe('trip_check_incomplete')
  const noteless = [
    { code: 'brakes', ok: true },
    { code: 'clean', ok: false },
  ]
  expect((await check(noteless)).problem.code).toBe('trip_check_incomplete')
  const unsafe = [
    { code: 'brakes', ok: false, note: '示例：偏软' },
    { code: 'clean', ok: true },
  ]
  expect((await check(unsafe)).body.open).toEqual(['brakes'])
  const stopped = await depart([r.photo])
  expect([stopped.problem.code, stopped.problem['params']]).toEqual([
    'trip_check_incomplete',
    { items: 'brakes' },
  ])
  const fine = [
    { code: 'brakes', ok: true },
    { code: 'clean', ok: false, note: '示例：车厢有水' },
  ]
  expect((await check(fine)).status).toBe(200)
  expect((await depart()).problem.code).toBe('proof_missing')
  expect((await depart([r.photo])).body.status).toBe('on_road')
  expect((await check(fine)).status).toBe(200)
  expect((await check(unsafe)).problem.code).toBe('wrong_state')
  const run = await r.read()
  expect([run.tripOpen, run.tripCheckedAt !== null, run.rule?.waitMinutes]).toEqual([[], true, 10])
})

test('the receiver’s number stands for a signature; wrong ones are counted', async () => {
  const d = await atDoor()
  const buyer = await t.guest({ id: d.buyer.id, kind: 'buyer' }, ['acceptor'])
  const stranger = await t.guest({ id: (await road(t)).buyer.id, kind: 'buyer' }, ['acceptor'])
  const read = (who: Guest) =>
    t.call('delivery.receiverPin', { params: { id: d.orders[0]?.id as string } }, who)
  expect((await read(stranger)).problem.code).toBe('not_found')
  expect((await read(d.driver)).problem.code).toBe('forbidden')
  const pin = (await read(buyer)).body.pin as string
  expect(pin).toMatch(/^\d{6}$/)
  const give = (receiverPin: string) =>
    deliver(d.stop.id, { lines: d.lines, receiverName: '示例', receiverPin }, d.driver)
  const wrong = pin === '123456' ? '654321' : '123456'
  expect((await give(wrong)).problem.code).toBe('pin_wrong')
  expect((await give(pin)).body.stop?.status).toBe('delivered')
  expect((await give(pin)).status).toBe(200)
  expect((await read(buyer)).body.pin).toBeNull()
  const locked = await atDoor()
  const guess = (receiverPin: string) =>
    deliver(locked.stop.id, { lines: locked.lines, receiverName: '示例', receiverPin }, locked.driver)
  const [row] = await t.sql`select pin from receiver_pins where stop_id = ${locked.stop.id}`
  const bad = row?.['pin'] === '123456' ? '654321' : '123456'
  for (let i = 0; i < 5; i++) expect((await guess(bad)).problem.code).toBe('pin_wrong')
  expect((await guess(row?.['pin'] as string)).problem.code).toBe('pin_locked')
})

test('what was proved stays as it was; what is put right is added', async () => {
  const d = await atDoor()
  const correct = (text: string, id: string, who: Guest) =>
    t.call('delivery.correct', { params: { id: d.stop.id, correctionId: id }, body: { text } }, who)
  expect((await correct('早了', newId(), d.driver)).problem.code).toBe('wrong_state')
  await deliver(d.stop.id, d.body, d.driver)
  const id = newId()
  const first = await correct('收货人姓名应为示例李四', id, d.driver)
  expect([first.status, (await correct('收货人姓名应为示例李四', id, d.driver)).body]).toEqual([
    200,
    first.body,
  ])
  expect((await correct('别的', id, d.driver)).problem.code).toBe('id_reused')
  const atOnce = newId()
  const twins = await Promise.all(Array.from({ length: 6 }, () => correct('示例补充', atOnce, d.driver)))
  expect(new Set(twins.map((one) => JSON.stringify([one.status, one.body])))).toHaveProperty('size', 1)
  expect(twins[0]?.status).toBe(200)
  expect((await correct('示例', newId(), await t.guest(d.carrier, ['driver']))).problem.code).toBe(
    'not_found',
  )
  const [stop] = (await d.read()).stops
  expect([stop?.receiverName, stop?.corrections.map((one) => one.text)]).toEqual([
    '示例',
    ['收货人姓名应为示例李四', '示例补充'],
  ])
  const changes = [
    t.sql`update stops set receiver_name = '换' where id = ${d.stop.id}`,
    t.sql`update stop_proofs set kind = 'pin' where stop_id = ${d.stop.id}`,
    t.sql`delete from stop_proofs where stop_id = ${d.stop.id}`,
    t.sql`update stop_corrections set text = '' where stop_id = ${d.stop.id}`,
  ]
  for (const change of changes) await expect(change).rejects.toThrow(/not changed|append-only/)
})
