import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ServiceDay, serviceDay } from './days.ts'
import { entriesOf, type InForce, keyOf, type SettledLine, settleOrder } from './settle-order.ts'
import {
  type CommissionBasis,
  dueDay,
  payoutRhythms,
  releaseDay,
  reverseSplit,
  type Split,
  splitSale,
  withoutTerms,
} from './settling.ts'

const terms = {
  ...withoutTerms,
  feeBp: 300,
  feeBpByCategory: { C1: 500 },
  deliveryFeeCentifen: 3_000,
  retentionBp: 400,
}
const sale = { grossFen: 100_000, taxRateBp: 900, grams: 20_000, category: 'A1' }

test('fee by category and weight, commission and retention come off the gross; the rest is the supplier’s', () => {
  // 3 % and 20 kg at 0.30 yuan = 36.00 yuan; commission 50.00, of which the platform pays half; 4 % held back.
  expect(splitSale(sale, terms, 5_000, 5_000)).toEqual({
    grossFen: 100_000,
    taxFen: 8_257,
    feeFen: 3_600,
    retentionFen: 4_000,
    commissionSupplierFen: 2_500,
    commissionPlatformFen: 2_500,
    netFen: 89_900,
  })
  expect(splitSale({ ...sale, category: 'C1' }, terms, 0, 10_000).feeFen).toBe(5_600)
})

test('fees never take more than the goods brought', () => {
  const split = splitSale({ ...sale, grossFen: 500 }, terms, 900, 10_000)
  expect(split).toMatchObject({ feeFen: 500, commissionSupplierFen: 0, retentionFen: 0, netFen: 0 })
})

test.each([
  ['weekly', '2026-11-24', '2026-12-07'],
  ['weekly', '2026-11-22', '2026-11-30'],
  ['half_month', '2026-11-01', '2026-11-16'],
  ['half_month', '2026-11-08', '2026-11-16'],
  ['half_month', '2026-11-24', '2026-12-16'],
  ['half_month', '2026-11-23', '2026-12-01'],
  ['monthly', '2026-11-23', '2026-12-01'],
  ['monthly', '2026-11-24', '2027-01-01'],
] as const)('%s: what was delivered on %s is due on %s, after the claim window', (rhythm, day, due) => {
  expect(dueDay(serviceDay(day), { ...terms, rhythm, waitDays: 7 })).toBe(due)
})

test('a retention of a month made on the 31st is given back on the last day of the next', () => {
  expect(releaseDay('2027-01-31' as ServiceDay, 1)).toBe('2027-02-28')
  expect(releaseDay('2026-11-24' as ServiceDay, 6)).toBe('2027-05-24')
  expect(releaseDay('2026-12-15' as ServiceDay, 1)).toBe('2027-01-15')
})

const anyTerms = fc.record({
  feeBp: fc.nat(3_000),
  feeBpByCategory: fc.constantFrom<Record<string, number>>({}, { A1: 0 }, { A1: 9_999 }),
  deliveryFeeCentifen: fc.nat(50_000),
  retentionBp: fc.nat(3_000),
  retentionMonths: fc.nat(12),
  rhythm: fc.constantFrom(...payoutRhythms),
  waitDays: fc.nat(30),
})
const anySale = fc.record({
  grossFen: fc.nat(50_000_000),
  taxRateBp: fc.constantFrom(0, 100, 900, 1300),
  grams: fc.nat(2_000_000),
  category: fc.constantFrom('A1', 'C1'),
})
const parts: (keyof Split)[] = ['feeFen', 'retentionFen', 'commissionSupplierFen', 'netFen']
const sum = (split: Split): number => parts.reduce((total, key) => total + split[key], 0)

describe('properties', () => {
  test('the parts of a sale are never below zero and sum to its gross', () => {
    fc.assert(
      fc.property(anySale, anyTerms, fc.nat(100_000), fc.nat(10_000), (one, agreed, commission, pays) => {
        const split = splitSale(one, agreed, commission, pays)
        expect(sum(split)).toBe(one.grossFen)
        for (const key of parts) expect(split[key]).toBeGreaterThanOrEqual(0)
        expect(split.commissionPlatformFen).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('however a sale is taken back piece by piece, each piece sums and nothing is left at the end', () => {
    fc.assert(
      fc.property(
        anySale,
        anyTerms,
        fc.nat(100_000),
        fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { maxLength: 8 }),
        (one, agreed, commission, cuts) => {
          let left = splitSale(one, agreed, commission, 6_000)
          let released = false
          const take = (grossFen: number) => {
            const back = reverseSplit(left, grossFen, released)
            expect(sum(back)).toBe(-grossFen + 0)
            for (const key of [...parts, 'taxFen', 'commissionPlatformFen'] as const)
              expect(back[key]).toBeLessThanOrEqual(0)
            left = Object.fromEntries(
              Object.entries(left).map(([key, value]) => [key, value + back[key as keyof Split]]),
            ) as Split
          }
          for (const [permille, release] of cuts) {
            released ||= release
            take(Math.trunc((left.grossFen * permille) / 1000))
          }
          take(left.grossFen)
          expect(left.grossFen).toBe(0)
          expect(sum(left)).toBe(0)
          expect([left.taxFen, left.feeFen, left.commissionSupplierFen, left.commissionPlatformFen]).toEqual(
            one.grossFen === 0 ? [0, 0, 0, expect.any(Number)] : [0, 0, 0, 0],
          )
        },
      ),
    )
  })

  test('an order settles to its final sums: the clearing account is even and each party gets its rows', () => {
    const line = fc.record({
      supplier: fc.constantFrom('s1', 's2', 's3'),
      finalFen: fc.nat(1_000_000),
      lots: fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 4 }),
    })
    const mandate = fc.constantFrom<[CommissionBasis, number] | null>(
      null,
      ['kg', 600],
      ['bp', 200],
      ['lump', 5_001],
    )
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        anyTerms,
        mandate,
        fc.nat(10_000),
        (lines, agreed, paid, pays) => {
          const force: InForce = {
            terms: { ...agreed, id: 't', platformOrgId: 'ops' },
            mandate: paid
              ? {
                  id: 'm',
                  brokerOrgId: 'b',
                  platformOrgId: 'ops',
                  basis: paid[0],
                  rate: paid[1],
                  supplierPaysBp: pays,
                }
              : null,
          }
          const settled: SettledLine[] = lines.map(({ supplier, finalFen, lots }, i) => ({
            orderLineId: `l${i}`,
            supplierOrgId: supplier,
            category: 'A1',
            taxRateBp: 900,
            finalFen,
            gramsPer: [1, 1],
            lots: lots.map((quantity, n) => ({ lotId: `lot${n}`, quantity })),
          }))
          const order = {
            orderId: 'o',
            buyerOrgId: 'buyer',
            hubOrgId: 'hub',
            eventId: 'e',
            at: new Date('2026-11-24T01:00:00Z'),
          }
          const rows = settleOrder(
            order,
            settled,
            (one) => (one === 's3' ? { terms: null, mandate: null } : force),
            (a, b) => a + b,
          )
          for (const [i, { finalFen, lots }] of lines.entries()) {
            const own = rows.filter((row) => row.orderLineId === `l${i}`)
            expect(own.reduce((total, row) => total + row.grossFen, 0)).toBe(finalFen)
            expect(own.map((row) => row.quantity)).toEqual(lots)
          }
          const balances = new Map<string, number>()
          for (const { debit, credit, amountFen } of entriesOf(rows)) {
            expect(amountFen).toBeGreaterThan(0)
            balances.set(keyOf(debit), (balances.get(keyOf(debit)) ?? 0) - amountFen)
            balances.set(keyOf(credit), (balances.get(keyOf(credit)) ?? 0) + amountFen)
          }
          const of = (key: string) => balances.get(key) ?? 0
          const total = (pick: (row: (typeof rows)[number]) => number) =>
            rows.reduce((all, row) => all + pick(row), 0)
          expect(of('hub:sales')).toBe(0 - lines.reduce((all, one) => all + one.finalFen, 0))
          expect(of('b:commission')).toBe(
            total((row) => row.commissionSupplierFen + row.commissionPlatformFen),
          )
          expect(of('ops:fees')).toBe(total((row) => row.feeFen - row.commissionPlatformFen))
          for (const one of ['s1', 's2', 's3']) {
            const own = rows.filter((row) => row.supplierOrgId === one)
            expect(of(`${one}:payable`)).toBe(own.reduce((all, row) => all + row.netFen, 0))
            expect(of(`${one}:retention`)).toBe(own.reduce((all, row) => all + row.retentionFen, 0))
          }
          if (paid?.[0] === 'lump' && rows.some((row) => row.supplierOrgId !== 's3' && row.grossFen > 0))
            expect(total((row) => row.commissionSupplierFen + row.commissionPlatformFen)).toBeLessThanOrEqual(
              2 * 5_001,
            )
        },
      ),
    )
  })
})
