import { newId } from '@huming/shared/ids'
import { signatureOf } from '../temperature/signature.ts'
import type { TestApp } from '../test-app.ts'
import { well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** Devices of a side in its rooms and an alarm of each, in the state that a door asks for. */
export async function coldOf(t: TestApp, { hub, guests, vehicle }: Parties) {
  const register = async (place: { kind: 'cold_room' | 'truck_box'; vehicleId: string | null }) => {
    const id = newId()
    const serial = `WALK-${id.slice(-12).toUpperCase()}`
    const body = { serial, name: '示例', hubId: hub.id, zone: 'frozen' as const, ...place }
    well(
      await t.call('temperature.writeDevice', { params: { id }, body: { ...body, version: 0 } }, guests.lead),
    )
    const { secret } = well(await t.call('temperature.renewSecret', { params: { id } }, guests.lead))
    const message = (deciC: number) => {
      const now = new Date().toISOString()
      const signed = { serial, sentAt: now, nonce: newId(), readings: [{ at: now, deciC }] }
      return { ...signed, signature: signatureOf(signed, secret) }
    }
    return { id, body, message }
  }
  const room = { kind: 'cold_room' as const, vehicleId: null }
  const alarmed = async () => {
    const device = await register(room)
    well(await t.call('temperature.send', { body: device.message(-50) }))
    const list = well(await t.call('temperature.listAlarms', { query: { hubId: hub.id } }, guests.lead))
    return list.items.find((one) => one.deviceId === device.id)?.id as string
  }
  return {
    room: await register(room),
    box: await register({ kind: 'truck_box', vehicleId: vehicle.id }),
    toRenew: (await register(room)).id,
    toRevoke: (await register(room)).id,
    toRead: await alarmed(),
    toAcknowledge: await alarmed(),
    toDecide: await alarmed(),
  }
}
