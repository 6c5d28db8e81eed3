import { fork } from 'node:child_process'
import { once } from 'node:events'
import { planProposals } from '@huming/db/schema/planning'
import { vehicles } from '@huming/db/schema/routes'
import { type TestApp, testApp } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { quietLog } from '../relay.fixture.ts'
import { plannedNight } from './night.fixture.ts'
import { planProposal } from './plan-proposal.ts'
import { claim } from './proposal-state.ts'
import { patienceMs, until } from './until.fixture.ts'

vi.setConfig({ testTimeout: patienceMs })

let t: TestApp
let base: { db: TestApp['db']; sql: TestApp['sql']; log: typeof quietLog }
beforeAll(async () => {
  t = await testApp()
  base = { db: t.db, sql: t.sql, log: quietLog }
})
afterAll(() => t.close())

const rowOf = async (id: string) =>
  (
    await t.db.select().from(planProposals).where(eq(planProposals.id, id))
  )[0] as typeof planProposals.$inferSelect

test('one that is cancelled or not there is not planned', async () => {
  const { ask, dispatcher, read } = await plannedNight(t)
  const id = await ask()
  await t.call('routes.cancelProposal', { params: { id } }, dispatcher)
  await planProposal(base, id)
  await planProposal(base, newId())
  expect((await read(id)).status).toBe('cancelled')
})

test('cancelling ends a search that runs, and nothing of it is left', async () => {
  const { ask, dispatcher, read } = await plannedNight(t)
  const id = await ask({ seconds: 60 })
  const planning = planProposal(base, id)
  await until(
    () => rowOf(id),
    (row) => (row.progress?.steps ?? 0) > 0,
  )
  const seen = (await read(id)).progress
  expect(seen?.costFen).toBeGreaterThan(0)
  expect(seen?.seconds).toBeGreaterThan(0)
  await t.call('routes.cancelProposal', { params: { id } }, dispatcher)
  await planning
  expect(await rowOf(id)).toMatchObject({ status: 'cancelled', result: null, costFen: null })
})

test('a process that is told to end gives the proposal back', async () => {
  const { ask } = await plannedNight(t)
  const id = await ask({ seconds: 60 })
  const closing = new AbortController()
  const planning = planProposal(base, id, closing.signal)
  await until(
    () => rowOf(id),
    (row) => row.status === 'running',
  )
  closing.abort()
  await expect(planning).rejects.toThrow('closing')
  expect((await rowOf(id)).status).toBe('asked')
})

test('what a killed process left is taken over', async () => {
  const { ask, read } = await plannedNight(t)
  const id = await ask({ seconds: 60 })
  const child = fork(new URL('./planner.child.ts', import.meta.url), [t.url, id])
  await until(
    () => rowOf(id),
    (row) => row.progress !== null,
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  await t.sql`update plan_proposals set seconds = 1, seen_at = now() where id = ${id}`
  expect(await claim(base, id, new Date())).toBeNull()
  expect(await rowOf(id)).toMatchObject({ status: 'running', costFen: null })
  await t.sql`update plan_proposals set seen_at = now() - interval '16 seconds' where id = ${id}`
  await planProposal(base, id)
  expect((await read(id)).status).toBe('done')
})

test('two processes at once plan it once; a repeat changes nothing', async () => {
  const { ask } = await plannedNight(t)
  const id = await ask()
  await Promise.all([planProposal(base, id), planProposal(base, id)])
  const first = await rowOf(id)
  expect(first.status).toBe('done')
  await planProposal(base, id)
  expect(await rowOf(id)).toEqual(first)
})

test('a plan costs no more than the draft, every order is in it, and it can be taken', async () => {
  const { plan, ask, read, adopt, orders } = await plannedNight(t, { sites: 9 })
  const draft = await plan()
  const id = await ask()
  await planProposal(base, id)
  const done = await read(id)
  expect(done.metres).toBeLessThanOrEqual(draft.metres)
  expect(done.unassignedList).toEqual([])
  const planned = done.runList.flatMap((run) => run.stops.flatMap((stop) => stop.orderIds))
  expect(planned.toSorted()).toEqual(orders.map((order) => order.id).toSorted())
  const parts = done.costParts ?? {}
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(done.costFen)
  expect(parts['vehicles']).toBe(done.runList.length * 20_000)
  const taken = await adopt(id)
  expect([taken.status, taken.body.method, taken.body.metres]).toEqual([200, 'sisr', done.metres])
})

test('kept stops stay on their vehicle and kept runs out of it; one that cannot be kept fails the plan', async () => {
  const { plan, ask, read, addOrder } = await plannedNight(t, { sites: 6, perVan: 3 })
  const draft = await plan()
  const [kept, open] = draft.runs
  const stop = open?.stops[0]
  await addOrder(11)
  const id = await ask({ keep: { runIds: [kept?.id], stopIds: [stop?.id] } })
  await planProposal(base, id)
  const done = await read(id)
  expect(done.runList.some((run) => run.vehicleId === kept?.vehicleId)).toBe(false)
  const on = done.runList.find((run) => run.stops.some((one) => one.siteId === stop?.siteId))
  expect([on?.vehicleId, on?.runId]).toEqual([open?.vehicleId, open?.id])
  await t.db
    .update(vehicles)
    .set({ zones: ['frozen'] })
    .where(eq(vehicles.id, open?.vehicleId as string))
  const again = await ask({ keep: { runIds: [], stopIds: [stop?.id] } })
  await planProposal(base, again)
  expect(await read(again)).toMatchObject({ status: 'failed', failure: 'kept_unserved', runList: [] })
})

test('planning anew around one order more leaves all others on their vehicles', async () => {
  const { plan, ask, read, adopt, addOrder } = await plannedNight(t, { sites: 6, perVan: 4 })
  await plan()
  const first = await ask()
  await planProposal(base, first)
  await adopt(first)
  const order = await addOrder(12)
  const id = await ask()
  await planProposal(base, id)
  const stops = (await read(id)).runList.flatMap((run) =>
    run.stops.map((stop) => ({ ...stop, plate: run.plate })),
  )
  expect(stops.find((stop) => stop.orderIds.includes(order.id))?.nowOn).toBeNull()
  expect(stops.filter((stop) => stop.nowOn !== null && stop.nowOn !== stop.plate)).toEqual([])
})
