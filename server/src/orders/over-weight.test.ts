import { lineAmountFen } from '@huming/shared/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billOf } from './over-weight.ts'

const line = (delivered: number, over: object = {}) => ({
  catchWeight: true,
  toleranceBp: 500,
  nominal: 2_000,
  deliveredQuantity: delivered,
  priceCentifen: 500_000,
  basePerPriceUnit: 1_000,
  lots: [{ lotId: 'a', quantity: delivered }],
  ...over,
})

test('up to the tolerance the true weight is billed, above it the rest waits', () => {
  expect(billOf(line(1_900))).toMatchObject({ billedQuantity: 1_900, finalFen: 9_500, excess: null })
  expect(billOf(line(2_100))).toMatchObject({ billedQuantity: 2_100, finalFen: 10_500, excess: null })
  expect(billOf(line(2_101))).toMatchObject({
    billedQuantity: 2_100,
    finalFen: 10_500,
    excess: { fen: 5, lots: [{ lotId: 'a', quantity: 1 }] },
  })
  expect(billOf(line(9_000, { catchWeight: false })).excess).toBeNull()
})

test('the parts always sum to the whole, in money and in each lot', () => {
  const lots = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      lots,
      fc.integer({ min: 1, max: 900_000 }),
      fc.integer({ min: 0, max: 5_000 }),
      (grams, price, bp) => {
        const delivered = grams.reduce((sum, one) => sum + one, 0)
        const told = grams.map((quantity, i) => ({ lotId: String(i), quantity }))
        const bill = billOf(line(delivered, { lots: told, priceCentifen: price, toleranceBp: bp }))
        const whole = lineAmountFen({ priceCentifen: price, pricingBase: 1_000, quantity: delivered })
        expect(bill.finalFen + (bill.excess?.fen ?? 0)).toBe(whole)
        for (const [i, lot] of told.entries()) {
          const rest = bill.excess?.lots[i]?.quantity ?? 0
          expect((bill.lots[i]?.quantity ?? 0) + rest).toBe(lot.quantity)
          expect(rest).toBeGreaterThanOrEqual(0)
        }
      },
    ),
  )
})
