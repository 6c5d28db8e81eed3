import { makeLot, makeSku } from '@huming/db/factories'
import { makeCrateType } from '@huming/db/factories-dock'
import { newId } from '@huming/shared/ids'
import type { TestApp } from '../test-app.ts'
import { inDays, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'
import { type Consignments, trip } from './trucks.fixture.ts'

type CrateType = Awaited<ReturnType<typeof makeCrateType>>
/** Kinds of crates are the same for everybody. */
const typeOf = new WeakMap<TestApp, Promise<CrateType>>()

/** What the dock of a side finds, and its crates: each thing is there already, so that asking again changes nothing. */
export async function dockOf(t: TestApp, parties: Parties, consignments: Consignments) {
  const { guests, hub } = parties
  const { atTheDock, counted } = consignments
  const line = { id: atTheDock.id, lineId: atTheDock.lineId }
  const tripLog = {
    params: { id: atTheDock.id, logId: newId() },
    body: { zone: 'ambient' as const, manual: { minDeciC: 150, maxDeciC: 200 } },
  }
  well(await t.call('receiving.addTripLog', tripLog, guests.receiver))
  const weighing = {
    params: { ...line, weighingId: newId() },
    body: { grossGrams: 201_000, otherTareGrams: 1000 },
  }
  well(await t.call('receiving.weigh', weighing, guests.receiver))
  const wrong = { params: { ...line, weighingId: newId() }, body: { grossGrams: 5000 } }
  well(await t.call('receiving.weigh', wrong, guests.receiver))
  const exception = {
    params: { ...line, exceptionId: newId() },
    body: { kind: 'life' as const, reason: '示例放行' },
  }
  well(await t.call('receiving.grantException', exception, guests.lead))
  const lotId = counted.body.lines[0]?.lotId as string
  const from = { hubId: hub.id, lotId, fromBin: 'AM-D01', toBin: 'AM-R01' }
  const putAway = { params: { id: newId() }, body: { ...from, quantity: 100_000 } }
  well(await t.call('receiving.putAway', putAway, guests.receiver))
  return {
    appointment: await appointmentOf(t, parties, consignments),
    tripLog,
    weighing,
    wrong,
    exception,
    putAway,
    toConfirm: await waiting(t, parties),
    toRecount: await waiting(t, parties),
    crates: await cratesOf(t, parties),
  }
}
export type DockRows = Awaited<ReturnType<typeof dockOf>>

/** A place at the dock kept for the truck that is on its way. */
async function appointmentOf(t: TestApp, { hub, guests }: Parties, { toShip }: Consignments) {
  const [id, day] = [newId(), inDays(3)]
  await t.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
    values (${newId()}, ${hub.id}, 600, 660, 5, '2020-01-01', '2099-12-31')`
  const asked = { consignmentId: toShip.id, day, fromMinute: 600 }
  well(await t.call('docks.request', { params: { id }, body: asked }, guests.lister))
  const body = { decision: 'confirm' as const, dock: '1号', day, fromMinute: 600, version: 1 }
  well(await t.call('receiving.decideAppointment', { params: { id }, body }, guests.lead))
  return { params: { id }, body }
}

/** A dear lot that the lead has counted and that waits for a second person. */
async function waiting(t: TestApp, { orgs, hub, guests }: Parties) {
  const id = newId()
  const quantity = 1_200_000
  const sku = await makeSku(t.db, orgs.coop.id)
  const lot = await makeLot(t.db, sku, hub.id, quantity, { stage: 'made', readyDay: inDays(2) })
  const body = { orgId: orgs.coop.id, hubId: hub.id, lines: [{ lotId: lot.id, quantity }] }
  const made = well(await t.call('supply.writeConsignment', { params: { id }, body }, guests.lister))
  const sent = { params: { id }, body: { ...trip(), version: 1 } }
  well(await t.call('supply.shipConsignment', sent, guests.lister))
  well(await t.call('receiving.arrive', { params: { id }, body: { sealOk: 'ok' } }, guests.lead))
  const params = { id, lineId: made.lines[0]?.id as string }
  well(await t.call('receiving.receiveLine', { params, body: { accepted: quantity } }, guests.lead))
  return { params, quantity }
}

/** Crates of the side's hub with its supplier, its buyer and its driver. */
async function cratesOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const type = await (typeOf.get(t) ?? makeCrateType(t.db))
  typeOf.set(t, Promise.resolve(type))
  const counts = [{ typeId: type.id, count: 30 }]
  const correction = {
    params: { id: newId() },
    body: {
      hubId: hub.id,
      party: { kind: 'hub' as const, id: hub.id },
      kind: 'bought' as const,
      counts,
      reason: '示例购入',
    },
  }
  well(await t.call('crates.correct', correction, guests.lead))
  const give = (party: { kind: 'org' | 'driver'; id: string }) => ({
    params: { id: newId() },
    body: { hubId: hub.id, party, direction: 'to_party' as const, counts: [{ typeId: type.id, count: 5 }] },
  })
  const handOver = give({ kind: 'org', id: orgs.coop.id })
  const others = [
    give({ kind: 'org', id: orgs.buyer.id }),
    give({ kind: 'driver', id: guests.driver.personId }),
  ]
  for (const one of [handOver, ...others]) well(await t.call('crates.handOver', one, guests.receiver))
  return { type, correction, handOver }
}
