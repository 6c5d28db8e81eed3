import { closedDays, cutOffRules } from '@huming/db/schema/orders'
import { addDays, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Role } from '@huming/shared/permissions'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { type Market, type Shop, stateOf, testMarket } from './test-market.ts'

let t: TestApp
let m: Market
let buyer: Shop
let stranger: Shop
let goods: Awaited<ReturnType<Market['goods']>>
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  buyer = await m.shop()
  stranger = await m.shop()
  goods = await m.goods(100)
})
afterAll(() => t.close())

type Body = ReturnType<Market['body']>
const good = (over: Partial<Body> = {}): Body => m.body(buyer, [[goods.sku, 2]], over)
const lines = (...units: unknown[]) => units.map((n) => ({ skuId: goods.sku.id, units: n }) as never)

/** Sends it and expects the refusal: status, code, a whole sentence, and no row changed. */
async function refused(body: unknown, status: number, code: string, who: Guest = buyer.guest, id = newId()) {
  const before = await stateOf(t)
  const answer = await t.call('orders.place', { params: { id }, body: body as Body }, who)
  expect([answer.status, answer.problem.code]).toEqual([status, code])
  expect(answer.problem.detail).toMatch(/[。.]$/)
  expect(answer.problem.detail).not.toContain('{{')
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(await stateOf(t)).toBe(before)
  return answer.problem
}

test.each<[string, () => unknown]>([
  ['no body', () => ({})],
  ['wrong types', () => ({ ...good(), expectedTotalFen: '100000', lines: 'all' })],
  ['an id that is none', () => good({ siteId: 'my-shop' })],
  ['a day in no calendar', () => good({ day: '2026-02-30' })],
  ['zero units', () => good({ lines: lines(0) })],
  ['negative units', () => good({ lines: lines(-3) })],
  ['a fraction', () => good({ lines: lines(1.5) })],
  ['huge units', () => good({ lines: lines(1e12) })],
  ['a negative total', () => good({ expectedTotalFen: -1 })],
  ['an unsafe total', () => good({ expectedTotalFen: 2 ** 60 })],
  ['a window that is no time', () => good({ windowTo: 2000 })],
  ['too many lines', () => good({ lines: Array.from({ length: 201 }, () => lines(1)[0] as never) })],
  ['one pack twice', () => good({ lines: lines(1, 1) })],
  ['an unknown pack', () => good({ lines: [{ skuId: newId(), units: 1 }] })],
  ['control characters', () => good({ note: 'a\u0000b' })],
  ['half a surrogate', () => good({ note: '\ud83d' })],
  ['a note that is too long', () => good({ note: '长'.repeat(301) })],
])('bad input: %s', async (_name, body) => {
  const problem = await refused(body(), 422, 'bad_input')
  expect(problem.pointers?.length).toBeGreaterThan(0)
})

test('a bad id in the address is bad input', async () => {
  await refused(good(), 422, 'bad_input', buyer.guest, 'first-order')
})

test('script in a note is kept as the text it is', async () => {
  const note = '<script>alert(1)</script> \u202e"; drop table orders; --'
  const placed = await m.place(buyer, [[goods.sku, 1]], { note })
  const read = await t.call('orders.read', { params: { id: placed.id } }, buyer.guest)
  expect(read.body.note).toBe(note)
  expect(read.headers['content-type']).toContain('application/json')
  expect(read.headers['x-content-type-options']).toBe('nosniff')
})

test('who may not order is refused at the door', async () => {
  const acceptor = await t.guest(buyer.org, ['acceptor'])
  await refused(good(), 403, 'forbidden', acceptor)
  for (const roles of [['lister'], ['broker'], ['lead'], ['driver'], ['admin'], ['government']] as Role[][])
    await refused(good(), 403, 'forbidden', await t.guest(m.supplier, roles))
  const nobody = await t.call('orders.place', { params: { id: newId() }, body: good() })
  expect([nobody.status, nobody.problem.code]).toEqual([401, 'unauthenticated'])
  const long = new Date(Date.now() - 40 * 86_400_000)
  await refused(good(), 401, 'session_expired', await t.guest(buyer.org, ['purchaser'], long))
})

test("somebody else's site or order does not exist", async () => {
  await refused(good(), 404, 'not_found', stranger.guest)
  await refused(good({ siteId: newId() }), 404, 'not_found')
  const placed = await m.place(buyer, [[goods.sku, 1]])
  const theirs = m.body(stranger, [[goods.sku, 1]])
  await refused(theirs, 404, 'not_found', stranger.guest, placed.id)
  await refused({ ...theirs, version: 1 }, 404, 'not_found', stranger.guest, placed.id)
  await refused(good({ version: 3 }), 404, 'not_found')
})

test('days: out of range, not served, closed, past the cut-off', async () => {
  await refused(good({ day: addDays(m.today, 31) }), 409, 'day_out_of_range')
  await refused(good({ day: addDays(m.today, -1) }), 409, 'day_out_of_range')
  expect((await m.put(buyer, good({ day: addDays(m.today, 20) }))).status).toBe(200)
  const weekday = weekdayOf(m.day)
  const others = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== weekday)
  const rare = await m.shop({ site: { deliveryWeekdays: others } })
  await refused(m.body(rare, [[goods.sku, 2]]), 409, 'day_not_served', rare.guest)
  const gone = await m.shop({ site: { closedAt: new Date() } })
  await refused(m.body(gone, [[goods.sku, 2]]), 409, 'day_not_served', gone.guest)
  const festival = addDays(m.today, 9)
  await t.db.insert(closedDays).values({ hubId: m.hub.id, day: festival, reason: '春节' })
  expect((await refused(good({ day: festival }), 409, 'day_closed')).detail).toContain('春节')
  const passed = await refused(good({ day: m.today }), 409, 'cut_off_passed')
  expect(passed['cutOffAt']).toBe(new Date(`${addDays(m.today, -1)}T23:59:00+08:00`).toISOString())
})

test('windows: only within the site’s own, and long enough', async () => {
  await refused(good({ windowFrom: 59 }), 422, 'window_not_offered')
  await refused(good({ windowTo: 391 }), 422, 'window_not_offered')
  await refused(good({ windowFrom: 120, windowTo: 179 }), 422, 'window_not_offered')
  await refused(good({ windowFrom: 300, windowTo: 200 }), 422, 'window_not_offered')
  expect((await m.put(buyer, good({ windowFrom: 120, windowTo: 180 }))).status).toBe(200)
})

test('an empty basket, off-step units and a stale total', async () => {
  await refused(good({ lines: [] }), 422, 'order_empty')
  const stepped = await m.goods(100, { minUnits: 4, stepUnits: 3, maxUnits: 20 })
  for (const units of [3, 4, 7, 21]) {
    const problem = await refused(
      m.body(buyer, [
        [goods.sku, 1],
        [stepped.sku, units],
      ]),
      422,
      'off_step',
    )
    expect(problem.pointers?.map((one) => one.pointer)).toEqual(['/body/lines/1/units'])
  }
  expect((await m.put(buyer, m.body(buyer, [[stepped.sku, 6]]))).status).toBe(200)
  const problem = await refused(good({ expectedTotalFen: 99_999 }), 409, 'total_changed')
  expect([problem['totalFen'], problem.detail]).toEqual([100_000, expect.stringContaining('¥1,000.00')])
})

test('a pack without price, or so many that no money could pay them', async () => {
  const free = await m.goods(10, {})
  await t.sql`delete from prices where sku_id = ${free.sku.id}`
  await refused(m.body(buyer, [[free.sku, 1]]), 409, 'price_missing')
  const dear = await m.goods(10, { basePerOrderUnit: 100_000_000, basePerPriceUnit: 1 })
  await t.sql`update prices set centifen = 100000000000 where sku_id = ${dear.sku.id}`
  await refused(m.body(buyer, [[dear.sku, 9999]], { expectedTotalFen: 1 }), 422, 'bad_input')
})

test('below the minimum order', async () => {
  const here = and(eq(cutOffRules.hubId, m.hub.id), eq(cutOffRules.buyerClass, 'wholesale'))
  await t.db.update(cutOffRules).set({ minimumFen: 120_000 }).where(here)
  const stall = await m.shop({ org: { buyerClass: 'wholesale' } })
  const problem = await refused(m.body(stall, [[goods.sku, 2]]), 409, 'below_minimum', stall.guest)
  expect([problem['missingFen'], problem.detail]).toEqual([20_000, expect.stringContaining('¥200.00')])
})

test('more than there is: each short line is named with what is left', async () => {
  const [few, none] = [await m.goods(3), await m.goods(0)]
  const order = m.body(buyer, [
    [goods.sku, 1],
    [few.sku, 5],
    [none.sku, 1],
  ])
  const problem = await refused(order, 409, 'not_available')
  expect(problem['lines']).toEqual([
    { skuId: few.sku.id, availableUnits: 3 },
    { skuId: none.sku.id, availableUnits: 0 },
  ])
  expect(problem.pointers?.map((one) => one.pointer)).toEqual(['/body/lines/1/units', '/body/lines/2/units'])
})

test('beyond the credit line', async () => {
  const poor = await m.shop({ creditFen: 120_000 })
  await m.place(poor, [[goods.sku, 1]])
  const problem = await refused(m.body(poor, [[goods.sku, 2]]), 409, 'credit_exceeded', poor.guest)
  expect([problem['availableFen'], problem.detail]).toEqual([70_000, expect.stringContaining('¥700.00')])
  const unknown = await m.shop()
  await t.sql`delete from ledger_accounts where org_id = ${unknown.org.id}`
  await refused(m.body(unknown, [[goods.sku, 1]]), 409, 'credit_exceeded', unknown.guest)
})

test('broken UTF-8 and oversized bodies are refused before they are read', async () => {
  const send = (payload: Buffer | string) =>
    t.app.inject({
      method: 'PUT',
      url: `/api/orders/${newId()}`,
      headers: { 'content-type': 'application/json', cookie: buyer.guest.cookie },
      payload,
    })
  const before = await stateOf(t)
  const text = JSON.stringify(good({ note: 'X' }))
  const broken = await send(Buffer.from(Buffer.from(text).map((byte) => (byte === 0x58 ? 0xff : byte))))
  expect([broken.statusCode, broken.json().code]).toEqual([400, 'bad_json'])
  const cut = await send(text.slice(0, -1))
  expect([cut.statusCode, cut.json().code]).toEqual([400, 'bad_json'])
  const huge = await send(JSON.stringify({ ...good(), padding: 'x'.repeat(300_000) }))
  expect([huge.statusCode, huge.json().code]).toEqual([413, 'body_too_large'])
  expect(await stateOf(t)).toBe(before)
})
