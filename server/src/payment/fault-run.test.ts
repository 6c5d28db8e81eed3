import { afterAll, beforeAll, expect, test } from 'vitest'
import { allFaults, faultRun } from './fault-run.ts'
import { compareBooks } from './fault-run-checks.ts'
import { type PayWorld, payWorld } from './test-pay.ts'

const seed = Number(process.env['SEED'] ?? 11)
let w: PayWorld
beforeAll(async () => {
  w = await payWorld(allFaults, seed)
})
afterAll(() => w.close())

test('with every fault of notices and calls no payment is lost or doubled', {
  timeout: 180_000,
}, async () => {
  const buyers = await Promise.all(Array.from({ length: 8 }, () => w.buyer()))
  const result = await faultRun({
    base: { db: w.t.db, sql: w.t.sql, log: w.t.app.log },
    provider: w.provider,
    settings: w.settings,
    buyers: buyers.map(({ payer }) => payer),
    desk: [w.finance, w.second],
    payments: 150,
    seed,
  })
  expect(result).toMatchObject({ payments: 150, lost: 0, doubled: 0, unbalanced: 0 })
  const { books, plan, deliveries } = w.provider
  expect(books.charges.size).toBeGreaterThan(100)
  expect(books.refunds.size).toBeGreaterThan(2)
  expect(books.disputes.size).toBeGreaterThan(0)
  expect(deliveries?.forgedSent).toBeGreaterThan(0)
  expect(Object.keys(plan.counts).length).toBeGreaterThan(5)
  // The comparison itself must see what is wrong: a charge that was never told, and an entry too many.
  const [charge] = books.charges.values()
  if (!charge) throw new Error('nothing was paid')
  books.charges.set('ch_more', { ...charge, id: 'ch_more', payment_intent: 'pi_unknown' })
  expect((await compareBooks(w.t.sql, books)).lost).toBe(1)
  books.charges.delete('ch_more')
  books.charges.delete(charge.id)
  expect((await compareBooks(w.t.sql, books)).doubled).toBe(1)
})
