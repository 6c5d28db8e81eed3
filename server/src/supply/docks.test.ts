import { makeSupplier } from '@huming/db/factories'
import { addDays, type ServiceDay, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let m: Market
let lister: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  await slot(480, 540, 2)
  await slot(540, 600, 1)
})
afterAll(() => t.close())

const slot = (
  from: number,
  to: number,
  capacity: number,
  weekday: number | null = null,
  validFrom = '2024-01-01',
) =>
  t.sql`insert into dock_slots (id, hub_id, weekday, from_minute, to_minute, capacity, valid_from, valid_to)
    values (${newId()}, ${m.hub.id}, ${weekday}, ${from}, ${to}, ${capacity}, ${validFrom}, '2099-12-31')`
async function draft() {
  const id = newId()
  const body = { orgId: m.supplier.id, hubId: m.hub.id, lines: [], version: 0 }
  await t.call('supply.writeConsignment', { params: { id }, body }, lister)
  return id
}
let ahead = 2
/** A day of its own for each test. */
const freshDay = (): ServiceDay => addDays(m.today, ahead++)
const request = (
  consignmentId: string,
  day: string,
  fromMinute = 480,
  over: object = {},
  who = lister,
  id = newId(),
) => t.call('docks.request', { params: { id }, body: { consignmentId, day, fromMinute, ...over } }, who)
const free = async (day: string) =>
  (await t.call('docks.slots', { params: { hubId: m.hub.id }, query: { day } }, lister)).body.items.map(
    (one) => one.free,
  )

test('a time the dock does not take trucks at, that is over, or of somebody else’s load is refused', async () => {
  const day = freshDay()
  const id = await draft()
  expect((await request(id, day, 485)).problem.code).toBe('slot_unknown')
  expect((await request(id, addDays(m.today, -1))).problem.code).toBe('slot_past')
  expect((await request(newId(), day)).problem.code).toBe('not_found')
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await request(id, day, 480, {}, stranger)).problem.code).toBe('not_found')
  expect((await request(id, day, 480, { version: 4 })).problem.code).toBe('not_found')
  const slots = await t.call('docks.slots', { params: { hubId: newId() }, query: { day } }, lister)
  expect(slots.problem.code).toBe('not_found')
  expect(await free(day)).toEqual([2, 1])
})

test('a slot takes no more trucks than it has places, however many ask at once', async () => {
  const day = freshDay()
  const loads = await Promise.all(Array.from({ length: 6 }, draft))
  const answers = await Promise.all(loads.map((id) => request(id, day)))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2)
  expect(answers.filter((answer) => answer.problem?.code === 'slot_full')).toHaveLength(4)
  expect(await free(day)).toEqual([0, 1])
})

test('asked for once, moved by who saw the latest, given back; a load has one place', async () => {
  const day = freshDay()
  const load = await draft()
  const id = newId()
  const first = await request(load, day, 480, {}, lister, id)
  expect(first.body).toMatchObject({ status: 'requested', fromMinute: 480, toMinute: 540, version: 1 })
  expect((await request(load, day, 480, {}, lister, id)).body).toEqual(first.body)
  expect((await request(load, day)).problem.code).toBe('wrong_state')
  expect((await request(load, day, 540, {}, lister, id)).problem.code).toBe('id_reused')
  const moved = await request(load, day, 540, { version: 1 }, lister, id)
  expect(moved.body).toMatchObject({ fromMinute: 540, version: 2, status: 'requested' })
  expect((await request(load, day, 480, { version: 1 }, lister, id)).problem.code).toBe('stale_version')
  expect(await free(day)).toEqual([2, 0])
  expect((await request(await draft(), day, 540)).problem.code).toBe('slot_full')
  const cancel = () => t.call('docks.cancel', { params: { id } }, lister)
  expect((await cancel()).body.status).toBe('cancelled')
  expect((await cancel()).body.status).toBe('cancelled')
  expect((await request(load, day, 480, { version: 3 }, lister, id)).problem.code).toBe('wrong_state')
  expect((await request(load, day, 540)).status).toBe(200)
  const way = await t.call('legs.read', { params: { id: load } }, lister)
  expect(way.body.appointment).toMatchObject({ fromMinute: 540, status: 'requested' })
})

test('what the dock confirmed keeps its place until it is moved, and then waits to be confirmed again', async () => {
  const day = freshDay()
  const load = await draft()
  const id = newId()
  await request(load, day, 480, {}, lister, id)
  await t.sql`update dock_appointments set status = 'confirmed', dock = '3', version = 2 where id = ${id}`
  const moved = await request(load, day, 540, { version: 2 }, lister, id)
  expect(moved.body).toMatchObject({ status: 'requested', dock: '', version: 3 })
  await t.sql`update dock_appointments set status = 'arrived' where id = ${id}`
  expect((await t.call('docks.cancel', { params: { id } }, lister)).problem.code).toBe('wrong_state')
  expect(await free(day)).toEqual([2, 0])
})

test('the places of a weekday, and those begun last, hold', async () => {
  const day = addDays(m.today, 20)
  await slot(480, 540, 5, weekdayOf(day))
  await slot(540, 600, 4, null, addDays(m.today, 15))
  expect(await free(day)).toEqual([5, 4])
  expect(await free(addDays(day, 1))).toEqual([2, 4])
  expect(await free(addDays(m.today, 14))).toEqual([2, 1])
})
