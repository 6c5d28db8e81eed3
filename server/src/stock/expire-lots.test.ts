import { makeHub, makeLot, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { expireLots } from './expire-lots.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

test('only lots past their last day that nothing is promised from expire, once', async () => {
  const hub = await makeHub(t.db)
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id)
  const today = serviceDayOf(new Date())
  const yesterday = addDays(today, -1)
  const old = { readyDay: addDays(today, -9), useByDay: yesterday }
  const gone = await makeLot(t.db, sku, hub.id, 10_000, old)
  const lastDay = await makeLot(t.db, sku, hub.id, 10_000, { ...old, useByDay: today })
  const promised = await makeLot(t.db, sku, hub.id, 10_000, { ...old, promised: 1000 })
  const planned = await makeLot(t.db, sku, hub.id, 10_000, { ...old, stage: 'planned' })
  expect(await expireLots(t.system())).toBe(1)
  expect(await expireLots(t.system())).toBe(0)
  const rows = await t.sql<{ id: string; stage: string; promisable: number; on_hand: number }[]>`
    select id, stage, promisable, on_hand from lots`
  const of = (id: string) => rows.find((row) => row.id === id)
  expect(of(gone.id)).toMatchObject({ stage: 'expired', promisable: 0, on_hand: 10_000 })
  for (const { id, stage } of [lastDay, promised, planned]) expect(of(id)?.stage).toBe(stage)
  const told = await t.sql`select subject_id from events where type = 'lot.expired'`
  expect(told.map((row) => row['subject_id'])).toEqual([gone.id])
})
