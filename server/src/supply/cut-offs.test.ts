import { makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays, cutOffAt, instantAt, type ServiceDay } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound, type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { callOffDue } from './call-off-due.ts'

let t: TestApp
let m: Market
let admin: Guest
let lister: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  lister = await t.guest(m.supplier, ['lister'])
})
afterAll(() => t.close())

type Step = 'answer' | 'load' | 'line_haul' | 'dock' | 'wave' | 'delivery'
const standard: Record<Step, number> = {
  answer: 60,
  load: 90,
  line_haul: 780,
  dock: 120,
  wave: 100,
  delivery: 60,
}
const step = (hubId: string, name: Step, minutes: number, over: object = {}, who = admin, id = newId()) =>
  t.call(
    'timeline.writeStep',
    {
      params: { id },
      body: { hubId, step: name, minutes, validFrom: '2024-01-01', validTo: '2099-12-31', ...over },
    },
    who,
  )
/** A hub whose steps are timed, with a pack of the supplier coming to it. */
async function timedHub(times: Partial<typeof standard> = {}) {
  const hub = await makeHub(t.db)
  for (const [name, minutes] of Object.entries({ ...standard, ...times }))
    expect((await step(hub.id, name as Step, minutes)).status).toBe(200)
  const sku = await makeSku(t.db, m.supplier.id, { shelfLifeDays: 60, zone: 'frozen' })
  await makeLot(t.db, sku, hub.id, 500_000, { stage: 'made', readyDay: m.day })
  return { hub, sku }
}
const soon = () => addDays(m.today, 5)
const cutOff = (hubId: string, over: object = {}, who = admin, id = newId()) =>
  t.call(
    'timeline.writeCutOff',
    {
      params: { id },
      body: {
        hubId,
        buyerClass: 'snack_shop' as const,
        daysBefore: 1,
        minutes: 22 * 60,
        minimumFen: 30_000,
        callOff: { daysBefore: 2, minutes: 16 * 60 },
        validFrom: soon(),
        validTo: '2099-12-31',
        ...over,
      },
    },
    who,
  )

test('a cut-off the goods cannot meet is refused with the step that fails and the latest time that would do', async () => {
  const { hub, sku } = await timedHub()
  const rules = async () => (await t.sql`select id from cut_off_rules where hub_id = ${hub.id}`).length
  const before = await rules()
  const refused = async (over: object) => {
    const { problem } = await cutOff(hub.id, over)
    return [problem.code, problem['step'], problem.pointers?.[0]?.pointer]
  }
  expect(await refused({ callOff: null })).toEqual(['cut_off_unreachable', 'dock', '/body/callOff'])
  expect(await refused({ callOff: { daysBefore: 1, minutes: 12 * 60 } })).toEqual([
    'cut_off_unreachable',
    'line_haul',
    '/body/callOff',
  ])
  expect(await refused({ minutes: 23 * 60 })).toEqual(['cut_off_unreachable', 'wave', '/body/minutes'])
  expect(await refused({ minutes: 15 * 60, daysBefore: 2 })).toEqual([
    'call_off_after_cut_off',
    undefined,
    '/body/callOff',
  ])
  expect(await refused({ validFrom: m.today })).toEqual(['cut_off_begun', undefined, '/body/validFrom'])
  expect(await refused({ validTo: m.today })).toEqual(['bad_input', undefined, '/body/validTo'])
  const long = await t.call(
    'timeline.writeMakingLead',
    { params: { skuId: sku.id }, body: { makingHours: 12 } },
    lister,
  )
  expect(long.status).toBe(409)
  const told = await cutOff(hub.id, { callOff: null })
  expect(told.problem.detail).toMatch(/到仓验收来不及.*分钟；最晚须在/)
  expect((await cutOff(hub.id, {}, lister)).problem.code).toBe('forbidden')
  expect((await cutOff(newId())).problem.code).toBe('not_found')
  expect(await rules()).toBe(before)
})

test('what nobody has timed is not taken for nothing; a hub without any times is not held up', async () => {
  const { hub } = await timedHub()
  await t.sql`delete from timeline_steps where hub_id = ${hub.id} and step = 'line_haul'`
  const missing = await cutOff(hub.id)
  expect([missing.problem.code, missing.problem['step']]).toEqual(['timeline_missing', 'line_haul'])
  await t.sql`delete from timeline_steps where hub_id = ${hub.id}`
  expect((await cutOff(hub.id, { callOff: null })).status).toBe(200)
})

test('a later change of a step is looked at too: a winter road makes a cut-off of today impossible', async () => {
  const { hub } = await timedHub()
  const winter = addDays(soon(), 20)
  await step(hub.id, 'line_haul', 2400, { mode: 'road', zone: 'frozen', validFrom: winter })
  expect((await cutOff(hub.id)).problem['step']).toBe('line_haul')
  expect((await cutOff(hub.id, { validTo: addDays(winter, -1) })).status).toBe(200)
})

test('what can be met is kept once, with its call-off; the check shows it per class', async () => {
  const { hub } = await timedHub()
  const id = newId()
  expect((await cutOff(hub.id, {}, admin, id)).status).toBe(200)
  expect((await cutOff(hub.id, {}, admin, id)).status).toBe(200)
  expect((await cutOff(hub.id, { minutes: 60 }, admin, id)).problem.code).toBe('id_reused')
  const check = async (day: string) =>
    (await t.call('timeline.check', { params: { hubId: hub.id }, query: { day } }, admin)).body.items
  const [shops, breakfast] = await check(soon())
  expect(shops).toMatchObject({ buyerClass: 'snack_shop', failures: [] })
  expect(shops?.callOffAt).toBe(cutOffAt(soon(), { daysBefore: 2, minutes: 960 }).toISOString())
  expect(breakfast?.failures.map((one) => one.step)).toEqual(['wave'])
  const earlier = await cutOff(hub.id, {
    callOff: { daysBefore: 3, minutes: 600 },
    validFrom: addDays(soon(), 3),
  })
  expect(earlier.status).toBe(200)
  const timeline = await t.call('timeline.read', { params: { hubId: hub.id } }, admin)
  expect(timeline.body.callOffTimes.map((one) => [one.daysBefore, one.validFrom, one.validTo])).toEqual([
    [2, soon(), addDays(soon(), 2)],
    [3, addDays(soon(), 3), '2099-12-31'],
  ])
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  const theirs = await t.call('timeline.check', { params: { hubId: hub.id } }, stranger)
  expect(theirs.problem.code).toBe('not_found')
})

test('a making lead longer than the call-off leaves is refused with the most that would do', async () => {
  const { hub, sku } = await timedHub()
  const call = async (hours: number, who = lister) =>
    t.call('timeline.writeMakingLead', { params: { skuId: sku.id }, body: { makingHours: hours } }, who)
  // The other classes still call off with their cut-offs the evening before, when nothing can be made any more.
  expect((await call(1)).problem['params']).toEqual({ hours: 0 })
  for (const buyerClass of [
    'breakfast',
    'canteen_university',
    'canteen_office',
    'wholesale',
    'fresh_platform',
    'community',
  ])
    expect(
      (await cutOff(hub.id, { buyerClass, minutes: 16 * 60, validFrom: addDays(m.today, 4) })).status,
    ).toBe(200)
  expect((await cutOff(hub.id, { validFrom: addDays(m.today, 4) })).status).toBe(200)
  // 00:00 for the market stall: 22:50 less the way … at 16:00 two days before.
  const most = ((await call(200)).problem['params'] as { hours: number }).hours
  expect(most).toBeGreaterThan(0)
  expect((await call(most)).status).toBe(200)
  expect((await call(most + 1)).problem.code).toBe('making_too_long')
  expect((await call(0)).status).toBe(200)
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await call(1, stranger)).problem.code).toBe('not_found')
  const leads = (who: Guest) => t.call('timeline.listMakingLeads', { query: { orgId: m.supplier.id } }, who)
  expect((await leads(stranger)).problem.code).toBe('not_found')
  const shown = (await leads(lister)).body.items
  expect(shown.find((one) => one.skuId === sku.id)).toMatchObject({ makingHours: 0, mode: 'road' })
  expect(shown.find((one) => one.skuId !== sku.id)).toMatchObject({ makingHours: null })
})

test('at the call-off time suppliers are asked, told when to leave, and goods at the base serve later days only', async () => {
  const { hub, sku } = await timedHub()
  const day: ServiceDay = addDays(m.today, 4)
  await t.sql`insert into call_off_times (id, hub_id, buyer_class, days_before, minutes, valid_from, valid_to)
    values (${newId()}, ${hub.id}, 'snack_shop', 2, 960, '2024-01-01', '2099-12-31')`
  const buyer = await m.shop({ site: { hubId: hub.id } })
  const other = await m.shop({ site: { hubId: hub.id } })
  const order = await m.place(buyer, [[sku, 20]], { day })
  const clock = (hours: number) => ({ ...t.system(), now: instantAt(addDays(day, -2), hours * 60) })
  const mine = async () =>
    (await t.call('supply.listCallOffs', { query: { day } }, lister)).body.items.find(
      (one) => one.skuId === sku.id,
    )
  await callOffDue(clock(15))
  expect(await mine()).toBeUndefined()
  const done = await callOffDue(clock(17))
  expect(done.callOffs).toBe(1)
  expect(await mine()).toMatchObject({
    quantity: 200_000,
    status: 'asked',
    lots: [{ promised: 200_000 }],
  })
  const by = await mine()
  expect([by?.shipBy, by?.makeBy].map((at) => Date.parse(at ?? ''))).toEqual([
    instantAt(addDays(day, -1), 7 * 60 + 20).getTime(),
    instantAt(addDays(day, -1), 5 * 60 + 50).getTime(),
  ])
  const [lot] = await t.sql`select ready_day from lots where sku_id = ${sku.id}`
  expect(lot?.['ready_day']).toBe(addDays(day, 1))
  const late = await m.put(other, m.body(other, [[sku, 1]], { day }))
  expect(late.problem.code).toBe('not_available')
  expect((await m.put(other, m.body(other, [[sku, 1]], { day: addDays(day, 1) }))).status).toBe(200)
  expect(await callOffDue(clock(18))).toMatchObject({ callOffs: 0, movedLots: 0 })

  // Who ordered in time keeps it when the order changes, and may take less, but not more.
  const change = (units: number, version: number) =>
    t.call(
      'orders.place',
      { params: { id: order.id }, body: { ...m.body(buyer, [[sku, units]], { day }), version } },
      buyer.guest,
    )
  expect((await change(21, 1)).problem.code).toBe('not_available')
  expect((await change(12, 1)).status).toBe(200)
  const quote = await t.call(
    'orders.quote',
    { body: { siteId: buyer.site.id, day, orderId: order.id, lines: [{ skuId: sku.id, units: 12 }] } },
    buyer.guest,
  )
  expect(quote.body.lines[0]?.availableUnits).toBe(12)
  await expectSound(t)
})
