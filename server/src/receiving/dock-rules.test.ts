import { makeHub, makeOrg } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
let lead: Guest
let safety: Guest
const today = serviceDayOf(new Date())
beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
  lead = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['lead'])
  safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
})
afterAll(() => t.close())

const dates = { validFrom: today, validTo: '2099-12-31' }
const slot = (over: object = {}, who = lead, id = newId()) =>
  t.call(
    'dockRules.writeSlot',
    {
      params: { id },
      body: { hubId: hub.id, fromMinute: 360, toMinute: 420, capacity: 2, ...dates, ...over },
    },
    who,
  )
const open = async (day: string) => {
  const { body } = await t.call('docks.slots', { params: { hubId: hub.id }, query: { day } }, lead)
  return body.items.map((one) => [one.fromMinute, one.toMinute, one.capacity])
}
const second = (over: object = {}, who = safety, id = newId()) =>
  t.call(
    'dockRules.writeSecondPerson',
    {
      params: { id },
      body: { kind: 'value_above' as const, aboveFen: 900_000, source: '示例规则', ...dates, ...over },
    },
    who,
  )

test('hours of the dock: what is said last for the same minutes holds from its day on, 0 closes the slot', async () => {
  const [tomorrow, later] = [addDays(today, 1), addDays(today, 8)]
  const id = newId()
  expect((await slot({}, lead, id)).status).toBe(200)
  expect((await slot({}, lead, id)).status).toBe(200)
  expect((await slot({ capacity: 3 }, lead, id)).problem.code).toBe('id_reused')
  expect((await slot({ fromMinute: 420, toMinute: 540, capacity: 1 })).status).toBe(200)
  expect((await slot({ capacity: 4, validFrom: later })).status).toBe(200)
  expect(await open(tomorrow)).toEqual([
    [360, 420, 2],
    [420, 540, 1],
  ])
  expect((await open(later))[0]).toEqual([360, 420, 4])
  // Written later the same day: it holds.
  expect((await slot({ capacity: 5, validFrom: later })).status).toBe(200)
  expect((await open(later))[0]).toEqual([360, 420, 5])
  expect((await slot({ fromMinute: 390, toMinute: 450 })).problem.code).toBe('slot_overlaps')
  expect((await slot({ fromMinute: 450, toMinute: 480, weekday: 3 })).problem.code).toBe('slot_overlaps')
  expect((await slot({ toMinute: 360 })).problem.pointers?.[0]?.pointer).toBe('/body/toMinute')
  expect((await slot({ validTo: addDays(today, -1) })).problem.pointers?.[0]?.pointer).toBe('/body/validTo')
  expect((await slot({ fromMinute: 420, toMinute: 540, capacity: 0 })).status).toBe(200)
  expect((await slot({ fromMinute: 450, toMinute: 480, weekday: 3 })).status).toBe(200)
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  expect((await slot({}, stranger)).problem.code).toBe('not_found')
  const picker = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['picker'])
  expect((await slot({}, picker)).problem.code).toBe('forbidden')
  const read = (who: Guest) => t.call('dockRules.read', { params: { hubId: hub.id } }, who)
  expect((await read(stranger)).problem.code).toBe('not_found')
  expect((await read(picker)).body.slots).toHaveLength(6)
})

test('food safety says when two people must see a receipt; a rule keeps what it says until its last day', async () => {
  const id = newId()
  expect((await second({}, lead, id)).problem.code).toBe('forbidden')
  expect((await second({ aboveFen: null })).problem.pointers?.[0]?.pointer).toBe('/body/aboveFen')
  expect((await second({ buyerClass: 'snack_shop' })).problem.pointers?.[0]?.pointer).toBe('/body/buyerClass')
  expect((await second({ validTo: '2020-01-01' })).problem.pointers?.[0]?.pointer).toBe('/body/validTo')
  expect((await second({}, safety, id)).status).toBe(200)
  expect((await second({}, safety, id)).status).toBe(200)
  expect((await second({ aboveFen: 800_000 }, safety, id)).problem.code).toBe('id_reused')
  const old = { validFrom: addDays(today, -9) }
  const past = newId()
  expect((await second(old, safety, past)).status).toBe(200)
  const ended = await second({ ...old, validTo: addDays(today, -1) }, safety, past)
  expect(ended.problem.pointers?.[0]?.pointer).toBe('/body/validTo')
  expect((await second({ ...old, validTo: today }, safety, past)).status).toBe(200)
  const { body } = await t.call('dockRules.read', { params: { hubId: hub.id } }, safety)
  expect(body.secondPerson.find((rule) => rule.id === past)?.validTo).toBe(today)
})
