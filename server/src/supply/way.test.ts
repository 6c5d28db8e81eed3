import { makeHub, makeSupplier } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let m: Market
let lister: Guest
let receiver: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
})
afterAll(() => t.close())

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
const leg = (
  mode: 'road' | 'rail' | 'air',
  fromPlace: string,
  toPlace: string,
  from: number,
  to: number,
  over: object = {},
) => ({
  id: newId(),
  mode,
  fromPlace,
  toPlace,
  carrier: '示例承运',
  vehicle: mode === 'road' ? '闽G12345' : 'X1',
  waybill: `WB-${newId().slice(-6)}`,
  departsAt: hours(from),
  arrivesAt: hours(to),
  ...over,
})
/** By truck to the station, by rail to Shanghai, by truck to the hub. */
const threeLegs = () => [
  leg('road', '沙县基地', '三明北站', -10, -8),
  leg('rail', '三明北站', '上海虹桥站', -7, 2),
  leg('road', '上海虹桥站', '江桥仓', 3, 5, { vehicle: '沪A00001' }),
]
type Legs = ReturnType<typeof threeLegs>

async function draft(zones: ('ambient' | 'frozen' | 'chilled')[] = ['frozen']) {
  const id = newId()
  const lots = await Promise.all(
    zones.map((zone) => m.goods(10, { zone }, { stage: 'made', readyDay: m.day })),
  )
  const lines = lots.map(({ lot }) => ({ lotId: lot.id, quantity: 100_000 }))
  const body = { orgId: m.supplier.id, hubId: m.hub.id, lines, version: 0 }
  expect((await t.call('supply.writeConsignment', { params: { id }, body }, lister)).status).toBe(200)
  return id
}
type SetPoint = { zone: 'frozen' | 'chilled' | 'ambient'; setPointDeciC: number }
const way = (id: string, legs: Legs, zones: SetPoint[] = [], who = lister) =>
  t.call('legs.write', { params: { id }, body: { legs, zones } }, who)
const ship = (id: string, over: object = {}) =>
  t.call(
    'supply.shipConsignment',
    {
      params: { id },
      body: {
        plate: '闽G12345',
        sealNumber: 'S-1',
        setPointDeciC: -200,
        departsAt: hours(-10),
        expectedAt: hours(5),
        // Planning the way is a change of the draft.
        version: 2,
        ...over,
      },
    },
    lister,
  )
const pass = (id: string, seq: number, over: object = {}, who = lister, handoverId = newId()) =>
  t.call(
    'legs.handOver',
    {
      params: { id, handoverId },
      body: {
        seq,
        at: hours(seq - 9),
        sealFound: seq === 1 ? null : 'ok',
        sealNumber: `S-${seq}`,
        readings: [{ zone: 'frozen' as const, deciC: -195 }],
        takenBy: '干线司机（示例）',
        ...over,
      },
    },
    who,
  )

test('legs that do not follow one another are refused, with the leg and why', async () => {
  const id = await draft()
  const [a, b, c] = threeLegs() as [Legs[0], Legs[0], Legs[0]]
  const reason = async (legs: Legs) => {
    const { problem } = await way(id, legs)
    return [problem.code, problem.pointers?.[0]?.pointer, problem.pointers?.[0]?.reason]
  }
  expect(await reason([{ ...a, arrivesAt: a.departsAt }])).toEqual([
    'legs_broken',
    '/body/legs/0',
    'arrives_before_departing',
  ])
  expect(await reason([a, { ...b, fromPlace: '福州站' }])).toEqual([
    'legs_broken',
    '/body/legs/1',
    'other_place',
  ])
  expect(await reason([a, { ...b, departsAt: hours(-9) }])).toEqual([
    'legs_broken',
    '/body/legs/1',
    'departs_before_arrival',
  ])
  expect(await reason([a, b, { ...c, arrivesAt: hours(24 * 8) }])).toEqual([
    'legs_broken',
    '/body/legs/2',
    'too_long',
  ])
  expect(await reason([{ ...a, toPlace: a.fromPlace }])).toEqual([
    'legs_broken',
    '/body/legs/0',
    'same_place',
  ])
  expect(await reason([a, { ...b, id: a.id }])).toEqual(['legs_broken', '/body/legs/1', 'twice'])
  expect((await way(id, [])).problem.code).toBe('bad_input')
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await way(id, [a], [], stranger)).problem.code).toBe('not_found')
  expect((await way(id, [a], [], receiver)).problem.code).toBe('forbidden')
  const other = await draft()
  expect((await way(other, [a])).status).toBe(200)
  expect((await way(id, [a])).problem.code).toBe('id_reused')
})

test('each zone is set within what its goods take; a truck with two zones ships frozen and chilled together', async () => {
  const id = await draft(['frozen', 'chilled'])
  const legs = threeLegs()
  const set = async (frozen: number, chilled: number) =>
    (
      await way(id, legs, [
        { zone: 'frozen', setPointDeciC: frozen },
        { zone: 'chilled', setPointDeciC: chilled },
      ])
    ).problem?.code
  expect(await set(-150, 40)).toBe('set_point_wrong')
  expect(await set(-200, 90)).toBe('set_point_wrong')
  expect(await set(-200, -20)).toBe('set_point_wrong')
  expect(await set(-200, 40)).toBeUndefined()
  const seen = (await t.call('legs.read', { params: { id } }, lister)).body
  expect(seen.zones).toMatchObject([
    { zone: 'chilled', setPointDeciC: 40 },
    { zone: 'frozen', setPointDeciC: -200 },
  ])
  const times = { departsAt: legs[0]?.departsAt as string, expectedAt: legs[2]?.arrivesAt as string }
  expect((await ship(id, { ...times, setPointDeciC: null })).status).toBe(200)
})

test('a load leaves and arrives when its way says so', async () => {
  const id = await draft()
  const legs = threeLegs()
  await way(id, legs)
  const off = await ship(id, { departsAt: hours(-12), expectedAt: hours(9) })
  expect(off.problem.code).toBe('times_wrong')
  expect(off.problem.pointers?.map((one) => one.pointer)).toEqual(['/body/departsAt', '/body/expectedAt'])
  const times = { departsAt: legs[0]?.departsAt as string, expectedAt: legs[2]?.arrivesAt as string }
  expect((await ship(id, times)).status).toBe(200)
})

test('without a planned way a load goes in one leg to the hub', async () => {
  const id = await draft()
  expect((await ship(id, { mode: 'air', version: 1 })).status).toBe(200)
  const { legs } = (await t.call('legs.read', { params: { id } }, receiver)).body
  expect(legs).toMatchObject([{ seq: 1, mode: 'air', toPlace: m.hub.name, departedAt: null }])
})

test('goods pass from carrier to carrier in order, each time with seal and temperature', async () => {
  const id = await draft()
  const legs = threeLegs()
  await way(id, legs)
  expect((await pass(id, 1)).problem.code).toBe('wrong_state')
  await ship(id, { departsAt: legs[0]?.departsAt as string, expectedAt: legs[2]?.arrivesAt as string })
  expect((await pass(id, 2)).problem).toMatchObject({ code: 'handover_order', params: { next: 1 } })
  expect((await pass(id, 1, { readings: [] })).problem.code).toBe('temperature_missing')
  expect((await pass(id, 1, { at: hours(2) })).problem.code).toBe('times_wrong')
  const first = newId()
  const begun = await pass(id, 1, { at: hours(-9.9) }, lister, first)
  expect(begun.body.handovers).toMatchObject([{ seq: 1, place: '沙县基地', sealNumber: 'S-1' }])
  expect(begun.body.legs[0]?.departedAt).not.toBeNull()
  expect((await pass(id, 1, {}, lister, first)).problem.code).toBe('id_reused')
  expect((await pass(id, 2, { sealFound: null })).problem.code).toBe('bad_input')
  expect((await pass(id, 2, { sealFound: 'broken' })).problem.code).toBe('reason_missing')
  expect((await pass(id, 2, { at: hours(-11) })).problem.code).toBe('times_wrong')
  const warm = await pass(id, 2, {
    sealFound: 'broken',
    note: '换装时撞坏',
    readings: [{ zone: 'frozen', deciC: -100 }],
  })
  expect(warm.body.handovers[1]?.readings).toEqual([{ zone: 'frozen', deciC: -100, judged: 'reject' }])
  expect(warm.body.legs[0]?.arrivedAt).toBe(warm.body.legs[1]?.departedAt)
  const told = await t.sql`select key from notices where org_id = ${m.hub.orgId} and subject_id = ${id}`
  expect(told.map((one) => one['key'])).toEqual(['notice.load_warm'])
  const last = await pass(id, 3, { at: hours(-1) })
  expect(last.status).toBe(200)
  expect((await pass(id, 4)).problem.code).toBe('handover_order')
  const seen = (await t.call('supply.readConsignment', { params: { id } }, receiver)).body
  expect([seen.plate, seen.sealNumber]).toEqual(['沪A00001', 'S-3'])
  const arrivedAt = hours(1)
  await t.sql`update consignments set status = 'arrived', arrived_at = ${arrivedAt} where id = ${id}`
  const done = (await t.call('legs.read', { params: { id } }, lister)).body
  expect(Date.parse(done.legs[2]?.arrivedAt ?? '')).toBe(Date.parse(arrivedAt))
  expect((await way(id, legs)).problem.code).toBe('wrong_state')
})

test('a leg begun stays; those ahead may change, and the hub sees the new arrival', async () => {
  const id = await draft()
  const legs = threeLegs()
  await way(id, legs)
  await ship(id, { departsAt: legs[0]?.departsAt as string, expectedAt: legs[2]?.arrivesAt as string })
  await pass(id, 1, { at: hours(-9.9) })
  const [a, b, c] = legs as [Legs[0], Legs[0], Legs[0]]
  expect((await way(id, [b, c])).problem.pointers?.[0]?.reason).toBe('begun')
  expect((await way(id, [{ ...a, mode: 'air' }, b, c])).problem.pointers?.[0]?.reason).toBe('begun')
  const later = { ...c, id: newId(), arrivesAt: hours(9) }
  expect((await way(id, [a, b, later])).status).toBe(200)
  const seen = (await t.call('supply.readConsignment', { params: { id } }, receiver)).body
  expect(Date.parse(seen.expectedAt ?? '')).toBe(Date.parse(later.arrivesAt))
  const otherHub = await makeHub(t.db)
  const elsewhere = await t.guest({ id: otherHub.orgId, kind: 'warehouse' }, ['receiver'])
  expect((await t.call('legs.read', { params: { id } }, elsewhere)).problem.code).toBe('not_found')
})
