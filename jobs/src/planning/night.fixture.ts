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
import type { TestApp } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'

/** A picked wave of orders of 10 kg across the city, and vans that take `perVan` of them each. */
export async function plannedNight(t: TestApp, { sites = 6, vans = 4, perVan = 3 } = {}) {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const dispatcher = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['dispatcher'])
  for (let i = 0; i < vans; i++) {
    const driver = await makePerson(t.db, carrier.id, ['driver'])
    const capacityGrams = perVan * 10_000 + 5_000
    await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.id, capacityGrams })
  }
  const sku = await makeSku(t.db, (await makeSupplier(t.db)).id, { grossGramsPerUnit: 10_000 })
  const lot = await makeLot(t.db, sku, hub.id, 10_000_000)
  const wave = await makeWave(t.db, hub.id)
  const buyer = await makeBuyer(t.db)
  const addOrder = async (i: number) => {
    // To and fro across the river, so that the order in which orders were placed is a poor route.
    const place = {
      lngE6: 121_300_000 + ((i * 7) % 10) * 25_000,
      latE6: 31_150_000 + ((i * 3) % 10) * 20_000,
    }
    const site = await makeSite(t.db, buyer.id, hub.id, place)
    return makePickedOrder(t.db, wave, site, [{ sku, lot, quantity: 10_000 }])
  }
  const orders = []
  for (let i = 0; i < sites; i++) orders.push(await addOrder(i))
  const plan = async () => (await t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher)).body
  const readPlan = async () => (await t.call('routes.readPlan', { params: { id: wave.id } }, dispatcher)).body
  const ask = async (over: object = {}) => {
    const id = newId()
    await t.call(
      'routes.propose',
      { params: { id }, body: { waveId: wave.id, seconds: 1, ...over } },
      dispatcher,
    )
    return id
  }
  const read = async (id: string) =>
    (await t.call('routes.readProposal', { params: { id } }, dispatcher)).body
  const adopt = (id: string) => t.call('routes.adoptProposal', { params: { id } }, dispatcher)
  return { hub, wave, dispatcher, orders, addOrder, plan, readPlan, ask, read, adopt }
}
