import { makeLot, makeSku } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import type { TestApp } from '../test-app.ts'
import { inDays, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

const hour = 3_600_000
/** A journey that arrives in time for what the lots of a side promise. */
export const trip = (now = Date.now()) => ({
  plate: '闽G12345',
  sealNumber: 'S-1',
  departsAt: new Date(now + hour).toISOString(),
  expectedAt: new Date(now + 13 * hour).toISOString(),
})

/** Consignments of a side's supplier in each state, every one with a lot of its own. */
export async function consignmentsOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const draft = async () => {
    const id = newId()
    const sku = await makeSku(t.db, orgs.coop.id)
    const lot = await makeLot(t.db, sku, hub.id, 200_000, { stage: 'made', readyDay: inDays(2) })
    const body = { orgId: orgs.coop.id, hubId: hub.id, lines: [{ lotId: lot.id, quantity: 200_000 }] }
    const made = well(await t.call('supply.writeConsignment', { params: { id }, body }, guests.lister))
    return { id, lineId: made.lines[0]?.id as string, body }
  }
  type Draft = Awaited<ReturnType<typeof draft>>
  const shipped = async (): Promise<Draft> => {
    const one = await draft()
    const body = { ...trip(), version: 1 }
    well(await t.call('supply.shipConsignment', { params: { id: one.id }, body }, guests.lister))
    return one
  }
  const arrived = async (): Promise<Draft> => {
    const one = await shipped()
    const body = { sealOk: 'ok' as const }
    well(await t.call('receiving.arrive', { params: { id: one.id }, body }, guests.receiver))
    return one
  }
  const counted = async (): Promise<Draft> => {
    const { id, lineId, body } = await arrived()
    const receipt = { params: { id, lineId }, body: { accepted: 200_000 } }
    well(await t.call('receiving.receiveLine', receipt, guests.receiver))
    return { id, lineId, body }
  }
  return {
    toWrite: await draft(),
    toShip: await draft(),
    toCancel: await draft(),
    onTheWay: await shipped(),
    atTheDock: await arrived(),
    counted: await counted(),
  }
}
export type Consignments = Awaited<ReturnType<typeof consignmentsOf>>
