import { makeBin, makeHub, makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let s: Stores
beforeAll(async () => {
  t = await testApp()
  s = await testStores(t)
})
afterAll(() => t.close())

const codeOf = (answer: { status: number; problem?: { code: string } }) =>
  answer.status === 200 ? 'done' : answer.problem?.code
const writeBin = (id: string, over: object = {}, who: Guest = s.lead) =>
  t.call(
    'storing.writeBin',
    {
      params: { id },
      body: { hubId: s.hub.id, code: 'A-01-01', zone: 'ambient', kind: 'reserve', sequence: 10, ...over },
    },
    who,
  )
const close = (id: string, closed = true) =>
  t.call('storing.closeBin', { params: { id }, body: { closed } }, s.lead)

test('a bin keeps its code, zone and kind for ever; only the lead opens and closes bins', async () => {
  const id = newId()
  expect(codeOf(await writeBin(id, {}, s.receiver))).toBe('forbidden')
  const elsewhere = await makeHub(t.db)
  expect(codeOf(await writeBin(id, { hubId: elsewhere.id }))).toBe('not_found')
  expect((await writeBin(id)).body).toMatchObject({ code: 'A-01-01', lots: 0, closedAt: null })
  expect(codeOf(await writeBin(id))).toBe('done')
  expect(codeOf(await writeBin(newId()))).toBe('bin_code_taken')
  for (const over of [{ kind: 'pick_face' }, { zone: 'frozen' }, { code: 'A-01-02' }])
    expect(codeOf(await writeBin(id, over))).toBe('bin_fixed')
  expect((await writeBin(id, { sequence: 77 })).body.sequence).toBe(77)
})

test('a bin with goods in it cannot be closed, an empty one takes nothing once closed', async () => {
  const { lot } = await s.goods(3)
  const [dock, shelf] = [await s.bin('dock'), await s.bin('reserve', 11)]
  await s.put(lot.id, dock.id, shelf.id, 10_000)
  expect(codeOf(await close(shelf.id))).toBe('bin_not_empty')
  await s.put(lot.id, shelf.id, dock.id, 10_000)
  expect((await close(shelf.id)).body.closedAt).not.toBeNull()
  expect(codeOf(await s.put(lot.id, dock.id, shelf.id, 10_000))).toBe('bin_closed')
  const listed = await t.call(
    'storing.listBins',
    { query: { hubId: s.hub.id, search: shelf.code } },
    s.picker,
  )
  expect(listed.body.items).toEqual([])
  expect((await close(shelf.id, false)).body.closedAt).toBeNull()
})

test('goods move only within their zone, hub and among sellable bins, and only what is there', async () => {
  const { lot } = await s.goods(3)
  const [dock, face, freezer] = [
    await s.bin('dock'),
    await s.bin('pick_face'),
    await s.bin('pick_face', 1, 'frozen'),
  ]
  const elsewhere = await makeBin(t.db, s.sub.id, { zone: 'ambient', kind: 'pick_face' })
  expect(codeOf(await s.put(lot.id, dock.id, freezer.id, 10_000))).toBe('bin_wrong_zone')
  expect(codeOf(await s.put(lot.id, dock.id, elsewhere.id, 10_000))).toBe('not_found')
  expect(codeOf(await s.put(lot.id, dock.id, dock.id, 10_000))).toBe('bin_move_forbidden')
  expect(codeOf(await s.put(lot.id, dock.id, face.id, 30_001))).toBe('bin_short')
  for (const kind of ['quarantine', 'returns', 'destroy'] as const)
    expect(codeOf(await s.put(lot.id, dock.id, (await s.bin(kind)).id, 10_000))).toBe('bin_move_forbidden')
  const stranger = await t.guest({ id: (await makeHub(t.db)).orgId, kind: 'warehouse' }, ['lead'])
  expect(codeOf(await s.put(lot.id, dock.id, face.id, 10_000, newId(), stranger))).toBe('not_found')
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 30_000 })
})

test('a move done twice moves once; the id with another body is refused', async () => {
  const { lot } = await s.goods(3)
  const [dock, face] = [await s.bin('dock'), await s.bin('pick_face')]
  const id = newId()
  await Promise.all([
    s.put(lot.id, dock.id, face.id, 10_000, id),
    s.put(lot.id, dock.id, face.id, 10_000, id),
  ])
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 20_000, [face.code]: 10_000 })
  expect(codeOf(await s.put(lot.id, dock.id, face.id, 20_000, id))).toBe('id_reused')
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 30_000, promisable: 30_000 })
  const moved = await t.call('storing.listMovements', { query: { lotId: lot.id } }, s.picker)
  expect(moved.body.items).toMatchObject([
    { kind: 'put', quantity: 10_000, from: dock.code, to: face.code },
    { kind: 'receive', quantity: 30_000, from: null, to: dock.code },
  ])
})

test('a written movement cannot be changed or deleted, and none can be written out of returns to a shelf', async () => {
  const { lot } = await s.goods(1)
  const [returns, face] = [await s.bin('returns'), await s.bin('pick_face')]
  await expect(t.sql`update movements set quantity = 1 where lot_id = ${lot.id}`).rejects.toThrow(
    'append-only',
  )
  await expect(t.sql`delete from movements where lot_id = ${lot.id}`).rejects.toThrow('append-only')
  const forged = t.sql`
    insert into movements (id, lot_id, hub_id, kind, quantity, from_bin_id, to_bin_id, subject_id, event_id, at)
    values (${newId()}, ${lot.id}, ${s.hub.id}, 'move', 1, ${returns.id}, ${face.id}, ${lot.id}, ${newId()}, now())`
  await expect(forged).rejects.toThrow('may not go')
})

test('a scan names the bin or the lot of this hub, whatever the code is wrapped in', async () => {
  const { lot } = await s.goods(1)
  const dock = await s.bin('dock')
  const scan = async (code: string) =>
    (await t.call('storing.scan', { params: { hubId: s.hub.id }, query: { code } }, s.picker)).body
  expect((await scan(dock.code.toLowerCase())).bin?.id).toBe(dock.id)
  expect((await scan(`https://huming.example/b/${lot.code}`)).stock).toMatchObject([
    { lotId: lot.id, quantity: 10_000 },
  ])
  expect(await scan('NOTHING-OF-OURS')).toEqual({ bin: null, stock: [] })
})

test('what is promised and not at the pick face is to be brought there, what picks wait for first', async () => {
  const { sku, lot } = await s.goods(9)
  const [dock, face, reserve] = [await s.bin('dock'), await s.bin('pick_face', 5), await s.bin('reserve', 5)]
  await s.put(lot.id, dock.id, reserve.id, 80_000)
  await s.put(lot.id, dock.id, face.id, 10_000)
  const later = await makeLot(t.db, sku, s.hub.id, 50_000, { useByDay: '2099-01-01' })
  const buyer = await s.shop()
  await s.place(buyer, [[sku, 4]])
  const want = async () =>
    (await t.call('storing.listReplenishments', { query: { hubId: s.hub.id } }, s.picker)).body.items.filter(
      (one) => [lot.id, later.id].includes(one.lotId),
    )
  expect(await want()).toMatchObject([
    { lotId: lot.id, from: reserve.code, to: face.code, quantity: 30_000, urgent: false },
  ])
  await s.released()
  const [suggested] = await want()
  expect(suggested).toMatchObject({ urgent: true, quantity: 30_000 })
  await s.put(lot.id, reserve.id, face.id, 30_000)
  expect(await want()).toEqual([])
})
