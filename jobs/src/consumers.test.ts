import { setImmediate } from 'node:timers/promises'
import { makeBuyer, makeHub, makeLot, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { emit } from '@huming/server/kernel/emit'
import { type TestApp, testApp } from '@huming/server/test-app'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { lineAmountFen } from '@huming/shared/money'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chores } from './chores.ts'
import type { Chore } from './clock.ts'
import { consumers } from './consumers.ts'
import { quietLog } from './relay.fixture.ts'
import { startJobs } from './start-jobs.ts'

let t: TestApp
let base: { db: TestApp['db']; sql: TestApp['sql']; log: typeof quietLog }
beforeAll(async () => {
  t = await testApp()
  base = { db: t.db, sql: t.sql, log: quietLog }
})
afterAll(() => t.close())

const until = async (reached: () => Promise<boolean>) => {
  const end = Date.now() + 30_000
  while (!(await reached())) {
    if (Date.now() > end) throw new Error('not reached in 30 s')
    await setImmediate()
  }
}
const start = (over: Partial<Parameters<typeof startJobs>[0]> = {}) =>
  startJobs({ base, databaseUrl: t.url, consumers, chores: {}, ...over })

/** A buyer’s order of 5 cartons from a made lot, for tomorrow. */
async function placedOrder() {
  const hub = await makeHub(t.db)
  const supplier = await makeSupplier(t.db)
  const sku = await makeSku(t.db, supplier.id)
  const lot = await makeLot(t.db, sku, hub.id, 100_000, { stage: 'made' })
  const buyer = await makeBuyer(t.db)
  const site = await makeSite(t.db, buyer.id, hub.id)
  const who = await t.guest(buyer, ['purchaser'])
  const day = addDays(serviceDayOf(new Date()), 2)
  const id = newId()
  const expectedTotalFen = lineAmountFen({ priceCentifen: 500_000, pricingBase: 1000, quantity: 50_000 })
  const placed = await t.call(
    'orders.place',
    {
      params: { id },
      body: {
        siteId: site.id,
        day,
        windowFrom: site.windowFrom,
        windowTo: site.windowTo,
        expectedTotalFen,
        lines: [{ skuId: sku.id, units: 5 }],
      },
    },
    who,
  )
  expect(placed.status).toBe(200)
  return { hub, supplier, sku, lot, day, id }
}

test('after a cut-off the supplier is called off and a wave is planned, once each', async () => {
  const { hub, supplier, day, id } = await placedOrder()
  const { closeCutOff } = await import('@huming/server/orders/close-cut-off')
  await closeCutOff(t.system(), hub.id, { day, buyerClass: null })
  const jobs = await start()
  await until(async () => (await t.sql`select 1 from wave_orders where order_id = ${id}`).length > 0)
  await until(async () => (await t.sql`select 1 from events where relayed_at is null`).length === 0)
  await until(async () => {
    const [row] = await t.sql<{ done: number; due: number }[]>`
      select (select count(*) from event_effects f join events e on e.id = f.event_id where e.hub_id = ${hub.id}) as done,
        2 * (select count(*) from events where type = 'cutoff.closed' and hub_id = ${hub.id}) as due`
    return row !== undefined && row.done === row.due
  })
  await jobs.close()
  const asked = await t.sql`select quantity, status from call_offs where org_id = ${supplier.id}`
  expect([...asked]).toEqual([{ quantity: 50_000, status: 'asked' }])
  expect((await t.sql`select id from waves where hub_id = ${hub.id} and day = ${day}`).length).toBe(1)
})

test('the clock closes a cut-off whose time has come', async () => {
  const { hub, id } = await placedOrder()
  await t.sql`update cut_off_rules set days_before = 14 where hub_id = ${hub.id}`
  const { cut_off } = chores
  const jobs = await start({ chores: { cut_off: { ...cut_off, every: 500 } as Chore } })
  await until(
    async () => (await t.sql`select 1 from orders where id = ${id} and status <> 'placed'`).length > 0,
  )
  await jobs.close()
  expect((await t.sql`select status from orders where id = ${id}`)[0]?.['status']).toBe('frozen')
})

test('a held lot gives its promises back to the buyers with the reason', async () => {
  const { lot, id } = await placedOrder()
  const { holdLot } = await import('@huming/server/stock/hold-lot')
  await holdLot(t.system(), lot.id, '示例：快检不合格')
  const jobs = await start()
  await until(async () => (await t.sql`select 1 from lots where id = ${lot.id} and promised = 0`).length > 0)
  await jobs.close()
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${id}`
  expect([line?.['cut_quantity'], line?.['cut_reason']]).toEqual([50_000, 'held'])
})

test('a released lot promises no more than still lies on sale', async () => {
  const { lot, id } = await placedOrder()
  // While it was stopped, most of it went to quarantine.
  await t.sql`update lots set stage = 'received', on_hand = 20000, promisable = 50000 where id = ${lot.id}`
  await t.db.transaction((tx) =>
    emit(tx, t.system(), { type: 'lot.released', subjectId: lot.id, payload: { to: 'received' } }),
  )
  const jobs = await start()
  await until(
    async () => (await t.sql`select 1 from lots where id = ${lot.id} and promised = 20000`).length > 0,
  )
  await jobs.close()
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${id}`
  expect([line?.['cut_quantity'], line?.['cut_reason']]).toEqual([30_000, 'held'])
})

test('operations can have a failed job tried again', async () => {
  let broken = true
  let ran = 0
  const failing = {
    fail_once: {
      every: 3_600_000,
      run: async () => {
        if (broken) throw new Error('示例 failure')
        ran++
      },
    },
  }
  const jobs = await start({ chores: failing })
  const failed = async () =>
    (await t.sql<{ failed: { id: string }[] }[]>`select failed from queue_states where queue = 'clock'`)[0]
      ?.failed ?? []
  await until(async () => (await failed()).length > 0)
  broken = false
  const { retryJobs } = await import('@huming/server/reports/queues')
  await retryJobs(
    t.system(),
    'clock',
    (await failed()).map((job) => job.id),
  )
  await until(async () => ran > 0)
  await jobs.close()
}, 180_000)
