import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { endStopped } from './end-stopped.ts'
import { testNight } from './test-night.ts'

const t = await testApp()
afterAll(() => t.close())

test('the tasks of a stopped lot end without keeping its goods from a picker who holds one of them', async () => {
  const n = await testNight(t)
  const { sku, lot } = await n.goods(6)
  for (let i = 0; i < 2; i++) await n.place(await n.shop(), [[sku, 3]])
  const tasks = await n.tasks(await n.released())
  expect(tasks).toHaveLength(2)
  const last = tasks.map(({ id }) => id).toSorted()[1] as string
  await t.sql`update lots set stage = 'held', hold_reason = '复检' where id = ${lot.id}`
  // As a consumer runs it: all in one transaction.
  let ending: Promise<number> | undefined
  await t.sql.begin(async (picker) => {
    await picker`select id from pick_tasks where id = ${last} for no key update`
    ending = t.db.transaction((tx) => endStopped({ ...t.system(), db: tx as never }, lot.id))
    await setTimeout(500)
    const locked = await picker`select id from lots where id = ${lot.id} for no key update nowait`
    expect(locked).toHaveLength(1)
  })
  expect(await ending).toBe(2)
})
