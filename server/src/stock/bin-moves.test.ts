import { makeBin, makeHub, makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { BIN_KIND_IDS } from '@huming/shared/reference/bins'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { defaultBin, type GoodsMove, moveGoods, takeGoods } from './bin-moves.ts'
import { mayMove } from './bin-rules.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
let sku: Awaited<ReturnType<typeof makeSku>>

beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
  sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
})
afterAll(() => t.close())

const bin = (kind: (typeof BIN_KIND_IDS)[number], serial = 1) =>
  makeBin(t.db, hub.id, { zone: 'ambient', kind, nth: serial })
const move = (one: Omit<GoodsMove, 'subjectId' | 'eventId'>) =>
  inTransaction(t.system(), (tx) =>
    moveGoods(tx, t.system(), { subjectId: one.lotId, eventId: newId(), ...one }),
  )
const stateOf = async (id: string) => {
  const [lot] = await t.sql`select on_hand from lots where id = ${id}`
  const lying = await t.sql`
    select b.code, s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${id} and s.quantity > 0 order by b.code`
  return { onHand: lot?.['on_hand'] as number, bins: lying.map((row) => [row['code'], row['quantity']]) }
}
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  )

test('no road leads from returns or destruction back to sale, whatever the movement is called', () => {
  const kinds = [
    'put',
    'move',
    'hold',
    'release',
    'pick',
    'transfer_out',
    'loss',
    'return_to_stock',
    'receive',
  ]
  for (const kind of kinds) {
    for (const to of [...BIN_KIND_IDS, null]) {
      expect(mayMove('returns', to, kind), `returns → ${to} by ${kind}`).toBe(to === 'destroy')
      expect(mayMove('destroy', to, kind), `destroy → ${to} by ${kind}`).toBe(false)
    }
    for (const from of [...BIN_KIND_IDS, null]) expect(mayMove(from, 'returns', kind)).toBe(false)
  }
  for (const to of BIN_KIND_IDS) expect(mayMove(null, to, 'return')).toBe(to === 'returns')
  for (const from of BIN_KIND_IDS) expect(mayMove(from, null, 'destroy')).toBe(from === 'destroy')
  expect(mayMove('quarantine', 'pick_face', 'move')).toBe(false)
  expect(mayMove('quarantine', null, 'pick')).toBe(false)
})

test('what is not in the bin cannot be moved, nor into a closed bin, nor to another hub', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 9000)
  const [dock, face] = [await bin('dock'), await bin('pick_face')]
  const closed = await bin('reserve', 9)
  await t.sql`update bins set closed_at = now() where id = ${closed.id}`
  const elsewhere = await makeBin(t.db, (await makeHub(t.db)).id, { zone: 'ambient', kind: 'dock' })
  const from = { lotId: lot.id, fromBinId: dock.id, kind: 'move' }
  expect(await codeOf(move({ ...from, toBinId: face.id, quantity: 9001 }))).toBe('bin_short')
  expect(await codeOf(move({ ...from, toBinId: closed.id, quantity: 1 }))).toBe('bin_closed')
  expect(await codeOf(move({ ...from, toBinId: elsewhere.id, quantity: 1 }))).toBe('bin_move_forbidden')
  const returns = await bin('returns')
  expect(await codeOf(move({ ...from, toBinId: returns.id, quantity: 1 }))).toBe('bin_move_forbidden')
  expect(await stateOf(lot.id)).toEqual({ onHand: 9000, bins: [[dock.code, 9000]] })
})

test('on hand is what lies in sellable bins', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 9000)
  const [dock, face, apart] = [await bin('dock'), await bin('pick_face'), await bin('quarantine')]
  const lotId = lot.id
  expect(await move({ lotId, fromBinId: dock.id, toBinId: face.id, quantity: 4000, kind: 'put' })).toBe(0)
  expect(await move({ lotId, fromBinId: dock.id, toBinId: apart.id, quantity: 3000, kind: 'hold' })).toBe(
    -3000,
  )
  expect(await stateOf(lotId)).toEqual({
    onHand: 6000,
    bins: [
      [dock.code, 2000],
      [face.code, 4000],
      [apart.code, 3000],
    ],
  })
  expect(await move({ lotId, fromBinId: apart.id, toBinId: dock.id, quantity: 3000, kind: 'release' })).toBe(
    3000,
  )
  expect((await stateOf(lotId)).onHand).toBe(9000)
})

test('a taking empties pick faces first and never touches what is kept apart', async () => {
  const lot = await makeLot(t.db, sku, hub.id, 9000)
  const [dock, face, reserve, apart] = [
    await bin('dock'),
    await bin('pick_face'),
    await bin('reserve'),
    await bin('quarantine'),
  ]
  const from = { lotId: lot.id, fromBinId: dock.id }
  await move({ ...from, toBinId: reserve.id, quantity: 3000, kind: 'put' })
  await move({ ...from, toBinId: face.id, quantity: 2000, kind: 'put' })
  await move({ ...from, toBinId: apart.id, quantity: 1000, kind: 'hold' })
  const take = (quantity: number) =>
    inTransaction(t.system(), (tx) =>
      takeGoods(tx, t.system(), {
        lotId: lot.id,
        quantity,
        kind: 'pick',
        subjectId: lot.id,
        eventId: newId(),
      }),
    )
  await take(2500)
  expect((await stateOf(lot.id)).bins).toEqual([
    [dock.code, 2500],
    [apart.code, 1000],
    [reserve.code, 3000],
  ])
  expect(await codeOf(take(5501))).toBe('bin_short')
  await take(5500)
  expect((await stateOf(lot.id)).bins).toEqual([[apart.code, 1000]])
})

test('asked for at once, a default bin is made once', async () => {
  const fresh = await makeHub(t.db)
  const made = await Promise.all(
    Array.from({ length: 6 }, () =>
      inTransaction(t.system(), (tx) => defaultBin(tx, fresh.id, 'frozen', 'quarantine')),
    ),
  )
  expect(new Set(made.map((one) => one.id)).size).toBe(1)
  expect(made[0]).toMatchObject({ code: 'FZ-Q01', kind: 'quarantine', zone: 'frozen' })
  await t.sql`update bins set closed_at = now() where hub_id = ${fresh.id}`
  const next = await inTransaction(t.system(), (tx) => defaultBin(tx, fresh.id, 'frozen', 'quarantine'))
  expect(next.code).toBe('FZ-Q02')
})
