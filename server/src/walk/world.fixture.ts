import { queueStates } from '@huming/db/schema/events'
import type { Role } from '@huming/shared/permissions'
import { type TestApp, testApp } from '../test-app.ts'
import { coldOf } from './cold.fixture.ts'
import { contractsOf } from './contracts.fixture.ts'
import { dockOf } from './dock.fixture.ts'
import { floorOf } from './floor.fixture.ts'
import { lotsOf, ordersOf, well } from './goods.fixture.ts'
import { inboundOf } from './inbound.fixture.ts'
import { liveOf } from './live.fixture.ts'
import { makersOf } from './makers.fixture.ts'
import { moneyOf } from './money.fixture.ts'
import { papersOf } from './papers.fixture.ts'
import { partiesOf, type Shared, sharedParties } from './parties.fixture.ts'
import { accountOf, paymentsOf, walkStripe } from './payments.fixture.ts'
import { recallsOf } from './recalls.fixture.ts'
import { roadsOf } from './roads.fixture.ts'
import { settledOf } from './settlement.fixture.ts'
import { storesOf } from './stores.fixture.ts'
import { tracedOf } from './tracing.fixture.ts'
import { consignmentsOf } from './trucks.fixture.ts'

async function goodsOf(t: TestApp, shared: Shared) {
  const parties = await partiesOf(t, shared)
  const lots = await lotsOf(t, parties)
  const orders = await ordersOf(t, parties, lots)
  const consignments = await consignmentsOf(t, parties)
  const roads = await roadsOf(t, parties)
  return {
    ...parties,
    lots,
    orders,
    floor: await floorOf(t, parties, lots),
    consignments,
    dock: await dockOf(t, parties, consignments),
    stores: await storesOf(t, parties),
    inbound: await inboundOf(t, parties, orders),
    papers: await papersOf(t, parties),
    makers: await makersOf(t, parties),
    traced: await tracedOf(t, parties, lots.received),
    roads,
    recalls: await recallsOf(t, parties),
    contracts: await contractsOf(t, parties, roads.delivered),
    payments: await paymentsOf(t, parties),
    cold: await coldOf(t, parties),
    live: await liveOf(t, parties, orders.open.id),
  }
}

/** With the money of its goods, which is counted over all sides at once. */
async function sideOf(t: TestApp, goods: Awaited<ReturnType<typeof goodsOf>>) {
  const money = await moneyOf(t, goods, goods.roads)
  return { ...goods, money, settled: await settledOf(t, goods, goods.roads) }
}
export type Side = Awaited<ReturnType<typeof sideOf>>

/** How long a slow machine may take to make the world, in ms. */
export const worldMs = 240_000

/**
 * The product with two sides that have nothing to do with each other, each with rows in every state that a door
 * asks for, brought there by the real verbs.
 */
export async function walkedWorld() {
  const t = await testApp({ stripe: walkStripe })
  const shared = await sharedParties(t)
  await accountOf(t, shared)
  const [ourGoods, theirGoods] = await Promise.all([goodsOf(t, shared), goodsOf(t, shared)])
  const ours = await sideOf(t, ourGoods)
  const theirs = await sideOf(t, theirGoods)
  well(await t.call('reports.runAudit', {}, ours.guests.admin))
  const quiet = { queue: 'events', backend: 'postgres', counts: {}, failed: [], at: new Date() }
  await t.db.insert(queueStates).values(quiet)
  return { t, ours, theirs }
}

/** The file that a role's organisation has uploaded itself; who uploads nothing names one of its side's buyer. */
export function fileOf(side: Side, role: Role): string {
  const { kind } = side.orgOf(role)
  return kind in side.files ? side.files[kind as keyof Side['files']] : side.files.buyer
}
