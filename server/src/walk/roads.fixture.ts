import { makeLot, makeSite, makeSku } from '@huming/db/factories'
import { makePickedOrder, makeWave } from '@huming/db/factories-dispatch'
import { tripCheckItems } from '@huming/db/schema/driving'
import { type ProposalResult, planProposals } from '@huming/db/schema/planning'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import type { TestApp } from '../test-app.ts'
import { inDays, well } from './goods.fixture.ts'
import { type Parties, uploaded } from './parties.fixture.ts'

/** The words to bring goods of a side's supplier from a picked wave to the doors of its buyer. */
async function driving(t: TestApp, { orgs, hub, guests }: Parties) {
  const { dispatcher, driver } = guests
  const sku = await makeSku(t.db, orgs.coop.id)
  const lot = await makeLot(t.db, sku, hub.id, 1_000_000)
  const pickedWave = async (day: number, sites = 1) => {
    const wave = await makeWave(t.db, hub.id, { day: inDays(day) })
    const orders = []
    for (let i = 0; i < sites; i++) orders.push(await addOrder(wave, i))
    return { wave, orders }
  }
  const addOrder = async (wave: Awaited<ReturnType<typeof makeWave>>, i: number) => {
    const site = await makeSite(t.db, orgs.buyer.id, hub.id, { lngE6: 121_300_000 + i * 20_000 })
    return makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }])
  }
  const planned = async (day: number, sites = 1) => {
    const made = await pickedWave(day, sites)
    const plan = well(await t.call('routes.plan', { params: { waveId: made.wave.id } }, dispatcher))
    return { ...made, plan, run: plan.runs[0] as (typeof plan.runs)[number] }
  }
  type Made = Awaited<ReturnType<typeof planned>>
  const loading = async (day: number, sites = 1) => {
    const made = await planned(day, sites)
    well(await t.call('routes.dispatch', { params: { id: made.plan.id }, body: {} }, dispatcher))
    return made
  }
  const load = async ({ run, orders }: Made) => {
    for (const code of orders.flatMap((order) => order.toteCodes))
      well(await t.call('delivery.loadTote', { params: { id: run.id }, body: { code } }, driver))
  }
  const onRoad = async (day: number, sites = 1) => {
    const made = await loading(day, sites)
    await load(made)
    well(await t.call('delivery.depart', { params: { id: made.run.id }, body: {} }, driver))
    return made
  }
  const stopsOf = async ({ run }: Made) =>
    well(await t.call('delivery.readRun', { params: { id: run.id } }, driver)).stops
  const signatureFileId = await uploaded(t, driver)
  const handOver = (stop: Awaited<ReturnType<typeof stopsOf>>[number] | undefined) => {
    const lines = (stop?.goods ?? []).flatMap((goods) =>
      goods.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
    )
    return { id: stop?.id as string, body: { lines, receiverName: '示例', signatureFileId } }
  }
  return { addOrder, pickedWave, planned, loading, load, onRoad, stopsOf, handOver }
}

async function proposed(t: TestApp, { guests }: Parties, waveId: string): Promise<string> {
  const id = newId()
  const asking = { params: { id }, body: { waveId, seconds: 1 } }
  well(await t.call('routes.propose', asking, guests.dispatcher))
  return id
}

type Planned = Awaited<ReturnType<Awaited<ReturnType<typeof driving>>['planned']>>
/** As the planner leaves it: here with the plan in force, so that it can be adopted. */
async function finished(t: TestApp, id: string, plan: Planned['plan']): Promise<string> {
  const result: ProposalResult = {
    method: 'sisr',
    unassigned: [],
    runs: plan.runs.map((run) => ({
      vehicleId: run.vehicleId,
      runId: run.id,
      departAt: 3600,
      returnAt: 9 * 3600,
      metres: run.metres,
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
  }
  await t.db
    .update(planProposals)
    .set({ status: 'done', result, costFen: 100, costParts: { vehicles: 100 }, matrixSource: 'test' })
    .where(eq(planProposals.id, id))
  return id
}

/** Links of a side's runs: to send, to end, to ask a code of and to open with one. */
async function linksOf(t: TestApp, { guests }: Parties, runIds: readonly string[]) {
  const links = []
  for (const runId of runIds) {
    const id = newId()
    links.push(well(await t.call('driverLinks.make', { params: { id }, body: { runId } }, guests.dispatcher)))
  }
  const [link, linkToEnd, asked, opened] = links
  const tokenOf = (made: { url: string } | undefined) => (made?.url ?? '').split('#')[1] as string
  const token = tokenOf(opened)
  const { sampleCode } = well(await t.call('driverLinks.askCode', { body: { token } }))
  return {
    link: link?.id as string,
    linkToEnd: linkToEnd?.id as string,
    tokenToAsk: tokenOf(asked),
    openLink: { token, code: sampleCode as string },
  }
}

/** A check before each trip. */
async function brakesAreChecked(t: TestApp): Promise<void> {
  await t.db
    .insert(tripCheckItems)
    .values({
      // One row for both sides.
      id: '019a0000-0000-7000-8000-000000000001',
      code: 'brakes',
      name: '制动',
      nameEn: 'Brakes',
      seq: 1,
      stopsRun: true,
      validFrom: '2020-01-01',
      validTo: '2099-12-31',
      source: '示例',
    })
    .onConflictDoNothing()
}

/** Plans and runs of a side in each state, each on a delivery day of its own so that one driver can do them all. */
export async function roadsOf(t: TestApp, parties: Parties) {
  const { addOrder, pickedWave, planned, loading, load, onRoad, stopsOf, handOver } = await driving(
    t,
    parties,
  )
  const { driver } = parties.guests
  const road = await onRoad(13, 4)
  const [toArrive, toDeliver, toFail, toCall] = await stopsOf(road)
  well(await t.call('delivery.arrive', { params: { id: toDeliver?.id as string }, body: {} }, driver))
  await t.sql`update stops set planned_arrive_at = now() - interval '2 hours', window_to_at = now() - interval '1 hour'
    where id = ${toCall?.id as string}`
  const ready = await loading(12)
  await load(ready)
  const ended = await onRoad(14)
  const [last] = await stopsOf(ended)
  const signed = handOver(last)
  well(await t.call('delivery.arrive', { params: { id: signed.id }, body: {} }, driver))
  well(await t.call('delivery.deliver', { params: { id: signed.id }, body: signed.body }, driver))
  const shut = await onRoad(18)
  const [shutDoor] = await stopsOf(shut)
  const failed = { params: { id: shutDoor?.id as string }, body: { reason: 'closed' as const, note: '示例' } }
  well(await t.call('delivery.fail', failed, driver))
  const hole = await planned(8)
  const toLoad = await loading(11)
  const toCheck = await loading(16)
  await brakesAreChecked(t)
  const links = await linksOf(t, parties, [road.run.id, ready.run.id, toCheck.run.id, ended.run.id])
  const toAdopt = await planned(26)
  const proposals = {
    waveId: toAdopt.wave.id,
    toRead: await proposed(t, parties, toAdopt.wave.id),
    toCancel: await proposed(t, parties, toAdopt.wave.id),
    toAdopt: await finished(t, await proposed(t, parties, toAdopt.wave.id), toAdopt.plan),
  }
  return {
    proposals,
    toPlan: (await pickedWave(15)).wave.id,
    toMove: await planned(7),
    toAssign: { ...hole, order: await addOrder(hole.wave, 5) },
    toMan: await planned(9),
    toDispatch: await planned(10),
    toLoad,
    toCheck: toCheck.run.id,
    closedStop: signed.id,
    signatureFileId: signed.body.signatureFileId,
    vehicleId: road.run.vehicleId,
    correctionId: newId(),
    pinned: road.orders[0]?.id as string,
    ...links,
    toDepart: ready.run.id,
    road: road.run.id,
    stops: { toArrive: toArrive?.id as string, toFail: toFail?.id as string, toCall: toCall?.id as string },
    toDeliver: handOver(toDeliver),
    toFinish: ended.run.id,
    toRelay: (await onRoad(17)).run.id,
    toDecide: { id: newId(), stopId: shutDoor?.id as string },
    delivered: ended.orders[0]?.id as string,
  }
}
export type Roads = Awaited<ReturnType<typeof roadsOf>>
