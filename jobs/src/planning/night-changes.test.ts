import { orders } from '@huming/db/schema/orders'
import { planProposals } from '@huming/db/schema/planning'
import { emit } from '@huming/server/kernel/emit'
import { inTransaction } from '@huming/server/kernel/transaction'
import { type TestApp, testApp } from '@huming/server/test-app'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { consumers } from '../consumers.ts'
import { quietLog } from '../relay.fixture.ts'
import { startJobs } from '../start-jobs.ts'
import { plannedNight } from './night.fixture.ts'
import { patienceMs, until } from './until.fixture.ts'

vi.setConfig({ testTimeout: patienceMs })

let t: TestApp
let jobs: Awaited<ReturnType<typeof startJobs>>
/** Proposals that the jobs process left to the dispatcher. */
const leftAlone = new Set<string>()
beforeAll(async () => {
  t = await testApp()
  const info = (...told: unknown[]) => {
    const [fields, sentence] = told as [{ proposalId?: string }, string]
    if (fields.proposalId && sentence === 'proposal left to the dispatcher') leftAlone.add(fields.proposalId)
  }
  const base = { db: t.db, sql: t.sql, log: { ...quietLog, info } }
  jobs = await startJobs({ base, databaseUrl: t.url, consumers, chores: {} })
})
afterAll(async () => {
  await jobs.close()
  await t.close()
})

type Night = Awaited<ReturnType<typeof plannedNight>>
const tell = (night: Night, type: string, subjectId: string, payload: Record<string, unknown> = {}) => {
  const ctx = t.system()
  return inTransaction(ctx, (tx) => emit(tx, ctx, { type, subjectId, hubId: night.hub.id, payload }))
}
const proposals = (night: Night) =>
  t.db
    .select()
    .from(planProposals)
    .where(eq(planProposals.waveId, night.wave.id))
    .orderBy(planProposals.askedAt)
const oneOf = async (night: Night, kind: string, fits: (status: string) => boolean) => {
  const reached = (rows: Row[]) => rows.find((row) => row.kind === kind && fits(row.status))
  return reached(
    await until(
      () => proposals(night),
      (rows) => reached(rows) !== undefined,
    ),
  ) as Row
}
type Row = typeof planProposals.$inferSelect
const ended = (night: Night, kind: string) =>
  oneOf(night, kind, (status) => !['asked', 'running'].includes(status))
const adopted = (night: Night, kind: string) => oneOf(night, kind, (status) => status === 'adopted')

test('a draft that somebody touched is left to the dispatcher', async () => {
  const night = await plannedNight(t)
  await tell(night, 'wave.released', night.wave.id)
  // What the proposal starts from is noted when it is asked for; the touch comes after it.
  const [asked] = await until(
    () => proposals(night),
    (rows) => rows.length > 0,
  )
  const [run] = (await night.readPlan()).runs
  await t.sql`update runs set version = version + 1 where id = ${run?.id as string}`
  await until(
    async () => [...leftAlone],
    (ids) => ids.includes(asked?.id as string),
  )
  expect((await proposals(night)).map((row) => row.status)).toEqual(['done'])
  expect((await night.readPlan()).method).toBe('nearest_neighbour')
})

test('after the release of a wave the product plans and takes its plan by itself, once', async () => {
  const night = await plannedNight(t, { sites: 8 })
  await tell(night, 'wave.released', night.wave.id)
  await tell(night, 'wave.released', night.wave.id)
  await adopted(night, 'first')
  const plan = await night.readPlan()
  expect([plan.method, plan.status, plan.unassigned]).toEqual(['sisr', 'draft', []])
  expect(plan.runs.flatMap((run) => run.stops)).toHaveLength(8)
  expect(plan.runs.every((run) => run.driverPersonId !== null)).toBe(true)
  expect(await proposals(night)).toHaveLength(1)
})

test('an order that was cut leaves its stop, and the rest is looked at again', async () => {
  const night = await plannedNight(t, { sites: 5 })
  const before = await night.plan()
  const gone = before.runs[0]?.stops[0]
  const orderId = gone?.orders[0]?.id as string
  await t.db.update(orders).set({ status: 'cancelled' }).where(eq(orders.id, orderId))
  await tell(night, 'order.cancelled', orderId)
  const proposal = await ended(night, 'night')
  expect(proposal.reason).toContain('已取消')
  const stops = (await night.readPlan()).runs.flatMap((run) => run.stops.map((stop) => stop.id))
  expect(stops).not.toContain(gone?.id)
  expect(stops).toHaveLength(4)
})

test('a truck that fails at the dock gives its goods back and others bring them', async () => {
  const night = await plannedNight(t, { sites: 6, vans: 5, perVan: 3 })
  const plan = await night.plan()
  await t.call('routes.dispatch', { params: { id: plan.id }, body: {} }, night.dispatcher)
  const [broken, other] = plan.runs
  const code = night.orders.find((order) => order.id === broken?.stops[0]?.orders[0]?.id)
    ?.toteCodes[0] as string
  const load = { params: { id: broken?.id as string }, body: { code } }
  expect((await t.call('delivery.loadTote', load, night.dispatcher)).status).toBe(200)
  // Who was told a word for the door loses it with the stop.
  await t.sql`insert into receiver_pins (stop_id, pin) select id, '123456' from stops where run_id = ${broken?.id as string}
    on conflict do nothing`
  const service = { params: { id: broken?.vehicleId as string }, body: { outOfService: '示例：制冷机故障' } }
  await t.call('routes.setVehicleService', service, night.dispatcher)
  const proposal = await adopted(night, 'night')
  expect(proposal.reason).toContain('示例：制冷机故障')
  const now = await night.readPlan()
  expect(now.unassigned).toEqual([])
  const served = now.runs.flatMap((run) => run.stops.flatMap((stop) => stop.orders.map((order) => order.id)))
  expect(served.toSorted()).toEqual(night.orders.map((order) => order.id).toSorted())
  expect(now.runs.some((run) => run.vehicleId === broken?.vehicleId && run.stops.length > 0)).toBe(false)
  expect(now.runs.find((run) => run.id === other?.id)).toMatchObject({ status: 'loading' })
  expect((await t.sql`select status from totes where code = ${code}`)[0]?.['status']).toBe('sealed')
  const [order] = await t.db
    .select()
    .from(orders)
    .where(eq(orders.id, broken?.stops[0]?.orders[0]?.id as string))
  expect(order?.status).toBe('picked')
  expect(now.status).toBe('draft')
})

test('a truck that is well again before anybody looked keeps its run', async () => {
  const night = await plannedNight(t)
  const plan = await night.plan()
  await tell(night, 'vehicle.service_set', plan.runs[0]?.vehicleId as string)
  await until(
    () => t.sql`select 1 from event_effects f join events e on e.id = f.event_id
      where f.consumer = 'free_runs' and e.hub_id = ${night.hub.id}`,
    (rows) => rows.length > 0,
  )
  expect((await night.readPlan()).runs.map((run) => run.id)).toEqual(plan.runs.map((run) => run.id))
  expect(await proposals(night)).toEqual([])
})
