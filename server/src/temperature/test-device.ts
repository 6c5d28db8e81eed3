import { makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { road } from '../delivery/test-road.ts'
import type { TestApp } from '../test-app.ts'
import { signatureOf } from './signature.ts'

type Sent = { at: number; deciC: number; probe?: number }

/** For tests: a paired device on a vehicle or in a room, and what it sends. */
export async function pairedDevice(
  t: TestApp,
  place: { hubId: string; vehicleId?: string | null; zone: 'chilled' | 'frozen' },
) {
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const id = newId()
  const serial = `SH-${id.slice(-12).toUpperCase()}`
  const body = {
    serial,
    kind: place.vehicleId ? ('truck_box' as const) : ('cold_room' as const),
    version: 0,
    ...place,
  }
  const written = await t.call('temperature.writeDevice', { params: { id }, body }, admin)
  const { body: pair } = await t.call('temperature.renewSecret', { params: { id } }, admin)
  const message = (
    readings: Sent[],
    over: Partial<{ sentAt: string; nonce: string; secret: string }> = {},
  ) => {
    const { secret = pair.secret, ...rest } = over
    const signed = {
      serial,
      sentAt: new Date().toISOString(),
      nonce: newId(),
      readings: readings.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
      ...rest,
    }
    return { ...signed, signature: signatureOf(signed, secret) }
  }
  const send = (readings: Sent[], over = {}) => t.call('temperature.send', { body: message(readings, over) })
  return { id, serial, admin, body, written, message, send, secret: pair.secret }
}

/** A run on the road with chilled goods loaded two hours ago, and a device in its chilled box. */
export async function coldRoad(t: TestApp, sites: object[] = [{}]) {
  const made = await road(t, { sites, zones: ['chilled'] })
  const [run] = await t.sql<
    { vehicleId: string }[]
  >`select vehicle_id as "vehicleId" from runs where id = ${made.runId}`
  await t.sql`update totes set loaded_at = now() - interval '2 hours' where wave_id = ${made.wave.id}`
  await t.sql`update events set at = now() - interval '100 minutes' where type = 'run.departed' and subject_id = ${made.runId}`
  const device = await pairedDevice(t, {
    hubId: made.hub.id,
    vehicleId: run?.vehicleId ?? null,
    zone: 'chilled',
  })
  const safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  return { ...made, device, safety, vehicleId: run?.vehicleId as string }
}

/** Readings every five minutes, the last one `endAgo` minutes ago. */
export const every5 = (degrees: number[], endAgo = 1): Sent[] => {
  const end = Math.floor(Date.now() / 1000) * 1000 - endAgo * 60_000
  return degrees.map((deciC, i) => ({ at: end - (degrees.length - 1 - i) * 300_000, deciC }))
}
