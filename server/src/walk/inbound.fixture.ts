import { makeLot, makeSku } from '@huming/db/factories'
import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { weekOf } from '../supply/forecast-rules.ts'
import type { TestApp } from '../test-app.ts'
import { inDays, type Orders, today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'
import { trip } from './trucks.fixture.ts'

/** What a side's supplier forecasts, offers and sends on its way; each thing stands, so that asking again changes nothing. */
export async function inboundOf(t: TestApp, parties: Parties, { callOff }: Orders) {
  const { orgs, hub, guests } = parties
  const sku = await makeSku(t.db, orgs.coop.id)
  const week = addDays(weekOf(today), 7)
  const cell = { lotId: newId(), skuId: sku.id, week, quantity: 100_000, harvestDay: addDays(week, 1) }
  const forecast = { orgId: orgs.coop.id, hubId: hub.id, cells: [cell] }
  well(await t.call('forecasts.write', { body: forecast }, guests.lister))
  const offer = async () => {
    const lot = await makeLot(t.db, { id: callOff.skuId, orgId: orgs.coop.id }, hub.id, 300_000, {
      stage: 'made',
      readyDay: inDays(5),
    })
    const one = { params: { id: newId() }, body: { callOffId: callOff.id, lotId: lot.id, quantity: 10_000 } }
    well(await t.call('offers.make', one, guests.lister))
    return one
  }
  await t.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
    values (${newId()}, ${hub.id}, 480, 540, 20, '2020-01-01', '2099-12-31')`
  const appointment = async () => {
    const consignmentId = newId()
    const load = { orgId: orgs.coop.id, hubId: hub.id, lines: [] }
    well(
      await t.call('supply.writeConsignment', { params: { id: consignmentId }, body: load }, guests.lister),
    )
    const one = { params: { id: newId() }, body: { consignmentId, day: inDays(2), fromMinute: 480 } }
    well(await t.call('docks.request', one, guests.lister))
    return one
  }
  return {
    sku,
    forecast,
    made: await offer(),
    toDecide: await offer(),
    toWithdraw: await offer(),
    appointment: await appointment(),
    toCancel: await appointment(),
    ...(await wayOf(t, parties)),
  }
}
export type Inbound = Awaited<ReturnType<typeof inboundOf>>

/** A load on two legs, handed over at the first point. */
async function wayOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const id = newId()
  const sku = await makeSku(t.db, orgs.coop.id)
  const lot = await makeLot(t.db, sku, hub.id, 200_000, { stage: 'made', readyDay: inDays(2) })
  const load = { orgId: orgs.coop.id, hubId: hub.id, lines: [{ lotId: lot.id, quantity: 200_000 }] }
  well(await t.call('supply.writeConsignment', { params: { id }, body: load }, guests.lister))
  const { departsAt, expectedAt } = trip()
  const between = new Date((Date.parse(departsAt) + Date.parse(expectedAt)) / 2).toISOString()
  const leg = { carrier: '示例承运', waybill: 'WB-1' }
  const way = {
    legs: [
      {
        id: newId(),
        mode: 'road' as const,
        fromPlace: '基地',
        toPlace: '车站',
        departsAt,
        arrivesAt: between,
        ...leg,
      },
      {
        id: newId(),
        mode: 'rail' as const,
        fromPlace: '车站',
        toPlace: '城市仓',
        departsAt: between,
        arrivesAt: expectedAt,
        ...leg,
      },
    ],
  }
  well(await t.call('legs.write', { params: { id }, body: way }, guests.lister))
  const sent = { ...trip(), departsAt, expectedAt, version: 2 }
  well(await t.call('supply.shipConsignment', { params: { id }, body: sent }, guests.lister))
  const handover = {
    params: { id, handoverId: newId() },
    body: { seq: 1, at: new Date().toISOString(), sealNumber: 'S-1', takenBy: '示例司机' },
  }
  well(await t.call('legs.handOver', handover, guests.lister))
  return { load: id, way, handover }
}
