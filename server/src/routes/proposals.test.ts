import {
  makeBuyer,
  makeHub,
  makeLot,
  makeOrg,
  makePerson,
  makeSite,
  makeSku,
  makeSupplier,
} from '@huming/db/factories'
import { makePickedOrder, makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { type ProposalResult, planProposals } from '@huming/db/schema/planning'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** A picked wave of `sites` orders of 10 kg and three vans that take two each, planned by the dispatcher. */
async function night(sites = 4) {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const dispatcher = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['dispatcher'])
  for (let i = 0; i < 3; i++) {
    const driver = await makePerson(t.db, carrier.id, ['driver'])
    await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id, capacityGrams: 25_000 })
  }
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id, { grossGramsPerUnit: 10_000 })
  const lot = await makeLot(t.db, sku, hub.id, 1_000_000)
  const wave = await makeWave(t.db, hub.id)
  const buyer = await makeBuyer(t.db)
  const addOrder = async (i: number) => {
    const site = await makeSite(t.db, buyer.id, hub.id, { lngE6: 121_400_000 + i * 10_000 })
    return makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }])
  }
  for (let i = 0; i < sites; i++) await addOrder(i)
  const plan = (await t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher)).body
  return { hub, wave, dispatcher, plan, addOrder }
}
type Night = Awaited<ReturnType<typeof night>>
type Plan = Night['plan']

const read = async (who: Guest, id: string) => (await t.call('routes.readPlan', { params: { id } }, who)).body
const ask = (who: Guest, waveId: string, over: object = {}, id = newId()) =>
  t.call('routes.propose', { params: { id }, body: { waveId, seconds: 1, ...over } }, who)
const adopt = (who: Guest, id: string) => t.call('routes.adoptProposal', { params: { id } }, who)

/** The runs as a result that leaves them as they are. */
const asResult = (runs: Plan['runs'], unassigned: ProposalResult['unassigned'] = []): ProposalResult => ({
  method: 'sisr',
  unassigned,
  runs: runs.map((run) => ({
    vehicleId: run.vehicleId,
    runId: run.id,
    departAt: 3600,
    returnAt: 9 * 3600,
    metres: 12_345,
    costFen: 100,
    rests: [],
    stops: run.stops.map((stop, i) => ({
      siteId: stop.siteId,
      orderIds: stop.orders.map((order) => order.id),
      trip: 1,
      windowFrom: 4 * 3600,
      windowTo: 8 * 3600,
      arriveAt: 5 * 3600 + i * 600,
      startAt: 5 * 3600 + i * 600,
      leaveAt: 5 * 3600 + i * 600 + 300,
    })),
  })),
})
const finish = (id: string, result: ProposalResult) =>
  t.db
    .update(planProposals)
    .set({ status: 'done', result, costFen: 100, costParts: { vehicles: 100 }, matrixSource: 'test' })
    .where(eq(planProposals.id, id))

test('strangers, pickers, waves without goods and half-planned proposals are refused', async () => {
  const { wave, hub, dispatcher } = await night()
  const other = await night(1)
  const picker = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['picker'])
  expect((await ask(other.dispatcher, wave.id)).problem.code).toBe('not_found')
  expect((await ask(picker, wave.id)).problem.code).toBe('forbidden')
  const empty = await makeWave(t.db, hub.id, { seq: 2 })
  const waiting = await makeWave(t.db, hub.id, { seq: 3, status: 'planned' })
  expect((await ask(dispatcher, empty.id)).problem.code).toBe('wave_empty')
  expect((await ask(dispatcher, waiting.id)).problem.code).toBe('wrong_state')
  const { body } = await ask(dispatcher, wave.id)
  expect((await adopt(dispatcher, body.id)).problem.code).toBe('wrong_state')
  expect((await adopt(other.dispatcher, body.id)).problem.code).toBe('not_found')
  expect(
    (await t.call('routes.readProposal', { params: { id: body.id } }, other.dispatcher)).problem.code,
  ).toBe('not_found')
})

test('asking twice is one proposal; the same id for something else is refused', async () => {
  const { wave, dispatcher } = await night()
  const id = newId()
  await Promise.all([ask(dispatcher, wave.id, {}, id), ask(dispatcher, wave.id, {}, id)])
  expect((await ask(dispatcher, wave.id, { seconds: 9 }, id)).problem.code).toBe('id_reused')
  const { body } = await t.call('routes.listProposals', { params: { waveId: wave.id } }, dispatcher)
  expect(body.items.map((item) => [item.id, item.kind, item.status])).toEqual([[id, 'again', 'asked']])
  const asked = await t.sql`select id from events where type = 'plan.asked' and subject_id = ${id}`
  expect(asked).toHaveLength(1)
})

test('a cancelled proposal cannot be taken, an adopted one not cancelled', async () => {
  const { wave, dispatcher, plan } = await night()
  const cancel = (id: string) => t.call('routes.cancelProposal', { params: { id } }, dispatcher)
  const one = (await ask(dispatcher, wave.id)).body
  expect((await cancel(one.id)).body.status).toBe('cancelled')
  expect((await cancel(one.id)).body.status).toBe('cancelled')
  expect((await adopt(dispatcher, one.id)).problem.code).toBe('wrong_state')
  const two = (await ask(dispatcher, wave.id)).body
  await finish(two.id, asResult(plan.runs))
  expect((await adopt(dispatcher, two.id)).status).toBe(200)
  expect((await cancel(two.id)).problem.code).toBe('wrong_state')
})

test('what changed since it was asked outdates a proposal: a move, a dispatch, an order, a vehicle', async () => {
  const changes: ((n: Night) => Promise<unknown>)[] = [
    async ({ plan, dispatcher }) => {
      const [a] = plan.runs[0]?.stops ?? []
      const body = { runId: plan.runs[0]?.id as string, seq: 2, version: a?.version as number }
      return t.call('routes.moveStop', { params: { id: a?.id as string }, body }, dispatcher)
    },
    ({ plan, dispatcher }) =>
      t.call('routes.dispatch', { params: { id: plan.id }, body: { runId: plan.runs[0]?.id } }, dispatcher),
    ({ wave, dispatcher }) => t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher),
    ({ addOrder }) => addOrder(7),
    async ({ plan, dispatcher, addOrder, wave }) => {
      const order = await addOrder(8)
      const free = (await t.call('routes.listVehicles', { params: { hubId: wave.hubId } }, dispatcher)).body
        .items
      const vehicleId = free.find((v) => !plan.runs.some((run) => run.vehicleId === v.id))?.id as string
      return t.call(
        'routes.assignOrder',
        { params: { id: plan.id }, body: { orderId: order.id, vehicleId } },
        dispatcher,
      )
    },
    ({ plan, dispatcher }) =>
      t.call(
        'routes.setVehicleService',
        { params: { id: plan.runs[0]?.vehicleId as string }, body: { outOfService: '示例故障' } },
        dispatcher,
      ),
  ]
  for (const change of changes) {
    const made = await night()
    const { body } = await ask(made.dispatcher, made.wave.id)
    await finish(body.id, asResult(made.plan.runs))
    const done = (await change(made)) as { status?: number | string }
    expect(done.status === undefined || typeof done.status === 'string' || done.status === 200).toBe(true)
    expect((await adopt(made.dispatcher, body.id)).problem.code).toBe('proposal_outdated')
  }
})

test('an order that another run has loaded since outdates a proposal that brings it', async () => {
  const { wave, dispatcher, plan, addOrder } = await night(3)
  const [free, going] = plan.runs.toSorted((a, b) => b.stops.length - a.stops.length) as [
    Plan['runs'][number],
    Plan['runs'][number],
  ]
  const dispatch = { params: { id: plan.id }, body: { runId: going.id } }
  expect((await t.call('routes.dispatch', dispatch, dispatcher)).status).toBe(200)
  const order = await addOrder(9)
  const { body } = await ask(dispatcher, wave.id)
  const result = asResult([free])
  result.runs[0]?.stops.push({
    ...result.runs[0].stops[0],
    siteId: order.siteId,
    orderIds: [order.id],
  } as never)
  await finish(body.id, result)
  const assign = { params: { id: plan.id }, body: { orderId: order.id, runId: going.id } }
  expect((await t.call('routes.assignOrder', assign, dispatcher)).status).toBe(200)
  await t.sql`update orders set status = 'loaded' where id = ${order.id}`
  expect((await adopt(dispatcher, body.id)).problem.code).toBe('proposal_outdated')
})

test('a proposal for a wave without a plan is outdated once there is one', async () => {
  const { wave, dispatcher, plan } = await night()
  const { body } = await ask(dispatcher, wave.id)
  await t.db.update(planProposals).set({ planId: null, runVersions: {} }).where(eq(planProposals.id, body.id))
  await finish(body.id, asResult(plan.runs))
  expect((await adopt(dispatcher, body.id)).problem.code).toBe('proposal_outdated')
})

test('adopting moves stops and keeps ids of runs, stops and drivers; twice at once is once', async () => {
  const { wave, dispatcher, plan } = await night()
  const [one, two] = plan.runs as [Plan['runs'][number], Plan['runs'][number]]
  const { body } = await ask(dispatcher, wave.id)
  const swapped = asResult([
    { ...one, stops: [...two.stops].reverse() },
    { ...two, stops: one.stops },
  ])
  await finish(body.id, swapped)
  const doc = (await t.call('routes.readProposal', { params: { id: body.id } }, dispatcher)).body
  expect(doc.runList[0]?.stops.map((stop) => stop.nowOn)).toEqual([two.plate, two.plate])
  const answers = await Promise.all([adopt(dispatcher, body.id), adopt(dispatcher, body.id)])
  expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  const now = await read(dispatcher, plan.id)
  expect(now.runs.map((run) => [run.id, run.driverPersonId, run.version])).toEqual(
    plan.runs.map((run) => [run.id, run.driverPersonId, run.version + 1]),
  )
  expect(now.runs[0]?.stops.map((stop) => stop.id)).toEqual(two.stops.map((stop) => stop.id).reverse())
  expect(now.metres).toBe(2 * 12_345)
  const made = await t.sql`select payload from events where type = 'plan.made' and subject_id = ${plan.id}`
  expect(made.filter((event) => event['payload'].proposalId === body.id)).toHaveLength(1)
})

test('kept runs and those at the dock stay untouched, emptied runs go, unserved orders are told', async () => {
  const { wave, dispatcher, plan } = await night(5)
  const [kept, sent, last] = plan.runs as [Plan['runs'][number], Plan['runs'][number], Plan['runs'][number]]
  await t.call('routes.dispatch', { params: { id: plan.id }, body: { runId: sent.id } }, dispatcher)
  const { body } = await ask(dispatcher, wave.id, { keep: { runIds: [kept.id], stopIds: [] } })
  expect(body.kind).toBe('night')
  const orderId = last.stops[0]?.orders[0]?.id as string
  await finish(body.id, asResult([], [{ orderId, reason: 'shift' }]))
  expect((await adopt(dispatcher, body.id)).status).toBe(200)
  const now = await read(dispatcher, plan.id)
  expect(now.runs.map((run) => [run.id, run.status, run.stops.map((stop) => stop.id)])).toEqual([
    [kept.id, 'planned', kept.stops.map((stop) => stop.id)],
    [sent.id, 'loading', sent.stops.map((stop) => stop.id)],
  ])
  expect(now.unassigned.map((miss) => [miss.orderId, miss.reason])).toEqual([[orderId, 'shift']])
})

test('a plan all of whose runs have gone is a draft again when it gets new ones', async () => {
  const { wave, dispatcher, plan, addOrder } = await night(4)
  await t.call('routes.dispatch', { params: { id: plan.id }, body: {} }, dispatcher)
  const order = await addOrder(5)
  const { body } = await ask(dispatcher, wave.id)
  const vehicles = (await t.call('routes.listVehicles', { params: { hubId: wave.hubId } }, dispatcher)).body
    .items
  const spare = vehicles.find((v) => !plan.runs.some((run) => run.vehicleId === v.id))
  const model = plan.runs[0] as Plan['runs'][number]
  const stop = { ...(model.stops[0] as Plan['runs'][number]['stops'][number]), siteId: order.siteId }
  stop.orders = [{ id: order.id, number: order.number, status: 'picked' }]
  await finish(body.id, asResult([{ ...model, vehicleId: spare?.id as string, stops: [stop] }]))
  const now = (await adopt(dispatcher, body.id)).body
  expect([now.status, now.runs.map((run) => run.status)]).toEqual([
    'draft',
    ['loading', 'loading', 'planned'],
  ])
  const sent = (await t.call('routes.dispatch', { params: { id: plan.id }, body: {} }, dispatcher)).body
  expect(sent.status).toBe('dispatched')
})
