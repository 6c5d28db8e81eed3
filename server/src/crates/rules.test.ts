import { expect, test } from 'vitest'
import { balanceKey, type CrateMove, type Party, settleMoves, uncounted } from './rules.ts'

const hub: Party = { kind: 'hub', id: 'h' }
const driver: Party = { kind: 'driver', id: 'd' }
const shop: Party = { kind: 'org', id: 's' }
const move = (from: Party | null, to: Party | null, count: number, kind: CrateMove['kind']): CrateMove => ({
  typeId: 't',
  count,
  from,
  to,
  kind,
})
const counts = (of: Record<string, number>) =>
  new Map(Object.entries(of).map(([id, count]) => [balanceKey(id, 't'), count]))

test('who has too few is told how many, and nothing is moved', () => {
  const before = counts({ s: 3 })
  const settled = settleMoves(before, [move(shop, null, 5, 'lost')], hub, 'refuse')
  expect(settled).toEqual({ ok: false, typeId: 't', has: 3 })
  expect(before).toEqual(counts({ s: 3 }))
})

test('crates that a driver leaves without having loaded them came from the hub, and the hub’s were found', () => {
  const settled = settleMoves(counts({ h: 2, d: 1 }), [move(driver, shop, 6, 'deliver')], hub, 'explain')
  expect(settled).toMatchObject({
    ok: true,
    moves: [
      { from: null, to: hub, count: 3, kind: 'found', reason: uncounted.found },
      { from: hub, to: driver, count: 5, kind: 'load', reason: uncounted.load },
      { from: driver, to: shop, count: 6, kind: 'deliver' },
    ],
    counts: counts({ h: 0, d: 0, s: 6 }),
  })
})

test('a shop that gives back more than it has on the books had them: the rest is found with it', () => {
  const settled = settleMoves(counts({ s: 2 }), [move(shop, driver, 5, 'take_back')], hub, 'explain')
  expect(settled).toMatchObject({
    ok: true,
    moves: [
      { from: null, to: shop, count: 3, kind: 'found' },
      { from: shop, to: driver, count: 5, kind: 'take_back' },
    ],
    counts: counts({ s: 0, d: 5 }),
  })
})

test('moves of one hand-over are taken in their order', () => {
  const settled = settleMoves(
    counts({ d: 4 }),
    [move(driver, shop, 4, 'deliver'), move(shop, driver, 3, 'take_back')],
    hub,
    'refuse',
  )
  expect(settled).toMatchObject({ ok: true, counts: counts({ d: 3, s: 1 }) })
})
