import { expect, test } from 'vitest'
import {
  type Cell,
  copyWeek,
  type Draft,
  drop,
  put,
  type Row,
  refuse,
  settle,
  shownOf,
  toSend,
} from './forecast-drafts.ts'

const [lastWeek, week] = ['2026-11-16', '2026-11-23']
const draft = (lotId: string, over: Partial<Draft> = {}): Draft => ({
  lotId,
  skuId: 'sku',
  week,
  harvestDay: '2026-11-25',
  quantity: 500,
  copied: false,
  version: 0,
  ...over,
})
const cell = (over: object = {}) =>
  ({ week, forecasts: [], said: [], made: 0, inSeason: true, ...over }) as unknown as Cell
const saved = (lotId: string, version: number) => ({ lotId, version }) as never

test('what is changed here lies over what the server says, until it is taken back', () => {
  const known = cell({
    forecasts: [{ lotId: 'a', harvestDay: '2026-11-24', quantity: 300, promised: 20, version: 2 }],
  })
  const drafts = put(put({}, draft('a', { quantity: 400, harvestDay: '2026-11-24', version: 2 })), draft('b'))
  expect(shownOf(known, 'sku', drafts).map((one) => [one.lotId, one.quantity, one.state])).toEqual([
    ['a', 400, 'waiting'],
    ['b', 500, 'waiting'],
  ])
  expect(shownOf(known, 'other', drafts).map((one) => one.quantity)).toEqual([300])
  const gone = put(drafts, draft('b', { quantity: 0 }))
  expect(Object.keys(gone)).toEqual(['a'])
  expect(shownOf(known, 'sku', put(gone, draft('a', { quantity: 0, version: 2 })))).toEqual([])
  expect(shownOf(known, 'sku', drop(gone, 'a')).map((one) => one.state)).toEqual(['saved'])
})

test('typed again while it was on its way, the newer one goes on from the version it made', () => {
  const first = put({}, draft('a'))
  const sent = toSend(first)
  const typed = put(first, draft('a', { quantity: 800 }))
  expect(settle(first, sent, [saved('a', 1)])).toEqual({})
  expect(settle(typed, sent, [saved('a', 1)])['a']).toMatchObject({ quantity: 800, version: 1 })
  expect(put(settle(typed, sent, [saved('a', 1)]), draft('a', { quantity: 900 }))['a']?.version).toBe(1)
})

test('a refusal marks the cells it names and lets the others through', () => {
  const drafts = put(put(put({}, draft('a')), draft('b')), draft('c'))
  const sent = toSend(drafts)
  const index = sent.findIndex((one) => one.lotId === 'b')
  const marked = refuse(
    drafts,
    sent,
    [{ pointer: `/body/cells/${index}`, reason: 'out_of_season' }],
    '不在上市季',
  )
  expect(toSend(marked).map((one) => one.lotId)).toEqual(['a', 'c'])
  expect(shownOf(cell(), 'sku', marked).find((one) => one.lotId === 'b')).toMatchObject({
    state: 'refused',
    problem: '不在上市季',
  })
  expect(toSend(put(marked, draft('b', { quantity: 10 })))).toHaveLength(3)
  expect(toSend(refuse(drafts, sent, [], '没有了'))).toHaveLength(2)
})

test('last week once more: each harvest day a week later, only where nothing is said and the day lies ahead', () => {
  const row = (skuId: string, over: object = {}, before: object = {}) =>
    ({
      skuId,
      cells: [
        cell({
          week: lastWeek,
          said: [
            { harvestDay: '2026-11-16', quantity: 100 },
            { harvestDay: '2026-11-19', quantity: 300 },
          ],
          ...before,
        }),
        cell(over),
      ],
    }) as unknown as Row
  let next = 0
  const ways = {
    newId: () => `n${next++}`,
    later: (day: string) => ({ '2026-11-16': '2026-11-23', '2026-11-19': '2026-11-26' })[day] ?? '',
    today: '2026-11-24',
  }
  const full = { forecasts: [{ lotId: 'x', harvestDay: '2026-11-24', quantity: 1, promised: 0, version: 1 }] }
  const copied = copyWeek(
    [row('a'), row('b', { inSeason: false }), row('c', full), row('d', {}, { said: [] })],
    0,
    {},
    ways,
  )
  expect(copied).toEqual([
    { lotId: 'n0', skuId: 'a', week, harvestDay: '2026-11-26', quantity: 300, copied: true, version: 0 },
  ])
  const again = copied.reduce(put, {})
  expect(copyWeek([row('a')], 0, again, ways)).toEqual([])
})
