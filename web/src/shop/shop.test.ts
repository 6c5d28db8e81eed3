import { readOrderText } from '@huming/shared/order-text'
import { expect, test } from 'vitest'
import { basketLike, basketToChange, emptyBasket, linesOf, withUnits } from './basket-store.ts'
import { isRemark, isWish, nearestFirst, noteWith } from './paste-rules.ts'
import { fitUnits, monthLevel, stepsOf, tierAt, unitsFor } from './rules.ts'
import type { Offer } from './words.ts'

const rule = { minUnits: 4, stepUnits: 2, maxUnits: 20 }

test.each([
  ['the first press gives the minimum', 1, 0, 4],
  ['up goes by whole steps', 5, 4, 6],
  ['down goes by whole steps', 7, 8, 6],
  ['one below the minimum takes it out', 3, 4, 0],
  ['nothing is nothing', 0, 8, 0],
  ['what is typed off the step goes up to it', 9, 0, 10],
  ['too much is the most', 99, 4, 20],
])('%s', (_, wanted, before, units) => expect(fitUnits(rule, wanted, before)).toBe(units))

test('packs without steps are ordered one by one', () => {
  const one = { minUnits: 1, stepUnits: 1, maxUnits: 9999 }
  expect([fitUnits(one, 1, 0), fitUnits(one, 0, 1), fitUnits(one, 7, 3)]).toEqual([1, 0, 7])
})

test('a basket keeps the order of its lines and the id of its first line', () => {
  const empty = emptyBasket()
  const two = withUnits(withUnits(empty, 'b', 1), 'a', 2)
  expect(linesOf(withUnits(two, 'b', 5))).toEqual([
    { skuId: 'b', units: 5 },
    { skuId: 'a', units: 2 },
  ])
  expect(linesOf(withUnits(two, 'b', 0))).toEqual([{ skuId: 'a', units: 2 }])
  expect(two.orderId).toBe(empty.orderId)
})

const order = {
  id: 'order',
  version: 3,
  number: 'D1',
  day: '2026-11-25',
  windowFrom: 60,
  windowTo: 390,
  note: '放后门',
  shortageRule: 'cancel_line' as const,
  lines: [{ skuId: 'a', units: 2, priceCentifen: 500 }],
}

test('changing takes the order over; ordering again begins a new one', () => {
  expect(basketToChange(order)).toMatchObject({
    orderId: 'order',
    version: 3,
    day: '2026-11-25',
    note: '放后门',
    lines: { a: 2 },
  })
  const again = basketLike(order)
  expect(again).toMatchObject({
    version: 0,
    number: null,
    day: null,
    note: '',
    lines: { a: 2 },
    before: { a: 500 },
  })
  expect(again.orderId).not.toBe('order')
})

test('the tier reached holds', () => {
  const tiers: Offer['tiers'] = [
    { fromUnits: 1, centifen: 300, reason: 'list' },
    { fromUnits: 10, centifen: 200, reason: 'list' },
  ]
  expect([0, 1, 9, 10, 50].map((units) => tierAt(tiers, units)?.centifen)).toEqual([300, 300, 300, 200, 200])
  expect(tierAt([], 1)).toBeUndefined()
})

const at = '2026-11-24T12:00:00Z'
const past = (...types: string[]) => types.map((type) => ({ type, at, by: null }))
const done = (status: Parameters<typeof stepsOf>[0]['status'], ...types: string[]) =>
  stepsOf({ status, timeline: past(...types) }).flatMap((one) => (one.done ? [one.step] : []))

test('the steps of an order follow its status', () => {
  expect(done('placed', 'order.placed')).toEqual(['placed'])
  expect(done('picking', 'order.placed', 'order.frozen')).toEqual(['placed', 'frozen'])
  expect(done('awaiting_approval', 'order.placed')).toEqual(['placed'])
  expect(done('placed', 'order.placed', 'order.approved')).toEqual(['placed', 'approved'])
  expect(done('accepted', 'order.placed')).toHaveLength(6)
  expect(done('cancelled', 'order.placed')).toEqual(['placed'])
  expect(done('failed', 'order.placed', 'order.frozen', 'order.loaded')).toEqual([
    'placed',
    'frozen',
    'loaded',
  ])
})

test('seasons are told by month, over the end of the year too', () => {
  const seasons = [
    { from: '11-10', to: '02-10' },
    { from: '12-01', to: '12-31', peak: true },
  ]
  const levels = Array.from({ length: 12 }, (_, month) => monthLevel(seasons, month + 1)[0]).join('')
  expect(levels).toBe('iiooooooooip')
})

const carton = {
  orderUnit: 'carton',
  baseUnit: 'g',
  basePerOrderUnit: 10_000,
  minUnits: 1,
  stepUnits: 1,
  maxUnits: 99,
} as Offer
const amount = (text: string, offer = carton) => {
  const [line] = readOrderText(text)
  if (!line) throw new Error('nothing was read')
  return unitsFor(line, offer)
}

test('a pasted amount becomes order units, and a conversion is said', () => {
  const mismatch = null
  expect(amount('扁肉3箱')).toEqual({ units: 3, converted: null, mismatch })
  expect(amount('扁肉25公斤')).toEqual({ units: 3, converted: '25 公斤', mismatch })
  expect(amount('扁肉40斤')).toEqual({ units: 2, converted: '40 斤', mismatch })
  expect(amount('扁肉')).toEqual({ units: 0, converted: null, mismatch })
})

test('an amount that does not fit the unit of the pack is left to the person', () => {
  const eggs: Offer = { ...carton, baseUnit: 'piece', basePerOrderUnit: 30 }
  expect(amount('鸡蛋10斤', eggs)).toEqual({ units: 0, converted: null, mismatch: '10 斤' })
  expect(amount('鸡蛋60个', eggs)).toEqual({ units: 2, converted: '60 个', mismatch: null })
  expect(amount('扁肉10瓶')).toEqual({ units: 0, converted: null, mismatch: '10 瓶' })
})

const read = (text: string) => {
  const [line] = readOrderText(text)
  if (!line) throw new Error('nothing was read')
  return line
}

test.each(['明天要', '谢谢', '谢谢老板', '不要葱', '明天早上6点前送到', '少放辣', '放后门', '要新鲜的'])(
  '%s orders nothing',
  (text) => expect(isRemark(read(text))).toBe(true),
)

test.each([
  '扁肉',
  '扁肉三箱',
  '要扁肉',
  '明天要扁肉',
  '别墅面条',
  '免洗米',
  '放养鸡',
  '送5斤莲子',
  '早上好莲子',
])('%s is goods', (text) => expect(isRemark(read(text))).toBe(false))

test('wishes go into the note once; thanks do not', () => {
  expect(['明天要', '谢谢老板', '不要葱'].filter(isWish)).toEqual(['明天要', '不要葱'])
  expect(noteWith('', ['明天要', '不要葱'])).toBe('明天要；不要葱')
  expect(noteWith('放后门', ['不要葱', '放后门'])).toBe('放后门；不要葱')
  expect(noteWith('长'.repeat(299), ['不要葱'])).toHaveLength(300)
})

test('the thing itself is proposed before what is made for it', () => {
  const packs = ['扁肉皮', '扁肉馅料', '速冻扁肉'].flatMap((name) => [
    { name, orderUnit: 'bag' },
    { name, orderUnit: 'carton' },
  ])
  const first = (text: string) => nearestFirst(packs, read(text))[0]
  expect(first('扁肉三箱')).toEqual({ name: '速冻扁肉', orderUnit: 'carton' })
  expect(first('扁肉三包')).toEqual({ name: '速冻扁肉', orderUnit: 'bag' })
  expect(first('馄饨三箱')).toEqual({ name: '速冻扁肉', orderUnit: 'carton' })
  expect(first('扁肉皮三箱')).toEqual({ name: '扁肉皮', orderUnit: 'carton' })
  expect(first('馅料三箱')).toEqual({ name: '扁肉馅料', orderUnit: 'carton' })
})
