import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextLook, shareOut, takeBack } from './rules.ts'

const open = [
  { id: 'old', openFen: 300 },
  { id: 'mid', openFen: 200 },
  { id: 'new', openFen: 100 },
]

test('oldest due first, the rest is prepaid', () => {
  expect(shareOut(350, open, null)).toEqual([
    { statementId: 'old', fen: 300 },
    { statementId: 'mid', fen: 50 },
  ])
  expect(shareOut(700, open, null).reduce((sum, part) => sum + part.fen, 0)).toBe(600)
})

test('the statement it was meant for comes first, one that is paid gets nothing', () => {
  expect(shareOut(150, open, 'new')).toEqual([
    { statementId: 'new', fen: 100 },
    { statementId: 'old', fen: 50 },
  ])
  expect(shareOut(50, [{ id: 'paid', openFen: 0 }, ...open], 'paid')).toEqual([
    { statementId: 'old', fen: 50 },
  ])
})

test('parts stay within what is open and what came; taking all back undoes them', () => {
  const sums = fc.array(fc.nat(100_000), { maxLength: 12 })
  fc.assert(
    fc.property(fc.nat(500_000), sums, fc.nat(12), (amount, openFens, meant) => {
      const statements = openFens.map((openFen, i) => ({ id: String(i), openFen }))
      const parts = shareOut(amount, statements, String(meant))
      const paid = parts.reduce((sum, part) => sum + part.fen, 0)
      expect(paid).toBe(
        Math.min(
          amount,
          openFens.reduce((sum, one) => sum + one, 0),
        ),
      )
      for (const part of parts)
        expect(part.fen).toBeLessThanOrEqual(openFens[Number(part.statementId)] as number)
      const back = takeBack(amount, amount - paid, parts)
      expect(back.reduce((sum, part) => sum + part.fen, 0)).toBe(paid === 0 ? 0 : -paid)
    }),
  )
})

test('a small refund of a payment with a prepaid rest touches no statement', () => {
  expect(takeBack(40, 50, [{ statementId: 'old', fen: 300 }])).toEqual([])
  expect(takeBack(80, 50, [{ statementId: 'old', fen: 300 }])).toEqual([{ statementId: 'old', fen: -30 }])
})

test('looks grow rarer, an hour apart at most', () => {
  const now = new Date('2026-11-25T00:00:00Z')
  const pauses = [0, 1, 2, 20].map((looks) => nextLook(now, looks).getTime() - now.getTime())
  expect(pauses).toEqual([15_000, 30_000, 60_000, 3_600_000])
})
