import { makeVehicle } from '@huming/db/factories-dispatch'
import { newId } from '@huming/shared/ids'
import type { TestApp } from '../test-app.ts'
import { well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** 43 letters and digits, as a caller makes them. */
export const linkToken = (): string => `${newId()}${newId()}`.replaceAll('-', '').slice(0, 43)

/** A link to one of a side's orders, and a truck with a driver that stands by. */
export async function liveOf(t: TestApp, { orgs, hub, guests }: Parties, orderId: string) {
  const link = async () => {
    const [id, token] = [newId(), linkToken()]
    well(await t.call('live.makeLink', { params: { id }, body: { orderId, token } }, guests.purchaser))
    return { id, token }
  }
  const { token } = await link()
  const { id: toEnd } = await link()
  const driver = await t.guest(orgs.carrier, ['driver'])
  const vehicle = await makeVehicle(t.db, hub.id, orgs.carrier.id, {
    driverPersonId: driver.personId,
    zones: ['ambient', 'chilled', 'frozen'],
  })
  return { toEnd, token, vehicleId: vehicle.id, relayId: newId() }
}
