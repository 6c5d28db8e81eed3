import { makeOrg } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { road } from './test-road.ts'

let t: TestApp
let admin: Guest
beforeAll(async () => {
  t = await testApp()
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
const rule = {
  buyerClass: null,
  proofs: ['photo' as const],
  tripCheck: false,
  preCoolPhoto: false,
  unloadScan: false,
  zoneReadings: false,
  refusePhoto: false,
  keyDropSet: false,
  waitMinutes: 7,
  waitReasons: ['closed' as const],
  weighToleranceBp: 50,
  washDays: 3,
  validFrom: addDays(today, 1),
  validTo: '2099-12-31',
  source: '示例',
}
const write = (over: object = {}, id = newId(), who = admin) =>
  t.call('doorRules.write', { params: { id }, body: { ...rule, ...over } }, who)
const pointer = (answer: { problem: { pointers?: { pointer: string }[] } }) =>
  answer.problem.pointers?.[0]?.pointer

test('operations say what doors ask from a later day on; a night on its way keeps its rules', async () => {
  const r = await road(t, { until: 'planned' })
  expect((await write({}, newId(), r.dispatcher)).problem.code).toBe('forbidden')
  expect(pointer(await write({ validFrom: today }))).toBe('/body/validFrom')
  expect(pointer(await write({ validTo: today }))).toBe('/body/validTo')
  expect(pointer(await write({ proofs: [] }))).toBe('/body/proofs')
  expect(pointer(await write({ waitMinutes: 121 }))).toBe('/body/waitMinutes')
  const id = newId()
  expect((await write({}, id)).body).toMatchObject({ id, waitMinutes: 7, isSample: false })
  expect((await write({}, id)).status).toBe(200)
  expect((await write({ waitMinutes: 8 }, id)).problem.code).toBe('id_reused')
  expect((await t.call('doorRules.list', {}, r.dispatcher)).body.items.map((one) => one.id)).toEqual([id])
})

test('only the last day of a row that is there is moved, not into the past; what is over is not shown', async () => {
  const r = await road(t, { until: 'planned' })
  const id = newId()
  expect((await write({ buyerClass: 'community' }, id)).status).toBe(200)
  const past = { validFrom: addDays(today, -9), buyerClass: 'community' }
  await t.sql`update door_rules set valid_from = ${past.validFrom} where id = ${id}`
  expect(pointer(await write({ ...past, validTo: addDays(today, -1) }, id))).toBe('/body/validTo')
  expect((await write({ ...past, validTo: today }, id)).status).toBe(200)
  const listed = async () => (await t.call('doorRules.list', {}, r.driver)).body.items.map((one) => one.id)
  expect(await listed()).toContain(id)
  await t.sql`update door_rules set valid_to = ${addDays(today, -1)} where id = ${id}`
  expect(await listed()).not.toContain(id)
})
