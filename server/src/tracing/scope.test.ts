import { testDb } from '@huming/db/test-db'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { type GoodsEdge, linkGoods } from '../stock/trace-edges.ts'
import { scopeOf } from './scope.ts'

const { db, close } = await testDb()
afterAll(close)

const said = { eventId: newId(), at: new Date('2026-11-24T02:00:00Z') }
const write = (edges: GoodsEdge[]) => db.transaction((tx) => linkGoods(tx, edges))
const made = (fromId: string, toId: string, quantity: number, toQuantity: number): GoodsEdge => ({
  kind: 'made_of',
  fromId,
  toId,
  quantity,
  toQuantity,
  ...said,
})

test('a lot nobody used reaches itself only, and no lots reach nothing', async () => {
  const lot = newId()
  expect(await scopeOf(db, [lot], 'forward')).toEqual({
    lots: [{ lotId: lot, depth: 0 }],
    edges: [],
    orders: [],
    sites: [],
  })
  expect((await scopeOf(db, [], 'back')).lots).toEqual([])
})

test('what a correction took back reaches nothing', async () => {
  const [raw, filling, order] = [newId(), newId(), newId()]
  await write([made(raw, filling, 500, 400), made(raw, filling, -500, -400)])
  await write([
    { kind: 'picked', fromId: raw, toId: order, quantity: 9, ...said },
    { kind: 'picked', fromId: raw, toId: order, quantity: -9, ...said },
  ])
  const scope = await scopeOf(db, [raw], 'forward')
  expect(scope.lots.map((lot) => lot.lotId)).toEqual([raw])
  expect(scope.orders).toEqual([])
})

test('a cycle ends', async () => {
  const [a, b, c] = [newId(), newId(), newId()]
  await write([made(a, b, 1, 1), made(b, c, 1, 1), made(c, a, 1, 1)])
  expect((await scopeOf(db, [a], 'forward')).lots.map((lot) => lot.depth)).toEqual([0, 1, 2])
  expect((await scopeOf(db, [a], 'back')).lots.map((lot) => lot.lotId)).toEqual([a, c, b])
})

test('filling and wrapper make a dumpling: forward to the shop, back to both farms, with quantities', async () => {
  const [pork, flour, filling, wrapper, dumpling, moved] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const [order, other, site] = [newId(), newId(), newId()]
  await write([
    made(pork, filling, 30_000, 28_000),
    made(flour, wrapper, 20_000, 19_500),
    made(filling, dumpling, 28_000, 27_000),
    made(wrapper, dumpling, 19_500, 19_000),
    { kind: 'moved', fromId: dumpling, toId: moved, quantity: 6000, ...said },
    { kind: 'picked', fromId: dumpling, toId: order, quantity: 2000, ...said },
    { kind: 'picked', fromId: moved, toId: order, quantity: 1000, ...said },
    { kind: 'picked', fromId: newId(), toId: order, quantity: 777, ...said },
    { kind: 'picked', fromId: moved, toId: other, quantity: 500, ...said },
    { kind: 'delivered', fromId: order, toId: site, lotId: dumpling, quantity: 1800, ...said },
    { kind: 'delivered', fromId: order, toId: site, lotId: moved, quantity: 1000, ...said },
    { kind: 'delivered', fromId: order, toId: site, lotId: newId(), quantity: 777, ...said },
  ])
  const forward = await scopeOf(db, [pork], 'forward')
  expect(forward.lots).toEqual([
    { lotId: pork, depth: 0 },
    { lotId: filling, depth: 1 },
    { lotId: dumpling, depth: 2 },
    { lotId: moved, depth: 3 },
  ])
  expect(forward.orders).toEqual(
    expect.arrayContaining([
      { lotId: dumpling, orderId: order, picked: 2000, delivered: 1800 },
      { lotId: moved, orderId: order, picked: 1000, delivered: 1000 },
      { lotId: moved, orderId: other, picked: 500, delivered: 0 },
    ]),
  )
  expect(forward.orders).toHaveLength(3)
  expect(forward.sites.map((at) => [at.lotId, at.quantity]).toSorted()).toEqual(
    [
      [dumpling, 1800],
      [moved, 1000],
    ].toSorted(),
  )
  const back = await scopeOf(db, [moved], 'back')
  expect(new Set(back.lots.map((lot) => lot.lotId))).toEqual(
    new Set([moved, dumpling, filling, wrapper, pork, flour]),
  )
  expect(back.edges).toContainEqual({
    fromId: flour,
    toId: wrapper,
    kind: 'made_of',
    quantity: 20_000,
    toQuantity: 19_500,
  })
  expect(back.orders).toEqual([])
})
