import { expect, test } from 'vitest'
import { type AtDock, type BinContent, suggest } from './put-away-rules.ts'

const goods: AtDock = {
  lotId: 'l',
  skuId: 's',
  useByDay: '2026-12-20',
  quantity: 100,
  promisedTonight: 40,
  remainingDays: 20,
  nearExpiryDays: 5,
}
const bin = (code: string, kind: string, ...held: { lotId: string; skuId: string; useByDay: string }[]) =>
  ({ code, kind, sequence: Number(code.slice(1)), goods: held }) satisfies BinContent
const other = { lotId: 'o', skuId: 'x', useByDay: '2026-12-01' }

test('with no bin of the kind nothing is named', () => {
  expect(suggest(goods, [bin('R1', 'reserve')])).toEqual({ advice: 'pick_face', bins: [] })
})

test('what tonight takes whole stays at the dock, what is nearly expired has its own place', () => {
  expect(suggest({ ...goods, promisedTonight: 100 }, []).advice).toBe('cross_dock')
  expect(suggest({ ...goods, remainingDays: 5 }, []).advice).toBe('near_expiry')
})

test('goods that expire earlier keep the pick face: the new ones go to the reserve', () => {
  const earlier = { lotId: 'e', skuId: 's', useByDay: '2026-12-10' }
  const bins = [bin('P1', 'pick_face', earlier), bin('R2', 'reserve', other), bin('R3', 'reserve')]
  expect(suggest(goods, bins)).toEqual({
    advice: 'reserve',
    bins: [
      { code: 'R3', kind: 'reserve', why: 'free' },
      { code: 'R2', kind: 'reserve', why: 'shared' },
    ],
  })
  expect(suggest({ ...goods, useByDay: '2026-12-05' }, bins).advice).toBe('pick_face')
})

test('first where the lot lies already, then a free bin, then the pack’s, and no more than three', () => {
  const bins = [
    bin('P1', 'pick_face', other),
    bin('P2', 'pick_face', { lotId: 'e', skuId: 's', useByDay: '2026-12-20' }),
    bin('P3', 'pick_face'),
    bin('P4', 'pick_face', { lotId: 'l', skuId: 's', useByDay: '2026-12-20' }),
  ]
  expect(suggest(goods, bins).bins.map((one) => one.why)).toEqual(['same_lot', 'free', 'same_pack'])
})
