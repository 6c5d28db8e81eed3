import { makeHub } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type Dock, dock } from './test-dock.ts'

let t: TestApp
let d: Dock
beforeAll(async () => {
  t = await testApp()
  d = await dock(t)
  for (const [from, to, capacity] of [
    [480, 540, 3],
    [540, 600, 1],
    [0, 1, 5],
  ] as const)
    await t.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
      values (${newId()}, ${d.m.hub.id}, ${from}, ${to}, ${capacity}, '2024-01-01', '2099-12-31')`
})
afterAll(() => t.close())

let ahead = 2
const freshDay = () => addDays(d.m.today, ahead++)
/** A consignment on its way with its place asked for. */
async function booked(day: string, fromMinute = 480) {
  const { id } = await d.shipped(await d.madeGoods())
  const own = newId()
  const body = { consignmentId: id, day, fromMinute }
  const asked = await t.call('docks.request', { params: { id: own }, body }, d.lister)
  expect(asked.problem?.code).toBeUndefined()
  return { id: own, consignmentId: id, day }
}
const decide = (at: { id: string; day: string }, over: object = {}, who = d.lead) =>
  t.call(
    'receiving.decideAppointment',
    {
      params: { id: at.id },
      body: { decision: 'confirm', dock: '1号', day: at.day, fromMinute: 480, version: 1, ...over },
    },
    who,
  )
const board = async (day: string, who = d.receiver) =>
  t.call('receiving.dockBoard', { params: { hubId: d.m.hub.id }, query: { day } }, who)

test('only who plans the hub’s dock decides, and only once', async () => {
  const day = freshDay()
  const at = await booked(day)
  expect((await decide(at, {}, d.receiver)).problem.code).toBe('forbidden')
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  expect((await decide(at, {}, stranger)).problem.code).toBe('not_found')
  expect((await board(day, stranger)).problem.code).toBe('not_found')
  expect((await decide({ ...at, id: newId() })).problem.code).toBe('not_found')
  expect((await decide(at, { dock: '' })).problem.code).toBe('reason_missing')
  expect((await decide(at, { fromMinute: 481 })).problem.code).toBe('slot_unknown')
  expect((await decide(at, { version: 2 })).problem.code).toBe('stale_version')
  const one = await decide(at)
  expect(one.body).toMatchObject({ status: 'confirmed', dock: '1号', version: 2 })
  expect((await decide(at)).body).toEqual(one.body)
  const told =
    await t.sql`select key, params->>'dock' as dock from notices where subject_id = ${at.consignmentId}`
  expect(told).toEqual([{ key: 'notice.dock_confirmed', dock: '1号' }])
})

test('a door takes one truck a slot, a slot no more than it has room for, however many decide at once', async () => {
  const day = freshDay()
  const [a, b, c] = [await booked(day), await booked(day), await booked(day, 540)]
  const both = await Promise.all([decide(a), decide(b)])
  expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  const late = both.findIndex((one) => one.status === 409)
  expect(both[late]?.problem).toMatchObject({ code: 'door_taken', params: { dock: '1号' } })
  const left = [a, b][late] as typeof a
  expect((await decide(left, { fromMinute: 540, dock: '2号' })).problem.code).toBe('slot_full')
  expect((await decide(left, { dock: '2号' })).status).toBe(200)
  expect((await decide(c, { fromMinute: 480, dock: '3号' })).body).toMatchObject({
    fromMinute: 480,
    dock: '3号',
  })
  const { slots } = (await board(day)).body
  expect(slots.map((slot) => [slot.fromMinute, slot.free, slot.trucks.map((one) => one.dock)])).toEqual([
    [0, 5, []],
    [480, 0, ['1号', '2号', '3号']],
    [540, 1, []],
  ])
})

test('a truck that came is on the board as come, with how far off its slot it was', async () => {
  const day = freshDay()
  const at = await booked(day)
  await decide(at)
  await d.arrive(at.consignmentId)
  const truck = (await board(day)).body.slots.flatMap((slot) => slot.trucks)[0]
  expect(truck).toMatchObject({ status: 'arrived', consignmentStatus: 'arrived', lineCount: 1 })
  expect(truck?.offMinutes).toBeLessThan(0)
  expect((await decide(at, { decision: 'miss', version: 3 })).problem.code).toBe('wrong_state')
})

test('a truck that is late is told, one that never came is noted, and one without a place is not forgotten', async () => {
  const day = freshDay()
  const at = await booked(day)
  await t.sql`update dock_appointments set day = ${d.m.today}, from_minute = 0, to_minute = 1 where id = ${at.id}`
  const truck = (await board(d.m.today)).body.slots.flatMap((slot) => slot.trucks)[0]
  expect(truck?.offMinutes).toBeGreaterThanOrEqual(0)
  const missed = await decide({ ...at, day: d.m.today }, { decision: 'miss' })
  expect(missed.body.status).toBe('missed')
  expect((await decide({ ...at, day: d.m.today }, { decision: 'miss' })).status).toBe(200)
  await t.sql`update consignments set expected_at = now() where id = ${at.consignmentId}`
  expect((await board(d.m.today)).body.unbooked.map((one) => one.consignmentId)).toContain(at.consignmentId)
})
