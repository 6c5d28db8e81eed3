import { makeHub, makeOrg, makePerson } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { makeCrateType } from '@huming/db/factories-dock'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let m: Market
let receiver: Guest
let lead: Guest
let type: Awaited<ReturnType<typeof makeCrateType>>
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
  lead = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['lead'])
  type = await makeCrateType(t.db)
})
afterAll(() => t.close())

type Over = {
  party?: object
  direction?: string
  count?: number
  reason?: string
  typeId?: string
  hubId?: string
}
const handOver = (id: string, over: Over = {}, who = receiver) =>
  t.call(
    'crates.handOver',
    {
      params: { id },
      body: {
        hubId: over.hubId ?? m.hub.id,
        party: (over.party ?? { kind: 'org', id: m.supplier.id }) as never,
        direction: (over.direction ?? 'to_party') as never,
        counts: [{ typeId: over.typeId ?? type.id, count: over.count ?? 10 }],
        reason: over.reason ?? '',
      },
    },
    who,
  )
const correct = (kind: 'lost' | 'broken' | 'found' | 'bought', count: number, party: object, who = lead) =>
  t.call(
    'crates.correct',
    {
      params: { id: newId() },
      body: {
        hubId: m.hub.id,
        party: party as never,
        kind,
        counts: [{ typeId: type.id, count }],
        reason: '示例原因',
      },
    },
    who,
  )
const hubParty = () => ({ kind: 'hub', id: m.hub.id })
const moves = async () => (await t.sql`select count(*)::int as n from crate_moves`)[0]?.['n'] as number
const breaches = () => t.sql`
  select b.party_id from crate_balances b where b.count <> (
    select coalesce(sum(case when m.to_id = b.party_id then m.count else -m.count end), 0) from crate_moves m
    where m.hub_id = b.hub_id and m.type_id = b.type_id and b.party_id in (m.from_id, m.to_id))`

test('crates that are not on the books are given out only with a word where they come from', async () => {
  const short = await handOver(newId())
  expect([short.problem.code, short.problem.params]).toEqual(['crates_short', { has: 0 }])
  expect(await moves()).toBe(0)
  const known = await handOver(newId(), { reason: '盘点时漏数（示例）' })
  expect(known.body).toMatchObject({
    hub: { total: 0 },
    party: { total: 10, depositFen: 30_000, counts: [{ typeId: type.id, count: 10 }] },
    found: [{ typeId: type.id, count: 10 }],
  })
  expect(await breaches()).toEqual([])
})

test('only the hub’s own people book its crates, only a lead writes them off, only operations writes types', async () => {
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['receiver', 'lead'])
  expect((await handOver(newId(), {}, stranger)).problem.code).toBe('not_found')
  expect((await correct('lost', 1, hubParty(), stranger)).problem.code).toBe('not_found')
  expect((await correct('lost', 1, hubParty(), receiver)).problem.code).toBe('forbidden')
  const lister = await t.guest(m.supplier, ['lister'])
  expect((await handOver(newId(), {}, lister)).problem.code).toBe('forbidden')
  const body = { code: 'X', name: '筐', tareGrams: 1000, depositFen: 100 }
  expect((await t.call('crates.writeType', { params: { id: newId() }, body }, lead)).problem.code).toBe(
    'forbidden',
  )
  const other = await t.guest((await m.shop()).org, ['purchaser'])
  const query = { partyId: m.supplier.id }
  const statement = await t.call('crates.statement', { params: { hubId: m.hub.id }, query }, other)
  expect(statement.problem.code).toBe('not_found')
})

test('unknown parties, unknown and closed types, and the hub with itself are refused', async () => {
  expect((await handOver(newId(), { party: { kind: 'org', id: newId() } })).problem.code).toBe('not_found')
  expect((await handOver(newId(), { party: hubParty() })).problem.code).toBe('not_found')
  expect((await handOver(newId(), { typeId: newId(), reason: '示例' })).problem.code).toBe(
    'crate_type_closed',
  )
  const closed = await makeCrateType(t.db, { closedAt: new Date() })
  const given = { typeId: closed.id, reason: '示例' }
  expect((await handOver(newId(), given)).problem.code).toBe('crate_type_closed')
  expect((await handOver(newId(), { ...given, direction: 'from_party' })).status).toBe(200)
})

test('the same hand-over again books nothing; another one under its id is refused', async () => {
  await correct('bought', 50, hubParty())
  const id = newId()
  const one = await handOver(id, { count: 7 })
  const before = await moves()
  expect((await handOver(id, { count: 7 })).body).toEqual(one.body)
  expect((await handOver(id, { count: 8 })).problem.code).toBe('id_reused')
  expect(await moves()).toBe(before)
})

test('more cannot be lost than there is, and what is lost is gone with its reason', async () => {
  const shop = await m.shop()
  const party = { kind: 'org', id: shop.org.id }
  await handOver(newId(), { party, count: 4 })
  expect((await correct('broken', 5, party)).problem).toMatchObject({
    code: 'crates_short',
    params: { has: 4 },
  })
  expect((await correct('broken', 1, party)).body.party).toMatchObject({ total: 3, depositFen: 9000 })
  const query = { partyId: shop.org.id }
  const own = await t.call('crates.statement', { params: { hubId: m.hub.id }, query }, shop.guest)
  expect(own.body.items).toMatchObject([
    { kind: 'broken', change: -1, balance: 3, other: null, reason: '示例原因', person: '' },
    { kind: 'hand_over', change: 4, balance: 4, other: { name: m.hub.name } },
  ])
  const { items } = (await t.call('crates.mine', {}, shop.guest)).body
  expect(items).toMatchObject([{ hubId: m.hub.id, total: 3 }])
  const later = await t.call(
    'crates.statement',
    { params: { hubId: m.hub.id }, query: { ...query, from: m.day } },
    shop.guest,
  )
  expect(later.body.items).toEqual([])
})

test('many at once: no crate is given out twice', async () => {
  const hub = await makeHub(t.db)
  const people = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['lead'])
  const bought = { hubId: hub.id, party: { kind: 'hub' as const, id: hub.id }, kind: 'bought' as const }
  const counts = [{ typeId: type.id, count: 10 }]
  await t.call(
    'crates.correct',
    { params: { id: newId() }, body: { ...bought, counts, reason: '示例购入' } },
    people,
  )
  const shops = await Promise.all(Array.from({ length: 6 }, () => m.shop()))
  const answers = await Promise.all(
    shops.map((shop) =>
      handOver(newId(), { hubId: hub.id, party: { kind: 'org', id: shop.org.id }, count: 3 }, people),
    ),
  )
  expect(answers.map((one) => one.status).sort()).toEqual([200, 200, 200, 409, 409, 409])
  const list = await t.call('crates.balances', { params: { hubId: hub.id }, query: { limit: 2 } }, people)
  expect(list.body).toMatchObject({ hub: { total: 1 }, outside: 9 })
  expect(list.body.items).toHaveLength(2)
  const rest = await t.call(
    'crates.balances',
    { params: { hubId: hub.id }, query: { cursor: list.body.nextCursor ?? '' } },
    people,
  )
  expect(rest.body.items).toHaveLength(1)
  expect(await breaches()).toEqual([])
})

test('a search finds drivers and shops that have no crates yet; a driver sees his own', async () => {
  const carrier = await makeOrg(t.db, 'carrier')
  const driver = await makePerson(t.db, carrier.id, ['driver'], { name: '示例徐师傅' })
  await makeVehicle(t.db, m.hub.id, carrier.id, { driverPersonId: driver.id })
  const find = await t.call(
    'crates.balances',
    { params: { hubId: m.hub.id }, query: { search: '徐师傅' } },
    receiver,
  )
  expect(find.body.items).toMatchObject([{ kind: 'driver', id: driver.id, total: 0 }])
  const wild = await t.call(
    'crates.balances',
    { params: { hubId: m.hub.id }, query: { search: '%' } },
    receiver,
  )
  expect(wild.body.items).toEqual([])
  const wheel = await t.guest(carrier, ['driver'])
  await handOver(newId(), { party: { kind: 'driver', id: wheel.personId }, count: 6 })
  expect((await t.call('crates.mine', {}, wheel)).body.items).toMatchObject([{ kind: 'driver', total: 6 }])
})

test('a base sees its crates of the warehouse, and nothing of its own store of materials', async () => {
  const store = await makeHub(t.db, { orgId: m.supplier.id, kind: 'store' })
  const lister = await t.guest({ id: m.supplier.id, kind: 'supplier' }, ['lister'])
  const before = (await t.call('crates.mine', {}, lister)).body.items
  expect(before.filter((one) => one.hubId === store.id)).toEqual([])
  const handed = await handOver(newId(), { count: 2 })
  expect(handed.status).toBe(200)
  const { items } = (await t.call('crates.mine', {}, lister)).body
  expect(items).toMatchObject([{ kind: 'org', id: m.supplier.id, hubId: m.hub.id }])
})

test('a type’s code is its own; a written type is told to everybody', async () => {
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const id = newId()
  const body = { code: 'K-6040', name: '600×400 周转筐', tareGrams: 2100, depositFen: 3500 }
  const write = (own: string, over: object = {}) =>
    t.call('crates.writeType', { params: { id: own }, body: { ...body, ...over } }, admin)
  expect((await write(id)).body).toMatchObject({ tareGrams: 2100, closedAt: null })
  expect((await write(newId())).problem.code).toBe('crate_code_taken')
  expect((await write(newId(), { tareGrams: 0 })).problem.code).toBe('bad_input')
  expect((await write(id, { closed: true })).body.closedAt).not.toBeNull()
  const types = await t.call('crates.types', {}, receiver)
  expect(types.body.items.find((one) => one.id === id)).toMatchObject({ code: 'K-6040' })
})
