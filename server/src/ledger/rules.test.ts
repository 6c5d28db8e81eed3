import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availableFen, type Movement, owedFen, type Post, splitPost, sumChanges } from './rules.ts'

const account = (over: object = {}) => ({
  debitsPendingFen: 0,
  debitsPostedFen: 0,
  creditsPostedFen: 0,
  creditLimitFen: 1000,
  ...over,
})

test('held and owed lower what is available, payments raise it, never below zero', () => {
  expect(availableFen(account())).toBe(1000)
  expect(availableFen(account({ debitsPendingFen: 300, debitsPostedFen: 500 }))).toBe(200)
  expect(availableFen(account({ debitsPostedFen: 500, creditsPostedFen: 700 }))).toBe(1200)
  expect(availableFen(account({ debitsPendingFen: 1200 }))).toBe(0)
  expect(availableFen(account({ creditLimitFen: null, debitsPendingFen: 9e12 }))).toBeNull()
  expect(owedFen(account({ debitsPostedFen: 500, creditsPostedFen: 700 }))).toBe(-200)
})

test.each([
  [100, 80, 80, 0],
  [100, 100, 100, 0],
  [100, 130, 100, 30],
  [100, 0, 0, 0],
])('a hold of %i with %i owed posts %i and %i beside it', (held, final, postFen, surplusFen) => {
  expect(splitPost(held, final)).toEqual({ postFen, surplusFen })
})

describe('sumChanges', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd')
  const movement = fc
    .record({ debit: ids, credit: ids, amount: fc.nat(1_000_000), extra: fc.nat(1000), kind: fc.nat(3) })
    .filter(({ debit, credit }) => debit !== credit)
    .map(({ debit, credit, amount, extra, kind }): Movement | Post => {
      const entry = { debitAccountId: debit, creditAccountId: credit, amountFen: amount }
      if (kind === 3) return { ...entry, kind: 'post', heldFen: amount + extra }
      return { ...entry, kind: (['hold', 'void', 'direct'] as const)[kind] ?? 'hold' }
    })

  test('whatever moves, debits and credits change alike', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 30 }), (movements) => {
        const changes = [...sumChanges(movements).values()]
        const sum = (pick: (change: (typeof changes)[number]) => number) =>
          changes.reduce((total, change) => total + pick(change), 0)
        expect(sum((change) => change.debitsPending)).toBe(sum((change) => change.creditsPending))
        expect(sum((change) => change.debitsPosted)).toBe(sum((change) => change.creditsPosted))
      }),
    )
  })

  test('a hold and its end leave nothing pending', () => {
    const entry = { debitAccountId: 'buyer', creditAccountId: 'sales', amountFen: 70 }
    const ended = sumChanges([
      { ...entry, kind: 'hold', amountFen: 100 },
      { ...entry, kind: 'post', heldFen: 100 },
    ])
    expect(ended.get('buyer')).toEqual({
      debitsPending: 0,
      debitsPosted: 70,
      creditsPending: 0,
      creditsPosted: 0,
    })
    expect(ended.get('sales')).toMatchObject({ creditsPending: 0, creditsPosted: 70 })
  })
})
