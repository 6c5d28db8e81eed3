import { makeOrg } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import type { Guest, TestApp } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'

/** A carrier's drivers, trucks for two of them, and a device in each truck and in a room of the hub. */
export async function fleetOf(t: TestApp, hubId: string, lead: Guest) {
  const carrier = await makeOrg(t.db, 'carrier')
  const drivers = await Promise.all([0, 1, 2].map(() => t.guest(carrier, ['driver'])))
  const zones = ['ambient', 'chilled', 'frozen']
  const devices = [await deviceOf(t, hubId, null, lead)]
  for (const { personId: driverPersonId } of drivers.slice(0, 2)) {
    const vehicle = await makeVehicle(t.db, hubId, carrier.id, { driverPersonId, zones })
    devices.push(await deviceOf(t, hubId, vehicle.id, lead))
  }
  return { drivers, devices }
}

/** A device paired to a truck's box or a room of a warehouse: what it sends is signed. */
async function deviceOf(t: TestApp, hubId: string, vehicleId: string | null, lead: Guest) {
  const id = newId()
  const serial = `HI-${id.slice(-12).toUpperCase()}`
  const kind = vehicleId ? ('truck_box' as const) : ('cold_room' as const)
  const body = { serial, name: '示例', hubId, zone: 'chilled' as const, kind, vehicleId, version: 0 }
  await t.call('temperature.writeDevice', { params: { id }, body }, lead)
  const { secret } = (await t.call('temperature.renewSecret', { params: { id } }, lead)).body
  return { serial, secret }
}
